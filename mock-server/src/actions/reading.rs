//! Reading a document before the world is opened: looking for keywords and form fields takes milliseconds.

use std::sync::Arc;

use super::components::Placed;
use crate::engine::account::Account;
use crate::engine::clock::EdgeTime;

/// Reads the text and the form fields of the file with this id, when one of the lists of components (the initiator's, and
/// what each signer signs with and fills in) has one that is placed by them. An unknown file is told of later, where it is
/// looked for.
pub(in crate::actions) fn read_ahead<'a, C: Placed + 'a>(
    account: &Arc<Account>,
    edge: EdgeTime,
    file: Option<&String>,
    components: impl IntoIterator<Item = &'a Option<Vec<C>>>,
) {
    let Some(id) = file.filter(|_| components.into_iter().flatten().flatten().any(Placed::searches)) else { return };
    let content = account.enter(edge, |world, _, _| world.files.get(id.as_str()).map(|file| file.content.clone()));
    if let Some(content) = content {
        content.layout();
    }
}
