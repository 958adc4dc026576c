//! A check box: a square, ticked or not.

use krilla::geom::{PathBuilder, Rect};

use super::pen::{Colour, Pen, rectangle};

/// Draws a square as large as the area allows, in its middle, with a tick when `ticked`.
pub(super) fn check_box(pen: &mut Pen<'_, '_>, ticked: bool, width: f32, height: f32) {
    let edge = (width.min(height) * 0.06).clamp(0.4, 1.5);
    let side = width.min(height) - edge;
    let (left, top) = ((width - side) / 2.0, (height - side) / 2.0);
    pen.set_colour(Colour::BLACK);
    pen.outline(&Rect::from_xywh(left, top, side, side).and_then(rectangle), edge);
    if ticked {
        let mut tick = PathBuilder::new();
        tick.move_to(left + side * 0.2, top + side * 0.52);
        tick.line_to(left + side * 0.42, top + side * 0.75);
        tick.line_to(left + side * 0.82, top + side * 0.25);
        pen.outline(&tick.finish(), edge * 1.8);
    }
}
