//! What a page draws, glyph by glyph: hayro goes through its content, and this listens instead of painting.

use hayro::hayro_interpret::font::{Glyph, GlyphRun};
use hayro::hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, RenderContent, SoftMask, interpret_page,
};
use hayro::hayro_syntax::page::Page;
use hayro::kurbo::{Affine, BezPath, Point, Rect, Vec2};
use unicode_normalization::char::decompose_compatible;

use super::frame::Frame;
use super::limits::Effort;

/// Upper and lower edge of a character's box around its baseline, in thousandths of its size: the em box that Chinese
/// fonts share. ASSUMED: the vendor does not say how tall "the size of the keyword itself" is.
const EM_BOX: (f64, f64) = (880.0, -120.0);

/// A character as the page draws it.
pub(super) struct Drawn {
    pub(super) value: char,
    pub(super) page: usize,
    pub(super) place: Rect,
    pub(super) origin: Point,
    /// Unit vector in which the line runs.
    pub(super) along: Vec2,
    pub(super) size: f64,
    pub(super) advance: f64,
}

impl Drawn {
    /// Direction of the line in whole degrees, so that a line drawn in pieces is one line.
    pub(super) fn angle(&self) -> i32 {
        let degrees = self.along.atan2().to_degrees().round();
        if degrees <= -180.0 { 180 } else { degrees as i32 }
    }

    /// How far down the line stands, measured across its direction.
    pub(super) fn across(&self) -> f64 {
        let down = Vec2::new(-self.along.y, self.along.x);
        self.origin.to_vec2().dot(down)
    }

    pub(super) fn begins(&self) -> f64 {
        self.origin.to_vec2().dot(self.along)
    }
}

/// Goes through everything the page draws, its annotations too, without drawing it; stops, as [`Effort`] does, when
/// that is too much.
pub(super) fn survey(page: &Page<'_>, frame: &Frame) {
    let mut effort = Effort::default();
    let mut listener = Reader { page: None, drawn: Vec::new(), effort: &mut effort };
    listen(page, frame, RenderContent::all(), &InterpreterCache::new(), &mut listener);
}

/// Goes through a page and returns the characters it draws, in the order in which it draws them.
pub(super) fn read<'a>(
    page: &'a Page<'a>,
    frame: &Frame,
    number: usize,
    cache: &InterpreterCache<'a>,
    effort: &mut Effort,
) -> Vec<Drawn> {
    let mut listener = Reader { page: Some(number), drawn: Vec::new(), effort };
    listen(page, frame, RenderContent::PAGE, cache, &mut listener);
    listener.drawn
}

fn listen<'a>(
    page: &'a Page<'a>,
    frame: &Frame,
    render_content: RenderContent,
    cache: &InterpreterCache<'a>,
    listener: &mut Reader<'_>,
) {
    let settings = InterpreterSettings { render_content, ..InterpreterSettings::default() };
    let size = frame.size();
    let bounds = Rect::new(0.0, 0.0, size.width, size.height);
    let mut context = Context::new(frame.shown(), bounds, cache, page.xref(), settings);
    interpret_page(page, &mut context, listener);
}

/// Folds a character that only looks different into the one people type: PDF producers often name a Chinese character
/// by its radical (⽅ U+2F45 for 方).
pub(super) fn plain(character: char) -> impl Iterator<Item = char> {
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
    /// The page's number, where characters are wanted; otherwise they are only counted.
    page: Option<usize>,
    drawn: Vec<Drawn>,
    effort: &'e mut Effort,
}

impl Reader<'_> {
    fn add(&mut self, page: usize, glyph: &Glyph<'_>, to_page: Affine, vertical: bool) {
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
            self.drawn.push(Drawn { value, page, place, origin, along: ahead / scale, size, advance });
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
        let Some(page) = self.page else { return };
        for glyph in run.glyphs() {
            self.add(page, glyph, props.transform * glyph.transform(), vertical);
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
