//! The world's own authority: it certifies companies and signs data with RSA, so that anybody's tools can check what it signed.
//!
//! Its key follows from a seed, so a signature proves nothing to anybody who does not trust the seed's owner: it takes the place of the
//! vendor's authorities (`ex CreateDigitalDataSign`: `NMGSCA TEST RSA OCA1`), as stamps take the place of seals. One key stands for
//! everybody; whose signature it is says the certificate.

mod certificate;
mod signed_data;
mod timestamp;

use der::Encode as _;
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;
use rsa::PrivateKey;
use rsa::pkcs1v15::SigningKey;
use sha2::Sha256;

pub use self::certificate::Holder;

/// Who issues every certificate.
pub const ISSUER: &str = "ESS-MOCK TEST RSA OCA1";
/// What signatures are made with (`ex CreateDigitalDataSign`).
pub const ALGORITHM: &str = "RSA";

/// Bits of the key: the least that is taken anywhere today.
const BITS: usize = 2048;

/// Why something could not be signed: the key cannot be made, or a value has no place in a certificate. Neither happens to values
/// that passed the contract.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Unsignable(String);

impl Unsignable {
    fn from(error: impl std::fmt::Display) -> Self {
        Self(error.to_string())
    }
}

/// Signed data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The signature without the data: CMS `SignedData` (RFC 5652), DER.
    pub signature: Vec<u8>,
    /// When that signature was made: a time-stamp token (RFC 3161), DER.
    pub timestamp: Vec<u8>,
}

/// An authority.
pub struct Authority {
    key: SigningKey<Sha256>,
}

impl Authority {
    /// The authority with the key that follows from `seed`. Making the key takes a tenth of a second.
    ///
    /// # Errors
    /// No key came of it.
    pub fn of(seed: [u8; 32]) -> Result<Self, Unsignable> {
        let key = PrivateKey::new(&mut ChaCha8Rng::from_seed(seed), BITS).map_err(Unsignable::from)?;
        Ok(Self { key: SigningKey::new(key) })
    }

    /// A certificate of the holder's: X.509 (RFC 5280), DER.
    ///
    /// # Errors
    /// The holder's name has no place in a certificate.
    pub fn certificate(&self, holder: &Holder) -> Result<Vec<u8>, Unsignable> {
        let certificate = certificate::certify(self, holder, certificate::Purpose::Signing)?;
        certificate.to_der().map_err(Unsignable::from)
    }

    /// Signs `data` for the holder at the moment their certificate begins.
    ///
    /// # Errors
    /// The holder's name has no place in a certificate.
    pub fn sign(&self, holder: &Holder, data: &[u8]) -> Result<Signed, Unsignable> {
        let signature = signed_data::sign(self, holder, data)?;
        let timestamp = timestamp::stamp(self, holder, &signature)?;
        Ok(Signed { signature, timestamp })
    }

    /// Whose signature of `data` this is; nobody's when it was made elsewhere, of other data, or was changed.
    #[must_use]
    pub fn open(&self, signature: &[u8], data: &[u8]) -> Option<Holder> {
        signed_data::open(self, signature, data)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DATA: &[u8] = "测试abc".as_bytes();

    fn holder() -> Holder {
        Holder {
            name: "ESS@示例企业, 北京+@123456".into(),
            serial: [0xf7; 16],
            from: 1_700_000_000,
            until: 1_731_536_000,
        }
    }

    #[test]
    fn a_signature_says_whose_it_is_and_is_good_for_what_was_signed_alone() {
        let authority = Authority::of([1; 32]).unwrap();
        let signed = authority.sign(&holder(), DATA).unwrap();
        assert_eq!(authority.open(&signed.signature, DATA), Some(holder()));
        assert_eq!(authority.open(&signed.signature, b"other data"), None);
        assert_eq!(Authority::of([2; 32]).unwrap().open(&signed.signature, DATA), None, "another world's authority");
        assert_eq!(authority.open(&signed.timestamp, DATA), None, "a time stamp is no signature of it");
        assert_eq!(authority.open(b"", DATA), None);
    }

    #[test]
    fn a_certificates_number_comes_back_as_it_was_given() {
        let authority = Authority::of([1; 32]).unwrap();
        for first in [0x00, 0x01, 0x7f, 0x80, 0xff] {
            let mut serial = [7; 16];
            serial[0] = first;
            let holder = Holder { serial, ..holder() };
            let signed = authority.sign(&holder, DATA).unwrap();
            assert_eq!(authority.open(&signed.signature, DATA), Some(holder), "{first}");
        }
    }

    #[test]
    fn a_byte_that_was_changed_spoils_it_or_says_nothing_else() {
        let authority = Authority::of([1; 32]).unwrap();
        let signed = authority.sign(&holder(), DATA).unwrap();
        for place in (0..signed.signature.len()).step_by(7) {
            let mut changed = signed.signature.clone();
            changed[place] ^= 1;
            // Not everything in it is signed: e.g. its version is not. Whatever is told of the holder is.
            let opened = authority.open(&changed, DATA);
            assert!(opened.is_none() || opened == Some(holder()), "byte {place} of {}", changed.len());
        }
    }

    #[test]
    fn a_certificate_names_its_holder() {
        use der::Decode as _;
        let certificate = Authority::of([1; 32]).unwrap().certificate(&holder()).unwrap();
        let read = x509_cert::certificate::Certificate::from_der(&certificate).unwrap();
        assert_eq!(certificate::common_name(read.tbs_certificate().subject()), Some(holder().name));
    }

    #[test]
    fn the_same_seed_signs_alike() {
        let sign = |seed| Authority::of([seed; 32]).unwrap().sign(&holder(), DATA).unwrap();
        assert_eq!(sign(1), sign(1));
        assert_ne!(sign(1), sign(2));
    }
}
