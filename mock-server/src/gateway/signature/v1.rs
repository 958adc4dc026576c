//! HmacSHA1 and HmacSHA256 over the decoded parameters: what Python, Go, Node and Java send when told to (wire). The PHP
//! SDK signs nested values as the word `Array`; no server can verify that.

use ess_client::signature::v1;

use super::super::credential::V1Proof;
use super::super::incoming::{Incoming, Params};
use super::autopsy::{Cause, Difference};
use super::{Autopsy, Rejection, same, without_port};

/// Checks the signature of a request whose timestamp has been found fresh.
pub(super) fn verify(incoming: &Incoming<'_>, proof: &V1Proof<'_>, secret_key: &str) -> Result<(), Rejection> {
    let method = proof.method.as_deref().unwrap_or(v1::Algorithm::HmacSha1.name());
    let Some(algorithm) = v1::Algorithm::named(method) else {
        let finding = format!("SignatureMethod `{method}` is neither HmacSHA1 nor HmacSHA256");
        return Err(Autopsy::new(Cause::Key, finding).into());
    };
    let Params::Pairs(pairs) = &incoming.params else {
        let finding = "the older signature covers a query or a form, and this is neither";
        return Err(Autopsy::new(Cause::PayloadHash, finding).into());
    };
    let string_to_sign = |host: &str| {
        let parameters = pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref()));
        v1::string_to_sign(incoming.method.name(), host, "/", parameters)
    };
    for host in [Some(incoming.host), without_port(incoming.host)].into_iter().flatten() {
        if same(&proof.signature, &v1::signature(secret_key, algorithm, &string_to_sign(host))) {
            return Ok(());
        }
    }
    let explained = explain(proof, algorithm, incoming.host, string_to_sign, secret_key);
    Err(explained.showing("", &string_to_sign(incoming.host)).into())
}

/// Finds the mistake that explains the signature.
fn explain(
    proof: &V1Proof<'_>,
    algorithm: v1::Algorithm,
    sent_host: &str,
    string_to_sign: impl Fn(&str) -> String,
    secret_key: &str,
) -> Autopsy {
    let ours = string_to_sign(sent_host);
    let is = |algorithm, secret: &str, text: &str| same(&proof.signature, &v1::signature(secret, algorithm, text));
    if same(&proof.signature.replace(' ', "+"), &v1::signature(secret_key, algorithm, &ours)) {
        return Autopsy::new(Cause::PayloadHash, "the signature was not escaped on its way: `+` became a blank");
    }
    for host in ["ess.tencentcloudapi.com", "essbasic.tencentcloudapi.com", "localhost", "127.0.0.1"] {
        let theirs = string_to_sign(host);
        if is(algorithm, secret_key, &theirs) {
            let finding =
                format!("the client signed the Host `{host}` and sent `{sent_host}`: sign the address that is called");
            return Autopsy::new(Cause::Host, finding).differing(Difference::between("string to sign", &ours, &theirs));
        }
    }
    for other in [v1::Algorithm::HmacSha1, v1::Algorithm::HmacSha256] {
        if other != algorithm && is(other, secret_key, &ours) {
            let finding =
                format!("the client signed with {}, and SignatureMethod says {}", other.name(), algorithm.name());
            return Autopsy::new(Cause::Key, finding);
        }
    }
    for secret in [format!("{secret_key}\n"), format!("{secret_key} "), format!(" {secret_key}")] {
        if is(algorithm, &secret, &ours) {
            return Autopsy::new(Cause::Key, "the client signed with the secret key and a blank or line end at it");
        }
    }
    Autopsy::new(
        Cause::Key,
        "no single mistake known here explains the signature: the secret key is most likely another one; compare the text \
         below with the one the client signed",
    )
}
