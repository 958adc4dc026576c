//! URLs of pages where something is done about a company or one of its people (examples of the actions that hand them out).

use super::Urls;
use crate::domain::deed::Deed;
use crate::domain::link::Link;

/// The page in this server behind all of them.
const PAGE: &str = "deed";

impl Urls {
    /// The mini program's path.
    #[must_use]
    pub fn deed_path(deed: &Deed, link: &Link) -> String {
        format!("pages/guide/index?to={}&shortKey={}", deed.page(), link.short_key)
    }

    /// The long link.
    #[must_use]
    pub fn deed(&self, deed: &Deed, link: &Link) -> String {
        format!("{}/mini/{}?to={}&shortKey={}", self.base, self.alias, deed.page(), link.short_key)
    }

    /// The page itself.
    #[must_use]
    pub fn deed_page(&self, link: &Link) -> String {
        self.embedded(PAGE, link)
    }

    /// The picture of a QR code that leads there.
    #[must_use]
    pub fn deed_picture(&self, deed: &Deed, link: &Link) -> String {
        self.qr_picture(&format!("qrcode_urls/{}", deed.page().to_ascii_lowercase()), &link.token)
    }
}
