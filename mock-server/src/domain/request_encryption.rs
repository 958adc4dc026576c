//! Requests inside of requests, encrypted (`api CreateRequestWithEncryption`): how a body is opened, and an answer closed.
//!
//! CBC with PKCS#7 padding, by AES or SM4, and a keyed hash over `IV ‖ ciphertext` with a key of its own; all three fields are
//! standard base64. The hash is HMAC-SHA256 with either cipher, as both published vectors have it; the prose says SM3 for
//! SM4. The text asks for AES keys of 32 bytes, the vector has one of 16: both are taken.

use aes::cipher::block_padding::Pkcs7;
use aes::cipher::{BlockCipherDecrypt, BlockCipherEncrypt, BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use aes::{Aes128, Aes256};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use sm4::Sm4;

use super::refusal::Refusal;

/// Bytes of a block of either cipher, and of an IV.
const BLOCK: usize = 16;

/// What was agreed upon with the vendor: cipher and keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct RequestEncryption {
    keyed: Keyed,
    integrity_key: String,
}

/// A cipher with its key.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Keyed {
    Aes128([u8; 16]),
    Aes256([u8; 32]),
    Sm4([u8; 16]),
}

/// The agreement as it is written down: keys as text, which they are in the vendor's examples.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    cipher: Cipher,
    key: String,
    integrity_key: String,
}

/// The ciphers there are.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Cipher {
    Aes,
    Sm4,
}

impl TryFrom<Written> for RequestEncryption {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let Written { cipher, key, integrity_key } = written;
        let (bytes, length) = (key.as_bytes(), key.len());
        let short = |_| format!("key: an SM4 key has 16 bytes, this one has {length}");
        let keyed = match (cipher, length) {
            (Cipher::Aes, 16) => bytes.try_into().map(Keyed::Aes128).map_err(short)?,
            (Cipher::Aes, 32) => bytes.try_into().map(Keyed::Aes256).map_err(short)?,
            (Cipher::Aes, _) => return Err(format!("key: an AES key has 16 or 32 bytes, this one has {length}")),
            (Cipher::Sm4, _) => bytes.try_into().map(Keyed::Sm4).map_err(short)?,
        };
        if integrity_key.is_empty() {
            return Err("integrity_key: it is empty".to_owned());
        }
        Ok(Self { keyed, integrity_key })
    }
}

impl From<RequestEncryption> for Written {
    fn from(agreed: RequestEncryption) -> Self {
        let (cipher, key): (_, &[u8]) = match &agreed.keyed {
            Keyed::Aes128(key) => (Cipher::Aes, key),
            Keyed::Aes256(key) => (Cipher::Aes, key),
            Keyed::Sm4(key) => (Cipher::Sm4, key),
        };
        // The key was text when it was read.
        Self { cipher, key: String::from_utf8_lossy(key).into_owned(), integrity_key: agreed.integrity_key }
    }
}

/// What goes over the wire in place of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encrypted {
    /// `IV`.
    pub iv: String,
    /// `EncryptedData`.
    pub data: String,
    /// `EncryptionSignature`; a request may come without (`api CreateRequestWithEncryption`).
    pub signature: Option<String>,
}

impl RequestEncryption {
    /// Opens a body. Its signature, where it has one, is checked before anything is decrypted, and without telling by the time
    /// it takes how much of it is right.
    ///
    /// # Errors
    /// Text that is not base64, a wrong length, another key, or an altered body.
    pub fn open(&self, encrypted: &Encrypted) -> Result<Vec<u8>, Refusal> {
        let invalid = |detail| Refusal::EncryptionInvalid { detail };
        let iv = STANDARD.decode(&encrypted.iv).ok().and_then(|iv| <[u8; BLOCK]>::try_from(iv).ok());
        let iv = iv.ok_or_else(|| invalid("IV must be base64 of 16 bytes"))?;
        let data = STANDARD.decode(&encrypted.data).map_err(|_| invalid("EncryptedData must be base64"))?;
        if let Some(signature) = &encrypted.signature {
            let signature = STANDARD.decode(signature).map_err(|_| invalid("EncryptionSignature must be base64"))?;
            let right = self.hash(&[&iv, &data]).verify_slice(&signature);
            right.map_err(|_| {
                invalid(
                    "EncryptionSignature does not fit: expected HMAC-SHA256 over the raw bytes of IV and ciphertext",
                )
            })?;
        }
        if data.is_empty() || data.len() % BLOCK != 0 {
            return Err(invalid("EncryptedData must be whole blocks of 16 bytes"));
        }
        let opened = match &self.keyed {
            Keyed::Aes128(key) => open::<Aes128>(key, &iv, &data),
            Keyed::Aes256(key) => open::<Aes256>(key, &iv, &data),
            Keyed::Sm4(key) => open::<Sm4>(key, &iv, &data),
        };
        opened.ok_or_else(|| invalid("EncryptedData does not open: another key or cipher, or another IV"))
    }

    /// Closes an answer, with this IV.
    #[must_use]
    pub fn close(&self, body: &[u8], iv: [u8; BLOCK]) -> Encrypted {
        let data = match &self.keyed {
            Keyed::Aes128(key) => close::<Aes128>(key, &iv, body),
            Keyed::Aes256(key) => close::<Aes256>(key, &iv, body),
            Keyed::Sm4(key) => close::<Sm4>(key, &iv, body),
        };
        let signature = self.hash(&[&iv, &data]).finalize().into_bytes();
        Encrypted { iv: STANDARD.encode(iv), data: STANDARD.encode(data), signature: Some(STANDARD.encode(signature)) }
    }

    /// An IV for the answer `body` to `request`: a keyed hash, so that no two answers share one and the same world still gives
    /// the same bytes. Every answer has a RequestId of its own.
    #[must_use]
    pub fn iv_for(&self, request: &Encrypted, body: &[u8]) -> [u8; BLOCK] {
        let hash = self.hash(&[b"answer", request.iv.as_bytes(), body]).finalize().into_bytes();
        let mut iv = [0; BLOCK];
        iv.copy_from_slice(&hash[..BLOCK]);
        iv
    }

    #[expect(clippy::expect_used, reason = "HMAC takes keys of every length")]
    fn hash(&self, parts: &[&[u8]]) -> Hmac<Sha256> {
        let mut hash = Hmac::<Sha256>::new_from_slice(self.integrity_key.as_bytes()).expect("HMAC takes every key");
        parts.iter().for_each(|part| hash.update(part));
        hash
    }
}

fn open<C>(key: &[u8], iv: &[u8; BLOCK], data: &[u8]) -> Option<Vec<u8>>
where
    C: BlockCipherDecrypt,
    cbc::Decryptor<C>: KeyIvInit + BlockModeDecrypt,
{
    let cipher = cbc::Decryptor::<C>::new_from_slices(key, iv).ok()?;
    cipher.decrypt_padded_vec::<Pkcs7>(data).ok()
}

#[expect(clippy::expect_used, reason = "each cipher is named beside a key of its length")]
fn close<C>(key: &[u8], iv: &[u8; BLOCK], body: &[u8]) -> Vec<u8>
where
    C: BlockCipherEncrypt,
    cbc::Encryptor<C>: KeyIvInit + BlockModeEncrypt,
{
    let cipher = cbc::Encryptor::<C>::new_from_slices(key, iv).expect("keys have been measured");
    cipher.encrypt_padded_vec::<Pkcs7>(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The plaintext of both published vectors.
    const PLAIN: &[u8] = br#"{"Request": "This is a test."}"#;

    fn agreed(cipher: &str, key: &str, integrity_key: &str) -> Result<RequestEncryption, String> {
        let written = serde_json::json!({"cipher": cipher, "key": key, "integrity_key": integrity_key});
        serde_json::from_value(written).map_err(|error| error.to_string())
    }

    fn encrypted(iv: &str, data: &str, signature: &str) -> Encrypted {
        Encrypted { iv: iv.to_owned(), data: data.to_owned(), signature: Some(signature.to_owned()) }
    }

    /// `api CreateRequestWithEncryption`, the vector for AES.
    #[test]
    fn the_published_vector_for_aes() {
        let agreed = agreed("aes", "AES-CBC-Key-1234", "AES-HMAC-Key-123").unwrap();
        let published = encrypted(
            "MTIzNDU2Nzg5MGFiY2RlZg==",
            "Iqp2W1jislwMNmE7bH9dKZZiMQsfkAPyvAAqDFRnWLw=",
            "4TT3PUCZgZT7YmEPtXDm5PDcM6xT7FoYHfMW8xunB5I=",
        );
        assert_eq!(agreed.close(PLAIN, *b"1234567890abcdef"), published);
        assert_eq!(agreed.open(&published).unwrap(), PLAIN);
    }

    /// `api CreateRequestWithEncryption`, the vector for SM4; its hash is HMAC-SHA256, whatever the prose says.
    #[test]
    fn the_published_vector_for_sm4() {
        let agreed = agreed("sm4", "SM4-CBC-Key-1234", "SM4-HMAC-Key-123").unwrap();
        let published = encrypted(
            "ZmVkY2JhMDk4NzY1NDMyMQ==",
            "GwUovQhNUPaUnVM/UDXMtPOYTpTSi2B1oyZDFbyyvns=",
            "nHB/v/AvOaDCQ66esFNnp12lHKcGkwaLGid0Warl/KE=",
        );
        assert_eq!(agreed.close(PLAIN, *b"fedcba0987654321"), published);
        assert_eq!(agreed.open(&published).unwrap(), PLAIN);
    }

    #[test]
    fn a_body_that_was_altered_or_closed_with_other_keys_does_not_open() {
        let ours = agreed("aes", &"k".repeat(32), "integrity").unwrap();
        let closed = ours.close(PLAIN, [7; BLOCK]);
        assert_eq!(ours.open(&closed).unwrap(), PLAIN);

        let unsigned = Encrypted { signature: None, ..closed.clone() };
        assert_eq!(ours.open(&unsigned).unwrap(), PLAIN, "a request may come without a signature");
        let another_hash = agreed("aes", &"k".repeat(32), "another").unwrap();
        assert!(another_hash.open(&closed).is_err());
        let other = ours.close(b"other", [7; BLOCK]);
        let spoiled = [
            Encrypted { data: other.data, ..closed.clone() },
            Encrypted { iv: STANDARD.encode([8; BLOCK]), ..closed.clone() },
            Encrypted { iv: "x".into(), ..closed.clone() },
            Encrypted { data: "AAAA".into(), signature: None, ..closed.clone() },
            Encrypted { data: String::new(), signature: None, ..closed.clone() },
            Encrypted { signature: Some("not base64".into()), ..closed.clone() },
            Encrypted { data: STANDARD.encode([0; 32]), signature: None, ..closed },
        ];
        for one in spoiled {
            assert!(matches!(ours.open(&one), Err(Refusal::EncryptionInvalid { .. })), "{one:?}");
        }
    }

    #[test]
    fn keys_of_another_length_are_refused_by_name() {
        assert_eq!(
            agreed("aes", "short", "integrity").unwrap_err(),
            "key: an AES key has 16 or 32 bytes, this one has 5"
        );
        assert_eq!(agreed("sm4", &"k".repeat(32), "x").unwrap_err(), "key: an SM4 key has 16 bytes, this one has 32");
        assert_eq!(agreed("aes", &"k".repeat(16), "").unwrap_err(), "integrity_key: it is empty");
    }

    #[test]
    fn an_agreement_reads_back_as_it_was_written() {
        let agreed = agreed("sm4", "SM4-CBC-Key-1234", "SM4-HMAC-Key-123").unwrap();
        let written = serde_json::to_string(&agreed).unwrap();
        assert_eq!(serde_json::from_str::<RequestEncryption>(&written).unwrap(), agreed);
    }

    #[test]
    fn no_two_answers_share_an_iv() {
        let agreed = agreed("aes", "AES-CBC-Key-1234", "AES-HMAC-Key-123").unwrap();
        let request = encrypted("MTIzNDU2Nzg5MGFiY2RlZg==", "", "");
        assert_ne!(agreed.iv_for(&request, b"first"), agreed.iv_for(&request, b"second"));
    }
}
