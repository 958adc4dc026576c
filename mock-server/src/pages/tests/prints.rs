//! What stands on the paper everybody downloads: values, watermarks, paging seals; and in which forms it can be had.

use std::io::{Cursor, Read as _};

use axum::http::header::CONTENT_DISPOSITION;

use ess_schemas::ess::DescribeFlowComponentsRequest;

use super::*;
use crate::actions::ess::flow::describe_flow_components::describe_flow_components;
use crate::documents::{Area, Authenticity, authenticity, find_keyword, read_text};
use crate::engine::download;

/// What the initiator fills in, on the first page and over all of them.
fn components() -> Value {
    let at = |kind: &str, x: i32, y: i32, width: i32, height: i32, value: &str, extra: Value| {
        json!({ "ComponentType": kind, "FileIndex": 0, "ComponentPage": 1, "ComponentPosX": x, "ComponentPosY": y,
            "ComponentWidth": width, "ComponentHeight": height, "ComponentValue": value, "ComponentId": format!("{kind}_{x}_{y}"),
            "ComponentExtra": extra.to_string() })
    };
    let table = json!({"headers": [{"content": "品名", "widthPercent": 60}, {"content": "数量", "widthPercent": 40}], "rowCount": 2,
        "body": {"cells": [
            {"rowStart": 1, "rowEnd": 1, "columnStart": 1, "columnEnd": 1, "content": "打印纸"},
            {"rowStart": 1, "rowEnd": 1, "columnStart": 2, "columnEnd": 2, "content": "三箱"},
            {"rowStart": 2, "rowEnd": 2, "columnStart": 1, "columnEnd": 2, "content": "合计叁箱"}]}});
    json!([
        at("TEXT", 330, 40, 200, 20, "深圳市南山区", json!({"FontSize": 14, "FontColor": "180,0,0", "Bold": true})),
        at("MULTI_LINE_TEXT", 330, 70, 200, 60, "第一条约定\n第二条约定写得很长很长很长很长很长很长", json!({"FontSize": 11})),
        at("DATE", 330, 140, 120, 18, "2024年05月28日", json!({})),
        at("SELECTOR", 460, 140, 80, 18, "按月支付", json!({"FontAlign": "Right"})),
        at("DISTRICT", 330, 165, 150, 18, "广东省深圳市", json!({})),
        at("CHECK_BOX", 500, 165, 16, 16, "true", json!({})),
        at("CHECK_BOX", 525, 165, 16, 16, "false", json!({})),
        at("FILL_IMAGE", 330, 190, 90, 60, "picture", json!({"FillMethod": 1})),
        at("ATTACHMENT", 430, 190, 120, 60, "picture,picture", json!({})),
        at("DYNAMIC_TABLE", 330, 260, 220, 80, &table.to_string(), json!({"FontSize": 10})),
        { "ComponentType": "WATERMARK", "FileIndex": 0, "ComponentValue": "内部资料", "ComponentId": "watermark",
          "ComponentExtra": json!({"FontSize": 18, "Opacity": 0.12, "Rotate": 330, "Density": 2, "Position": "None",
              "SubType": "CUSTOM_WATERMARK"}).to_string() },
    ])
}

fn bench() -> Bench {
    Bench::with(|request| {
        request["Components"] = components();
        let paging = |kind: &str, y: i32| json!({ "ComponentType": kind, "FileIndex": 0, "ComponentPosY": y, "ComponentWidth": 110, "ComponentHeight": 110 });
        let add = |request: &mut Value, signer: usize, component: Value| {
            request["Approvers"][signer]["SignComponents"].as_array_mut().unwrap().push(component);
        };
        add(request, 0, paging("SIGN_PAGING_SEAL", 350));
        let mut signature = paging("SIGN_PAGING_SIGNATURE", 480);
        signature["ComponentHeight"] = json!(50);
        add(request, 1, signature);
    })
}

async fn sign_everything(bench: &Bench) {
    for slot in [0, 1] {
        let signed = bench.post(&bench.signing_page(slot), "action=sign").await;
        assert!(signed.status.is_redirection() || signed.status.is_success(), "{}", signed.text());
    }
    bench.wait(Duration::from_secs(10));
}

/// The address of a download of this kind, good for five minutes.
fn link(bench: &Bench, kind: &str, id: &str, number: usize, extension: &str) -> String {
    bench.account.enter(EdgeTime::read(), |world, now, _| {
        let key = download::key(&world.ids, kind, id, now.plus(Duration::from_secs(300)));
        let url = bench.account.urls.file(kind, id, number, extension, &key);
        url.strip_prefix("http://127.0.0.1:8480").unwrap().to_owned()
    })
}

fn paper(bench: &Bench) -> String {
    link(bench, "FLOW", bench.flow.as_str(), 0, "PDF")
}

fn words(pdf: &[u8]) -> String {
    read_text(pdf).unwrap().lines().map(|(_, line)| line).collect()
}

#[tokio::test]
async fn what_the_initiator_filled_in_stands_on_the_paper_from_the_start() {
    let bench = bench();
    let pdf = bench.get(&paper(&bench)).await.body;

    assert!(pdf.starts_with(sample_contract()), "an update of the upload");
    let text = words(&pdf);
    for value in
        ["深圳市南山区", "第一条约定", "2024年05月28日", "按月支付", "广东省深圳市", "打印纸", "合计叁箱", "内部资料"]
    {
        assert!(text.contains(value), "{value} is missing from {text}");
    }
    let place = find_keyword(&pdf, "深圳市南山区").unwrap()[0];
    assert!((330.0..332.0).contains(&place.x) && (40.0..60.0).contains(&place.y), "where its component is: {place:?}");
    let watermarked: std::collections::BTreeSet<_> =
        find_keyword(&pdf, "内部资料").unwrap().iter().map(|area| area.page).collect();
    assert_eq!(watermarked.len(), 2, "over every page");
    let key = bench.account.enter(EdgeTime::read(), |world, _, _| world.ids.sealing_key());
    assert_eq!(authenticity(&pdf, &key), Authenticity::Unsealed, "nobody has signed");
}

#[tokio::test]
async fn pictures_and_ticks_show_and_an_expired_upload_stays_on_the_paper() {
    let bench = bench();
    bench.wait(Duration::from_secs(3 * 3600));
    bench.account.enter(EdgeTime::read(), |world, _, _| world.files.remove("picture"));
    let pdf = bench.get(&paper(&bench)).await.body;

    let red = |area: Area| files::ink(&pdf, area, files::red);
    assert!(red(Area { page: 1, x: 330.0, y: 190.0, width: 90.0, height: 60.0 }) > 3000, "the picture");
    assert!(red(Area { page: 1, x: 430.0, y: 190.0, width: 60.0, height: 60.0 }) > 1000, "the first attachment");
    assert!(red(Area { page: 1, x: 490.0, y: 190.0, width: 60.0, height: 60.0 }) > 1000, "the second attachment");
    let dark = |x| files::ink(&pdf, Area { page: 1, x, y: 165.0, width: 16.0, height: 16.0 }, files::dark);
    assert!(dark(500.0) > dark(525.0) + 8, "one box is ticked");
}

#[tokio::test]
async fn paging_seals_run_over_the_edges_once_signed_and_the_file_is_sealed() {
    let bench = bench();
    let before = bench.get(&paper(&bench)).await.body;
    sign_everything(&bench).await;
    let after = bench.get(&paper(&bench)).await.body;

    for page in [1, 2] {
        let edge = Area { page, x: 595.28 - 55.0, y: 350.0, width: 55.0, height: 110.0 };
        let (new, old) = (files::ink(&after, edge, files::red), files::ink(&before, edge, files::red));
        assert!(new > old + 300, "page {page}: {old} to {new}");
    }
    let key = bench.account.enter(EdgeTime::read(), |world, _, _| world.ids.sealing_key());
    assert_eq!(authenticity(&after, &key), Authenticity::Intact { subject: bench.flow.to_string() });
    assert_eq!(bench.get(&paper(&bench)).await.body, after, "the same bytes for everybody");
}

#[tokio::test]
async fn what_signers_fill_in_stands_on_the_paper_once_they_have() {
    let component = |name: &str, y: i32| {
        json!({ "ComponentType": "TEXT", "FileIndex": 0, "ComponentPage": 1, "ComponentPosX": 330, "ComponentPosY": y,
            "ComponentWidth": 200, "ComponentHeight": 20, "ComponentName": name, "ComponentRequired": true })
    };
    let bench = Bench::with(|request| {
        request["Approvers"][1]["Components"] = json!([component("地址", 40)]);
        request["Approvers"].as_array_mut().unwrap().remove(2);
    });
    assert!(!words(&bench.get(&paper(&bench)).await.body).contains("北京市朝阳区"));
    bench.account.enter(EdgeTime::read(), |world, now, outbox| {
        let (flow, recipient) =
            (bench.flow.clone(), world.flows.get(bench.flow.as_str()).unwrap().approvers[1].recipient.clone());
        let fill =
            crate::domain::life::filling::Fill { component: "地址".into(), value: "北京市朝阳区".into() };
        world.change_flow(&flow, now, outbox, |flow| flow.fill(&recipient, &[fill], now)).unwrap();
    });

    assert!(words(&bench.get(&paper(&bench)).await.body).contains("北京市朝阳区"));
}

#[tokio::test]
async fn every_page_can_be_had_as_jpg() {
    let bench = bench();
    let flow = bench.flow.to_string();
    for page in [0, 1] {
        let reply = bench.get(&link(&bench, "FLOW", &flow, page, "JPG")).await;
        assert_eq!((reply.status, reply.header(CONTENT_TYPE)), (StatusCode::OK, "image/jpeg"));
        let picture = image::load_from_memory(&reply.body).unwrap();
        assert_eq!((picture.width(), picture.height()), (1191, 1684), "144 pixels to the inch");
    }
    assert_eq!(bench.get(&link(&bench, "FLOW", &flow, 2, "JPG")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn several_files_come_in_one_zip_under_the_name_asked_for() {
    let bench = bench();
    let other = bench
        .account
        .enter(EdgeTime::read(), |world, _, _| world.directory.templates.iter().next().unwrap().id.to_string());
    let ids = [bench.flow.as_str(), bench.flow.as_str()].join(download::SEPARATOR);
    let url = link(&bench, "FLOW", &ids, 0, "ZIP") + &download::named("三月");

    let reply = bench.get(&url).await;

    assert_eq!((reply.status, reply.header(CONTENT_TYPE)), (StatusCode::OK, "application/zip"));
    assert!(
        reply.header(CONTENT_DISPOSITION).contains("%E4%B8%89%E6%9C%88.zip"),
        "{}",
        reply.header(CONTENT_DISPOSITION)
    );
    let mut archive = zip::ZipArchive::new(Cursor::new(reply.body.to_vec())).unwrap();
    assert_eq!(archive.len(), 2);
    let mut first = Vec::new();
    archive.by_index(0).unwrap().read_to_end(&mut first).unwrap();
    assert_eq!(first, bench.get(&paper(&bench)).await.body);
    let mixed = [bench.flow.as_str(), &other].join(download::SEPARATOR);
    assert_eq!(bench.get(&link(&bench, "FLOW", &mixed, 0, "ZIP")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn templates_seals_and_files_are_downloaded_as_they_are() {
    let bench = bench();
    let (template, seal) = bench.account.enter(EdgeTime::read(), |world, _, _| {
        let template = world.directory.templates.iter().find(|one| one.content.is_some()).unwrap();
        (template.id.to_string(), world.directory.seals.iter().next().unwrap().id.to_string())
    });
    let get = async |kind: &str, id: &str, extension: &str| bench.get(&link(&bench, kind, id, 0, extension)).await;

    assert_eq!(inspect(&get("TEMPLATE", &template, "PDF").await.body).unwrap().pages.len(), 2);
    assert_eq!(get("DIGITFILE", "file", "PDF").await.body, sample_contract());
    let png = get("SEAL", &seal, "PNG").await;
    assert_eq!((png.header(CONTENT_TYPE), &png.body[1..4]), ("image/png", &b"PNG"[..]));
    assert_eq!(get("SEAL", &seal, "JPG").await.body[..3], [0xff, 0xd8, 0xff]);
    assert_eq!(get("SEAL", &seal, "PDF").await.status, StatusCode::NOT_FOUND, "a seal has no pages");
    assert_eq!(get("NOTHING", &seal, "PDF").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_picture_somebody_filled_in_is_downloaded_from_the_link_beside_its_component() {
    let bench = bench();
    let described = bench.account.enter(EdgeTime::read(), |world, now, outbox| {
        let organization = world.directory.organizations.iter().next().unwrap().clone();
        let operator = world.directory.employees.iter().next().cloned();
        let caller = Caller { organization, operator, rights: crate::domain::right::Rights::all(), agent: None };
        let mut call = Call { world, caller: &caller, now, outbox, urls: &bench.account.urls };
        let request = DescribeFlowComponentsRequest { flow_id: bench.flow.to_string(), ..Default::default() };
        describe_flow_components(&mut call, request).unwrap()
    });
    let components = described.recipient_component_infos[0].components.as_ref().unwrap();
    let urls: Vec<&str> = components.iter().map(|one| one.image_url.as_str()).filter(|url| !url.is_empty()).collect();
    let [url] = urls[..] else { panic!("one picture: {urls:?}") };

    let reply = bench.get(url.strip_prefix("http://127.0.0.1:8480").unwrap()).await;

    assert_eq!((reply.status, reply.header(CONTENT_TYPE), &reply.body), (StatusCode::OK, "image/png", &red_picture()));
}
