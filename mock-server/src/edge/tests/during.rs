//! What happens to a contract between its launch and its end, as whole exchanges.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::stage::Stage;
use crate::domain::refusal::Refusal;
use crate::engine::advance::{Target, advance};
use crate::engine::clock::EdgeTime;

/// A stage and what was said on it.
struct Story {
    stage: Stage,
    answers: Vec<Value>,
}

impl Story {
    fn new() -> Self {
        Self { stage: Stage::new(), answers: Vec::new() }
    }

    /// Calls as the demo company's operator, and keeps the answer for the snapshot.
    async fn call(&mut self, action: &str, mut parameters: Value) -> Value {
        if parameters.get("Operator").is_none() {
            parameters["Operator"] = self.stage.operator();
        }
        let answer = self.stage.call(action, parameters).await;
        self.answers.push(json!({ action: answer }));
        answer
    }

    /// Launches the stage's contract with these changes.
    async fn launch(&mut self, changes: Value) -> String {
        let mut request = self.stage.new_flow().await;
        for (name, value) in changes.as_object().unwrap() {
            request[name] = value.clone();
        }
        let launched = self.call("CreateFlowByFiles", request).await;
        launched["FlowId"].as_str().unwrap_or_else(|| panic!("{launched}")).to_owned()
    }

    /// Where the contract and its signers stand.
    fn standing(&self, flow: &str) -> (i64, Vec<i64>) {
        self.stage.account().enter(EdgeTime::read(), |world, _, _| {
            let flow = world.flows.get(flow).unwrap();
            (flow.status().code(), flow.approvers.iter().map(|one| one.status.code()).collect())
        })
    }

    /// The slot of the signer at this place.
    fn slot(&self, flow: &str, place: usize) -> String {
        self.stage.account().enter(EdgeTime::read(), |world, _, _| {
            world.flows.get(flow).unwrap().approvers[place].recipient.to_string()
        })
    }

    fn code(answer: &Value) -> &str {
        answer["Error"]["Code"].as_str().unwrap_or_default()
    }

    fn message(answer: &Value) -> &str {
        answer["Error"]["Message"].as_str().unwrap_or_default()
    }
}

fn component(kind: &str, x: i32) -> Value {
    json!({"ComponentType": kind, "FileIndex": 0, "ComponentPage": 1, "ComponentPosX": x, "ComponentPosY": 600,
           "ComponentWidth": 100, "ComponentHeight": 100})
}

fn person(name: &str, mobile: &str) -> Value {
    json!({"ApproverType": 1, "ApproverName": name, "ApproverMobile": mobile,
           "SignComponents": [component("SIGN_SIGNATURE", 220)]})
}

/// Signers join one after the other, one in a slot that is named later, until the contract is archived.
#[tokio::test]
async fn signers_join_until_the_contract_is_archived() {
    let mut story = Story::new();
    let flow = story.launch(json!({"OpenDynamicSignFlow": true, "Approvers": [person("张三", "18888888888")]})).await;
    story.stage.sign_next(&flow);
    assert_eq!(story.standing(&flow), (2, vec![3]), "it never ends by itself");

    let open = json!({"ApproverType": 1, "ApproverOption": {"FillType": 1},
                      "SignComponents": [component("SIGN_SIGNATURE", 60)]});
    let joined = story.call("CreateDynamicFlowApprover", json!({"FlowId": flow, "Approvers": [open]})).await;
    let slot = joined["DynamicFlowApproverList"][0]["RecipientId"].clone();
    let twice = json!({"FlowId": flow, "Approvers": [person("张三", "18888888888")]});
    let repeated = story.call("CreateDynamicFlowApprover", twice).await;
    assert_eq!(Story::code(&repeated), "InvalidParameter.ParamError");

    let early = story.call("ArchiveDynamicFlow", json!({"FlowId": flow})).await;
    assert_eq!(Story::code(&early), "OperationDenied");
    assert_eq!(Story::message(&early), "当前合同状态不支持归档合同,请检查后重试", "ex ArchiveDynamicFlow");

    let named = json!({"RecipientId": slot, "ApproverName": "李四", "ApproverMobile": "13900000001"});
    let fill = json!({"FlowId": flow, "FillApproverType": 1, "Approvers": [named, named]});
    let filled = story.call("CreateFlowApprovers", fill).await;
    assert_eq!(filled["FillError"], json!([{"RecipientId": slot, "ErrMessage": "个人信息已补充，请勿重复补充"}]), "ex");
    story.stage.sign_next(&flow);

    let archived = story.call("ArchiveDynamicFlow", json!({"FlowId": flow})).await;
    assert_eq!(archived["Approvers"][1]["RecipientId"], slot);
    assert_eq!(story.standing(&flow), (4, vec![3, 3]));
    let again = story.call("ArchiveDynamicFlow", json!({"FlowId": flow})).await;
    assert_eq!(Story::code(&again), "OperationDenied.FlowHasTerminated");
    let late = json!({"FlowId": flow, "Approvers": [person("王五", "13900000002")]});
    assert_eq!(Story::code(&story.call("CreateDynamicFlowApprover", late).await), "OperationDenied");
    insta::assert_json_snapshot!(story.answers);
}

/// The company names candidates; slots for people of its WeCom take ids of WeCom alone.
#[tokio::test]
async fn a_company_names_candidates_by_number_or_by_wecom_id() {
    let mut story = Story::new();
    let company = story.stage.company().name.clone();
    let one_of = |source: &str| {
        json!({"ApproverType": 0, "OrganizationName": company, "CustomApproverTag": "采购部", "ApproverSource": source,
               "SignComponents": [component("SIGN_SEAL", 60)]})
    };
    let approvers = json!([one_of(""), one_of("WEWORKAPP")]);
    let flow = story.launch(json!({"Unordered": true, "Approvers": approvers})).await;
    let (by_number, by_wecom) = (story.slot(&flow, 0), story.slot(&flow, 1));
    let number =
        |slot: &str, mobile: &str| json!({"RecipientId": slot, "ApproverName": "李四", "ApproverMobile": mobile});
    let wecom = json!({"RecipientId": by_wecom, "ApproverSource": "WEWORKAPP", "CustomUserId": "zhangsan"});

    let mistaken = json!([wecom, number(&by_wecom, "13900000001")]);
    let refused = story.call("CreateFlowApprovers", json!({"FlowId": flow, "Approvers": mistaken})).await;
    let said =
        format!("签署人RecipientId【{by_wecom}】对应的签署人，在发起时限制补充企微或签签署人,请通过CustomUserId指定");
    assert_eq!((Story::code(&refused), Story::message(&refused)), ("OperationDenied", said.as_str()));

    let mut invited = number(&by_number, "13900000001");
    invited["NotifyType"] = json!("SMS");
    let notices = |story: &Story| story.stage.account().enter(EdgeTime::read(), |world, _, _| world.notices.len());
    let before = notices(&story);
    let good = json!({"FlowId": flow, "Approvers": [wecom, invited, number(&by_number, "13900000002")]});
    assert_eq!(story.call("CreateFlowApprovers", good).await.get("FillError"), None);
    assert_eq!(notices(&story), before + 1, "only to whom one is asked for");
    let dynamic = json!({"FlowId": flow, "FillApproverType": 1, "Approvers": [number(&by_number, "13900000003")]});
    assert_eq!(Story::code(&story.call("CreateFlowApprovers", dynamic).await), "InvalidParameter.ParamError");
    insta::assert_json_snapshot!(story.answers);
}

/// Tasks are handed on, signers reminded, deadlines moved, notes written.
#[tokio::test]
async fn forwards_reminders_deadlines_and_remarks() {
    let mut story = Story::new();
    let flow = story.launch(json!({})).await;
    let other = story.launch(json!({})).await;
    story.stage.sign_next(&other);
    let colleague = story.stage.company().employees[1].id.clone();
    let forward = |flow: &str, slot: String| json!({"FlowId": flow, "RecipientId": slot});
    let infos = [
        forward(&other, story.slot(&other, 0)),
        forward(&flow, story.slot(&flow, 0)),
        forward("nobody", story.slot(&flow, 0)),
        forward(&flow, story.slot(&flow, 1)),
    ];
    let forwarded =
        story.call("CreateFlowForwards", json!({"TargetUserId": colleague, "FlowForwardInfos": infos})).await;
    assert_eq!(forwarded["SuccessFlows"], json!([flow]));
    let failed = forwarded["FailedFlows"].as_array().unwrap();
    assert_eq!(failed[0], json!({"FlowId": other, "ErrorDetail": "参与方状态不支持转发，请检查"}), "ex, it is signed");
    assert_eq!(failed.len(), 3, "unknown contracts and other companies' signers too: {failed:?}");
    let nobody = json!({"TargetUserId": "nobody", "FlowForwardInfos": infos});
    assert_eq!(Story::code(&story.call("CreateFlowForwards", nobody).await), "InvalidParameterValue");
    let refused = json!({"Operator": {"UserId": colleague}, "TargetUserId": colleague, "FlowForwardInfos": infos});
    assert_eq!(Story::code(&story.call("CreateFlowForwards", refused).await), "OperationDenied");

    for _ in 0..3 {
        let reminded = story.call("CreateFlowReminds", json!({"FlowIds": [flow]})).await;
        assert_eq!(reminded["RemindFlowRecords"], json!([{"CanRemind": true, "FlowId": flow, "RemindMessage": ""}]));
    }
    let reminded = story.call("CreateFlowReminds", json!({"FlowIds": [flow, other, "nobody"]})).await;
    let records = &reminded["RemindFlowRecords"];
    assert_eq!(records[0]["RemindMessage"], "签署人 王小明: 此签署人已催办过", "ex CreateFlowReminds");
    assert_eq!((&records[1]["FlowId"], &records[1]["CanRemind"]), (&json!(other), &json!(true)));
    assert_eq!(records[2]["FlowId"], "nobody");
    let sent = story.stage.account().enter(EdgeTime::read(), |world, _, _| {
        world.notices.iter().filter(|one| one.text.contains("提醒您签署")).map(|one| one.to.clone()).collect::<Vec<_>>()
    });
    assert_eq!(sent, ["13300000001", "13300000001", "13300000001", "18888888888"]);

    let later = 1_700_000_000 + 400 * 86_400;
    let good = json!({"FlowId": flow, "Deadline": later});
    assert_eq!(story.call("ModifyFlowDeadline", good.clone()).await.get("Error"), None);
    assert_eq!(Story::code(&story.call("ModifyFlowDeadline", good).await), "InvalidParameter.ParamError");
    let own = json!({"FlowId": flow, "Deadline": 1_700_100_000, "RecipientId": story.slot(&flow, 0)});
    assert_eq!(story.call("ModifyFlowDeadline", own).await.get("Error"), None);
    let stranger = json!({"Operator": {"UserId": colleague}, "FlowId": flow, "Deadline": later + 1});
    assert_eq!(Story::code(&story.call("ModifyFlowDeadline", stranger).await), "OperationDenied.Forbid");

    let remarks = json!({"FlowId": flow, "OperateType": "CREATE", "FlowItems": ["急", "法务已看"]});
    story.call("OperateFlowRemarks", remarks).await;
    let item = json!({"RemarkId": 1, "RemarkValue": "法务已审"});
    story.call("OperateFlowRemarks", json!({"FlowId": flow, "OperateType": "UPDATE", "FlowItem": item})).await;
    let gone = json!({"FlowId": flow, "OperateType": "DELETE", "FlowItem": {"RemarkId": 2}});
    assert_eq!(Story::code(&story.call("OperateFlowRemarks", gone).await), "InvalidParameterValue");
    assert_eq!(
        Story::code(&story.call("OperateFlowRemarks", json!({"OperateType": "DELETE"})).await),
        "MissingParameter"
    );

    let told = story.call("DescribeFlowInfo", json!({"FlowIds": [flow]})).await;
    assert_eq!(told["FlowDetailInfos"][0]["FlowRemarks"], json!(["急", "法务已审"]));
    let cancelled = json!({"FlowId": flow, "CancelMessage": "价格已变"});
    story.call("CancelFlow", cancelled).await;
    let ended = story.call("ModifyFlowDeadline", json!({"FlowId": flow, "Deadline": later + 1})).await;
    let said = "此签署流程已经终止，当前处于流程已经撤销状态，无法进行延期操作，请确认后重试";
    assert_eq!((Story::code(&ended), Story::message(&ended)), ("FailedOperation", said));
    insta::assert_json_snapshot!(story.answers);
}

/// Machines sign in the world's time.
async fn wait_for_machines(story: &Story) {
    advance(&story.stage.account(), Target::By(std::time::Duration::from_secs(10))).await;
}

/// A company agrees before somebody signs for it; a person is named, a reason given where the answer is no.
#[tokio::test]
async fn reviews_open_gates_and_end_contracts() {
    let mut story = Story::new();
    let flow = story.launch(json!({"NeedSignReview": true})).await;
    let review = |flow: &str, kind: &str| json!({"FlowId": flow, "ReviewType": kind});
    let silent = story.call("CreateFlowSignReview", review(&flow, "REJECT")).await;
    let said = "审核操作原因(ReviewMessage)在取消时不能为空，请确认后重试";
    assert_eq!((Story::code(&silent), Story::message(&silent)), ("InvalidParameter.ParamError", said), "ex");
    let mut rejected = review(&flow, "REJECT");
    rejected["ReviewMessage"] = json!("金额有误");
    story.call("CreateFlowSignReview", rejected).await;
    let account = story.stage.account();
    let slot = story.slot(&flow, 0);
    let sign = || {
        account.try_enter(EdgeTime::read(), |world, now, outbox| {
            world.sign_flow(&flow.as_str().into(), &slot.as_str().into(), now, outbox)
        })
    };
    assert_eq!(sign(), Err(Refusal::ReviewNotPassed));
    story.call("CreateFlowSignReview", review(&flow, "PASS")).await;
    assert_eq!(sign(), Ok(()), "the last verdict counts");

    let mut gated = person("张三", "18888888888");
    gated["ApproverNeedSignReview"] = json!(true);
    let own = story.launch(json!({"Approvers": [gated]})).await;
    let unnamed = story.call("CreateFlowSignReview", review(&own, "PASS")).await;
    assert_eq!(Story::code(&unnamed), "InvalidParameter.ParamError", "a person must be named");
    let mut never = review(&own, "SIGN_REJECT");
    never["RecipientId"] = json!(story.slot(&own, 0));
    never["ReviewMessage"] = json!("不予签署");
    story.call("CreateFlowSignReview", never).await;
    assert_eq!(story.standing(&own), (3, vec![4]));
    assert_eq!(Story::code(&story.call("CreateFlowSignReview", review(&own, "PASS")).await), "OperationDenied");

    let free = story.launch(json!({})).await;
    let needless = story.call("CreateFlowSignReview", review(&free, "PASS")).await;
    assert_eq!(Story::code(&needless), "FailedOperation.NotAvailableSignReview");
    insta::assert_json_snapshot!(story.answers);
}

/// A signed contract is released by an agreement of its parties, after one that nobody wanted.
#[tokio::test]
async fn a_signed_contract_is_released_by_agreement() {
    let mut story = Story::new();
    let flow = story.launch(json!({})).await;
    let release = |flow: &str| json!({"NeedRelievedFlowId": flow, "ReliveInfo": {"Reason": "业务调整"}});
    assert_eq!(Story::code(&story.call("CreateReleaseFlow", release(&flow)).await), "OperationDenied", "not signed");
    story.stage.sign_next(&flow);
    story.stage.sign_next(&flow);
    wait_for_machines(&story).await;
    assert_eq!(story.standing(&flow), (4, vec![3, 3, 3]));

    let replaced = |alias: &str, place: usize, story: &Story| {
        let mut request = release(&flow);
        request["ReleasedApprovers"] = json!([{alias: story.slot(&flow, place), "Name": "王小明", "Mobile": "13300000001",
                                               "ApproverSignRole": "采购方"}]);
        request
    };
    let persons = story.call("CreateReleaseFlow", replaced("RelievedApproverReceiptId", 1, &story)).await;
    assert_eq!(
        (Story::code(&persons), Story::message(&persons)),
        ("FailedOperation", "不能更换非企业签署人身份信息"),
        "ex"
    );

    let first = story.call("CreateReleaseFlow", replaced("RelievedApproverReceiptId", 0, &story)).await;
    let first = first["FlowId"].as_str().unwrap().to_owned();
    assert_eq!(story.standing(&first), (1, vec![2, 1, 1]), "launched at once");
    assert_eq!(Story::code(&story.call("CreateReleaseFlow", release(&flow)).await), "OperationDenied", "one at a time");
    let told = story.call("DescribeFlowInfo", json!({"FlowIds": [first]})).await;
    let signers = &told["FlowDetailInfos"][0]["FlowApproverInfos"];
    assert_eq!((&signers[0]["ApproveName"], &signers[0]["ApproverRoleName"]), (&json!("王小明"), &json!("采购方")));
    assert_eq!(signers[1]["ApproverRoleName"], "乙方");
    story.call("CancelFlow", json!({"FlowId": first, "CancelMessage": "不解除了"})).await;

    let second = story.call("CreateReleaseFlow", replaced("RelievedApproverRecipientId", 0, &story)).await;
    let second = second["FlowId"].as_str().unwrap().to_owned();
    let brief = story.call("DescribeFlowBriefs", json!({"FlowIds": [second]})).await;
    assert_eq!(brief["FlowBriefs"][0]["Deadline"], 1_700_000_010 + 7 * 86_400, "a week");
    for _ in 0..3 {
        story.stage.sign_next(&second);
    }
    assert_eq!(story.standing(&flow), (21, vec![15, 15, 15]));
    assert_eq!(story.standing(&second), (21, vec![15, 15, 15]));
    assert_eq!(
        Story::code(&story.call("CreateReleaseFlow", release(&flow)).await),
        "OperationDenied",
        "it is released"
    );
    insta::assert_json_snapshot!(story.answers);
}

/// A signed contract's report is written by the clock, its certificate linked, a signer's face shown for a day.
#[tokio::test]
async fn evidence_of_a_signed_contract() {
    let mut story = Story::new();
    let mut seen = person("张三", "18888888888");
    seen["ApproverSignTypes"] = json!([1]);
    let flow = story.launch(json!({"Approvers": [seen, person("李四", "13900000001")]})).await;
    let early = story.call("CreateFlowEvidenceReport", json!({"FlowId": flow})).await;
    let said = (Story::code(&early), Story::message(&early));
    assert_eq!(said, ("OperationDenied.FlowStatusForbid", "当前流程状态不支持出证"), "ex CreateFlowEvidenceReport");
    let early = story.call("CreateFlowBlockchainEvidenceUrl", json!({"FlowId": flow})).await;
    assert_eq!(Story::code(&early), "OperationDenied");
    story.stage.sign_next(&flow);
    story.stage.sign_next(&flow);

    let colleague = json!({"UserId": story.stage.company().employees[1].id});
    let refused = story.call("CreateFlowEvidenceReport", json!({"Operator": colleague, "FlowId": flow})).await;
    assert_eq!(Story::code(&refused), "OperationDenied.NotBelongSuperAdminOrLegalPerson");
    let ordered = story.call("CreateFlowEvidenceReport", json!({"FlowId": flow})).await;
    let report = json!({"ReportId": ordered["ReportId"]});
    assert_eq!(ordered["Status"], "EvidenceStatusExecuting");
    let before = story.call("DescribeFlowEvidenceReport", report.clone()).await;
    assert_eq!((&before["ReportUrl"], &before["Status"]), (&json!(""), &json!("EvidenceStatusExecuting")), "ex");
    wait_for_machines(&story).await;
    let after = story.call("DescribeFlowEvidenceReport", report).await;
    assert_eq!(after["Status"], "EvidenceStatusSuccess");
    let again = story.call("CreateFlowEvidenceReport", json!({"FlowId": flow})).await;
    assert_eq!((&again["ReportId"], &again["Status"]), (&ordered["ReportId"], &json!("EvidenceStatusSuccess")));
    let nobody = story.call("DescribeFlowEvidenceReport", json!({"ReportId": "nobody"})).await;
    assert_eq!(Story::code(&nobody), "InvalidParameter.DataNotFound");

    let chain = story.call("CreateFlowBlockchainEvidenceUrl", json!({"FlowId": flow})).await;
    assert_eq!(chain["ExpiredOn"], 1_700_000_010 + 7 * 86_400);

    let sign = |place: usize| {
        story.stage.account().enter(EdgeTime::read(), |world, _, _| {
            world.flows.get(flow.as_str()).unwrap().approvers[place].sign.to_string()
        })
    };
    let (shown, unseen) = (sign(0), sign(1));
    let video = story
        .stage
        .call("DescribeSignFaceVideo", json!({"Operator": story.stage.operator(), "FlowId": flow, "SignId": shown}))
        .await;
    let video = STANDARD.decode(video["VideoData"]["LiveNessVideo"].as_str().unwrap()).unwrap();
    assert_eq!(&video[4..12], b"ftypisom");
    let refused = story.call("DescribeSignFaceVideo", json!({"FlowId": flow, "SignId": unseen})).await;
    assert_eq!(Story::code(&refused), "FailedOperation", "did not show their face");
    let unknown = story.call("DescribeSignFaceVideo", json!({"FlowId": flow, "SignId": "nobody"})).await;
    assert_eq!(Story::code(&unknown), "ResourceNotFound");
    insta::assert_json_snapshot!(story.answers);
}

/// What was filled in, by whom, is told; what the initiator filled in first.
#[tokio::test]
async fn components_are_told_with_their_values() {
    let mut story = Story::new();
    let mut filling = person("张三", "18888888888");
    let mut address = component("TEXT", 60);
    address["ComponentName"] = json!("地址");
    filling["Components"] = json!([address]);
    let mut price = component("TEXT", 300);
    price["ComponentName"] = json!("价款");
    price["ComponentValue"] = json!("伍仟元整");
    let flow = story.launch(json!({"Approvers": [filling], "Components": [price]})).await;
    let told = story.call("DescribeFlowComponents", json!({"FlowId": flow})).await;
    let infos = &told["RecipientComponentInfos"];
    assert_eq!((&infos[0]["IsPromoter"], &infos[0]["RecipientFillStatus"]), (&json!(true), &json!("1")));
    assert_eq!(infos[0]["Components"][0]["ComponentValue"], "伍仟元整");
    assert_eq!(
        (&infos[1]["RecipientId"], &infos[1]["RecipientFillStatus"]),
        (&json!(story.slot(&flow, 0)), &json!("0"))
    );
    insta::assert_json_snapshot!(story.answers);
}
