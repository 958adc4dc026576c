//! Which of the messages that were caused a row of the file stands for.

use crate::callbacks::message::MessageKind;
use crate::domain::ids::{FlowGroupId, FlowId, RecipientId};

/// What a row asks for.
pub(super) struct Wanted<'a> {
    pub(super) kind: &'a str,
    pub(super) flow: Option<&'a FlowId>,
    pub(super) group: Option<&'a FlowGroupId>,
    pub(super) signer: Option<&'a RecipientId>,
    pub(super) operate: Option<&'a str>,
}

impl Wanted<'_> {
    pub(super) fn is(&self, kind: &MessageKind) -> bool {
        let of_flow = self.flow.is_none() || kind.flow().map(|flow| &flow.id) == self.flow;
        let of_group = self
            .group
            .is_none_or(|group| matches!(kind, MessageKind::FlowGroupStatusChange(told, _) if told.id == *group));
        let done = if let MessageKind::FlowStatusChange(change) = kind {
            self.operate.is_none_or(|operate| operate == change.operate.wire())
                && (self.signer.is_none() || change.recipient.as_ref() == self.signer)
        } else {
            self.operate.is_none()
        };
        kind.name() == self.kind && of_flow && of_group && done
    }
}
