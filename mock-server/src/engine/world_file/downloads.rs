//! Files of a world file's contracts that somebody downloaded and uploaded again.

use serde::Deserialize;

use super::files::content;
use crate::documents::Fonts;
use crate::domain::file::{Purpose, UploadedFile};
use crate::domain::ids::FlowId;
use crate::domain::time::DAY;
use crate::engine::world::World;
use crate::rendering::Printable;

/// A contract's file as it was downloaded when the world began.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `UploadedFile`")]
pub struct DownloadRow {
    pub id: String,
    /// Whether something was added to it in between.
    #[serde(default)]
    pub altered: bool,
}

impl DownloadRow {
    /// Uploads the file of this contract again.
    ///
    /// # Errors
    /// The contract has no document, or cannot be printed.
    pub(super) fn settle(&self, id: &FlowId, world: &mut World) -> Result<(), String> {
        let flow = world.flows.get(id.as_str()).cloned().ok_or("the contract is not there")?;
        let printed = Printable::of(&flow, world).pdf(&Fonts::builtin());
        let mut bytes = printed.map_err(|error| format!("it cannot be printed: {error}"))?.pdf;
        if self.altered {
            bytes.extend_from_slice(b"\n% altered\n");
        }
        let file = UploadedFile {
            id: self.id.as_str().into(),
            owner: flow.initiator.organization.clone(),
            application: flow.initiator.application.clone(),
            name: format!("{}.pdf", flow.name),
            purpose: Purpose::Document,
            content: content(bytes.into()),
            expires_at: world.now.plus(365 * DAY),
        };
        world.add_file(file, world.now);
        Ok(())
    }
}
