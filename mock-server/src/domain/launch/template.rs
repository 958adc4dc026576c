//! A contract gets its document from a template (T2).

use std::sync::Arc;

use super::components::check_seal;
use crate::domain::approver::{Approver, ApproverKind};
use crate::domain::component::Component;
use crate::domain::directory::Directory;
use crate::domain::event::Happening;
use crate::domain::extended_service::ExtendedService;
use crate::domain::file::Content;
use crate::domain::flow::{Document, Flow, FlowState};
use crate::domain::ids::{DocumentId, SealId};
use crate::domain::life::filling::{Fill, filled};
use crate::domain::refusal::Refusal;
use crate::domain::template::{Party, PartyKind, Template};
use crate::domain::time::Timestamp;

impl Flow {
    /// Takes document, slots and components from `template` at `now`, with the initiator's values in them. A value may also
    /// name the seal a machine is to use where the template names none (`api CreateDocument.FormFields`).
    ///
    /// # Errors
    /// The contract has started, ended or has a document already; the template has none or is switched off; its parties and
    /// order are not the contract's; a value is of the wrong kind, none of the initiator's, or missing.
    pub fn attach(
        &mut self,
        template: &Template,
        values: &[Fill],
        document: DocumentId,
        now: Timestamp,
    ) -> Result<Vec<Happening>, Refusal> {
        self.ensure_open()?;
        if self.state != FlowState::Draft {
            return Err(Refusal::FlowAlreadyStarted { flow: self.id.to_string() });
        }
        if self.document.is_some() {
            return Err(Refusal::FlowHasDocument { flow: self.id.to_string() });
        }
        template.ensure_usable()?;
        self.ensure_matches(template)?;
        let (seals, values): (Vec<Fill>, Vec<Fill>) =
            values.iter().cloned().partition(|value| template.parties.iter().any(|party| names_seal(party, value)));
        let document = template.compose(&values, document, now)?;

        for (approver, party) in self.approvers.iter_mut().zip(&template.parties) {
            approver.recipient = party.recipient.clone();
            approver.components = party.components.iter().map(|one| sealed(party, one, &seals)).collect();
            approver.fills = party.fills.iter().map(empty).collect();
            if approver.role_name.is_empty() {
                approver.role_name.clone_from(&party.role);
            }
        }
        self.template = Some(template.id.clone());
        self.document = Some(document);
        self.updated_at = now;
        Ok(vec![Happening::Revised])
    }

    /// Asks whether every machine has a seal it may use, and nobody has to fill in where one signs.
    ///
    /// # Errors
    /// It has not, or somebody has.
    pub fn ensure_machines_can_sign(&self, directory: &Directory) -> Result<(), Refusal> {
        let mut machines =
            self.approvers.iter().filter(|one| one.kind == ApproverKind::OrganizationAutoSign).peekable();
        let may_fill = directory.has_opened(&self.initiator.organization, ExtendedService::AutoSignCanFillIn);
        if machines.peek().is_some() && self.has_fill_step() && !may_fill {
            return Err(Refusal::AutoSignWithFillComponents);
        }
        let machines: Vec<_> = machines.collect();
        for machine in &machines {
            let company = machine.organization_id().unwrap_or(&self.initiator.organization);
            let user = machine.person.user.as_ref().unwrap_or(&self.initiator.user);
            directory.ensure_company_machine(company, &self.initiator, user)?;
        }
        for seal in machines.into_iter().flat_map(Approver::seals_named) {
            if seal.is_empty() {
                return Err(Refusal::AutoSignSealMissing);
            }
            check_seal(&SealId::from(seal), true, &self.initiator, (directory, self.updated_at))?;
        }
        Ok(())
    }

    /// Order and kinds of signers must be the template's (`api CreateFlow`).
    fn ensure_matches(&self, template: &Template) -> Result<(), Refusal> {
        if self.approvers.len() < template.parties.len() {
            return Err(Refusal::RecipientMissing);
        }
        let slots = self.approvers.iter().zip(&template.parties);
        let fits = self.approvers.len() == template.parties.len()
            && (self.approvers.len() < 2 || self.unordered == template.unordered)
            && slots.clone().all(|(approver, party)| party.kind.takes(approver.kind))
            && slots.clone().all(|(approver, party)| match approver.template_slot.as_ref() {
                Some(slot) => slot == &party.recipient,
                None => true,
            });
        if fits { Ok(()) } else { Err(Refusal::ApproversDoNotMatchTemplate { detail: template.id.to_string() }) }
    }
}

impl Template {
    /// Asks whether contracts can be made from it.
    ///
    /// # Errors
    /// It is switched off, which hides it (the code is ASSUMED), or has no document.
    pub fn ensure_usable(&self) -> Result<&Arc<Content>, Refusal> {
        if !self.enabled {
            return Err(Refusal::TemplateUnknown { template: self.id.to_string() });
        }
        self.content.as_ref().ok_or_else(|| Refusal::TemplateHasNoFile { template: self.id.to_string() })
    }

    /// Its document with the initiator's values, not composed yet at `now`.
    ///
    /// # Errors
    /// It cannot be used, or a value is of the wrong kind, none of the initiator's, or missing.
    pub fn compose(&self, values: &[Fill], id: DocumentId, now: Timestamp) -> Result<Document, Refusal> {
        let content = self.ensure_usable()?.clone();
        let fills = filled(&self.fills, values)?;
        Ok(Document { id, content, fills, made_at: now, composed: false })
    }
}

impl Approver {
    /// The seals its components name, empty where one names none.
    pub(in crate::domain) fn seals_named(&self) -> impl Iterator<Item = &str> {
        self.components.iter().filter(|one| one.kind.is_seal()).map(|one| one.value.as_str())
    }
}

/// Whether `value` is meant for a seal of this party's machine.
fn names_seal(party: &Party, value: &Fill) -> bool {
    party.kind == PartyKind::AutoSign && party.components.iter().any(|one| one.kind.is_seal() && value.is_for(one))
}

/// A seal the template names stays (`api FormField`); an open one becomes what the initiator chose.
fn sealed(party: &Party, component: &Component, seals: &[Fill]) -> Component {
    let mut component = component.clone();
    let open = party.kind == PartyKind::AutoSign && component.kind.is_seal() && component.value.is_empty();
    if let Some(chosen) = seals.iter().find(|value| open && value.is_for(&component)) {
        chosen.value.clone_into(&mut component.value);
    }
    component
}

/// A template's presets are the initiator's own; a signer starts with empty fields (ASSUMED).
fn empty(component: &Component) -> Component {
    Component { value: String::new(), ..component.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{at, directory, draft_sample, sample_flow, template};

    fn draft(signers: usize) -> Flow {
        let mut new = sample_flow();
        new.content = None;
        new.approvers.truncate(signers);
        draft_sample(new)
    }

    fn fill(component: &str, value: &str) -> Fill {
        Fill { component: component.into(), value: value.into() }
    }

    #[test]
    fn a_contract_takes_its_slots_and_components_from_the_template() {
        let mut flow = draft(2);
        flow.attach(&template(), &[fill("金额", "100")], "document".into(), at(1)).unwrap();
        assert_eq!(flow.approvers[1].recipient.as_str(), "slot-1");
        assert_eq!((flow.approvers[0].fills.len(), flow.approvers[1].fills.len()), (0, 1));
        let document = flow.document.unwrap();
        assert_eq!((document.fills[0].value.as_str(), document.composed), ("100", false));
    }

    #[test]
    fn what_does_not_fit_the_template_is_refused() {
        let attach = |signers, change: fn(&mut Template)| {
            let mut template = template();
            change(&mut template);
            draft(signers).attach(&template, &[fill("金额", "100")], "document".into(), at(1))
        };
        let mismatch = Refusal::ApproversDoNotMatchTemplate { detail: "template".into() };
        assert_eq!(attach(1, |_| ()), Err(Refusal::RecipientMissing));
        assert_eq!(attach(3, |_| ()), Err(mismatch.clone()));
        assert_eq!(attach(2, |one| one.unordered = true), Err(mismatch.clone()));
        assert_eq!(attach(2, |one| one.parties.reverse()), Err(mismatch));
        assert_eq!(attach(2, |one| one.enabled = false), Err(Refusal::TemplateUnknown { template: "template".into() }));
        assert_eq!(
            attach(2, |one| one.content = None),
            Err(Refusal::TemplateHasNoFile { template: "template".into() })
        );
    }

    #[test]
    fn the_initiator_names_the_seal_a_template_leaves_open() {
        let machine = |preset: &str| {
            let mut template = template();
            let mut party = template.parties.remove(0);
            party.kind = PartyKind::AutoSign;
            party.components[0].id = "seal_1".into();
            preset.clone_into(&mut party.components[0].value);
            Template { parties: vec![party], fills: Vec::new(), ..template }
        };
        let sealed = |preset: &str, chosen: &[Fill]| {
            let mut new = sample_flow();
            new.content = None;
            new.approvers.drain(..2);
            let mut flow = draft_sample(new);
            flow.attach(&machine(preset), chosen, "document".into(), at(1)).unwrap();
            let allowed = flow.ensure_machines_can_sign(&directory());
            (flow.approvers[0].components[0].value.clone(), allowed)
        };
        assert_eq!(sealed("", &[]).1, Err(Refusal::AutoSignSealMissing));
        assert_eq!(sealed("", &[fill("seal_1", "seal")]), ("seal".into(), Ok(())));
        assert_eq!(sealed("seal", &[fill("seal_1", "disabled")]), ("seal".into(), Ok(())), "what is preset stays");
        assert!(sealed("", &[fill("seal_1", "foreign")]).1.is_err());
    }
}
