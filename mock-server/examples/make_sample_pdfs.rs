//! Draws the demo's contract (assets/sample-contract.pdf) and the PDFs that tests read (fixtures/pdf):
//! `cargo run -p ess-mock-server --example make_sample_pdfs`. The same every time; rerun it after changing it.

use std::error::Error;
use std::path::{Path, PathBuf};

use krilla::geom::{PathBuilder, Point};
use krilla::page::PageSettings;
use krilla::paint::Stroke;
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use lopdf::{Document, EncryptionState, EncryptionVersion, Permissions, SaveOptions};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

fn main() -> Result<(), Box<dyn Error>> {
    let here = || PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mock_server = std::env::args().nth(1).map_or_else(here, PathBuf::from);
    let fixtures = mock_server.join("../fixtures/pdf");
    std::fs::create_dir_all(&fixtures)?;

    let contract = sample_contract(&std::fs::read(mock_server.join("assets/fonts/NotoSansSC-Subset.otf"))?)?;
    std::fs::write(mock_server.join("assets/sample-contract.pdf"), &contract)?;

    let save = |name: &str, bytes: &[u8]| std::fs::write(fixtures.join(Path::new(name)), bytes);
    save("rotated.pdf", &rotated())?;
    save("cropped.pdf", &cropped())?;
    save("keywords.pdf", &keywords())?;
    save("form-fields.pdf", &form_fields())?;
    save("dirty-state.pdf", &dirty_state())?;
    save("shared-parts.pdf", &shared_parts())?;
    save("object-streams.pdf", &object_streams(&keywords())?)?;
    save("encrypted.pdf", &encrypted(&keywords())?)?;
    save("truncated.pdf", &contract[..contract.len() * 6 / 10])?;
    save("broken-table.pdf", &broken_table(&keywords()))?;
    save("junk.pdf", b"%PDF-1.7\n\xE2\xE3\xCF\xD3\nNothing of what follows is a PDF.\n%%EOF\n")?;
    save("not-a-pdf.pdf", b"\x89PNG\r\n\x1A\nnot a PDF either")?;
    Ok(())
}

// --- the demo's contract, drawn by krilla with an embedded typeface ---

/// A4, pt.
const A4: (f32, f32) = (595.28, 841.89);
const MARGIN: f32 = 72.0;

enum Piece {
    Title(&'static str),
    Heading(&'static str),
    Text(&'static str),
    Gap(f32),
}

const FIRST_PAGE: &[Piece] = &[
    Piece::Title("技术服务合同"),
    Piece::Text("合同编号：DEMO-2024-001"),
    Piece::Gap(6.0),
    Piece::Text("甲方：示例科技（深圳）有限公司"),
    Piece::Text("乙方：张三"),
    Piece::Gap(6.0),
    Piece::Text("甲方委托乙方提供软件技术服务，双方在平等自愿的基础上协商一致，订立本合同，共同遵守。"),
    Piece::Heading("第一条　服务内容"),
    Piece::Text(
        "1.1　乙方为甲方的订单系统提供接口开发、联调测试和上线支持，交付物为可运行的程序、接口说明和测试记录。",
    ),
    Piece::Text("1.2　甲方在合同生效后三个工作日内提供必要的资料、测试环境和联系人。资料不齐的，交付日期相应顺延。"),
    Piece::Heading("第二条　期限与交付"),
    Piece::Text(
        "2.1　服务期限为自本合同生效之日起九十日。乙方每两周向甲方演示一次进展，甲方在五个工作日内书面反馈意见。",
    ),
    Piece::Text("2.2　甲方收到交付物后七个工作日内完成验收；逾期未提出书面异议的，视为验收合格。"),
    Piece::Heading("第三条　费用与支付"),
    Piece::Text("3.1　服务费用总计人民币 80,000.00 元（大写：捌万元整），含税。"),
    Piece::Text(
        "3.2　甲方在合同生效后十日内支付百分之四十，验收合格后十日内支付其余百分之六十。乙方在每次收款后五日内开具发票。",
    ),
    Piece::Heading("第四条　保密"),
    Piece::Text(
        "4.1　任何一方对在履行本合同中知悉的对方商业秘密负有保密义务，未经对方书面同意不得向第三人披露。本义务在合同终止后两年内继续有效。",
    ),
];

const SECOND_PAGE: &[Piece] = &[
    Piece::Heading("第五条　知识产权"),
    Piece::Text(
        "5.1　乙方按本合同完成的交付物，其著作权在甲方付清全部费用后归甲方所有。乙方保证交付物不侵犯第三人的合法权利。",
    ),
    Piece::Heading("第六条　违约责任"),
    Piece::Text(
        "6.1　乙方逾期交付的，每逾期一日按合同总额的千分之一支付违约金；甲方逾期付款的，按同一比例支付违约金。违约金合计不超过合同总额的百分之十。",
    ),
    Piece::Heading("第七条　争议解决"),
    Piece::Text("7.1　因本合同产生的争议，双方应当协商解决；协商不成的，任何一方可以向甲方所在地人民法院起诉。"),
    Piece::Heading("第八条　其他"),
    Piece::Text("8.1　本合同以数据电文形式订立，经双方签署后生效，与纸质合同具有同等效力。"),
    Piece::Text("8.2　本合同未尽事宜，由双方另行签订补充协议。"),
    Piece::Gap(18.0),
    Piece::Text("（以下无正文，为签署部分）"),
];

/// Words beside which components are placed: text, x, y of the baseline.
const SIGNATURES: &[(&str, f32, f32)] = &[
    ("甲方（盖章）：", 72.0, 560.0),
    ("日期：", 72.0, 690.0),
    ("乙方（签字）：", 330.0, 560.0),
    ("日期：", 330.0, 690.0),
];

fn sample_contract(font: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let hand =
        Typesetter { face: FontRef::new(font)?, font: Font::new(font.to_vec().into(), 0).ok_or("unreadable font")? };
    let mut document = krilla::Document::new();
    for (number, pieces) in [FIRST_PAGE, SECOND_PAGE].into_iter().enumerate() {
        let mut page = document.start_page_with(PageSettings::from_wh(A4.0, A4.1).ok_or("impossible page")?);
        let mut surface = page.surface();
        let mut y = 90.0;
        for piece in pieces {
            y = hand.piece(&mut surface, piece, y);
        }
        if number == 1 {
            for (text, x, y) in SIGNATURES {
                hand.line(&mut surface, text, *x, *y, 12.0);
            }
        }
        let footer = format!("第 {} 页　共 2 页", number + 1);
        let x = (A4.0 - hand.length(&footer, 9.0)) / 2.0;
        hand.line(&mut surface, &footer, x, A4.1 - 40.0, 9.0);
        surface.finish();
        page.finish();
    }
    Ok(document.finish().map_err(|error| format!("{error:?}"))?)
}

struct Typesetter<'a> {
    face: FontRef<'a>,
    font: Font,
}

impl Typesetter<'_> {
    fn piece(&self, surface: &mut Surface<'_>, piece: &Piece, y: f32) -> f32 {
        match piece {
            Piece::Title(text) => {
                self.line(surface, text, (A4.0 - self.length(text, 22.0)) / 2.0, y, 22.0);
                let mut rule = PathBuilder::new();
                rule.move_to(MARGIN, y + 14.0);
                rule.line_to(A4.0 - MARGIN, y + 14.0);
                surface.set_stroke(Some(Stroke { width: 0.6, ..Stroke::default() }));
                surface.set_fill(None);
                if let Some(rule) = rule.finish() {
                    surface.draw_path(&rule);
                }
                surface.set_stroke(None);
                y + 44.0
            }
            Piece::Heading(text) => {
                self.line(surface, text, MARGIN, y + 8.0, 13.0);
                y + 30.0
            }
            Piece::Text(text) => {
                let mut y = y;
                let mut line = String::new();
                for character in text.chars() {
                    let mut longer = line.clone();
                    longer.push(character);
                    // A line may end, never begin, with a stop.
                    if self.length(&longer, 11.0) > A4.0 - 2.0 * MARGIN && !"，。；：、）".contains(character) {
                        self.line(surface, &line, MARGIN, y, 11.0);
                        y += 19.0;
                        longer = character.to_string();
                    }
                    line = longer;
                }
                self.line(surface, &line, MARGIN, y, 11.0);
                y + 21.0
            }
            Piece::Gap(height) => y + height,
        }
    }

    fn glyph(&self, character: char) -> (GlyphId, f32) {
        let glyph = self.face.charmap().map(character).unwrap_or_default();
        let metrics = self.face.glyph_metrics(Size::unscaled(), LocationRef::default());
        let advance = metrics.advance_width(glyph).unwrap_or_default() / 1000.0;
        (GlyphId::new(glyph.to_u32()), advance)
    }

    fn length(&self, text: &str, size: f32) -> f32 {
        text.chars().map(|character| self.glyph(character).1 * size).sum()
    }

    fn line(&self, surface: &mut Surface<'_>, text: &str, x: f32, y: f32, size: f32) {
        let glyphs: Vec<KrillaGlyph> = text
            .char_indices()
            .map(|(at, character)| {
                let (glyph, advance) = self.glyph(character);
                KrillaGlyph::new(glyph, advance, 0.0, 0.0, 0.0, at..at + character.len_utf8(), None)
            })
            .collect();
        surface.draw_glyphs(Point::from_xy(x, y), &glyphs, self.font.clone(), text, size, false);
    }
}

// --- test files, written by hand so that each shows one thing ---

/// A Chinese typeface that is named, not embedded (F1), and a Latin one (F2), as objects 3 to 5.
const FONTS: &str = "3 0 obj\n<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>\nendobj\n\
4 0 obj\n<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 >>\nendobj\n\
5 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>\nendobj\n";
const RESOURCES: &str = "/Resources << /Font << /F1 3 0 R /F2 5 0 R >> >>";

/// A file of `catalog` entries, `tree` entries shared by all pages, and `pages`: each its entries and content streams.
fn file(catalog: &str, tree: &str, pages: &[(&str, &[String])], more: &str) -> Vec<u8> {
    let mut body = String::from(FONTS);
    let mut next = 10;
    let mut kids = Vec::new();
    for (entries, contents) in pages {
        let page = next;
        next += 1;
        let mut parts = Vec::new();
        for content in *contents {
            body += &format!("{next} 0 obj\n<< /Length {} >>\nstream\n{content}\nendstream\nendobj\n", content.len());
            parts.push(format!("{next} 0 R"));
            next += 1;
        }
        let contents = if parts.len() == 1 { parts.concat() } else { format!("[{}]", parts.join(" ")) };
        body += &format!("{page} 0 obj\n<< /Type /Page /Parent 2 0 R /Contents {contents} {entries} >>\nendobj\n");
        kids.push(format!("{page} 0 R"));
    }
    body += more;
    body += &format!("1 0 obj\n<< /Type /Catalog /Pages 2 0 R {catalog} >>\nendobj\n");
    body += &format!("2 0 obj\n<< /Type /Pages /Count {} /Kids [{}] {tree} >>\nendobj\n", pages.len(), kids.join(" "));
    with_table(&body)
}

/// Puts a header before and a table of objects behind `body`.
fn with_table(body: &str) -> Vec<u8> {
    let mut file = String::from("%PDF-1.7\n%\u{E2}\u{E3}\u{CF}\u{D3}\n");
    let start = file.len();
    file += body;
    let mut places = std::collections::BTreeMap::new();
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        if let Some(number) = line.trim_end().strip_suffix(" 0 obj").and_then(|number| number.parse::<usize>().ok()) {
            places.insert(number, start + at);
        }
        at += line.len();
    }
    let size = places.keys().next_back().map_or(1, |last| last + 1);
    let table = file.len();
    file += &format!("xref\n0 {size}\n0000000000 65535 f \n");
    for number in 1..size {
        match places.get(&number) {
            Some(place) => file += &format!("{place:010} 00000 n \n"),
            None => file += "0000000000 00000 f \n",
        }
    }
    let id = "<00112233445566778899AABBCCDDEEFF>";
    file += &format!("trailer\n<< /Size {size} /Root 1 0 R /ID [{id} {id}] >>\nstartxref\n{table}\n%%EOF\n");
    file.into_bytes()
}

/// Chinese text at a place of the page's own coordinates.
fn chinese(text: &str, x: f64, y: f64, size: f64) -> String {
    let codes: String = text.encode_utf16().map(|code| format!("{code:04X}")).collect();
    format!("BT /F1 {size} Tf {x} {y} Td <{codes}> Tj ET\n")
}

fn latin(text: &str, x: f64, y: f64, size: f64) -> String {
    format!("BT /F2 {size} Tf {x} {y} Td ({text}) Tj ET\n")
}

/// Four pages, turned by 0, 90, 180, 270 degrees; size and resources inherited. The keyword stands upright on each as
/// shown, its baseline 100 pt from the left and 200 pt from the top.
fn rotated() -> Vec<u8> {
    let (width, height) = (400.0, 500.0);
    let mut contents = Vec::new();
    for turn in [0, 90, 180, 270] {
        let matrix = match turn {
            0 => format!("1 0 0 1 100 {}", height - 200.0),
            90 => String::from("0 1 -1 0 200 100"),
            180 => format!("-1 0 0 -1 {} 200", width - 100.0),
            _ => format!("0 -1 1 0 {} {}", width - 200.0, height - 100.0),
        };
        contents.push([format!("q {matrix} cm\n{}Q", chinese("甲方签署", 0.0, 0.0, 20.0))]);
    }
    let entries = ["", "/Rotate 90", "/Rotate 180", "/Rotate -90"];
    let pages: Vec<(&str, &[String])> =
        entries.iter().zip(&contents).map(|(one, two)| (*one, two.as_slice())).collect();
    file("", &format!("/MediaBox [0 0 {width} {height}] {RESOURCES}"), &pages, "")
}

/// Pages cut out of larger ones: straight, turned, in a unit of half an inch's 36th, and with a crop that hangs over.
fn cropped() -> Vec<u8> {
    let text = [chinese("乙方签署", 150.0, 400.0, 20.0) + &chinese("裁掉的乙方签署", 5.0, 20.0, 10.0)];
    let small = [chinese("乙方签署", 60.0, 100.0, 10.0)];
    let pages: [(&str, &[String]); 4] = [
        ("/MediaBox [0 0 700 900] /CropBox [50 60 500 700]", &text),
        ("/MediaBox [0 0 700 900] /CropBox [50 60 500 700] /Rotate 90", &text),
        ("/MediaBox [0 0 200 250] /UserUnit 2", &small),
        ("/MediaBox [-100 -50 500 600] /CropBox [-500 0 400 2000] /Rotate 270", &text),
    ];
    file("", RESOURCES, &pages, "")
}

/// Keywords repeated, inside other words, broken over lines, in two columns, spaced, drawn twice, and in Latin letters.
fn keywords() -> Vec<u8> {
    let bold = chinese("加粗", 300.0, 600.0, 12.0) + &chinese("加粗", 300.3, 600.0, 12.0);
    let moved = "BT /F2 12 Tf 60 500 Td [(Party) -300 (A) -3000 (signs) 20 (here)] TJ ET\n";
    let spelled: String = "逐字"
        .chars()
        .enumerate()
        .map(|(at, one)| chinese(&one.to_string(), 60.0 + 12.0 * at as f64, 450.0, 12.0))
        .collect();
    let radical = chinese("\u{2F45}法", 60.0, 400.0, 12.0);
    let pages: [(&str, &[String]); 3] = [
        (
            "",
            &[
                chinese("甲方签字", 60.0, 800.0, 12.0)
                    + &chinese("由甲方签字，乙方签字", 200.0, 800.0, 12.0)
                    + &chinese("这一行以甲方", 60.0, 700.0, 12.0)
                    + &chinese("签字开始下一行", 60.0, 680.0, 12.0),
                bold + moved + &spelled + &radical,
            ],
        ),
        ("", &[chinese("没有关键词的一页", 60.0, 800.0, 12.0)]),
        (
            "",
            &[chinese("甲方签字", 300.0, 300.0, 12.0)
                + &chinese("甲方签字", 60.0, 300.0, 12.0)
                + &chinese("甲方签字：", 60.0, 100.0, 24.0)
                + &latin("Signature", 60.0, 60.0, 12.0)],
        ),
    ];
    file("", &format!("/MediaBox [0 0 595 842] {RESOURCES}"), &pages, "")
}

/// Two form fields, one of them with two places and a name in two parts.
fn form_fields() -> Vec<u8> {
    let name = "<FEFF753265B97B7E7AE0>";
    let more = format!(
        "100 0 obj\n<< /FT /Tx /T {name} /Type /Annot /Subtype /Widget /Rect [100 600 220 660] /F 4 /V (kept) /DA (/F2 12 Tf 0 g) /P 10 0 R >>\nendobj\n\
101 0 obj\n<< /T (party) /Kids [102 0 R] >>\nendobj\n\
102 0 obj\n<< /FT /Tx /T (date) /Parent 101 0 R /Kids [103 0 R 104 0 R] /DA (/F2 12 Tf 0 g) >>\nendobj\n\
103 0 obj\n<< /Type /Annot /Subtype /Widget /Parent 102 0 R /Rect [300 600 400 620] /F 4 >>\nendobj\n\
104 0 obj\n<< /Type /Annot /Subtype /Widget /Parent 102 0 R /Rect [300 700 400 680] /F 4 >>\nendobj\n"
    );
    let text = [chinese("表单", 60.0, 780.0, 12.0)];
    let pages: [(&str, &[String]); 2] = [("/Annots [100 0 R 103 0 R]", &text), ("/Annots [104 0 R] /Rotate 90", &text)];
    let form = "/AcroForm << /Fields [100 0 R 101 0 R] /NeedAppearances true /DR << /Font << /F2 5 0 R >> >> >>";
    file(form, &format!("/MediaBox [0 0 595 842] {RESOURCES}"), &pages, &more)
}

/// Content that leaves the page scaled, saved and inside a text; content that restores more than it saved.
fn dirty_state() -> Vec<u8> {
    let pages: [(&str, &[String]); 3] = [
        ("", &[String::from("q 3 0 0 3 50 50 cm q 0 1 0 rg BT /F2 10 Tf 20 20 Td (left open) Tj")]),
        (
            "",
            &[
                String::from("0.5 0 0 0.5 10 10 cm Q 0.2 0 0 0.2 0 0 cm\n"),
                latin("restored too often", 100.0, 300.0, 40.0),
            ],
        ),
        ("", &[String::from("1 0 0 RG 0 0 50 50 re W n 0 0 40 40 re S")]),
    ];
    file("", &format!("/MediaBox [0 0 400 400] {RESOURCES}"), &pages, "")
}

/// Pages that share resources and content, an indirect list of contents, a page without any content, names of ours taken.
fn shared_parts() -> Vec<u8> {
    let more = "200 0 obj\n<< /Font << /F1 3 0 R /F2 5 0 R >> /XObject 201 0 R >>\nendobj\n\
201 0 obj\n<< /EssStamp1 202 0 R >>\nendobj\n\
202 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 50 50] /Length 23 >>\nstream\n0 0 1 rg 0 0 50 50 re f\nendstream\nendobj\n\
203 0 obj\n[204 0 R 205 0 R]\nendobj\n\
204 0 obj\n<< /Length 34 >>\nstream\nq 1 0 0 1 20 20 cm /EssStamp1 Do Q\nendstream\nendobj\n\
205 0 obj\n<< /Length 34 >>\nstream\nBT /F2 12 Tf 100 100 Td (x) Tj ET \nendstream\nendobj\n\
206 0 obj\n<< /Type /Page /Parent 2 0 R /Resources 200 0 R /Contents 203 0 R /MediaBox [0 0 300 300] >>\nendobj\n\
207 0 obj\n<< /Type /Page /Parent 2 0 R /Resources 200 0 R /Contents 203 0 R /MediaBox [0 0 300 300] >>\nendobj\n\
208 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] >>\nendobj\n";
    let mut body = String::from(FONTS);
    body += more;
    body += "1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count 3 /Kids [206 0 R 207 0 R 208 0 R] >>\nendobj\n";
    with_table(&body)
}

/// The same document in the form of PDF 1.5: objects packed into streams, the table a stream too.
fn object_streams(plain: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut document = Document::load_mem(plain)?;
    let options = SaveOptions { use_object_streams: true, use_xref_streams: true, ..SaveOptions::default() };
    let mut bytes = Vec::new();
    document.save_with_options(&mut bytes, options)?;
    Ok(bytes)
}

fn encrypted(plain: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut document = Document::load_mem(plain)?;
    // The oldest cipher on purpose: it draws no random numbers, so the file is the same every time.
    let version = EncryptionVersion::V1 {
        document: &document,
        owner_password: "owner",
        user_password: "user",
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version)?;
    document.encrypt(&state)?;
    let mut bytes = Vec::new();
    document.save_to(&mut bytes)?;
    Ok(bytes)
}

/// The table of objects points nowhere.
fn broken_table(plain: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(plain).into_owned();
    let Some((before, _)) = text.split_once("xref\n") else { return plain.to_vec() };
    format!("{before}xref\n0 1\nbroken\ntrailer\n<< /Root 1 0 R >>\nstartxref\n12\n%%EOF\n").into_bytes()
}
