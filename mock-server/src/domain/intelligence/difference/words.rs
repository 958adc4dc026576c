//! Words and sentences of a text.

use std::ops::Range;

use crate::documents::Reading;

/// A word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    /// The line it stands on.
    pub(super) line: usize,
    /// Which of the line's characters it is.
    pub(super) characters: Range<usize>,
    /// Whether something stands between it and the word before: a blank.
    pub(super) apart: bool,
}

/// The words of a text, in reading order.
pub(super) fn words(reading: &Reading) -> Vec<Word> {
    let mut words = Vec::new();
    for (number, line) in reading.lines.iter().enumerate() {
        let characters: Vec<char> = line.text.chars().collect();
        let mut at = 0;
        let mut apart = false;
        while let Some(&first) = characters.get(at) {
            if first.is_whitespace() {
                apart = true;
                at += 1;
                continue;
            }
            let length = length(&characters[at..]);
            let text = characters[at..at + length].iter().collect();
            words.push(Word { text, line: number, characters: at..at + length, apart });
            at += length;
            apart = false;
        }
    }
    words
}

/// How many characters the first word has: one, unless it is of letters and digits; `.` and `,` between digits are part of a number.
fn length(characters: &[char]) -> usize {
    let goes_on = |at: usize| {
        let here = characters[at];
        let between_digits = || {
            let digit = |one: Option<&char>| one.is_some_and(char::is_ascii_digit);
            digit(characters.get(at - 1)) && digit(characters.get(at + 1))
        };
        is_of_words(here) || (matches!(here, '.' | ',') && between_digits())
    };
    if !characters.first().is_some_and(|first| is_of_words(*first)) {
        return 1;
    }
    (1..characters.len()).find(|at| !goes_on(*at)).unwrap_or(characters.len())
}

/// Letters and digits that make words together: those of scripts that write words apart.
fn is_of_words(character: char) -> bool {
    character.is_alphanumeric() && !is_han(character)
}

/// Whether it is a Chinese character, or of another script that does not write words apart.
fn is_han(character: char) -> bool {
    matches!(u32::from(character), 0x2E80..=0x303F | 0x3040..=0x30FF | 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF)
}

/// The words of each sentence: it ends with one of `。；！？;!?`.
pub(super) fn sentences(words: &[Word]) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, word) in words.iter().enumerate() {
        if matches!(word.text.as_str(), "。" | "；" | "！" | "？" | ";" | "!" | "?") {
            sentences.push(start..at + 1);
            start = at + 1;
        }
    }
    if start < words.len() {
        sentences.push(start..words.len());
    }
    sentences
}
