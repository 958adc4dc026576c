//! Which codes an action may answer, and what is said with them.

use std::borrow::Cow;

use ess_schemas::{ActionContract, Service, describe};

use crate::coverage;
use crate::gateway::fault::Fault;
use crate::gateway::language::Language;

/// What the gateway answers for any action (page error-codes). With [`coverage::is_common`] these are the common codes.
const OF_THE_GATEWAY: [&str; 14] = [
    "ActionOffline",
    "AuthFailure.InvalidAuthorization",
    "AuthFailure.SecretIdNotFound",
    "AuthFailure.SignatureExpire",
    "AuthFailure.SignatureFailure",
    "AuthFailure.TokenFailure",
    "AuthFailure.UnauthorizedOperation",
    "InvalidRequest",
    "RequestLimitExceeded",
    "ResourceInUse",
    "ResourceInsufficient",
    "ResourceNotFound",
    "ResourceUnavailable",
    "ServiceUnavailable",
];

/// Whether any action may answer this code.
#[must_use]
pub fn is_common(code: &str) -> bool {
    coverage::is_common(code) || OF_THE_GATEWAY.contains(&code)
}

/// Whether this action may answer this code.
#[must_use]
pub fn is_documented(code: &str, contract: &ActionContract) -> bool {
    contract.lists(code) || is_common(code)
}

/// The published text of a code: the service's own, else the gateway's; none where no text is known.
#[must_use]
pub fn text(code: &str, service: Service) -> Option<Cow<'static, str>> {
    let gateways = || {
        let known = [Fault::SecretIdNotFound, Fault::TokenFailure, Fault::SignatureExpired, Fault::SignatureFailure];
        known.iter().find(|fault| fault.code() == code).map(|fault| fault.answer(Language::English).message)
    };
    describe(service, code).map(Cow::Borrowed).or_else(gateways)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_says_what_the_service_publishes_and_else_what_the_gateway_says() {
        assert_eq!(text("InternalError", Service::Ess).as_deref(), Some("内部错误。")); // sdk
        let expired = text("AuthFailure.SignatureExpire", Service::Ess);
        assert_eq!(expired.as_deref(), Some("The signature is expired, please request again."));
        assert_eq!(text("ServiceUnavailable", Service::Ess), None, "nobody published it");
    }
}
