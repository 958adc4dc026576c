//! A table as a workbook (XLSX) of one sheet.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

/// Writes a workbook: the first row names the columns, every cell is text. Dated 1980, as the files in it are, so that the
/// same rows give the same bytes.
///
/// # Errors
/// More rows, or a longer cell, than the format takes.
pub fn spreadsheet(rows: &[Vec<String>]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let written = ExcelDateTime::from_ymd(1980, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&written));
    let bold = Format::new().set_bold();
    let sheet = workbook.add_worksheet();
    for (line, row) in (0_u32..).zip(rows) {
        for (column, text) in (0_u16..).zip(row) {
            if line == 0 {
                sheet.write_string_with_format(line, column, text, &bold)?;
            } else {
                sheet.write_string(line, column, text)?;
            }
        }
    }
    sheet.autofit();
    workbook.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read as _};

    use super::*;

    fn rows() -> Vec<Vec<String>> {
        [["企业名称", "状态"], ["示例<成员>", "=1+1"]].map(|row| row.map(str::to_owned).to_vec()).to_vec()
    }

    #[test]
    fn every_cell_is_text_in_its_place() {
        let mut archive = zip::ZipArchive::new(Cursor::new(spreadsheet(&rows()).unwrap())).unwrap();
        let mut read = |name: &str| {
            let mut text = String::new();
            archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
            text
        };
        let texts = read("xl/sharedStrings.xml");
        for text in ["企业名称", "状态", "示例&lt;成员&gt;", "=1+1"] {
            assert!(texts.contains(&format!("<t>{text}</t>")), "{texts}");
        }
        let sheet = read("xl/worksheets/sheet1.xml");
        for cell in ["A1", "B1", "A2", "B2"] {
            assert!(sheet.contains(&format!("<c r=\"{cell}\"")), "{sheet}");
        }
        assert!(!sheet.contains("<f>"), "no text becomes a formula");
    }

    #[test]
    fn the_same_rows_give_the_same_bytes() {
        assert_eq!(spreadsheet(&rows()).unwrap(), spreadsheet(&rows()).unwrap());
    }
}
