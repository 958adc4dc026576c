//! A key, and the `Authorization` it gives a request.

use ess_client::signature::v3;

/// A SecretId with its SecretKey.
#[derive(Clone)]
pub struct Key {
    /// The key's name.
    pub id: String,
    /// The secret itself.
    pub secret: String,
}

/// Everything a signature of the newer generation covers, as the client believes to send it.
#[derive(Clone, Copy)]
pub struct Signing<'a> {
    /// Seconds since 1970.
    pub timestamp: i64,
    /// The service of the credential scope: a product's name, or whatever the client takes for it.
    pub service: &'a str,
    /// `GET` or `POST`.
    pub method: &'a str,
    /// The raw query of a GET.
    pub query: &'a str,
    /// The signed headers in their order, names in lower case.
    pub headers: &'a [(&'a str, &'a str)],
    /// The body, or what stands for it.
    pub payload: &'a [u8],
}

impl Key {
    /// A key of these two texts.
    pub fn new(id: impl Into<String>, secret: impl Into<String>) -> Self {
        Self { id: id.into(), secret: secret.into() }
    }

    /// The value of `Authorization`.
    pub fn authorization(&self, signing: &Signing<'_>) -> String {
        let payload = v3::hashed_payload(signing.payload);
        let request = v3::canonical_request(signing.method, "/", signing.query, signing.headers, &payload);
        let date = v3::date(signing.timestamp).unwrap_or_default();
        let scope = v3::credential_scope(&date, signing.service);
        let key = v3::signing_key(&self.secret, &date, signing.service);
        let signature = v3::signature(&key, &v3::string_to_sign(signing.timestamp, &scope, &request));
        v3::authorization(&self.id, &scope, &v3::signed_headers(signing.headers), &signature)
    }
}
