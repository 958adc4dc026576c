//! Links to several contracts at once, for both services: of one signer, or of open slots that somebody picks up.

pub(super) mod console;
pub(super) mod h5;
pub(super) mod mini;

use crate::domain::approver::Approver;
use crate::domain::employee::CardKind;
use crate::domain::flow::Flow;
use crate::domain::refusal::Refusal;
use crate::domain::sought::Sought;

/// For whom a link is.
pub(super) struct Signer {
    /// Who that is.
    pub(super) sought: Sought,
    /// The number of `ApproverType`.
    pub(super) kind: i64,
    /// What kind their identity card is of, where one is named.
    pub(super) card_kind: Option<CardKind>,
}

impl Signer {
    /// The signer of `flow` who is meant.
    fn find<'a>(&self, flow: &'a Flow) -> Result<&'a Approver, Refusal> {
        let found = self.sought.find(flow).filter(|one| one.kind.code() == self.kind);
        found.ok_or_else(|| self.missing(flow))
    }

    /// They take no part in this contract; said in the words of the request.
    fn missing(&self, flow: &Flow) -> Refusal {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        Refusal::NotAParticipant {
            flow: flow.id.to_string(),
            name: text(&self.sought.name),
            mobile: text(&self.sought.mobile),
            id_card_type: self.card_kind.map_or("", CardKind::wire),
            id_card_number: text(&self.sought.card),
            approver_type: self.kind,
        }
    }
}
