//! Taking back what runs have left behind, from what their ledger says.
//!
//! A contract is looked at first: one that has ended needs nothing. What still runs is withdrawn. A call whose answer was lost is looked
//! for by the names it sent, in the company's bill, which lists every contract that was launched. How a service says all this: [`words`].

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use ess_client::Client;
use ess_client::raw::RawRequest;
use ess_schemas::Service;
use jiff::tz::Offset;
use serde_json::{Value, json};

use super::effects::{Kind, Object};
use super::ledger::{Gone, Intent, Ledger, Line};
use super::words;
use crate::outcome::Answer;
use crate::stage::exchange::exchange;

/// Why contracts are withdrawn, for those who have them on their phones.
const REASON: &str = "一致性测试结束，自动撤销";
/// Contracts that are looked at in one call. (api DescribeFlowBriefs)
const MOST_AT_ONCE: usize = 100;
/// Rows of a bill's page, and pages that are read of a day. (api DescribeBillUsageDetail)
const ROWS: usize = 100;
const PAGES: u64 = 200;
/// How often a call is tried whose answer does not come, and how long apart.
const TRIES: usize = 3;
const PAUSE: Duration = Duration::from_secs(1);

/// What was found and done.
#[derive(Debug, Default)]
pub struct Cleanup {
    /// What is there still, or may be, one sentence each.
    pub residue: Vec<String>,
    /// What was seen to, counted.
    pub gone: BTreeMap<(Kind, Gone), usize>,
}

/// Sees to everything that is open of runs at a target; `clients` are those of its profile's keys.
///
/// # Errors
/// The ledger cannot be written.
pub async fn clean_up(
    ledger: &mut Ledger,
    target: &str,
    clients: &BTreeMap<String, Client>,
    now: i64,
) -> Result<Cleanup, String> {
    let mut cleaning = Cleaning { ledger, clients, now, done: Cleanup::default() };
    for intent in cleaning.ledger.open_at(target).unanswered {
        cleaning.look_for(&intent).await?;
    }
    let mut accounts: BTreeMap<(String, String), Vec<(Object, Intent)>> = BTreeMap::new();
    for (object, intent) in cleaning.ledger.open_at(target).objects {
        accounts.entry((intent.key.clone(), intent.actor.to_string())).or_default().push((object, intent));
    }
    for open in accounts.into_values() {
        cleaning.account(open).await?;
    }
    let others = cleaning.ledger.open_elsewhere(target);
    cleaning
        .done
        .residue
        .extend(others.into_iter().map(|other| format!("what a run at {other} has left: clean up there")));
    Ok(cleaning.done)
}

struct Cleaning<'a> {
    ledger: &'a mut Ledger,
    clients: &'a BTreeMap<String, Client>,
    now: i64,
    done: Cleanup,
}

impl Cleaning<'_> {
    /// What came of a call whose answer nobody saw.
    async fn look_for(&mut self, intent: &Intent) -> Result<(), String> {
        let call = intent.call;
        if intent.contracts == 0 {
            // A file or a code whose id nobody knows cannot be used by anybody.
            let why = "nobody knows its id, so nobody can use it".to_owned();
            return self.ledger.add(Line::Vanished { call, why });
        }
        let ended = intent.ends.is_some_and(|ends| ends <= self.now);
        if ended {
            let why = "its deadline has passed".to_owned();
            return self.ledger.add(Line::Vanished { call, why });
        }
        let unknown = match self.in_the_bill(intent).await {
            Ok(ids) if u64::try_from(ids.len()).is_ok_and(|found| found >= intent.contracts) => {
                let objects = ids.into_iter().map(|id| Object { kind: Kind::Contract, id }).collect();
                return self.ledger.add(Line::Created { call, objects });
            }
            Ok(ids) if ids.is_empty() => "the company's bill does not list it".to_owned(),
            Ok(ids) => {
                let residue = format!("the company's bill lists {} of {}", ids.len(), intent.contracts);
                // Those are withdrawn; the call stays open.
                for id in ids {
                    let object = Object { kind: Kind::Contract, id };
                    self.account(vec![(object, intent.clone())]).await?;
                }
                residue
            }
            Err(why) => why,
        };
        let names = intent.names.join(", ");
        let until =
            intent.ends.map(|ends| format!("; what there is of it ends at {}", beijing(ends, "%Y-%m-%d %H:%M:%S")));
        self.done.residue.push(format!(
            "{} {names:?}, sent at {}: its answer was lost, and {unknown}{}",
            intent.action,
            beijing(intent.at, "%Y-%m-%d %H:%M:%S"),
            until.unwrap_or_default()
        ));
        Ok(())
    }

    /// Ids of contracts of these names, from the days on which they can have been paid for.
    async fn in_the_bill(&self, intent: &Intent) -> Result<Vec<String>, String> {
        if intent.names.is_empty() {
            return Err("it had no name of its own to be found by".to_owned());
        }
        let mut days =
            vec![beijing(intent.at, "%Y%m%d"), beijing((intent.at + 86_400).min(self.now.max(intent.at)), "%Y%m%d")];
        days.dedup();
        let words = words::of(&intent.service)?;
        let mut ids = Vec::new();
        for day in days {
            for page in 0..PAGES {
                let mut request = json!({"StartTime": day, "EndTime": day, "Offset": page, "Limit": ROWS});
                words.bill_of(&mut request, &intent.actor);
                let answer = self.ask(words.service, &intent.key, words.bill, request).await?;
                let rows = answer["Details"].as_array().map_or(&[][..], Vec::as_slice);
                let ours = rows.iter().filter(|row| intent.names.iter().any(|name| row["FlowName"] == name.as_str()));
                ids.extend(ours.filter_map(|row| row["FlowId"].as_str()).map(str::to_owned));
                if rows.len() < ROWS {
                    break;
                }
            }
        }
        ids.sort();
        ids.dedup();
        Ok(ids)
    }

    /// What one key made in one person's name.
    async fn account(&mut self, open: Vec<(Object, Intent)>) -> Result<(), String> {
        let (contracts, others): (Vec<_>, Vec<_>) =
            open.into_iter().partition(|(object, _)| object.kind == Kind::Contract);
        for (object, intent) in others {
            match object.kind {
                Kind::Code => self.withdraw(object, &intent).await?,
                Kind::File | Kind::Report | Kind::Contract => self.gone(object, Gone::Stays)?,
            }
        }
        for some in contracts.chunks(MOST_AT_ONCE) {
            let Some((_, intent)) = some.first() else { continue };
            let ids: Vec<&str> = some.iter().map(|(object, _)| object.id.as_str()).collect();
            let words = words::of(&intent.service)?;
            let request = words.in_the_name_of(&intent.actor, json!({"FlowIds": ids}));
            // What cannot be looked at is withdrawn on suspicion.
            let seen = self.ask(words.service, &intent.key, words.look, request).await.unwrap_or_default();
            for (object, intent) in some {
                match words.ending(&seen, &object.id) {
                    Some(how) => self.gone(object.clone(), how)?,
                    None => self.withdraw(object.clone(), intent).await?,
                }
            }
        }
        Ok(())
    }

    async fn withdraw(&mut self, object: Object, intent: &Intent) -> Result<(), String> {
        let words = words::of(&intent.service)?;
        let (action, request) = match object.kind {
            Kind::Code => (words.cancel_code, json!({"QrCodeId": object.id})),
            Kind::Contract | Kind::File | Kind::Report => {
                (words.cancel, json!({"FlowId": object.id, "CancelMessage": REASON}))
            }
        };
        let request = words.in_the_name_of(&intent.actor, request);
        match self.ask(words.service, &intent.key, action, request).await {
            Ok(_) => self.gone(object, Gone::Cancelled),
            Err(why) => {
                self.done.residue.push(format!("{} {}: {action}: {why}", object.kind.word(), object.id));
                Ok(())
            }
        }
    }

    fn gone(&mut self, object: Object, how: Gone) -> Result<(), String> {
        *self.done.gone.entry((object.kind, how)).or_default() += 1;
        self.ledger.add(Line::Gone { object, how })
    }

    /// A call that may be repeated.
    async fn ask(&self, service: Service, key: &str, action: &str, request: Value) -> Result<Value, String> {
        let client = self.clients.get(key).ok_or_else(|| format!("the profile has no key `{key}` any more"))?;
        let request = RawRequest::new(service, action, request);
        let mut lost = String::new();
        for attempt in 0..TRIES {
            if attempt > 0 {
                tokio::time::sleep(PAUSE).await;
            }
            match exchange(client, &request).await.0 {
                Answer::Answered(answer) => return Ok(answer),
                Answer::Refused { code, message } if code.starts_with("RequestLimitExceeded") => {
                    lost = format!("{code}: {message}");
                }
                Answer::Refused { code, message } => return Err(format!("{code}: {message}")),
                Answer::Lost(why) => lost = why,
            }
        }
        Err(lost)
    }
}

fn beijing(at: i64, format: &str) -> String {
    let time = jiff::Timestamp::from_second(at).unwrap_or_default();
    Offset::constant(8).to_datetime(time).strftime(format).to_string()
}

impl fmt::Display for Cleanup {
    /// The last line says whether anything is left.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cannot = |how: Gone| match how {
            Gone::Cancelled => "withdrawn",
            Gone::Ended => "had ended already",
            Gone::Signed => "signed by everybody, which nobody can take back",
            Gone::Stays => "cannot be taken back; harmless",
        };
        for ((kind, how), count) in &self.gone {
            writeln!(out, "{count} × {}: {}", kind.word(), cannot(*how))?;
        }
        if self.residue.is_empty() {
            return write!(out, "residue: 0");
        }
        write!(out, "residue: {}", self.residue.len())?;
        self.residue.iter().try_for_each(|one| write!(out, "\n  {one}"))
    }
}
