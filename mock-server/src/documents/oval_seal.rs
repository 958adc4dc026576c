//! An organization's oval seal, as those for money, staff and invoices may be: a ring, the name along its upper arc, what the seal
//! is for across the middle.
//!
//! Like the round one it looks the part and proves nothing.

use std::f32::consts::FRAC_PI_2;

use krilla::geom::Transform;

use super::pen::{ASCENT, Colour, DESCENT, Pen};
use super::seal::{LONGEST_ROUND, MOST_ON_ARC, SMALLEST_ROUND, circle, framed};

/// Into how many straight pieces the arc is cut when places along it are measured.
const PIECES: u16 = 256;
/// How far the name reaches to either side of the top, as an angle of the ellipse's circle.
const REACH: f32 = FRAC_PI_2 * 1.25;

/// Draws the seal, as large as it fits, `flatness` times as high as it is wide.
pub(super) fn oval(pen: &mut Pen<'_, '_>, (name, label): (&str, Option<&str>), flatness: f32, width: f32, height: f32) {
    let wide = width.min(height / flatness);
    let short = wide * flatness;
    let out_of_shape = width.max(height) / width.min(height) > LONGEST_ROUND;
    if short < SMALLEST_ROUND / 1.5 || out_of_shape || name.chars().count() > MOST_ON_ARC {
        return framed(pen, name, label, width, height);
    }
    pen.set_colour(Colour::SEAL);
    let ring = short * 0.03;
    let half = (wide / 2.0 * 0.98 - ring / 2.0, short / 2.0 * 0.98 - ring / 2.0);
    pen.within(Transform::from_translate(width / 2.0, height / 2.0), |pen| {
        // A circle of the lower half's height, drawn wider: the ring is a little thicker at its sides, as cut ones are.
        pen.within(Transform::from_scale(half.0 / half.1, 1.0), |pen| pen.outline(&circle(half.1), ring));
        let size = short * 0.15;
        along(pen, name, (half.0 - ring - size * 0.75, half.1 - ring - size * 0.75), size);
        if let Some(label) = label {
            let size = (short * 0.19).min(half.0 * 1.3 / pen.length(label).max(0.1));
            pen.set_weight(size * 0.025);
            pen.text(label, -pen.length(label) * size / 2.0, short * 0.13 + size / 2.0, size);
            pen.set_weight(0.0);
        }
    });
}

/// Sets `name` along the upper arc of the ellipse with these half axes, each character upright on the arc. Characters stand apart
/// when there are few of them, and become narrow when there are many.
fn along(pen: &mut Pen<'_, '_>, name: &str, half: (f32, f32), size: f32) {
    let lengths: Vec<f32> = name.chars().map(|character| pen.advance(character).max(0.2)).collect();
    let total: f32 = lengths.iter().sum::<f32>().max(0.1);
    let arc = Arc::of(half);
    let span = arc.length().min(total * size * 1.5);
    let narrow = (span / (total * size * 1.04)).min(1.0);
    let mut reached = (arc.length() - span) / 2.0;
    pen.set_weight(size * 0.025);
    for (character, length) in name.chars().zip(&lengths) {
        let share = span * length / total;
        let (x, y, turn) = arc.at(reached + share / 2.0);
        pen.within(Transform::from_translate(x, y), |pen| {
            pen.within(Transform::from_rotate(turn.to_degrees()), |pen| {
                pen.within(Transform::from_scale(narrow, 1.0), |pen| {
                    let lowered = (ASCENT - DESCENT) / 2.0 * size;
                    pen.text(character.encode_utf8(&mut [0; 4]), -length * size / 2.0, lowered, size);
                });
            });
        });
        reached += share;
    }
    pen.set_weight(0.0);
}

/// The upper arc of an ellipse, measured: how far each of its places is from its left end.
struct Arc {
    half: (f32, f32),
    /// Length up to each piece's end; angles are evenly spread.
    measured: Vec<f32>,
}

impl Arc {
    fn of(half: (f32, f32)) -> Self {
        let place = |piece: u16| {
            let (sine, cosine) = angle(f32::from(piece)).sin_cos();
            (half.0 * sine, -half.1 * cosine)
        };
        let mut sum = 0.0;
        let pieces = (1..=PIECES).map(|piece| {
            let ((x, y), (to_x, to_y)) = (place(piece - 1), place(piece));
            sum += (to_x - x).hypot(to_y - y);
            sum
        });
        Self { half, measured: pieces.collect() }
    }

    fn length(&self) -> f32 {
        self.measured.last().copied().unwrap_or(0.0)
    }

    /// Where one is after so much of it, and how far the arc leans there.
    fn at(&self, along: f32) -> (f32, f32, f32) {
        let piece = self.measured.partition_point(|end| *end < along);
        let start = piece.checked_sub(1).and_then(|before| self.measured.get(before)).copied().unwrap_or(0.0);
        let end = self.measured.get(piece).copied().unwrap_or(start);
        let within = if end > start { (along - start) / (end - start) } else { 0.0 };
        let (sine, cosine) = angle(piece as f32 + within).sin_cos();
        let lean = (self.half.1 * sine).atan2(self.half.0 * cosine);
        (self.half.0 * sine, -self.half.1 * cosine, lean)
    }
}

/// The angle at the start of a piece; 0 is the top.
fn angle(piece: f32) -> f32 {
    REACH * (2.0 * piece / f32::from(PIECES) - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_on_the_arc_are_as_far_apart_as_they_are_said_to_be() {
        let arc = Arc::of((40.0, 30.0));
        let places: Vec<_> = (0_u8..=8).map(|eighth| arc.at(arc.length() * f32::from(eighth) / 8.0)).collect();
        let gaps: Vec<f32> =
            places.windows(2).map(|pair| (pair[1].0 - pair[0].0).hypot(pair[1].1 - pair[0].1)).collect();
        let (least, most) =
            gaps.iter().fold((f32::MAX, 0.0_f32), |(least, most), gap| (least.min(*gap), most.max(*gap)));
        assert!(most / least < 1.05, "{gaps:?}");
        let top = arc.at(arc.length() / 2.0);
        assert!(top.0.abs() < 0.01 && (top.1 + 30.0).abs() < 0.01 && top.2.abs() < 0.01, "{top:?}");
        for (x, y, lean) in places {
            assert!(((x / 40.0).powi(2) + (y / 30.0).powi(2) - 1.0).abs() < 0.001);
            assert!(x * lean >= -0.001, "it leans outwards on either side");
        }
    }
}
