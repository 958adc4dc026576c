//! Templates made and changed on the embedded pages (`CreateEmbedWebUrl`: `CREATE_TEMPLATE`, `MODIFY_TEMPLATE`).

use std::time::Duration;

use serde_json::{Value, json};

use super::stage::Stage;
use crate::documents::sample_contract;
use crate::domain::embedded_page::LIFETIME;

/// The base64 of `{"order":7}`.
const USER_DATA: &str = "eyJvcmRlciI6N30=";

async fn page(stage: &Stage, parameters: Value) -> String {
    let mut wanted = json!({"Operator": stage.operator()});
    wanted.as_object_mut().unwrap().extend(parameters.as_object().unwrap().clone());
    let answer = stage.call("CreateEmbedWebUrl", wanted).await;
    let url = answer["WebUrl"].as_str().unwrap_or_else(|| panic!("no page: {answer}"));
    url.strip_prefix("http://mock").unwrap().to_owned()
}

async fn creating(stage: &Stage) -> String {
    page(stage, json!({"EmbedType": "CREATE_TEMPLATE", "UserData": USER_DATA})).await
}

async fn modifying(stage: &Stage, template: &str) -> String {
    page(stage, json!({"EmbedType": "MODIFY_TEMPLATE", "BusinessId": template})).await
}

/// A form's text, percent-encoded.
fn encoded(fields: &[(&str, &str)]) -> String {
    let mut url = reqwest::Url::parse("http://mock/").unwrap();
    url.query_pairs_mut().extend_pairs(fields);
    url.query().unwrap().to_owned()
}

/// What somebody writes who makes a lease between a company and a person; the initiator fills in a rent.
fn lease(file: &str) -> Vec<(&str, &str)> {
    vec![
        ("action", "save"),
        ("name", "租赁合同"),
        ("description", "房屋租赁"),
        ("order", "ordered"),
        ("file", file),
        ("party.1.role", "甲方"),
        ("party.1.kind", "organization"),
        ("party.2.role", "乙方"),
        ("party.2.kind", "person"),
        ("party.3.role", ""),
        ("party.3.kind", ""),
        ("component.1.owner", "initiator"),
        ("component.1.type", "TEXT"),
        ("component.1.name", "租金"),
        ("component.1.id", "rent"),
        ("component.1.required", "true"),
        ("component.2.owner", "1"),
        ("component.2.type", "SIGN_SEAL"),
        ("component.2.page", "2"),
        ("component.2.y", "565"),
        ("component.3.owner", "2"),
        ("component.3.type", "SIGN_SIGNATURE"),
        ("component.3.page", "2"),
        ("component.3.x", "330"),
        ("component.3.y", "575"),
        ("component.4.owner", ""),
        ("component.4.type", ""),
    ]
}

async fn described(stage: &Stage, name: &str) -> Value {
    let by_name = json!([{"Key": "template-name", "Values": [name]}]);
    let answer = stage.call("DescribeFlowTemplates", json!({"Operator": stage.operator(), "Filters": by_name})).await;
    answer["Templates"][0].clone()
}

/// A contract from a template whose slots are those of `described`, with its document; not started.
async fn drafted(stage: &Stage, described: &Value) -> String {
    let slot = |place: usize| described["Recipients"][place]["RecipientId"].clone();
    let company = &stage.file.organizations[0];
    let approvers = json!([
        {"ApproverType": 0, "OrganizationName": company.name, "ApproverName": "典子谦", "ApproverMobile": "13200000000",
         "RecipientId": slot(0)},
        {"ApproverType": 1, "ApproverName": "张三", "ApproverMobile": "18888888888", "RecipientId": slot(1)},
    ]);
    let flow = json!({"Operator": stage.operator(), "FlowName": "租约", "Approvers": approvers});
    let flow = stage.call("CreateFlow", flow).await["FlowId"].as_str().expect("a contract").to_owned();
    let document = json!({"Operator": stage.operator(), "FlowId": flow, "TemplateId": described["TemplateId"],
        "FormFields": [{"ComponentName": "租金", "ComponentValue": "3000"}]});
    let answer = stage.call("CreateDocument", document).await;
    assert_eq!(answer.get("Error"), None, "{answer}");
    flow
}

#[tokio::test]
async fn a_template_made_on_its_page_is_listed_used_and_told_of() {
    let stage = Stage::new();
    stage.listen();
    let (url, file) = (creating(&stage).await, stage.upload().await);
    stage.open(&url).await.1.says(200, &["创建模板", "name=\"party.1.role\"", &file]);

    stage.submit(&url, &encoded(&lease(&file))).await.says(200, &["租赁合同", "已保存"]);

    let template = described(&stage, "租赁合同").await;
    insta::assert_json_snapshot!("made", template);
    let flow = drafted(&stage, &template).await;
    stage.pass(Duration::from_secs(2));
    let started = stage.call("StartFlow", json!({"Operator": stage.operator(), "FlowId": flow})).await;
    assert_eq!(started["Status"], "START");
    stage.sign_next(&flow);
    stage.sign_next(&flow);
    let brief = stage.call("DescribeFlowBriefs", json!({"Operator": stage.operator(), "FlowIds": [flow]})).await;
    assert_eq!(brief["FlowBriefs"][0]["FlowStatus"], 4, "{brief}");

    let preview = json!({"EmbedType": "PREVIEW_TEMPLATE", "BusinessId": template["TemplateId"]});
    stage.open(&page(&stage, preview).await).await.1.says(200, &["租赁合同", "房屋租赁", "甲方", "乙方"]);
    let told = stage.heard().into_iter().find(|(kind, _)| kind == "TemplateAdd").expect("receivers hear of it");
    insta::assert_json_snapshot!("told_of_making", told.1);
}

#[tokio::test]
async fn a_changed_template_brings_its_user_data_back_and_leaves_older_contracts_alone() {
    let stage = Stage::new();
    let file = stage.upload().await;
    stage.submit(&creating(&stage).await, &encoded(&lease(&file))).await.says(200, &[]);
    let before = described(&stage, "租赁合同").await;
    let older = drafted(&stage, &before).await;
    let id = before["TemplateId"].as_str().unwrap();
    stage.listen();

    // A script takes what the page shows, and posts it changed.
    let url = modifying(&stage, id).await;
    let shown = stage.look(&url).await;
    let mut wanted = shown["template"].clone();
    assert_eq!(wanted["parties"][0]["recipient"], before["Recipients"][0]["RecipientId"]);
    wanted["name"] = json!("租赁合同（新）");
    wanted["fills"] = json!([]);
    wanted["parties"].as_array_mut().unwrap().swap(0, 1);
    let saved = stage.post(&url, &json!({"action": "save", "template": wanted})).await;

    assert_eq!(saved["saved"], json!({"id": id, "name": "租赁合同（新）", "version": 2}));
    let after = described(&stage, "租赁合同（新）").await;
    assert_eq!(after["Recipients"][0]["RecipientId"], before["Recipients"][1]["RecipientId"]);
    assert_eq!((&after["TemplateVersion"], &after["CreatedOn"]), (&json!("20231115002"), &before["CreatedOn"]));
    assert_eq!(described(&stage, "租赁合同").await, Value::Null);
    stage.pass(Duration::from_secs(2));
    let operator = stage.operator();
    assert_eq!(stage.call("StartFlow", json!({"Operator": operator, "FlowId": older})).await["Status"], "START");
    let fields = stage.call("DescribeFlowComponents", json!({"Operator": operator, "FlowId": older})).await;
    assert!(fields.to_string().contains("租金"), "it keeps what it was made from: {fields}");

    stage.call("OperateTemplate", json!({"Operator": operator, "TemplateId": id, "OperateType": "DELETE"})).await;
    let told = stage.heard().into_iter().filter(|(kind, _)| kind.starts_with("Template")).collect::<Vec<_>>();
    insta::assert_json_snapshot!("told_of_changing", told);
}

#[tokio::test]
async fn a_page_opens_once_is_saved_once_and_ends_with_its_link() {
    let stage = Stage::new();
    let file = stage.upload().await;
    let url = creating(&stage).await;
    stage.open(&url).await.1.says(200, &["甲方"]);
    stage.open(&url).await.1.says(410, &["链接只能打开一次"]);
    let mut form = lease(&file);
    form[0].1 = "more";
    stage.submit(&url, &encoded(&form)).await.says(200, &["value=\"租赁合同\"", "party.7.kind", "component.9.type"]);
    form[0].1 = "show";
    let english = format!("{url}&lang=en");
    stage.submit(&english, &encoded(&form)).await.says(200, &["Make a template", "value=\"租赁合同\""]);
    form[0].1 = "save";
    stage.submit(&url, &encoded(&form)).await.says(200, &["已保存"]);
    stage.submit(&url, &encoded(&form)).await.says(409, &["已经完成"]);

    // Whoever posts without looking has opened the page, too.
    let unseen = creating(&stage).await;
    form[0].1 = "show";
    stage.submit(&unseen, &encoded(&form)).await.says(200, &["租赁合同"]);
    stage.open(&unseen).await.1.says(410, &["链接只能打开一次"]);
    stage.pass(LIFETIME);
    stage.submit(&unseen, &encoded(&lease(&file))).await.says(410, &["链接已失效"]);
}

#[tokio::test]
async fn what_cannot_be_is_said_and_what_was_written_stays_on_the_page() {
    let stage = Stage::new();
    let file = stage.upload().await;
    let url = creating(&stage).await;
    let with = |name: &str, value: &str| {
        let mut form = lease(&file);
        form.retain(|(own, _)| *own != name);
        encoded(&form.into_iter().chain([(name, value)]).collect::<Vec<_>>())
    };
    let scripts = "<script>alert(1)</script>";
    for (name, value, sentence) in [
        ("name", "", "请填写模板名称"),
        ("file", "nobody's", "文件不存在"),
        ("file", "", "请选择或上传模板文件"),
        ("party.2.role", "甲方", "签署方名称重复"),
        ("party.2.role", scripts, "&#60;script&#62;"),
        ("component.3.type", "SIGN_SEAL", "此参与方不能使用"),
        ("component.3.page", "9", "位置不在文件页面之内"),
        ("component.3.x", "NaN", "位置不在文件页面之内"),
        ("component.3.owner", "", "至少需要一个签署控件"),
    ] {
        let shown = stage.submit(&url, &with(name, value)).await;
        shown.says(400, &[sentence, "房屋租赁", "role=\"alert\""]);
        assert!(!shown.text().contains(scripts));
    }
    for (name, value) in
        [("component.3.page", "two"), ("component.3.owner", "9"), ("colour", "red"), ("party.1.kind", "x")]
    {
        stage.submit(&url, &with(name, value)).await.says(400, &["无法读取提交的内容"]);
    }
    let large = "长".repeat(200_000);
    stage.submit(&url, &with("description", &large)).await.says(413, &[]);
    for body in [json!({}), json!({"action": "save"}), json!({"action": "save", "template": {"colour": 1}}), json!([])]
    {
        assert_eq!(stage.post(&url, &body).await["error"], "unreadable", "{body}");
    }
    let refused = stage.post(&url, &json!({"action": "save", "template": {"name": "无"}})).await;
    assert_eq!(refused["error"], "document_missing");
    assert_eq!(described(&stage, "租赁合同").await, Value::Null, "nothing came of any of it");

    stage.submit(&url, &with("description", "")).await.says(200, &["已保存"]);
}

#[tokio::test]
async fn a_document_may_come_with_the_form_and_stays_when_the_form_is_refused() {
    let stage = Stage::new();
    let url = creating(&stage).await;
    let upload = |name: &str, content: &[u8]| {
        let mut body = Vec::new();
        for (name, value) in lease("").iter().map(|(own, value)| (*own, if *own == "name" { name } else { *value })) {
            body.extend(format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes());
        }
        body.extend(b"--b\r\nContent-Disposition: form-data; name=\"upload\"; filename=\"x.pdf\"\r\n\r\n");
        body.extend_from_slice(content);
        body.extend(b"\r\n--b--\r\n");
        body
    };
    stage.submit_parts(&url, upload("租赁合同", b"no PDF")).await.says(400, &["不是可读取的 PDF"]);
    let refused = stage.submit_parts(&url, upload("", sample_contract())).await;
    refused.says(400, &["请填写模板名称", "template.pdf"]);
    let text = refused.text();
    let kept = text.split("list=\"files\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();

    stage.submit(&url, &encoded(&lease(kept))).await.says(200, &["已保存"]);

    assert_eq!(described(&stage, "租赁合同").await["DocumentResourceIds"], json!([kept]));
}

#[tokio::test]
async fn what_a_page_is_made_with_is_checked() {
    let stage = Stage::new();
    let operator = stage.operator();
    let file = stage.upload().await;
    let url = page(&stage, json!({"EmbedType": "CREATE_TEMPLATE", "BusinessId": file})).await;
    assert_eq!(stage.look(&url).await["template"]["file"], json!(file), "the page begins with it");
    let code = |answer: Value| answer["Error"]["Code"].as_str().unwrap_or_default().to_owned();
    for (wanted, refused) in [
        (json!({"EmbedType": "CREATE_TEMPLATE", "BusinessId": "nobody's"}), true),
        (json!({"EmbedType": "CREATE_TEMPLATE", "UserData": "bm90IGpzb24="}), true),
        (json!({"EmbedType": "CREATE_TEMPLATE", "UserData": "no base64!"}), true),
        (json!({"EmbedType": "MODIFY_TEMPLATE"}), true),
        (json!({"EmbedType": "MODIFY_TEMPLATE", "BusinessId": "nobody's"}), true),
        (json!({"EmbedType": "PREVIEW_SEAL_LIST", "UserData": "bm90IGpzb24="}), false),
    ] {
        let mut wanted = wanted;
        wanted["Operator"] = operator.clone();
        let answer = code(stage.call("CreateEmbedWebUrl", wanted.clone()).await);
        assert_eq!(!answer.is_empty(), refused, "{wanted}: {answer}");
    }
}

#[tokio::test]
async fn a_template_deleted_meanwhile_cannot_be_changed() {
    let stage = Stage::new();
    let id = stage.company().templates[0].id.clone();
    let (opened, unopened) = (modifying(&stage, &id).await, modifying(&stage, &id).await);
    let shown = stage.look(&opened).await;
    stage
        .call("OperateTemplate", json!({"Operator": stage.operator(), "TemplateId": id, "OperateType": "DELETE"}))
        .await;

    stage.open(&unopened).await.1.says(410, &["模板已被删除"]);
    let saved = stage.post(&opened, &json!({"action": "save", "template": shown["template"]})).await;
    assert_eq!(saved["error"], "template_gone");
}

#[tokio::test]
async fn every_template_of_the_demo_world_can_be_saved_as_its_page_shows_it() {
    let stage = Stage::new();
    for row in &stage.company().templates {
        let template = |stage: &Stage| {
            stage.account().enter(crate::engine::clock::EdgeTime::read(), |world, _, _| {
                world.directory.templates.get(row.id.as_str()).unwrap().as_ref().clone()
            })
        };
        let before = template(&stage);
        let url = modifying(&stage, &row.id).await;
        let shown = stage.look(&url).await;
        let saved = stage.post(&url, &json!({"action": "save", "template": shown["template"]})).await;
        assert_eq!(saved["saved"]["version"], 2, "{}: {saved}", row.name);
        let after = template(&stage);
        assert_eq!((&after.parties, &after.fills), (&before.parties, &before.fills), "{}", row.name);
    }
}
