//! Reading a document before the world is opened: looking for keywords and form fields takes milliseconds.

use std::sync::Arc;

use ess_schemas::ess::{ApproverInfo, Component};

use crate::actions::ess::dialect::searches;
use crate::engine::account::Account;
use crate::engine::clock::EdgeTime;

/// Reads the text and the form fields of the file with this id, when a component is placed by them. An unknown file is
/// told of later, where it is looked for.
pub(super) fn read_ahead<'a>(
    account: &Arc<Account>,
    edge: EdgeTime,
    file: Option<&String>,
    initiators: &Option<Vec<Component>>,
    approvers: impl IntoIterator<Item = &'a ApproverInfo>,
) {
    let signers = approvers.into_iter().flat_map(|one| one.sign_components.iter().chain(&one.components).flatten());
    let Some(id) = file.filter(|_| initiators.iter().flatten().chain(signers).any(searches)) else { return };
    let content = account.enter(edge, |world, _, _| world.files.get(id.as_str()).map(|file| file.content.clone()));
    if let Some(content) = content {
        content.layout();
    }
}
