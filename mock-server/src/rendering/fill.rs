//! What somebody filled in, on paper.

use super::extra::Extra;
use super::table::table;
use crate::documents::{
    Align, Area, Colour, Fit, Mark, PageSize, Setting, Stamp, TextStyle, Watermark, WatermarkPosition,
};
use crate::domain::component::{Component, ComponentKind};
use crate::domain::file::Content;

/// How filled text looks when nothing is said: 12 pt from the left (ASSUMED; only the signing date's defaults are known).
pub(super) const USUAL: TextStyle = TextStyle { size: 12.0, align: Align::Left, colour: Colour::BLACK, bold: false };

/// The stamps of a filled component; none while it is empty.
pub(super) fn stamps(component: &Component, pages: &[PageSize]) -> Vec<Stamp> {
    if component.kind == ComponentKind::Watermark {
        return watermark(component, pages);
    }
    if component.kind == ComponentKind::Attachment {
        return component.areas.iter().flat_map(|area| attachments(component, *area)).collect();
    }
    let Some(mark) = mark(component) else { return Vec::new() };
    component.areas.iter().map(|&area| Stamp::new(area, mark.clone())).collect()
}

fn mark(component: &Component) -> Option<Mark> {
    let extra = Extra::read(&component.extra);
    let text = |setting| Mark::Text { text: component.value.clone(), style: extra.style(USUAL), setting };
    // An unticked box is drawn whether it was filled in or not.
    if component.value.is_empty() && component.kind != ComponentKind::CheckBox {
        return None;
    }
    match component.kind {
        ComponentKind::Text | ComponentKind::Date | ComponentKind::District => Some(text(Setting::Plain)),
        ComponentKind::MultiLineText => Some(text(Setting::Paragraph)),
        ComponentKind::Selector if extra.flag("WordWrap") => Some(text(Setting::Broken)),
        ComponentKind::Selector => Some(text(Setting::Plain)),
        ComponentKind::CheckBox => Some(Mark::CheckBox { ticked: component.value == "true" }),
        ComponentKind::FillImage => component.files.first().map(|file| picture(file, fit(&extra))),
        ComponentKind::DynamicTable => table(&component.value, extra.style(USUAL)).map(Mark::Table),
        // A combination holds other components and has no look of its own (`api Component`).
        ComponentKind::Combination | ComponentKind::Watermark | ComponentKind::Attachment => None,
        ComponentKind::Seal
        | ComponentKind::Signature
        | ComponentKind::SignDate
        | ComponentKind::LegalPersonSeal
        | ComponentKind::PagingSeal
        | ComponentKind::PagingSignature
        | ComponentKind::Opinion
        | ComponentKind::SignCombination
        | ComponentKind::SignMultiLineText
        | ComponentKind::SignSelector => None,
    }
}

fn picture(file: &Content, fit: Fit) -> Mark {
    Mark::Picture { bytes: file.bytes.clone(), fit }
}

fn fit(extra: &Extra) -> Fit {
    match extra.number("FillMethod") {
        Some(1.0) if extra.flag("NotMakeImageCenter") => Fit::Cornered,
        Some(1.0) => Fit::Centred,
        Some(_) | None => Fit::Stretched,
    }
}

/// Attached pictures stand side by side in the component's area. The vendor adds pages for them; here the pages of a
/// contract stay those it was launched with, because components, previews and paging seals count them (ASSUMED).
fn attachments(component: &Component, area: Area) -> Vec<Stamp> {
    let count = component.files.len();
    let columns = (1..=count).find(|columns| columns * columns >= count).unwrap_or(1);
    let rows = count.div_ceil(columns).max(1);
    let (width, height) = (area.width / columns as f64, area.height / rows as f64);
    let places = (0..count).map(|index| Area {
        x: area.x + width * (index % columns) as f64,
        y: area.y + height * (index / columns) as f64,
        width,
        height,
        ..area
    });
    component.files.iter().zip(places).map(|(file, place)| Stamp::new(place, picture(file, Fit::Centred))).collect()
}

/// A watermark lies over every page (`api Component`). What it is when nothing is said: a fifth opaque, not turned
/// (ASSUMED); degrees count clockwise (ASSUMED).
fn watermark(component: &Component, pages: &[PageSize]) -> Vec<Stamp> {
    if component.value.is_empty() {
        return Vec::new();
    }
    let extra = Extra::read(&component.extra);
    let grey = Colour { red: 90, green: 90, blue: 90 };
    let mark = Mark::Watermark(Watermark {
        text: component.value.lines().collect::<Vec<_>>().join(" "),
        style: extra.style(TextStyle { size: 20.0, colour: grey, ..USUAL }),
        opacity: extra.number("Opacity").filter(|opacity| (0.0..=1.0).contains(opacity)).unwrap_or(0.2) as f32,
        turn: extra.number("Rotate").filter(|turn| (0.0..360.0).contains(turn)).unwrap_or(0.0) as f32,
        position: match extra.text("Position") {
            Some("LeftTop") => WatermarkPosition::LeftTop,
            Some("LeftBottom") => WatermarkPosition::LeftBottom,
            Some("RightTop") => WatermarkPosition::RightTop,
            Some("RightBottom") => WatermarkPosition::RightBottom,
            Some("Center") => WatermarkPosition::Center,
            Some(_) | None => WatermarkPosition::Tiled(match extra.number("Density") {
                Some(1.0) => 180,
                Some(3.0) => 50,
                Some(_) | None => 100,
            }),
        },
    });
    let whole = |(index, page): (usize, &PageSize)| {
        let area = Area { page: index + 1, x: 0.0, y: 0.0, width: page.width, height: page.height };
        Stamp::new(area, mark.clone())
    };
    pages.iter().enumerate().map(whole).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use bytes::Bytes;

    use super::*;

    const AREA: Area = Area { page: 1, x: 50.0, y: 60.0, width: 120.0, height: 80.0 };
    const PAGES: [PageSize; 2] = [PageSize { width: 595.0, height: 842.0 }; 2];

    fn filled(kind: ComponentKind, value: &str, extra: &str, files: usize) -> Vec<Stamp> {
        let file = Arc::new(Content::new(Bytes::from_static(b"picture"), None));
        let component = Component {
            kind,
            id: String::new(),
            name: String::new(),
            value: value.into(),
            required: false,
            extra: extra.into(),
            areas: vec![AREA],
            files: vec![file; files],
        };
        stamps(&component, &PAGES)
    }

    fn only(stamps: Vec<Stamp>) -> Mark {
        let [stamp] = &stamps[..] else { panic!("one stamp, not {}", stamps.len()) };
        assert_eq!(stamp.area, AREA);
        stamp.mark.clone()
    }

    #[test]
    fn what_is_empty_leaves_no_mark_except_a_box_to_tick() {
        for kind in ComponentKind::ALL.iter().filter(|kind| **kind != ComponentKind::CheckBox) {
            assert_eq!(filled(*kind, "", "", 0), [], "{kind:?}");
        }
        assert_eq!(only(filled(ComponentKind::CheckBox, "", "", 0)), Mark::CheckBox { ticked: false });
        assert_eq!(only(filled(ComponentKind::CheckBox, "true", "", 0)), Mark::CheckBox { ticked: true });
    }

    #[test]
    fn text_is_set_as_its_kind_and_its_extra_say() {
        let text = |setting, style| Mark::Text { text: "深圳".into(), style, setting };
        let bold = TextStyle { bold: true, size: 20.0, ..USUAL };
        for kind in [ComponentKind::Text, ComponentKind::Date, ComponentKind::District, ComponentKind::Selector] {
            assert_eq!(only(filled(kind, "深圳", "", 0)), text(Setting::Plain, USUAL));
        }
        let paragraph = filled(ComponentKind::MultiLineText, "深圳", r#"{"FontSize":20,"Bold":true}"#, 0);
        assert_eq!(only(paragraph), text(Setting::Paragraph, bold));
        let wrapped = filled(ComponentKind::Selector, "深圳", r#"{"WordWrap":true}"#, 0);
        assert_eq!(only(wrapped), text(Setting::Broken, USUAL));
    }

    #[test]
    fn a_picture_fills_its_area_as_its_extra_says() {
        for (extra, fit) in [
            ("", Fit::Stretched),
            (r#"{"FillMethod":0}"#, Fit::Stretched),
            (r#"{"FillMethod":1}"#, Fit::Centred),
            (r#"{"FillMethod":1,"NotMakeImageCenter":true}"#, Fit::Cornered),
        ] {
            let bytes = Bytes::from_static(b"picture");
            assert_eq!(only(filled(ComponentKind::FillImage, "file", extra, 1)), Mark::Picture { bytes, fit });
        }
    }

    #[test]
    fn attached_pictures_share_the_area_without_touching() {
        let stamps = filled(ComponentKind::Attachment, "a,b,c", "", 3);
        let corners: Vec<_> = stamps.iter().map(|one| (one.area.x, one.area.y)).collect();
        assert_eq!(corners, [(50.0, 60.0), (110.0, 60.0), (50.0, 100.0)]);
        assert!(stamps.iter().all(|one| (one.area.width, one.area.height) == (60.0, 40.0)));
    }

    #[test]
    fn a_watermark_lies_over_every_page() {
        let extra = r#"{"FontSize":16,"Opacity":0.1,"Rotate":30,"Density":3,"SubType":"CUSTOM_WATERMARK"}"#;
        let stamps = filled(ComponentKind::Watermark, "内部资料", extra, 0);
        assert_eq!(
            stamps.iter().map(|one| (one.area.page, one.area.height)).collect::<Vec<_>>(),
            [(1, 842.0), (2, 842.0)]
        );
        let Mark::Watermark(mark) = &stamps[0].mark else { panic!("a watermark") };
        assert_eq!((mark.opacity, mark.turn, mark.position), (0.1, 30.0, WatermarkPosition::Tiled(50)));
    }
}
