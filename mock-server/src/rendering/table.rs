//! The value of a `DYNAMIC_TABLE`: JSON with `headers`, `rowCount` and `body.cells`, whose rows and columns count from 1
//! below the heads (`page dynamic_table`; where it leaves room, ASSUMED).

use serde_json::Value;

use crate::documents::{Cell, Table, TextStyle};

/// Rows that are drawn; more would be too small to read.
const MOST_ROWS: usize = 200;
/// Cells that are drawn.
const MOST_CELLS: usize = 2_000;

/// The table; `None` when the value is none.
pub(super) fn table(value: &str, style: TextStyle) -> Option<Table> {
    let value: Value = serde_json::from_str(value).ok()?;
    let headers = value.get("headers")?.as_array()?;
    let cells = value.pointer("/body/cells").or_else(|| value.get("cells")).and_then(Value::as_array);
    let cells: Vec<Cell> = cells.into_iter().flatten().filter_map(cell).take(MOST_CELLS).collect();
    let last = cells.iter().map(|cell| cell.rows.1).max().unwrap_or(1);
    let counted = value.get("rowCount").and_then(Value::as_u64).and_then(|rows| usize::try_from(rows).ok());
    let rows = counted.map_or(last, |rows| last.max(rows + 1)).clamp(1, MOST_ROWS);
    let heads = headers.iter().enumerate().map(|(index, head)| Cell {
        rows: (0, 1),
        columns: (index, index + 1),
        text: content(head),
        head: true,
    });
    let columns = headers.iter().map(|head| head.get("widthPercent").and_then(Value::as_f64).unwrap_or(0.0)).collect();
    let free = empty(headers.len(), rows, &cells);
    Some(Table { columns, rows, cells: heads.chain(cells).chain(free).collect(), style })
}

fn content(value: &Value) -> String {
    value.get("content").and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn cell(value: &Value) -> Option<Cell> {
    let number = |name| value.get(name).and_then(Value::as_u64).and_then(|number| usize::try_from(number).ok());
    let (row, column) = (number("rowStart")?, number("columnStart")?.checked_sub(1)?);
    Some(Cell {
        rows: (row, number("rowEnd").unwrap_or(row).max(row).checked_add(1)?),
        columns: (column, number("columnEnd").unwrap_or(column + 1).max(column + 1)),
        text: content(value),
        head: false,
    })
}

/// A cell without text wherever none was given, so that the grid is whole.
fn empty(columns: usize, rows: usize, cells: &[Cell]) -> Vec<Cell> {
    let covered = |row: usize, column: usize| {
        cells
            .iter()
            .any(|cell| (cell.rows.0..cell.rows.1).contains(&row) && (cell.columns.0..cell.columns.1).contains(&column))
    };
    let places = (1..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
    let free = places.filter(|(row, column)| !covered(*row, *column));
    free.map(|(row, column)| Cell {
        rows: (row, row + 1),
        columns: (column, column + 1),
        text: String::new(),
        head: false,
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(table: &Table) -> Vec<(usize, usize, &str)> {
        table.cells.iter().map(|cell| (cell.rows.0, cell.columns.0, cell.text.as_str())).collect()
    }

    #[test]
    fn heads_stand_above_the_cells_and_the_grid_is_whole() {
        let value = r#"{"headers":[{"content":"品名"},{"content":"数量"}],"rowCount":2,
            "body":{"cells":[{"rowStart":1,"rowEnd":1,"columnStart":1,"columnEnd":1,"content":"纸"},
                             {"rowStart":2,"rowEnd":2,"columnStart":1,"columnEnd":2,"content":"合计"}]}}"#;
        let table = table(value, TextStyle::default()).unwrap();
        assert_eq!((table.columns.len(), table.rows), (2, 3));
        assert_eq!(texts(&table), [(0, 0, "品名"), (0, 1, "数量"), (1, 0, "纸"), (2, 0, "合计"), (1, 1, "")]);
        assert_eq!(table.cells[3].columns, (0, 2));
    }

    #[test]
    fn strange_values_are_no_table_or_a_small_one() {
        for value in ["", "[]", "{}", r#"{"headers":1}"#] {
            assert_eq!(table(value, TextStyle::default()), None, "{value}");
        }
        let huge = r#"{"headers":[{}],"rowCount":18446744073709551614,"body":{"cells":[{"rowStart":1,"rowEnd":18446744073709551615,"columnStart":1},{"rowStart":0},{"columnStart":0,"rowStart":1}]}}"#;
        assert_eq!(table(huge, TextStyle::default()).unwrap().rows, MOST_ROWS);
    }
}
