//! Stamping the fixtures.

use lopdf::Document;

use super::super::{Setting, Unusable, find_keyword, preview_png, read_fields, read_text};
use super::*;

/// A seal, a signature and a date on every page, apart from each other and inside the smallest fixture's pages.
fn one_of_each(bytes: &[u8]) -> Vec<Stamp> {
    let pages = super::super::inspect(bytes).expect("sound").pages.len();
    (1..=pages)
        .flat_map(|page| {
            let sealed = seal(area(page, 20.0, 15.0, 90.0, 90.0));
            let signed = signature(area(page, 130.0, 60.0, 100.0, 40.0));
            [sealed, signed, date(area(page, 130.0, 110.0, 80.0, 16.0))]
        })
        .collect()
}

fn areas(stamps: &[Stamp]) -> Vec<Area> {
    stamps.iter().map(|stamp| stamp.area).collect()
}

#[test]
fn every_page_has_new_ink_in_its_areas_and_nowhere_else() {
    for (name, original) in SOUND {
        let stamps = one_of_each(original);

        let signed = stamped(original, &stamps);

        println!("{name}");
        assert_inked(original, &signed, &areas(&stamps));
    }
}

#[test]
fn the_original_bytes_are_a_prefix_of_every_revision() {
    for (name, original) in SOUND {
        let once = stamped(original, &one_of_each(original));
        let twice = stamped(&once, &[seal(area(1, 20.0, 150.0, 60.0, 60.0))]);

        assert!(once.starts_with(original), "{name}");
        assert!(twice.starts_with(&once), "{name}, second time");
    }
}

#[test]
fn a_second_stamping_adds_to_the_first() {
    for (name, original) in SOUND {
        let first = [seal(area(1, 20.0, 15.0, 90.0, 90.0))];
        let second = [signature(area(1, 130.0, 150.0, 100.0, 40.0)), date(area(1, 20.0, 150.0, 80.0, 20.0))];
        let once = stamped(original, &first);

        let twice = stamped(&once, &second);

        println!("{name}");
        assert_inked(&once, &twice, &areas(&second));
        assert_inked(original, &twice, &areas(&[&first[..], &second[..]].concat()));
    }
}

#[test]
fn marks_never_depend_on_the_state_in_which_the_old_content_left_the_page() {
    for (name, original) in SOUND {
        let signed = open(&stamped(original, &one_of_each(original))).expect("readable");

        for (index, page) in signed.pages().iter().enumerate() {
            // Counted here too, so that the rule is not its own judge.
            let (mut saved, mut operations) = (0, page.operations());
            while let Some(operation) = operations.next() {
                let operator: &[u8] = operation.operator.as_ref();
                match operator {
                    b"q" => saved += 1,
                    b"Q" => saved -= 1,
                    b"Do" => assert!(saved > 0, "{name}, page {}: drawn outside of q and Q", index + 1),
                    _ => (),
                }
                assert!(saved >= 0, "{name}, page {}: restores more than it saved", index + 1);
            }
            assert_eq!(saved, 0, "{name}, page {}: saves more than it restores", index + 1);
        }
    }
}

#[test]
fn ten_rounds_of_stamping_still_open() {
    let original = fixture!("object-streams");
    let mut signed = original.to_vec();
    let mut placed = Vec::new();
    for round in 0..10_u32 {
        let place = area(1, 50.0 * f64::from(round), 300.0, 45.0, 45.0);
        signed = stamped(&signed, &[seal(place)]);
        placed.push(place);
    }
    assert_inked(original, &signed, &placed);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let original = fixture!("keywords");
    let stamps = one_of_each(original);

    assert_eq!(stamped(original, &stamps), stamped(original, &stamps));
}

#[test]
fn without_stamps_the_document_comes_back_as_it_was() {
    assert_eq!(stamped(fixture!("keywords"), &[]), fixture!("keywords"));
}

#[test]
fn form_fields_and_their_values_survive() {
    let original = fixture!("form-fields");

    let signed = stamped(original, &one_of_each(original));

    assert_eq!(read_fields(&signed), read_fields(original));
    let document = Document::load_mem(&signed).unwrap();
    let field = document.get_dictionary((100, 0)).unwrap();
    assert_eq!(field.get(b"V").unwrap().as_str().unwrap(), b"kept");
    let form = document.get_dict_in_dict(document.catalog().unwrap(), b"AcroForm").unwrap();
    assert_eq!(form.get(b"Fields").unwrap().as_array().unwrap().len(), 2);
}

#[test]
fn stamped_text_is_real_text_and_the_old_text_stays() {
    let original = fixture!("rotated");
    let place = area(2, 130.0, 110.0, 80.0, 16.0);

    let signed = stamped(original, &[date(place)]);

    let found = find_keyword(&signed, "2024年5月6日").unwrap();
    assert_eq!(found.len(), 1);
    assert!(inside(&place, (found[0].x, found[0].y), 1.0), "{found:?}");
    assert_eq!(find_keyword(&signed, "甲方签署"), find_keyword(original, "甲方签署"));
}

#[test]
fn the_second_part_of_the_id_changes_with_each_revision_and_the_first_never() {
    let id = |bytes: &[u8]| {
        let document = Document::load_mem(bytes).unwrap();
        let parts = document.trailer.get(b"ID").unwrap().as_array().unwrap().clone();
        [0, 1].map(|part| parts[part].as_str().unwrap().to_vec())
    };
    let original = fixture!("keywords");
    let once = stamped(original, &[seal(area(1, 0.0, 0.0, 50.0, 50.0))]);
    let other = stamped(original, &[seal(area(1, 0.0, 0.0, 51.0, 50.0))]);
    let twice = stamped(&once, &[seal(area(1, 0.0, 0.0, 50.0, 50.0))]);

    assert!([&once, &other, &twice].iter().all(|signed| id(signed)[0] == id(original)[0]));
    let mut last: Vec<_> = [original, &once, &other, &twice].iter().map(|bytes| id(bytes)[1].clone()).collect();
    last.sort();
    last.dedup();
    assert_eq!(last.len(), 4);
}

#[test]
fn equal_marks_are_stored_once() {
    let original = include_bytes!("../../../assets/sample-contract.pdf");
    let one = stamped(original, &[seal(area(1, 20.0, 15.0, 90.0, 90.0))]).len();
    let many: Vec<Stamp> = (0..50).map(|row| seal(area(2, 20.0, f64::from(row) * 10.0, 90.0, 90.0))).collect();

    let grown = stamped(original, &many).len();

    assert!(
        grown < one + 50 * 100,
        "50 equal seals cost {} bytes, one {}",
        grown - original.len(),
        one - original.len()
    );
}

#[test]
fn a_character_no_typeface_has_becomes_a_box_and_is_reported() {
    let place = area(1, 130.0, 60.0, 100.0, 40.0);
    let strange = Stamp::new(place, Mark::Signature { name: "王\u{20BB7}\u{1F600}".into() });
    let plain = Stamp::new(place, Mark::Signature { name: "王".into() });

    let result = stamp(fixture!("rotated"), &[strange], &Fonts::builtin()).unwrap();

    assert_eq!(result.missing, ['\u{1F600}', '\u{20BB7}']);
    assert_ne!(result.pdf, stamped(fixture!("rotated"), &[plain]));
    assert_inked(fixture!("rotated"), &result.pdf, &[place]);
}

#[test]
fn long_names_and_tiny_areas_stay_inside_their_area() {
    let original = fixture!("shared-parts");
    let name = "一家名字特别长的国际信息技术服务股份有限责任公司北京市朝阳区第二十三分公司".to_owned();
    let long = "很长的文字，会被折行，也会被缩小，直到放得下为止。".repeat(8);
    let stamps = [
        Stamp::new(area(3, 10.0, 10.0, 100.0, 100.0), Mark::Seal { text: name.clone(), label: None }),
        Stamp::new(area(3, 120.0, 10.0, 60.0, 14.0), Mark::Seal { text: name.clone(), label: Some("公章".into()) }),
        Stamp::new(area(3, 10.0, 120.0, 60.0, 12.0), Mark::Signature { name }),
        Stamp::new(area(3, 10.0, 150.0, 40.0, 40.0), Mark::NameSeal { name: "李四".into() }),
        Stamp::new(
            area(3, 100.0, 150.0, 120.0, 60.0),
            Mark::Text {
                text: long,
                style: TextStyle { size: 30.0, bold: true, ..TextStyle::default() },
                setting: Setting::Broken,
            },
        ),
    ];

    let signed = stamped(original, &stamps);

    assert_inked(original, &signed, &areas(&stamps));
    let text: String = read_text(&signed).unwrap().lines().map(|(_, line)| line).collect();
    assert_eq!(text.matches('。').count(), 8, "shrunk text is whole");
}

#[test]
fn an_area_off_the_document_is_refused() {
    let original = fixture!("rotated");
    let try_at = |place: Area| stamp(original, &[seal(place)], &Fonts::builtin()).unwrap_err();

    assert_eq!(try_at(area(0, 0.0, 0.0, 9.0, 9.0)), Unusable::NoSuchPage { page: 0, pages: 4 });
    assert_eq!(try_at(area(5, 0.0, 0.0, 9.0, 9.0)), Unusable::NoSuchPage { page: 5, pages: 4 });
    for (width, height) in [(0.0, 9.0), (9.0, -1.0), (f64::NAN, 9.0), (9.0, f64::INFINITY), (1e9, 1.0)] {
        assert_eq!(try_at(area(1, 0.0, 0.0, width, height)), Unusable::BadArea { page: 1 });
    }
}

#[test]
fn an_area_far_outside_the_page_leaves_it_as_it_looked() {
    let original = fixture!("rotated");

    let signed = stamped(original, &[seal(area(1, 1e7, -1e7, 90.0, 90.0))]);

    assert_inked(original, &signed, &[]);
}

#[test]
fn bytes_before_the_header_do_not_move_the_stamps() {
    let original = [b"\xEF\xBB\xBFmail header\r\n".as_slice(), fixture!("keywords")].concat();
    let stamps = [seal(area(1, 20.0, 150.0, 90.0, 90.0))];

    let once = stamped(&original, &stamps);
    let twice = stamped(&once, &[date(area(3, 20.0, 150.0, 90.0, 20.0))]);

    assert!(twice.starts_with(&original));
    assert_inked(&original, &once, &areas(&stamps));
    assert_inked(&once, &twice, &[area(3, 20.0, 150.0, 90.0, 20.0)]);
}

#[test]
fn a_preview_is_as_wide_as_asked_for_and_never_huge() {
    let width_of = |png: &[u8]| u32::from_be_bytes(png[16..20].try_into().unwrap());
    let preview = |width| preview_png(fixture!("rotated"), 2, width).unwrap();

    assert_eq!(width_of(&preview(300)), 300);
    assert_eq!(width_of(&preview(0)), 1);
    assert_eq!(width_of(&preview(u32::MAX)), super::super::MAX_PICTURE_SIDE);
    assert_eq!(preview_png(fixture!("rotated"), 9, 300), Err(Unusable::NoSuchPage { page: 9, pages: 4 }));
}
