//! A person's certificate as the bytes programs read: X.509 in DER, with an Ed25519 key.
//!
//! Nothing is signed cryptographically here: key and signature are hashes of whose it is, so that it can be read, compared and
//! shown, and does not verify (ASSUMED; `ex DescribePersonCertificate` shows nothing but its beginning).

use sha2::{Digest as _, Sha256};

use super::certificate::PersonCertificate;
use crate::domain::time::{HOUR, Timestamp};

const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const OBJECT_IDENTIFIER: u8 = 0x06;
const UTF8_STRING: u8 = 0x0c;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;
/// `[0]`, explicit: the version.
const VERSION: u8 = 0xa0;
/// 1.3.101.112
const ED25519: &[u8] = &[0x2b, 0x65, 0x70];
/// 2.5.4.3
const COMMON_NAME: &[u8] = &[0x55, 0x04, 0x03];

impl PersonCertificate {
    /// Its bytes.
    #[must_use]
    pub fn der(&self) -> Vec<u8> {
        let algorithm = value(SEQUENCE, &value(OBJECT_IDENTIFIER, ED25519));
        let digest = |what: &str| {
            Sha256::digest(format!("{what}/{}/{}", self.person.name, self.person.card.number).as_bytes()).to_vec()
        };
        let key = value(SEQUENCE, &[algorithm.clone(), bits(&digest("key"))].concat());
        let to_be_signed = value(
            SEQUENCE,
            &[
                value(VERSION, &value(INTEGER, &[2])),
                // A number is positive: its first bit is none of a sign.
                value(INTEGER, &[&[0x01], &digest("serial")[..9]].concat()),
                algorithm.clone(),
                name("ess-mock"),
                value(SEQUENCE, &[moment(self.from), moment(self.until())].concat()),
                name(&self.person.name),
                key,
            ]
            .concat(),
        );
        let signature = [digest("signature"), Sha256::digest(&to_be_signed).to_vec()].concat();
        value(SEQUENCE, &[to_be_signed, algorithm, bits(&signature)].concat())
    }
}

fn name(common: &str) -> Vec<u8> {
    let pair = [value(OBJECT_IDENTIFIER, COMMON_NAME), value(UTF8_STRING, common.as_bytes())].concat();
    value(SEQUENCE, &value(SET, &value(SEQUENCE, &pair)))
}

fn bits(bytes: &[u8]) -> Vec<u8> {
    value(BIT_STRING, &[&[0], bytes].concat())
}

/// Two digits of a year until 2049, four from then on (RFC 5280).
fn moment(at: Timestamp) -> Vec<u8> {
    // Beijing's clock eight hours ago is Greenwich's now.
    let utc = crate::domain::time::beijing(at.minus(8 * HOUR));
    if utc.year() < 2050 {
        value(UTC_TIME, utc.strftime("%y%m%d%H%M%SZ").to_string().as_bytes())
    } else {
        value(GENERALIZED_TIME, utc.strftime("%Y%m%d%H%M%SZ").to_string().as_bytes())
    }
}

/// Tag, length, content.
fn value(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len().to_be_bytes();
    let significant: Vec<u8> = length.into_iter().skip_while(|byte| *byte == 0).collect();
    let mut der = vec![tag];
    match u8::try_from(content.len()) {
        Ok(short) if short < 0x80 => der.push(short),
        Ok(_) | Err(_) => {
            // At most eight bytes of length.
            der.push(0x80 | u8::try_from(significant.len()).unwrap_or(8));
            der.extend(significant);
        }
    }
    der.extend(content);
    der
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::auto_sign::Identity;
    use crate::domain::employee::{Card, CardKind};
    use crate::domain::samples::NOW;

    fn certificate(name: &str) -> Vec<u8> {
        let card = Card { kind: CardKind::IdCard, number: "110101199003070011".into() };
        PersonCertificate { person: Identity { name: name.into(), card }, from: NOW }.der()
    }

    #[test]
    fn lengths_are_written_short_and_long() {
        assert_eq!(value(INTEGER, &[2]), [2, 1, 2]);
        assert_eq!(value(UTF8_STRING, &[0; 200])[..3], [0x0c, 0x81, 200]);
        assert_eq!(value(UTF8_STRING, &[0; 300])[..4], [0x0c, 0x82, 1, 44]);
    }

    #[test]
    fn each_person_has_one_of_their_own_that_names_them() {
        let (one, other) = (certificate("小明"), certificate("小红"));
        assert_ne!(one, other);
        assert_eq!(one, certificate("小明"));
        let named = "小明".as_bytes();
        assert!(one.windows(named.len()).any(|bytes| bytes == named));
        assert_eq!((one[0], one[1], usize::from(one[2]) + 3), (SEQUENCE, 0x81, one.len()), "one sequence, to its end");
    }
}
