//! What people fill in, paging seals, watermarks, and files that become PDF.

use bytes::Bytes;
use image::ImageFormat;

use super::super::picture::samples::{half_clear, halves};
use super::super::{
    Align, Cell, Fit, Setting, Table, Unusable, Watermark, WatermarkPosition, inspect, over_the_edges, page_jpg,
    picture_to_pdf, read_text, sample_contract, stand_in_pdf,
};
use super::*;

impl Drawing {
    /// How many pixels inside an area are of this kind.
    fn count(&self, area: &Area, wanted: fn([u8; 4]) -> bool) -> usize {
        let at = |index: usize| ((index % self.width) as f64 + 0.5, (index / self.width) as f64 + 0.5);
        let pixels = self.pixels.iter().enumerate();
        pixels.filter(|(index, pixel)| inside(area, at(*index), 0.0) && wanted(**pixel)).count()
    }
}

fn red([red, green, blue, _]: [u8; 4]) -> bool {
    red > 180 && green < 90 && blue < 90
}

fn blue([red, green, blue, _]: [u8; 4]) -> bool {
    blue > 180 && red < 90 && green < 90
}

fn picture(area: Area, bytes: Vec<u8>, fit: Fit) -> Stamp {
    Stamp::new(area, Mark::Picture { bytes: bytes.into(), fit })
}

#[test]
fn a_picture_stands_in_its_area_whole_and_the_right_way_round() {
    let place = area(1, 40.0, 30.0, 100.0, 100.0);
    for format in [ImageFormat::Jpeg, ImageFormat::Png] {
        let signed = stamped(fixture!("keywords"), &[picture(place, halves(80, 40, format), Fit::Centred)]);

        let drawing = Drawing::of(&signed, 1);
        let half = |x| Area { x, width: 50.0, ..place };
        let (left, right) = (drawing.count(&half(40.0), red), drawing.count(&half(90.0), blue));
        assert!((2300..2600).contains(&left) && (2300..2600).contains(&right), "{format:?}: {left} {right}");
        assert_eq!(drawing.count(&Area { height: 24.0, ..place }, red), 0, "nothing above the middle");
    }
}

#[test]
fn a_stretched_picture_covers_its_area_and_a_cornered_one_its_upper_left() {
    let place = area(1, 40.0, 30.0, 100.0, 100.0);
    let drawn =
        |fit| Drawing::of(&stamped(fixture!("keywords"), &[picture(place, halves(80, 40, ImageFormat::Png), fit)]), 1);
    assert!(drawn(Fit::Stretched).count(&place, red) > 4800);
    assert!(drawn(Fit::Cornered).count(&Area { height: 50.0, ..place }, red) > 2300);
}

#[test]
fn what_is_clear_in_a_picture_lets_the_page_show_through() {
    let place = area(1, 40.0, 30.0, 40.0, 40.0);
    let under =
        Stamp::new(place, Mark::Picture { bytes: halves(40, 40, ImageFormat::Png).into(), fit: Fit::Stretched });
    let signed = stamped(fixture!("keywords"), &[under, picture(place, half_clear(), Fit::Stretched)]);
    let drawing = Drawing::of(&signed, 1);
    assert!(drawing.count(&place, red) > 700, "the red half shows through");
    assert_eq!(drawing.count(&place, blue), 0, "the blue half is covered");
}

#[test]
fn a_picture_that_cannot_be_read_is_said_to_be() {
    let signed =
        stamped(fixture!("keywords"), &[picture(area(1, 40.0, 30.0, 100.0, 60.0), b"junk".to_vec(), Fit::Centred)]);
    let text: String = read_text(&signed).unwrap().lines().map(|(_, line)| line).collect();
    assert!(text.contains("图片无法读取"), "{text}");
}

#[test]
fn a_paragraph_starts_at_the_top_and_breaks_where_told_and_where_needed() {
    let place = area(1, 40.0, 30.0, 90.0, 120.0);
    let text = "第一行\n第二行很长很长很长很长很长".to_owned();
    let style = TextStyle { align: Align::Left, ..TextStyle::default() };
    let signed = stamped(
        fixture!("shared-parts"),
        &[Stamp::new(place, Mark::Text { text, style, setting: Setting::Paragraph })],
    );

    assert_inked(fixture!("shared-parts"), &signed, &[place]);
    let line = |keyword: &str| super::super::find_keyword(&signed, keyword).unwrap()[0];
    assert!(line("第一行").y < 35.0, "at the top: {:?}", line("第一行"));
    assert!(line("第二行").y > line("第一行").y + 10.0);
    let lines: Vec<_> =
        read_text(&signed).unwrap().lines().filter(|(page, _)| *page == 1).map(|(_, line)| line).collect();
    assert!(
        lines.iter().any(|line| line.contains("第二行") && !line.ends_with("很长很长很长很长很长")),
        "broken: {lines:?}"
    );
}

#[test]
fn a_tick_is_more_than_an_empty_box() {
    let place = area(1, 40.0, 30.0, 14.0, 14.0);
    let ink = |ticked| {
        let signed = stamped(fixture!("shared-parts"), &[Stamp::new(place, Mark::CheckBox { ticked })]);
        assert_inked(fixture!("shared-parts"), &signed, &[place]);
        Drawing::of(&signed, 1).ink_in(&place)
    };
    assert!(ink(true) > ink(false) + 8, "{} {}", ink(true), ink(false));
}

fn sample_table() -> Table {
    let cell = |row: usize, column: usize, text: &str| Cell {
        rows: (row, row + 1),
        columns: (column, column + 1),
        text: text.into(),
        head: row == 0,
    };
    let mut cells = vec![cell(0, 0, "品名"), cell(0, 1, "数量"), cell(1, 0, "打印纸"), cell(1, 1, "3")];
    cells.push(Cell { rows: (2, 3), columns: (0, 2), text: "合计：叁箱".into(), head: false });
    Table { columns: vec![2.0, 1.0], rows: 3, cells, style: TextStyle { size: 10.0, ..TextStyle::default() } }
}

#[test]
fn a_table_has_its_text_in_its_cells() {
    let place = area(1, 30.0, 30.0, 180.0, 90.0);
    let signed = stamped(fixture!("shared-parts"), &[Stamp::new(place, Mark::Table(sample_table()))]);

    assert_inked(fixture!("shared-parts"), &signed, &[place]);
    let at = |keyword: &str| super::super::find_keyword(&signed, keyword).unwrap()[0];
    assert!(at("品名").y < at("打印纸").y && at("打印纸").y < at("合计：叁箱").y);
    assert!(at("数量").x > 150.0 && at("打印纸").x < 150.0);
}

#[test]
fn the_strips_of_a_paging_seal_lie_on_the_right_edges_and_nowhere_else() {
    let pages = inspect(sample_contract()).unwrap().pages;
    let mark = seal(area(1, 0.0, 0.0, 1.0, 1.0)).mark;
    let stamps = over_the_edges(&mark, &pages, 300.0, 120.0, 120.0);

    let signed = stamped(sample_contract(), &stamps);

    let windows: Vec<Area> = stamps.iter().map(|one| one.window.unwrap()).collect();
    assert_eq!(windows.len(), 2);
    assert_inked(sample_contract(), &signed, &windows);
}

#[test]
fn paging_strips_follow_pages_that_are_turned_or_cropped() {
    for original in [fixture!("rotated"), fixture!("cropped")] {
        let pages = inspect(original).unwrap().pages;
        let stamps = over_the_edges(&seal(area(1, 0.0, 0.0, 1.0, 1.0)).mark, &pages, 20.0, 100.0, 100.0);
        let windows: Vec<Area> = stamps.iter().map(|one| one.window.unwrap()).collect();
        assert_inked(original, &stamped(original, &stamps), &windows);
    }
}

#[test]
fn a_watermark_is_pale_and_all_over_the_page() {
    let size = inspect(fixture!("shared-parts")).unwrap().pages[0];
    let whole = area(1, 0.0, 0.0, size.width, size.height);
    let mark = Watermark {
        text: "内部资料".into(),
        style: TextStyle { size: 16.0, ..TextStyle::default() },
        opacity: 0.15,
        turn: 315.0,
        position: WatermarkPosition::Tiled(20),
    };
    let signed = stamped(fixture!("shared-parts"), &[Stamp::new(whole, Mark::Watermark(mark))]);

    let (before, after) = (Drawing::of(fixture!("shared-parts"), 1), Drawing::of(&signed, 1));
    let changed = before.differences(&after);
    for (x, y) in [(0.0, 0.0), (0.5, 0.0), (0.0, 0.5), (0.5, 0.5)] {
        let quarter = area(1, x * size.width, y * size.height, size.width / 2.0, size.height / 2.0);
        assert!(changed.iter().filter(|place| inside(&quarter, **place, 0.0)).count() > 20, "{quarter:?}");
    }
    let dark: fn([u8; 4]) -> bool = |pixel| pixel[0] < 120;
    let whole = Area { page: 1, ..whole };
    assert_eq!(before.count(&whole, dark), after.count(&whole, dark), "nothing new is dark");
}

#[test]
fn an_uploaded_picture_becomes_a_page_of_a4() {
    let pdf = picture_to_pdf(&Bytes::from(halves(200, 100, ImageFormat::Jpeg))).unwrap();

    let facts = inspect(&pdf).unwrap();
    assert_eq!(facts.pages.len(), 1);
    assert!((facts.pages[0].width - 595.28).abs() < 0.01 && (facts.pages[0].height - 841.89).abs() < 0.01);
    let drawing = Drawing::of(&pdf, 1);
    let middle = area(1, 0.0, 272.0, 595.0, 298.0);
    assert!(drawing.count(&middle, red) > 85_000 && drawing.count(&middle, blue) > 85_000);
    assert_eq!(drawing.count(&area(1, 0.0, 0.0, 595.0, 270.0), red), 0);
    assert!(stamped(&pdf, &[date(area(1, 9.0, 9.0, 80.0, 20.0))]).len() > pdf.len(), "it can be signed");
    assert_eq!(picture_to_pdf(&Bytes::from_static(b"\x89PNG\r\n\x1a\n")), Err(Unusable::NotPicture));
}

#[test]
fn the_page_that_stands_for_an_office_file_says_so_in_both_languages() {
    let pdf = stand_in_pdf("员工劳动合同.docx", 12_345, &Fonts::builtin()).unwrap();

    assert_eq!(inspect(&pdf).unwrap().pages.len(), 1);
    let text: String = read_text(&pdf).unwrap().lines().map(|(_, line)| line).collect();
    for words in ["员工劳动合同.docx", "12345", "Rendered by ess-mock", "没有办公文档引擎", "no office engine"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn a_page_as_jpg_looks_as_it_does_as_png() {
    let jpg = page_jpg(fixture!("rotated"), 2, 300).unwrap();
    let decoded = image::load_from_memory(&jpg).unwrap().into_rgb8();
    let png = super::super::preview_png(fixture!("rotated"), 2, 300).unwrap();
    let exact = image::load_from_memory(&png).unwrap().into_rgb8();
    assert_eq!(decoded.dimensions(), exact.dimensions());
    let apart: u64 = decoded.iter().zip(exact.iter()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    assert!(apart / (exact.len() as u64) < 4, "on average a few shades");
    assert_eq!(page_jpg(fixture!("rotated"), 9, 300), Err(Unusable::NoSuchPage { page: 9, pages: 4 }));
}
