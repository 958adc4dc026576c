//! The gateway as a whole, from bytes to checked parameters.

mod hostile_input;
mod mutated_signatures;
mod odd_clients;
mod order_of_checks;

use http::request::Parts;
use serde_json::Value;

use super::credential::{self, Auth};
use super::fault::Fault;
use super::signature::{self, Key};
use super::{product, read, shape};

const SECRET_ID: &str = "AKIDgatewaytests";
const SECRET_KEY: &str = "EssMockTestSecretKey";

/// The moment all requests here are signed at: 2023-11-14 22:13:20 UTC.
const SIGNED_AT: i64 = 1_700_000_000;

/// A request as it comes from the wire.
struct Raw {
    head: Parts,
    body: Vec<u8>,
}

impl Raw {
    fn new(method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> Self {
        let mut request = http::Request::builder().method(method).uri(target);
        for (name, value) in headers {
            request = request.header(*name, http::HeaderValue::from_bytes(value.as_bytes()).unwrap());
        }
        Self { head: request.body(()).unwrap().into_parts().0, body: body.into() }
    }

    fn with_header(mut self, name: &'static str, value: &str) -> Self {
        self.head.headers.insert(name, value.parse().unwrap());
        self
    }

    /// Goes through the gateway's steps in their order.
    fn served(&self, auth: Auth, real_now: i64) -> Result<Value, Fault> {
        let incoming = read::read(&self.head, &self.body)?;
        let contract = product::contract(&incoming.version, &incoming.action)?;
        let credential = credential::read(&incoming, auth)?;
        let known = credential.secret_id.as_deref() == Some(SECRET_ID);
        let key = known.then_some(Key { secret_key: SECRET_KEY, token: None });
        signature::verify(&incoming, &credential, key, auth, real_now).map_err(|rejection| rejection.fault)?;
        shape::read(&incoming, contract)
    }
}
