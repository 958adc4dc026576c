//! What a file is recognised by.

use md5::{Digest as _, Md5};

/// The MD5 of a file as the vendor writes it: hexadecimal, upper case (`ex VerifyPdf`).
#[must_use]
pub fn md5_hex(bytes: &[u8]) -> String {
    hex::encode_upper(Md5::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_of_nothing_is_the_known_one() {
        assert_eq!(md5_hex(b""), "D41D8CD98F00B204E9800998ECF8427E");
    }
}
