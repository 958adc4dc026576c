//! Whether a PDF is as this server made it.
//!
//! A signed file ends with a comment that says what it belongs to and holds a keyed hash of everything before it. PDF
//! readers pass over it; whoever has the key can say whether a byte was changed. It proves nothing to anybody else: it
//! takes the place of the vendor's certificates, as the stamps take the place of seals.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// What the hash is keyed with.
pub type SealingKey = [u8; 32];

/// What a file's bytes say of themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Authenticity {
    /// Signed here, and not a byte was changed since.
    Intact {
        /// What it belongs to, as it was sealed.
        subject: String,
    },
    /// Signed here once, and changed or continued since.
    Altered,
    /// Never signed here.
    Unsealed,
}

const MARK: &[u8] = b"\n%ess-mock-seal ";

/// Seals a signed file for `subject`, a word of letters and digits.
#[must_use]
pub fn seal(mut pdf: Vec<u8>, subject: &str, key: &SealingKey) -> Vec<u8> {
    pdf.extend_from_slice(MARK);
    pdf.extend(subject.bytes().filter(u8::is_ascii_alphanumeric));
    pdf.push(b' ');
    let hash = hex::encode(hash(&pdf, key).finalize().into_bytes());
    pdf.extend_from_slice(hash.as_bytes());
    pdf.push(b'\n');
    pdf
}

/// What became of a file.
#[must_use]
pub fn authenticity(bytes: &[u8], key: &SealingKey) -> Authenticity {
    let Some(mark) = bytes.windows(MARK.len()).rposition(|window| window == MARK) else {
        return Authenticity::Unsealed;
    };
    intact(bytes, mark, key).unwrap_or(Authenticity::Altered)
}

/// Reads the seal whose mark stands at `mark`, when it is the file's last word and fits.
fn intact(bytes: &[u8], mark: usize, key: &SealingKey) -> Option<Authenticity> {
    let line = std::str::from_utf8(&bytes[mark + MARK.len()..]).ok()?;
    let (subject, noted) = line.strip_suffix('\n')?.split_once(' ')?;
    let sealed = &bytes[..mark + MARK.len() + subject.len() + 1];
    hash(sealed, key).verify_slice(&hex::decode(noted).ok()?).ok()?;
    Some(Authenticity::Intact { subject: subject.to_owned() })
}

#[expect(clippy::expect_used, reason = "HMAC takes a key of any length (RFC 2104), so making one cannot fail")]
fn hash(bytes: &[u8], key: &SealingKey) -> Hmac<Sha256> {
    let mut hash = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    hash.update(bytes);
    hash
}

#[cfg(test)]
mod tests {
    use super::super::{Area, Fonts, Mark, Stamp, inspect, sample_contract, stamp};
    use super::*;

    const KEY: SealingKey = [7; 32];

    fn signed(original: &[u8], subject: &str) -> Vec<u8> {
        let area = Area { page: 1, x: 60.0, y: 60.0, width: 90.0, height: 40.0 };
        let stamps = [Stamp::new(area, Mark::Signature { name: "张三".into() })];
        seal(stamp(original, &stamps, &Fonts::builtin()).unwrap().pdf, subject, &KEY)
    }

    fn intact(subject: &str) -> Authenticity {
        Authenticity::Intact { subject: subject.into() }
    }

    #[test]
    fn a_sealed_file_is_known_again_and_still_a_good_pdf() {
        let sealed = signed(sample_contract(), "one");
        assert_eq!(authenticity(&sealed, &KEY), intact("one"));
        assert_eq!(inspect(&sealed), inspect(sample_contract()));
        assert_eq!(authenticity(&signed(&sealed, "two"), &KEY), intact("two"), "signed once more in another contract");
    }

    #[test]
    fn any_change_is_seen_wherever_it_is() {
        let sealed = signed(sample_contract(), "one");
        for place in [0, 100, sample_contract().len() + 5, sealed.len() - 80, sealed.len() - 67, sealed.len() - 3] {
            let mut changed = sealed.clone();
            changed[place] ^= 1;
            let intact = matches!(authenticity(&changed, &KEY), Authenticity::Intact { .. });
            assert!(!intact, "byte {place} of {}", sealed.len());
        }
        let continued = [&sealed[..], b"1 0 obj null endobj"].concat();
        assert_eq!(authenticity(&continued, &KEY), Authenticity::Altered);
        assert_eq!(authenticity(&sealed[..sealed.len() - 2], &KEY), Authenticity::Altered);
        assert_eq!(authenticity(&sealed, &[8; 32]), Authenticity::Altered, "another world's key");
    }

    #[test]
    fn what_was_never_signed_carries_no_seal() {
        assert_eq!(authenticity(sample_contract(), &KEY), Authenticity::Unsealed);
        assert_eq!(authenticity(b"", &KEY), Authenticity::Unsealed);
    }
}
