//! A call that comes inside of another one, encrypted (`api CreateRequestWithEncryption` of both services).
//!
//! Here it is opened; [`crate::edge`] makes it as if it had come alone, and closes its answer. What is wrong with the envelope
//! is said in the open, what is wrong with the call inside of it in there.

use serde_json::{Value, json};

use crate::domain::refusal::Refusal;
use crate::domain::request_encryption::{Encrypted, RequestEncryption};

/// A call that was taken out of another one.
pub struct Enclosed {
    /// The action it asks for.
    pub action: String,
    /// Its body: parameters as JSON.
    pub body: Vec<u8>,
    agreed: RequestEncryption,
    request: Encrypted,
}

impl Enclosed {
    /// Takes it out.
    ///
    /// # Errors
    /// Nothing was agreed upon, or it does not open.
    pub fn open(agreed: Option<&RequestEncryption>, action: String, request: Encrypted) -> Result<Self, Refusal> {
        let agreed = agreed.ok_or(Refusal::EncryptionNotAgreed)?;
        Ok(Self { action, body: agreed.open(&request)?, agreed: agreed.clone(), request })
    }

    /// The response in which its answer goes back. The answer is closed whole, with the vendor's envelope and its own
    /// RequestId (ASSUMED: nobody says what is inside).
    #[must_use]
    pub fn close(&self, answer: &[u8]) -> Value {
        let Encrypted { iv, data, signature } = self.agreed.close(answer, self.agreed.iv_for(&self.request, answer));
        json!({ "IV": iv, "EncryptedData": data, "EncryptionSignature": signature })
    }
}
