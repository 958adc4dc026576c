//! What a verification says of a signature: a certificate in the shape of the vendor's.
//!
//! There are no certificates here. What looks like one follows from the signature itself, so that it is the same on every
//! asking and different for every signer.

use sha2::{Digest as _, Sha256};

use super::approver::{Approver, Signature};
use super::organization::Organization;
use super::time::{DAY, Timestamp};

/// How long a certificate is good for (ASSUMED).
const YEAR: std::time::Duration = DAY.saturating_mul(365);
/// What ends the name on a person's certificate (`api PdfVerifyResult`).
const PERSONS: &str = "808854";

/// The certificate behind a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// Whose it is: `ESS@company@number`, or `ESS@person@card@808854` (`api PdfVerifyResult`).
    pub subject: String,
    /// Its serial number: 32 hexadecimal digits (`ex VerifyPdf`).
    pub number: String,
    /// From when it is good: the moment of the signature it was made for (ASSUMED).
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

impl Certificate {
    /// The certificate this signer's signature was made with.
    #[must_use]
    pub fn behind(approver: &Approver, signature: &Signature) -> Self {
        let subject = match &approver.organization {
            Some(party) => format!("ESS@{}@{}", party.name, company_number(&party.name)),
            None => format!("ESS@{}@{}@{PERSONS}", approver.person.name, approver.person.card.number),
        };
        let number = hex::encode(&Sha256::digest(approver.sign.as_str())[..16]);
        Self { subject, number, from: signature.at, until: signature.at.plus(YEAR) }
    }
}

impl Certificate {
    /// The certificate a company's data are signed with at this moment.
    #[must_use]
    pub fn of_company(company: &Organization, at: Timestamp) -> Self {
        let subject = format!("ESS@{}@{}", company.name, company_number(&company.name));
        let number = hex::encode(&Sha256::digest(format!("{}/{}", company.id, at.millis()))[..16]);
        Self { subject, number, from: at, until: at.plus(YEAR) }
    }
}

/// Six digits that stand for a company (`api PdfVerifyResult`: 编码).
fn company_number(name: &str) -> u32 {
    let digest = Sha256::digest(name);
    100_000 + u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]) % 900_000
}

/// A number for a verification made at `now`, this many digits long: the seconds and a fraction (`ex VerifyPdf`, `ex
/// VerifyDigitFile`: the first ten digits are the moment).
#[must_use]
pub fn serial_number(now: Timestamp, digits: usize) -> String {
    let fraction = format!("{:03}0000", now.millis().rem_euclid(1000));
    format!("{:010}{}", now.seconds(), &fraction[..digits.saturating_sub(10).min(fraction.len())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{at, flow_of_three};

    #[test]
    fn a_company_and_a_person_have_names_of_the_vendors_shape() {
        let flow = flow_of_three(true);
        let of = |index: usize| {
            Certificate::behind(&flow.approvers[index], &Signature { at: at(5), seal: None, recording: None })
        };
        let company = of(0).subject;
        let number = company.strip_prefix("ESS@示例企业@").unwrap();
        assert!(number.len() == 6 && number.bytes().all(|byte| byte.is_ascii_digit()), "{company}");
        assert_eq!(of(1).subject, "ESS@张三@@808854");
        assert_ne!(of(0).number, of(1).number);
        assert_eq!((of(0).number.len(), of(0).from, of(0).until), (32, at(5), at(5 + 365 * 86_400)));
    }

    #[test]
    fn a_serial_number_is_the_moment() {
        let now = Timestamp::from_millis(1_669_863_077_912);
        assert_eq!(serial_number(now, 11), "16698630779");
        assert_eq!(serial_number(now, 14), "16698630779120");
    }
}
