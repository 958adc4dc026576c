//! The header `Content-Signature`: HMAC-SHA256 of the body as it travels, keyed with the verification token. (callback docs)

use subtle::ConstantTimeEq;
use thiserror::Error;

use crate::signature::hmac_sha256;

/// The header that carries the signature; sent when a token is configured.
pub const HEADER: &str = "Content-Signature";

/// The header does not hold the body's signature: another token, another body, or another way of writing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the header {HEADER} does not match the body")]
pub struct WrongSignature;

/// The header's value for a body: `sha256=` and 64 lower-case hexadecimal digits.
///
/// What is signed is the whole body, in the current generation with `{"encrypt":...}` around the text. The token is not the AES key.
pub fn sign(body: &[u8], token: &str) -> String {
    format!("sha256={}", hex::encode(hmac_sha256(token.as_bytes(), body)))
}

/// Checks the header's value, in a time that does not depend on where it differs.
pub fn verify(body: &[u8], header: &str, token: &str) -> Result<(), WrongSignature> {
    let expected = sign(body, token);
    match bool::from(expected.as_bytes().ct_eq(header.as_bytes())) {
        true => Ok(()),
        false => Err(WrongSignature),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_value_counts_character_by_character() {
        let header = sign(b"{}", "token");

        assert_eq!(verify(b"{}", &header, "token"), Ok(()));
        assert_eq!(verify(b"{}", &header, "Token"), Err(WrongSignature));
        for other in [header.to_uppercase(), header.replace("sha256=", ""), format!("{header}0"), String::new()] {
            assert_eq!(verify(b"{}", &other, "token"), Err(WrongSignature), "{other}");
        }
    }

    proptest! {
        #[test]
        fn flipping_any_bit_of_the_body_breaks_the_signature(body in prop::collection::vec(any::<u8>(), 1..200), at: prop::sample::Index) {
            let header = sign(&body, "token");
            let bit = at.index(body.len() * 8);
            let mut flipped = body.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);

            prop_assert_eq!(verify(&body, &header, "token"), Ok(()));
            prop_assert_eq!(verify(&flipped, &header, "token"), Err(WrongSignature));
        }
    }
}
