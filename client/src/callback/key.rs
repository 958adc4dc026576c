//! The key callbacks are encrypted with.

use std::fmt;

use thiserror::Error;

/// A callback's AES-256 key: the 32 bytes of the configured text as they stand, neither hexadecimal nor base64. (callback docs)
///
/// `Debug` never shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct CallbackKey([u8; Self::LENGTH]);

/// Why a text cannot be a callback key.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("a callback key has {} bytes, this one has {length}", CallbackKey::LENGTH)]
pub struct KeyError {
    /// How many bytes the text has.
    pub length: usize,
}

impl CallbackKey {
    /// Bytes of a key.
    pub const LENGTH: usize = 32;

    /// Takes the text of the console's key field, or of `CallbackInfo.CallbackKey`.
    pub fn new(text: &str) -> Result<Self, KeyError> {
        let bytes = text.as_bytes();
        bytes.try_into().map(Self).map_err(|_| KeyError { length: bytes.len() })
    }

    pub(super) fn from_bytes(bytes: [u8; Self::LENGTH]) -> Self {
        Self(bytes)
    }

    pub(super) fn bytes(&self) -> &[u8; Self::LENGTH] {
        &self.0
    }

    /// The first 16 bytes of the key. So equal messages give equal bodies; that is how the platform does it. (callback docs)
    pub(super) fn iv(&self) -> [u8; 16] {
        let [iv @ .., _, _, _, _, _, _, _, _, _, _, _, _, _, _, _, _] = self.0;
        iv
    }
}

impl fmt::Debug for CallbackKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("CallbackKey(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_text_of_32_bytes_is_a_key() {
        assert!(CallbackKey::new(&"k".repeat(32)).is_ok());
        for length in [0, 16, 31, 33, 64] {
            assert_eq!(CallbackKey::new(&"k".repeat(length)), Err(KeyError { length }));
        }
        assert_eq!(CallbackKey::new(&"密".repeat(32)), Err(KeyError { length: 96 }), "bytes count, not characters");
    }

    #[test]
    fn a_key_is_never_printed() {
        let key = CallbackKey::new("TencentEssEncryptTestKey12345678").unwrap();

        assert!(!format!("{key:?}").contains("Tencent"));
    }
}
