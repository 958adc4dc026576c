//! A person's signature: the name, slanted and uneven as if written by hand, underlined by a stroke.
//!
//! Uneven in the same way every time: it follows from the name.

use krilla::geom::{PathBuilder, Transform};

use super::pen::{ASCENT, Colour, DESCENT, Pen};

/// How much a written character leans to the right.
const SLANT: f32 = 0.22;
/// Most a character is turned, in degrees.
const TURN: f32 = 5.0;
/// Most a character stands off its line, in sizes.
const LIFT: f32 = 0.06;
/// Distance of characters in comparison with print.
const CLOSE: f32 = 0.92;

/// Draws `name` as large as `width` x `height` allows.
pub(super) fn sign(pen: &mut Pen<'_, '_>, name: &str, width: f32, height: f32) {
    let characters: Vec<char> = name.chars().filter(|character| !character.is_control()).collect();
    let length: f32 = characters.iter().map(|&character| pen.advance(character) * CLOSE).sum();
    // Room for what leans, turns and stands off the line.
    let size = (height / 1.3).min(width / (length + 0.3).max(0.5));
    let mut x = (width - length * size) / 2.0;
    let line = height / 2.0 + (ASCENT - DESCENT) / 2.0 * size;
    pen.set_colour(Colour::INK);
    pen.set_weight(size * 0.022);
    for (index, &character) in characters.iter().enumerate() {
        let hand = Hand::of(character, index);
        let advance = pen.advance(character);
        let centre = (x + advance * size / 2.0, line + hand.lift * LIFT * size - 0.38 * size);
        pen.within(Transform::from_translate(centre.0, centre.1), |pen| {
            pen.within(Transform::from_rotate(hand.turn * TURN), |pen| {
                pen.within(Transform::from_row(hand.scale, 0.0, -SLANT, hand.scale, 0.0, 0.0), |pen| {
                    pen.text(character.encode_utf8(&mut [0; 4]), -advance * size / 2.0, 0.38 * size, size);
                });
            });
        });
        x += advance * size * CLOSE;
    }
    pen.set_weight(0.0);
    underline(pen, (width - length * size) / 2.0, length * size, line + 0.2 * size, size);
}

/// A stroke that swells and runs out, like a pen drawn quickly to the right.
fn underline(pen: &mut Pen<'_, '_>, x: f32, length: f32, y: f32, size: f32) {
    let thick = size * 0.03;
    let mut path = PathBuilder::new();
    path.move_to(x, y + thick);
    path.cubic_to(x + length * 0.3, y - 3.0 * thick, x + length * 0.6, y - thick, x + length, y - 2.0 * thick);
    path.cubic_to(x + length * 0.6, y + thick * 0.4, x + length * 0.3, y - thick, x, y + thick);
    path.close();
    pen.solid(&path.finish());
}

/// How one character comes out, each between -1 and 1, except `scale` around 1.
struct Hand {
    turn: f32,
    lift: f32,
    scale: f32,
}

impl Hand {
    fn of(character: char, index: usize) -> Self {
        let mixed = (u32::from(character) ^ (index as u32).wrapping_mul(0x9E37_79B9)).wrapping_mul(0x85EB_CA6B);
        let part = |shift: u32| f32::from((mixed >> shift) as u8) / 127.5 - 1.0;
        Self { turn: part(8), lift: part(16), scale: 1.0 + part(24) * 0.05 }
    }
}
