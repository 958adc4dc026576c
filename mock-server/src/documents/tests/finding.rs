//! Keywords, form fields and the three positioning modes on the fixtures.

use super::super::{
    Keyword, Layout, NotPlaced, Order, Placement, Relative, find_field, find_keyword, inspect, position,
};
use super::*;

fn layout(bytes: &[u8]) -> Layout {
    Layout::read(bytes).expect("readable")
}

fn at(layout: &Layout, keyword: Keyword) -> Result<Vec<Area>, NotPlaced> {
    position(layout, &Placement::Keyword(keyword))
}

fn pages(areas: &[Area]) -> Vec<usize> {
    areas.iter().map(|area| area.page).collect()
}

#[track_caller]
fn assert_near(found: &Area, expected: &Area) {
    let off = |a: f64, b: f64| (a - b).abs() > 0.1;
    let moved = off(found.x, expected.x) || off(found.y, expected.y);
    let resized = off(found.width, expected.width) || off(found.height, expected.height);
    assert!(found.page == expected.page && !moved && !resized, "found {found:?}, expected {expected:?}");
}

#[test]
fn sizes_are_those_of_the_page_as_shown() {
    let sizes = |bytes| inspect(bytes).unwrap().pages.iter().map(|page| (page.width, page.height)).collect::<Vec<_>>();

    assert_eq!(sizes(fixture!("rotated")), [(400.0, 500.0), (500.0, 400.0), (400.0, 500.0), (500.0, 400.0)]);
    assert_eq!(sizes(fixture!("cropped")), [(450.0, 640.0), (640.0, 450.0), (400.0, 500.0), (600.0, 500.0)]);
}

#[test]
fn a_keyword_is_found_where_it_is_shown_however_the_page_is_turned() {
    let found = find_keyword(fixture!("rotated"), "甲方签署").unwrap();

    assert_eq!(found.len(), 4);
    for (index, area) in found.iter().enumerate() {
        // Baseline 200 pt from the top; characters of 20 pt, 0.88 of it above the baseline.
        assert_near(area, &super::area(index + 1, 100.0, 182.4, 80.0, 20.0));
    }
}

#[test]
fn a_found_keyword_is_where_the_ink_is() {
    for (name, keyword) in [("rotated", "甲方签署"), ("cropped", "乙方签署"), ("keywords", "甲方签字")] {
        let bytes = SOUND.iter().find(|(known, _)| *known == name).unwrap().1;
        for area in find_keyword(bytes, keyword).unwrap() {
            assert!(Drawing::of(bytes, area.page).ink_in(&area) > 100, "{name}: nothing at {area:?}");
        }
    }
}

#[test]
fn text_that_is_cropped_away_is_not_found() {
    let found = find_keyword(fixture!("cropped"), "裁掉").unwrap();

    assert_eq!(pages(&found), [4], "only the last page shows that corner");
}

#[test]
fn every_match_counts_by_page_then_from_top_to_bottom_then_from_left_to_right() {
    let found = find_keyword(fixture!("keywords"), "甲方签字").unwrap();

    assert_eq!(pages(&found), [1, 1, 3, 3, 3]);
    let corners: Vec<(f64, f64)> = found.iter().map(|area| (area.x, area.y)).collect();
    assert_near(&found[0], &area(1, 60.0, 842.0 - 800.0 - 0.88 * 12.0, 48.0, 12.0));
    assert_eq!(corners[1].0, 212.0, "inside a longer text");
    assert_eq!([corners[2].0, corners[3].0], [60.0, 300.0], "left before right");
    assert_near(&found[4], &area(3, 60.0, 842.0 - 100.0 - 0.88 * 24.0, 96.0, 24.0));
}

#[test]
fn a_whole_word_has_no_other_character_beside_it() {
    let found = find_keyword(fixture!("keywords"), "^甲方签字^").unwrap();

    assert_eq!(pages(&found), [1, 3, 3], "not inside a text, not before a colon");
    assert_eq!(find_keyword(fixture!("keywords"), "^signshere^").unwrap().len(), 1);
    assert_eq!(find_keyword(fixture!("keywords"), "^Party^").unwrap().len(), 1, "a gap separates");
    assert_eq!(find_keyword(fixture!("keywords"), "^signs^").unwrap(), []);
}

#[test]
fn a_keyword_broken_over_lines_or_columns_is_not_found() {
    assert_eq!(find_keyword(fixture!("keywords"), "这一行以甲方签字").unwrap(), []);
    assert_eq!(find_keyword(fixture!("keywords"), "甲方签字由甲方").unwrap(), []);
}

#[test]
fn producers_habits_do_not_hide_a_keyword() {
    let found = |keyword| find_keyword(fixture!("keywords"), keyword).unwrap().len();

    assert_eq!(found("Party A"), 1, "a space that was moved over");
    assert_eq!(found("加粗"), 1, "text drawn twice");
    assert_eq!(found("加加粗粗"), 0);
    assert_eq!(found("逐字"), 1, "text drawn character by character");
    assert_eq!(found("方法"), 1, "a radical in place of its character");
    assert_eq!(find_keyword(fixture!("object-streams"), "方法").unwrap().len(), 1);
}

#[test]
fn an_empty_keyword_is_found_nowhere() {
    for nothing in ["", "^^", "^"] {
        assert_eq!(find_keyword(fixture!("keywords"), nothing).unwrap(), [], "{nothing:?}");
    }
}

#[test]
fn page_order_and_indexes_narrow_the_matches() {
    let layout = layout(fixture!("keywords"));
    let all = at(&layout, Keyword::new("甲方签字")).unwrap();
    let with = |change: fn(&mut Keyword)| {
        let mut keyword = Keyword::new("甲方签字");
        change(&mut keyword);
        at(&layout, keyword)
    };

    assert_eq!(with(|one| one.page = Some(3)).unwrap(), all[2..]);
    assert_eq!(with(|one| one.page = Some(-1)).unwrap(), all[2..]);
    assert_eq!(with(|one| one.indexes = vec![0, 2]).unwrap(), [all[0], all[2]]);
    let last = with(|one| (one.order, one.indexes) = (Order::Reverse, vec![0]));
    assert_eq!(last.unwrap(), [all[4]], "the last one counts as the first");
    let last_but_one = with(|one| (one.page, one.order, one.indexes) = (Some(3), Order::Reverse, vec![1]));
    assert_eq!(last_but_one.unwrap(), [all[3]]);
    assert_eq!(with(|one| one.indexes = vec![1, 99]).unwrap(), [all[1]]);

    let not_found = Err(NotPlaced::KeywordNotFound { keyword: "甲方签字".into() });
    assert_eq!(with(|one| one.page = Some(2)), not_found);
    assert_eq!(with(|one| one.indexes = vec![5]), not_found);
    assert_eq!(with(|one| one.page = Some(4)), Err(NotPlaced::PageOutside { page: 4, pages: 3 }));
}

#[test]
fn a_component_stands_beside_its_keyword_as_asked() {
    let layout = layout(fixture!("rotated"));
    let (left, top, right, bottom) = (100.0, 182.4, 180.0, 202.4);
    let place = |relative, width, height| {
        let keyword = Keyword { relative, width, height, page: Some(2), ..Keyword::new("甲方签署") };
        at(&layout, keyword).unwrap()[0]
    };
    let sized = |relative| place(relative, Some(120.0), Some(60.0));

    assert_near(&place(Relative::Middle, None, None), &area(2, left, top, 80.0, 20.0));
    assert_near(&sized(Relative::Middle), &area(2, 80.0, 162.4, 120.0, 60.0));
    assert_near(&sized(Relative::Below), &area(2, 80.0, bottom, 120.0, 60.0));
    assert_near(&sized(Relative::Right), &area(2, right, 162.4, 120.0, 60.0));
    assert_near(&sized(Relative::LowerRight), &area(2, right, bottom, 120.0, 60.0));
    assert_near(&sized(Relative::UpperRight), &area(2, right, top - 60.0, 120.0, 60.0));
    assert_near(&place(Relative::Right, Some(50.0), None), &area(2, right, top, 50.0, 20.0));

    let moved = Keyword { offset_x: -7.0, offset_y: 11.0, page: Some(1), ..Keyword::new("甲方签署") };
    assert_near(&at(&layout, moved).unwrap()[0], &area(1, left - 7.0, top + 11.0, 80.0, 20.0));
}

#[test]
fn coordinates_stay_as_given_and_negative_pages_count_from_the_last() {
    let layout = layout(fixture!("keywords"));
    let normal = |page, width| position(&layout, &Placement::Normal { page, x: 10.0, y: 20.0, width, height: 40.0 });

    assert_eq!(normal(2, 30.0).unwrap(), [area(2, 10.0, 20.0, 30.0, 40.0)]);
    assert_eq!(pages(&normal(-1, 30.0).unwrap()), [3]);
    assert_eq!(pages(&normal(-3, 30.0).unwrap()), [1]);
    for outside in [0, 4, -4, i64::MIN, i64::MAX] {
        assert_eq!(normal(outside, 30.0), Err(NotPlaced::PageOutside { page: outside, pages: 3 }));
    }
    for width in [0.0, -5.0, f64::NAN, f64::INFINITY] {
        assert!(matches!(normal(1, width), Err(NotPlaced::BadGeometry { .. })));
    }
}

#[test]
fn a_field_is_found_by_its_name_with_all_its_places() {
    let bytes = fixture!("form-fields");

    assert_eq!(find_field(bytes, "甲方签章").unwrap(), [area(1, 100.0, 842.0 - 660.0, 120.0, 60.0)]);
    let dates = [area(1, 300.0, 222.0, 100.0, 20.0), area(2, 680.0, 300.0, 20.0, 100.0)];
    assert_eq!(find_field(bytes, "party.date").unwrap(), dates);
    assert_eq!(find_field(bytes, "date").unwrap(), dates);
    for unknown in ["", "party", "arty.date", "Date"] {
        assert_eq!(find_field(bytes, unknown).unwrap(), [], "{unknown:?}");
    }

    let layout = layout(bytes);
    let by_name = |name: &str| position(&layout, &Placement::Field { name: name.into() });
    assert_eq!(by_name("date").unwrap(), dates);
    assert_eq!(by_name("missing"), Err(NotPlaced::FieldNotFound { name: "missing".into() }));
}
