//! A look at a contract that was never launched (`NeedPreview`).

use std::sync::Arc;
use std::time::Duration;

use super::flow::Flow;
use super::ids::PreviewId;
use super::register::Registered;
use super::time::MINUTE;

/// How long it can be looked at (`api CreateFlowByFiles.NeedPreview`: 300 seconds).
pub const LIFETIME: Duration = Duration::from_secs(5 * MINUTE.as_secs());

/// A contract as it would be.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Preview {
    /// By what it is found.
    pub id: PreviewId,
    /// The contract; nothing in the world knows its id.
    pub flow: Arc<Flow>,
}

impl Registered for Preview {
    type Id = PreviewId;
    fn id(&self) -> &PreviewId {
        &self.id
    }
}
