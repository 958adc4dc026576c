//! A call made twice with one `ClientToken` is answered the same again, where the world's settings say so
//! (`seed scenario-guide`; the field is no longer used, `api CreateDocument`).

use serde_json::Value;

use super::{Reply, Work};
use crate::engine::answers::Question;

/// The token of a request, where it has one.
pub(super) fn token(parameters: &Value) -> Option<String> {
    let token = parameters.get("ClientToken")?.as_str()?;
    (!token.is_empty()).then(|| token.to_owned())
}

/// Does the work once for each token; a refusal is not remembered, so that the call may be made again.
pub(super) fn once(action: &'static str, token: Option<String>, work: Work) -> Work {
    let Some(token) = token else { return work };
    Box::new(move |call| {
        if !call.world.settings.client_token_idempotency.is_on() {
            return work(call);
        }
        let question = Question { company: call.caller.organization().clone(), action: action.to_owned(), token };
        if let Some(answer) = call.world.answers.get(&question) {
            return Ok(Reply::Response(answer.to_vec()));
        }
        let answer = work(call)?;
        if let Reply::Response(response) = &answer {
            call.world.answers.keep(question, response);
        }
        Ok(answer)
    })
}
