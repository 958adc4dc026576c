//! The two files of a comparison: the caller's, and of a kind that can be compared.

use std::sync::Arc;

use crate::documents::Revisions;
use crate::domain::file::UploadedFile;
use crate::domain::ids::TaskId;
use crate::domain::intelligence::Outcome;
use crate::domain::intelligence::comparison::{EXTENSIONS, compare};
use crate::domain::intelligence::difference::Difference;
use crate::domain::intelligence::extension;
use crate::domain::refusal::Refusal;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;
use crate::engine::intelligence::NewTask;
use crate::engine::intelligence::comparing::NewComparison;

/// Two files, by id, each with the name of its parameter.
pub(super) struct Pair<'a> {
    pub(super) original: (&'static str, &'a str),
    pub(super) newer: (&'static str, &'a str),
}

/// What was found out before the world was opened; nothing of a file that is not there.
pub(super) type Compared = Option<Outcome<Vec<Difference>>>;

impl Pair<'_> {
    /// Compares the files before the world is opened.
    pub(super) fn compare(&self, account: &Arc<Account>, edge: EdgeTime, revisions: Revisions) -> Compared {
        let (original, newer) = account.enter(edge, |world, _, _| {
            Some((world.files.get(self.original.1).cloned()?, world.files.get(self.newer.1).cloned()?))
        })?;
        Some(compare(&original, &newer, revisions))
    }

    /// Takes the comparison on.
    ///
    /// # Errors
    /// A file that is not there, not the caller's or not of a kind that can be compared; or no unit is left.
    pub(super) fn begin(
        &self,
        call: &mut Call<'_>,
        compared: Compared,
        comment: &str,
        user_data: &str,
    ) -> Result<TaskId, Refusal> {
        let (original, newer) = (comparable(call, self.original)?, comparable(call, self.newer)?);
        // It was there right now, so it was compared.
        let outcome = compared.ok_or_else(|| Refusal::FileUnknown { file: newer.id.to_string() })?;
        let task = NewTask {
            organization: call.caller.organization().clone(),
            operator: call.caller.operator()?.id.clone(),
            // `callback samples` name one file of the two; that it is the newer is ASSUMED.
            name: newer.name.clone(),
            user_data: user_data.to_owned(),
        };
        let new = NewComparison { original, newer, comment: comment.to_owned(), outcome };
        call.world.compare(task, new, call.now, call.outbox)
    }
}

fn comparable(call: &Call<'_>, (field, id): (&'static str, &str)) -> Result<Arc<UploadedFile>, Refusal> {
    if id.is_empty() {
        return Err(Refusal::ParameterMissing { field });
    }
    let file = call.usable_file(id)?;
    if EXTENSIONS.contains(&extension(&file.name).as_str()) {
        return Ok(file);
    }
    let detail = format!("only PDF and Word files are compared, and this is {}", file.name);
    Err(Refusal::ValueNotAllowed { field: field.to_owned(), detail })
}
