//! One step of a case: a verb, and what belongs to it. [`written`] reads it.

mod written;

use std::collections::BTreeMap;

use ess_schemas::Service;
use serde::Deserialize;
use serde_json::{Map, Value};
use serde_saphyr::Spanned;

use super::marks::Capability;
use super::names::Span;
use crate::manners::effects;
use crate::stage::service_and_action;

/// What is done.
#[derive(Clone, Debug)]
pub enum Step {
    /// A preparation is carried out.
    Use(Use),
    /// An action is called.
    Call(Box<Call>),
    /// A person does something.
    Act(Act),
    /// A link is opened.
    Open(Open),
    /// Time passes, on any target.
    Wait(Span),
    /// The target's time is moved.
    Clock(Span),
    /// Messages are waited for.
    Callbacks(Box<Callbacks>),
    /// How the suite's receiver answers from now on.
    Receiver(Vec<ReceiverAnswer>),
    /// A file is fetched.
    Download(Download),
    /// A kept value is compared.
    Check(Check),
    /// The target is put into a state.
    Arrange(Arrange),
}

/// Which preparations, and with what.
#[derive(Clone, Debug)]
pub struct Use {
    /// Their names.
    pub names: Vec<Spanned<String>>,
    /// Under which name what it gives is bound; its own without.
    pub name: Option<String>,
    /// Values in place of its `given`.
    pub with: Map<String, Value>,
}

/// A call of an action.
#[derive(Clone, Debug)]
pub struct Call {
    /// `CancelFlow`, or `essbasic.ChannelCancelFlow`.
    pub action: Spanned<String>,
    /// The request.
    pub with: Value,
    /// Changes in it by dotted path: a map, or a text that stands for one.
    pub set: Option<Value>,
    /// Which key signs.
    pub by: Option<String>,
    /// What is wrong with the request on the wire.
    pub spoil: Option<Value>,
    /// How it must fail: a map, or a text that stands for one.
    pub refused: Option<Spanned<Value>>,
    /// JSON path to matcher.
    pub answers: Option<Value>,
    /// Names for parts of the answer.
    pub keep: BTreeMap<String, String>,
    /// Called again until this holds.
    pub until: Option<Value>,
}

/// What a person does.
#[derive(Clone, Debug)]
pub struct Act {
    /// `sign reject fill rename`, or with a link whatever its page takes.
    pub verb: Spanned<String>,
    /// The contract, without a link.
    pub flow: Option<Value>,
    /// Who of its approvers; whose turn it is without.
    pub approver: Option<Value>,
    /// Why.
    pub message: Option<Value>,
    /// What is filled in.
    pub fields: Option<Value>,
    /// The link through which they come.
    pub link: Option<Value>,
    /// What they say on the link's page besides.
    pub with: Map<String, Value>,
    /// They must not be able to.
    pub fails: bool,
}

/// A link that is opened.
#[derive(Clone, Debug)]
pub struct Open {
    /// Its URL.
    pub url: Value,
    /// Whether it works.
    pub alive: bool,
    /// Texts on its page.
    pub shows: Vec<Value>,
}

/// Messages that are waited for.
#[derive(Clone, Debug)]
pub struct Callbacks {
    /// Only those of this contract.
    pub about: Option<Value>,
    /// Only those of this type.
    pub of: Option<String>,
    /// Among all, in this order.
    pub in_order: Option<Vec<Value>>,
    /// Among all, in any order.
    pub any_order: Option<Vec<Value>>,
    /// Exactly these.
    pub only: Option<Vec<Value>>,
    /// None of these.
    pub none: Option<Vec<Value>>,
    /// Names for parts of those that matched.
    pub keep: BTreeMap<String, String>,
}

/// How the suite's receiver answers one attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiverAnswer {
    /// With this HTTP status.
    Status(u16),
    /// Never.
    Silent,
}

/// A file that is fetched.
#[derive(Clone, Debug)]
pub struct Download {
    /// Where.
    pub url: Value,
    /// The HTTP status; 200 without.
    pub status: Option<u16>,
    /// `pdf zip jpg png xlsx`.
    pub kind: Option<String>,
    /// How many pages a PDF has.
    pub pages: Option<Value>,
    /// Texts it has.
    pub text: Vec<Value>,
    /// Texts it lacks.
    pub lacks: Vec<Value>,
    /// Names for `sha256` and `size`.
    pub keep: BTreeMap<String, String>,
}

/// A comparison.
#[derive(Clone, Debug)]
pub struct Check {
    /// What is compared.
    pub value: Value,
    /// What it must be like.
    pub is: Value,
}

/// A state of the target.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Arrange {
    /// What the company may still use.
    pub quota: Option<Value>,
    /// The named assumptions.
    pub settings: Option<Value>,
    /// How callbacks come.
    pub disorder: Option<Value>,
    /// A rule by which calls fail.
    pub fault: Option<Value>,
}

impl Step {
    /// What a target must be capable of for this.
    pub fn needs(&self) -> Vec<Capability> {
        if let Self::Call(call) = self {
            return needs_of(&call.action.value);
        }
        self.need().into_iter().collect()
    }

    fn need(&self) -> Option<Capability> {
        match self {
            Self::Use(_) | Self::Call(_) | Self::Wait(_) | Self::Download(_) | Self::Check(_) => None,
            Self::Act(act) if act.link.is_some() => Some(Capability::Pages),
            Self::Act(act) if act.verb.value == "rename" => Some(Capability::Invalidation),
            Self::Act(_) => Some(Capability::Signer),
            Self::Open(_) => Some(Capability::Pages),
            Self::Clock(_) => Some(Capability::Clock),
            Self::Callbacks(_) | Self::Receiver(_) => Some(Capability::Callbacks),
            Self::Arrange(arrange) if arrange.quota.is_some() => Some(Capability::Quota),
            Self::Arrange(arrange) if arrange.settings.is_some() => Some(Capability::Settings),
            Self::Arrange(arrange) if arrange.disorder.is_some() => Some(Capability::Disorder),
            Self::Arrange(_) => Some(Capability::Faults),
        }
    }

    /// Its verb.
    pub fn verb(&self) -> &'static str {
        match self {
            Self::Use(_) => "use",
            Self::Call(_) => "call",
            Self::Act(_) => "act",
            Self::Open(_) => "open",
            Self::Wait(_) => "wait",
            Self::Clock(_) => "clock",
            Self::Callbacks(_) => "callbacks",
            Self::Receiver(_) => "receiver",
            Self::Download(_) => "download",
            Self::Check(_) => "check",
            Self::Arrange(_) => "arrange",
        }
    }
}

/// A call of a platform's needs one, and one that may touch what the suite did not make an account of the suite's own.
fn needs_of(action: &str) -> Vec<Capability> {
    let (service, action) = service_and_action(action);
    let mut needs = Vec::new();
    needs.extend((service == Service::Essbasic).then_some(Capability::Partner));
    needs.extend(effects::reaches_beyond(service, action).then_some(Capability::Exclusive));
    needs
}
