//! A platform's customer (子客): how far it has come, what it allows, who works there.
//!
//! Two things say how far: verification, which is about who it is, and activation, a licence of a year without which it starts
//! no contracts (`api ChannelOrganizationInfo`, `api CreateChannelSubOrganizationActive`).

use serde::{Deserialize, Serialize};

use super::deed::Succession;
use super::ids::{ApplicationId, OpenId, OrganizationId, UserId};
use super::onboarding::certification::Certification;
use super::onboarding::guidance::Guided;
use super::onboarding::record::CompanyData;
use super::register::Registered;
use super::time::Timestamp;

/// A customer of an application: the platform's own id beside the vendor's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    /// The platform's id for the company, `Agent.ProxyOrganizationOpenId`; never used for another.
    pub open_id: OpenId,
    /// The company it is.
    pub organization: OrganizationId,
    /// What the platform said of it before it handed anything in.
    pub said: CompanyData,
    /// Whether it let the platform act for it.
    pub granted: bool,
    /// Whether it has proved who it is, and what is missing.
    pub certification: Certification,
    /// Whether it gets a licence as soon as it has (`api CreateChannelSubOrganizationActive`).
    pub activates_itself: bool,
    /// Until when it may start contracts; never activated without.
    pub licensed_until: Option<Timestamp>,
    /// Whether it lets the platform download its contracts.
    pub downloads: Downloads,
    /// Who is to be its super administrator once they agree.
    #[serde(default)]
    pub successor: Option<Succession>,
    /// What was settled by the company that guides it, where one does.
    #[serde(default)]
    pub guided: Option<Guided>,
    /// The id it got when it opened the service, `Agent.ProxyAppId`.
    pub proxy_app: Option<ApplicationId>,
}

impl Registered for Customer {
    type Id = OpenId;
    fn id(&self) -> &OpenId {
        &self.open_id
    }
}

impl Customer {
    /// One of whom nothing is known but its name for the platform.
    #[must_use]
    pub fn new(open_id: OpenId, organization: OrganizationId) -> Self {
        Self {
            open_id,
            organization,
            said: CompanyData::default(),
            granted: false,
            certification: Certification::default(),
            activates_itself: false,
            licensed_until: None,
            downloads: Downloads::Undecided,
            successor: None,
            guided: None,
            proxy_app: None,
        }
    }

    /// Whether it has proved who it is.
    #[must_use]
    pub fn is_verified(&self) -> bool {
        self.certification.status == Verification::Verified
    }

    /// Whether it may start contracts at `now`.
    #[must_use]
    pub fn is_active(&self, now: Timestamp) -> bool {
        self.licensed_until.is_some_and(|end| now < end)
    }
}

/// A customer of an application, as the platform names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerKey {
    /// The application.
    pub application: ApplicationId,
    /// The customer.
    pub customer: OpenId,
}

/// How far a customer's verification is (`api ChannelOrganizationInfo.AuthorizationStatus`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verification {
    /// Nothing was handed in, or it was taken back.
    #[default]
    Unverified,
    /// Its data were handed in.
    Verifying,
    /// Its legal person is to agree.
    LegalPersonPending,
    /// Its letter of authorization is being looked at.
    LetterPending,
    /// Its letter was turned down.
    LetterRejected,
    /// It has proved who it is.
    Verified,
}

impl Verification {
    /// The vendor's word (`api ChannelOrganizationInfo.AuthorizationStatus`).
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unverified => "UNVERIFIED",
            Self::Verifying => "VERIFYING",
            Self::LegalPersonPending => "VERIFYINGLEGALPENDINGAUTHORIZATION",
            Self::LetterPending => "VERIFYINGAUTHORIZATIONFILEPENDING",
            Self::LetterRejected => "VERIFYINGAUTHORIZATIONFILEREJECT",
            Self::Verified => "VERIFIED",
        }
    }
}

/// How a customer proves who it is (`api ChannelOrganizationInfo.AuthorizationType`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VerificationMethod {
    /// Not chosen yet.
    #[default]
    Undecided,
    /// By a letter of authorization.
    Letter,
    /// Its legal person authorizes the super administrator.
    LegalPersonAuthorizes,
    /// Its legal person does it.
    LegalPerson,
}

impl VerificationMethod {
    /// The vendor's word (`api ChannelOrganizationInfo.AuthorizationType`).
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Undecided => "AuthorizationInit",
            Self::Letter => "AuthorizationFile",
            Self::LegalPersonAuthorizes => "AuthorizationLegalPerson",
            Self::LegalPerson => "AuthorizationLegalIdentity",
        }
    }
}

/// Whether a customer lets its platform download its contracts (`seed DescribeResourceUrlsByFlows`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Downloads {
    /// It said nothing: what the platform opened for all counts.
    #[default]
    Undecided,
    /// It allowed them.
    Opened,
    /// It switched them off, whatever the platform opened for all.
    Closed,
}

/// An employee of a customer, under the platform's id, which is one person's in the whole application (`api UserInfo`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staff {
    /// The platform's id for them, `Agent.ProxyOperator.OpenId`.
    pub open_id: OpenId,
    /// The customer they work for.
    pub customer: OpenId,
    /// The employee they are.
    pub user: UserId,
}

impl Registered for Staff {
    type Id = OpenId;
    fn id(&self) -> &OpenId {
        &self.open_id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_ends_at_its_moment() {
        let mut customer = Customer::new("customer".into(), "company".into());
        assert!(!customer.is_active(Timestamp::default()), "it never had one");
        customer.licensed_until = Some(Timestamp::from_seconds(100));
        assert!(customer.is_active(Timestamp::from_seconds(99)));
        assert!(!customer.is_active(Timestamp::from_seconds(100)));
    }
}
