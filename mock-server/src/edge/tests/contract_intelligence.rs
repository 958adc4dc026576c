//! Comparisons, searches for fields and drafts, from the upload to the file that comes of them.

use std::io::{Cursor, Read as _};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::stage::Stage;
use crate::documents::{Reading, Revisions, find_keyword, plain_document};

const OLD: [&str; 3] = ["甲方：深圳市示例有限公司", "第一条 总价80万元。", "第二条 保密！"];
const NEW: [&str; 3] = ["签订日期：2026年1月2日", "甲方：深圳市示例有限公司", "第一条 总价95万元。"];

async fn ask(stage: &Stage, action: &str, mut request: Value) -> Value {
    request["Operator"] = stage.operator();
    let answer = stage.call(action, request).await;
    assert!(answer.get("Error").is_none(), "{action}: {answer}");
    answer
}

async fn upload(stage: &Stage, name: &str, body: &[u8]) -> String {
    let file = json!({"FileName": name, "FileBody": STANDARD.encode(body)});
    let answer = stage.call("UploadFiles", json!({"BusinessType": "DOCUMENT", "FileInfos": [file]})).await;
    answer["FileIds"][0].as_str().expect("a file id").to_owned()
}

async fn upload_lines(stage: &Stage, lines: &[&str]) -> String {
    let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
    upload(stage, "采购合同.pdf", &plain_document(1, &lines, &[]).unwrap()).await
}

/// What is behind an address of a download.
async fn bytes(stage: &Stage, url: &Value) -> Vec<u8> {
    let shown = stage.open(url.as_str().expect("an address")).await.1;
    assert_eq!(shown.status, 200, "{}", shown.text());
    shown.body
}

/// The texts of a workbook.
fn texts(workbook: Vec<u8>) -> String {
    let mut text = String::new();
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).unwrap();
    archive.by_name("xl/sharedStrings.xml").unwrap().read_to_string(&mut text).unwrap();
    text
}

fn units(stage: &Stage) -> u64 {
    let company = stage.company().id.clone();
    stage.account().enter(crate::engine::clock::EdgeTime::read(), |world, _, _| {
        world.directory.organizations.get(company.as_str()).unwrap().intelligence_units
    })
}

#[tokio::test]
async fn two_files_are_compared_told_of_exported_and_shown() {
    let stage = Stage::new();
    stage.listen();
    let (old, new, before) = (upload_lines(&stage, &OLD).await, upload_lines(&stage, &NEW).await, units(&stage));
    let wanted = json!({"OriginFileResourceId": old, "DiffFileResourceId": new, "Comment": "备注", "UserData": "eA=="});
    let begun = ask(&stage, "CreateContractComparisonTask", wanted).await;
    let about = json!({"TaskId": begun["TaskId"], "ShowDetail": true});
    let mut seen = Vec::new();
    for _ in 0..6 {
        let task = ask(&stage, "DescribeContractComparisonTask", about.clone()).await;
        seen.push((task["Status"].as_i64().unwrap(), task["TotalDiffCount"].as_i64().unwrap()));
        stage.pass(Duration::from_secs(1));
    }
    assert_eq!(seen, [(0, 0), (0, 0), (1, 0), (1, 0), (1, 0), (2, 3)]);
    assert_eq!(units(&stage), before - 1);
    let task = ask(&stage, "DescribeContractComparisonTask", about.clone()).await;
    let details: Vec<_> = task["ComparisonDetail"].as_array().unwrap().iter().collect();
    let detail = |one: &Value| [&one["ComparisonType"], &one["OriginText"], &one["DiffText"]].map(Value::clone);
    let details: Vec<_> = details.into_iter().map(detail).collect();
    let expected = [["add", "", "签订日期：2026年1月2日"], ["change", "80", "95"], ["delete", "第二条 保密！", ""]];
    assert_eq!(json!(details), json!(expected));
    let told = stage.heard();
    let names: Vec<&str> = told.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        ["ContractDiffTaskCreate", "ContractDiffTaskFinish", "BillingUse", "FlowCost"],
        "`callback samples`"
    );
    assert_eq!((&told[0].1["ResourceName"], &told[0].1["UserData"]), (&json!("采购合同.pdf"), &json!("eA==")));
    let count = |name: &str| told[1].1[name].as_i64().unwrap();
    assert_eq!(["TotalDiffCount", "AddDiffCount", "ChangeDiffCount", "DeleteDiffCount"].map(count), [3, 1, 1, 1]);
    assert_eq!((&told[2].1["FlowId"], &told[2].1["QuotaType"]), (&begun["TaskId"], &json!("")));

    let chosen =
        json!({"TaskId": begun["TaskId"], "ShowDetail": true, "Filters": [{"Key": "format-type", "Values": ["5"]}]});
    let chosen = ask(&stage, "DescribeContractComparisonTask", chosen).await;
    assert_eq!((&chosen["ComparisonDetail"], &chosen["TotalDiffCount"]), (&json!([]), &json!(3)));

    let report = ask(&stage, "ExportContractComparisonTask", json!({"TaskId": begun["TaskId"]})).await;
    let pdf = bytes(&stage, &report["ResourceUrl"]).await;
    assert_eq!(find_keyword(&pdf, "变更").unwrap().len(), 1, "the difference is marked on the newer contract");
    assert_eq!(find_keyword(&pdf, "总价95万元").unwrap().len(), 1);
    let table = ask(&stage, "ExportContractComparisonTask", json!({"TaskId": begun["TaskId"], "ExportType": 1})).await;
    let table = texts(bytes(&stage, &table["ResourceUrl"]).await);
    assert!(["80", "95", "删除"].iter().all(|text| table.contains(text)), "{table}");

    let page = ask(&stage, "DescribeContractDiffTaskWebUrl", json!({"TaskId": begun["TaskId"]})).await;
    let (again, shown) = stage.open(page["WebUrl"].as_str().unwrap()).await;
    shown.says(200, &["合同对比", "80 → 95", "变更"]);
    stage.open(&again).await.1.says(410, &["链接只能打开一次"]);
}

#[tokio::test]
async fn a_file_nobody_can_read_makes_the_task_fail_and_costs_nothing() {
    let stage = Stage::new();
    stage.listen();
    let (old, new) = (upload(&stage, "旧.doc", b"\xd0\xcf\x11\xe0").await, upload_lines(&stage, &NEW).await);
    let before = units(&stage);
    let pair = json!({"OriginalFileResourceId": old, "DiffFileResourceId": new, "SkipFileUpload": true});
    let begun = ask(&stage, "CreateContractDiffTaskWebUrl", pair).await;
    stage.pass(Duration::from_secs(5));
    let task = ask(&stage, "DescribeContractComparisonTask", json!({"TaskId": begun["TaskId"]})).await;
    assert_eq!((&task["Status"], &task["Message"]), (&json!(3), &json!("文件解析失败：旧.doc")));
    assert_eq!(units(&stage), before);
    let told = stage.heard();
    let names: Vec<&str> = told.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["ContractDiffTaskCreate", "ContractDiffTaskFinish"]);
    assert_eq!(told[1].1["Status"], "FAILED");
}

#[tokio::test]
async fn fields_are_found_fetched_and_judged() {
    let stage = Stage::new();
    stage.listen();
    let file = upload_lines(&stage, &NEW).await;
    let field = |name: &str, kind: &str| json!({"Name": name, "Type": kind});
    let fields = [field("甲方", "TEXT"), field("签订日期", "DATE"), field("电话", "NUMBER")];
    let begun =
        ask(&stage, "CreateBatchInformationExtractionTask", json!({"ResourceIds": [file, file], "Fields": fields}))
            .await;
    assert_eq!(begun["TaskIds"].as_array().unwrap().len(), 2, "a task for each file");
    let about = json!({"TaskId": begun["TaskIds"][0]});
    let mut seen = Vec::new();
    for _ in 0..6 {
        let task = ask(&stage, "DescribeInformationExtractionTask", about.clone()).await;
        seen.push((task["Status"].as_i64().unwrap(), task["Results"].is_array()));
        stage.pass(Duration::from_secs(1));
    }
    assert_eq!(seen, [(0, false), (1, false), (2, false), (2, false), (2, false), (3, true)]);
    let task = ask(&stage, "DescribeInformationExtractionTask", about.clone()).await;
    let told: Vec<(String, Value)> = stage.heard();
    insta::assert_json_snapshot!(json!({ "told": told, "task": task }));
    let table = texts(bytes(&stage, &task["Url"]).await);
    assert!(["深圳市示例有限公司", "2026年1月2日"].iter().all(|text| table.contains(text)), "{table}");

    let result = task["Results"][0]["ExtractionFieldResults"][1]["Id"].clone();
    let wrong = json!({"Result": 2, "Reason": {"ReasonType": 1, "ReasonContent": "不准"}});
    ask(&stage, "CreateLMInformationExtractionTaskFieldFeedback", json!({"Id": result, "Feedback": wrong})).await;
    let said = ask(&stage, "DescribeLMInformationExtractionTaskFieldFeedback", about.clone()).await;
    let list = &said["SubTaskFeedbackList"][0]["FeedbackList"];
    assert_eq!((&list[1]["Id"], &list[1]["Info"]), (&result, &wrong));
    assert_eq!(list[0]["Info"]["Result"], 0, "nothing was said of the others");

    let page = ask(&stage, "DescribeInformationExtractionWebUrl", about).await;
    stage.open(page["Url"].as_str().unwrap()).await.1.says(200, &["合同信息提取", "2026年1月2日"]);
    let list = ask(&stage, "DescribeInformationExtractionWebUrl", json!({})).await;
    stage.open(list["Url"].as_str().unwrap()).await.1.says(200, &["采购合同.pdf"]);
}

#[tokio::test]
async fn files_and_fields_are_chosen_on_pages() {
    let stage = Stage::new();
    let (old, new) = (upload_lines(&stage, &OLD).await, upload_lines(&stage, &NEW).await);
    let asked = ask(&stage, "CreateContractDiffTaskWebUrl", json!({"SkipFileUpload": false, "UserData": "eA=="})).await;
    assert_eq!(asked["TaskId"], "");
    let (page, shown) = stage.open(asked["WebUrl"].as_str().unwrap()).await;
    shown.says(200, &["新建合同对比", "采购合同.pdf", "开始对比"]);
    let begun = stage.post(&page, &json!({"action": "compare", "original": old, "newer": new})).await;
    assert_eq!(begun["task"]["status"], "created", "{begun}");
    let unknown = stage.post(&page, &json!({"action": "compare", "original": old, "newer": "nobody"})).await;
    assert!(unknown["error"].is_string(), "{unknown}");
    stage.pass(Duration::from_secs(5));
    let task = ask(&stage, "DescribeContractComparisonTask", json!({"TaskId": begun["task"]["task"]})).await;
    assert_eq!((&task["Status"], &task["TotalDiffCount"]), (&json!(2), &json!(3)));

    let asked = ask(&stage, "CreateInformationExtractionWebUrl", json!({"ResourceIds": [new]})).await;
    let (page, shown) = stage.open(asked["Url"].as_str().unwrap()).await;
    shown.says(200, &["新建合同信息提取", "字段（每行一个）"]);
    let begun = stage.post(&page, &json!({"action": "extract", "file": new, "fields": "甲方\n签订日期|DATE"})).await;
    stage.pass(Duration::from_secs(5));
    let task = ask(&stage, "DescribeInformationExtractionTask", json!({"TaskId": begun["task"]["task"]})).await;
    assert_eq!(task["Results"][0]["ExtractionFieldResults"][1]["Values"], json!(["2026年1月2日"]));
}

#[tokio::test]
async fn a_contract_is_drafted_fetched_converted_and_launched() {
    let stage = Stage::new();
    let rules = upload_lines(&stage, &["不得转包。"]).await;
    let wanted = json!({"Requirement": "甲方：示例有限公司，乙方：样品有限公司。起草一份采购合同。\n1. 总价8000元。",
                        "RequirementFileIds": [rules]});
    let begun = ask(&stage, "CreateDraftContractByPromptsTask", wanted).await;
    let about = json!({"TaskId": begun["TaskId"]});
    let early = ask(&stage, "DescribeDraftContractByPromptsTask", about.clone()).await;
    assert_eq!((&early["Status"], &early["ResourceId"]), (&json!(0), &json!("")));
    stage.pass(Duration::from_secs(5));
    let draft = ask(&stage, "DescribeDraftContractByPromptsTask", about).await;
    assert_eq!((&draft["Status"], &draft["ContractName"]), (&json!(2), &json!("采购合同")));
    let word = Reading::of_file(&bytes(&stage, &draft["ContractUrl"]).await, Revisions::AsTheyStand).unwrap().text();
    for text in
        ["采购合同", "甲方：示例有限公司", "乙方：样品有限公司", "合同金额为8000元。", "总价8000元。", "不得转包。"]
    {
        assert!(word.contains(text), "{text} is missing from {word}");
    }
    let source = json!({"ResourceType": "docx", "ResourceName": "采购合同.docx", "ResourceId": draft["ResourceId"]});
    let conversion = ask(&stage, "CreateFileConvertTask", source).await["TaskId"].take();
    stage.pass(Duration::from_secs(5));
    let pdf = ask(&stage, "DescribeFileConvertTask", json!({"TaskId": conversion})).await["ResourceId"].take();
    let mut flow = stage.new_flow().await;
    flow["FileIds"] = json!([pdf]);
    assert!(stage.call("CreateFlowByFiles", flow).await["FlowId"].is_string(), "a contract is made of it");

    let forbidden = ask(&stage, "CreateDraftContractByPromptsTask", json!({"Requirement": "起草毒品买卖合同"})).await;
    stage.pass(Duration::from_secs(5));
    let refused = ask(&stage, "DescribeDraftContractByPromptsTask", json!({"TaskId": forbidden["TaskId"]})).await;
    assert_eq!((&refused["Status"], &refused["ContractUrl"]), (&json!(3), &json!("")));
    assert!(refused["Message"].as_str().unwrap().starts_with("需求校验未通过"), "{refused}");
}
