//! AES-256-CBC with PKCS#7 padding, in base64: the text inside every encrypted body. (callback docs)

use aes::Aes256;
use aes::cipher::block_padding::Pkcs7;
use aes::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use base64::{Engine, prelude::BASE64_STANDARD};
use thiserror::Error;

use super::CallbackKey;

/// Bytes of an AES block; padding always adds 1 to 16 of them.
const BLOCK: usize = 16;

/// Why an encrypted text could not be opened.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum OpenError {
    /// Neither `{"encrypt": "..."}` nor bare base64.
    #[error("the body is neither a JSON object with a text `encrypt` nor bare base64")]
    NotSealed,
    /// Characters outside the standard alphabet, or wrong `=` padding.
    #[error("the encrypted text is not base64")]
    NotBase64,
    /// Cut off, or not a ciphertext at all.
    #[error("an encrypted text has one or more blocks of {BLOCK} bytes, this one has {length} bytes")]
    Length {
        /// Bytes of the decoded text.
        length: usize,
    },
    /// The usual sign of a wrong key.
    #[error("the padding is wrong: another key, or a damaged text")]
    Padding,
}

/// Encrypts and encodes.
pub(super) fn encrypt(plaintext: &[u8], key: &CallbackKey) -> String {
    let cipher = cbc::Encryptor::<Aes256>::new(key.bytes().into(), &key.iv().into());
    BASE64_STANDARD.encode(cipher.encrypt_padded_vec::<Pkcs7>(plaintext))
}

/// Decodes and decrypts.
pub(super) fn decrypt(text: &[u8], key: &CallbackKey) -> Result<Vec<u8>, OpenError> {
    let ciphertext = BASE64_STANDARD.decode(text).map_err(|_| OpenError::NotBase64)?;
    if ciphertext.is_empty() || ciphertext.len() % BLOCK != 0 {
        return Err(OpenError::Length { length: ciphertext.len() });
    }
    let cipher = cbc::Decryptor::<Aes256>::new(key.bytes().into(), &key.iv().into());
    cipher.decrypt_padded_vec::<Pkcs7>(&ciphertext).map_err(|_| OpenError::Padding)
}
