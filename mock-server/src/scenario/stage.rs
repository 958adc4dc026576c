//! The world a story takes place in: the demo world, with the story's contracts, on the story's clock.
//!
//! What the file says was done is done here, by the rules every contract follows, and what follows from it by itself (machines sign,
//! documents are composed, deadlines pass) happens as the clock goes on. Messages nobody asked for are kept until somebody does.

use std::collections::{BTreeMap, VecDeque};
use std::sync::OnceLock;
use std::time::Duration;

use serde_saphyr::Spanned;

use super::check::Contract;
use super::format::{ContractRow, MessageData, ScenarioFile};
use super::mistake::{Wrong, nearest};
use super::wanted::Wanted;
use crate::callbacks::handmade::known::Known;
use crate::callbacks::message::{MessageKind, told_of};
use crate::callbacks::payload;
use crate::domain::employee::Employee;
use crate::domain::flow::{Flow, FlowState, Initiator, Membership};
use crate::domain::group::FlowGroup;
use crate::domain::ids::{FlowGroupId, FlowId, OrganizationId, RecipientId};
use crate::domain::launch::{FlowIds, NewFlow, draft};
use crate::domain::life::filling::Fill;
use crate::domain::refusal::Refusal;
use crate::domain::review::{AskedBy, Review};
use crate::domain::time::Timestamp;
use crate::engine::ids::Kind;
use crate::engine::world::{Outbox, World};
use crate::engine::world_file::{ComponentRow, DEMO, WorldFile, sample};

/// A message that was caused and not asked for yet.
struct Pending {
    at: Timestamp,
    kind: MessageKind,
}

/// What a row of the file stands for.
pub(super) struct Told {
    /// When it happened.
    pub(super) at: Timestamp,
    /// Whose event it is.
    pub(super) organization: OrganizationId,
    /// What it tells.
    pub(super) kind: MessageKind,
}

/// The world of a story.
pub(super) struct Stage<'a> {
    file: &'a ScenarioFile,
    pub(super) world: World,
    pub(super) initiator: Initiator,
    operator: Employee,
    contracts: BTreeMap<&'a str, FlowId>,
    groups: BTreeMap<&'a str, FlowGroupId>,
    pending: VecDeque<Pending>,
    seed: u64,
}

/// What can be done to a contract by stating it.
const ACTS: &str = "start, sign, fill, reject, cancel, finish or deadline";

impl<'a> Stage<'a> {
    /// The world before anything happened.
    pub(super) fn new(file: &'a ScenarioFile, seed: u64, begins: Timestamp) -> Result<Self, String> {
        let demo = demo()?;
        let world = demo.build(seed, begins);
        let row = demo.organizations.first().ok_or("the demo world has no company")?;
        let operator = row.employees.first().and_then(|one| world.directory.employees.get(one.id.as_str()));
        let operator = operator.ok_or("the demo world's company has no employee")?.as_ref().clone();
        let initiator = Initiator {
            organization: row.id.as_str().into(),
            organization_name: row.name.clone(),
            user: operator.id.clone(),
            application: None,
        };
        let (contracts, groups, pending) = (BTreeMap::new(), BTreeMap::new(), VecDeque::new());
        Ok(Self { file, world, initiator, operator, contracts, groups, pending, seed })
    }

    /// The contracts that were spoken of, as they are now.
    pub(super) fn contracts(&self) -> Vec<Contract> {
        let each = self.contracts.iter().filter_map(|(name, id)| {
            let status = payload::callback_status(self.world.flows.get(id.as_str())?);
            Some(Contract { name: (*name).to_owned(), id: id.to_string(), status })
        });
        each.collect()
    }

    /// Lets time go on; what is due happens on the way.
    pub(super) fn advance(&mut self, until: Timestamp) {
        let mut outbox = Outbox::new();
        while self.world.fire_next(until, &mut outbox) {}
        self.collect(outbox);
        self.world.now = self.world.now.max(until);
    }

    /// The message a row about a contract or a group stands for: one that was caused already, or else what was done is done now.
    pub(super) fn told(&mut self, kind: &Spanned<String>, data: &MessageData) -> Result<Told, Wrong> {
        let group = data.group.as_ref().map(|name| self.group(name)).transpose()?;
        let (contract, signer) = self.about(data)?;
        let wanted = Wanted {
            kind: &kind.value,
            flow: contract.as_ref(),
            group: group.as_ref(),
            signer: signer.as_ref(),
            operate: data.operate.as_ref().map(|one| one.value.as_str()),
        };
        if !self.pending.iter().any(|one| wanted.is(&one.kind))
            && let Some(flow) = &contract
        {
            match &data.operate {
                Some(operate) => self.act(flow, operate, signer.as_ref(), data)?,
                None => self.let_come(flow, kind, data)?,
            }
        }
        let place = self.pending.iter().position(|one| wanted.is(&one.kind));
        let Some(Pending { at, kind: told }) = place.and_then(|place| self.pending.remove(place)) else {
            return Err(Wrong::at(kind, self.nothing_of(&kind.value, contract.as_ref())));
        };
        if let (Some(stated), MessageKind::FlowStatusChange(change)) = (&data.status, &told) {
            let status = payload::callback_status(&change.flow);
            if status != stated.value {
                return Err(Wrong::at(stated, format!("the contract has status {status} then, not {}", stated.value)));
            }
        }
        Ok(Told { at, organization: self.initiator.organization.clone(), kind: told })
    }

    /// What is known under the names of fields: the company, who acts for it, and the contract the row names; and which signer it names.
    pub(super) fn known(&mut self, data: &MessageData) -> Result<(Known, Option<RecipientId>), Wrong> {
        let (contract, signer) = self.about(data)?;
        let mut known = Known::at(self.world.now, self.seed);
        if let Some(company) = self.world.directory.organizations.get(self.initiator.organization.as_str()) {
            known.organization(company);
        }
        known.operator(&self.operator);
        if let Some(flow) = contract.and_then(|id| self.world.flows.get(id.as_str())) {
            known.flow(flow);
        }
        Ok((known, signer))
    }

    /// The contract a row is about, and its signer.
    fn about(&mut self, data: &MessageData) -> Result<(Option<FlowId>, Option<RecipientId>), Wrong> {
        let contract = data.contract.as_ref().map(|name| self.contract(name)).transpose()?;
        let signer = match (&contract, &data.signer) {
            (Some(flow), Some(place)) => Some(self.signer(flow, place)?),
            (None, Some(place)) => {
                return Err(Wrong::at(place, "`signer` is one of a contract: name the `contract`, too"));
            }
            (_, None) => None,
        };
        Ok((contract, signer))
    }

    /// The id that `$name` stands for.
    pub(super) fn id_of(&mut self, name: &Spanned<String>) -> Result<String, Wrong> {
        if self.file.groups.contains_key(&name.value) {
            return Ok(self.group(name)?.to_string());
        }
        Ok(self.contract(name)?.to_string())
    }

    fn nothing_of(&self, kind: &str, contract: Option<&FlowId>) -> String {
        let mut left: Vec<&str> = self
            .pending
            .iter()
            .filter(|one| contract.is_none() || one.kind.flow().map(|flow| &flow.id) == contract)
            .map(|one| one.kind.name())
            .collect();
        left.dedup();
        let left = if left.is_empty() { "nothing".to_owned() } else { left.join(", ") };
        format!(
            "nothing that happened up to here causes this `{kind}`; still untold is {left}. Does it come later, or is an `operate` missing?"
        )
    }

    /// The contract with this name; it is made when it is first spoken of.
    fn contract(&mut self, name: &Spanned<String>) -> Result<FlowId, Wrong> {
        if let Some(id) = self.contracts.get(name.value.as_str()) {
            return Ok(id.clone());
        }
        let known = || nearest(&name.value, self.file.contracts.keys().map(String::as_str));
        let (label, row) = self.file.contracts.get_key_value(&name.value).ok_or_else(|| {
            Wrong::at(name, format!("there is no contract `{}` under `contracts`; {}", name.value, known()))
        })?;
        let group = self.group_of(label)?;
        // Gathering its group has made it already.
        if let Some(id) = self.contracts.get(label.as_str()) {
            return Ok(id.clone());
        }
        let id: FlowId = self.world.ids.next(Kind::Flow).into();
        self.contracts.insert(label, id.clone());
        self.make(&id, row, group)?;
        Ok(id)
    }

    /// Makes a contract, which has not started then.
    fn make(&mut self, id: &FlowId, row: &'a Spanned<ContractRow>, group: Option<Membership>) -> Result<(), Wrong> {
        let refused = |refusal: Refusal| Wrong::at(row, format!("a rule refuses this contract: {refusal:?}"));
        let (now, value) = (self.world.now, &row.value);
        let seal = self.world.directory.usable_seal(&self.initiator.organization).map(|seal| seal.id.to_string());
        let template = value.template.as_ref().map(|name| self.template(name)).transpose()?;
        let released = value.releases.as_ref().map(|name| self.contract(name)).transpose()?;
        let new = NewFlow {
            name: value.name.clone(),
            description: value.description.clone(),
            kind: value.kind.clone(),
            user_data: value.user_data.clone(),
            deadline: value.deadline.map(|span| now.plus(span.0)),
            unordered: value.unordered,
            content: template.is_none().then(sample),
            fills: value.fills.iter().map(ComponentRow::wanted).collect(),
            approvers: value.signers.iter().map(|one| one.wanted(seal.as_deref(), now)).collect(),
            auto_sign_scene: value.auto_sign_scene.clone(),
            ..NewFlow::default()
        };
        let ids = FlowIds {
            flow: id.clone(),
            document: self.world.ids.next(Kind::Document).into(),
            approvers: value.signers.iter().map(|one| one.ids(&mut self.world)).collect(),
        };
        let parties = (&self.initiator, &self.operator);
        let mut flow = draft(new, parties, &self.world.directory, || ids, now).map_err(refused)?;
        flow.creation_review = value.creation_review.then(|| Review::asked_by(AskedBy::Flow));
        flow.group = group;
        flow.releases.clone_from(&released);
        self.world.add_draft(flow);
        let mut outbox = Outbox::new();
        if let Some(template) = template {
            let values = fills(value.values.iter());
            let document = self.world.ids.next(Kind::Document).into();
            let attach = |flow: &mut Flow| flow.attach(&template, &values, document, now);
            self.world.change_flow(id, now, &mut outbox, attach).map_err(refused)?;
        }
        if let Some(released) = released {
            let promise = |original: &mut Flow| original.promise_release(Some(id), now);
            self.world.change_flow(&released, now, &mut outbox, promise).map_err(refused)?;
        }
        self.collect(outbox);
        Ok(())
    }

    fn template(&self, name: &Spanned<String>) -> Result<crate::domain::template::Template, Wrong> {
        let templates = || self.world.directory.templates.iter();
        let found = templates().find(|one| one.id.as_str() == name.value || one.name == name.value);
        let found = found.ok_or_else(|| {
            let known = nearest(&name.value, templates().map(|one| one.name.as_str()));
            Wrong::at(name, format!("the demo world has no template `{}`; {known}", name.value))
        })?;
        Ok(found.as_ref().clone())
    }

    /// The group with this name. It is made, with all its contracts, when it or one of them is first spoken of.
    fn group(&mut self, name: &Spanned<String>) -> Result<FlowGroupId, Wrong> {
        let known = || nearest(&name.value, self.file.groups.keys().map(String::as_str));
        let found = self.file.groups.get_key_value(&name.value);
        let (label, _) = found.ok_or_else(|| {
            Wrong::at(name, format!("there is no group `{}` under `groups`; {}", name.value, known()))
        })?;
        self.gather(label)
    }

    fn gather(&mut self, label: &'a str) -> Result<FlowGroupId, Wrong> {
        if let Some(id) = self.groups.get(label) {
            return Ok(id.clone());
        }
        let id: FlowGroupId = self.world.ids.next(Kind::FlowGroup).into();
        self.groups.insert(label, id.clone());
        let row = &self.file.groups[label].value;
        let flows = row.contracts.iter().map(|name| self.contract(name)).collect::<Result<Vec<FlowId>, Wrong>>()?;
        self.world.groups.insert(FlowGroup {
            id: id.clone(),
            name: row.name.clone(),
            initiator: self.initiator.clone(),
            flows,
            copies: Vec::new(),
            remarks: Vec::new(),
            created_at: self.world.now,
        });
        Ok(id)
    }

    /// The group a contract is in, made with all its contracts.
    fn group_of(&mut self, contract: &str) -> Result<Option<Membership>, Wrong> {
        let groups = &self.file.groups;
        let found = groups.iter().find(|(_, row)| row.value.contracts.iter().any(|one| one.value == contract));
        let Some((label, row)) = found else { return Ok(None) };
        Ok(Some(Membership { id: self.gather(label)?, name: row.value.name.clone() }))
    }

    fn signer(&self, flow: &FlowId, place: &Spanned<usize>) -> Result<RecipientId, Wrong> {
        let signers = self.world.flows.get(flow.as_str()).map(|flow| flow.approvers.as_slice()).unwrap_or_default();
        let signer = signers.get(place.value).map(|one| one.recipient.clone());
        signer.ok_or_else(|| {
            Wrong::at(
                place,
                format!("there is no signer {}: the contract has {}, counted from 0", place.value, signers.len()),
            )
        })
    }

    /// Does to the contract what the row says was done.
    fn act(
        &mut self,
        id: &FlowId,
        operate: &Spanned<String>,
        signer: Option<&RecipientId>,
        data: &MessageData,
    ) -> Result<(), Wrong> {
        let (now, mut outbox) = (self.world.now, Outbox::new());
        let reason = data.reason.as_deref().unwrap_or_default();
        let who = || {
            signer.cloned().ok_or_else(|| Wrong::at(operate, format!("who did `{}`? Name the `signer`", operate.value)))
        };
        let done = match operate.value.as_str() {
            "start" => self.world.change_flow(id, now, &mut outbox, |flow| {
                flow.ensure_startable(now)?;
                Ok(flow.start(now))
            }),
            "sign" => self.world.sign_flow(id, &who()?, now, &mut outbox),
            "fill" => {
                let (who, values) = (who()?, fills(data.values.iter().map(|(name, value)| (name, value))));
                self.world.change_flow(id, now, &mut outbox, |flow| flow.fill(&who, &values, now))
            }
            "reject" => {
                let who = who()?;
                self.world.change_flow(id, now, &mut outbox, |flow| flow.reject(&who, reason, now))
            }
            "cancel" => self.world.cancel_flow(id, reason, now, &mut outbox),
            // Both follow from something else.
            "finish" | "deadline" => Ok(()),
            other => {
                return Err(Wrong::at(operate, format!("`operate` is no `{other}`: expected {ACTS}")));
            }
        };
        done.map_err(|refusal| {
            Wrong::at(operate, format!("`{}` cannot happen then: a rule refuses it ({refusal:?})", operate.value))
        })?;
        self.collect(outbox);
        Ok(())
    }

    /// What comes about without anybody doing something to the contract: it is charged when it starts, its document is composed in a while.
    fn let_come(&mut self, id: &FlowId, kind: &Spanned<String>, data: &MessageData) -> Result<(), Wrong> {
        let drafted = self.world.flows.get(id.as_str()).is_some_and(|flow| flow.state == FlowState::Draft);
        match kind.value.as_str() {
            "BillingUse" | "FlowCost" if drafted => {
                let start = Spanned::new("start".to_owned(), kind.referenced, kind.defined);
                self.act(id, &start, None, data)
            }
            "DocumentFill" if drafted => {
                let delay = Duration::from_secs(self.world.settings.composition_delay.into());
                self.advance(self.world.now.plus(delay));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn collect(&mut self, outbox: Outbox) {
        for event in outbox {
            let kinds = told_of(&event, &self.world.settings);
            self.pending.extend(kinds.into_iter().map(|kind| Pending { at: event.at, kind }));
        }
    }
}

/// The demo world's file, read once: some stories are told a thousand times.
fn demo() -> Result<&'static WorldFile, String> {
    static READ: OnceLock<Result<WorldFile, String>> = OnceLock::new();
    let read = READ.get_or_init(|| WorldFile::parse("the demo world", DEMO).map_err(|error| error.to_string()));
    read.as_ref().map_err(Clone::clone)
}

fn fills<'a>(values: impl Iterator<Item = (&'a String, &'a String)>) -> Vec<Fill> {
    values.map(|(component, value)| Fill { component: component.clone(), value: value.clone() }).collect()
}
