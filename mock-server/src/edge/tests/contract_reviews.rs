//! Reviews of contracts from the upload to what people say of what was found, and the checklists they go by.

use std::io::{Cursor, Read as _};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::stage::Stage;
use crate::documents::plain_document;

/// A contract that says little, and leaves something open.
const LINES: [&str; 5] = [
    "采购合同",
    "甲方（买方）：北辰样品有限公司",
    "乙方：张三",
    "付款：人民币1,200.50元，于2026年3月1日前",
    "验收期：____日",
];

impl Stage {
    async fn review_call(&self, action: &str, mut request: Value) -> Value {
        request["Operator"] = self.operator();
        let answer = self.call(action, request).await;
        assert!(answer.get("Error").is_none(), "{action}: {answer}");
        answer
    }

    async fn upload_lines(&self, lines: &[&str]) -> String {
        let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        let body = STANDARD.encode(plain_document(1, &lines, &[]).unwrap());
        let file = json!({"FileName": "采购合同.pdf", "FileBody": body});
        let answer = self.call("UploadFiles", json!({"BusinessType": "DOCUMENT", "FileInfos": [file]})).await;
        answer["FileIds"][0].as_str().expect("a file id").to_owned()
    }

    /// A list of the company's that asks for delivery and the way it is accepted.
    async fn import_list(&self) -> String {
        let point = |summary: &str, level: &str| json!({"Summary": summary, "Explanation": format!("应当约定{summary}"), "RiskLevel": level, "IsIndispensable": true});
        let points = json!([point("交货", "高风险"), point("验收", "中风险"), point("付款", "一般风险")]);
        let list = json!({"Name": "采购审查", "Enabled": true, "Categories": [{"Name": "履行", "Points": points}]});
        let answer = self.review_call("ImportContractReviewChecklist", list).await;
        answer["ChecklistId"].as_str().unwrap().to_owned()
    }

    /// A review by that list alone.
    async fn begin_review(&self) -> String {
        let (list, file) = (self.import_list().await, self.upload_lines(&LINES).await);
        let request =
            json!({"ResourceIds": [file], "ChecklistIds": [list], "EnableGeneralChecklist": 2, "UserData": "eA=="});
        let answer = self.review_call("CreateBatchContractReviewTask", request).await;
        answer["TaskIds"][0].as_str().unwrap().to_owned()
    }

    async fn review(&self, task: &str) -> Value {
        self.review_call("DescribeContractReviewTask", json!({"TaskId": task})).await
    }
}

#[tokio::test]
async fn a_review_goes_from_created_to_done_and_is_told() {
    let stage = Stage::new();
    stage.listen();
    let task = stage.begin_review().await;
    let mut seen = Vec::new();
    for _ in 0..6 {
        let review = stage.review(&task).await;
        seen.push((review["Status"].as_i64().unwrap(), review["Risks"].as_array().unwrap().len()));
        stage.pass(Duration::from_secs(1));
    }
    assert_eq!(seen, [(1, 0), (2, 0), (3, 0), (3, 0), (3, 0), (4, 2)]);
    let mut review = stage.review(&task).await;
    review["RequestId"].take();
    let told: Vec<(String, Value)> = stage.heard();
    insta::assert_json_snapshot!("contract_review", json!({ "told": told, "review": review }));
}

#[tokio::test]
async fn a_file_without_text_fails_gives_its_unit_back_and_has_no_page() {
    let stage = Stage::new();
    stage.listen();
    let file = stage.upload_lines(&[]).await;
    let units = || {
        let id = stage.company().id.as_str();
        stage.account().enter(crate::engine::clock::EdgeTime::read(), |world, _, _| {
            world.directory.organizations.get(id).unwrap().intelligence_units
        })
    };
    let before = units();
    let answer = stage.review_call("CreateBatchContractReviewTask", json!({"ResourceIds": [file]})).await;
    let task = answer["TaskIds"][0].as_str().unwrap();
    assert_eq!(units(), before - 1);
    stage.pass(Duration::from_secs(10));
    assert_eq!(stage.review(task).await["Status"], 5);
    assert_eq!(units(), before);
    let page = stage.review_call("DescribeContractReviewWebUrl", json!({"TaskId": task})).await;
    assert_eq!((&page["Status"], &page["WebUrl"]), (&json!(5), &json!("")));
    let heard = stage.heard();
    let (kind, told) = heard.last().unwrap();
    assert_eq!((kind.as_str(), &told["Status"]), ("AIContractReview", &json!("FAILED")), "{heard:?}");
    assert_eq!(heard.len(), 1, "nothing was paid");
}

#[tokio::test]
async fn what_people_say_of_a_finding_is_told_and_marked_risks_are_a_workbook() {
    let stage = Stage::new();
    let task = stage.begin_review().await;
    stage.pass(Duration::from_secs(10));
    let review = stage.review(&task).await;
    let (risk, passed) = (&review["Risks"][0]["RiskId"], &review["ApprovedLists"][0]["RiskId"]);
    let say = |id: &Value, opinion: i64| json!({"RiskId": id, "FeedbackResult": opinion, "Reason": "审查不准确"});
    stage.review_call("CreateRiskIdentificationTaskFeedback", say(risk, 2)).await;
    stage.review_call("CreateRiskIdentificationTaskFeedback", say(passed, 3)).await;
    let said = stage.review_call("DescribeRiskIdentificationTaskFeedback", json!({"TaskId": task})).await;
    let said: Vec<i64> =
        said["FeedbackList"].as_array().unwrap().iter().map(|one| one["FeedbackResult"].as_i64().unwrap()).collect();
    assert_eq!(said, [2, 0, 3], "both risks, then what holds");

    let days = json!({"FromDate": "2023-11-15", "ToDate": "2023-11-15"});
    let export = stage.review_call("ExportContractReviewMarkedRisk", days).await["TaskId"].clone();
    let mut statuses = Vec::new();
    let mut url = String::new();
    for _ in 0..4 {
        let seen = stage.review_call("DescribeContractReviewMarkedRiskExportTask", json!({"TaskId": export})).await;
        statuses.push(seen["Status"].as_i64().unwrap());
        seen["Url"].as_str().unwrap().clone_into(&mut url);
        stage.pass(Duration::from_secs(if statuses.len() < 3 { 1 } else { 5 }));
    }
    assert_eq!(statuses, [1, 2, 3, 4]);
    let texts = stage.workbook(&url).await;
    assert!(texts.contains("交货缺失") && texts.contains("标记错误") && !texts.contains("验收未填写完整"), "{texts}");
}

impl Stage {
    async fn fetch(&self, url: &str) -> Vec<u8> {
        let shown = self.open(url).await.1;
        assert_eq!(shown.status, 200, "{}", shown.text());
        shown.body
    }

    /// The texts of a workbook behind an address.
    async fn workbook(&self, url: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(self.fetch(url).await)).unwrap();
        let mut text = String::new();
        archive.by_name("xl/sharedStrings.xml").unwrap().read_to_string(&mut text).unwrap();
        text
    }
}

#[tokio::test]
async fn a_review_is_fetched_with_notes_as_a_workbook_and_as_it_was() {
    let stage = Stage::new();
    let task = stage.begin_review().await;
    stage.pass(Duration::from_secs(10));
    let mut urls = Vec::new();
    for kind in 1..=4 {
        let answer = stage.review_call("ExportContractReviewResult", json!({"TaskId": task, "FileType": kind})).await;
        urls.push(answer["Url"].as_str().unwrap().to_owned());
    }
    let (noted, original) = (stage.fetch(&urls[0]).await, stage.fetch(&urls[2]).await);
    assert!(noted.starts_with(&original) && noted.len() > original.len());
    let (lines, original_text) =
        (crate::documents::read_text(&noted).unwrap(), crate::documents::read_text(&original).unwrap());
    assert_eq!(lines, original_text, "notes are no text of the contract's");
    assert_eq!(stage.fetch(&urls[3]).await, original);
    let texts = stage.workbook(&urls[1]).await;
    for text in ["交货缺失", "验收未填写完整", "付款", "人民币1,200.50元", "2026年3月1日", "北辰样品有限公司"]
    {
        assert!(texts.contains(text), "{text} is missing from {texts}");
    }
    stage.pass(Duration::from_secs(300));
    assert_eq!(stage.open(&urls[0]).await.1.status, 410);
}

#[tokio::test]
async fn pages_open_once_and_do_what_no_action_does() {
    let stage = Stage::new();
    let task = stage.begin_review().await;
    stage.pass(Duration::from_secs(10));
    let url = stage.review_call("DescribeContractReviewWebUrl", json!({"TaskId": task})).await["WebUrl"].take();
    let (page, shown) = stage.open(url.as_str().unwrap()).await;
    shown.says(200, &["合同审查", "交货缺失", "验收未填写完整", "忽略", "新增风险"]);
    stage.open(&page).await.1.says(410, &["链接只能打开一次"]);
    let risk = stage.review(&task).await["Risks"][0]["RiskId"].take();
    let marked = stage.post(&page, &json!({"action": "ignore", "about": risk})).await;
    assert_eq!(marked["shows"][0]["mark"], "ignored", "{marked}");
    stage.post(&page, &json!({"action": "add", "name": "金额过高", "advice": "再谈", "level": "高风险"})).await;
    let unknown = stage.post(&page, &json!({"action": "ignore", "about": "nobody"})).await;
    assert_eq!(unknown["error"], "RiskUnknown", "{unknown}");
    let review = stage.review(&task).await;
    let last = &review["Risks"][2];
    assert_eq!(
        (&review["Risks"][0]["IsIgnore"], &last["RiskOrigin"], &last["RiskName"]),
        (&json!(true), &json!(1), &json!("金额过高"))
    );
    assert_eq!(last["CreatorId"], stage.operator()["UserId"]);

    let file = stage.upload_lines(&LINES).await;
    let asked = stage.review_call("CreateContractReviewWebUrl", json!({"UserData": "eA=="})).await;
    assert_eq!(asked["TaskId"], Value::Null);
    let page = asked["WebUrl"].as_str().unwrap().replace("http://mock", "");
    let begun = stage.post(&page, &json!({"action": "review", "file": file})).await;
    assert_eq!(begun["task"]["status"], "created", "{begun}");
    assert_eq!(stage.review(begun["task"]["task"].as_str().unwrap()).await["UserData"], "eA==");
    let asked = stage.review_call("CreateContractReviewWebUrl", json!({"ResourceId": file})).await;
    assert_eq!(stage.review(asked["TaskId"].as_str().unwrap()).await["Status"], 1);

    let url = stage.review_call("DescribeContractReviewTaskListWebUrl", json!({})).await["WebUrl"].take();
    let list = stage.look(&url.as_str().unwrap().replace("http://mock", "")).await;
    assert_eq!(list["shows"].as_array().unwrap().len(), 3, "{list}");
}

#[tokio::test]
async fn checklists_are_made_changed_listed_and_shown() {
    let stage = Stage::new();
    let list = stage.import_list().await;
    let told = stage.review_call("DescribeContractReviewChecklist", json!({"ChecklistId": list})).await;
    let mut categories = told["Categories"].clone();
    let point = categories[0]["Points"][0]["Id"].clone();
    categories[0]["Points"][0]["Suggestion"] = json!("请联系法务");
    let changed = json!({"ChecklistID": list, "Name": "改过的", "Categories": categories});
    let answer = stage.review_call("ImportContractReviewChecklist", changed).await;
    assert_eq!(answer["ChecklistId"], list.as_str());
    let told = stage.review_call("DescribeContractReviewChecklist", json!({"ChecklistId": list})).await;
    assert_eq!((&told["Name"], &told["Enabled"]), (&json!("改过的"), &json!(false)), "no word switches it off");
    assert_eq!(told["Categories"][0]["Points"][0]["Id"], point, "a point keeps its id");
    assert_eq!(told["Categories"][0]["Points"][0]["Suggestion"], "请联系法务");

    let url = stage.review_call("CreateContractReviewChecklistWebUrl", json!({})).await["WebUrl"].take();
    let (page, shown) = stage.open(url.as_str().unwrap()).await;
    shown.says(200, &["新建审查清单", "审查点（每行一个）"]);
    let made = stage.post(&page, &json!({"action": "create", "name": "页面清单", "points": "交货\n\n 验收 "})).await;
    assert_eq!(made["shows"][1]["point"], "验收", "{made}");
    stage.pass(Duration::from_secs(1));
    stage.import_list().await;
    let lists = stage.review_call("DescribeEnterpriseContractReviewChecklists", json!({"Limit": 2})).await;
    assert_eq!(lists["Total"], 3);
    assert_eq!(lists["Checklists"][0]["Name"], "采购审查", "the one changed last comes first: {lists}");
    let rest = stage.review_call("DescribeEnterpriseContractReviewChecklists", json!({"Limit": 2, "Offset": 1})).await;
    assert_eq!(rest["Checklists"].as_array().unwrap().len(), 1);

    let of = |action: &'static str, request: Value| stage.review_call(action, request);
    let url = of("DescribeContractReviewChecklistWebUrl", json!({"Id": list})).await["WebUrl"].take();
    stage.open(url.as_str().unwrap()).await.1.says(200, &["改过的", "交货"]);
    let hidden = json!({"Option": {"DisableCreateChecklist": true}});
    let url = of("DescribeContractReviewChecklistsWebUrl", hidden).await["WebUrl"].take();
    let (page, shown) = stage.open(url.as_str().unwrap()).await;
    shown.says(200, &["审查清单列表", "页面清单"]);
    assert!(!shown.text().contains("保存"), "the way to make one is hidden");
    let refused = stage.post(&page, &json!({"action": "create", "name": "不行", "points": "交货"})).await;
    assert!(refused["error"].is_string(), "{refused}");
}

#[tokio::test]
async fn without_words_the_list_that_fits_and_the_vendors_own_are_used() {
    let stage = Stage::new();
    let list = stage.import_list().await;
    let file = stage.upload_lines(&LINES).await;
    let answer = stage.review_call("CreateBatchContractReviewTask", json!({"ResourceIds": [file, file]})).await;
    let tasks: Vec<&str> = answer["TaskIds"].as_array().unwrap().iter().map(|task| task.as_str().unwrap()).collect();
    assert_eq!(stage.review(tasks[0]).await["ChecklistIds"], json!([]), "not chosen yet");
    assert_eq!(stage.review(tasks[0]).await["Role"], Value::Null);
    stage.pass(Duration::from_secs(10));
    let review = stage.review(tasks[1]).await;
    assert_eq!(review["ChecklistIds"][0], list.as_str());
    assert_eq!(review["Roles"][0]["Name"], "甲方");
    let general = review["ChecklistIds"][1].as_str().unwrap();
    let told = stage.review_call("DescribeContractReviewChecklist", json!({"ChecklistId": general})).await;
    assert_eq!(told["Name"], "通用商业合同审查清单");
    let risks = review["Risks"].as_array().unwrap();
    assert!(risks.iter().any(|risk| risk["RiskName"] == "违约缺失"), "{review}");
    assert!(
        !risks.iter().any(|risk| risk["RiskName"].as_str().unwrap().starts_with("逾期付款")),
        "none of the buyer's"
    );
}
