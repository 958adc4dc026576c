//! `TC3-HMAC-SHA256`: canonical request, string to sign, signing key, signature, header.
//!
//! ```
//! use ess_client::signature::v3;
//!
//! let headers = [("content-type", "application/json"), ("host", "ess.tencentcloudapi.com")];
//! let request = v3::canonical_request("POST", "/", "", &headers, &v3::hashed_payload(b"{}"));
//! let date = v3::date(1_700_000_000).unwrap();
//! let scope = v3::credential_scope(&date, "ess");
//! let key = v3::signing_key("secret key", &date, "ess");
//! let signature = v3::signature(&key, &v3::string_to_sign(1_700_000_000, &scope, &request));
//! let header = v3::authorization("secret id", &scope, &v3::signed_headers(&headers), &signature);
//! assert!(header.starts_with("TC3-HMAC-SHA256 Credential=secret id/2023-11-14/ess/tc3_request, SignedHeaders=content-type;host, "));
//! ```

use sha2::{Digest, Sha256};

use super::hmac_sha256;

/// The method's name: the first word of `Authorization` and the first line of the string to sign.
pub const ALGORITHM: &str = "TC3-HMAC-SHA256";

/// The last part of every credential scope.
pub const TERMINATOR: &str = "tc3_request";

/// The value of `X-TC-Content-SHA256` by which a caller leaves the body out of the signature; it is hashed in the body's place. \[wire\]
pub const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";

/// Step 1a: the SHA-256 of the body in lower-case hexadecimal. A GET has no body, so its hash is that of nothing.
pub fn hashed_payload(payload: &[u8]) -> String {
    hex::encode(Sha256::digest(payload))
}

/// Step 1a for a caller that sent `X-TC-Content-SHA256: UNSIGNED-PAYLOAD`.
pub fn unsigned_payload() -> String {
    hashed_payload(UNSIGNED_PAYLOAD.as_bytes())
}

/// Step 1b: one line for each header, in the order given, name and value exactly as given.
///
/// The specification wants lower-case names and values without surrounding space. The signer therefore passes names in lower
/// case; a verifier passes the value it believes the other side signed: the official SDKs sign `host` and `content-type` as they send them,
/// and one client signs `x-tc-action` in lower case while it sends mixed case. \[wire\]
pub fn canonical_headers(headers: &[(&str, &str)]) -> String {
    headers.iter().fold(String::new(), |lines, (name, value)| lines + name + ":" + value + "\n")
}

/// Step 1c: the names of the signed headers, in the order given.
pub fn signed_headers(headers: &[(&str, &str)]) -> String {
    headers.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(";")
}

/// Step 1: everything the signature covers. `query` is the raw query string of the request line, neither sorted nor encoded again. \[wire\]
pub fn canonical_request(
    method: &str,
    uri: &str,
    query: &str,
    headers: &[(&str, &str)],
    hashed_payload: &str,
) -> String {
    let (lines, names) = (canonical_headers(headers), signed_headers(headers));
    format!("{method}\n{uri}\n{query}\n{lines}\n{names}\n{hashed_payload}")
}

/// The UTC date of a Unix time as the scope spells it (`2023-11-14`); none for a time that no calendar reaches.
pub fn date(timestamp: i64) -> Option<String> {
    let second = jiff::Timestamp::from_second(timestamp).ok()?;
    Some(second.strftime("%Y-%m-%d").to_string())
}

/// `<date>/<service>/tc3_request`. The service is the one the caller names, which need not be the product's name. \[wire\]
pub fn credential_scope(date: &str, service: &str) -> String {
    format!("{date}/{service}/{TERMINATOR}")
}

/// Step 2: the short text that is signed, with the canonical request's hash in it.
pub fn string_to_sign(timestamp: i64, credential_scope: &str, canonical_request: &str) -> String {
    let hashed_request = hashed_payload(canonical_request.as_bytes());
    format!("{ALGORITHM}\n{timestamp}\n{credential_scope}\n{hashed_request}")
}

/// Step 3a: the key of one day and one service. It stays the same all day, so a server may keep it.
pub fn signing_key(secret_key: &str, date: &str, service: &str) -> [u8; 32] {
    let day = hmac_sha256(format!("TC3{secret_key}").as_bytes(), date.as_bytes());
    let service = hmac_sha256(&day, service.as_bytes());
    hmac_sha256(&service, TERMINATOR.as_bytes())
}

/// Step 3b: the signature in lower-case hexadecimal.
pub fn signature(signing_key: &[u8; 32], string_to_sign: &str) -> String {
    hex::encode(hmac_sha256(signing_key, string_to_sign.as_bytes()))
}

/// Step 4: the value of the header `Authorization`.
pub fn authorization(secret_id: &str, credential_scope: &str, signed_headers: &str, signature: &str) -> String {
    format!(
        "{ALGORITHM} Credential={secret_id}/{credential_scope}, SignedHeaders={signed_headers}, Signature={signature}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_is_the_utc_day_of_the_timestamp() {
        assert_eq!(date(1_700_006_399).as_deref(), Some("2023-11-14"));
        assert_eq!(date(1_700_006_400).as_deref(), Some("2023-11-15"));
        assert_eq!(date(0).as_deref(), Some("1970-01-01"));
    }

    #[test]
    fn a_timestamp_beyond_the_calendar_has_no_date() {
        for absurd in [i64::MIN, i64::MAX, 1_700_000_000_000] {
            assert_eq!(date(absurd), None, "{absurd}");
        }
    }

    #[test]
    fn headers_count_in_the_order_given_and_as_given() {
        let headers = [("host", "Example.COM"), ("content-type", "text/plain; A=b")];

        assert_eq!(canonical_headers(&headers), "host:Example.COM\ncontent-type:text/plain; A=b\n");
        assert_eq!(signed_headers(&headers), "host;content-type");
    }
}
