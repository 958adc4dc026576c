//! What people do on a page they were sent a link to, where it is about their company or themselves and no contract.

use super::employee::Card;
use super::ids::{ApplicationId, OpenId, OrganizationId, UserId};
use super::personal_deed::PersonalDeed;
use super::refusal::Refusal;

/// Something to be done behind a link.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// An employee takes another mobile number (`api CreateEmployeeChangeUrl`).
    ChangeMobile {
        /// Who.
        user: UserId,
        /// The number, where it is settled.
        mobile: Option<Mobile>,
    },
    /// The super administrator hands their part over to a colleague (`api CreateChannelOrganizationInfoChangeUrl`, type 1).
    ChangeAdministrator(OrganizationId),
    /// The company's data are changed (`api CreateChannelOrganizationInfoChangeUrl`, type 2; `api
    /// ChannelCreateOrganizationModifyQrCode`).
    ChangeData(OrganizationId),
    /// A new super administrator takes over what waits for them (`api CreateBatchAdminChangeInvitationsUrl`).
    TakeOver(Successor),
    /// The company is closed (`api CreateCloseOrganizationUrl`).
    Close(OrganizationId),
    /// Companies are set up (`api CreateBatchInitOrganizationUrl`).
    SetUp(SetUp),
    /// A partner company gets an application from an integrator (`api CreatePartnerAuthorizationLink`).
    OpenApplication(Box<Opening>),
    /// Somebody does something for themselves.
    Personal(PersonalDeed),
}

impl Deed {
    /// Every page there is for one, beside [`PersonalDeed::PAGES`].
    pub const PAGES: [&'static str; 7] = [
        "CHANGE_MOBILE",
        "CHANGE_SUPER_ADMIN",
        "CHANGE_ORGANIZATION_INFO",
        "BATCH_CHANGE_SUPER_ADMIN",
        "ENTERPRISE_LOGOUT_LANDING",
        "BATCH_INITIALIZATION_ORGANIZATIONS",
        "THIRD_APP_AUTH",
    ];

    /// Its page in the vendor's mini program (examples of the actions; the one where data are changed ASSUMED).
    #[must_use]
    pub fn page(&self) -> &'static str {
        match self {
            Self::ChangeMobile { .. } => "CHANGE_MOBILE",
            Self::ChangeAdministrator(_) => "CHANGE_SUPER_ADMIN",
            Self::ChangeData(_) => "CHANGE_ORGANIZATION_INFO",
            Self::TakeOver(_) => "BATCH_CHANGE_SUPER_ADMIN",
            Self::Close(_) => "ENTERPRISE_LOGOUT_LANDING",
            Self::SetUp(_) => "BATCH_INITIALIZATION_ORGANIZATIONS",
            Self::OpenApplication(_) => "THIRD_APP_AUTH",
            Self::Personal(deed) => deed.page(),
        }
    }
}

/// A mobile number: eleven digits with or without `+86`, or one from abroad with its own prefix (`api CreateEmployeeChangeUrl`).
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(transparent)]
pub struct Mobile(String);

impl Mobile {
    /// Reads one. A mainland number is kept without its prefix.
    ///
    /// # Errors
    /// It is none.
    pub fn read(text: &str) -> Result<Self, Refusal> {
        let wrong = || Refusal::MobileInvalid { mobile: text.to_owned() };
        let squeezed = text.trim();
        let number = squeezed.strip_prefix("+86").map_or(squeezed, str::trim_start);
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|sign| sign.is_ascii_digit());
        if number.len() == 11 && number.starts_with('1') && digits(number) {
            return Ok(Self(number.to_owned()));
        }
        let (prefix, rest) = squeezed.strip_prefix('+').and_then(|rest| rest.split_once(' ')).ok_or_else(wrong)?;
        let abroad =
            prefix != "86" && digits(prefix) && prefix.len() <= 4 && digits(rest) && (5..=15).contains(&rest.len());
        if abroad { Ok(Self(squeezed.to_owned())) } else { Err(wrong()) }
    }

    /// As it is kept.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Who is to be super administrator of companies.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Successor {
    /// Their name.
    pub name: String,
    /// Their mobile number; empty when they are known by their card.
    pub mobile: String,
    /// Their card; without a number when they are known by their mobile.
    pub card: Card,
}

impl Successor {
    /// Whether somebody else's description is of the same person: one name, and one number or card that both have.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        let same = |own: &str, other: &str| !own.is_empty() && own == other;
        let contradict = |own: &str, other: &str| !own.is_empty() && !other.is_empty() && own != other;
        let (mobiles, cards) = ((&self.mobile, &other.mobile), (&self.card.number, &other.card.number));
        self.name == other.name
            && (same(mobiles.0, mobiles.1) || same(cards.0, cards.1))
            && !contradict(mobiles.0, mobiles.1)
            && !contradict(cards.0, cards.1)
    }
}

/// A super administrator who waits for their turn in a company.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Succession {
    /// The platform's id for who is to come.
    pub open_id: OpenId,
    /// Who that is.
    pub successor: Successor,
}

/// Companies and what is done in each.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct SetUp {
    /// The companies.
    pub organizations: Vec<OrganizationId>,
    /// What is done.
    pub steps: Vec<Step>,
    /// Whether the platform's application is allowed to seal for them, too.
    pub platform: bool,
    /// Who else may seal for them.
    pub partner: Option<OrganizationId>,
    /// The main company of the holding group they join.
    #[serde(default)]
    pub main: Option<OrganizationId>,
}

/// An application that an integrator makes for a partner, and the customer the partner becomes in it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Opening {
    /// The integrator.
    pub integrator: OrganizationId,
    /// Its mark.
    pub business: String,
    /// The partner.
    pub partner: OrganizationId,
    /// The application that goes on being set up; a new one without.
    pub application: Option<ApplicationId>,
    /// What the partner is called there.
    pub customer: OpenId,
    /// What its administrator is called there.
    pub operator: OpenId,
    /// Where the application's callbacks go.
    pub callback: Callback,
}

/// Where callbacks go.
#[derive(Clone, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Callback {
    /// The address.
    pub url: String,
    /// The key they are encrypted with; empty for none.
    pub key: String,
    /// The token they are signed with; empty for none.
    pub token: String,
}

impl std::fmt::Debug for Callback {
    /// Without key and token: secrets stay out of logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Callback({})", self.url)
    }
}

/// A step of setting a company up (`api CreateBatchInitOrganizationUrl.OperateTypes`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// `CREATE_SEAL`: it gets its official seal.
    CreateSeal,
    /// `OPEN_AUTO_SIGN`: machines may seal for it.
    OpenAutoSign,
    /// `PARTNER_AUTO_SIGN_AUTH`: another company's machines may, too.
    GrantPartner,
    /// `AUTH_JOIN_ORGANIZATION_GROUP`: it authorizes a holding group's main company, which activates it then.
    JoinGroup,
    /// `CHANGE_SUB_ORGANIZATION_ADMIN_AUTH`: the main company may change its super administrator.
    AllowAdminChange,
}

impl Step {
    /// The step of this name.
    #[must_use]
    pub fn from_wire(name: &str) -> Option<Self> {
        match name {
            "CREATE_SEAL" => Some(Self::CreateSeal),
            "OPEN_AUTO_SIGN" => Some(Self::OpenAutoSign),
            "PARTNER_AUTO_SIGN_AUTH" => Some(Self::GrantPartner),
            "AUTH_JOIN_ORGANIZATION_GROUP" => Some(Self::JoinGroup),
            "CHANGE_SUB_ORGANIZATION_ADMIN_AUTH" => Some(Self::AllowAdminChange),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mobile_numbers_are_taken_as_people_write_them() {
        for text in ["13800000001", "+86 13800000001", "+8613800000001", " 13800000001 "] {
            assert_eq!(Mobile::read(text).unwrap().as_str(), "13800000001", "{text}");
        }
        assert_eq!(Mobile::read("+12 12345721").unwrap().as_str(), "+12 12345721", "ex CreateEmployeeChangeUrl");
    }

    #[test]
    fn what_is_no_mobile_number_is_refused() {
        for text in
            ["", "1380000000", "138000000011", "23800000001", "+86 1234", "+12 ", "+ 12345", "12 12345721", "张三"]
        {
            assert!(Mobile::read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_successor_is_known_by_number_or_card_and_by_neither_that_differs() {
        let one = |name: &str, mobile: &str, card: &str| Successor {
            name: name.into(),
            mobile: mobile.into(),
            card: Card { number: card.into(), ..Card::default() },
        };
        let known = one("陈新任", "13800000001", "110101199003070011");
        assert!(known.is(&one("陈新任", "13800000001", "")));
        assert!(known.is(&one("陈新任", "", "110101199003070011")));
        assert!(!known.is(&one("陈新任", "13800000002", "110101199003070011")));
        assert!(!known.is(&one("陈旧任", "13800000001", "")));
        assert!(!known.is(&one("陈新任", "", "")));
    }
}
