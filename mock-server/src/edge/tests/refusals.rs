//! What is refused, with the code and message a client sees. Each row changes one thing about a good call.

use serde_json::{Value, json};

use super::stage::Stage;

fn error(answer: &Value) -> String {
    let error = &answer["Error"];
    format!("{} {}", error["Code"].as_str().unwrap_or("(accepted)"), error["Message"].as_str().unwrap_or_default())
}

#[tokio::test]
async fn bad_launches() {
    let stage = Stage::new();
    let good = stage.new_flow().await;
    let file = json!({"FileName": "章.png", "FileBody": "iVBORw0KGgo="});
    let picture = stage.call("UploadFiles", json!({"BusinessType": "DOCUMENT", "FileInfos": [file]})).await;
    let mut changes: Vec<(&str, &str, Value)> = vec![
        ("operator unknown", "/Operator/UserId", json!("nobody")),
        ("operator empty", "/Operator/UserId", json!("")),
        ("operator of the wrong type", "/Operator", json!("me")),
        ("name with a star", "/FlowName", json!("合同**")),
        ("name too long", "/FlowName", json!("长".repeat(201))),
        ("user data no base64", "/UserData", json!("???")),
        ("deadline past", "/Deadline", json!(1_699_999_999)),
        ("file unknown", "/FileIds", json!(["nofile"])),
        ("no file", "/FileIds", json!([])),
        ("two files", "/FileIds", json!(["a", "b"])),
        ("a picture", "/FileIds", json!([picture["FileIds"][0]])),
        ("nobody signs", "/Approvers", json!([])),
        ("unheard-of kind", "/Approvers/1/ApproverType", json!(2)),
        ("name with &&&", "/Approvers/1/ApproverName", json!("典子谦&&&")),
        ("10 digits", "/Approvers/1/ApproverMobile", json!("1380000000")),
        ("person with a company", "/Approvers/1/OrganizationName", json!("示例企业")),
        ("person with a seal", "/Approvers/1/SignComponents/0/ComponentType", json!("SIGN_SEAL")),
        ("component unknown", "/Approvers/1/SignComponents/0/ComponentType", json!("SIGN_X")),
        ("nothing to sign", "/Approvers/1/SignComponents", json!([])),
        ("page 9", "/Approvers/1/SignComponents/0/ComponentPage", json!(9)),
        ("no width", "/Approvers/1/SignComponents/0/ComponentWidth", json!(0)),
        ("file index 1", "/Approvers/1/SignComponents/0/FileIndex", json!(1)),
        ("machine signs by hand", "/Approvers/2/SignComponents/0/ComponentType", json!("SIGN_SIGNATURE")),
        ("machine without seal", "/Approvers/2/SignComponents/0/ComponentValue", json!("")),
        ("seal unknown", "/Approvers/2/SignComponents/0/ComponentValue", json!("noseal")),
        ("unknown parameter", "/Colour", json!("red")),
    ];
    let signer = good["Approvers"][1].clone();
    changes.push(("the same signer twice", "/Approvers", json!([signer, signer])));
    let keyword = json!({"ComponentType": "SIGN_SIGNATURE", "GenerateMode": "KEYWORD", "ComponentId": "没有这个词", "FileIndex": 0});
    changes.push(("keyword missing", "/Approvers/1/SignComponents/0", keyword));
    let field =
        json!({"ComponentType": "SIGN_SIGNATURE", "GenerateMode": "FIELD", "ComponentName": "seal", "FileIndex": 0});
    changes.push(("form field missing", "/Approvers/1/SignComponents/0", field));

    let mut seen = Vec::new();
    for (name, pointer, value) in changes {
        let mut bad = good.clone();
        set(&mut bad, pointer, value);
        seen.push(format!("{name}: {}", error(&stage.call("CreateFlowByFiles", bad).await)));
    }
    insta::assert_snapshot!(seen.join("\n"));
    assert!(stage.call("CreateFlowByFiles", good).await["FlowId"].is_string(), "the good call still passes");
}

fn set(target: &mut Value, pointer: &str, value: Value) {
    match target.pointer_mut(pointer) {
        Some(place) => *place = value,
        None => {
            let (parent, name) = pointer.rsplit_once('/').unwrap();
            target.pointer_mut(parent).unwrap()[name] = value;
        }
    }
}

#[tokio::test]
async fn bad_calls_about_a_contract() {
    let stage = Stage::new();
    let flow = stage.launch().await;
    let operator = stage.operator();
    let foreign = json!({"UserId": stage.file.organizations[1].employees[0].id});
    let second = json!({"UserId": stage.file.organizations[0].employees[1].id});
    let person = json!({"ApproverType": 1, "ApproverName": "张三", "ApproverMobile": "18888888888"});
    let stranger = json!({"ApproverType": 1, "ApproverName": "李四", "ApproverMobile": "18888888888"});
    let cancel = |operator: &Value, flow: &str, reason: &str| {
        ("CancelFlow", json!({"Operator": operator, "FlowId": flow, "CancelMessage": reason}))
    };
    let many: Vec<String> = (0..101).map(|number| number.to_string()).collect();
    let mut seen = Vec::new();
    for (name, (action, parameters)) in [
        ("cancel: unknown", cancel(&operator, "x", "r")),
        ("cancel: no id", cancel(&operator, "", "r")),
        ("cancel: no reason", cancel(&operator, &flow, "")),
        ("cancel: reason too long", cancel(&operator, &flow, &"长".repeat(201))),
        ("cancel: emoji", cancel(&operator, &flow, "😀")),
        ("cancel: another company's operator", cancel(&foreign, &flow, "r")),
        ("cancel: colleague without the right", cancel(&second, &flow, "r")),
        ("briefs: no ids", ("DescribeFlowBriefs", json!({"Operator": operator, "FlowIds": []}))),
        ("briefs: 101 ids", ("DescribeFlowBriefs", json!({"Operator": operator, "FlowIds": many}))),
        ("info: one unknown", ("DescribeFlowInfo", json!({"Operator": operator, "FlowIds": [flow, "x"]}))),
        ("info: nothing", ("DescribeFlowInfo", json!({"Operator": operator}))),
        ("sign url: unknown", ("CreateFlowSignUrl", json!({"FlowId": "x"}))),
        ("sign url: stranger", ("CreateFlowSignUrl", json!({"FlowId": flow, "FlowApproverInfos": [stranger]}))),
        ("sign url: not their turn", ("CreateFlowSignUrl", json!({"FlowId": flow, "FlowApproverInfos": [person]}))),
        ("sign url: nobody, to sign", ("CreateFlowSignUrl", json!({"FlowId": flow}))),
        ("sign url: too short", ("CreateFlowSignUrl", json!({"FlowId": flow, "UrlType": 1, "ExpiredOn": 1799}))),
        ("sign url: too long", ("CreateFlowSignUrl", json!({"FlowId": flow, "UrlType": 1, "ExpiredOn": 7_776_001}))),
        ("scheme: APP home", ("CreateSchemeUrl", json!({"Operator": operator, "EndPoint": "APP"}))),
        ("scheme: contract without id", ("CreateSchemeUrl", json!({"Operator": operator, "PathType": 1}))),
        ("scheme: page 9", ("CreateSchemeUrl", json!({"Operator": operator, "PathType": 9}))),
        (
            "files: unknown",
            ("DescribeFileUrls", json!({"Operator": operator, "BusinessType": "FLOW", "BusinessIds": ["x"]})),
        ),
        ("files: none", ("DescribeFileUrls", json!({"Operator": operator, "BusinessType": "FLOW", "BusinessIds": []}))),
        (
            "files: too early",
            ("DescribeFileUrls", json!({"Operator": operator, "BusinessType": "FLOW", "BusinessIds": [flow]})),
        ),
        (
            "files: odd type",
            ("DescribeFileUrls", json!({"Operator": operator, "BusinessType": "X", "BusinessIds": [flow]})),
        ),
        ("upload: no file", ("UploadFiles", json!({"BusinessType": "DOCUMENT"}))),
        (
            "upload: junk",
            (
                "UploadFiles",
                json!({"BusinessType": "DOCUMENT", "FileInfos": [{"FileName": "a.pdf", "FileBody": "anVuaw=="}]}),
            ),
        ),
        (
            "upload: stranger",
            ("UploadFiles", json!({"BusinessType": "DOCUMENT", "Caller": {"OperatorId": "x"}, "FileInfos": []})),
        ),
    ] {
        seen.push(format!("{name}: {}", error(&stage.call(action, parameters).await)));
    }
    stage.call("CancelFlow", json!({"Operator": operator, "FlowId": flow, "CancelMessage": "r"})).await;
    let (action, again) = cancel(&operator, &flow, "r");
    seen.push(format!("cancel: twice: {}", error(&stage.call(action, again).await)));
    insta::assert_snapshot!(seen.join("\n"));
}

#[tokio::test]
async fn another_company_of_the_world_is_refused_rather_than_told_nothing_is_there() {
    let stage = Stage::new();
    let flow = stage.launch().await;
    let key = stage.registry.key(&stage.file.organizations[1].key.as_ref().unwrap().secret_id).unwrap();
    let refused = key.account.try_enter(crate::engine::clock::EdgeTime::read(), |world, now, outbox| {
        let organization = world.directory.organizations.get(key.organization.as_str()).unwrap().clone();
        let caller = crate::engine::call::Caller {
            organization,
            operator: None,
            rights: crate::domain::right::Rights::NONE,
            agent: None,
        };
        let call = crate::engine::call::Call { world, caller: &caller, now, outbox, urls: &key.account.urls };
        call.own_flow(&flow).map(|_| ())
    });
    assert_eq!(refused, Err(crate::domain::refusal::Refusal::FlowOfAnotherOrganization { flow }));
}
