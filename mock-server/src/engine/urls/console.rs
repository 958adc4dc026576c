//! URLs of the way into a platform's console (`ex CreateConsoleLoginUrl`, `ex CreateModifyAdminAuthorizationUrl`).

use super::{Urls, encode};
use crate::domain::ids::OrganizationId;
use crate::domain::link::Link;

/// A page of the console to land on, once everybody is verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Module<'a> {
    /// Its name in the address.
    page: &'static str,
    /// The parameter that says what it is about, and its value.
    about: Option<(&'static str, &'a str)>,
}

impl<'a> Module<'a> {
    /// The page of this `Module`, about `id`. Only that of a template is shown in an example; the others ASSUMED alike.
    #[must_use]
    pub fn of(name: &str, id: Option<&'a String>) -> Option<Self> {
        let id = id.map(String::as_str);
        let (page, parameter) = match (name, id) {
            ("DOCUMENT", Some(_)) => ("document-detail", "flowId"),
            ("DOCUMENT", None) => ("document", ""),
            ("TEMPLATE", Some(_)) => ("template-preview", "templateId"),
            ("TEMPLATE", None) => ("template", ""),
            ("SEAL", Some(_)) => ("seal-detail", "sealId"),
            ("SEAL", None) => ("seal", ""),
            ("OPERATOR", _) => ("operator", "operatorId"),
            _ => return None,
        };
        Some(Self { page, about: id.map(|id| (parameter, id)) })
    }
}

impl Urls {
    /// The way in, in a browser. It says when it ends.
    #[must_use]
    pub fn console(&self, link: &Link, module: Option<Module<'_>>, menu: bool) -> String {
        let page = module.map_or("console", |module| module.page);
        let about = module.and_then(|module| module.about);
        let about = about.map(|(name, id)| format!("&{name}={}", encode(id))).unwrap_or_default();
        format!(
            "{}/embed/{}/{page}?channel=PROXYCHANNEL&expiredTime={}&code={}{about}&menuStatus={}",
            self.base,
            self.alias,
            link.expires_at.seconds(),
            link.code,
            if menu { "ENABLE" } else { "DISABLE" },
        )
    }

    /// The way to be certified, in a browser on a desk (`ex CreateOrganizationAuthUrl`).
    #[must_use]
    pub fn register(&self, link: &Link) -> String {
        self.embedded("register-callback", link)
    }

    /// The same in a phone's browser.
    #[must_use]
    pub fn register_by_phone(&self, link: &Link) -> String {
        self.embedded("register-h5", link)
    }

    /// The mini program's path to the way in of one company of a batch (`api OrganizationAuthUrl`; that the token is called
    /// `shortKey`, as everywhere, ASSUMED).
    #[must_use]
    pub fn mini_batch_register_path(link: &Link, company: &str) -> String {
        format!(
            "/pages/guide/index?to=REGISTER_ENTERPRISE_FOR_BATCH&shortKey={}&orgName={}",
            link.short_key,
            encode(company)
        )
    }

    /// The way in of one company of a batch (`ex DescribeBatchOrganizationRegistrationUrls`).
    #[must_use]
    pub fn batch_register(&self, link: &Link, company: &str) -> String {
        format!("{}/embed/{}/batch-register?code={}&orgName={}", self.base, self.alias, link.code, encode(company))
    }

    /// The mini program's path to the way in.
    #[must_use]
    pub fn mini_console_path(link: &Link) -> String {
        format!("pages/guide/index?to=REGISTER_ENTERPRISE&shortKey={}", link.short_key)
    }

    /// The long link to it.
    #[must_use]
    pub fn mini_console(&self, link: &Link) -> String {
        format!("{}/mini/{}?to=REGISTER_ENTERPRISE&shortKey={}", self.base, self.alias, link.short_key)
    }

    /// The mini program's path to where a letter is uploaded again.
    #[must_use]
    pub fn mini_letter_path(link: &Link, authorization: &str) -> String {
        format!("pages/guide/index?{}", letter(link, authorization))
    }

    /// The long link to it.
    #[must_use]
    pub fn mini_letter(&self, link: &Link, authorization: &str) -> String {
        format!("{}/mini/{}?{}", self.base, self.alias, letter(link, authorization))
    }

    /// The picture of a QR code that leads to an invitation into a holding group (`ex CreateOrganizationGroupInvitationLink`).
    #[must_use]
    pub fn group_picture(&self, main: &OrganizationId, link: &Link) -> String {
        self.qr_picture(&format!("organization/{main}/qrcode/joingroup"), &link.token)
    }

    /// The mini program's path there.
    #[must_use]
    pub fn mini_invitation_path(link: &Link) -> String {
        format!("/pages/guide/index?shortKey={}", link.short_key)
    }

    /// The mini program's path to the ways in of several companies.
    #[must_use]
    pub fn mini_consoles_path(link: &Link) -> String {
        format!("pages/guide/index?{}", consoles(link))
    }

    /// The long link to it (`ex CreateBatchOrganizationAuthorizationUrl`).
    #[must_use]
    pub fn mini_consoles(&self, link: &Link) -> String {
        format!("{}/mini/{}?{}", self.base, self.alias, consoles(link))
    }
}

fn letter(link: &Link, authorization: &str) -> String {
    let authorization = encode(authorization);
    format!("to=REGISTER_ENTERPRISE_FOR_UPDATE_AUTH_FILE&AuthorizationId={authorization}&shortKey={}", link.short_key)
}

fn consoles(link: &Link) -> String {
    format!("to=AUTHORIZATION_ENTERPRISE_FOR_BATCH_SUBMIT&shortKey={}", link.short_key)
}
