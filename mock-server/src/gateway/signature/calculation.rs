//! One calculation of a TC3-HMAC-SHA256 signature, with everything that goes into it apart, so that one thing can be changed.

use ess_client::signature::v3;

/// What was signed, and how.
#[derive(Clone, Debug)]
pub(super) struct Calculation {
    pub(super) method: &'static str,
    pub(super) query: String,
    /// Header lines in their order, name and value as signed.
    pub(super) lines: Vec<(String, String)>,
    /// The list of names below them.
    pub(super) names: String,
    pub(super) hashed_payload: String,
    pub(super) timestamp: i64,
    /// Date and service of the scope in the string to sign.
    pub(super) scope: (String, String),
    /// Date and service the key is derived from.
    pub(super) derived_from: (String, String),
    pub(super) secret_key: String,
}

impl Calculation {
    pub(super) fn canonical_request(&self) -> String {
        let lines: Vec<(&str, &str)> = self.lines.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let lines = v3::canonical_headers(&lines);
        format!("{}\n/\n{}\n{lines}\n{}\n{}", self.method, self.query, self.names, self.hashed_payload)
    }

    pub(super) fn string_to_sign(&self) -> String {
        let scope = v3::credential_scope(&self.scope.0, &self.scope.1);
        v3::string_to_sign(self.timestamp, &scope, &self.canonical_request())
    }

    pub(super) fn signature(&self) -> String {
        let key = v3::signing_key(&self.secret_key, &self.derived_from.0, &self.derived_from.1);
        v3::signature(&key, &self.string_to_sign())
    }

    /// The same with another value of a signed header.
    pub(super) fn with_value(&self, name: &str, value: &str) -> Option<Self> {
        let mut changed = self.clone();
        let line = changed.lines.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        if line.1 == value {
            return None;
        }
        value.clone_into(&mut line.1);
        Some(changed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_specifications_calculation() {
        let headers = [("content-type", "application/json"), ("host", "ess.tencentcloudapi.com")];
        let own = |text: &str| text.to_owned();
        let calculation = Calculation {
            method: "POST",
            query: String::new(),
            lines: headers.map(|(name, value)| (own(name), own(value))).to_vec(),
            names: v3::signed_headers(&headers),
            hashed_payload: v3::hashed_payload(b"{}"),
            timestamp: 1_700_000_000,
            scope: (own("2023-11-14"), own("ess")),
            derived_from: (own("2023-11-14"), own("ess")),
            secret_key: own("secret"),
        };

        let request = v3::canonical_request("POST", "/", "", &headers, &v3::hashed_payload(b"{}"));
        assert_eq!(calculation.canonical_request(), request);
        let scope = v3::credential_scope("2023-11-14", "ess");
        let expected = v3::signature(
            &v3::signing_key("secret", "2023-11-14", "ess"),
            &v3::string_to_sign(1_700_000_000, &scope, &request),
        );
        assert_eq!(calculation.signature(), expected);
    }
}
