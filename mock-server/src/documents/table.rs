//! A table somebody filled in: a grid with text in its cells.
//!
//! The rows share the height of the area and text that does not fit is set smaller, so that a table never covers what
//! stands below it (ASSUMED: the vendor lets it grow and moves the rest of the page).

use krilla::geom::{Rect, Transform};

use super::lettering::{self, Align, Setting, TextStyle};
use super::pen::{Colour, Pen, rectangle};

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// How wide the columns are, in comparison with each other.
    pub columns: Vec<f64>,
    /// How many rows it has, that of the heads included.
    pub rows: usize,
    /// What stands in it.
    pub cells: Vec<Cell>,
    /// How text looks.
    pub style: TextStyle,
}

/// A cell, which may span several rows and columns. Both count from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its first row, and the row after its last.
    pub rows: (usize, usize),
    /// Its first column, and the column after its last.
    pub columns: (usize, usize),
    /// What stands in it.
    pub text: String,
    /// Whether it heads a column.
    pub head: bool,
}

/// Width of the lines.
const LINE: f32 = 0.7;
/// Distance between a line and the text beside it.
const MARGIN: f32 = 2.5;

/// Draws the grid and the text.
pub(super) fn table(pen: &mut Pen<'_, '_>, table: &Table, width: f32, height: f32) {
    let (width, height) = (width - LINE, height - LINE);
    // A width that is none counts as one share.
    let shares = table.columns.iter().map(|share| if (0.01..=1e4).contains(share) { *share as f32 } else { 1.0 });
    let total: f32 = shares.clone().sum();
    let mut edges = vec![0.0];
    edges.extend(shares.scan(0.0, |at, share| {
        *at += share / total * width;
        Some(*at)
    }));
    let row = height / table.rows.max(1) as f32;
    let inside =
        |cell: &&Cell| cell.rows.0 < cell.rows.1 && cell.rows.1 <= table.rows && cell.columns.0 < cell.columns.1;
    for cell in table.cells.iter().filter(inside) {
        let (Some(&left), Some(&right)) = (edges.get(cell.columns.0), edges.get(cell.columns.1)) else { continue };
        let (top, bottom) = (row * cell.rows.0 as f32, row * cell.rows.1 as f32);
        let sides = Rect::from_ltrb(left, top, right, bottom);
        pen.within(Transform::from_translate(LINE / 2.0, LINE / 2.0), |pen| {
            if cell.head {
                pen.set_colour(Colour { red: 232, green: 236, blue: 241 });
                pen.solid(&sides.and_then(rectangle));
            }
            pen.set_colour(Colour::BLACK);
            pen.outline(&sides.and_then(rectangle), LINE);
            let room = ((right - left - 2.0 * MARGIN).max(1.0), (bottom - top - 2.0 * MARGIN.min(row / 8.0)).max(1.0));
            let style = TextStyle {
                bold: table.style.bold || cell.head,
                align: if cell.head { Align::Center } else { table.style.align },
                ..table.style
            };
            pen.within(Transform::from_translate(left + MARGIN, top + MARGIN.min(row / 8.0)), |pen| {
                lettering::set(pen, &cell.text, style, Setting::Broken, room.0, room.1);
            });
        });
    }
}
