//! Paging seals (骑缝章): one mark over the right edges of all pages, a strip on each, whole only when the pages are fanned
//! out.

use super::marks::{Mark, Stamp};
use super::pages::{Area, PageSize};

/// No strip is narrower than this, in pt; a longer document gets the mark several times (ASSUMED).
const NARROWEST: f64 = 4.0;

/// The stamps that put `mark`, `width` x `height` large and `y` below the upper edge, over the right edges of all pages.
/// Each is as large as the whole mark and shows through a window one strip wide.
#[must_use]
pub fn over_the_edges(mark: &Mark, pages: &[PageSize], y: f64, width: f64, height: f64) -> Vec<Stamp> {
    let most = ((width / NARROWEST).floor() as usize).max(1);
    let times = pages.len().div_ceil(most).max(1);
    let mut stamps = Vec::with_capacity(pages.len());
    for time in 0..times {
        let (first, end) = (pages.len() * time / times, pages.len() * (time + 1) / times);
        let strip = width / (end - first).max(1) as f64;
        for (order, (index, page)) in pages.iter().enumerate().take(end).skip(first).enumerate() {
            let edge = page.width - strip;
            let window = Area { page: index + 1, x: edge, y, width: strip, height };
            let area = Area { x: edge - strip * order as f64, width, ..window };
            stamps.push(Stamp { area, mark: mark.clone(), window: Some(window) });
        }
    }
    stamps
}

#[cfg(test)]
mod tests {
    use super::*;

    const A4: PageSize = PageSize { width: 600.0, height: 840.0 };

    fn strips(pages: usize) -> Vec<Stamp> {
        over_the_edges(&Mark::Signature { name: "张三".into() }, &vec![A4; pages], 300.0, 120.0, 120.0)
    }

    #[test]
    fn the_strips_of_all_pages_make_up_the_mark() {
        let stamps = strips(3);
        let shown: Vec<f64> = stamps.iter().map(|one| one.window.unwrap().x - one.area.x).collect();
        assert_eq!(shown, [0.0, 40.0, 80.0]);
        assert!(
            stamps.iter().all(|one| one.window.unwrap()
                == Area { x: 560.0, y: 300.0, width: 40.0, height: 120.0, page: one.area.page })
        );
        assert_eq!(stamps.iter().map(|one| one.area.page).collect::<Vec<_>>(), [1, 2, 3]);
    }

    #[test]
    fn a_single_page_shows_it_whole() {
        let [stamp] = &strips(1)[..] else { panic!("one page, one stamp") };
        assert_eq!(stamp.window, Some(stamp.area));
    }

    #[test]
    fn a_long_document_gets_it_several_times_evenly() {
        let stamps = strips(70);
        assert_eq!(stamps.len(), 70);
        let starts = stamps.iter().filter(|one| one.window.unwrap().x == one.area.x).count();
        assert_eq!(starts, 3, "30 strips of 4 pt at most each");
        assert!(stamps.iter().all(|one| one.window.unwrap().width >= NARROWEST));
    }
}
