//! People the platform knows beside companies' employees.

use super::register::Registered;

/// A person with an account of their own.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct PrivatePerson {
    /// Their mobile number, by which they are known.
    pub mobile: String,
    /// Their name.
    pub name: String,
    /// The scenes in which a machine may sign for them (`AutoSignScene`).
    pub auto_sign_scenes: Vec<String>,
    /// Whether they keep a signature a machine could use.
    pub has_signature: bool,
}

impl Registered for PrivatePerson {
    type Id = String;
    fn id(&self) -> &String {
        &self.mobile
    }
}
