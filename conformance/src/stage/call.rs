//! Calling an action, and holding what comes back against what was expected and against the contract.

use ess_client::raw::{Opened, RawAnswer};
use ess_schemas::Service;
use serde_json::{Map, Value};

use super::judging::{Expected, Wanted, envelope_differences};
use super::{End, Stage, spoiled};
use crate::outcome::{Answer, Observation};
use crate::suite::matcher;
use crate::suite::names::Span;
use crate::suite::step::Call;

/// How often a call is repeated `until` something holds, a second apart.
const MOST_TRIES: usize = 30;
/// The key a call is signed with when it names none.
const OWN: &str = "own";

/// Refusals that a real account may get for any call, which say nothing about the rule a case is about. (common codes, sdk)
const DECLINES: [&str; 10] = [
    "UnauthorizedOperation.NoPermissionFeature",
    "AuthFailure.UnauthorizedOperation",
    "OperationDenied.WhiteListForbid",
    "OperationDenied.NoQuota",
    "FailedOperation.BalanceNotEnough",
    "OperationDenied.OutQueryLimit",
    "RequestLimitExceeded",
    "ServiceUnavailable",
    "InvalidAction",
    "ActionOffline",
];

impl Stage<'_> {
    pub(super) async fn call(&mut self, call: &Call) -> Result<(), End> {
        let (service, action) = service_and_action(&call.action.value);
        let request = self.request(call)?;
        let spoil = call.spoil.as_ref().map(|spoil| self.names.resolve(spoil)).transpose()?;
        let refused = call.refused.as_ref().map(|refused| self.names.resolve(&refused.value)).transpose()?;
        let wanted = match refused.filter(|refused| !refused.is_null()) {
            Some(refused) => Wanted::Refused(refused),
            None => Wanted::Answers(self.map(call.answers.as_ref())?),
        };
        let until = self.map(call.until.as_ref())?;

        let client = self.client(call.by.as_ref())?;
        for attempt in 1.. {
            self.watch.before(action, &request).map_err(End::Broken)?;
            let sending = spoiled::request(service, action, &request, spoil.as_ref()).map_err(End::Broken)?;
            let (answer, envelope) = match client.send_raw(&sending).await {
                Ok(raw) => (read(&raw), envelope_differences(&raw)),
                Err(error) => (Answer::Lost(chain(&error)), Vec::new()),
            };
            self.watch.after(action, &request, &answer);
            self.observations.push(Observation { action: call.action.value.clone(), answer: answer.clone() });
            if !until.is_empty() && attempt < MOST_TRIES && !holds_yet(&until, &answer) {
                self.wait(&Span { text: "1s".to_owned(), seconds: 1 }).await?;
                continue;
            }
            let expected =
                Expected { contract: ess_schemas::action(service, action), wanted, until, excuses: self.excuses() };
            expected.judge(&answer, envelope)?;
            return match answer {
                Answer::Answered(answer) => self.keep(&call.keep, &answer),
                Answer::Refused { .. } | Answer::Lost(_) => Ok(()),
            };
        }
        Ok(())
    }

    /// Only the fake has no excuse.
    fn excuses(&self) -> &'static [&'static str] {
        if self.world.fake.is_some() { &[] } else { &DECLINES }
    }

    fn request(&self, call: &Call) -> Result<Value, End> {
        let mut request = self.names.resolve(&call.with)?;
        expand_operator(&mut request);
        for (path, value) in self.map(call.set.as_ref())? {
            put(&mut request, &path, value).map_err(End::Broken)?;
        }
        expand_operator(&mut request);
        Ok(request)
    }

    fn client(&self, by: Option<&String>) -> Result<ess_client::Client, End> {
        let key = by.map(|by| self.names.resolve(&Value::from(by.as_str()))).transpose()?;
        let key = key.as_ref().and_then(Value::as_str).unwrap_or(OWN);
        let client = self.world.clients.get(key).cloned();
        client.ok_or_else(|| End::Skipped(format!("the target's profile has no key `{key}`")))
    }

    /// A map of expectations, names resolved; a text may stand for one.
    pub(super) fn map(&self, value: Option<&Value>) -> Result<Map<String, Value>, End> {
        match value.map(|value| self.names.resolve(value)).transpose()? {
            None | Some(Value::Null) => Ok(Map::new()),
            Some(Value::Object(map)) => Ok(map),
            Some(other) => Err(End::Broken(format!("expected a map, found {other}"))),
        }
    }
}

/// `Operator: "${operator}"` names a user id alone.
fn expand_operator(request: &mut Value) {
    if let Some(Value::String(user)) = request.get("Operator") {
        request["Operator"] = serde_json::json!({"UserId": user.clone()});
    }
}

/// `essbasic.ChannelCancelFlow` is the platform's; anything else the company's.
pub(crate) fn service_and_action(name: &str) -> (Service, &str) {
    name.strip_prefix("essbasic.").map_or((Service::Ess, name), |action| (Service::Essbasic, action))
}

fn holds_yet(until: &Map<String, Value>, answer: &Answer) -> bool {
    matches!(answer, Answer::Answered(answer) if matcher::compare(until, answer).is_empty())
}

fn read(raw: &RawAnswer) -> Answer {
    match &raw.opened {
        Opened::Refused { code, message, .. } => Answer::Refused { code: code.clone(), message: message.clone() },
        // With its RequestId, which the schema asks for.
        Opened::Reply(_) => match serde_json::from_slice::<Value>(&raw.body) {
            Ok(mut body) => Answer::Answered(body["Response"].take()),
            Err(error) => Answer::Lost(error.to_string()),
        },
        Opened::Foreign => {
            let excerpt: String = String::from_utf8_lossy(&raw.body).chars().take(200).collect();
            Answer::Lost(format!("HTTP {}, and not the vendor's envelope: {excerpt:?}", raw.status))
        }
    }
}

/// An error and its causes in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}

/// Changes a request at a dotted path; null takes away.
fn put(request: &mut Value, path: &str, value: Value) -> Result<(), String> {
    let (head, last) = path.rsplit_once('.').map_or((None, path), |(head, last)| (Some(head), last));
    let mut at = request;
    for piece in head.into_iter().flat_map(|head| head.split('.')) {
        at = match (piece.parse::<usize>(), at) {
            (Ok(number), Value::Array(items)) => {
                items.get_mut(number).ok_or_else(|| format!("`set: {path}`: the list has no item {number}"))?
            }
            (_, Value::Object(map)) => map.entry(piece).or_insert_with(|| Value::Object(Map::new())),
            (_, other) => return Err(format!("`set: {path}`: `{piece}` is below {other}")),
        };
    }
    match (last.parse::<usize>(), at) {
        (Ok(number), Value::Array(items)) if number < items.len() && value.is_null() => drop(items.remove(number)),
        (Ok(number), Value::Array(items)) if number < items.len() => items[number] = value,
        (Ok(number), Value::Array(items)) if number == items.len() => items.push(value),
        (_, Value::Object(map)) if value.is_null() => drop(map.remove(last)),
        (_, Value::Object(map)) => drop(map.insert(last.to_owned(), value)),
        (_, other) => return Err(format!("`set: {path}`: `{last}` is below {other}")),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_request_is_changed_at_dotted_paths() {
        let mut request = json!({"Approvers": [{"Name": "甲"}, {"Name": "乙"}], "FlowName": "合同"});

        for (path, value) in [
            ("Approvers.0.Name", json!("丙")),
            ("Approvers.1", Value::Null),
            ("FlowName", Value::Null),
            ("New.Deep", json!(1)),
            ("Approvers.1", json!({})),
        ] {
            put(&mut request, path, value).unwrap();
        }

        assert_eq!(request, json!({"Approvers": [{"Name": "丙"}, {}], "New": {"Deep": 1}}));
        assert_eq!(
            put(&mut request, "Approvers.7.Name", json!(1)).unwrap_err(),
            "`set: Approvers.7.Name`: the list has no item 7"
        );
    }
}
