//! Files that are not what they should be: refused with a reason, or survived; never a panic, never endless work.

use lopdf::{Dictionary, Stream};
use proptest::prelude::*;

use super::super::limits::{MAX_INFLATED, MAX_PAGES};
use super::super::picture::samples::halves;
use super::super::{
    Cell, Fit, Layout, Setting, Table, Unusable, Watermark, WatermarkPosition, find_keyword, inspect, picture_to_pdf,
    preview_png, read_fields, read_text,
};
use super::*;

#[test]
fn what_is_not_a_sound_pdf_is_refused_with_its_reason() {
    assert_eq!(inspect(fixture!("not-a-pdf")), Err(Unusable::NotPdf));
    assert_eq!(inspect(b""), Err(Unusable::NotPdf));
    assert_eq!(inspect(fixture!("encrypted")), Err(Unusable::Encrypted));
    for (name, bytes) in
        [("junk", fixture!("junk")), ("truncated", fixture!("truncated")), ("broken-table", fixture!("broken-table"))]
    {
        assert!(matches!(inspect(bytes), Err(Unusable::Damaged { .. })), "{name}: {:?}", inspect(bytes));
    }
}

#[test]
fn refusals_are_sentences_for_people() {
    let said = |bytes| inspect(bytes).unwrap_err().to_string();

    assert_eq!(said(fixture!("encrypted")), "the PDF is encrypted: remove its password and permissions first");
    assert_eq!(said(fixture!("broken-table")), "the PDF is damaged: its table of objects is broken");
}

/// A PDF of `objects`, of which 1 is the catalog and 2 the page tree.
fn pdf(objects: &[(u32, String)]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut table = String::from("xref\n0 1\n0000000000 65535 f \n");
    for (number, body) in objects {
        table += &format!("{number} 1\n{:010} 00000 n \n", file.len());
        file.extend(format!("{number} 0 obj\n{body}\nendobj\n").bytes());
    }
    let size = objects.iter().map(|(number, _)| number + 1).max().unwrap_or(1);
    table += &format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n", file.len());
    file.extend(table.bytes());
    file
}

fn stream(entries: &str, content: &str) -> String {
    format!("<< {entries} /Length {} >>\nstream\n{content}\nendstream", content.len())
}

/// A PDF of one page with this content, these page entries, and more objects from 10 on.
fn page(content: &str, entries: &str, more: &[(u32, String)]) -> Vec<u8> {
    let mut objects = vec![
        (1, "<< /Type /Catalog /Pages 2 0 R >>".to_owned()),
        (2, "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 200 200] >>".to_owned()),
        (3, format!("<< /Type /Page /Parent 2 0 R /Contents 4 0 R {entries} >>")),
        (4, stream("", content)),
    ];
    objects.extend_from_slice(more);
    pdf(&objects)
}

/// Does everything that can be done with a file. Whatever is accepted must be fit for all of it.
fn use_fully(bytes: &[u8]) -> Result<(), Unusable> {
    let facts = inspect(bytes);
    let (read, _) = (Layout::read(bytes), (read_fields(bytes), read_text(bytes)));
    let preview = preview_png(bytes, 1, 60);
    let last = facts.as_ref().map_or(1, |facts| facts.pages.len());
    let stamps = [seal(area(1, 10.0, 10.0, 50.0, 50.0)), date(area(last, 10.0, 70.0, 50.0, 10.0))];
    let signed = stamp(bytes, &stamps, &Fonts::builtin());
    let facts = facts?;
    let signed = signed.expect("what is accepted can be stamped").pdf;
    assert!(signed.starts_with(bytes));
    assert_eq!(inspect(&signed).expect("what was stamped is accepted"), facts);
    for outcome in [read.map(|_| ()), preview.map(|_| ())] {
        assert!(matches!(outcome, Ok(()) | Err(Unusable::TooMuchWork | Unusable::Damaged { .. })), "{outcome:?}");
    }
    Ok(())
}

#[test]
fn sound_files_are_fit_for_everything() {
    for (name, bytes) in SOUND {
        assert_eq!(use_fully(bytes), Ok(()), "{name}");
    }
}

#[test]
fn a_form_that_draws_itself_ends() {
    let form =
        stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 10 0 R >> >>", "/F Do");
    let bytes = page("/F Do", "/Resources << /XObject << /F 10 0 R >> >>", &[(10, form)]);

    assert_eq!(use_fully(&bytes), Ok(()));
}

#[test]
fn forms_that_multiply_are_stopped() {
    let forms: Vec<(u32, String)> = (10..22)
        .map(|number| {
            let resources = format!("/Resources << /XObject << /F {} 0 R >> >>", number + 1);
            (
                number,
                stream(&format!("/Type /XObject /Subtype /Form /BBox [0 0 9 9] {resources}"), &"/F Do ".repeat(10)),
            )
        })
        .chain([(22, stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", "0 0 1 1 re f"))])
        .collect();
    let bytes = page("/F Do", "/Resources << /XObject << /F 10 0 R >> >>", &forms);

    assert_eq!(find_keyword(&bytes, "x"), Err(Unusable::TooMuchWork));
    assert_eq!(preview_png(&bytes, 1, 60), Err(Unusable::TooMuchWork));
}

#[test]
fn a_stream_that_unpacks_to_very_much_is_refused() {
    let mut bomb = Stream::new(Dictionary::new(), vec![0; 4 * 1024 * 1024]);
    bomb.compress().unwrap();
    let packed: String = bomb.content.iter().map(|byte| format!("{byte:02x}")).collect();
    let entries = "/Filter [/ASCIIHexDecode /FlateDecode]";
    let count = u32::try_from(MAX_INFLATED / (4 * 1024 * 1024)).unwrap() + 1;
    let bombs: Vec<(u32, String)> = (10..10 + count).map(|number| (number, stream(entries, &packed))).collect();

    assert_eq!(inspect(&page("", "", &bombs)), Err(Unusable::Inflates));
    assert!(inspect(&page("", "", &bombs[..10])).is_ok());
}

#[test]
fn a_picture_of_a_trillion_pixels_is_refused() {
    let entries =
        "/Type /XObject /Subtype /Image /Width 1000000 /Height 1000000 /BitsPerComponent 8 /ColorSpace /DeviceGray";

    assert_eq!(inspect(&page("", "", &[(10, stream(entries, "x"))])), Err(Unusable::TooMuchWork));
}

#[test]
fn absurd_page_counts_and_sizes_are_refused() {
    let kids: String = (10..11 + MAX_PAGES).map(|number| format!("{number} 0 R ")).collect();
    let mut objects = vec![
        (1, "<< /Type /Catalog /Pages 2 0 R >>".to_owned()),
        (2, format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", MAX_PAGES + 1)),
    ];
    objects.extend((0..=MAX_PAGES as u32).map(|index| (10 + index, "<< /Type /Page /Parent 2 0 R >>".to_owned())));

    assert_eq!(inspect(&pdf(&objects)), Err(Unusable::TooManyPages { pages: MAX_PAGES + 1 }));
    assert_eq!(inspect(&page("", "/MediaBox [0 0 20000 10]", &[])), Err(Unusable::PageTooLarge { page: 1 }));
    let none =
        pdf(&[(1, "<< /Type /Catalog /Pages 2 0 R >>".into()), (2, "<< /Type /Pages /Kids [] /Count 0 >>".into())]);
    assert!(matches!(inspect(&none), Err(Unusable::NoPages | Unusable::Damaged { .. })));
}

#[test]
fn loops_and_depths_in_the_structure_end() {
    let looped_tree = |kids| {
        pdf(&[
            (1, "<< /Type /Catalog /Pages 2 0 R >>".into()),
            (2, format!("<< /Type /Pages /Kids [{kids}] /Count 3 /Parent 2 0 R >>")),
            (3, "<< /Type /Page /Parent 3 0 R /Annots [5 0 R] >>".into()),
            (5, "<< /Subtype /Widget /T (a) /Parent 5 0 R /Rect [0 0 5 5] >>".into()),
        ])
    };
    assert_eq!(use_fully(&looped_tree("3 0 R")), Ok(()));
    for kids in ["2 0 R 3 0 R", "3 0 R 3 0 R"] {
        let refusal = use_fully(&looped_tree(kids)).unwrap_err().to_string();
        assert_eq!(refusal, "the PDF is damaged: its page tree can be read in two ways");
    }

    let looped_stream = page(
        "",
        "/Resources 10 0 R",
        &[(10, "10 0 R".into()), (11, "<< /Length 11 0 R >>\nstream\nx\nendstream".into())],
    );
    let _ = use_fully(&looped_stream);

    for deep in ["[", "<</A", "(", "[<</A"] {
        let _ = use_fully(&page("", &format!("/Deep {}", deep.repeat(50_000)), &[]));
        let _ = use_fully(&page(&deep.repeat(50_000), "", &[]));
    }
    let _ = use_fully(&page(&"q ".repeat(200_000), "", &[]));
    let _ = use_fully(&page(&"BT ".repeat(100_000), "", &[]));
}

#[test]
fn nested_forms_end_at_some_depth() {
    let forms: Vec<(u32, String)> = (10..2_000)
        .map(|number| {
            let resources = format!("/Resources << /XObject << /F {} 0 R >> >>", number + 1);
            (
                number,
                stream(
                    &format!("/Type /XObject /Subtype /Form /BBox [0 0 99 99] {resources}"),
                    "q 0 0 9 9 re f /F Do Q",
                ),
            )
        })
        .collect();

    assert_eq!(use_fully(&page("/F Do", "/Resources << /XObject << /F 10 0 R >> >>", &forms)), Ok(()));
}

/// A fixture, cut off or with some bytes changed.
fn spoiled() -> impl Strategy<Value = Vec<u8>> {
    let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12);
    (0..SOUND.len(), changes, prop::option::weighted(0.3, any::<prop::sample::Index>())).prop_map(
        |(which, changes, cut)| {
            let mut bytes = SOUND[which].1.to_vec();
            for (at, value) in changes {
                let at = at.index(bytes.len());
                bytes[at] = value;
            }
            if let Some(cut) = cut {
                bytes.truncate(cut.index(bytes.len()));
            }
            bytes
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..2000), header in any::<bool>()) {
        let bytes = if header { [b"%PDF-1.7\n".as_slice(), &bytes].concat() } else { bytes };
        prop_assert!(use_fully(&bytes).is_err());
    }

    #[test]
    fn what_survives_damage_is_fit_for_everything(bytes in spoiled()) {
        let _ = use_fully(&bytes);
    }

    #[test]
    fn a_damaged_picture_is_refused_or_drawn(
        jpg in any::<bool>(),
        place in 0..2_000_usize,
        bytes in proptest::collection::vec(any::<u8>(), 1..9),
    ) {
        let format = if jpg { image::ImageFormat::Jpeg } else { image::ImageFormat::Png };
        let mut picture = halves(24, 16, format);
        let place = place % picture.len();
        picture.splice(place..place.saturating_add(bytes.len()).min(picture.len()), bytes);
        if let Ok(pdf) = picture_to_pdf(&picture.into()) {
            prop_assert!(inspect(&pdf).is_ok());
        }
    }

    #[test]
    fn any_text_can_be_stamped_anywhere(
        text in "\\PC{0,40}|[\\x00-\\x20a一\u{202e}😀]{0,40}",
        (x, y) in (-1e4..1e4_f64, -1e4..1e4_f64),
        (width, height) in (1e-3..1e4_f64, 1e-3..1e4_f64),
        size in prop_oneof![Just(f64::NAN), -10.0..200.0_f64],
        setting in prop_oneof![Just(Setting::Plain), Just(Setting::Broken), Just(Setting::Paragraph)],
        (turn, opacity) in (any::<f32>(), any::<f32>()),
        apart in any::<u16>(),
        (rows, columns) in ((0..9_usize, 0..9_usize), (0..9_usize, 0..9_usize)),
    ) {
        let place = area(1, x, y, width, height);
        let style = TextStyle { size, ..TextStyle::default() };
        let marks = [
            Mark::Seal { text: text.clone(), label: Some(text.clone()) },
            Mark::NameSeal { name: text.clone() },
            Mark::Signature { name: text.clone() },
            Mark::Text { text: text.clone(), style, setting },
            Mark::CheckBox { ticked: true },
            Mark::Picture { bytes: text.clone().into_bytes().into(), fit: Fit::Centred },
            Mark::Table(Table {
                columns: vec![1.0, f64::NAN, -3.0, 0.0],
                rows: rows.0,
                cells: vec![Cell { rows, columns, text: text.clone(), head: false }],
                style,
            }),
            Mark::Watermark(Watermark { text, style, opacity, turn, position: WatermarkPosition::Tiled(apart) }),
        ];
        let window = Some(area(1, y, x, height, width));
        let stamps: Vec<Stamp> = marks
            .into_iter()
            .flat_map(|mark| [Stamp::new(place, mark.clone()), Stamp { window, ..Stamp::new(place, mark) }])
            .collect();
        let signed = stamp(fixture!("rotated"), &stamps, &Fonts::builtin()).unwrap();
        prop_assert_eq!(inspect(&signed.pdf), inspect(fixture!("rotated")));
    }
}
