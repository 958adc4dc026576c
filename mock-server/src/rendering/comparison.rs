//! What a comparison found, as a file (`api ExportContractComparisonTask`): the newer contract with every difference framed and numbered,
//! or a table of them. What either looks like is ASSUMED.

use super::sheet::{Block, sheet};
use crate::documents::{Align, Area, Cell, Colour, Fonts, Mark, Setting, Stamp, Table, TextStyle, Unusable, stamp};
use crate::domain::intelligence::comparison::Comparison;
use crate::domain::intelligence::difference::{Change, Difference};

/// The heads of the table's columns: where, how, what kind, and what both say.
const HEADS: [&str; 6] = ["序号", "页码", "差异类型", "内容类型", "原文内容", "对比内容"];
/// What numbers are written in.
const RED: Colour = Colour { red: 200, green: 30, blue: 30 };
/// Room around what is framed, pt.
const ROOM: f64 = 1.5;
/// The size of a difference's number, the room it takes, and where the first one of a line begins, pt.
const NUMBER: f64 = 7.0;
const WIDTH: f64 = 28.0;
const MARGIN: f64 = 8.0;
/// Differences of a list on a page, and the room each takes, pt.
const ON_A_PAGE: usize = 15;
const HEIGHT: f64 = 46.0;

/// A row for every difference, under the heads of the columns.
#[must_use]
pub fn table(comparison: &Comparison) -> Vec<Vec<String>> {
    let heads = HEADS.map(str::to_owned).to_vec();
    let rows = (1_usize..).zip(comparison.differences()).map(|(number, (_, one))| {
        let content = if one.in_table { "表格" } else { "文本" };
        let shown = [number.to_string(), one.page.to_string(), word(one.change).to_owned(), content.to_owned()];
        shown.into_iter().chain([one.original.clone(), one.newer.clone()]).collect()
    });
    [heads].into_iter().chain(rows).collect()
}

/// The newer contract with its differences; a list of them where it has no pages.
///
/// # Errors
/// It cannot be drawn.
pub fn report(comparison: &Comparison, fonts: &Fonts) -> Result<Vec<u8>, Unusable> {
    if comparison.content.pages.is_none() {
        return list(comparison, fonts);
    }
    let differences = comparison.differences();
    let framed = differences.iter().flat_map(|(_, one)| one.areas.iter().map(frame));
    let marks: Vec<Stamp> = framed.chain(numbers(differences.iter().map(|(_, one)| one))).collect();
    Ok(stamp(&comparison.content.bytes, &marks, fonts)?.pdf)
}

/// A frame around a line of a difference. What was deleted stands nowhere in the newer contract.
fn frame(area: &Area) -> Stamp {
    let cell = Cell { rows: (0, 1), columns: (0, 1), text: String::new(), head: false };
    let around = Area {
        page: area.page,
        x: area.x - ROOM,
        y: area.y - ROOM,
        width: area.width + 2.0 * ROOM,
        height: area.height + 2.0 * ROOM,
    };
    Stamp::new(around, Mark::Table(Table { columns: vec![1.0], rows: 1, cells: vec![cell], style: style() }))
}

/// The differences' numbers, in the margin beside the line each begins on; those of one line side by side.
fn numbers<'a>(differences: impl Iterator<Item = &'a Difference>) -> Vec<Stamp> {
    let mut before: Option<Area> = None;
    let mut stamps = Vec::new();
    for (number, one) in (1_usize..).zip(differences) {
        let Some(area) = one.areas.first() else { continue };
        let same_line = |one: &&Area| one.page == area.page && (one.y - area.y).abs() < NUMBER;
        let x = before.as_ref().filter(same_line).map_or(MARGIN, |one| one.x + WIDTH);
        let place = Area { page: area.page, x, y: area.y, width: WIDTH, height: NUMBER + 2.0 };
        let text = format!("{number} {}", word(one.change));
        stamps.push(Stamp::new(place, Mark::Text { text, style: style(), setting: Setting::Plain }));
        before = Some(place);
    }
    stamps
}

fn style() -> TextStyle {
    TextStyle { size: NUMBER, align: Align::Left, colour: RED, ..TextStyle::default() }
}

fn list(comparison: &Comparison, fonts: &Fonts) -> Result<Vec<u8>, Unusable> {
    let all = comparison.differences();
    let blocks = all.iter().enumerate().map(|(place, (_, one))| {
        let (page, row) = (place / ON_A_PAGE + 1, place % ON_A_PAGE);
        let text = format!("{}. {}\n原文：{}\n新文：{}", place + 1, word(one.change), one.original, one.newer);
        let block = Block::line(110.0 + HEIGHT * row as f64, text);
        Block { page, height: HEIGHT - 4.0, size: 10.0, ..block }
    });
    sheet("合同对比结果", all.len().div_ceil(ON_A_PAGE).max(1), blocks.collect(), fonts)
}

fn word(change: Change) -> &'static str {
    match change {
        Change::Added => "新增",
        Change::Changed => "变更",
        Change::Deleted => "删除",
    }
}
