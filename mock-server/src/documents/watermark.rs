//! A watermark: pale text over a page, once or all over.

use krilla::geom::Transform;

use super::lettering::TextStyle;
use super::pen::{ASCENT, DESCENT, Pen};

/// A watermark (`api Component`, ComponentExtra of WATERMARK).
#[derive(Clone, Debug, PartialEq)]
pub struct Watermark {
    /// What it says.
    pub text: String,
    /// How the text looks.
    pub style: TextStyle,
    /// From 0, not there, to 1, solid.
    pub opacity: f32,
    /// Degrees it is turned clockwise.
    pub turn: f32,
    /// Where it stands.
    pub position: WatermarkPosition,
}

/// Where a watermark stands (`Position` and `Density`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WatermarkPosition {
    /// All over the page, this many pt apart.
    Tiled(u16),
    /// Once, upper left.
    LeftTop,
    /// Once, lower left.
    LeftBottom,
    /// Once, upper right.
    RightTop,
    /// Once, lower right.
    RightBottom,
    /// Once, in the middle.
    Center,
}

/// Distance of a single watermark from the edges of its page.
const MARGIN: f32 = 24.0;
/// Most repetitions on one page; on a larger page they stand further apart.
const MOST: f32 = 1_000.0;

/// Draws it on a page of this size.
pub(super) fn watermark(pen: &mut Pen<'_, '_>, mark: &Watermark, width: f32, height: f32) {
    let size = (mark.style.size as f32).clamp(1.0, 1000.0);
    let length = pen.length(&mark.text) * size;
    pen.set_colour(mark.style.colour);
    pen.set_weight(if mark.style.bold { size / 30.0 } else { 0.0 });
    pen.faded(mark.opacity, |pen| {
        for (x, y) in centres(mark, length, size, width, height) {
            pen.within(Transform::from_translate(x, y), |pen| {
                pen.within(Transform::from_rotate(mark.turn % 360.0), |pen| {
                    pen.text(&mark.text, -length / 2.0, (ASCENT - DESCENT) / 2.0 * size, size);
                });
            });
        }
    });
    pen.set_weight(0.0);
}

/// The middles of all its repetitions.
fn centres(mark: &Watermark, length: f32, size: f32, width: f32, height: f32) -> Vec<(f32, f32)> {
    let (sine, cosine) = (mark.turn % 360.0).to_radians().sin_cos();
    let (wide, tall) = ((length * cosine).abs() + (size * sine).abs(), (length * sine).abs() + (size * cosine).abs());
    let (left, top) = (MARGIN + wide / 2.0, MARGIN + tall / 2.0);
    let (right, bottom) = (width - left, height - top);
    match mark.position {
        WatermarkPosition::LeftTop => vec![(left, top)],
        WatermarkPosition::LeftBottom => vec![(left, bottom)],
        WatermarkPosition::RightTop => vec![(right, top)],
        WatermarkPosition::RightBottom => vec![(right, bottom)],
        WatermarkPosition::Center => vec![(width / 2.0, height / 2.0)],
        WatermarkPosition::Tiled(apart) => {
            let apart = f32::from(apart);
            let (mut across, mut down) = (wide + apart, tall + apart);
            let crowd = width * height / (across * down);
            if crowd > MOST {
                across *= (crowd / MOST).sqrt();
                down *= (crowd / MOST).sqrt();
            }
            let steps = |room: f32, step: f32| {
                (0..).map(move |n: u16| step / 2.0 + f32::from(n) * step).take_while(move |at| *at < room + step / 2.0)
            };
            steps(height, down).flat_map(|y| steps(width, across).map(move |x| (x, y))).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(position: WatermarkPosition, turn: f32, width: f32, height: f32) -> Vec<(f32, f32)> {
        let mark = Watermark { text: "样本".into(), style: TextStyle::default(), opacity: 0.2, turn, position };
        centres(&mark, 24.0, 12.0, width, height)
    }

    #[test]
    fn a_single_watermark_stands_inside_its_corner() {
        assert_eq!(places(WatermarkPosition::LeftTop, 0.0, 600.0, 800.0), [(36.0, 30.0)]);
        assert_eq!(places(WatermarkPosition::RightBottom, 0.0, 600.0, 800.0), [(564.0, 770.0)]);
        assert_eq!(places(WatermarkPosition::Center, 45.0, 600.0, 800.0), [(300.0, 400.0)]);
    }

    #[test]
    fn a_closer_tiling_has_more_and_a_huge_page_not_too_many() {
        let count = |apart, width, height| places(WatermarkPosition::Tiled(apart), 30.0, width, height).len();
        assert!(count(60, 600.0, 800.0) > count(120, 600.0, 800.0));
        assert!(count(120, 600.0, 800.0) > count(240, 600.0, 800.0));
        assert!(count(60, 14_400.0, 14_400.0) < 1_300);
    }
}
