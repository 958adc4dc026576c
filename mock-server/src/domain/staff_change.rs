//! What happened to an employee of a company, and to whom, as they were at that moment.

use serde::{Deserialize, Serialize};

use super::ids::{ApplicationId, OpenId, OrganizationId, UserId};

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StaffChange {
    /// They proved who they are, and joined.
    Joined,
    /// They asked to join, and were let.
    Admitted,
    /// They did not prove who they are, for this reason.
    NotJoined(String),
    /// They let the platform act for them, or would not.
    Authorized(bool),
    /// They left; somebody may have taken their contracts over.
    Left(Option<Colleague>),
    /// They may do other things from now on: the names of their roles before, and after.
    RolesChanged(Vec<String>, Vec<String>),
    /// They are super administrator in this one's place.
    SuperAdminChanged(Option<Colleague>),
    /// They are known as the legal person, in this one's place, or were not taken as that.
    LegalPersonChanged(Option<Colleague>, bool),
}

/// Somebody else of the company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colleague {
    /// Who they are.
    pub user: UserId,
    /// The platform's id for them.
    pub open_id: Option<OpenId>,
}

/// The employee it happened to. One who left is still named by the id the platform had for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffMember {
    /// Their company.
    pub organization: OrganizationId,
    /// Who they are.
    pub user: UserId,
    /// Their name.
    pub name: String,
    /// The platform's application it happened in; nothing when their company did it itself.
    pub application: Option<ApplicationId>,
    /// The platform's id for the company.
    pub customer: Option<OpenId>,
    /// The platform's id for them.
    pub open_id: Option<OpenId>,
}
