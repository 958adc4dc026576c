//! Seals: the round one of an organization, the square one of a legal representative.
//!
//! They look the part and prove nothing: a real seal is the organization's own picture.

use std::f32::consts::{FRAC_PI_2, PI, TAU};

use krilla::geom::{Path, PathBuilder, Rect, Transform};

use super::lettering::{self, Align, Setting, TextStyle};
use super::pen::{ASCENT, Colour, DESCENT, Pen, rectangle};

/// Below this diameter nobody could read a name on an arc: the name is set straight in a frame.
pub(super) const SMALLEST_ROUND: f32 = 34.0;
/// Above this many characters an arc is too crowded.
pub(super) const MOST_ON_ARC: usize = 32;
/// A seal is round as long as its area is not longer than this many times its height, or the other way round.
pub(super) const LONGEST_ROUND: f32 = 2.5;

/// Draws an organization's seal: a ring, the name along its upper arc, a star, and `label` (合同专用章) under it.
pub(super) fn round(pen: &mut Pen<'_, '_>, name: &str, label: Option<&str>, width: f32, height: f32) {
    let (short, long) = (width.min(height), width.max(height));
    let count = name.chars().count();
    if short < SMALLEST_ROUND || long / short > LONGEST_ROUND || count > MOST_ON_ARC {
        return framed(pen, name, label, width, height);
    }
    pen.set_colour(Colour::SEAL);
    let radius = short / 2.0 * 0.98;
    let ring = radius * 0.055;
    pen.within(Transform::from_translate(width / 2.0, height / 2.0), |pen| {
        pen.outline(&circle(radius - ring / 2.0), ring);
        pen.solid(&star(radius * 0.27));
        arc(pen, name, radius, label.is_some());
        if let Some(label) = label {
            let size = (radius * 0.2).min(radius * 1.12 / pen.length(label).max(0.1));
            let length = pen.length(label) * size;
            pen.set_weight(size * 0.025);
            pen.text(label, -length / 2.0, radius * 0.6, size);
            pen.set_weight(0.0);
        }
    });
}

/// Sets `name` along the upper arc, each character upright on its radius.
fn arc(pen: &mut Pen<'_, '_>, name: &str, radius: f32, labelled: bool) {
    let widest = if labelled { PI * 1.36 } else { PI * 1.55 };
    let middle = radius * 0.735;
    let lengths: Vec<f32> = name.chars().map(|character| pen.advance(character).max(0.2)).collect();
    let total: f32 = lengths.iter().sum();
    let size = (radius * 0.27).min(radius * 0.62 / (total / 16.0).max(1.0).sqrt());
    // Characters stand apart when there are few of them, and become narrow, as on real seals, when there are many.
    let apart = if total <= 12.0 { 1.34 } else { 1.1 };
    let span = (total * size * apart / middle).min(widest);
    let narrow = (span * middle / (total * size * 1.04)).min(1.0);
    let mut angle = -span / 2.0;
    pen.set_weight(size * 0.025);
    for (character, length) in name.chars().zip(&lengths) {
        let share = span * length / total.max(0.1);
        let turn = Transform::from_rotate((angle + share / 2.0).to_degrees());
        pen.within(turn, |pen| {
            pen.within(Transform::from_row(narrow, 0.0, 0.0, 1.0, 0.0, -middle), |pen| {
                let lowered = (ASCENT - DESCENT) / 2.0 * size;
                pen.text(character.encode_utf8(&mut [0; 4]), -length * size / 2.0, lowered, size);
            });
        });
        angle += share;
    }
    pen.set_weight(0.0);
}

/// Draws a legal representative's seal: the name in a square frame, two characters a column where it has three or four.
pub(super) fn square(pen: &mut Pen<'_, '_>, name: &str, width: f32, height: f32) {
    let characters: Vec<char> = name.chars().collect();
    let side = width.min(height);
    if !(2..=4).contains(&characters.len()) || side < SMALLEST_ROUND / 2.0 {
        return framed(pen, name, None, width, height);
    }
    // Read from the right column down: 张三 plus 之印 / 印, as such seals are cut.
    let filler: &[char] = if characters.len() == 2 { &['之', '印'] } else { &['印'] };
    let cells = characters.iter().chain(filler).take(4).copied();
    pen.set_colour(Colour::SEAL);
    let edge = side * 0.05;
    let corner = ((width - side) / 2.0, (height - side) / 2.0);
    pen.within(Transform::from_translate(corner.0, corner.1), |pen| {
        let sides = Rect::from_xywh(edge / 2.0, edge / 2.0, side - edge, side - edge);
        pen.outline(&sides.and_then(rectangle), edge);
        let cell = (side - 3.0 * edge) / 2.0;
        let size = cell * 0.94;
        pen.set_weight(size * 0.03);
        for (index, character) in cells.enumerate() {
            let (column, row) = (1 - index / 2, index % 2);
            let x = 1.5 * edge + column as f32 * cell + (cell - pen.advance(character) * size) / 2.0;
            let y = 1.5 * edge + row as f32 * cell + (cell - size) / 2.0 + ASCENT * size;
            pen.text(character.encode_utf8(&mut [0; 4]), x, y, size);
        }
        pen.set_weight(0.0);
    });
}

/// The readable fallback: the words, broken as needed, in a red frame.
pub(super) fn framed(pen: &mut Pen<'_, '_>, name: &str, label: Option<&str>, width: f32, height: f32) {
    pen.set_colour(Colour::SEAL);
    let edge = (width.min(height) * 0.05).clamp(0.3, 2.0);
    let sides = Rect::from_xywh(edge / 2.0, edge / 2.0, width - edge, height - edge);
    pen.outline(&sides.and_then(rectangle), edge);
    let words = label.map_or_else(|| name.to_owned(), |label| format!("{name}\n{label}"));
    let style = TextStyle { size: f64::from(height.min(18.0)), align: Align::Center, colour: Colour::SEAL, bold: true };
    let inside = (width - 4.0 * edge, height - 4.0 * edge);
    pen.within(Transform::from_translate(2.0 * edge, 2.0 * edge), |pen| {
        lettering::set(pen, &words, style, Setting::Broken, inside.0, inside.1);
    });
}

pub(super) fn circle(radius: f32) -> Option<Path> {
    /// How far a quarter circle's control points stand from its ends, in radii.
    const BEND: f32 = 0.552_284_8;
    let bend = radius * BEND;
    let mut path = PathBuilder::new();
    path.move_to(radius, 0.0);
    path.cubic_to(radius, bend, bend, radius, 0.0, radius);
    path.cubic_to(-bend, radius, -radius, bend, -radius, 0.0);
    path.cubic_to(-radius, -bend, -bend, -radius, 0.0, -radius);
    path.cubic_to(bend, -radius, radius, -bend, radius, 0.0);
    path.close();
    path.finish()
}

fn star(radius: f32) -> Option<Path> {
    /// Radius of the inner corners of a five-pointed star with straight edges.
    const INNER: f32 = 0.381_966;
    let mut path = PathBuilder::new();
    for corner in 0_u8..10 {
        let far = if corner % 2 == 0 { radius } else { radius * INNER };
        let (sine, cosine) = (f32::from(corner) * TAU / 10.0 - FRAC_PI_2).sin_cos();
        if corner == 0 { path.move_to(far * cosine, far * sine) } else { path.line_to(far * cosine, far * sine) }
    }
    path.close();
    path.finish()
}
