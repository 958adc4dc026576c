//! The older signature: `HmacSHA1` or `HmacSHA256` over the decoded parameters, sent as the parameter `Signature`.
//!
//! ```
//! use ess_client::signature::v1::{self, Algorithm};
//!
//! let parameters = [("SecretId", "id"), ("Action", "DescribeFlowInfo"), ("FlowIds.0", "yD...")];
//! let text = v1::string_to_sign("GET", "ess.tencentcloudapi.com", "/", parameters);
//! assert_eq!(text, "GETess.tencentcloudapi.com/?Action=DescribeFlowInfo&FlowIds.0=yD...&SecretId=id");
//! let signature = v1::signature("secret key", Algorithm::HmacSha256, &text);
//! ```

use base64::{Engine, prelude::BASE64_STANDARD};

use super::{hmac_sha1, hmac_sha256};

/// The parameter that carries the result, and so is never part of what is signed.
pub const SIGNATURE: &str = "Signature";

/// The parameter that names the [`Algorithm`].
pub const SIGNATURE_METHOD: &str = "SignatureMethod";

/// The two digests the older signature knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// `HmacSHA1`, also meant when `SignatureMethod` is absent.
    HmacSha1,
    /// `HmacSHA256`
    HmacSha256,
}

impl Algorithm {
    /// Reads the value of `SignatureMethod`. Official SDKs spell it exactly so. \[wire\]
    pub fn named(name: &str) -> Option<Self> {
        [Self::HmacSha1, Self::HmacSha256].into_iter().find(|algorithm| algorithm.name() == name)
    }

    /// The value of `SignatureMethod`.
    pub fn name(self) -> &'static str {
        match self {
            Self::HmacSha1 => "HmacSHA1",
            Self::HmacSha256 => "HmacSHA256",
        }
    }
}

/// Step 1: the parameters sorted by the bytes of their names and joined as `k=v`, values decoded. `Signature` itself is left out.
pub fn sorted_parameters<'a>(parameters: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut pairs: Vec<_> = parameters.into_iter().filter(|(name, _)| *name != SIGNATURE).collect();
    pairs.sort_by_key(|(name, _)| *name);
    pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

/// Step 2: method, host with its port if it has one, path, `?` and the sorted parameters, in one line.
pub fn string_to_sign<'a>(
    method: &str,
    host: &str,
    path: &str,
    parameters: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> String {
    format!("{method}{host}{path}?{}", sorted_parameters(parameters))
}

/// Step 3: the signature in base64, before it is percent-encoded for its way in a query or a form.
pub fn signature(secret_key: &str, algorithm: Algorithm, string_to_sign: &str) -> String {
    let (key, text) = (secret_key.as_bytes(), string_to_sign.as_bytes());
    match algorithm {
        Algorithm::HmacSha1 => BASE64_STANDARD.encode(hmac_sha1(key, text)),
        Algorithm::HmacSha256 => BASE64_STANDARD.encode(hmac_sha256(key, text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted_by_their_bytes_and_the_signature_is_left_out() {
        let parameters =
            [("b", "2"), ("a.10", "y"), ("Signature", "old"), ("a.2", "z"), ("SignatureMethod", "HmacSHA1")];

        assert_eq!(sorted_parameters(parameters), "SignatureMethod=HmacSHA1&a.10=y&a.2=z&b=2");
    }

    #[test]
    fn an_algorithm_is_known_by_its_exact_name_only() {
        assert_eq!(Algorithm::named("HmacSHA256"), Some(Algorithm::HmacSha256));
        assert_eq!(Algorithm::named("hmacsha256"), None);
        assert_eq!(Algorithm::named("TC3-HMAC-SHA256"), None);
    }
}
