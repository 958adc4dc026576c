//! Files as whole exchanges: conversions, downloads, archives, verification.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::stage::Stage;
use crate::documents::{inspect, read_text};
use crate::engine::advance::{Target, advance};
use crate::engine::clock::EdgeTime;

/// The first bytes of every Word file.
const WORD: &[u8] = b"PK\x03\x04 word/document.xml";

async fn uploaded(stage: &Stage, purpose: &str, name: &str, body: &[u8]) -> String {
    let file = json!({"FileName": name, "FileBody": STANDARD.encode(body)});
    let answer = stage.call("UploadFiles", json!({"BusinessType": purpose, "FileInfos": [file]})).await;
    answer["FileIds"][0].as_str().unwrap_or_else(|| panic!("no file: {answer}")).to_owned()
}

async fn wait(stage: &Stage, millis: u64) {
    advance(&stage.account(), Target::By(Duration::from_millis(millis))).await;
}

fn picture() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(30, 20, image::Rgb([200, 30, 30]))
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

fn error(answer: &Value) -> String {
    let error = &answer["Error"];
    format!("{} {}", error["Code"].as_str().unwrap_or("(accepted)"), error["Message"].as_str().unwrap_or_default())
}

/// The bytes of a file of the world.
fn content(stage: &Stage, file: &str) -> Vec<u8> {
    stage.account().enter(EdgeTime::read(), |world, _, _| world.files.get(file).unwrap().content.bytes.to_vec())
}

#[tokio::test]
async fn a_word_file_is_converted_by_the_clock_and_signed() {
    let stage = Stage::new();
    let source = uploaded(&stage, "DOCUMENT", "劳动合同.docx", WORD).await;
    let wanted = json!({"Operator": stage.operator(), "ResourceType": "docx", "ResourceName": "劳动合同.docx", "ResourceId": source});
    let task = stage.call("CreateFileConvertTask", wanted).await;
    let ask = json!({"Operator": stage.operator(), "TaskId": task["TaskId"]});

    let mut told = vec![task.clone(), stage.call("DescribeFileConvertTask", ask.clone()).await];
    wait(&stage, 1000).await;
    told.push(stage.call("DescribeFileConvertTask", ask.clone()).await);
    wait(&stage, 2000).await;
    told.push(stage.call("DescribeFileConvertTask", ask.clone()).await);
    told.push(stage.call("GetTaskResultApi", json!({"TaskId": task["TaskId"]})).await);

    let pdf = told[3]["ResourceId"].as_str().unwrap().to_owned();
    let words: String = read_text(&content(&stage, &pdf)).unwrap().lines().map(|(_, line)| line).collect();
    assert!(words.contains("劳动合同.docx") && words.contains("ess-mock"), "{words}");
    let mut flow = stage.new_flow().await;
    flow["FileIds"] = json!([pdf]);
    let launched = stage.call("CreateFlowByFiles", flow).await;
    assert!(launched["FlowId"].is_string(), "{launched}");
    insta::assert_json_snapshot!(told);
}

#[tokio::test]
async fn a_picture_becomes_a_page_by_the_older_action_too() {
    let stage = Stage::new();
    let source = uploaded(&stage, "DOCUMENT", "合同图片.png", &picture()).await;
    let wanted = json!({"ResourceType": "png", "ResourceName": "合同图片.png", "ResourceId": source});
    let task = stage.call("CreateConvertTaskApi", wanted).await["TaskId"].clone();
    let id = task.as_str().unwrap();
    assert!((17..=20).contains(&id.len()) && id.starts_with("20231115"), "{id}: Beijing's date first");
    wait(&stage, 3000).await;

    let done = stage.call("GetTaskResultApi", json!({"TaskId": task})).await;

    assert_eq!((&done["TaskStatus"], &done["TaskMessage"]), (&json!(8), &json!("任务处理完成")));
    assert_eq!(inspect(&content(&stage, done["ResourceId"].as_str().unwrap())).unwrap().pages.len(), 1);
}

#[tokio::test]
async fn a_conversion_fails_when_its_file_is_not_what_it_is_called_or_gone() {
    let stage = Stage::new();
    let broken = uploaded(&stage, "DOCUMENT", "坏.png", b"\x89PNG\r\n\x1a\n").await;
    let deadline = json!({"BusinessType": "DOCUMENT", "Deadline": 1_700_000_001,
        "FileInfos": [{"FileName": "a.docx", "FileBody": STANDARD.encode(WORD)}]});
    let brief = stage.call("UploadFiles", deadline).await["FileIds"][0].as_str().unwrap().to_owned();
    let mut seen = Vec::new();
    for (kind, name, file) in [("png", "坏.png", &broken), ("docx", "坏.docx", &broken), ("docx", "a.docx", &brief)] {
        let wanted =
            json!({"Operator": stage.operator(), "ResourceType": kind, "ResourceName": name, "ResourceId": file});
        seen.push(stage.call("CreateFileConvertTask", wanted).await["TaskId"].clone());
    }
    wait(&stage, 3000).await;
    for (task, status, message) in [(0, -6, "转换失败"), (1, -6, "转换失败"), (2, -2, "下载失败")] {
        let told =
            stage.call("DescribeFileConvertTask", json!({"Operator": stage.operator(), "TaskId": seen[task]})).await;
        assert_eq!(
            (&told["TaskStatus"], &told["TaskMessage"], &told["ResourceId"]),
            (&json!(status), &json!(message), &json!(""))
        );
    }
}

#[tokio::test]
async fn bad_conversions_are_refused() {
    let stage = Stage::new();
    let file = uploaded(&stage, "DOCUMENT", "合同.docx", WORD).await;
    let good =
        json!({"Operator": stage.operator(), "ResourceType": "docx", "ResourceName": "合同.docx", "ResourceId": file});
    let mut seen = Vec::new();
    for (name, field, value) in [
        ("kind", "ResourceType", json!("pdf")),
        ("no name", "ResourceName", json!("")),
        ("name of another kind", "ResourceName", json!("合同.xlsx")),
        ("name too long", "ResourceName", json!("长".repeat(257))),
        ("unknown file", "ResourceId", json!("x")),
        ("no file", "ResourceId", json!("")),
    ] {
        let mut bad = good.clone();
        bad[field] = value;
        for action in ["CreateFileConvertTask", "CreateConvertTaskApi"] {
            seen.push(format!("{name}: {action} {}", error(&stage.call(action, bad.clone()).await)));
        }
    }
    for action in ["DescribeFileConvertTask", "GetTaskResultApi"] {
        let unknown = json!({"Operator": stage.operator(), "TaskId": "20231115000"});
        seen.push(format!("unknown task: {action} {}", error(&stage.call(action, unknown).await)));
    }
    insta::assert_snapshot!(seen.join("\n"));
}

async fn urls(stage: &Stage, kind: &str, ids: &[&str], more: Value) -> Value {
    let mut request = json!({"Operator": stage.operator(), "BusinessType": kind, "BusinessIds": ids});
    for (name, value) in more.as_object().unwrap() {
        request[name] = value.clone();
    }
    stage.call("DescribeFileUrls", request).await
}

#[tokio::test]
async fn every_kind_of_download_has_its_links() {
    let stage = Stage::new();
    let (one, other) = (stage.launch().await, stage.launch().await);
    wait(&stage, 3000).await;
    let company = &stage.file.organizations[0];
    let template = company.templates[0].id.as_str();
    let file = uploaded(&stage, "DOCUMENT", "加签.pdf", crate::documents::sample_contract()).await;
    let mut told = Vec::new();
    for (kind, ids, more) in [
        ("FLOW", &[one.as_str(), other.as_str()][..], json!({})),
        ("FLOW", &[&one], json!({"FileType": "JPG", "UrlTtl": 60})),
        ("FLOW", &[&one, &other], json!({"FileType": "JPG", "Limit": 3, "Offset": 1})),
        ("FLOW", &[&one, &other], json!({"FileType": "ZIP", "FileName": "合同 2023"})),
        ("TEMPLATE", &[template], json!({"FileType": "PDF"})),
        ("SEAL", &[&company.seals[0].id], json!({})),
        ("SEAL", &[&company.seals[0].id], json!({"FileType": "JPG"})),
        ("DIGITFILE", &[&file], json!({})),
    ] {
        told.push(urls(&stage, kind, ids, more).await);
    }
    insta::assert_json_snapshot!(told);
}

#[tokio::test]
async fn downloads_that_are_refused() {
    let stage = Stage::new();
    let flow = stage.launch().await;
    let picture = uploaded(&stage, "DOCUMENT", "图.png", &picture()).await;
    let foreign = stage.file.organizations[1].seals.first().map_or("x", |seal| seal.id.as_str());
    let many: Vec<&str> = vec!["x"; 21];
    let mut seen = Vec::new();
    for (name, kind, ids, more) in [
        ("too early", "FLOW", &[flow.as_str()][..], json!({})),
        ("unknown contract", "FLOW", &["x"], json!({})),
        ("one of two unknown", "FLOW", &[&flow, "x"], json!({})),
        ("unknown template", "TEMPLATE", &["x"], json!({})),
        ("unknown archive", "ARCHIVE", &["x"], json!({})),
        ("another company's seal", "SEAL", &[foreign], json!({})),
        ("a picture's pages", "DIGITFILE", &[&picture], json!({"FileType": "JPG"})),
        ("no ids", "FLOW", &[], json!({})),
        ("21 ids", "FLOW", &many, json!({})),
        ("odd kind", "X", &["x"], json!({})),
        ("odd type", "FLOW", &[&flow], json!({"FileType": "GIF"})),
        ("too long", "FLOW", &[&flow], json!({"UrlTtl": 86_401})),
        ("limit", "FLOW", &[&flow], json!({"Limit": 101})),
        ("offset", "FLOW", &[&flow], json!({"Offset": 1001})),
    ] {
        seen.push(format!("{name}: {}", error(&urls(&stage, kind, ids, more).await)));
    }
    wait(&stage, 3_600_000).await;
    seen.push(format!("expired: {}", error(&urls(&stage, "DIGITFILE", &[&picture], json!({})).await)));
    insta::assert_snapshot!(seen.join("\n"));
}

#[tokio::test]
async fn contracts_signed_elsewhere_are_archived_by_the_clock() {
    let stage = Stage::new();
    let pdf = uploaded(&stage, "ARCHIVE", "旧合同.pdf", crate::documents::sample_contract()).await;
    let zip = uploaded(&stage, "ARCHIVE", "附件.zip", b"PK\x05\x06").await;
    let wrong = uploaded(&stage, "DOCUMENT", "新合同.pdf", crate::documents::sample_contract()).await;
    let flow = |file: &str, business: &str| {
        json!({"ResourceIds": [file], "BusinessId": business,
        "ApproverInfo": [{"ApproverType": 1, "ApproverName": "张三", "ApproverMobile": "18888888888"}]})
    };
    let hand_in = |flows: Value| json!({"Operator": stage.operator(), "ArchiveFlows": flows});
    let good = stage.call("CreateArchiveFlowTask", hand_in(json!([flow(&pdf, "1"), flow(&zip, "2")]))).await;
    let mixed = [flow(&pdf, "1"), flow(&wrong, "2"), flow("x", "3")];
    let mixed = stage.call("CreateArchiveFlowTask", hand_in(json!(mixed))).await;
    let ask = |task: &Value| json!({"Operator": stage.operator(), "TaskId": task["TaskId"]});

    let mut told = vec![good.clone(), stage.call("DescribeArchiveFlowTask", ask(&good)).await];
    wait(&stage, 1000).await;
    told.push(stage.call("DescribeArchiveFlowTask", ask(&good)).await);
    wait(&stage, 2000).await;
    told.push(stage.call("DescribeArchiveFlowTask", ask(&good)).await);
    told.push(stage.call("DescribeArchiveFlowTask", ask(&mixed)).await);
    let archived: Vec<&str> =
        (0..2).map(|one| told[3]["ArchiveFlowResults"][one]["FlowId"].as_str().unwrap()).collect();
    let links = urls(&stage, "ARCHIVE", &archived, json!({})).await;
    told.push(links);
    insta::assert_json_snapshot!(told);
}

#[tokio::test]
async fn bad_archive_tasks_are_refused() {
    let stage = Stage::new();
    let nameless = json!({"ResourceIds": ["x"], "ApproverInfo": [{"ApproverType": 0, "ApproverName": "张三"}]});
    let mut seen = Vec::new();
    for (name, flows) in [
        ("nothing", json!([])),
        ("no file", json!([{"ResourceIds": []}])),
        ("two files", json!([{"ResourceIds": ["a", "b"]}])),
        ("a company without a name", json!([nameless])),
        ("a bad name", json!([{"ResourceIds": ["a"], "FlowName": "合同**"}])),
        ("51 contracts", json!(vec![json!({"ResourceIds": ["a"]}); 51])),
    ] {
        let answer =
            stage.call("CreateArchiveFlowTask", json!({"Operator": stage.operator(), "ArchiveFlows": flows})).await;
        seen.push(format!("{name}: {}", error(&answer)));
    }
    let unknown = stage.call("DescribeArchiveFlowTask", json!({"Operator": stage.operator(), "TaskId": "x"})).await;
    seen.push(format!("unknown task: {}", error(&unknown)));
    insta::assert_snapshot!(seen.join("\n"));
}

/// The contract as everybody downloads it.
fn printed(stage: &Stage, flow: &str) -> Vec<u8> {
    let printable = stage
        .account()
        .enter(EdgeTime::read(), |world, _, _| crate::rendering::Printable::of(world.flows.get(flow).unwrap(), world));
    printable.pdf(&stage.account().fonts).unwrap().pdf
}

#[tokio::test]
async fn a_contract_is_verified_as_its_signatures_come() {
    let stage = Stage::new();
    let flow = stage.launch().await;
    let verify = || stage.call("VerifyPdf", json!({"Operator": stage.operator(), "FlowId": flow}));
    let mut told = vec![verify().await];
    stage.sign_next(&flow);
    stage.sign_next(&flow);
    told.push(verify().await);

    assert_eq!(told[1]["PdfResourceMd5"], crate::documents::md5_hex(&printed(&stage, &flow)), "that of the download");
    insta::assert_json_snapshot!(told);
}

#[tokio::test]
async fn a_signed_file_is_known_again_and_an_altered_one_found_out() {
    let stage = Stage::new();
    let flow = stage.launch().await;
    stage.sign_next(&flow);
    let signed = printed(&stage, &flow);
    let mut altered = signed.clone();
    let place = altered.windows(5).rposition(|five| five == b"Stamp").expect("a stamp was added");
    altered[place] = b's';
    let mut told = Vec::new();
    for body in [&signed[..], &altered, crate::documents::sample_contract()] {
        let file = uploaded(&stage, "DOCUMENT", "合同.pdf", body).await;
        told.push(stage.call("VerifyDigitFile", json!({"FileId": file})).await);
    }
    insta::assert_json_snapshot!(told);

    let mut again = stage.new_flow().await;
    again["FileIds"] = json!([uploaded(&stage, "DOCUMENT", "合同.pdf", &altered).await]);
    let launched = stage.call("CreateFlowByFiles", again).await;
    let verified = stage.call("VerifyPdf", json!({"FlowId": launched["FlowId"]})).await;
    assert_eq!(verified["VerifyResult"], 3, "{launched} {verified}");
}

#[tokio::test]
async fn verifications_that_are_refused() {
    let stage = Stage::new();
    let mut seen = Vec::new();
    for (action, parameters) in [
        ("VerifyPdf", json!({"FlowId": "x"})),
        ("VerifyPdf", json!({"FlowId": ""})),
        ("VerifyDigitFile", json!({"FileId": "x"})),
        ("VerifyDigitFile", json!({})),
    ] {
        seen.push(format!("{action} {parameters}: {}", error(&stage.call(action, parameters.clone()).await)));
    }
    insta::assert_snapshot!(seen.join("\n"));
}
