//! HmacSHA1 and HmacSHA256 over the decoded parameters: what Python, Go, Node and Java send when told to (wire). The PHP
//! SDK signs nested values as the word `Array`; no server can verify that.

use ess_client::signature::v1;

use super::super::credential::V1Proof;
use super::super::incoming::{Incoming, Params};
use super::{Autopsy, Rejection, same, without_port};

/// Checks the signature of a request whose timestamp has been found fresh.
pub(super) fn verify(incoming: &Incoming<'_>, proof: &V1Proof<'_>, secret_key: &str) -> Result<(), Rejection> {
    let method = proof.method.as_deref().unwrap_or(v1::Algorithm::HmacSha1.name());
    let Some(algorithm) = v1::Algorithm::named(method) else {
        return Err(Autopsy::new(format!("SignatureMethod `{method}` is neither HmacSHA1 nor HmacSHA256")).into());
    };
    let Params::Pairs(pairs) = &incoming.params else {
        return Err(Autopsy::new("the older signature covers a query or a form, and this is neither").into());
    };

    let mut autopsy = Autopsy::new("no signature of these parameters by their key is the one given")
        .hint("the secret key may be another one, or the signature was not escaped on its way (`+` became a space)");
    for host in [Some(incoming.host), without_port(incoming.host)].into_iter().flatten() {
        let parameters = pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref()));
        let string_to_sign = v1::string_to_sign(incoming.method.name(), host, "/", parameters);
        if same(&proof.signature, &v1::signature(secret_key, algorithm, &string_to_sign)) {
            return Ok(());
        }
        autopsy = autopsy.showing("string to sign", &string_to_sign);
    }
    Err(autopsy.into())
}
