//! Magic inputs: faults for clients that cannot reach the control API, asked for by a contract's name, a signer's mobile
//! number or a signer's name.
//!
//! All of them are ours. They pass the vendor's limits and occur in no real data (ASSUMED): no contract is called
//! `[MOCK drop]`, no Chinese name has Latin capitals, and no carrier has numbers that begin with 154. One table says all:
//! `GET /_mock/faults/magic` shows it, and a test plays every row. The setting `magic_inputs` switches them off.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use ess_schemas::ActionContract;
use serde::Serialize;

use super::Strike;
use super::codes;
use super::effect::Effect;
use super::mentions::Mentions;
use crate::domain::approver::Person;
use crate::domain::autopilot::{AutopilotRule, Deed};

/// What the ids of magic inputs begin with.
pub const ID_PREFIX: &str = "magic";

/// How long after their turn magic signers act, in seconds of the world's time: the launch is answered by then.
const A_MOMENT: u32 = 1;

/// How long `[MOCK slow]` holds an answer back.
const SLOW: Duration = Duration::from_secs(3);

/// One magic input.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Where it is written.
    pub field: Field,
    /// What is written there; any name may follow a mark in brackets.
    pub input: &'static str,
    /// What it does.
    pub does: &'static str,
    #[serde(skip)]
    spell: Spell,
}

/// Where a magic input is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Field {
    /// At the beginning of the name of a contract or a group, in a call that launches or changes.
    FlowName,
    /// As a signer's mobile number.
    ApproverMobile,
    /// As a signer's name.
    ApproverName,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spell {
    Code,
    RateLimit,
    Slow,
    BadGateway,
    Html,
    Drop,
    Truncate,
    LostAnswer,
    Nightmare,
    Signs,
    Rejects,
    DeadLink,
}

/// Every magic input there is.
pub static TABLE: [Row; 15] = [
    row(
        Field::FlowName,
        "[MOCK error CODE]",
        Spell::Code,
        "The call is refused with CODE, which its action must document. Nothing is created.",
    ),
    row(Field::FlowName, "[MOCK rate-limit]", Spell::RateLimit, "RequestLimitExceeded. Nothing is created."),
    row(Field::FlowName, "[MOCK slow]", Spell::Slow, "The call is done, and answered after three seconds."),
    row(
        Field::FlowName,
        "[MOCK bad-gateway]",
        Spell::BadGateway,
        "HTTP 502 with a gateway's page. Nothing is created.",
    ),
    row(
        Field::FlowName,
        "[MOCK html]",
        Spell::Html,
        "HTTP 200 with a proxy's page in place of JSON. Nothing is created.",
    ),
    row(Field::FlowName, "[MOCK drop]", Spell::Drop, "The connection ends without an answer. Nothing is created."),
    row(
        Field::FlowName,
        "[MOCK truncate]",
        Spell::Truncate,
        "The call is done; the connection ends in the middle of its answer.",
    ),
    row(
        Field::FlowName,
        "[MOCK lost-answer]",
        Spell::LostAnswer,
        "The call is done; the connection ends without an answer.",
    ),
    row(
        Field::FlowName,
        "[MOCK nightmare]",
        Spell::Nightmare,
        "The call is done, and the client is told InternalError.",
    ),
    row(Field::ApproverMobile, "15400000001", Spell::Signs, SIGNS),
    row(Field::ApproverName, "MOCK签署", Spell::Signs, SIGNS),
    row(Field::ApproverMobile, "15400000002", Spell::Rejects, REJECTS),
    row(Field::ApproverName, "MOCK拒签", Spell::Rejects, REJECTS),
    row(Field::ApproverMobile, "15400000003", Spell::DeadLink, DEAD_LINK),
    row(Field::ApproverName, "MOCK死链", Spell::DeadLink, DEAD_LINK),
];

const SIGNS: &str = "The signer fills in and signs by themselves, a second after it became their turn.";
const REJECTS: &str = "The signer refuses by themselves, a second after it became their turn.";
const DEAD_LINK: &str = "The signer's own signing links are over when they are handed out.";

const fn row(field: Field, input: &'static str, spell: Spell, does: &'static str) -> Row {
    Row { field, input, does, spell }
}

/// What the name of a contract in this call asks for, if it is a magic one and the call is no question.
#[must_use]
pub fn strike(contract: &ActionContract, mentions: &Mentions) -> Option<Strike> {
    let name = mentions.flow_names.first().filter(|_| !contract.reads)?;
    let (mark, _) = name.strip_prefix("[MOCK ")?.split_once(']')?;
    let (word, code) = mark.split_once(' ').map_or((mark, None), |(word, code)| (word, Some(code)));
    let row = TABLE.iter().find(|row| row.field == Field::FlowName && word_of(row.input) == word);
    let effect = row.and_then(|row| Some((word, effect(row.spell, code, contract)?)));
    let Some((word, (effect, happens, latency))) = effect else {
        tracing::warn!(
            action = contract.name,
            name,
            "no magic input of this action: GET /_mock/faults/magic lists them"
        );
        return None;
    };
    Some(Strike {
        rule: Arc::from(format!("{ID_PREFIX}-{word}")),
        effect,
        happens,
        spares_refusals: happens,
        latency,
        silent: false,
    })
}

/// `drop` of `[MOCK drop]`.
fn word_of(input: &str) -> &str {
    input.trim_start_matches("[MOCK ").split([' ', ']']).next().unwrap_or_default()
}

/// Effect, whether the call is done, latency.
fn effect(spell: Spell, code: Option<&str>, contract: &ActionContract) -> Option<(Option<Effect>, bool, Duration)> {
    let instead = |effect| Some((Some(effect), false, Duration::ZERO));
    let afterwards = |effect| Some((Some(effect), true, Duration::ZERO));
    match (spell, code) {
        (Spell::Code, Some(code)) => {
            let known = codes::is_documented(code, contract) && codes::text(code, contract.service).is_some();
            known.then(|| (Some(Effect::error(code)), false, Duration::ZERO))
        }
        (Spell::RateLimit, None) => instead(Effect::RateLimit),
        (Spell::Slow, None) => Some((None, true, SLOW)),
        (Spell::BadGateway, None) => instead(Effect::Http(502)),
        (Spell::Html, None) => instead(Effect::Html),
        (Spell::Drop, None) => instead(Effect::Drop),
        (Spell::Truncate, None) => afterwards(Effect::Truncate),
        (Spell::LostAnswer, None) => afterwards(Effect::Drop),
        (Spell::Nightmare, None) => afterwards(Effect::error("InternalError")),
        (Spell::Code, None) | (Spell::Signs | Spell::Rejects | Spell::DeadLink, _) => None,
        (
            Spell::RateLimit
            | Spell::Slow
            | Spell::BadGateway
            | Spell::Html
            | Spell::Drop
            | Spell::Truncate
            | Spell::LostAnswer
            | Spell::Nightmare,
            Some(_),
        ) => None,
    }
}

/// What magic signers do by themselves.
pub fn autopilot() -> &'static [AutopilotRule] {
    static RULES: LazyLock<Vec<AutopilotRule>> = LazyLock::new(|| {
        let signers = TABLE.iter().filter(|row| row.field != Field::FlowName);
        signers.flat_map(|row| deeds(row.spell).iter().map(|act| autopilot_rule(row, *act))).collect()
    });
    &RULES
}

fn deeds(spell: Spell) -> &'static [Deed] {
    match spell {
        Spell::Signs => &[Deed::Fill, Deed::Sign],
        Spell::Rejects => &[Deed::Reject],
        Spell::DeadLink
        | Spell::Code
        | Spell::RateLimit
        | Spell::Slow
        | Spell::BadGateway
        | Spell::Html
        | Spell::Drop
        | Spell::Truncate
        | Spell::LostAnswer
        | Spell::Nightmare => &[],
    }
}

fn autopilot_rule(row: &Row, act: Deed) -> AutopilotRule {
    let written = |field| (row.field == field).then(|| row.input.to_owned());
    AutopilotRule {
        who: None,
        name: written(Field::ApproverName),
        mobile: written(Field::ApproverMobile),
        contract: None,
        act,
        after: A_MOMENT,
        values: std::collections::BTreeMap::new(),
        reason: "MOCK拒签".into(),
    }
}

/// Whether this person's signing links are dead.
#[must_use]
pub fn has_dead_links(person: &Person) -> bool {
    let written = |row: &Row| match row.field {
        Field::ApproverMobile => person.mobile == row.input,
        Field::ApproverName => person.name == row.input,
        Field::FlowName => false,
    };
    TABLE.iter().any(|row| row.spell == Spell::DeadLink && written(row))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readme_has_every_row_of_the_table_and_no_other() {
        let readme = include_str!("../../../fixtures/worlds/README.md");
        let written: Vec<&str> = readme
            .lines()
            .filter(|line| line.starts_with("| `FlowName` |") || line.starts_with("| `Approver"))
            .collect();
        let rows: Vec<String> =
            TABLE.iter().map(|row| format!("| `{:?}` | `{}` | {} |", row.field, row.input, row.does)).collect();
        assert_eq!(written, rows);
    }
}
