//! Download keys: who may fetch a file until when, without anything being remembered.
//!
//! `hkey` is the moment it ends and a keyed hash over what it opens, so a poll for links grows no state and a key cannot
//! be made up. The hash's key is drawn from the world's seed: enough for a stand-in on a laptop, no protection of secrets.

use hmac::{Hmac, Mac as _};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::{Digest as _, Sha256};

use super::ids::Ids;
use crate::domain::time::Timestamp;

/// Stands between the ids of a download of several things.
pub const SEPARATOR: &str = ",";
/// The parameter that names a download of several things; whoever has the link may change it.
pub const FILE_NAME: &str = "filename";

/// What the keys of QR codes' pictures open.
pub const QR_CODE: &str = "QR_CODE";

/// The 15 digits behind a contract's name in a file name (`ex DescribeResourceUrlsByFlows`), the same each time.
#[must_use]
pub fn number(id: &str) -> String {
    let hash = Sha256::digest(id.as_bytes());
    let digits = hash.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    format!("{:015}", digits % 1_000_000_000_000_000)
}

/// What may be said about a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It opens the file.
    Valid,
    /// It did until this moment.
    Expired(Timestamp),
    /// It never did.
    Forged,
}

/// A key for the file `id` of this kind that works until `expires_at`.
#[must_use]
pub fn key(ids: &Ids, kind: &str, id: &str, expires_at: Timestamp) -> String {
    format!(
        "{:012x}{}",
        expires_at.seconds(),
        hex::encode(seal(ids, kind, id, expires_at.seconds()).finalize().into_bytes())
    )
}

/// What a download's address ends with to give it a name.
#[must_use]
pub fn named(name: &str) -> String {
    format!("&{FILE_NAME}={}", utf8_percent_encode(name, NON_ALPHANUMERIC))
}

/// Whether `key` opens the file at `now`.
#[must_use]
pub fn check(ids: &Ids, kind: &str, id: &str, key: &str, now: Timestamp) -> Verdict {
    let Some((end, hash)) = key.split_at_checked(12) else { return Verdict::Forged };
    let (Ok(end), Ok(hash)) = (i64::from_str_radix(end, 16), hex::decode(hash)) else { return Verdict::Forged };
    if seal(ids, kind, id, end).verify_slice(&hash).is_err() {
        return Verdict::Forged;
    }
    let end = Timestamp::from_seconds(end);
    if now < end { Verdict::Valid } else { Verdict::Expired(end) }
}

#[expect(clippy::expect_used, reason = "HMAC takes a key of any length (RFC 2104), so making one cannot fail")]
fn seal(ids: &Ids, kind: &str, id: &str, end: i64) -> Hmac<Sha256> {
    let key = ids.download_key();
    let mut hash = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(&key).expect("HMAC takes a key of any length");
    hash.update(format!("{kind}/{id}/{end}").as_bytes());
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_opens_its_own_file_until_its_end() {
        let ids = Ids::new(7);
        let key = key(&ids, "FLOW", "a", Timestamp::from_seconds(100));
        let at = |kind, id, seconds| check(&ids, kind, id, &key, Timestamp::from_seconds(seconds));
        assert_eq!(at("FLOW", "a", 99), Verdict::Valid);
        assert_eq!(at("FLOW", "a", 100), Verdict::Expired(Timestamp::from_seconds(100)));
        assert_eq!(at("FLOW", "b", 99), Verdict::Forged);
        assert_eq!(at("SEAL", "a", 99), Verdict::Forged);
    }

    #[test]
    fn a_made_up_key_opens_nothing() {
        let ids = Ids::new(7);
        let good = key(&ids, "FLOW", "a", Timestamp::from_seconds(100));
        let later = format!("ffffffffffff{}", &good[12..]);
        for forged in ["", "1", "zz", "000000000064", later.as_str(), "合同合同合同"] {
            assert_eq!(check(&ids, "FLOW", "a", forged, Timestamp::default()), Verdict::Forged, "{forged}");
        }
    }
}
