//! What the gateway lets through.

use serde_json::Value;

use super::defect;
use super::edits::remove;
use crate::defect::{Defect, Trick};
use crate::proxy::asked::Asked;

pub(super) fn defects() -> Vec<Defect> {
    vec![
        let_through("signatures_unchecked", "a wrong signature is accepted", "AuthFailure.SignatureFailure", |_| ()),
        let_through("signatures_live_on", "a signature of any age is accepted", "AuthFailure.SignatureExpire", |_| ()),
        let_through("any_version", "a version nobody has is taken for the newest", "NoSuchVersion", |_| ()),
        let_through(
            "unknown_parameters_ignored",
            "a parameter the action does not have is ignored",
            "UnknownParameter",
            |asked| {
                remove(&mut asked.parameters, "Nothing");
                remove(&mut asked.parameters, "flowids");
                remove(&mut asked.parameters, "Operator.Nothing");
                remove(&mut asked.parameters, "FlowForwardInfos.1.Nothing");
            },
        ),
        let_through(
            "types_converted",
            "numbers for texts and texts for numbers are converted",
            "InvalidParameter",
            convert,
        ),
        let_through("regions_unchecked", "a region that cannot be one is accepted", "InvalidParameterValue", |_| ()),
        let_through("headers_optional", "headers that are missing are made up", "MissingParameter", |_| ()),
        let_through(
            "authorization_unread",
            "a malformed Authorization is taken for one of an unknown key",
            "AuthFailure.InvalidAuthorization",
            |_| (),
        ),
    ]
}

/// Refused with this code, a call is mended, signed anew and carried out.
fn let_through(name: &'static str, says: &'static str, code: &'static str, mend: fn(&mut Asked)) -> Defect {
    defect(name, says, Trick::Forgiven(&["*"], code, Box::new(mend)))
}

fn convert(asked: &mut Asked) {
    let Some(parameters) = asked.parameters.as_object_mut() else { return };
    for (name, value) in parameters {
        match (name.as_str(), &*value) {
            ("FlowId", Value::Number(number)) => *value = number.to_string().into(),
            ("UrlType" | "Limit" | "Offset", _) => *value = 0.into(),
            _ => {}
        }
    }
}
