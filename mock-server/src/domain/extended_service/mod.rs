//! Services a company switches on and off (扩展服务), and what both vendor's services call them.
//!
//! `api ModifyExtendedService` and `ex DescribeExtendedServiceAuthInfo` name them. What letting a machine seal means stands with the
//! company ([`super::organization::Organization::auto_sign`]), whether a platform may download with the customer: who switched what,
//! when, and who may use it is in [`switched`].

pub mod switched;

pub use self::switched::{ExtendedServices, Switched};
use super::refusal::Refusal;

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
    /// Where the company's machine signs, others may fill in before.
    AutoSignCanFillIn,
    /// Whose copied signature is not recognised may sign in another way.
    OcrFallback,
    /// Signers hear of their contracts by SMS.
    SmsNotices,
    /// Signers hear of their contracts by mail.
    EmailNotices,
    /// Every contract is reviewed before it starts.
    FlowApproval,
    /// Signers are led to set a password for signing.
    PasswordGuide,
    /// Persons write each of their signatures by hand.
    HandwritingOneByOne,
    /// Persons sign by hand unless they choose otherwise.
    HandwritingByDefault,
    /// Employees do not log in by the mini program.
    AppLoginLimit,
    /// Employees do not log in by the web.
    PcLoginLimit,
}

impl ExtendedService {
    /// Those a platform's customer reads about (`ex DescribeExtendedServiceAuthInfo`, in its order; the last is in the list of those
    /// that can be switched).
    pub const OF_CUSTOMERS: [Self; 7] = [
        Self::OverseaSign,
        Self::MobileCheckApprover,
        Self::AutoSign,
        Self::DownloadFlow,
        Self::PagingSeal,
        Self::AgeLimitExpansion,
        Self::HideOperatorDisplay,
    ];

    /// Those a company reads about: first those of `ex DescribeExtendedServiceAuthInfos` in its order, then what
    /// `api DescribeExtendedServiceAuthInfos` has beyond that.
    pub const OF_COMPANIES: [Self; 17] = [
        Self::AutoSign,
        Self::OverseaSign,
        Self::MobileCheckApprover,
        Self::PagingSeal,
        Self::BatchSign,
        Self::AutoSignCanFillIn,
        Self::AgeLimitExpansion,
        Self::HideOperatorDisplay,
        Self::OcrFallback,
        Self::SmsNotices,
        Self::EmailNotices,
        Self::FlowApproval,
        Self::PasswordGuide,
        Self::HandwritingOneByOne,
        Self::HandwritingByDefault,
        Self::AppLoginLimit,
        Self::PcLoginLimit,
    ];

    /// Those a platform's customer switches itself (`api ModifyExtendedService` of `essbasic`).
    const SWITCHED_BY_CUSTOMERS: [Self; 6] = [
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
        let found = Self::SWITCHED_BY_CUSTOMERS.into_iter().find(|service| service.wire() == word);
        found.ok_or_else(|| Refusal::ExtendedServiceUnknown { value: word.to_owned() })
    }

    /// The one a company means by this word; seals over edges are shown, but not asked for (`api DescribeExtendedServiceAuthInfos`).
    ///
    /// # Errors
    /// There is none.
    pub fn of_company(word: &str) -> Result<Self, Refusal> {
        let mut named = Self::OF_COMPANIES.into_iter().filter(|service| *service != Self::PagingSeal);
        let found = named.find(|service| service.company_wire() == word);
        found.ok_or_else(|| Refusal::ExtendedServiceUnknown { value: word.to_owned() })
    }

    /// The one a company lets single employees use (`api CreateExtendedServiceAuthInfos`).
    ///
    /// # Errors
    /// It is none of the two.
    pub fn let_to_employees(word: &str) -> Result<Self, Refusal> {
        let service = Self::of_company(word)?;
        if matches!(service, Self::AutoSign | Self::BatchSign) {
            Ok(service)
        } else {
            Err(Refusal::ExtendedServiceUnknown { value: word.to_owned() })
        }
    }

    /// Whether it is opened by a signature on a page, not at once (`api ModifyExtendedService.OperateUrl`).
    #[must_use]
    pub fn is_opened_by_signature(self) -> bool {
        matches!(self, Self::AutoSign | Self::DownloadFlow)
    }

    /// Whether it is on where nobody switched it. A wider range of ages (`ex DescribeExtendedServiceAuthInfo`) and many contracts at once
    /// (`ex DescribeExtendedServiceAuthInfos`; no call switches it) are shown so; that people hear of their contracts is ASSUMED, since
    /// `NotifyType` asks for it.
    #[must_use]
    pub fn is_given(self) -> bool {
        matches!(self, Self::AgeLimitExpansion | Self::BatchSign | Self::SmsNotices | Self::EmailNotices)
    }

    /// The word on the wire, as companies spell it: a machine that seals has another name than for platforms
    /// (`api ModifyExtendedService` of both).
    #[must_use]
    pub const fn company_wire(self) -> &'static str {
        if matches!(self, Self::AutoSign) { "OPEN_SERVER_SIGN" } else { self.wire() }
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
            Self::AutoSignCanFillIn => "AUTO_SIGN_CAN_FILL_IN",
            Self::OcrFallback => "ORGANIZATION_OCR_FALLBACK",
            Self::SmsNotices => "ORGANIZATION_FLOW_NOTIFY_TYPE",
            Self::EmailNotices => "ORGANIZATION_FLOW_EMAIL_NOTIFY",
            Self::FlowApproval => "FLOW_APPROVAL",
            Self::PasswordGuide => "ORGANIZATION_FLOW_PASSWD_NOTIFY",
            Self::HandwritingOneByOne => "HIDE_ONE_KEY_SIGN",
            Self::HandwritingByDefault => "SIGN_SIGNATURE_DEFAULT_SET_HANDWRITE",
            Self::AppLoginLimit => "APP_LOGIN",
            Self::PcLoginLimit => "PC_LOGIN",
        }
    }

    /// Its name in the console (`ex DescribeExtendedServiceAuthInfo`, `ex DescribeExtendedServiceAuthDetail`, `api
    /// DescribeExtendedServiceAuthInfos`).
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
            Self::AutoSignCanFillIn => "本企业授权签合同支持签前内容补充",
            Self::OcrFallback => "正楷临摹签名失败后更换其他签名类型",
            Self::SmsNotices => "短信通知签署方",
            Self::EmailNotices => "邮件通知签署方",
            Self::FlowApproval => "合同审批强制开启",
            Self::PasswordGuide => "签署密码开通引导",
            Self::HandwritingOneByOne => "个人签署方手写签名时需逐个手写",
            Self::HandwritingByDefault => "个人签署方手动签名",
            Self::AppLoginLimit => "限制企业员工小程序端登录",
            Self::PcLoginLimit => "限制企业员工网页端登录",
        }
    }
}
