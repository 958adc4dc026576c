//! Where a signature goes: the places of its component, and what its extra says about them (`api Component`).

use serde_json::Value;

use super::extra::Extra;
use crate::documents::{Area, Mark, PageSize, Stamp, over_the_edges};
use crate::domain::component::{Component, ComponentKind};

/// The side of a seal that has no size of its own: 4.2 cm (`api Component`, UseSealSize).
const SEAL_SIDE: f64 = 4.2 / 2.54 * 72.0;

/// The stamps of a signed component.
pub(super) fn stamps(component: &Component, mark: Mark, pages: &[PageSize]) -> Vec<Stamp> {
    let extra = Extra::read(&component.extra);
    let mark = faded(mark, component.kind, &extra);
    let areas = component.areas.iter().map(|&area| sized(area, component.kind, &extra));
    if component.kind.is_paging() {
        return areas.flat_map(|area| over_the_edges(&mark, pages, area.y, area.width, area.height)).collect();
    }
    areas
        .flat_map(|area| repeated(area, component.kind, &extra, pages.len()))
        .map(|area| Stamp::new(area, mark.clone()))
        .collect()
}

/// `Opacity`, from 0.6 to 1.
fn faded(mark: Mark, kind: ComponentKind, extra: &Extra) -> Mark {
    let fades = kind.is_seal() || matches!(kind, ComponentKind::Signature | ComponentKind::LegalPersonSeal);
    match extra.number("Opacity").filter(|opacity| fades && (0.6..1.0).contains(opacity)) {
        Some(opacity) => Mark::Faded { mark: Box::new(mark), opacity: opacity as f32 },
        None => mark,
    }
}

/// `UseSealSize`: as large as the seal is, around the middle of the component (ASSUMED); a paging seal from its upper edge.
fn sized(area: Area, kind: ComponentKind, extra: &Extra) -> Area {
    let sealed = kind.is_seal() || kind == ComponentKind::LegalPersonSeal;
    if !sealed || !extra.flag("UseSealSize") {
        return area;
    }
    let down = if kind.is_paging() { 0.0 } else { (area.height - SEAL_SIDE) / 2.0 };
    let (x, y) = (area.x + (area.width - SEAL_SIDE) / 2.0, area.y + down);
    Area { x, y, width: SEAL_SIDE, height: SEAL_SIDE, ..area }
}

/// `PageRanges`: the same place on other pages, which count from 1, or from −1 backwards.
fn repeated(area: Area, kind: ComponentKind, extra: &Extra, pages: usize) -> Vec<Area> {
    let ranges = extra.list("PageRanges").filter(|_| matches!(kind, ComponentKind::Seal | ComponentKind::Signature));
    let Some(ranges) = ranges else { return vec![area] };
    let within = |page: usize| ranges.iter().any(|range| covers(range, page, pages));
    (1..=pages).filter(|page| within(*page)).map(|page| Area { page, ..area }).collect()
}

fn covers(range: &Value, page: usize, pages: usize) -> bool {
    let end = |name| range.get(name).and_then(Value::as_i64).and_then(|number| counted(number, pages));
    end("BeginPage").zip(end("EndPage")).is_some_and(|(first, last)| (first..=last).contains(&page))
}

fn counted(number: i64, pages: usize) -> Option<usize> {
    let pages = i64::try_from(pages).ok()?;
    usize::try_from(if number < 0 { pages + 1 + number } else { number }).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGES: [PageSize; 4] = [PageSize { width: 600.0, height: 840.0 }; 4];
    const AREA: Area = Area { page: 2, x: 100.0, y: 200.0, width: 100.0, height: 60.0 };

    fn placed(kind: ComponentKind, extra: &str) -> Vec<Stamp> {
        let component = Component {
            kind,
            id: String::new(),
            name: String::new(),
            value: String::new(),
            required: false,
            extra: extra.into(),
            areas: vec![AREA],
            files: Vec::new(),
        };
        stamps(&component, Mark::Signature { name: "张三".into() }, &PAGES)
    }

    fn pages(extra: &str) -> Vec<usize> {
        placed(ComponentKind::Seal, extra).iter().map(|stamp| stamp.area.page).collect()
    }

    #[test]
    fn a_seal_repeats_on_the_pages_of_its_ranges() {
        assert_eq!(pages(""), [2]);
        assert_eq!(pages(r#"{"PageRanges":[{"BeginPage":1,"EndPage":-1}]}"#), [1, 2, 3, 4]);
        assert_eq!(pages(r#"{"PageRanges":[{"BeginPage":1,"EndPage":1},{"BeginPage":-2,"EndPage":-1}]}"#), [1, 3, 4]);
        assert_eq!(placed(ComponentKind::SignDate, r#"{"PageRanges":[{"BeginPage":1,"EndPage":-1}]}"#).len(), 1);
    }

    #[test]
    fn a_seal_fades_as_far_as_allowed() {
        let opacity = |text: &str| {
            let stamps = placed(ComponentKind::Seal, text);
            if let Mark::Faded { opacity, .. } = &stamps[0].mark { Some(*opacity) } else { None }
        };
        assert_eq!(opacity(r#"{"Opacity":0.7}"#), Some(0.7));
        for solid in ["", r#"{"Opacity":1}"#, r#"{"Opacity":0.1}"#] {
            assert_eq!(opacity(solid), None, "{solid}");
        }
    }

    #[test]
    fn a_seal_may_have_its_own_size() {
        let area = placed(ComponentKind::Seal, r#"{"UseSealSize":true}"#)[0].area;
        assert!((area.width - 119.055).abs() < 0.001 && area.width == area.height);
        assert_eq!((area.x + area.width / 2.0, area.y + area.height / 2.0), (150.0, 230.0), "the middle stays");
        assert_eq!(placed(ComponentKind::Signature, r#"{"UseSealSize":true}"#)[0].area, AREA);
    }
}
