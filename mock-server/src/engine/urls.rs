//! The URLs we hand out: `{public-url}/{page}/{world alias}/{token}`, built when an answer is written, never stored.
//!
//! The vendor's hosts become paths of this server (ASSUMED layout): short links `/s`, the H5 signing page `/quick`, the
//! mini program `/mini`, downloads `/file`.

mod console;
mod deeds;
mod intelligence;

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::domain::approver::Approver;
use crate::domain::embedded_page::EmbeddedPage;
use crate::domain::ids::{ApplicationId, OrganizationId, UserId};
use crate::domain::link::Link;
use crate::domain::qr_code::QrCode;

pub use self::console::Module;

/// What may stand in a query value as it is.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Whose console a page is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Console {
    /// A company's own.
    Company,
    /// A customer's, under its platform (`ex ChannelCreateEmbedWebUrl`).
    Platform,
}

impl Console {
    /// `channel` in the addresses of its pages.
    const fn channel(self) -> &'static str {
        match self {
            Self::Company => "TENCENTCLOUD",
            Self::Platform => "PROXYCHANNEL",
        }
    }
}

/// Builds URLs for one world.
#[derive(Clone, Debug)]
pub struct Urls {
    base: Arc<str>,
    alias: Arc<str>,
}

impl Urls {
    /// For the world `alias` behind `public_url` (no slash at its end).
    #[must_use]
    pub fn new(public_url: &str, alias: &Arc<str>) -> Self {
        Self { base: public_url.trim_end_matches('/').into(), alias: alias.clone() }
    }

    /// A short link.
    #[must_use]
    pub fn short(&self, link: &Link) -> String {
        format!("{}/s/{}/{}", self.base, self.alias, link.token)
    }

    /// The long H5 link of a signer, or of the initiator looking at their own contract (then with `PreviewType=2`,
    /// `ex CreateFlowSignUrl`).
    #[must_use]
    pub fn quick(&self, link: &Link, flow: &str, approver: Option<&Approver>) -> String {
        let kind = approver.map_or(0, |one| one.kind.code());
        let (name, mobile) = approver.map_or(("", ""), |one| (&one.person.name, &one.person.mobile));
        let preview = if approver.is_none() { "&PreviewType=2" } else { "" };
        format!(
            "{}/quick/{}/home?ApproverIdCardNumber=&ApproverMobile={}&ApproverName={}&ApproverType={kind}&Code={}&CodeType=QUICK&FlowId={flow}{preview}&ShowHeader=1&shortKey={}&token={}",
            self.base,
            self.alias,
            encode(&STANDARD.encode(mobile)),
            encode(name),
            link.code,
            link.short_key,
            link.token,
        )
    }

    /// The long H5 link to several contracts; open slots have two parameters more (`ex CreateBatchQuickSignUrl`).
    #[must_use]
    pub fn guide(&self, link: &Link, open_slots: bool) -> String {
        let (before, after) = if open_slots { ("ApproverType=1&", "&DeviceStore=1") } else { ("", "") };
        format!(
            "{}/quick/{}/guide?{before}Code={}&CodeType=QUICK{after}&shortKey={}&token={}",
            self.base, self.alias, link.code, link.short_key, link.token,
        )
    }

    /// The console's page for signing several contracts, to be embedded; it says when it ends (`ex
    /// CreateOrganizationBatchSignUrl`, and under another name `ex ChannelCreateOrganizationBatchSignUrl`).
    #[must_use]
    pub fn embedded_signing(&self, link: &Link, console: Console) -> String {
        let page = match console {
            Console::Company => "contract-sign",
            Console::Platform => "contract-batchsign",
        };
        format!(
            "{}/embed/{}/{page}?embed=1&expiredOn={}&code={}&shortKey={}&channel={}",
            self.base,
            self.alias,
            link.expires_at.seconds(),
            link.code,
            link.short_key,
            console.channel(),
        )
    }

    /// The page that hands documents out (`ex GetDownloadFlowUrl`).
    #[must_use]
    pub fn downloads(&self, link: &Link) -> String {
        format!(
            "{}/embed/{}/contract-mgr?channel={}&expiredTime={}&code={}&token={}&operate=downloadFlow",
            self.base,
            self.alias,
            Console::Platform.channel(),
            link.expires_at.seconds(),
            link.code,
            link.short_key,
        )
    }

    /// The long link that jumps into the mini program, with the query of the vendor's page (`ex CreateSchemeUrl`).
    #[must_use]
    pub fn jump(&self, id: Option<&str>, to: &str, name: &str, mobile: &str, short_key: &str) -> String {
        let id = id.map(|id| format!("&id={id}")).unwrap_or_default();
        let who = who(name, mobile);
        format!("{}/mini/{}?where=mini&from=SFY{id}&to={to}&{who}&idtype=0&shortKey={short_key}", self.base, self.alias)
    }

    /// The picture of a QR code that leads to a link (`ex CreateSchemeUrl`).
    #[must_use]
    pub fn qr_code(&self, token: &str, key: &str) -> String {
        format!("{}/file/{}/bresource/resource/{token}/0/0.PNG?hkey={key}", self.base, self.alias)
    }

    /// The long link to a page of the mini program.
    #[must_use]
    pub fn mini(&self, path: &str) -> String {
        format!("{}/mini/{}?path={}", self.base, self.alias, encode(path))
    }

    /// The page where cancelling many contracts is confirmed (`ex CreateBatchCancelFlowUrl`).
    #[must_use]
    pub fn cancel(&self, link: &Link, user: &UserId) -> String {
        format!(
            "{}/mini/{}?to=BATCH_REVOKE_FLOW&tokenId={}&userId={user}&expireOn={}&login=1&verify=1",
            self.base,
            self.alias,
            link.code,
            link.expires_at.seconds(),
        )
    }

    /// The embedded page where a contract, or a group (`byFileGroup`), is launched (`ex CreatePrepareFlow`). Which theme
    /// stands there is ASSUMED to be the company's.
    #[must_use]
    pub fn prepare(&self, link: &Link, business: &str, source: &str, company: &OrganizationId) -> String {
        let page = self.contract_create(link, business);
        format!("{page}&channel=TENCENTCLOUD&operateSource={source}&themeId=saas_web_theme_{company}")
    }

    /// The same for a platform's customer (`ex ChannelCreatePrepareFlow`), where the theme is ASSUMED to be the application's.
    #[must_use]
    pub fn channel_prepare(&self, link: &Link, business: &str, source: &str, application: &ApplicationId) -> String {
        let page = self.contract_create(link, business);
        format!("{page}&channel=PROXYCHANNEL&operateSource={source}&themeId=channel_web_theme_{application}")
    }

    fn contract_create(&self, link: &Link, business: &str) -> String {
        format!(
            "{}/embed/{}/contract-create?embed=1&expiredOn={}&code={}&businessId={business}",
            self.base,
            self.alias,
            link.expires_at.seconds(),
            link.code,
        )
    }

    /// The mini program's path where a contract is launched (`ex CreateMiniAppPrepareFlow`).
    #[must_use]
    pub fn mini_prepare_path(link: &Link) -> String {
        format!("pages/guide/index?to=CREATE_CONTRACT&shortKey={}", link.short_key)
    }

    /// The long link to it.
    #[must_use]
    pub fn mini_prepare(&self, link: &Link) -> String {
        format!("{}/mini/{}?to=CREATE_CONTRACT&shortKey={}", self.base, self.alias, link.short_key)
    }

    /// The mini program's path where a QR code is signed by (`ex CreateMultiFlowSignQRCode`).
    #[must_use]
    pub fn scan_path(code: &QrCode) -> String {
        format!("pages/guide?from=default&where=mini&autoJumpBack=true&{}", scanned(code))
    }

    /// The long link to it.
    #[must_use]
    pub fn scan(&self, code: &QrCode) -> String {
        format!("{}/mini/{}?where=mini&from=MSG&{}", self.base, self.alias, scanned(code))
    }

    /// The picture of a QR code: what of, and by which id.
    #[must_use]
    pub fn qr_picture(&self, of: &str, id: &str) -> String {
        format!("{}/imgs/{}/{of}/{id}.png", self.base, self.alias)
    }

    /// A page of the console (`ex CreateEmbedWebUrl`).
    #[must_use]
    pub fn embedded_page(
        &self,
        link: &Link,
        console: Console,
        page: EmbeddedPage,
        business: &str,
        components: bool,
    ) -> String {
        let (name, kind) = page.address();
        let business = if business.is_empty() { String::new() } else { format!("&businessId={}", encode(business)) };
        let components = if components { "&showComponent=1" } else { "" };
        let scene = if kind == "DOCUMENT" { "&scene=SINGLEPAGE" } else { "" };
        format!(
            "{}/embed/{}{name}?embed=1&code={}&channel={}{business}{components}&businessType={kind}{scene}",
            self.base,
            self.alias,
            link.code,
            console.channel(),
        )
    }

    /// The mini program's page where a company opens a service by a signature (`ex ModifyExtendedService`); `to` names it.
    #[must_use]
    pub fn open_service(&self, link: &Link, to: &str, company: &OrganizationId, channel: &str) -> String {
        format!(
            "{}/mini/{}?to={to}&request_token={}&organizationId={company}&channelType={channel}&expired_time={}&login=1&verify=1",
            self.base,
            self.alias,
            link.code,
            link.expires_at.seconds(),
        )
    }

    /// The H5 page where a person lets a machine sign for them (`ex ChannelCreateUserAutoSignEnableUrl`).
    #[must_use]
    pub fn open_auto_sign(&self, link: &Link, company: &OrganizationId, scene: &str) -> String {
        format!(
            "{}/quick/{}/autoSign/open?BizType=H5SIGN&Code={}&CodeType=QUICK&OrganizationId={company}&SceneKey={scene}",
            self.base, self.alias, link.code,
        )
    }

    /// The mini program's page where they choose what it signs with (`ex ChannelCreateUserAutoSignSealUrl`).
    #[must_use]
    pub fn auto_sign_seal(&self, link: &Link, company: &OrganizationId, scene: &str) -> String {
        format!(
            "{}/mini/{}?to=KA_AUTO_ESIGN_MODIFY&channel=autoSign&identityChange=0&organizationId={company}&sceneKey={scene}&confToken={}",
            self.base, self.alias, link.code,
        )
    }

    /// The mini program's page where the use of a seal is decided on (`ex DescribeChannelSealPolicyWorkflowUrl`).
    #[must_use]
    pub fn seal_approval(&self, link: &Link, user: &UserId, workflow: &str, channel: &str) -> String {
        format!(
            "{}/mini/{}?to=SEAL_APPROVE&userId={user}&policyId={}&instanceId={workflow}&channelType={channel}",
            self.base, self.alias, link.code,
        )
    }

    /// The mini program's path where somebody agrees to something (`ex CreatePartnerAutoSignAuthUrl`; that `to` names the page is
    /// ASSUMED).
    #[must_use]
    pub fn consent_path(link: &Link) -> String {
        format!("/pages/guide/index?to=AGREE&shortKey={}", link.short_key)
    }

    /// The long link to it.
    #[must_use]
    pub fn consent(&self, link: &Link) -> String {
        format!("{}/mini/{}?to=AGREE&shortKey={}", self.base, self.alias, link.short_key)
    }

    /// An embedded page.
    #[must_use]
    pub fn embedded(&self, page: &str, link: &Link) -> String {
        format!("{}/embed/{}/{page}?code={}", self.base, self.alias, link.code)
    }

    /// A download.
    #[must_use]
    pub fn file(&self, kind: &str, id: &str, number: usize, extension: &str, key: &str) -> String {
        format!("{}/file/{}/{kind}/{id}/0/{number}.{extension}?hkey={key}", self.base, self.alias)
    }

    /// A path of the mini program as the vendor spells it (`ex CreateSchemeUrl`); `to` names the page.
    #[must_use]
    pub fn mini_path(
        flow: Option<&str>,
        to: &str,
        name: &str,
        mobile: &str,
        auto_jump_back: bool,
        short_key: &str,
    ) -> String {
        let id = flow.map(|id| format!("&id={id}")).unwrap_or_default();
        let who = who(name, mobile);
        format!(
            "pages/guide?from=default&where=mini{id}&to={to}&{who}&autoJumpBack={auto_jump_back}&idtype=0&shortKey={short_key}"
        )
    }

    /// The mini program's path to several contracts (`ex CreateBatchSignUrl`).
    #[must_use]
    pub fn mini_batch_path(short_key: &str) -> String {
        format!("pages/guide/index?shortKey={short_key}")
    }
}

/// The parameters that say for whom a link into the mini program is.
fn who(name: &str, mobile: &str) -> String {
    let phone = if mobile.is_empty() { String::new() } else { STANDARD.encode(mobile) };
    format!("name={}&phone={}", encode(name), encode(&phone))
}

fn scanned(code: &QrCode) -> String {
    format!("to=CHANNEL_CONTRACT_COVER&qrCodeId={}&expiredTime={}", code.id, code.expires_at.seconds())
}

fn encode(text: &str) -> String {
    utf8_percent_encode(text, QUERY).to_string()
}
