//! What the folder does as a whole: on the files of fixtures/pdf (made by examples/make_sample_pdfs.rs) and on files
//! written to harm.

mod filling;
mod finding;
mod hostile;
mod sample;
mod stamping;

use hayro::vello_cpu::color::palette::css::WHITE;

use super::frame::open;
use super::preview::picture;
use super::{Area, Fonts, Mark, Stamp, TextStyle, stamp};

macro_rules! fixture {
    ($name:literal) => {
        include_bytes!(concat!("../../../../fixtures/pdf/", $name, ".pdf")).as_slice()
    };
}
use fixture;

/// Fixtures that are fine, by name.
const SOUND: [(&str, &[u8]); 8] = [
    ("rotated", fixture!("rotated")),
    ("cropped", fixture!("cropped")),
    ("keywords", fixture!("keywords")),
    ("form-fields", fixture!("form-fields")),
    ("dirty-state", fixture!("dirty-state")),
    ("shared-parts", fixture!("shared-parts")),
    ("object-streams", fixture!("object-streams")),
    ("the demo's contract", include_bytes!("../../../assets/sample-contract.pdf")),
];

fn area(page: usize, x: f64, y: f64, width: f64, height: f64) -> Area {
    Area { page, x, y, width, height }
}

fn seal(area: Area) -> Stamp {
    Stamp::new(area, Mark::Seal { text: "示例科技（深圳）有限公司".into(), label: Some("合同专用章".into()) })
}

fn signature(area: Area) -> Stamp {
    Stamp::new(area, Mark::Signature { name: "张三".into() })
}

fn date(area: Area) -> Stamp {
    Stamp::new(area, Mark::Date { text: "2024年5月6日".into(), style: TextStyle::default() })
}

fn stamped(original: &[u8], stamps: &[Stamp]) -> Vec<u8> {
    stamp(original, stamps, &Fonts::builtin()).expect("the document can be stamped").pdf
}

/// A page drawn with one pixel to the pt, so that an area's numbers are pixels.
struct Drawing {
    width: usize,
    pixels: Vec<[u8; 4]>,
}

impl Drawing {
    fn of(bytes: &[u8], page: usize) -> Self {
        let pdf = open(bytes).expect("readable");
        let size = super::inspect(bytes).expect("sound").pages[page - 1];
        let picture = picture(&pdf, page, size.width.round() as u32, WHITE).expect("drawn");
        let pixels = picture.data_as_u8_slice().chunks_exact(4).map(|four| [four[0], four[1], four[2], four[3]]);
        Self { width: usize::from(picture.width()), pixels: pixels.collect() }
    }

    /// The places where another drawing of the same page differs.
    fn differences(&self, other: &Self) -> Vec<(f64, f64)> {
        assert_eq!((self.width, self.pixels.len()), (other.width, other.pixels.len()), "the page kept its size");
        let apart = |a: &[u8; 4], b: &[u8; 4]| a.iter().zip(b).any(|(a, b)| a.abs_diff(*b) > 2);
        let at = |index: usize| ((index % self.width) as f64 + 0.5, (index / self.width) as f64 + 0.5);
        let pairs = self.pixels.iter().zip(&other.pixels).enumerate();
        pairs.filter(|(_, (a, b))| apart(a, b)).map(|(index, _)| at(index)).collect()
    }

    fn ink_in(&self, area: &Area) -> usize {
        let white = Self { width: self.width, pixels: vec![[255; 4]; self.pixels.len()] };
        self.differences(&white).into_iter().filter(|place| inside(area, *place, 0.0)).count()
    }
}

fn inside(area: &Area, (x, y): (f64, f64), margin: f64) -> bool {
    (area.x - margin..=area.x + area.width + margin).contains(&x)
        && (area.y - margin..=area.y + area.height + margin).contains(&y)
}

/// Checks every page: new ink in each area, and nowhere else.
fn assert_inked(before: &[u8], after: &[u8], areas: &[Area]) {
    let pages = super::inspect(before).expect("sound").pages;
    assert_eq!(super::inspect(after).expect("still sound").pages, pages);
    for page in 1..=pages.len() {
        let changed = Drawing::of(before, page).differences(&Drawing::of(after, page));
        let here: Vec<&Area> = areas.iter().filter(|area| area.page == page).collect();
        for area in &here {
            let inked = changed.iter().filter(|place| inside(area, **place, 0.0)).count();
            assert!(inked > 20, "only {inked} new pixels in {area:?}");
        }
        // A pixel's width of margin, where the drawing smooths an area's edge.
        let strays: Vec<_> =
            changed.iter().filter(|place| !here.iter().any(|area| inside(area, **place, 1.0))).collect();
        assert!(strays.is_empty(), "page {page} changed outside its areas: {:?} ...", &strays[..strays.len().min(5)]);
    }
}
