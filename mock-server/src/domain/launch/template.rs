//! A contract gets its document from a template (T2).

use crate::domain::component::Component;
use crate::domain::event::Happening;
use crate::domain::flow::{Document, Flow, FlowState};
use crate::domain::ids::DocumentId;
use crate::domain::life::filling::{Fill, filled};
use crate::domain::refusal::Refusal;
use crate::domain::template::Template;
use crate::domain::time::Timestamp;

impl Flow {
    /// Takes document, slots and components from `template` at `now`, with the initiator's values in them.
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
        let content =
            template.content.clone().ok_or(Refusal::TemplateHasNoFile { template: template.id.to_string() })?;
        self.ensure_matches(template)?;
        let fills = filled(&template.fills, values)?;
        let happened = if fills.is_empty() { Happening::Revised } else { Happening::DocumentFilled };

        for (approver, party) in self.approvers.iter_mut().zip(&template.parties) {
            approver.recipient = party.recipient.clone();
            approver.components.clone_from(&party.components);
            approver.fills = party.fills.iter().map(empty).collect();
            if approver.role_name.is_empty() {
                approver.role_name.clone_from(&party.role);
            }
        }
        self.template = Some(template.id.clone());
        self.document = Some(Document { id: document, content, fills, made_at: now });
        self.updated_at = now;
        Ok(vec![happened])
    }

    /// Order and kinds of signers must be the template's (`api CreateFlow`).
    fn ensure_matches(&self, template: &Template) -> Result<(), Refusal> {
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

/// A template's presets are the initiator's own; a signer starts with empty fields (ASSUMED).
fn empty(component: &Component) -> Component {
    Component { value: String::new(), ..component.clone() }
}
