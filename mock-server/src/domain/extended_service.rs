//! Services a company switches on and off (扩展服务), and who of its people may use them.
//!
//! `api ModifyExtendedService` and `ex DescribeExtendedServiceAuthInfo` name them. What letting a machine seal means stands with the
//! company ([`super::organization::Organization::auto_sign`]), whether a platform may download with the customer: here is who
//! switched them, and when.

use std::collections::BTreeMap;

use super::ids::UserId;
use super::refusal::Refusal;
use super::time::Timestamp;

/// A service that can be switched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ExtendedService {
    /// Contracts with people from Hong Kong, Macao and Taiwan.
    OverseaSign,
    /// Signers are checked by their mobile number.
    MobileCheckApprover,
    /// The company's machine seals.
    AutoSign,
    /// The platform downloads its contracts.
    DownloadFlow,
    /// Seals over the edges of pages.
    PagingSeal,
    /// Signers of a wider range of ages.
    AgeLimitExpansion,
    /// Who acts for the company is not shown.
    HideOperatorDisplay,
    /// Many contracts at once.
    BatchSign,
}

impl ExtendedService {
    /// Those a company reads about (`ex DescribeExtendedServiceAuthInfo`, in its order; the last is in the list of those that
    /// can be switched).
    pub const LISTED: [Self; 7] = [
        Self::OverseaSign,
        Self::MobileCheckApprover,
        Self::AutoSign,
        Self::DownloadFlow,
        Self::PagingSeal,
        Self::AgeLimitExpansion,
        Self::HideOperatorDisplay,
    ];

    /// Those a company switches itself (`api ModifyExtendedService`).
    const SWITCHABLE: [Self; 6] = [
        Self::AutoSign,
        Self::OverseaSign,
        Self::MobileCheckApprover,
        Self::DownloadFlow,
        Self::AgeLimitExpansion,
        Self::HideOperatorDisplay,
    ];

    /// The one a platform's call switches.
    ///
    /// # Errors
    /// There is none of this name that could be switched.
    pub fn switchable(word: &str) -> Result<Self, Refusal> {
        let found = Self::SWITCHABLE.into_iter().find(|service| service.wire() == word);
        found.ok_or_else(|| Refusal::ExtendedServiceUnknown { value: word.to_owned() })
    }

    /// Whether it is opened by a signature on a page, not at once (`api ModifyExtendedService.OperateUrl`).
    #[must_use]
    pub fn is_opened_by_signature(self) -> bool {
        match self {
            Self::AutoSign | Self::DownloadFlow => true,
            Self::OverseaSign
            | Self::MobileCheckApprover
            | Self::PagingSeal
            | Self::AgeLimitExpansion
            | Self::HideOperatorDisplay
            | Self::BatchSign => false,
        }
    }

    /// The word on the wire, as platforms spell it (`api ModifyExtendedService`).
    #[must_use]
    pub const fn wire(self) -> &'static str {
        match self {
            Self::OverseaSign => "OVERSEA_SIGN",
            Self::MobileCheckApprover => "MOBILE_CHECK_APPROVER",
            Self::AutoSign => "AUTO_SIGN",
            Self::DownloadFlow => "DOWNLOAD_FLOW",
            Self::PagingSeal => "PAGING_SEAL",
            Self::AgeLimitExpansion => "AGE_LIMIT_EXPANSION",
            Self::HideOperatorDisplay => "HIDE_OPERATOR_DISPLAY",
            Self::BatchSign => "BATCH_SIGN",
        }
    }

    /// Its name in the console (`ex DescribeExtendedServiceAuthInfo`, `ex DescribeExtendedServiceAuthDetail`; the one of
    /// `HideOperatorDisplay` is ASSUMED).
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::OverseaSign => "企业与港澳台居民*签署合同",
            Self::MobileCheckApprover => "使用手机号验证签署方身份",
            Self::AutoSign => "企业授权签",
            Self::DownloadFlow => "下载企业合同/文件",
            Self::PagingSeal => "骑缝章",
            Self::AgeLimitExpansion => "拓宽合同签署年龄",
            Self::HideOperatorDisplay => "隐藏合同经办人姓名",
            Self::BatchSign => "批量签署",
        }
    }
}

/// Who switched a service, and when.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Switched {
    /// Whether it is on since.
    pub open: bool,
    /// Who did it; nobody when it came so.
    pub by: Option<UserId>,
    /// When.
    pub at: Timestamp,
}

/// The services of a company.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct ExtendedServices {
    /// The last switch of each that was ever switched.
    pub switched: BTreeMap<ExtendedService, Switched>,
    /// Who may use one, in the order they were let.
    pub users: BTreeMap<ExtendedService, Vec<UserId>>,
}

impl ExtendedServices {
    /// Whether one is on, of those that stand here alone. A wider range of ages is given to all (`ex
    /// DescribeExtendedServiceAuthInfo` shows it on without anybody who switched it).
    #[must_use]
    pub fn is_open(&self, service: ExtendedService) -> bool {
        self.switched.get(&service).map_or(service == ExtendedService::AgeLimitExpansion, |last| last.open)
    }

    /// It is switched.
    pub fn switch(&mut self, service: ExtendedService, open: bool, by: UserId, at: Timestamp) {
        self.switched.insert(service, Switched { open, by: Some(by), at });
    }

    /// Lets an employee use one.
    pub fn let_use(&mut self, service: ExtendedService, user: UserId) {
        let users = self.users.entry(service).or_default();
        if !users.contains(&user) {
            users.push(user);
        }
    }

    /// Who may use one.
    #[must_use]
    pub fn users(&self, service: ExtendedService) -> &[UserId] {
        self.users.get(&service).map_or(&[], Vec::as_slice)
    }
}
