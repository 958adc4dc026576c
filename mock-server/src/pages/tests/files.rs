//! Downloads and pictures of pages.

use axum::http::header::CONTENT_DISPOSITION;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

use super::*;
use crate::documents::Area;
use crate::engine::download;

const MINUTES: Duration = Duration::from_secs(300);

/// A download of the contract, good for five minutes.
fn file(bench: &Bench) -> String {
    let id = bench.flow.as_str();
    bench.account.enter(EdgeTime::read(), |world, now, _| {
        let key = download::key(&world.ids, "FLOW", id, now.plus(MINUTES));
        let url = bench.account.urls.file("FLOW", id, 0, "PDF", &key);
        url.strip_prefix("http://127.0.0.1:8480").unwrap().to_owned()
    })
}

/// Pixels of this kind inside an area, a pixel to the pt.
pub(super) fn ink(pdf: &Bytes, area: Area, wanted: impl Fn(&[u8]) -> bool) -> usize {
    let pdf = Pdf::new(Arc::new(pdf.to_vec())).expect("a valid PDF");
    let page = &pdf.pages()[area.page - 1];
    let pixels = PixmapSettings { x_scale: 1.0, y_scale: 1.0, bg_color: WHITE };
    let cache = RenderCache::new();
    let picture = render(page, &cache, &InterpreterSettings::default(), &RenderSettings::default(), &pixels);
    let width = usize::from(picture.width());
    let inside = |index: usize| {
        let (x, y) = ((index % width) as f64, (index / width) as f64);
        (area.x..area.x + area.width).contains(&x) && (area.y..area.y + area.height).contains(&y)
    };
    let pixels = picture.data_as_u8_slice().chunks_exact(4).enumerate();
    pixels.filter(|(index, pixel)| inside(*index) && wanted(pixel)).count()
}

pub(super) fn red(pixel: &[u8]) -> bool {
    pixel[0] > 180 && pixel[1] < 90 && pixel[2] < 90
}

pub(super) fn dark(pixel: &[u8]) -> bool {
    pixel.iter().take(3).all(|part| *part < 110)
}

#[tokio::test]
async fn a_download_is_the_upload_with_what_was_signed_so_far() {
    let bench = Bench::new();
    let before = bench.get(&file(&bench)).await;
    assert_eq!(before.body, sample_contract(), "nobody signed, nothing was added");
    let areas: Vec<Area> =
        bench.flow().approvers.iter().flat_map(|one| &one.components).map(|component| component.areas[0]).collect();
    let [seal, signature, date, machine] = areas[..] else { panic!("four components") };

    bench.post(&bench.signing_page(0), "action=sign").await;
    let half = bench.get(&file(&bench)).await;
    assert!(half.body.starts_with(sample_contract()), "an update of the upload, not another document");
    assert!(ink(&half.body, seal, red) > 500);
    assert_eq!(ink(&half.body, machine, red), 0);

    bench.post(&bench.signing_page(1), "action=sign").await;
    bench.wait(Duration::from_secs(10));
    let whole = bench.get(&file(&bench)).await;
    assert_eq!(inspect(&whole.body).unwrap().pages, inspect(sample_contract()).unwrap().pages);
    for (area, kind) in [(seal, red as fn(&[u8]) -> bool), (signature, dark), (date, dark), (machine, red)] {
        let (new, old) = (ink(&whole.body, area, kind), ink(&before.body, area, kind));
        assert!(new > old + 100, "{area:?}: {old} to {new}");
    }
}

#[tokio::test]
async fn a_download_is_named_after_the_contract() {
    let bench = Bench::new();
    let reply = bench.get(&file(&bench)).await;
    assert_eq!((reply.status, reply.header(CONTENT_TYPE)), (StatusCode::OK, "application/pdf"));
    let disposition = reply.header(CONTENT_DISPOSITION);
    assert!(disposition.contains("filename*=UTF-8''%E6%9C%8D%E5%8A%A1%E5%90%88%E5%90%8C"), "{disposition}");
}

#[tokio::test]
async fn a_download_ends() {
    let bench = Bench::new();
    let url = file(&bench);
    bench.wait(MINUTES - Duration::from_secs(1));
    assert_eq!(bench.get(&url).await.status, StatusCode::OK);
    bench.wait(Duration::from_secs(1));
    bench.get(&url).await.assert_says(StatusCode::GONE, &["下载链接已失效", "2023-11-15 06:18:20"]);
}

#[tokio::test]
async fn a_key_nobody_handed_out_opens_nothing() {
    let bench = Bench::new();
    let url = file(&bench);
    let (path, key) = url.split_once("?hkey=").unwrap();
    let later = format!("ffffffffffff{}", &key[12..]);
    for forged in ["", "?hkey=", "?hkey=1", &format!("?hkey={later}")] {
        bench.get(&format!("{path}{forged}")).await.assert_says(StatusCode::FORBIDDEN, &["下载链接无效"]);
    }
    bench.get(&url.replace("/FLOW/", "/SEAL/")).await.assert_says(StatusCode::FORBIDDEN, &["下载链接无效"]);
    bench.get(&url.replace("/0/0.PDF", "/0/7.PDF")).await.assert_says(StatusCode::NOT_FOUND, &["文件不存在"]);
    let (status, error) = bench.get_json(path).await;
    assert_eq!((status, &error["error"]), (StatusCode::FORBIDDEN, &json!("key_forged")));
}

#[tokio::test]
async fn pictures_show_what_was_signed_and_die_with_the_link() {
    let bench = Bench::new();
    let token = bench.link(bench.signing(0));
    let url = format!("/quick/demo/page/{token}/2.png?w=300");
    let before = bench.get(&url).await;
    assert_eq!((before.status, before.header(CONTENT_TYPE)), (StatusCode::OK, "image/png"));
    assert_eq!(before.body[16..20], 300_u32.to_be_bytes(), "as wide as asked");

    bench.post(&format!("/quick/demo/home?token={token}"), "action=sign").await;
    let after = bench.get(&url).await;
    assert_ne!(before.body, after.body, "the seal shows");
    assert_eq!(bench.get(&url).await.body, after.body);

    bench.wait(HALF_AN_HOUR);
    assert_eq!(bench.get(&url).await.status, StatusCode::GONE);
}

#[tokio::test]
async fn there_are_as_many_pictures_as_pages() {
    let bench = Bench::new();
    let token = bench.link(bench.signing(0));
    for name in ["0.png", "3.png", "99999999999999999999999.png", "-1.png", "1.gif", "x"] {
        let reply = bench.get(&format!("/quick/demo/page/{token}/{name}")).await;
        assert_eq!(reply.status, StatusCode::NOT_FOUND, "{name}");
    }
    let wide = bench.get(&format!("/quick/demo/page/{token}/1.png?w=4000000000")).await;
    assert_eq!(wide.body[16..20], 2000_u32.to_be_bytes(), "no wider than allowed");
    assert_eq!(bench.get("/quick/demo/page/0123456789/1.png").await.status, StatusCode::NOT_FOUND);
}
