//! A picture that says who a person is, by the certificate the platform has for them (个人证书图片).
//!
//! Nothing is signed cryptographically here, so it is a sheet of words; a certificate's number and its year are made of who it is
//! for, so that both are the same each time (ASSUMED).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::authority::Holder;
use crate::documents::{Align, Colour, Mark, Setting, TextStyle};
use crate::domain::auto_sign::Identity;
use crate::domain::time::{DAY, Timestamp};

/// A certificate, as its address has it.
#[derive(Debug, Serialize, Deserialize)]
pub struct PersonCertificate {
    /// Whose.
    pub person: Identity,
    /// Since when it holds.
    pub from: Timestamp,
}

impl PersonCertificate {
    /// As part of an address.
    #[must_use]
    #[expect(clippy::expect_used, reason = "a struct of texts and numbers always serialises")]
    pub fn id(&self) -> String {
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).expect("a struct of texts and numbers always serialises"))
    }

    pub(super) fn of(id: &str) -> Option<Self> {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(id).ok()?).ok()
    }

    /// Until when it holds: a year (`ex CreatePersonAuthCertificateImage`).
    #[must_use]
    pub fn until(&self) -> Timestamp {
        self.from.plus(365 * DAY)
    }

    /// Its number, 20 digits.
    #[must_use]
    pub fn serial(&self) -> String {
        format!("{:020}", self.number())
    }

    /// Whom the authority certifies, by the same number.
    #[must_use]
    pub fn holder(&self) -> Holder {
        let seconds = |at: Timestamp| u64::try_from(at.seconds()).unwrap_or_default();
        let mut serial = [0; 16];
        serial[8..].copy_from_slice(&self.number().to_be_bytes());
        Holder { name: self.person.name.clone(), serial, from: seconds(self.from), until: seconds(self.until()) }
    }

    fn number(&self) -> u64 {
        let hash = Sha256::digest(format!("{}/{}", self.person.name, self.person.card.number).as_bytes());
        hash.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte))
    }

    pub(super) fn mark(&self) -> Mark {
        let text = format!(
            "个人数字证书\n姓名：{}\n证件号码：{}\n证书序列号：{}\n有效期：{} 至 {}",
            self.person.name,
            self.person.card.number,
            self.serial(),
            crate::domain::time::beijing(self.from).date(),
            crate::domain::time::beijing(self.until()).date(),
        );
        let style = TextStyle { size: 16.0, align: Align::Left, colour: Colour::BLACK, bold: false };
        Mark::Text { text, style, setting: Setting::Broken }
    }
}
