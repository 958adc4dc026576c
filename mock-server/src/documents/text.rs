//! The text of a PDF and where each piece of it stands: what KEYWORD positioning searches.
//!
//! Only real text counts, not text in pictures ([api Component]). Text that a viewer would not show because its layer
//! is switched off is left out; invisible text laid over a scan is text like any other (ASSUMED).

use hayro::hayro_interpret::font::{Glyph, GlyphRun};
use hayro::hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, RenderContent, SoftMask, interpret_page,
};
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::page::Page;
use hayro::kurbo::{BezPath, Point, Rect, Vec2};
use unicode_normalization::char::decompose_compatible;

use super::limits::{Effort, contain};
use super::pages::{Area, Frame, frames, open};
use super::unusable::Unusable;

/// Upper and lower edge of a character's box around its baseline, in thousandths of its size: the em box that Chinese
/// fonts share. ASSUMED: the vendor does not say how tall "the size of the keyword itself" is.
const EM_BOX: (f64, f64) = (880.0, -120.0);
/// How far two characters' baselines may be apart on one line, in sizes.
const SAME_LINE: f64 = 0.25;
/// A gap this wide stands for a space (in sizes): many producers move on instead of drawing one.
const SPACE: f64 = 0.15;
/// A gap this wide ends a piece of text: another column or table cell.
const COLUMN: f64 = 1.5;
/// Two equal characters closer than this are one, drawn twice to look bold.
const DOUBLED: f64 = 0.15;

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

    /// The lines as plain text, each with its page, for people and tests.
    pub fn lines(&self) -> impl Iterator<Item = (usize, String)> {
        self.lines.iter().map(|line| (line.page, line.characters.iter().map(|one| one.value).collect()))
    }
}

impl Line {
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

/// A character as the page draws it.
struct Drawn {
    value: char,
    page: usize,
    place: Rect,
    origin: Point,
    /// Unit vector in which the line runs.
    along: Vec2,
    size: f64,
    advance: f64,
}

impl Drawn {
    /// Direction of the line in whole degrees, so that a line drawn in pieces is one line.
    fn angle(&self) -> i32 {
        let degrees = self.along.atan2().to_degrees().round();
        if degrees <= -180.0 { 180 } else { degrees as i32 }
    }

    /// How far down the line stands, measured across its direction.
    fn across(&self) -> f64 {
        let down = Vec2::new(-self.along.y, self.along.x);
        self.origin.to_vec2().dot(down)
    }

    fn begins(&self) -> f64 {
        self.origin.to_vec2().dot(self.along)
    }
}

fn lines(pdf: &Pdf, frames: &[Frame]) -> Vec<Line> {
    let cache = InterpreterCache::new();
    let mut effort = Effort::default();
    let mut lines = Vec::new();
    for (index, (page, frame)) in pdf.pages().iter().zip(frames).enumerate() {
        let mut drawn = read(page, frame, index + 1, RenderContent::PAGE, &cache, &mut effort);
        let size = frame.size();
        let bounds = Rect::new(0.0, 0.0, size.width, size.height);
        drawn.retain(|one| bounds.contains(one.place.center()));
        lines.extend(arrange(drawn));
    }
    lines
}

/// Goes through everything the page draws, its annotations too, without drawing it; stops, as [`Effort`] does, when
/// that is too much.
pub(super) fn survey(page: &Page<'_>, frame: &Frame) {
    read(page, frame, 1, RenderContent::all(), &InterpreterCache::new(), &mut Effort::default());
}

fn read<'a>(
    page: &'a Page<'a>,
    frame: &Frame,
    number: usize,
    render_content: RenderContent,
    cache: &InterpreterCache<'a>,
    effort: &mut Effort,
) -> Vec<Drawn> {
    let settings = InterpreterSettings { render_content, ..InterpreterSettings::default() };
    let size = frame.size();
    let bounds = Rect::new(0.0, 0.0, size.width, size.height);
    let mut context = Context::new(frame.shown(), bounds, cache, page.xref(), settings);
    let mut reader = Reader { page: number, drawn: Vec::new(), effort };
    interpret_page(page, &mut context, &mut reader);
    reader.drawn
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

/// Folds a character that only looks different into the one people type: PDF producers often name a Chinese character
/// by its radical (⽅ U+2F45 for 方).
fn plain(character: char) -> impl Iterator<Item = char> {
    let mut folded = Vec::with_capacity(1);
    match character {
        '\u{2E80}'..='\u{2FDF}' | '\u{F900}'..='\u{FAFF}' => decompose_compatible(character, |one| folded.push(one)),
        '\u{A0}' => folded.push(' '),
        _ => folded.push(character),
    }
    folded.into_iter()
}

/// Collects the glyphs a page draws; everything else it draws is only counted.
struct Reader<'e> {
    page: usize,
    drawn: Vec<Drawn>,
    effort: &'e mut Effort,
}

impl Reader<'_> {
    fn add(&mut self, glyph: &Glyph<'_>, to_page: hayro::kurbo::Affine, vertical: bool) {
        let values: Vec<char> = match glyph.as_unicode() {
            Some(BfString::Char(value)) => plain(value).collect(),
            Some(BfString::String(values)) => values.chars().flat_map(plain).collect(),
            // An unnamed glyph still is a character that stands beside its neighbours.
            None => vec![char::REPLACEMENT_CHARACTER],
        };
        let advance = match glyph {
            Glyph::Outline(outline) => outline.advance_width(),
            Glyph::Type3(drawing) => drawing.advance_width(),
        };
        let advance = f64::from(advance.unwrap_or(1000.0)).clamp(0.0, 10_000.0);
        let share = advance / values.len().max(1) as f64;
        let origin = to_page * Point::ORIGIN;
        let (ahead, length) =
            if vertical { (Point::new(0.0, -1000.0), 1000.0) } else { (Point::new(1000.0, 0.0), advance) };
        let ahead = to_page * ahead - origin;
        let up = to_page * Point::new(0.0, 1000.0) - origin;
        let (scale, size) = (ahead.hypot(), up.hypot());
        if !(origin.is_finite() && scale.is_finite() && size.is_finite()) || scale < 1e-6 || size < 1e-6 {
            return;
        }
        for (index, value) in values.into_iter().enumerate() {
            let left = share * index as f64;
            let place = to_page.transform_rect_bbox(Rect::new(left, EM_BOX.1, left + share, EM_BOX.0));
            let origin = to_page * Point::new(left, 0.0);
            let advance = if vertical { length } else { share } * scale / 1000.0;
            self.drawn.push(Drawn { value, page: self.page, place, origin, along: ahead / scale, size, advance });
        }
    }
}

/// Steps that a clip or a group counts for; every form drawn opens one.
const LAYER: usize = 10;

impl<'a> Device<'a> for Reader<'_> {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.effort.spend(1);
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.effort.spend(LAYER);
    }

    fn push_clip_rect(&mut self, _: &Rect) {
        self.effort.spend(LAYER);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.effort.spend(LAYER);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        self.effort.spend(1 + run.glyphs().len());
        let vertical = run.writing_mode() == WritingMode::Vertical;
        for glyph in run.glyphs() {
            self.add(glyph, props.transform * glyph.transform(), vertical);
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.effort.spend(1);
    }

    fn draw_rect(&mut self, _: &Rect, _: DrawProps<'a>, _: &DrawMode) {
        self.effort.spend(1);
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
