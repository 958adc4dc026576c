//! Who calls: a key pair, and the token of a temporary one.

use std::fmt;

/// A SecretId with its SecretKey, and a token if the pair is a temporary one. `Debug` shows the SecretId only.
#[derive(Clone)]
pub struct Credentials {
    pub(crate) secret_id: String,
    pub(crate) secret_key: String,
    pub(crate) token: Option<String>,
}

impl Credentials {
    /// A permanent key pair.
    pub fn new(secret_id: impl Into<String>, secret_key: impl Into<String>) -> Self {
        Self { secret_id: secret_id.into(), secret_key: secret_key.into(), token: None }
    }

    /// Makes it a temporary key pair: the token travels as `X-TC-Token`.
    pub fn with_token(self, token: impl Into<String>) -> Self {
        Self { token: Some(token.into()), ..self }
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Credentials").field("secret_id", &self.secret_id).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_the_key_nor_the_token_is_ever_printed() {
        let shown = format!("{:?}", Credentials::new("AKIDshown", "hidden").with_token("hidden"));

        assert!(shown.contains("AKIDshown") && !shown.contains("hidden"), "{shown}");
    }
}
