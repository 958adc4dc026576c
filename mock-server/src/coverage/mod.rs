//! Which codes an action may answer, which of them this server can produce, and which a test does produce.
//!
//! Three files of data, each read here and by the tests:
//!
//! - `refusals.yaml` turns a reason into an action's code (`ess-schemas`);
//! - `coverage.yaml` lists the reasons that can refuse an action, beyond what its identity and its limits imply, and the
//!   codes that no call produces, each with its why;
//! - `fixtures/refusals/` holds a call that succeeds per action, and the changes that make it fail, with the exact answer.
//!   The tests play every one of them, so what is counted as tested is tested.

mod breaking;
pub mod cases;
pub mod chapters;
mod required;

use std::collections::{BTreeMap, BTreeSet};

use ess_schemas::{ActionContract, AgentNeeds, IdentityClass, Service};

use crate::actions;

/// What is known about the refusals of one action.
pub struct Coverage {
    /// The action.
    pub contract: &'static ActionContract,
    /// Whether a handler answers it.
    pub stateful: bool,
    /// Code -> the reasons for which it is answered: what the server can produce.
    pub possible: BTreeMap<&'static str, BTreeSet<&'static str>>,
    /// The codes the tests produce.
    pub tested: BTreeSet<String>,
    /// Code -> why no call produces it.
    pub excepted: BTreeMap<String, String>,
}

impl Coverage {
    /// What is known about an action.
    #[must_use]
    pub fn of(contract: &'static ActionContract) -> Self {
        let stateful = actions::handler(contract).is_some();
        let mut possible: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for row in required::reasons(contract) {
            possible.entry(row.code_for(contract)).or_default().insert(row.name);
        }
        Self {
            contract,
            stateful,
            possible,
            tested: cases::of(contract).into_iter().map(|case| case.code).collect(),
            excepted: required::exceptions(contract),
        }
    }

    /// The codes that are possible, excepted by nobody, and produced by no test.
    #[must_use]
    pub fn untested(&self) -> Vec<&'static str> {
        let known = |code: &str| self.tested.contains(code) || self.excepted.contains_key(code);
        self.possible.keys().copied().filter(|code| !known(code)).collect()
    }

    /// How many of the possible codes a test produces.
    #[must_use]
    pub fn tested_of_possible(&self) -> usize {
        self.possible.keys().filter(|code| self.tested.contains(**code)).count()
    }
}

/// Every action of both services.
pub fn all() -> impl Iterator<Item = Coverage> {
    Service::ALL.into_iter().flat_map(ess_schemas::actions).map(Coverage::of)
}

/// Whether every action may answer this code, published for it or not: the ones the vendor's common list has, as far as this
/// server answers them (`page error-codes`).
#[must_use]
pub fn is_common(code: &str) -> bool {
    const COMMON: &[&str] = &[
        "FailedOperation",
        "InternalError",
        "InvalidParameter",
        "InvalidParameterValue",
        "LimitExceeded",
        "MissingParameter",
        "UnauthorizedOperation",
        "UnknownParameter",
        "UnsupportedOperation",
    ];
    COMMON.contains(&code)
}

/// The reasons that come with who acts, for everybody who has to say so.
fn of_identity(identity: IdentityClass) -> &'static [&'static str] {
    match identity {
        IdentityClass::Operator { required: true, .. } | IdentityClass::Caller { required: true, .. } => {
            &["OperatorEmpty", "OperatorUnknown", "OperatorNotVerified", "OrganizationNotActivated"]
        }
        IdentityClass::Operator { .. } | IdentityClass::Caller { .. } => {
            &["OperatorUnknown", "OperatorNotVerified", "OrganizationNotActivated"]
        }
        IdentityClass::Agent { needs, .. } => of_agent(needs),
        IdentityClass::None => &[],
    }
}

/// The reasons that come with `Agent`, by what must be named in it.
fn of_agent(needs: AgentNeeds) -> &'static [&'static str] {
    match needs {
        AgentNeeds::Delegation => &[],
        AgentNeeds::App => &["AppIdEmpty", "AppUnknown", "AppBanned"],
        AgentNeeds::AppMaybeOrganization => &[
            "AppIdEmpty",
            "AppUnknown",
            "AppBanned",
            "OrganizationUnknown",
            "OrganizationNotVerified",
            "OrganizationClosing",
        ],
        AgentNeeds::NewOrganization => {
            &["AppIdEmpty", "AppUnknown", "AppBanned", "OrganizationOpenIdEmpty", "OrganizationClosing"]
        }
        AgentNeeds::VerifiedOrganization => &[
            "AppIdEmpty",
            "AppUnknown",
            "AppBanned",
            "OrganizationOpenIdEmpty",
            "OrganizationUnknown",
            "OrganizationNotVerified",
            "OrganizationClosing",
        ],
        AgentNeeds::VerifiedOrganizationMaybeEmployee => &[
            "AppIdEmpty",
            "AppUnknown",
            "AppBanned",
            "OrganizationOpenIdEmpty",
            "OrganizationUnknown",
            "OrganizationNotVerified",
            "OrganizationClosing",
            "OperatorUnknown",
            "OperatorNotVerified",
        ],
        AgentNeeds::NewEmployee => &[
            "AppIdEmpty",
            "AppUnknown",
            "AppBanned",
            "OrganizationOpenIdEmpty",
            "OrganizationClosing",
            "OperatorEmpty",
            "OperatorUnknown",
        ],
        AgentNeeds::Employee => &[
            "AppIdEmpty",
            "AppUnknown",
            "AppBanned",
            "OrganizationOpenIdEmpty",
            "OrganizationUnknown",
            "OrganizationClosing",
            "OperatorEmpty",
            "OperatorUnknown",
        ],
        AgentNeeds::VerifiedEmployeeAlone => &[
            "AppIdEmpty",
            "AppUnknown",
            "AppBanned",
            "OrganizationUnknown",
            "OrganizationNotVerified",
            "OrganizationClosing",
            "OperatorEmpty",
            "OperatorUnknown",
            "OperatorNotVerified",
        ],
        AgentNeeds::VerifiedEmployee => &[
            "AppIdEmpty",
            "AppUnknown",
            "AppBanned",
            "OrganizationOpenIdEmpty",
            "OrganizationUnknown",
            "OrganizationNotVerified",
            "OrganizationClosing",
            "OperatorEmpty",
            "OperatorUnknown",
            "OperatorNotVerified",
        ],
    }
}

/// The reasons that come with acting for a member company of a group.
fn of_membership(identity: IdentityClass) -> &'static [&'static str] {
    match identity {
        IdentityClass::Operator { agent: true, .. } | IdentityClass::Caller { agent: true, .. } => {
            &["SubOrganizationUnknown", "SubOrganizationLicenseExpired", "NoShadowAccount"]
        }
        IdentityClass::Operator { .. }
        | IdentityClass::Caller { .. }
        | IdentityClass::Agent { .. }
        | IdentityClass::None => &[],
    }
}
