//! Plays one story at a receiver, a delivery at a time, and looks at what it holds after each. The first breach ends the story: what comes
//! after it would only be its consequence.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use ess_client::callback::Generation;
use ess_mock_server::scenario::player::{Receiver, transmission};
use ess_mock_server::scenario::schedule::Sending;
use ess_mock_server::scenario::{Duty, Hostile, Outcome, Scenario, Sender};
use serde::Serialize;

use super::held::Held;
use super::ledger::{Due, Known, Ledger, Parcel};
use super::probe::{Asker, ProbeError};
use super::rules::{Breach, Case, Rule, judge_bystander, judge_end};
use super::status::Status;

/// The first pause before a receiver is asked again that has not come to what it must hold; each is twice the one before.
const PAUSE: Duration = Duration::from_millis(5);

/// Who judges a receiver.
#[derive(Debug)]
pub struct Judge {
    /// The receiver, and how long an answer may take.
    pub receiver: Receiver,
    /// How long it may take to come to what it must hold, once it has answered.
    pub settle: Duration,
    /// Whether it keeps only how contracts end.
    pub ends_only: bool,
    asker: Asker,
    sender: Sender,
    /// Statuses it was given the time to come to and did not: it skips them, and is not waited for again.
    skipped: BTreeSet<Status>,
    /// How long it has taken to come to what it was told. One that works after it has answered gets as much time before every look.
    lag: Duration,
}

/// What was seen.
#[derive(Clone, Debug, Default)]
pub struct Trial {
    /// What was delivered, up to the breach.
    pub deliveries: Vec<Delivery>,
    /// How often each rule was looked at.
    pub checks: BTreeMap<Rule, usize>,
    /// The first breach.
    pub breach: Option<Breach>,
    /// Deliveries that cannot be made at this receiver, and why.
    pub left_out: Vec<String>,
}

/// One delivery, and what came of it.
#[derive(Clone, Debug, Serialize)]
pub struct Delivery {
    /// The message's name.
    pub message: String,
    /// How its body was spoiled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hostile: Option<Hostile>,
    /// The status it tells, if it tells one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tells: Option<String>,
    /// Whether it had been taken before.
    pub again: bool,
    /// What was answered.
    pub answer: String,
    /// What the receiver held then of the contract it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holds: Option<String>,
}

/// A story while it is told.
struct Telling<'a> {
    scenario: &'a Scenario,
    ledger: Ledger,
    held: BTreeMap<&'a str, Held>,
    trial: Trial,
}

/// Why a story cannot go on.
enum End {
    Breach(Breach),
    Probe(ProbeError),
}

impl From<Breach> for End {
    fn from(breach: Breach) -> Self {
        Self::Breach(breach)
    }
}

impl From<ProbeError> for End {
    fn from(error: ProbeError) -> Self {
        match error {
            // It answered before: receiver and probe are usually one process.
            ProbeError::Unreachable { .. } => Self::Breach(Breach {
                rule: Rule::Survives,
                seen: error.to_string(),
                expected: "the probe goes on answering".to_owned(),
                gone: true,
            }),
            ProbeError::Misshapen { .. } => Self::Probe(error),
        }
    }
}

impl Judge {
    /// A judge of this receiver.
    #[must_use]
    pub fn new(receiver: Receiver, asker: Asker, settle: Duration, ends_only: bool) -> Self {
        Self {
            receiver,
            settle,
            ends_only,
            asker,
            sender: Sender::default(),
            skipped: BTreeSet::new(),
            lag: Duration::ZERO,
        }
    }

    /// What the receiver holds of a contract.
    ///
    /// # Errors
    /// The probe cannot be asked, or answers what is no state.
    pub async fn ask(&self, flow: &str) -> Result<Held, ProbeError> {
        self.asker.ask(flow).await
    }

    /// Sends one message; nothing is judged.
    ///
    /// # Errors
    /// Says in words why it cannot be made.
    pub async fn send(&self, scenario: &Scenario, sending: &Sending) -> Result<Outcome, String> {
        let generation = self.receiver.generation.unwrap_or(scenario.generation);
        let sent = transmission(scenario, sending, &self.receiver, generation)?;
        Ok(self.sender.send(&sent, &self.receiver.url, self.receiver.patience).await)
    }

    /// Plays what is planned, up to the first breach. No contract of the scenario may be known to the receiver before; the seed draws what hostile
    /// bodies need, ids of messages among it.
    ///
    /// # Errors
    /// The probe answers what is no state: nobody can judge by that.
    pub async fn play(&mut self, scenario: &Scenario, plan: &[Sending], seed: u64) -> Result<Trial, ProbeError> {
        self.receiver.seed = seed;
        let held = scenario.contracts.iter().map(|one| (one.id.as_str(), Held::default())).collect();
        let mut telling = Telling { scenario, ledger: Ledger::default(), held, trial: Trial::default() };
        match self.tell(&mut telling, plan).await {
            Ok(()) => (),
            Err(End::Breach(breach)) => telling.trial.breach = Some(breach),
            Err(End::Probe(error)) => telling.trial.breach = Some(telling.trial.misled(error)?),
        }
        Ok(telling.trial)
    }

    async fn tell(&mut self, telling: &mut Telling<'_>, plan: &[Sending]) -> Result<(), End> {
        for sending in plan {
            self.deliver(telling, sending).await?;
        }
        self.conclude(telling).await
    }

    async fn deliver(&mut self, telling: &mut Telling<'_>, sending: &Sending) -> Result<(), End> {
        let message = &telling.scenario.messages[sending.message];
        let generation = self.receiver.generation.or(message.generation).unwrap_or(telling.scenario.generation);
        if !message.is_known_to(generation) {
            telling.trial.left_out.push(format!("{}: this generation does not tell of it", message.name));
            return Ok(());
        }
        if sending.hostile == Some(Hostile::EndedTwice)
            && !telling.has_ended(message.flow.as_ref().map(|flow| flow.as_str()))
        {
            telling
                .trial
                .left_out
                .push(format!("{}: `ended_twice` contradicts an end, and none was told yet", message.name));
            return Ok(());
        }
        let sent = match transmission(telling.scenario, sending, &self.receiver, generation) {
            Ok(sent) => sent,
            Err(why) => {
                telling.trial.left_out.push(format!("{}: {why}", message.name));
                return Ok(());
            }
        };
        let mut parcel = Parcel::read(&message.plaintext(&self.receiver.url, generation));
        if sending.hostile == Some(Hostile::TimesInMilliseconds) && generation == Generation::Legacy {
            // Its time is a part of what a legacy message is known by.
            parcel.id.push_str(" in milliseconds");
        }
        let duty = sending.expect.or(sending.hostile.map(|hostile| hostile.expected().duty)).unwrap_or(Duty::Accept);
        let case = Case { due: telling.ledger.due(&parcel, duty), hostile: sending.hostile };
        let outcome = self.sender.send(&sent, &self.receiver.url, self.receiver.patience).await;
        if case.due == Due::Refuse {
            // Who refuses may hang up a moment later; the next message must not go into that connection.
            self.sender = Sender::default();
        }
        telling.trial.note(&message.name, case, &parcel, &outcome);
        case.judge_answer(&outcome, self.receiver.patience).map_err(|breach| telling.trial.blame(breach))?;
        telling.ledger.note(&parcel, case.due);
        self.look(telling, case, message.flow.as_ref().map(|flow| flow.as_str())).await
    }

    /// Looks at what is held after a delivery.
    async fn look(&mut self, telling: &mut Telling<'_>, case: Case, about: Option<&str>) -> Result<(), End> {
        if !self.lag.is_zero() {
            tokio::time::sleep(self.lag).await;
        }
        for contract in &telling.scenario.contracts {
            let flow = contract.id.as_str();
            let known = telling.ledger.known(flow);
            let own = about == Some(flow);
            let taken = own && matches!(case.due, Due::Take | Due::TakeOrLeave);
            let was = telling.held.get(flow).and_then(|held| held.status);
            let after = if taken { self.settled(flow, &known, was).await? } else { self.ask(flow).await? };
            if own && let Some(last) = telling.trial.deliveries.last_mut() {
                last.holds = Some(after.to_string());
            }
            let before = telling.held.insert(flow, after.clone()).unwrap_or_default();
            telling.trial.look(Rule::NeverBackwards, before.status.is_some());
            let whole = own || matches!(case.due, Due::Refuse | Due::Ignore | Due::Keep);
            match whole {
                true => case.judge_state(&before, &after, &known)?,
                false => judge_bystander(&before, &after, &known)?,
            }
        }
        Ok(())
    }

    /// What is held when it is what was told, when it cannot come to that any more, or when there was time enough.
    async fn settled(&mut self, flow: &str, known: &Known, was: Option<Status>) -> Result<Held, ProbeError> {
        let (mut waited, mut pause) = (Duration::ZERO, PAUSE);
        loop {
            let held = self.ask(flow).await?;
            let Some(told) = known.status else { return Ok(held) };
            let is_told = held.is(told) || known.perhaps.is_some_and(|perhaps| held.is(perhaps));
            let went_back = was.is_some_and(|was| held.status.is_none_or(|is| !was.may_become(is)));
            let can_be_told = !went_back && held.status.is_none_or(|status| status.may_become(told));
            if is_told || !can_be_told || self.skipped.contains(&told) {
                // Twice as long as was seen, so that it is not blamed for what it does a moment later.
                self.lag = if is_told { self.lag.max(waited * 2).min(self.settle) } else { self.lag };
                return Ok(held);
            }
            if waited >= self.settle {
                // An end is never skipped.
                self.skipped.extend((!told.is_end()).then_some(told));
                return Ok(held);
            }
            pause = pause.min(self.settle - waited);
            tokio::time::sleep(pause).await;
            waited += pause;
            pause *= 2;
        }
    }

    /// Nothing more is said: what is held now is what the query API says, as far as a message told it.
    async fn conclude(&mut self, telling: &mut Telling<'_>) -> Result<(), End> {
        for contract in &telling.scenario.contracts {
            let known = telling.ledger.known(&contract.id);
            let Some(status) = known.status else { continue };
            if self.ends_only && !status.is_end() {
                continue;
            }
            let before = telling.held.get(contract.id.as_str()).cloned().unwrap_or_default();
            let held = self.settled(&contract.id, &known, before.status).await?;
            telling.trial.look(Rule::Converges, true);
            judge_bystander(&before, &held, &known)?;
            judge_end(&held, &known, contract.status)?;
        }
        Ok(())
    }
}

impl Telling<'_> {
    fn has_ended(&self, flow: Option<&str>) -> bool {
        let status = flow.and_then(|flow| self.ledger.known(flow).status);
        status.is_some_and(Status::is_end)
    }
}

impl Trial {
    fn look(&mut self, rule: Rule, looked: bool) {
        if looked {
            *self.checks.entry(rule).or_default() += 1;
        }
    }

    /// Who does not answer a good message any more after a hostile one has not survived that.
    fn blame(&self, breach: Breach) -> Breach {
        let before = self.deliveries.iter().rev().nth(1).and_then(|one| one.hostile);
        match before.filter(|_| breach.gone) {
            Some(hostile) => {
                Breach { rule: Rule::Survives, seen: format!("{}, after `{hostile}`", breach.seen), ..breach }
            }
            None => breach,
        }
    }

    /// Who tells what is no state after a hostile body has believed it; after a good message nobody knows what the probe means.
    fn misled(&self, error: ProbeError) -> Result<Breach, ProbeError> {
        let Some(hostile) = self.deliveries.last().and_then(|one| one.hostile) else { return Err(error) };
        let expected = format!("no contract holds what `{hostile}` brings: {}", hostile.expected().because);
        Ok(Breach { rule: Rule::Survives, seen: error.to_string(), expected, gone: false })
    }

    fn note(&mut self, message: &str, case: Case, parcel: &Parcel, outcome: &Outcome) {
        self.look(case.rule(), true);
        self.look(Rule::Idempotent, case.due == Due::Ignore);
        let answer = match outcome {
            Outcome::Answered(status) | Outcome::AnswerLost(status) => format!("answered {status}"),
            Outcome::Silence => "no answer in time".to_owned(),
            Outcome::Unreachable(_) => "no answer".to_owned(),
            Outcome::Lost => "not sent".to_owned(),
        };
        self.deliveries.push(Delivery {
            message: message.to_owned(),
            hostile: case.hostile,
            tells: parcel.news.as_ref().map(|news| news.status.to_string()),
            again: case.due == Due::Ignore && case.hostile.is_none(),
            answer,
            holds: None,
        });
    }
}
