//! Contracts somebody looks at without launching them, inside a world.

use std::sync::Arc;

use super::ids::Kind;
use super::world::World;
use crate::domain::flow::Flow;
use crate::domain::ids::{OrganizationId, PreviewId};
use crate::domain::preview::Preview;
use crate::domain::refusal::Refusal;

/// How many are remembered, each with its file; the oldest go first.
const PREVIEWS_KEPT: usize = 1000;

impl World {
    /// Keeps a contract somebody wants to look at without launching it, and takes one from their company's previews.
    ///
    /// # Errors
    /// A value names a file that is not there, or no preview is left.
    pub fn add_preview(&mut self, company: &OrganizationId, mut flow: Flow) -> Result<PreviewId, Refusal> {
        self.keep_files(&mut flow)?;
        let company = self.directory.organizations.number(company.as_str());
        let company = company.and_then(|number| self.directory.organizations.at_mut(number));
        if !company.is_some_and(|company| company.quota.preview()) {
            return Err(Refusal::PreviewFailed { detail: "no preview is left".into() });
        }
        let id = PreviewId::from(self.ids.next(Kind::Task));
        self.previews.insert_keeping(Preview { id: id.clone(), flow: Arc::new(flow) }, PREVIEWS_KEPT);
        Ok(id)
    }
}
