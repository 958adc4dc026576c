//! Calling an action, and holding what comes back against what was expected and against the contract.

use ess_schemas::Service;
use serde_json::{Map, Value};

use super::exchange::exchange;
use super::judging::{Expected, Wanted};
use super::watch::{Going, Stop};
use super::{End, Stage, spoiled};
use crate::outcome::{Answer, Observation};
use crate::suite::matcher;
use crate::suite::names::Span;
use crate::suite::rehearsal::usual_key;
use crate::suite::request;
use crate::suite::step::Call;

/// How often a call is repeated `until` something holds, a second apart.
pub(crate) const MOST_TRIES: u64 = 30;

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
        let mut request = self.request(call)?;
        let spoil = call.spoil.as_ref().map(|spoil| self.names.resolve(spoil)).transpose()?;
        let refused = call.refused.as_ref().map(|refused| self.names.resolve(&refused.value)).transpose()?;
        let wanted = match refused.filter(|refused| !refused.is_null()) {
            Some(refused) => Wanted::Refused(refused),
            None => Wanted::Answers(self.map(call.answers.as_ref())?),
        };
        let until = self.map(call.until.as_ref())?;

        let key = self.key(call)?;
        let client = self.client(&key)?;
        // A spoiled request may be one of another action.
        let goes_out = spoil.as_ref().and_then(|spoil| spoil["action"].as_str()).unwrap_or(action);
        for attempt in 1.. {
            if !self.world.pace.is_zero() {
                tokio::time::sleep(self.world.pace).await;
            }
            let mut going = Going {
                service,
                action: goes_out,
                key: &key,
                request: &mut request,
                refused: matches!(wanted, Wanted::Refused(_)),
                deadlines_matter: self.deadlines_matter,
                now: self.names.now,
            };
            let ticket = self.watch.before(&mut going).map_err(|stop| match stop {
                Stop::Enough(why) => End::Skipped(why),
                Stop::Broken(why) => End::Broken(why),
            })?;
            let sending = spoiled::request(service, action, going.request, spoil.as_ref()).map_err(End::Broken)?;
            let (mut answer, envelope) = exchange(&client, &sending).await;
            self.watch.after(ticket, &going, &mut answer);
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
        let with = self.names.resolve(&call.with)?;
        let set = call.set.as_ref().map(|set| self.names.resolve(set)).transpose()?;
        request::request(with, set.as_ref()).map_err(End::Broken)
    }

    fn key(&self, call: &Call) -> Result<String, End> {
        let key = call.by.as_ref().map(|by| self.names.resolve(&Value::from(by.as_str()))).transpose()?;
        let key = key.as_ref().and_then(Value::as_str);
        Ok(key.unwrap_or_else(|| usual_key(&call.action.value)).to_owned())
    }

    pub(super) fn client(&self, key: &str) -> Result<ess_client::Client, End> {
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

/// `essbasic.ChannelCancelFlow` is the platform's; anything else the company's.
pub(crate) fn service_and_action(name: &str) -> (Service, &str) {
    name.strip_prefix("essbasic.").map_or((Service::Ess, name), |action| (Service::Essbasic, action))
}

fn holds_yet(until: &Map<String, Value>, answer: &Answer) -> bool {
    matches!(answer, Answer::Answered(answer) if matcher::compare(until, answer).is_empty())
}
