//! What platforms offer their customers, in a world file.

use serde::Deserialize;

use super::yes;
use crate::domain::library::{Audience, LibraryTemplate};
use crate::engine::world::World;

/// A template of a platform's company that is offered to customers of one of its applications.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `LibraryTemplate`")]
pub struct LibraryRow {
    pub template: String,
    pub application: String,
    #[serde(default)]
    pub audience: Audience,
    /// Customers, by the platform's ids.
    #[serde(default)]
    pub granted: Vec<String>,
    #[serde(default)]
    pub pushes: bool,
    #[serde(default = "yes")]
    pub published: bool,
}

impl LibraryRow {
    /// Puts it on offer.
    ///
    /// # Errors
    /// The application, its template or a customer is not there.
    pub(super) fn settle(&self, world: &mut World) -> Result<(), String> {
        let application = world.directory.applications.get(self.application.as_str()).cloned();
        let application = application.ok_or_else(|| format!("there is no application `{}`", self.application))?;
        let template = world.directory.templates.get(self.template.as_str());
        if template.is_none_or(|one| one.organization != application.owner) {
            return Err(format!("the application's company has no template `{}`", self.template));
        }
        let mut offered = LibraryTemplate {
            template: self.template.as_str().into(),
            application: application.id.clone(),
            audience: self.audience,
            granted: imbl::OrdSet::new(),
            pushes: self.pushes,
            published: self.published,
        };
        for customer in &self.granted {
            let granted = offered.grant(customer, &application);
            granted.map_err(|_| format!("granted: application `{}` has no customer `{customer}`", self.application))?;
        }
        world.directory.library.insert(offered);
        Ok(())
    }
}
