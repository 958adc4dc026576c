//! What somebody agrees to on a page behind a link: a company's services, its seals, a machine that signs for them.

use super::extended_service::ExtendedService;
use super::ids::{ApplicationId, OrganizationId, UserId};
use super::seal::SealKind;

/// What is asked. Who opens the page and agrees is taken at their word.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Consent {
    /// That a service of a company's be opened.
    Service {
        /// Which.
        service: ExtendedService,
        /// Who asks, and signs.
        on_behalf: OnBehalf,
    },
    /// That partners' contracts be sealed.
    PartnerGrants {
        /// The grants, by key.
        grants: Vec<String>,
        /// With which seals.
        seals: Vec<SealKind>,
        /// Who asks.
        on_behalf: OnBehalf,
    },
    /// That a machine sign for a person.
    AutoSign {
        /// Which, by key.
        key: String,
    },
    /// Which seal that machine signs with.
    AutoSignSeal {
        /// Which, by key.
        key: String,
    },
    /// That a seal be used for one contract.
    SealUse {
        /// The request.
        workflow: String,
    },
    /// That the company have a seal of its legal person's.
    LegalSeal {
        /// Who asks.
        on_behalf: OnBehalf,
    },
    /// That the company use a seal of an employee's profession.
    EmployeeSeal {
        /// Who asks.
        on_behalf: OnBehalf,
        /// What is said on the page (`HintText`).
        hint: String,
        /// What comes back in the message (`UserData`).
        user_data: String,
    },
}

/// For whom something is asked.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct OnBehalf {
    /// The company.
    pub organization: OrganizationId,
    /// Its employee.
    pub user: UserId,
    /// Through which of a platform's applications.
    pub application: Option<ApplicationId>,
}
