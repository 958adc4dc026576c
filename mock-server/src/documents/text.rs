//! The text of a PDF and where each piece of it stands: what KEYWORD positioning searches.
//!
//! Only real text counts, not text in pictures ([api Component]). Text that a viewer would not show because its layer
//! is switched off is left out; invisible text laid over a scan is text like any other (ASSUMED).

use hayro::hayro_interpret::InterpreterCache;
use hayro::hayro_syntax::Pdf;
use hayro::kurbo::Rect;

use super::frame::{Frame, frames, open};
use super::glyphs::{Drawn, plain, read};
use super::limits::{Effort, contain};
use super::pages::Area;
use super::unusable::Unusable;

/// A gap this wide stands for a space (in sizes): many producers move on instead of drawing one.
const SPACE: f64 = 0.15;

/// Every place where `keyword` stands, in reading order: by page, from top to bottom, from left to right.
/// `^keyword^` finds it only where no other character stands directly before or after it ([api Component]).
///
/// # Errors
/// The document cannot be read.
pub fn find_keyword(bytes: &[u8], keyword: &str) -> Result<Vec<Area>, Unusable> {
    Ok(read_text(bytes)?.find(keyword))
}

/// Reads the text of all pages.
///
/// # Errors
/// The document cannot be read.
pub fn read_text(bytes: &[u8]) -> Result<Text, Unusable> {
    contain(|| {
        let pdf = open(bytes)?;
        let frames = frames(&pdf)?;
        Ok(Text { lines: lines(&pdf, &frames) })
    })
}

/// The text of a document, line by line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Text {
    lines: Vec<Line>,
}

/// Characters that stand on one line of one page, in reading order.
#[derive(Clone, Debug, PartialEq)]
struct Line {
    page: usize,
    characters: Vec<Character>,
}

#[derive(Clone, Debug, PartialEq)]
struct Character {
    value: char,
    place: Rect,
    /// Distance from the character before, in sizes; infinite at the beginning of a line.
    gap: f64,
}

impl Text {
    /// See [`find_keyword`].
    pub fn find(&self, keyword: &str) -> Vec<Area> {
        let whole = keyword.strip_prefix('^').and_then(|rest| rest.strip_suffix('^')).filter(|word| !word.is_empty());
        let wanted: Vec<char> = whole.unwrap_or(keyword).chars().flat_map(plain).collect();
        if wanted.is_empty() {
            return Vec::new();
        }
        self.lines.iter().flat_map(|line| line.find(&wanted, whole.is_some())).collect()
    }

    /// The lines with the place of each character, each line with its page. A gap as wide as a space is one.
    pub(super) fn placed(&self) -> impl Iterator<Item = (usize, Vec<(char, Area)>)> {
        self.lines.iter().map(|line| (line.page, line.placed()))
    }

    /// The lines as plain text, each with its page, for people and tests.
    pub fn lines(&self) -> impl Iterator<Item = (usize, String)> {
        self.lines.iter().map(|line| (line.page, line.characters.iter().map(|one| one.value).collect()))
    }
}

impl Line {
    fn placed(&self) -> Vec<(char, Area)> {
        let mut placed: Vec<(char, Area)> = Vec::with_capacity(self.characters.len());
        for one in &self.characters {
            let area = Area::from_rect(self.page, one.place);
            let apart = placed.last().is_some_and(|(before, _)| !before.is_whitespace() && !one.value.is_whitespace());
            if apart && one.gap >= SPACE {
                placed.push((' ', Area { width: 0.0, ..area }));
            }
            placed.push((one.value, area));
        }
        placed
    }

    fn find(&self, wanted: &[char], whole: bool) -> Vec<Area> {
        let mut found = Vec::new();
        let mut start = 0;
        while start < self.characters.len() {
            match self.match_at(start, wanted) {
                Some(end) if !whole || self.stands_alone(start, end) => {
                    let place = self.characters[start..end].iter().map(|one| one.place).reduce(|a, b| a.union(b));
                    found.extend(place.map(|place| Area::from_rect(self.page, place)));
                    start = end;
                }
                Some(_) | None => start += 1,
            }
        }
        found
    }

    /// Where a match beginning at `start` ends.
    fn match_at(&self, start: usize, wanted: &[char]) -> Option<usize> {
        let mut at = start;
        for (index, &character) in wanted.iter().enumerate() {
            let here = self.characters.get(at);
            if here.is_some_and(|here| here.value == character) {
                at += 1;
            } else if character.is_whitespace() && index > 0 && here.is_some_and(|here| here.gap >= SPACE) {
                // The space was not drawn, only moved over.
            } else {
                return None;
            }
        }
        Some(at)
    }

    /// Whether no other character stands directly before or after. ASSUMED: a space, drawn or moved over, separates;
    /// punctuation is a character like any other.
    fn stands_alone(&self, start: usize, end: usize) -> bool {
        let apart = |one: &Character| one.gap >= SPACE;
        let before = start == 0 || apart(&self.characters[start]) || self.characters[start - 1].value.is_whitespace();
        let after = self.characters.get(end).is_none_or(|next| apart(next) || next.value.is_whitespace());
        before && after
    }
}

/// How far two characters' baselines may be apart on one line, in sizes.
const SAME_LINE: f64 = 0.25;
/// A gap this wide ends a piece of text: another column or table cell.
const COLUMN: f64 = 1.5;
/// Two equal characters closer than this are one, drawn twice to look bold.
const DOUBLED: f64 = 0.15;

fn lines(pdf: &Pdf, frames: &[Frame]) -> Vec<Line> {
    let cache = InterpreterCache::new();
    let mut effort = Effort::default();
    let mut lines = Vec::new();
    for (index, (page, frame)) in pdf.pages().iter().zip(frames).enumerate() {
        let mut drawn = read(page, frame, index + 1, &cache, &mut effort);
        let size = frame.size();
        let bounds = Rect::new(0.0, 0.0, size.width, size.height);
        drawn.retain(|one| bounds.contains(one.place.center()));
        lines.extend(arrange(drawn));
    }
    lines
}

/// Puts the characters of a page into lines, in reading order.
fn arrange(mut drawn: Vec<Drawn>) -> Vec<Line> {
    drawn.sort_by(|a, b| a.angle().cmp(&b.angle()).then(a.across().total_cmp(&b.across())));
    let mut lines: Vec<Vec<Drawn>> = Vec::new();
    for one in drawn {
        match lines.last_mut() {
            Some(line) if belongs(&line[0], &one) => line.push(one),
            Some(_) | None => lines.push(vec![one]),
        }
    }
    // One line, one height: a piece that sits a hair lower in its row is not "below" the one beside it.
    let mut pieces: Vec<(f64, Line)> = Vec::new();
    for line in lines {
        let top = line.iter().map(|one| one.place.y0).fold(f64::INFINITY, f64::min);
        pieces.extend(columns(line).into_iter().map(|piece| (top, piece)));
    }
    let left = |line: &Line| line.characters.iter().map(|one| one.place.x0).fold(f64::INFINITY, f64::min);
    pieces.sort_by(|(a_top, a), (b_top, b)| a_top.total_cmp(b_top).then(left(a).total_cmp(&left(b))));
    pieces.into_iter().map(|(_, piece)| piece).collect()
}

fn belongs(first: &Drawn, one: &Drawn) -> bool {
    first.angle() == one.angle() && (one.across() - first.across()).abs() <= SAME_LINE * first.size.max(one.size)
}

/// Cuts a line where a column ends.
fn columns(mut line: Vec<Drawn>) -> Vec<Line> {
    line.sort_by(|a, b| a.begins().total_cmp(&b.begins()));
    let mut pieces: Vec<Line> = Vec::new();
    let mut before: Option<&Drawn> = None;
    for one in &line {
        let mut gap = f64::INFINITY;
        if let Some(before) = before {
            let size = before.size.max(one.size);
            if before.value == one.value && (one.begins() - before.begins()).abs() < DOUBLED * size {
                continue;
            }
            gap = (one.begins() - before.begins() - before.advance) / size;
        }
        let character = Character { value: one.value, place: one.place, gap };
        match pieces.last_mut() {
            Some(piece) if gap < COLUMN => piece.characters.push(character),
            Some(_) | None => pieces.push(Line { page: one.page, characters: vec![character] }),
        }
        before = Some(one);
    }
    pieces
}
