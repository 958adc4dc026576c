//! A sheet to draw one mark on: characters, lines and shapes, upper-left coordinates, pt.

use std::collections::BTreeSet;

use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Rect, Transform};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, LineCap, LineJoin, Stroke};
use krilla::surface::Surface;
use krilla::text::KrillaGlyph;

use super::fonts::Fonts;

/// Upper edge of a Chinese character over its baseline, in sizes.
pub(super) const ASCENT: f32 = 0.88;
/// Lower edge of a Chinese character under its baseline, in sizes.
pub(super) const DESCENT: f32 = 0.12;

/// A colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour {
    /// Red.
    pub red: u8,
    /// Green.
    pub green: u8,
    /// Blue.
    pub blue: u8,
}

impl Colour {
    /// Black, as printed text is.
    pub const BLACK: Self = Self { red: 0, green: 0, blue: 0 };
    /// The red of a Chinese seal.
    pub const SEAL: Self = Self { red: 214, green: 18, blue: 28 };
    /// Dark ink.
    pub const INK: Self = Self { red: 20, green: 24, blue: 48 };
}

pub(super) struct Pen<'a, 'b> {
    surface: &'a mut Surface<'b>,
    fonts: &'a Fonts,
    missing: &'a mut BTreeSet<char>,
    colour: Colour,
    /// Width of the line drawn around each character, to make it bolder; 0 for none.
    weight: f32,
}

impl<'a, 'b> Pen<'a, 'b> {
    pub(super) fn new(surface: &'a mut Surface<'b>, fonts: &'a Fonts, missing: &'a mut BTreeSet<char>) -> Self {
        Self { surface, fonts, missing, colour: Colour::BLACK, weight: 0.0 }
    }

    pub(super) fn set_colour(&mut self, colour: Colour) {
        self.colour = colour;
    }

    pub(super) fn set_weight(&mut self, weight: f32) {
        self.weight = weight;
    }

    /// How far `character` advances, in sizes.
    pub(super) fn advance(&self, character: char) -> f32 {
        self.fonts.find(character).map_or(1.0, |found| found.advance)
    }

    /// How long `text` is, in sizes.
    pub(super) fn length(&self, text: &str) -> f32 {
        text.chars().map(|character| self.advance(character)).sum()
    }

    /// Draws in coordinates changed by `transform`.
    pub(super) fn within(&mut self, transform: Transform, draw: impl FnOnce(&mut Self)) {
        self.surface.push_transform(&transform);
        draw(self);
        self.surface.pop();
    }

    /// Draws so that what lies below shows through: 0 nothing is seen of the drawing, 1 nothing of what lies below.
    pub(super) fn faded(&mut self, opacity: f32, draw: impl FnOnce(&mut Self)) {
        self.surface.push_opacity(NormalizedF32::new(opacity.clamp(0.0, 1.0)).unwrap_or(NormalizedF32::ONE));
        draw(self);
        self.surface.pop();
    }

    /// Sets `text` from `x` along the baseline at `y`. A character no face has becomes a box.
    pub(super) fn text(&mut self, text: &str, x: f32, y: f32, size: f32) {
        let mut at = x;
        for character in text.chars() {
            at += self.character(character, at, y, size);
        }
    }

    fn character(&mut self, character: char, x: f32, y: f32, size: f32) -> f32 {
        let Some(found) = self.fonts.find(character) else {
            if !character.is_whitespace() && !character.is_control() {
                self.missing.insert(character);
                self.box_for_missing(x, y, size);
            }
            return size;
        };
        let mut bytes = [0; 4];
        let text: &str = character.encode_utf8(&mut bytes);
        let glyph = KrillaGlyph::new(found.glyph, found.advance, 0.0, 0.0, 0.0, 0..text.len(), None);
        self.surface.set_fill(Some(self.fill()));
        self.surface.set_stroke((self.weight > 0.0).then(|| self.line(self.weight)));
        self.surface.draw_glyphs(Point::from_xy(x, y), &[glyph], found.font, text, size, false);
        found.advance * size
    }

    fn box_for_missing(&mut self, x: f32, y: f32, size: f32) {
        let edge = size * 0.08;
        if let Some(inside) = Rect::from_xywh(x + edge, y - ASCENT * size + edge, size - 2.0 * edge, size - 2.0 * edge)
        {
            self.outline(&rectangle(inside), edge / 2.0);
        }
    }

    /// Draws the line of `path`.
    pub(super) fn outline(&mut self, path: &Option<Path>, width: f32) {
        self.surface.set_fill(None);
        self.surface.set_stroke(Some(self.line(width)));
        if let Some(path) = path {
            self.surface.draw_path(path);
        }
    }

    /// Fills `path`.
    pub(super) fn solid(&mut self, path: &Option<Path>) {
        self.surface.set_fill(Some(self.fill()));
        self.surface.set_stroke(None);
        if let Some(path) = path {
            self.surface.draw_path(path);
        }
    }

    fn paint(&self) -> rgb::Color {
        rgb::Color::new(self.colour.red, self.colour.green, self.colour.blue)
    }

    fn fill(&self) -> Fill {
        Fill { paint: self.paint().into(), opacity: NormalizedF32::ONE, ..Fill::default() }
    }

    fn line(&self, width: f32) -> Stroke {
        Stroke {
            paint: self.paint().into(),
            width,
            line_cap: LineCap::Round,
            line_join: LineJoin::Round,
            ..Stroke::default()
        }
    }
}

/// A rectangle to draw.
pub(super) fn rectangle(sides: Rect) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(sides);
    path.finish()
}
