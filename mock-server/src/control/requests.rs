//! `/_mock/requests`: what was asked of a world and what was answered; verifying that it was asked as often as expected.

use axum::Json;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::errors::Failure;
use super::request::{Body, Id, Query as Parameters, World};
use crate::gateway::signature::Autopsy;
use crate::journal::entry::{Injected, Outcome};
use crate::journal::likeness::{Likeness, differences};
use crate::journal::query::{Found, Wanted};
use crate::journal::{Count, Entry, Query, assumed, unread};

/// How many entries are shown unless more are asked for.
const SHOWN: usize = 100;
/// How many near misses a failed verification tells of.
const NEAR_MISSES: usize = 5;

/// The filters of a list. Flattening would cost the messages their field names.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Filter {
    action: Option<String>,
    organization: Option<String>,
    mentions: Option<String>,
    outcome: Option<Outcome>,
    code: Option<String>,
    injected: Option<bool>,
    assumed: Option<bool>,
    unread: Option<bool>,
    #[serde(default)]
    since: u64,
    limit: Option<usize>,
}

impl Filter {
    fn query(self) -> Query {
        let Self { action, organization, mentions, outcome, code, injected, assumed, unread, since, limit: _ } = self;
        Query { action, organization, mentions, outcome, code, injected, assumed, unread, since }
    }
}

/// Entries that fit.
#[derive(Serialize)]
pub(super) struct List {
    /// How many there were: a number, or `"unknown"` where the time asked about is partly gone.
    count: Value,
    /// How many of them are still there.
    at_least: usize,
    /// How many of this world's entries went to make room.
    evicted: u64,
    /// Say `since` with this to see only what comes later.
    latest: u64,
    requests: Vec<Shown>,
}

/// One call.
#[derive(Serialize)]
pub(super) struct Shown {
    number: u64,
    at: i64,
    action: String,
    version: Option<&'static str>,
    organization: Option<String>,
    client: String,
    request: Value,
    #[serde(rename = "RequestId")]
    request_id: String,
    outcome: Outcome,
    #[serde(rename = "Code", skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    #[serde(rename = "Message", skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    /// Why it was refused, in our own word.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    response: Value,
    fidelity: &'static str,
    /// Fields that were sent and that no rule reads.
    unread: Vec<String>,
    /// Assumed rules the answer rests on.
    assumed: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<Injected>,
    #[serde(skip_serializing_if = "Option::is_none")]
    autopsy: Option<Autopsy>,
}

/// What is expected to have been asked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Expectation {
    action: Option<String>,
    organization: Option<String>,
    mentions: Option<String>,
    outcome: Option<Outcome>,
    code: Option<String>,
    #[serde(default)]
    since: u64,
    /// The parameters, or a part of them.
    body: Option<Value>,
    #[serde(default, rename = "match")]
    likeness: Likeness,
    /// How often; once when left out.
    #[serde(default)]
    times: Times,
}

/// How often something is expected.
#[derive(Clone, Copy, Deserialize)]
#[serde(untagged, expecting = "a number, or {\"at_least\": 1, \"at_most\": 2} with one of the two or both")]
enum Times {
    Exactly(usize),
    Between(Range),
}

#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Range {
    at_least: Option<usize>,
    at_most: Option<usize>,
}

impl Default for Times {
    fn default() -> Self {
        Self::Exactly(1)
    }
}

#[derive(Serialize)]
pub(super) struct Verified {
    verified: bool,
    count: usize,
}

#[derive(Serialize)]
pub(super) struct Cleared {
    cleared: usize,
}

/// The newest entries that fit, oldest first.
pub(super) async fn list(World(account): World, Parameters(filter): Parameters<Filter>) -> Json<List> {
    let limit = filter.limit.unwrap_or(SHOWN);
    let query = filter.query();
    let Found { entries, count, latest, evicted } = account.read_journal(|journal| query.find(journal, None));
    let newest = entries.len().saturating_sub(limit);
    let (count, at_least) = match count {
        Count::Exactly(count) => (count.into(), count),
        Count::Unknown { at_least } => ("unknown".into(), at_least),
    };
    let requests = entries[newest..].iter().map(|entry| shown(entry)).collect();
    Json(List { count, at_least, evicted, latest, requests })
}

/// One entry by its number.
pub(super) async fn show(World(account): World, Id(number): Id) -> Result<Json<Shown>, Failure> {
    let wanted = number.parse().map_err(|_| {
        Failure::bad_request(format!("`{number}` is no number of a request. GET /_mock/requests shows the numbers."))
    })?;
    let (entry, latest) = account.read_journal(|journal| (journal.entry(wanted).cloned(), journal.latest()));
    entry.map(|entry| Json(shown(&entry))).ok_or_else(|| {
        Failure::not_found(if wanted == 0 || wanted > latest {
            format!("There is no request {wanted} yet: the newest is {latest}.")
        } else {
            format!("Request {wanted} is no longer kept. GET /_mock/requests shows those that are.")
        })
    })
}

/// Says whether something was asked as often as expected, and if not, what came nearest.
pub(super) async fn verify(
    World(account): World,
    Body(expected): Body<Expectation>,
) -> Result<Json<Verified>, Failure> {
    let Expectation { action, organization, mentions, outcome, code, since, body, likeness, times } = expected;
    let query = Query { action, organization, mentions, outcome, code, since, ..Query::default() };
    if let Some(name) = &query.action
        && !ess_schemas::Service::ALL.into_iter().any(|service| ess_schemas::action(service, name).is_some())
    {
        return Err(Failure::bad_request(format!("action: no service has an action `{name}`.")));
    }
    let wanted = body.map(|body| Wanted { body, likeness });
    let (found, others) = account.read_journal(|journal| {
        let found = query.find(journal, wanted.as_ref());
        (found, wanted.as_ref().map(|_| query.find(journal, None).entries).unwrap_or_default())
    });
    let count = match found.count {
        Count::Exactly(count) => count,
        Count::Unknown { at_least } => {
            return Err(Failure::conflict(format!(
                "Unknown: {} requests of this world are no longer kept, and some of them may fit. {at_least} of those kept \
                 do. Say `since` with a later number, or start the server with a larger --journal-size.",
                found.evicted
            )));
        }
    };
    if times.allows(count) {
        return Ok(Json(Verified { verified: true, count }));
    }
    let mut told = format!("Expected {}, found {count}{}.", times.in_words(), numbers(&found));
    if let Some(wanted) = wanted {
        let misses = others.iter().rev().filter_map(|entry| {
            let differences = differences(&wanted.body, &entry.asked.body.value(), wanted.likeness);
            (!differences.is_empty()).then(|| format!(" Request {} differs: {}.", entry.number, differences.join("; ")))
        });
        told.extend(misses.take(NEAR_MISSES));
    }
    Err(Failure::conflict(told))
}

/// Forgets what was asked so far.
pub(super) async fn clear(World(account): World) -> Json<Cleared> {
    Json(Cleared { cleared: account.clear_journal() })
}

fn numbers(found: &Found) -> String {
    let all: Vec<String> = found.entries.iter().map(|one| one.number.to_string()).collect();
    if all.is_empty() { String::new() } else { format!(" (requests {})", all.join(", ")) }
}

impl Times {
    fn allows(self, count: usize) -> bool {
        match self {
            Self::Exactly(times) => count == times,
            Self::Between(Range { at_least, at_most }) => {
                at_least.is_none_or(|least| count >= least) && at_most.is_none_or(|most| count <= most)
            }
        }
    }

    fn in_words(self) -> String {
        match self {
            Self::Exactly(times) => format!("exactly {times}"),
            Self::Between(Range { at_least, at_most }) => {
                let least = at_least.map(|least| format!("at least {least}"));
                let most = at_most.map(|most| format!("at most {most}"));
                let words: Vec<String> = least.into_iter().chain(most).collect();
                if words.is_empty() { "any number".to_owned() } else { words.join(" and ") }
            }
        }
    }
}

fn shown(entry: &Entry) -> Shown {
    let (asked, answered) = (&entry.asked, &entry.answered);
    Shown {
        number: entry.number,
        at: entry.at.seconds(),
        action: asked.action.to_string(),
        version: asked.contract.map(|contract| contract.service.version()),
        organization: asked.organization.as_ref().map(ToString::to_string),
        client: asked.client.clone(),
        request: asked.body.value(),
        request_id: answered.request_id.clone(),
        outcome: answered.outcome,
        code: answered.error.as_ref().map(|error| error.code.to_string()),
        message: answered.error.as_ref().map(|error| error.message.to_string()),
        reason: answered.reason,
        response: answered.body.value(),
        fidelity: answered.fidelity.word(),
        unread: unread::fields_of(entry),
        assumed: assumed::rules_behind(entry),
        fault: answered.injected.clone(),
        autopsy: answered.autopsy.as_deref().cloned(),
    }
}
