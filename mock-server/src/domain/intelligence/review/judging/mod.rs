//! What a review finds: the text of a file held against the points of checklists. ASSUMED throughout: the vendor asks a large language
//! model, whose answers nobody can predict. The rule:
//!
//! 1. A point's words are its summary, cut at blanks and at 、，,；; and /. Lines of the text that have one of them are its clause.
//! 2. A point the contract must have (`IsIndispensable`) and that has no clause is a risk: the clause is missing. Another point without a
//!    clause says nothing.
//! 3. A clause that must be as the reference (`IsConsistentWithReferenceItem`) is a risk when the text does not have the reference,
//!    blanks and ends of lines aside.
//! 4. A clause with a blank to be filled in (`__`, `【】`, 待定) is a risk.
//! 5. Every other clause passes, and is cited.
//! 6. The strict measure reports risks of every level, the neutral one those from 中风险 on, the lenient one 高风险 alone; what is not
//!    reported passes.
//! 7. Points of the vendor's own list that only whoever pays, or is paid, cares for are left out when the roles are all on the other side.

mod wording;

use self::wording::{Breach, advice, basis};
use super::checklist::{Checklist, Level, Point, Side};
use crate::documents::{Area, Line, Place, Reading};

/// The most excerpts of one clause.
const EXCERPTS: usize = 5;
/// What a blank to be filled in looks like.
const BLANKS: [&str; 6] = ["__", "【】", "【 】", "[ ]", "（ ）", "待定"];
/// Who pays, and who is paid.
const PAYING: [&str; 8] = ["甲方", "买方", "采购方", "委托方", "承租方", "发包方", "需方", "授权方"];
const PAID: [&str; 8] = ["乙方", "卖方", "供应方", "受托方", "出租方", "承包方", "供方", "被授权方"];

/// How strictly a contract is looked at (`api CreateBatchContractReviewTask.PolicyType`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Policy {
    /// 0
    #[default]
    Strict,
    /// 1
    Neutral,
    /// 2
    Lenient,
}

impl Policy {
    /// The one of this number; limits of the field see to it that there is one.
    #[must_use]
    pub fn from_wire(number: i64) -> Self {
        match number {
            1 => Self::Neutral,
            2 => Self::Lenient,
            _ => Self::Strict,
        }
    }

    /// Its number.
    #[must_use]
    pub fn wire(self) -> i64 {
        match self {
            Self::Strict => 0,
            Self::Neutral => 1,
            Self::Lenient => 2,
        }
    }

    fn reports(self, level: Level) -> bool {
        level
            >= match self {
                Self::Strict => Level::Low,
                Self::Neutral => Level::Middle,
                Self::Lenient => Level::High,
            }
    }
}

/// In whose interest a contract is looked at (`api RiskIdentificationRoleInfo`).
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Role {
    /// What they are called.
    pub name: String,
    /// More of them.
    pub description: String,
}

/// A piece of the text, and where it stands.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Excerpt {
    /// What it says.
    pub content: String,
    /// The page, counted from 1.
    pub page: usize,
    /// How many characters of the text stand before it.
    pub begin: usize,
    /// The same for whatever comes after it.
    pub end: usize,
    /// Where on the page; nothing where text flows.
    pub area: Option<Area>,
}

impl Excerpt {
    fn of(line: &Line) -> Self {
        let Place { page, begin, end, area } = line.whole();
        Self { content: line.text.clone(), page, begin, end, area }
    }
}

/// Something wrong with a contract.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Risk {
    /// What it is called.
    pub name: String,
    /// What it is about.
    pub description: String,
    /// How bad it is.
    pub level: Level,
    /// What to do about it.
    pub advice: String,
    /// What kind of risk it is.
    pub presentation: Vec<String>,
    /// Labels of the point.
    pub labels: Vec<String>,
    /// The clause; nothing when it is missing.
    pub clause: Vec<Excerpt>,
    /// Which list says so.
    pub basis: String,
}

/// A point that holds.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Passed {
    /// What it is called.
    pub name: String,
    /// What it is about.
    pub description: String,
    /// The group of its list.
    pub category: String,
    /// Which list it is of.
    pub basis: String,
    /// Where the contract says so.
    pub excerpts: Vec<Excerpt>,
}

/// What a review finds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdict {
    /// What is wrong, in the order of the lists.
    pub risks: Vec<Risk>,
    /// What holds.
    pub passed: Vec<Passed>,
}

/// Holds a text against checklists, in the interest of these roles.
#[must_use]
pub fn judge(reading: &Reading, checklists: &[Checklist], roles: &[Role], policy: Policy) -> Verdict {
    let text = packed(&reading.text());
    let role = roles.first().map_or("己方", |role| role.name.as_str());
    let mut verdict = Verdict::default();
    for list in checklists {
        for (category, point) in list.points().filter(|(_, point)| concerns(point.side, roles)) {
            let clause = clause_of(reading, point);
            let breach = breach(point, &clause, &text);
            if breach.is_none() && clause.is_empty() {
                continue;
            }
            let excerpts = || clause.iter().take(EXCERPTS).map(|line| Excerpt::of(line)).collect();
            let basis = basis(list, category);
            match breach.filter(|_| policy.reports(point.level)) {
                Some(breach) => verdict.risks.push(Risk {
                    name: format!("{}{}", point.summary, breach.word()),
                    description: point.explanation.clone(),
                    level: point.level,
                    advice: advice(point, breach, &policy.aim(role)),
                    presentation: vec![breach.kind().to_owned()],
                    labels: point.labels.clone(),
                    clause: excerpts(),
                    basis,
                }),
                None => verdict.passed.push(Passed {
                    name: point.summary.clone(),
                    description: point.explanation.clone(),
                    category: category.to_owned(),
                    basis,
                    excerpts: excerpts(),
                }),
            }
        }
    }
    verdict
}

/// How many points of a list have a clause in the text: how well it fits.
#[must_use]
pub fn fit(reading: &Reading, list: &Checklist) -> usize {
    list.points().filter(|(_, point)| !clause_of(reading, point).is_empty()).count()
}

/// In whose interest a contract is looked at when nobody says: the party it names first.
#[must_use]
pub fn role_in(reading: &Reading) -> Option<Role> {
    let named = PAID.iter().rev().chain(&PAYING).filter_map(|name| Some((reading.find(name).first()?.begin, *name)));
    let first = named.min_by_key(|(begin, _)| *begin);
    first.map(|(_, name)| Role { name: name.to_owned(), description: String::new() })
}

/// Whether a point concerns one of these roles; without any on a known side it does.
fn concerns(side: Side, roles: &[Role]) -> bool {
    let on = |names: &[&str]| roles.iter().any(|role| names.contains(&role.name.trim()));
    match side {
        Side::Everybody => true,
        Side::Paying => on(&PAYING) || !on(&PAID),
        Side::Paid => on(&PAID) || !on(&PAYING),
    }
}

/// The words a point is looked for by.
fn words(summary: &str) -> impl Iterator<Item = &str> {
    let ends = |sign: char| sign.is_whitespace() || matches!(sign, '、' | '，' | ',' | '；' | ';' | '/');
    summary.split(ends).filter(|word| !word.is_empty())
}

fn clause_of<'a>(reading: &'a Reading, point: &Point) -> Vec<&'a Line> {
    let words: Vec<&str> = words(&point.summary).collect();
    reading.lines.iter().filter(|line| words.iter().any(|word| line.text.contains(word))).collect()
}

fn breach(point: &Point, clause: &[&Line], text: &str) -> Option<Breach> {
    if clause.is_empty() {
        return point.indispensable.then_some(Breach::Missing);
    }
    if point.as_reference && !text.contains(&packed(&point.reference)) {
        return Some(Breach::Deviates);
    }
    let blank = clause.iter().any(|line| BLANKS.iter().any(|blank| line.text.contains(blank)));
    blank.then_some(Breach::Blank)
}

/// A text without blanks and ends of lines.
fn packed(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_whitespace()).collect()
}

#[cfg(test)]
mod tests;
