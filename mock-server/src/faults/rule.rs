//! A rule: which calls it is for, which of those it strikes, for how long, and what they get.

use ess_schemas::{ActionContract, Service};
use serde::{Deserialize, Serialize};

use super::effect::{Effect, Latency};
use super::mentions::Mentions;
use crate::domain::autopilot::fits;
use crate::span::Span;

/// A rule as it is given. Everything left out means "whatever".
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// How it is called in answers and by the control API; drawn when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Only these actions: a name, or a list of them.
    #[serde(default, deserialize_with = "one_or_many", skip_serializing_if = "Vec::is_empty")]
    pub action: Vec<String>,
    /// Only this service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<ServiceName>,
    /// Only calls of this company, or for it: its id or name, or the platform's id for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    /// Only calls about the contract of this id, or those whose name fits: `*` stands for anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract: Option<String>,
    /// Only calls that name this signer: name, mobile number, UserId, RecipientId.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approver: Option<String>,
    /// Of the calls it is for, only this one, counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nth: Option<u64>,
    /// Of the calls it is for, only the first so many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<u64>,
    /// Of the calls it is for, only every so-manieth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub every: Option<u64>,
    /// Of the calls counted like this, only this part: more than 0, at most 1. Drawn from the world's seed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probability: Option<f64>,
    /// Strikes so often, then no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u64>,
    /// Lives so long in the world's time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ttl: Option<Span>,
    /// What the call gets; its own answer, if only late, when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effect: Option<Effect>,
    /// Whether the call is done first, and only its answer spoilt.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub after: bool,
    /// How long the answer is held back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latency: Option<Latency>,
    /// Whether the answer has no header that tells of the rule.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub silent: bool,
}

/// A service, as rules name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ServiceName {
    /// A company signs for itself.
    Ess,
    /// A platform signs for its customers.
    Essbasic,
}

impl From<ServiceName> for Service {
    fn from(name: ServiceName) -> Self {
        match name {
            ServiceName::Ess => Service::Ess,
            ServiceName::Essbasic => Service::Essbasic,
        }
    }
}

/// A call as rules look at it.
#[derive(Clone, Debug)]
pub struct Sight<'a> {
    /// The action.
    pub contract: &'static ActionContract,
    /// The companies that call, or are called for, under every id and name they have.
    pub organizations: Vec<String>,
    /// Ids of the contracts it is about.
    pub flows: Vec<String>,
    /// Their names, and the names of those it launches.
    pub flow_names: Vec<String>,
    /// What else it names.
    pub mentions: &'a Mentions,
}

impl Rule {
    /// Whether it is for this call.
    #[must_use]
    pub fn is_for(&self, call: &Sight<'_>) -> bool {
        self.is_for_action(call.contract)
            && self.organization.as_ref().is_none_or(|wanted| call.organizations.contains(wanted))
            && self.contract.as_ref().is_none_or(|wanted| {
                call.flows.contains(wanted) || call.flow_names.iter().any(|name| fits(wanted, name))
            })
            && self.approver.as_ref().is_none_or(|wanted| call.mentions.texts.contains(wanted))
    }

    /// Whether it is for calls of this action.
    #[must_use]
    pub fn is_for_action(&self, contract: &ActionContract) -> bool {
        self.service.is_none_or(|service| Service::from(service) == contract.service)
            && (self.action.is_empty() || self.action.iter().any(|name| name == contract.name))
    }

    /// Whether it strikes the `number`-th call it is for; `chance` is a draw from [0, 1).
    #[must_use]
    pub fn strikes(&self, number: u64, chance: f64) -> bool {
        self.nth.is_none_or(|nth| number == nth)
            && self.first.is_none_or(|first| number <= first)
            && self.every.is_none_or(|every| number.checked_rem(every) == Some(0))
            && self.probability.is_none_or(|probability| chance < probability)
    }

    /// Whether it can strike no more once it saw so many calls and struck so many of them.
    #[must_use]
    pub fn is_spent(&self, seen: u64, struck: u64) -> bool {
        self.times.is_some_and(|times| struck >= times) || self.nth.or(self.first).is_some_and(|last| seen >= last)
    }

    /// Whether the call is done before its answer is spoilt.
    #[must_use]
    pub fn lets_it_happen(&self) -> bool {
        self.after || self.effect.as_ref().is_none_or(Effect::needs_answer)
    }
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "the name of an action, or a list of names")]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

fn one_or_many<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    Ok(match OneOrMany::deserialize(from)? {
        OneOrMany::One(name) => vec![name],
        OneOrMany::Many(names) => names,
    })
}
