//! Contracts prepared by a call and launched by a person on a page (T1 to T4, by hand).
//!
//! Until then there is no contract: its id is reserved and nothing is charged (`api CreatePrepareFlow`,
//! `api CreateMiniAppPrepareFlow`). What the call left out (a file, signers) is asked for on the page.

use std::sync::Arc;
use std::time::Duration;

use super::directory::Directory;
use super::employee::Employee;
use super::file::Content;
use super::flow::{Flow, Initiator, Membership};
use super::ids::{FlowGroupId, FlowId, PreparationId};
use super::launch::{FlowIds, NewApprover, NewFlow, draft};
use super::life::filling::Fill;
use super::refusal::Refusal;
use super::register::Registered;
use super::template::{Party, PartyKind, Template};
use super::time::{DAY, MINUTE, Timestamp};

/// How long an embedded page can be opened (`api CreatePrepareFlow`).
pub const EMBEDDED_LIFETIME: Duration = Duration::from_secs(5 * MINUTE.as_secs());
/// How long the mini program's page can be opened (`ex CreateMiniAppPrepareFlow`).
pub const MINI_PROGRAM_LIFETIME: Duration = Duration::from_secs(90 * DAY.as_secs());

/// What a person is asked to launch: one contract, or a group of them.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Preparation {
    /// Its id: the one reserved for the contract or the group, or a draft's own.
    pub id: PreparationId,
    /// The company that launches.
    pub initiator: Initiator,
    /// The employee who asked for the page.
    pub operator: Employee,
    /// The name of the group, when it is one.
    pub group: Option<String>,
    /// The contracts, in order.
    pub flows: Vec<PreparedFlow>,
    /// Whether they were launched: that is done once.
    pub launched: bool,
}

impl Registered for Preparation {
    type Id = PreparationId;
    fn id(&self) -> &PreparationId {
        &self.id
    }
}

/// A contract as it was prepared.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct PreparedFlow {
    /// The id it will have.
    pub id: FlowId,
    /// What it is made of; nothing when a file is to be chosen on the page.
    pub resource: Option<Resource>,
    /// Everything else, without a file.
    pub new: NewFlow,
    /// What the initiator fills into a template.
    pub values: Vec<Fill>,
    /// How long signers have, counted from the launch.
    #[serde(with = "super::written::open_span")]
    pub lasts: Option<Duration>,
}

/// What a contract is made of.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Resource {
    /// A file.
    File(Arc<Content>),
    /// A template.
    Template(Arc<Template>),
}

/// A party nobody was named for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// What it is called.
    pub role: String,
    /// Whether it is a company.
    pub organization: bool,
}

/// Somebody named on the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedSigner {
    /// Their name.
    pub name: String,
    /// Their mobile number.
    pub mobile: String,
    /// Their company, for a company's party.
    pub organization: String,
}

impl Preparation {
    /// The contracts as they are when they are launched at `now`, with what the page added: a file for those without, and
    /// signers for the gaps, in order.
    ///
    /// # Errors
    /// They were launched, or what is wrong with one of them.
    pub fn make(
        &self,
        file: Option<&Arc<Content>>,
        people: &[NamedSigner],
        directory: &Directory,
        mut ids: impl FnMut(&FlowId, usize) -> FlowIds,
        now: Timestamp,
    ) -> Result<Vec<Flow>, Refusal> {
        let mut people = people.iter();
        let by = (&self.initiator, &self.operator);
        let make = |prepared: &PreparedFlow| {
            let mut flow = prepared.make(file, &mut people, by, directory, &mut ids, now)?;
            flow.group = self.membership();
            Ok(flow)
        };
        self.flows.iter().map(make).collect()
    }

    /// Asks whether what is there so far can be launched.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(&self, directory: &Directory, now: Timestamp) -> Result<(), Refusal> {
        let by = (&self.initiator, &self.operator);
        self.flows.iter().try_for_each(|prepared| prepared.check(by, directory, now))
    }

    /// The group its contracts will belong to.
    #[must_use]
    pub fn membership(&self) -> Option<Membership> {
        let id = || FlowGroupId::from(self.id.as_str());
        self.group.as_ref().map(|name| Membership { id: id(), name: name.clone() })
    }
}

impl PreparedFlow {
    /// The parties to be named on the page.
    #[must_use]
    pub fn gaps(&self) -> Vec<Gap> {
        match &self.resource {
            Some(Resource::Template(template)) => self
                .slots(template)
                .into_iter()
                .filter(|(party, named)| named.is_none() && party.kind != PartyKind::AutoSign)
                .map(|(party, _)| Gap { role: party.role.clone(), organization: party.kind == PartyKind::Organization })
                .collect(),
            Some(Resource::File(_)) | None if self.new.approvers.is_empty() && !self.new.open_ended => {
                vec![Gap { role: String::new(), organization: false }]
            }
            Some(Resource::File(_)) | None => Vec::new(),
        }
    }

    /// The file that is signed, where it is known.
    #[must_use]
    pub fn content(&self) -> Option<&Arc<Content>> {
        match self.resource.as_ref()? {
            Resource::File(content) => Some(content),
            Resource::Template(template) => template.content.as_ref(),
        }
    }

    fn make<'p>(
        &self,
        file: Option<&Arc<Content>>,
        people: &mut impl Iterator<Item = &'p NamedSigner>,
        by: (&Initiator, &Employee),
        directory: &Directory,
        ids: &mut impl FnMut(&FlowId, usize) -> FlowIds,
        now: Timestamp,
    ) -> Result<Flow, Refusal> {
        let mut new = self.new.clone();
        new.deadline = self.lasts.map(|span| now.plus(span)).or(new.deadline);
        let template = match &self.resource {
            Some(Resource::Template(template)) => {
                new.approvers = self.parties(template, people)?;
                // ASSUMED: the page takes the order from the template, whatever the call said.
                new.unordered = template.unordered;
                Some(template)
            }
            Some(Resource::File(content)) => {
                new.content = Some(content.clone());
                None
            }
            None => {
                new.content = Some(file.ok_or(Refusal::ResourceIdMissing)?.clone());
                None
            }
        };
        if template.is_none() && !self.gaps().is_empty() {
            new.approvers = people.next().map(|one| one.approver(PartyKind::Person)).into_iter().collect();
        }
        let ids = ids(&self.id, new.approvers.len());
        let document = ids.document.clone();
        let mut flow = draft(new, by, directory, || ids, now)?;
        if let Some(template) = template {
            flow.attach(template, &self.values, document, now)?;
            flow.ensure_machines_can_sign(directory)?;
        }
        Ok(flow)
    }

    /// With gaps, only the signers that are named can be checked.
    fn check(&self, by: (&Initiator, &Employee), directory: &Directory, now: Timestamp) -> Result<(), Refusal> {
        let mut ids = |_: &FlowId, signers: usize| no_ids(signers);
        if self.resource.is_some() && self.gaps().is_empty() {
            return self.make(None, &mut [].iter(), by, directory, &mut ids, now).map(drop);
        }
        let signers = self.new.approvers.len();
        let new = NewFlow { open_ended: true, ..self.new.clone() };
        draft(new, by, directory, || no_ids(signers), now).map(drop)
    }

    /// A template's parties, each with the signer named for it: by slot, or by place where the signer names no slot.
    fn slots<'a>(&'a self, template: &'a Template) -> Vec<(&'a Party, Option<&'a NewApprover>)> {
        let mut unplaced = self.new.approvers.iter().filter(|one| one.recipient.is_none()).peekable();
        let slot = |party: &'a Party| {
            let by_slot = self.new.approvers.iter().find(|one| one.recipient.as_ref() == Some(&party.recipient));
            (party, by_slot.or_else(|| unplaced.next()))
        };
        template.parties.iter().map(slot).collect()
    }

    fn parties<'p>(
        &self,
        template: &Template,
        people: &mut impl Iterator<Item = &'p NamedSigner>,
    ) -> Result<Vec<NewApprover>, Refusal> {
        let slots = self.slots(template);
        let placed = slots.iter().filter(|(_, named)| named.is_some()).count();
        if placed < self.new.approvers.len() {
            return Err(Refusal::ApproversDoNotMatchTemplate { detail: template.id.to_string() });
        }
        let mut take = |(party, named): (&Party, Option<&NewApprover>)| {
            let approver = match (named, party.kind) {
                (Some(named), _) => named.clone(),
                (None, PartyKind::AutoSign) => NewApprover { kind: 3, ..NewApprover::default() },
                (None, kind) => people.next().ok_or(Refusal::RecipientMissing)?.approver(kind),
            };
            Ok(NewApprover { recipient: Some(party.recipient.clone()), ..approver })
        };
        slots.into_iter().map(&mut take).collect()
    }
}

impl NamedSigner {
    fn approver(&self, kind: PartyKind) -> NewApprover {
        let company = kind == PartyKind::Organization;
        NewApprover {
            kind: i64::from(!company),
            name: Some(self.name.clone()),
            mobile: Some(self.mobile.clone()),
            organization_name: company.then(|| self.organization.clone()),
            ..NewApprover::default()
        }
    }
}

/// For a contract that is only looked at, and thrown away.
fn no_ids(signers: usize) -> FlowIds {
    FlowIds { flow: "".into(), document: "".into(), approvers: (0..signers).map(|_| ("".into(), "".into())).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::review::{AskedBy, Review};
    use crate::domain::samples::{NOW, at, directory, initiator, operator, sample_flow};
    use crate::domain::status::FlowStatus;

    fn preparation(flow: PreparedFlow) -> Preparation {
        Preparation {
            id: "reserved".into(),
            initiator: initiator(),
            operator: operator(),
            group: None,
            flows: vec![flow],
            launched: false,
        }
    }

    fn prepared(mut new: NewFlow) -> PreparedFlow {
        let content = new.content.take().unwrap();
        PreparedFlow {
            id: "reserved".into(),
            resource: Some(Resource::File(content)),
            new: NewFlow { signers_place_components: true, ..new },
            values: Vec::new(),
            lasts: None,
        }
    }

    fn made(preparation: &Preparation, people: &[NamedSigner]) -> Result<Flow, Refusal> {
        let ids = |flow: &FlowId, signers: usize| FlowIds { flow: flow.clone(), ..no_ids(signers) };
        preparation.make(None, people, &directory(), ids, at(5)).map(|mut flows| flows.remove(0))
    }

    #[test]
    fn the_reserved_id_becomes_the_contracts() {
        let whole = preparation(prepared(sample_flow()));
        whole.check(&directory(), NOW).unwrap();
        let flow = made(&whole, &[]).unwrap();
        assert_eq!((flow.id.as_str(), flow.approvers.len(), flow.status()), ("reserved", 3, FlowStatus::NotStarted));
    }

    #[test]
    fn whoever_is_missing_is_named_on_the_page() {
        let mut flow = prepared(sample_flow());
        flow.new.approvers.clear();
        let whole = preparation(flow);
        whole.check(&directory(), NOW).unwrap();
        assert_eq!(whole.flows[0].gaps(), [Gap { role: String::new(), organization: false }]);
        assert_eq!(made(&whole, &[]), Err(Refusal::ApproversEmpty));

        let named = NamedSigner { name: "张三".into(), mobile: "18888888888".into(), ..NamedSigner::default() };
        let flow = made(&whole, &[named]).unwrap();

        assert_eq!(flow.approvers[0].person.name, "张三");
    }

    #[test]
    fn what_is_wrong_is_said_when_it_is_prepared() {
        let mut flow = prepared(sample_flow());
        flow.new.approvers[1].mobile = Some("123".into());
        let refused = preparation(flow).check(&directory(), NOW).unwrap_err();
        assert_eq!(refused, Refusal::MobileInvalid { mobile: "123".into() });
    }

    #[test]
    fn signers_have_their_days_from_the_launch_on() {
        let mut flow = prepared(sample_flow());
        flow.lasts = Some(DAY);
        assert_eq!(made(&preparation(flow), &[]).unwrap().deadline, at(5).plus(DAY));
    }

    #[test]
    fn a_review_asked_for_comes_before_the_start() {
        let mut flow = prepared(sample_flow());
        flow.new.needs_creation_review = true;
        let flow = made(&preparation(flow), &[]).unwrap();
        assert_eq!(flow.creation_review, Some(Review::asked_by(AskedBy::Flow)));
    }
}
