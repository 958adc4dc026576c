//! A company, what it bought, and which services it switched on.

use std::collections::BTreeSet;

use super::extended_service::ExtendedServices;
use super::holding::HoldingMembership;
use super::ids::OrganizationId;
use super::onboarding::licence::Licences;
use super::onboarding::record::CompanyData;
use super::refusal::Refusal;
use super::register::Registered;
use super::request_encryption::RequestEncryption;
use super::web_theme::WebTheme;

/// A company of the world.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Organization {
    /// Its id on the platform.
    pub id: OrganizationId,
    /// Its name as registered.
    pub name: String,
    /// The plan it pays for; some actions need a higher one (`seed CreateBatchQuickSignUrl`).
    pub edition: Edition,
    /// Whether it signed the agreement that lets machines seal for it (`seed scenario-guide`, auto-sign).
    pub auto_sign: bool,
    /// Its credit code (统一社会信用代码); empty when nobody said.
    pub credit_code: String,
    /// Its legal person (法定代表人); empty when nobody said.
    #[serde(default)]
    pub legal_name: String,
    /// Where it is; empty when nobody said.
    #[serde(default)]
    pub address: String,
    /// How many contracts it may still launch.
    pub quota: Quota,
    /// How many reports on signed contracts it may still order.
    pub evidence_reports: u64,
    /// How many tasks of contract intelligence it may still ask for.
    #[serde(default)]
    pub intelligence_units: u64,
    /// How many people it may still have prove who they are (`api CreateUserVerifyUrl`, `api CreateUserNameChangeUrl`).
    #[serde(default)]
    pub identity_checks: u64,
    /// How many files it may still have signed with the platform's own certificate.
    #[serde(default)]
    pub counter_signs: u64,
    /// Where it stands with the vendor.
    pub standing: Standing,
    /// What the vendor has not switched on for it. ASSUMED empty, so that nothing has to be asked for first.
    pub lacks: BTreeSet<Feature>,
    /// The holding group it belongs to, as a member.
    pub holding: Option<HoldingMembership>,
    /// The licences it bought for members, where it is the main company of a holding group.
    #[serde(default)]
    pub group: Option<Licences>,
    /// The mark it has as an integrator of others' applications (`BusinessId`).
    #[serde(default)]
    pub business: Option<String>,
    /// How its encrypted requests are encrypted; it has none without.
    pub encryption: Option<RequestEncryption>,
    /// The link it gives whoever wants another mobile number, by its token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mobile_link: Option<String>,
    /// The services it switched.
    #[serde(default)]
    pub services: ExtendedServices,
    /// What its embedded pages look like; as ever without.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<WebTheme>,
}

impl Organization {
    /// Asks whether it can pay for one more check of who somebody is.
    ///
    /// # Errors
    /// It cannot.
    pub fn ensure_identity_checks(&self) -> Result<(), Refusal> {
        if self.identity_checks > 0 { Ok(()) } else { Err(Refusal::IdentityChecksExhausted) }
    }

    /// One that a platform told of: it bought nothing itself.
    #[must_use]
    pub fn told_of(id: OrganizationId, data: &CompanyData) -> Self {
        let mut told = Self {
            id,
            name: String::new(),
            edition: Edition::Basic,
            auto_sign: false,
            credit_code: String::new(),
            legal_name: String::new(),
            address: String::new(),
            quota: Quota::bought(0),
            evidence_reports: 0,
            intelligence_units: 0,
            identity_checks: 0,
            counter_signs: 0,
            standing: Standing::Active,
            lacks: BTreeSet::new(),
            holding: None,
            group: None,
            business: None,
            encryption: None,
            mobile_link: None,
            services: ExtendedServices::default(),
            theme: None,
        };
        told.take(data);
        told
    }

    /// The name of its legal person; empty when nobody said.
    #[must_use]
    pub fn legal_person(&self) -> &str {
        &self.legal_name
    }

    /// What is known of it.
    #[must_use]
    pub fn data(&self) -> CompanyData {
        CompanyData {
            name: self.name.clone(),
            credit_code: self.credit_code.clone(),
            legal_name: self.legal_name.clone(),
            address: self.address.clone(),
        }
    }

    /// Takes over what is said of it; what is not said stays.
    pub fn take(&mut self, data: &CompanyData) {
        let CompanyData { name, credit_code, legal_name, address } = data.clone().or(&self.data());
        (self.name, self.credit_code, self.legal_name, self.address) = (name, credit_code, legal_name, address);
    }

    /// Whether this main company may act for it, as a member of its holding group.
    #[must_use]
    pub fn has_joined(&self, main: &OrganizationId) -> bool {
        self.holding.as_ref().is_some_and(|holding| &holding.main == main && holding.is_in_force())
    }

    /// Refuses a company that the vendor does not let act.
    ///
    /// # Errors
    /// It has not been activated.
    pub fn ensure_active(&self) -> Result<(), Refusal> {
        match self.standing {
            Standing::Active | Standing::Closing | Standing::Renamed => Ok(()),
            Standing::NotActivated => Err(Refusal::OrganizationNotActivated { organization: self.id.to_string() }),
        }
    }

    /// Refuses a company that may not launch anything any more.
    ///
    /// # Errors
    /// It is being closed, or the register has another name for it.
    pub fn ensure_may_launch(&self) -> Result<(), Refusal> {
        match self.standing {
            Standing::Active | Standing::NotActivated => Ok(()),
            Standing::Closing => Err(Refusal::OrganizationClosing { organization: self.id.to_string() }),
            Standing::Renamed => Err(Refusal::OrganizationNameChanged { name: self.name.clone() }),
        }
    }

    /// Refuses what the vendor switches on for single companies, and has not for this one.
    ///
    /// # Errors
    /// The company lacks the feature.
    pub fn ensure_has(&self, feature: Feature) -> Result<(), Refusal> {
        if self.lacks.contains(&feature) {
            Err(Refusal::FeatureNotAllowListed { feature: feature.name() })
        } else {
            Ok(())
        }
    }

    /// Refuses what only the main company of a holding group may do (`api CreateOrganizationGroupInvitationLink`).
    ///
    /// # Errors
    /// It has no group.
    pub fn ensure_has_group(&self) -> Result<(), Refusal> {
        if self.group.is_some() { Ok(()) } else { Err(Refusal::NoHoldingGroup { organization: self.id.to_string() }) }
    }

    /// Refuses what needs a higher plan.
    ///
    /// # Errors
    /// The company's edition is below `needed`.
    pub fn ensure_edition(&self, needed: Edition, feature: &'static str) -> Result<(), Refusal> {
        if self.edition < needed { Err(Refusal::EditionLacksFeature { feature }) } else { Ok(()) }
    }
}

/// Where a company stands with the vendor (`sdk`, the codes that say so).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It may do everything.
    #[default]
    Active,
    /// It registered and was not activated: it may do nothing.
    NotActivated,
    /// It is being closed: it may not launch anything.
    Closing,
    /// The official register has another name for it: it may not launch anything until it has changed its own.
    Renamed,
}

/// What the vendor switches on for single companies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Feature {
    /// Certifications of other companies, which are bought (`api CreateOrganizationAuthUrl`).
    Certifications,
    /// Copies of contracts to others (`sdk OperationDenied.CcForbid`).
    Copies,
    /// Recordings of signers' faces (`api DescribeSignFaceVideo`).
    FaceVideos,
    /// Signing after a check of the mobile number alone (`api CreateBatchSignUrl`).
    MobileCheck,
    /// Reminding signers (`api CreateFlowReminds`).
    Reminders,
    /// Machines that sign for persons (`api CreateUserAutoSignEnableUrl`: on the white list only).
    PersonalAutoSign,
    /// Files signed with the platform's own certificate (`api CreateFileCounterSign`: on the white list only).
    CounterSigns,
}

impl Feature {
    /// What it is called in world files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Certifications => "certifications",
            Self::Copies => "copies",
            Self::FaceVideos => "face_videos",
            Self::MobileCheck => "mobile_check",
            Self::Reminders => "reminders",
            Self::PersonalAutoSign => "personal_auto_sign",
            Self::CounterSigns => "counter_signs",
        }
    }
}

impl Registered for Organization {
    type Id = OrganizationId;
    fn id(&self) -> &OrganizationId {
        &self.id
    }
}

/// The plans, from small to large. Names: console of `seed scenario-guide` (专业版, 旗舰版); order ASSUMED from their prices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Edition {
    /// 基础版
    Basic,
    /// 专业版
    Professional,
    /// 旗舰版
    Flagship,
}

/// Previews that come with each contract bought (`api CreateFlowByFiles.NeedPreview`).
const PREVIEWS_PER_CONTRACT: u64 = 2;

/// Contracts bought and left (`api CancelFlow`: each bought contract comes with one free cancellation). At any time
/// `bought = left + charged - refunded`.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Quota {
    /// Contracts bought so far.
    pub bought: u64,
    /// Contracts that may still be launched.
    pub left: u64,
    /// Contracts launched so far.
    pub charged: u64,
    /// Contracts given back so far.
    pub refunded: u64,
    /// Cancellations that still give their contract back.
    pub free_cancellations: u64,
    /// Looks at contracts that are not launched.
    pub previews: u64,
}

impl Quota {
    /// The quota right after buying `contracts`.
    #[must_use]
    pub fn bought(contracts: u64) -> Self {
        Self {
            bought: contracts,
            left: contracts,
            charged: 0,
            refunded: 0,
            free_cancellations: contracts,
            previews: contracts.saturating_mul(PREVIEWS_PER_CONTRACT),
        }
    }

    /// Buys or hands back so many that `contracts` are left.
    pub fn set_left(&mut self, contracts: u64) {
        self.left = contracts;
        self.bought = contracts.saturating_add(self.charged).saturating_sub(self.refunded);
    }

    /// Takes one contract; says whether there was one.
    pub fn charge(&mut self) -> bool {
        let enough = self.left > 0;
        if enough {
            self.left -= 1;
            self.charged += 1;
        }
        enough
    }

    /// Takes one preview; says whether there was one.
    pub fn preview(&mut self) -> bool {
        let enough = self.previews > 0;
        self.previews = self.previews.saturating_sub(1);
        enough
    }

    /// Gives one contract back if a free cancellation is left; says whether it did.
    pub fn refund(&mut self) -> bool {
        let free = self.free_cancellations > 0;
        if free {
            self.free_cancellations -= 1;
            self.left += 1;
            self.refunded += 1;
        }
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refund_needs_a_free_cancellation() {
        let mut quota = Quota::bought(1);
        assert!(quota.charge());
        assert!(!quota.charge(), "nothing is left");
        assert!(quota.preview() && quota.preview(), "two previews for a contract");
        assert!(!quota.preview());
        assert!(quota.refund());
        assert!(!quota.refund(), "the one free cancellation is used up");
        assert_eq!(quota.left, 1);
        assert_eq!(quota.bought, quota.left + quota.charged - quota.refunded);
    }

    #[test]
    fn what_is_set_counts_as_bought() {
        let mut quota = Quota::bought(1);
        assert!(quota.charge());
        quota.set_left(5);
        assert_eq!((quota.left, quota.bought), (5, 6));
    }
}
