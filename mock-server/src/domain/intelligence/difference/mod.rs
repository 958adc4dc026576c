//! Where two texts differ.
//!
//! What is compared are words, in reading order: a Chinese character or a sign is a word, letters and digits in a row are one, blanks
//! and the ends of lines are none, so that another line break is no difference. Sentences that are in both texts are set against each
//! other first, and what lies between them then word by word; words in a row that differ make one difference. What only the newer
//! text has was added, what only the older has was deleted, and where both have something else it was changed (`api
//! ComparisonDetail`). The way there is ASSUMED.

mod form;
mod words;

use similar::{Algorithm, DiffOp, capture_diff_slices};

pub use self::form::Form;
use self::words::{Word, sentences, words};
use super::{Failed, Outcome};
use crate::documents::{Area, Reading};

/// More sentences, and more words between two sentences, than this times as many are not compared one by one.
const MOST_PAIRS: usize = 100_000_000;

/// A difference of two texts.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Difference {
    /// In which way they differ.
    pub change: Change,
    /// What the older text says; empty when nothing.
    pub original: String,
    /// What the newer text says; empty when nothing.
    pub newer: String,
    /// What kind of text it is.
    pub form: Form,
    /// Whether it stands in a table, as far as that is known.
    pub in_table: bool,
    /// On which page: of the newer text, or of the older where the newer has nothing (ASSUMED).
    pub page: usize,
    /// Where it stands in the newer file, line by line; nowhere when it has nothing, or flows.
    pub areas: Vec<Area>,
}

/// In which way two texts differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Only the newer one has it.
    Added,
    /// Both have it, otherwise.
    Changed,
    /// Only the older one has it.
    Deleted,
}

/// Where two texts differ, in reading order.
///
/// # Errors
/// There is too much to compare.
pub fn differences(original: &Reading, newer: &Reading) -> Outcome<Vec<Difference>> {
    let (old, new) = (Side::of(original), Side::of(newer));
    let (olds, news) = (old.texts_of_sentences(), new.texts_of_sentences());
    if olds.len().saturating_mul(news.len()) > MOST_PAIRS {
        return Err(Failed::too_long());
    }
    let mut found = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &olds, &news) {
        let (olds, news) = (old.words_of(op.old_range()), new.words_of(op.new_range()));
        match op {
            DiffOp::Equal { .. } => (),
            DiffOp::Delete { .. } | DiffOp::Insert { .. } => found.extend(difference(&old, &new, olds, news)),
            DiffOp::Replace { .. } => word_by_word(&old, &new, olds, news, &mut found),
        }
    }
    Ok(found)
}

fn word_by_word(
    old: &Side<'_>,
    new: &Side<'_>,
    olds: std::ops::Range<usize>,
    news: std::ops::Range<usize>,
    found: &mut Vec<Difference>,
) {
    if olds.len().saturating_mul(news.len()) > MOST_PAIRS {
        found.extend(difference(old, new, olds, news));
        return;
    }
    let texts = |side: &Side<'_>, range: std::ops::Range<usize>| -> Vec<String> {
        side.words[range].iter().map(|word| word.text.clone()).collect()
    };
    for op in capture_diff_slices(Algorithm::Myers, &texts(old, olds.clone()), &texts(new, news.clone())) {
        if !matches!(op, DiffOp::Equal { .. }) {
            let within = |whole: &std::ops::Range<usize>, part: std::ops::Range<usize>| {
                whole.start + part.start..whole.start + part.end
            };
            found.extend(difference(old, new, within(&olds, op.old_range()), within(&news, op.new_range())));
        }
    }
}

fn difference(
    old: &Side<'_>,
    new: &Side<'_>,
    olds: std::ops::Range<usize>,
    news: std::ops::Range<usize>,
) -> Option<Difference> {
    let change = match (olds.is_empty(), news.is_empty()) {
        (true, true) => return None,
        (true, false) => Change::Added,
        (false, true) => Change::Deleted,
        (false, false) => Change::Changed,
    };
    let (side, range) = if change == Change::Deleted { (old, olds.clone()) } else { (new, news.clone()) };
    let first = side.reading.lines.get(side.words.get(range.start)?.line)?;
    Some(Difference {
        change,
        original: old.text(olds.clone()),
        newer: new.text(news.clone()),
        form: Form::of(old, olds, new, news.clone()),
        in_table: first.in_table,
        page: first.page,
        areas: new.areas(news),
    })
}

/// One of two texts.
struct Side<'a> {
    reading: &'a Reading,
    words: Vec<Word>,
    /// The words of each sentence.
    sentences: Vec<std::ops::Range<usize>>,
}

impl<'a> Side<'a> {
    fn of(reading: &'a Reading) -> Self {
        let words = words(reading);
        let sentences = sentences(&words);
        Self { reading, words, sentences }
    }

    fn texts_of_sentences(&self) -> Vec<String> {
        let text =
            |range: &std::ops::Range<usize>| self.words[range.clone()].iter().map(|one| one.text.as_str()).collect();
        self.sentences.iter().map(text).collect()
    }

    /// The words of sentences in a row.
    fn words_of(&self, sentences: std::ops::Range<usize>) -> std::ops::Range<usize> {
        let all = &self.sentences[sentences.clone()];
        let start = self.sentences.get(sentences.start).map_or(self.words.len(), |one| one.start);
        start..all.last().map_or(start, |one| one.end)
    }

    /// Words as they read, with one blank where there were some.
    fn text(&self, words: std::ops::Range<usize>) -> String {
        let mut text = String::new();
        for (at, word) in self.words[words].iter().enumerate() {
            if at > 0 && word.apart {
                text.push(' ');
            }
            text.push_str(&word.text);
        }
        text
    }

    fn areas(&self, words: std::ops::Range<usize>) -> Vec<Area> {
        let mut areas: Vec<(usize, Area)> = Vec::new();
        for word in &self.words[words] {
            let Some(area) =
                self.reading.lines.get(word.line).and_then(|line| line.place(word.characters.clone()).area)
            else {
                continue;
            };
            match areas.last_mut() {
                Some((line, before)) if *line == word.line => *before = before.and(area),
                Some(_) | None => areas.push((word.line, area)),
            }
        }
        areas.into_iter().map(|(_, area)| area).collect()
    }
}

#[cfg(test)]
mod tests;
