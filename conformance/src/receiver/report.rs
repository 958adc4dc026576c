//! What the judge says: as data, and as text for the person at the terminal.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use ess_mock_server::span;
use serde::Serialize;

use super::Subject;
use super::explorer::{Exploration, Failing};
use super::rules::{Breach, Rule};
use super::stories::{Piece, name_of};
use super::trial::{Delivery, Trial};

/// More deliveries than this before a breach are not shown.
const SHOWN_DELIVERIES: usize = 6;
/// More breaches of one rule than this are only named.
const SHOWN_BREACHES: usize = 3;

/// What was seen of a receiver.
#[derive(Clone, Debug, Serialize)]
pub struct Verdict {
    /// The receiver.
    pub url: String,
    /// How it was asked.
    pub probe: String,
    /// The generation that was spoken.
    pub generation: &'static str,
    /// What made the contracts; the same seed makes the same ones.
    pub seed: u64,
    /// How long an answer may have taken.
    pub patience: String,
    /// Scenarios and bodies.
    pub played: Vec<Played>,
    /// Orders.
    pub orders: Option<Exploration>,
}

/// One story, and how it ended.
#[derive(Clone, Debug, Serialize)]
pub struct Played {
    /// What it is called.
    pub name: String,
    /// Whether it is there for a hostile body.
    pub body: bool,
    /// How it ended.
    #[serde(flatten)]
    pub ended: Ended,
    /// How often each rule was looked at.
    pub checks: BTreeMap<Rule, usize>,
    /// Deliveries that could not be made at this receiver, and why.
    pub left_out: Vec<String>,
}

/// How a story ended.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "ended", rename_all = "snake_case")]
pub enum Ended {
    /// No rule was broken.
    Good,
    /// A rule was broken; nothing was sent after it.
    Broken {
        /// How.
        breach: Breach,
        /// What had been delivered.
        deliveries: Vec<Delivery>,
    },
    /// It was not played, and why.
    Skipped {
        /// Why.
        why: String,
    },
}

impl Played {
    pub(super) fn of(piece: &Piece, trial: Trial) -> Self {
        let ended = match trial.breach {
            None => Ended::Good,
            Some(breach) => Ended::Broken { breach, deliveries: trial.deliveries },
        };
        Self {
            name: piece.name.clone(),
            body: piece.body.is_some(),
            ended,
            checks: trial.checks,
            left_out: trial.left_out,
        }
    }

    pub(super) fn skipped(piece: &Piece, why: String) -> Self {
        let (name, body) = (piece.name.clone(), piece.body.is_some());
        Self { name, body, ended: Ended::Skipped { why }, checks: BTreeMap::new(), left_out: Vec::new() }
    }
}

/// A breach, where it was seen.
struct Finding<'a> {
    place: String,
    breach: &'a Breach,
    deliveries: &'a [Delivery],
    note: String,
}

impl Verdict {
    pub(super) fn of(subject: &Subject, seed: u64) -> Self {
        Self {
            url: subject.url.clone(),
            probe: subject.probe.to_string(),
            generation: name_of(subject.generation),
            seed,
            patience: span::write(subject.patience),
            played: Vec::new(),
            orders: None,
        }
    }

    /// Whether the receiver keeps every rule, as far as was looked.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.findings().is_empty()
    }

    /// Whether anything was looked at.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.orders.is_none() && self.played.iter().all(|one| matches!(one.ended, Ended::Skipped { .. }))
    }

    /// The order that fails, if one was found.
    #[must_use]
    pub fn failing_order(&self) -> Option<&Failing> {
        self.orders.as_ref()?.failing.as_ref()
    }

    /// Every rule that was broken, with the places where.
    #[must_use]
    pub fn broken(&self) -> BTreeMap<Rule, Vec<String>> {
        let mut broken: BTreeMap<Rule, Vec<String>> = BTreeMap::new();
        for finding in self.findings() {
            broken.entry(finding.breach.rule).or_default().push(finding.place);
        }
        broken
    }

    /// The whole report for a terminal; `saved` says where the failing order was written to.
    #[must_use]
    pub fn text(&self, saved: Option<&str>) -> String {
        let mut text = format!(
            "receiver {}, asked by {}\n{} generation, seed {}, answers within {}\n\n",
            self.url, self.probe, self.generation, self.seed, self.patience
        );
        self.write_rules(&mut text);
        self.write_counts(&mut text);
        for (number, (rule, findings)) in self.by_rule().into_iter().enumerate() {
            let _ = writeln!(text, "\n{}. a good receiver {}", number + 1, rule.sentence());
            for finding in findings.iter().take(SHOWN_BREACHES) {
                finding.write(&mut text);
            }
            let rest: Vec<&str> = findings.iter().skip(SHOWN_BREACHES).map(|one| one.place.as_str()).collect();
            if !rest.is_empty() {
                let _ = writeln!(text, "\n   and {} more: {}", rest.len(), rest.join(", "));
            }
        }
        self.write_skipped(&mut text);
        if let Some(saved) = saved.filter(|_| self.failing_order().is_some()) {
            let _ = writeln!(text, "\nthe failing order: {saved}");
        }
        text
    }

    fn findings(&self) -> Vec<Finding<'_>> {
        let played = self.played.iter().filter_map(|one| match &one.ended {
            Ended::Broken { breach, deliveries } => {
                Some(Finding { place: one.name.clone(), breach, deliveries, note: String::new() })
            }
            Ended::Good | Ended::Skipped { .. } => None,
        });
        let order = self.failing_order().map(|failing| Finding {
            place: "orders".to_owned(),
            breach: &failing.breach,
            deliveries: &failing.deliveries,
            note: failing.note(),
        });
        order.into_iter().chain(played).collect()
    }

    fn by_rule(&self) -> BTreeMap<Rule, Vec<Finding<'_>>> {
        let mut found: BTreeMap<Rule, Vec<Finding<'_>>> = BTreeMap::new();
        for finding in self.findings() {
            found.entry(finding.breach.rule).or_default().push(finding);
        }
        found
    }

    fn write_rules(&self, text: &mut String) {
        let broken = self.broken();
        for rule in Rule::ALL {
            let checks: usize = self.played.iter().filter_map(|one| one.checks.get(&rule)).sum();
            let checks = checks + self.orders.as_ref().and_then(|found| found.checks.get(&rule)).unwrap_or(&0);
            let verdict = match broken.get(&rule) {
                Some(places) => format!("BROKEN in {}", counted(places.len(), "story", "stories")),
                None if checks == 0 => "not looked at".to_owned(),
                None => "good".to_owned(),
            };
            let _ = writeln!(text, "  {:<44} {checks:>6} checks   {verdict}", rule.sentence());
        }
    }

    fn write_counts(&self, text: &mut String) {
        text.push('\n');
        for (body, one, many) in [(false, "scenario", "scenarios"), (true, "hostile body", "hostile bodies")] {
            let all: Vec<&Played> = self.played.iter().filter(|played| played.body == body).collect();
            if all.is_empty() {
                continue;
            }
            let count = |wanted: fn(&Ended) -> bool| all.iter().filter(|played| wanted(&played.ended)).count();
            let _ = writeln!(
                text,
                "  {}: {} good, {} broken, {} skipped",
                counted(all.len(), one, many),
                count(|ended| matches!(ended, Ended::Good)),
                count(|ended| matches!(ended, Ended::Broken { .. })),
                count(|ended| matches!(ended, Ended::Skipped { .. })),
            );
        }
        if let Some(orders) = &self.orders {
            let failing = if orders.failing.is_some() { "the last one fails" } else { "none fails" };
            let _ = writeln!(
                text,
                "  {} of {} ({}): {} played, {failing}; {} deliveries",
                counted(orders.orders, "order", "orders"),
                counted(orders.messages.len(), "message", "messages"),
                orders.messages.join(", "),
                orders.played,
                orders.deliveries
            );
        }
    }

    fn write_skipped(&self, text: &mut String) {
        let mut skipped: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for one in &self.played {
            if let Ended::Skipped { why } = &one.ended {
                skipped.entry(why).or_default().push(&one.name);
            }
        }
        let in_part = self.played.iter().filter_map(|one| Some((one, one.left_out.first()?)));
        let in_part: Vec<String> = in_part
            .map(|(one, first)| {
                let count = counted(one.left_out.len(), "delivery", "deliveries");
                format!("{} without {count}, such as {first}", one.name)
            })
            .collect();
        if !skipped.is_empty() || !in_part.is_empty() {
            text.push_str("\nskipped\n");
        }
        for (why, names) in skipped {
            let _ = writeln!(text, "   {}: {why}", names.join(", "));
        }
        for line in in_part {
            let _ = writeln!(text, "   {line}");
        }
    }
}

impl Failing {
    fn note(&self) -> String {
        if !self.repeats {
            return "it failed once, and not again with another contract: something else than the order decides"
                .to_owned();
        }
        let (long, tries) = (self.deliveries.len(), counted(self.tries, "try", "tries"));
        format!("{}, shrunk from {} in {tries}", counted(long, "delivery", "deliveries"), self.found_with)
    }
}

impl Finding<'_> {
    fn write(&self, text: &mut String) {
        let note = if self.note.is_empty() { String::new() } else { format!(": {}", self.note) };
        let _ = writeln!(text, "\n   {}{note}", self.place);
        let hidden = self.deliveries.len().saturating_sub(SHOWN_DELIVERIES);
        if hidden > 0 {
            let _ = writeln!(text, "      ({} before)", counted(hidden, "delivery", "deliveries"));
        }
        for (place, one) in self.deliveries.iter().enumerate().skip(hidden) {
            let _ = writeln!(text, "      {:>2}. {}", place + 1, line(one));
        }
        let _ = writeln!(text, "      seen      {}", self.breach.seen);
        let _ = writeln!(text, "      expected  {}", self.breach.expected);
    }
}

/// One delivery in words.
fn line(delivery: &Delivery) -> String {
    let mut words = vec![delivery.message.clone()];
    words.extend(delivery.hostile.map(|hostile| format!("spoiled: {hostile}")));
    words.extend(delivery.again.then(|| "again".to_owned()));
    words.extend(delivery.tells.as_ref().map(|status| format!("tells {status}")));
    words.push(delivery.answer.clone());
    words.extend(delivery.holds.as_ref().map(|status| format!("then holds {status}")));
    words.join(", ")
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
