//! Who hears of an event.

use super::address::Address;
use super::behalf::Behalf;
use crate::domain::directory::Directory;
use crate::domain::event::About;
use crate::domain::holding::Matter;
use crate::domain::ids::OrganizationId;

/// The addresses that hear of an event.
#[derive(Clone, Debug)]
pub enum Hearing {
    /// The own addresses of these companies: whose event it is, its group's main company, and the one that guides it.
    Companies(Vec<OrganizationId>),
    /// The addresses of the platform's application it happened in, with the ids it is told with.
    Application(Behalf),
}

impl Hearing {
    /// Who hears of this.
    #[must_use]
    pub fn of(about: &About, directory: &Directory) -> Self {
        let mut companies = directory.listeners(about.organization(), matter(about));
        match about.application().and_then(|id| directory.applications.get(id.as_str())) {
            Some(application) if application.is_guidance() => companies.push(application.owner.clone()),
            Some(application) => return Self::Application(Behalf::of(application, about)),
            None => (),
        }
        // A group that was left hears of it, too.
        if let About::Onboarding(_, applicant) = about {
            companies.extend(applicant.main.clone());
        }
        companies.sort();
        companies.dedup();
        Self::Companies(companies)
    }

    /// Whether an address is among them.
    #[must_use]
    pub fn includes(&self, address: &Address) -> bool {
        match self {
            Self::Companies(companies) => address.application.is_none() && companies.contains(&address.organization),
            Self::Application(behalf) => {
                address.application.as_ref().is_some_and(|id| id.as_str() == behalf.application())
            }
        }
    }

    /// The ids a platform is told with.
    #[must_use]
    pub fn behalf(&self) -> Behalf {
        match self {
            Self::Companies(_) => Behalf::default(),
            Self::Application(behalf) => behalf.clone(),
        }
    }
}

/// What of a member's it is, where its main company hears of that only if it may look at the same.
fn matter(about: &About) -> Option<Matter> {
    if matches!(about, About::Flow(..) | About::Group(..) | About::CancelTask(_) | About::Scan(..)) {
        Some(Matter::Contracts)
    } else if matches!(about, About::Template(..)) {
        Some(Matter::Templates)
    } else if matches!(about, About::Seal(_) | About::SealWorkflow(_)) {
        Some(Matter::Seals)
    } else {
        None
    }
}
