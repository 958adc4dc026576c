//! Reviews as files: the contract with a note at every risk, a workbook of what was found, the contract as it was. What the files look
//! like is ASSUMED.

use std::sync::Arc;

use super::resource::{Body, Resource};
use crate::documents::{Note, NotePlace, Unusable};
use crate::domain::intelligence::review::judging::{Excerpt, Risk};
use crate::domain::intelligence::review::summary::Summary;
use crate::domain::intelligence::review::task::{Item, Mark, Review};

/// Whose the notes are.
const AUTHOR: &str = "合同智能审查";
/// The workbook's columns.
const COLUMNS: [&str; 7] = ["类别", "名称", "风险等级", "说明", "修改建议", "原文", "审查依据"];

/// The longest text of a cell, in characters: less than the format takes.
const CELL: usize = 30_000;

/// The contract with its notes.
pub(super) fn notes(review: &Arc<Review>) -> Resource {
    Resource { name: format!("{}-审查批注", stem(&review.file.name)), body: Body::Notes(review.clone()) }
}

/// The workbook.
pub(super) fn result(review: &Review) -> Resource {
    Resource { name: format!("{}-审查结果", stem(&review.file.name)), body: Body::Table(table(review)) }
}

/// The contract as it was.
pub(super) fn original(review: &Review) -> Resource {
    let body = Body::Other(review.file.content.clone(), extension(review));
    Resource { name: stem(&review.file.name).to_owned(), body }
}

/// The extension of the contract.
pub(super) fn extension(review: &Review) -> &'static str {
    match &review.file.content.bytes[..] {
        [b'P', b'K', ..] => "DOCX",
        [0xd0, 0xcf, ..] => "DOC",
        [..] => "PDF",
    }
}

/// The contract with a note at every risk that nobody ignores.
///
/// # Errors
/// The contract cannot be read.
pub fn with_notes(review: &Review) -> Result<Vec<u8>, Unusable> {
    let risks = review.outcome.iter().flat_map(|report| &report.risks);
    let notes: Vec<Note> = risks.filter(|risk| !matches!(risk.mark, Mark::Ignored(_))).map(note).collect();
    crate::documents::with_notes(&review.file.content.bytes, &notes)
}

fn note(item: &Item<Risk>) -> Note {
    let risk = &item.what;
    let at = risk.clause.iter().map(|excerpt| NotePlace { begin: excerpt.begin, area: excerpt.area });
    Note {
        author: AUTHOR.to_owned(),
        text: format!("【{}】{}\n{}\n{}", risk.level.wire(), risk.name, risk.description, risk.advice),
        at: at.collect(),
    }
}

/// Risks, points that hold, and what was read, a row each.
fn table(review: &Review) -> Vec<Vec<String>> {
    let mut rows = vec![COLUMNS.map(str::to_owned).to_vec()];
    let Ok(report) = &review.outcome else { return rows };
    rows.extend(report.risks.iter().map(|item| {
        let risk = &item.what;
        let (name, level) = (risk.name.clone(), risk.level.wire().to_owned());
        let (description, advice) = (risk.description.clone(), risk.advice.clone());
        vec!["风险".to_owned(), name, level, description, advice, said(&risk.clause), risk.basis.clone()]
    }));
    rows.extend(report.passed.iter().map(|item| {
        let passed = &item.what;
        let none = String::new;
        let (name, description) = (passed.name.clone(), passed.description.clone());
        vec!["通过".to_owned(), name, none(), description, none(), said(&passed.excerpts), passed.basis.clone()]
    }));
    let Summary { first_line, parties, amounts, days } = &report.summary;
    let read = [("合同名称", first_line)].into_iter();
    let read = read.chain(parties.iter().map(|(kind, name)| (kind.as_str(), name)));
    let read = read.chain(amounts.iter().map(|amount| ("合同金额", amount)));
    let read = read.chain(days.iter().map(|day| ("日期", day)));
    rows.extend(read.map(|(key, value)| {
        let none = String::new;
        vec!["摘要".to_owned(), key.to_owned(), none(), value.clone(), none(), none(), none()]
    }));
    rows
}

fn said(excerpts: &[Excerpt]) -> String {
    let lines = excerpts.iter().map(|excerpt| excerpt.content.as_str()).collect::<Vec<_>>();
    lines.join("\n").chars().take(CELL).collect()
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
