//! Groups of contracts, as whole exchanges: all of them are launched, or none.

use serde_json::{Value, json};

use super::stage::Stage;
use crate::domain::refusal::Refusal;
use crate::engine::clock::EdgeTime;
use crate::engine::world::World;

fn within<R>(stage: &Stage, look: impl FnOnce(&mut World) -> R) -> R {
    stage.account().enter(EdgeTime::read(), |world, _, _| look(world))
}

fn person() -> Value {
    json!({"ApproverType": 1, "ApproverName": "张三", "ApproverMobile": "18888888888", "ApproverRoleName": "乙方"})
}

/// A letter by the company, and a promise by a person.
fn by_templates(stage: &Stage) -> Value {
    let company = &stage.file.organizations[0];
    let template = |name: &str| company.templates.iter().find(|one| one.name.starts_with(name)).unwrap().id.clone();
    let own = json!({"ApproverType": 0, "OrganizationName": company.name, "ApproverName": "典子谦",
                     "ApproverMobile": "13200000000"});
    json!({
        "Operator": stage.operator(),
        "FlowGroupName": "入职文件",
        "FlowGroupInfos": [
            {"FlowName": "通知函", "TemplateId": template("通知函"), "Approvers": [own]},
            {"FlowName": "承诺书", "TemplateId": template("个人承诺书"), "Approvers": [person()]},
        ],
    })
}

async fn by_files(stage: &Stage) -> Value {
    by_files_for(stage, &[person()]).await
}

/// Two contracts that these people sign.
async fn by_files_for(stage: &Stage, signers: &[Value]) -> Value {
    let component = json!({"ComponentType": "SIGN_SIGNATURE", "FileIndex": 0, "ComponentPage": 1, "ComponentPosX": 60,
                           "ComponentPosY": 600, "ComponentWidth": 100, "ComponentHeight": 50});
    let sign = |signer: &Value| {
        let mut signer = signer.clone();
        signer["SignComponents"] = json!([component]);
        signer
    };
    let signers: Vec<Value> = signers.iter().map(sign).collect();
    let flow = json!({"FlowName": "附件", "FileIds": [stage.upload().await], "Approvers": signers});
    json!({"Operator": stage.operator(), "FlowGroupName": "附件两份", "FlowGroupInfos": [flow, flow]})
}

#[tokio::test]
async fn contracts_of_a_group_are_launched_and_described_together() {
    let stage = Stage::new();
    let mut wanted = by_templates(&stage);
    wanted["FlowGroupOptions"] = json!({"SelfOrganizationApproverNotifyType": "none", "OtherApproverNotifyType": "sms", "FlowGroupNeedWorkflow": true});
    let launched = stage.call("CreateFlowGroupByTemplates", wanted).await;
    let group = json!({"Operator": stage.operator(), "FlowGroupId": launched["FlowGroupId"]});
    let described = stage.call("DescribeFlowInfo", group).await;
    let files = by_files(&stage).await;
    insta::assert_json_snapshot!([launched, described, stage.call("CreateFlowGroupByFiles", files).await]);

    within(&stage, |world| {
        let told: Vec<&str> = world.notices.iter().map(|notice| notice.to.as_str()).collect();
        assert_eq!(told, ["18888888888"; 3], "nobody of the own company is told");
        assert_eq!(world.directory.organizations.iter().next().unwrap().quota.charged, 4);
        let grouped = world.flows.iter().filter_map(|flow| flow.group.as_ref()).count();
        assert_eq!((grouped, world.groups.len()), (4, 2));
    });
}

#[tokio::test]
async fn one_bad_contract_launches_none() {
    let stage = Stage::new();
    let good = by_templates(&stage);
    let before = within(&stage, |world| world.clone());
    type Change = fn(&mut Value);
    let cases: [(Change, &str); 7] = [
        (
            |group| group["FlowGroupInfos"][1]["Approvers"][0]["ApproverName"] = json!("张三&&&"),
            "InvalidParameter.Name",
        ),
        (|group| group["FlowGroupInfos"][1]["Approvers"] = json!([]), "MissingParameter.FlowApprover"),
        (|group| group["FlowGroupInfos"][1]["TemplateId"] = json!("nobody's"), "ResourceNotFound.NotExistTemplate"),
        (
            |group| group["FlowGroupInfos"][1]["TemplateId"] = group["FlowGroupInfos"][0]["TemplateId"].clone(),
            "OperationDenied.ApproverNoMatchTemplate",
        ),
        (
            |group| group["FlowGroupInfos"][1]["Approvers"][0]["Deadline"] = json!(1_700_000_600),
            "InvalidParameter.FlowDeadLine",
        ),
        (|group| group["FlowGroupInfos"][1]["Deadline"] = json!(1_600_000_000), "InvalidParameter.FlowDeadLine"),
        (|group| group["FlowGroupInfos"].as_array_mut().unwrap().truncate(1), "InvalidParameter"),
    ];
    for (change, expected) in cases {
        let mut group = good.clone();
        change(&mut group);
        let answer = stage.call("CreateFlowGroupByTemplates", group).await;
        let code = answer["Error"]["Code"].as_str().unwrap_or_default();
        assert!(code.starts_with(expected), "{expected}: {answer}");
    }
    assert!(within(&stage, |world| *world == before), "not even an id is used up");
}

#[tokio::test]
async fn the_quota_suffices_for_all_or_for_none() {
    let stage = Stage::new();
    let number = within(&stage, |world| {
        let number = world.directory.organizations.number(stage.company().id.as_str()).unwrap();
        world.directory.organizations.at_mut(number).unwrap().quota.set_left(1);
        number
    });
    let refused = stage.call("CreateFlowGroupByTemplates", by_templates(&stage)).await;
    assert_eq!(refused["Error"]["Code"], "OperationDenied.NoQuota");
    assert_eq!(within(&stage, |world| (world.flows.len(), world.groups.len())), (0, 0));
    within(&stage, |world| world.directory.organizations.at_mut(number).unwrap().quota.set_left(2));
    let launched = stage.call("CreateFlowGroupByTemplates", by_templates(&stage)).await;
    assert_eq!(launched.get("Error"), None, "{launched}");
}

/// One record for each person, with what came of the reminder in each contract: done, not needed, too often.
#[tokio::test]
async fn who_is_due_in_a_group_is_reminded_of_all_its_contracts_at_once() {
    let stage = Stage::new();
    let second = json!({"ApproverType": 1, "ApproverName": "李小四", "ApproverMobile": "13900000001"});
    let launched = stage.call("CreateFlowGroupByFiles", by_files_for(&stage, &[person(), second]).await).await;
    let remind = |group: &Value| json!({"Operator": stage.operator(), "FlowGroupId": group});
    let told = |stage: &Stage| within(stage, |world| world.notices.len());
    let before = told(&stage);
    let mut answers = Vec::new();
    for times in 1..=3 {
        answers.push(stage.call("CreateFlowGroupReminds", remind(&launched["FlowGroupId"])).await);
        assert_eq!(told(&stage), before + times, "one message about both contracts");
    }
    answers.push(stage.call("CreateFlowGroupReminds", remind(&launched["FlowGroupId"])).await);
    assert_eq!(told(&stage), before + 3, "three times at most (api CreateFlowGroupReminds)");

    stage.sign_next(launched["FlowIds"][0].as_str().unwrap());
    let before = told(&stage);
    answers.push(stage.call("CreateFlowGroupReminds", remind(&launched["FlowGroupId"])).await);
    assert_eq!(told(&stage), before + 1, "the second, about the contract that waits for them now");

    answers.push(stage.call("CreateFlowGroupReminds", remind(&json!("nogroup"))).await);
    insta::assert_json_snapshot!(answers);
}

/// The verdict on one signer holds for all contracts of the group; the last one counts, a final refusal ends them.
#[tokio::test]
async fn a_companys_verdict_on_a_signer_holds_for_the_whole_group() {
    let stage = Stage::new();
    let mut reviewed = person();
    reviewed["ApproverNeedSignReview"] = json!(true);
    let mut answers = Vec::new();
    let who = json!({"ApproverType": "PERSON", "ApproverName": "张三", "ApproverMobile": "18888888888"});
    let review = |group: &Value, kind: &str, message: &str, who: &Value| {
        json!({"Operator": stage.operator(), "FlowGroupId": group, "ReviewType": kind, "ReviewMessage": message,
               "ApproverInfo": who})
    };
    let request = by_files_for(&stage, &[reviewed.clone()]).await;
    let launched = stage.call("CreateFlowGroupByFiles", request.clone()).await;
    let group = &launched["FlowGroupId"];
    let flows: Vec<&str> = launched["FlowIds"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    let sign = |flow: &str| {
        stage.account().try_enter(EdgeTime::read(), |world, now, outbox| {
            let flow = world.flows.get(flow).unwrap().clone();
            world.sign_flow(&flow.id, &flow.approvers[0].recipient, now, outbox)
        })
    };

    let nobody = json!({"ApproverType": "PERSON", "ApproverName": "李四", "ApproverMobile": "13900000001"});
    for refused in [
        review(group, "PASS", "", &nobody),
        review(group, "REJECT", "", &who),
        review(&json!("nogroup"), "PASS", "", &who),
        review(group, "PASS", "", &json!({"ApproverType": "PERSON", "ApproverName": "张三"})),
    ] {
        let answer = stage.call("CreateFlowGroupSignReview", refused).await;
        assert!(answer.get("Error").is_some(), "{answer}");
        answers.push(answer);
    }
    answers.push(stage.call("CreateFlowGroupSignReview", review(group, "REJECT", "金额有误", &who)).await);
    assert!(flows.iter().all(|flow| sign(flow) == Err(Refusal::ReviewNotPassed)));
    answers.push(stage.call("CreateFlowGroupSignReview", review(group, "PASS", "", &who)).await);
    assert!(flows.iter().all(|flow| sign(flow) == Ok(())), "the last verdict counts");
    answers.push(stage.call("CreateFlowGroupSignReview", review(group, "PASS", "", &who)).await);

    let launched = stage.call("CreateFlowGroupByFiles", request).await;
    stage.listen();
    let never = review(&launched["FlowGroupId"], "SIGN_REJECT", "不予签署", &who);
    answers.push(stage.call("CreateFlowGroupSignReview", never).await);
    let described = json!({"Operator": stage.operator(), "FlowGroupId": launched["FlowGroupId"]});
    let described = stage.call("DescribeFlowInfo", described).await;
    for detail in described["FlowDetailInfos"].as_array().unwrap() {
        assert_eq!((&detail["FlowStatus"], &detail["FlowMessage"]), (&json!(3), &json!("不予签署")));
    }
    let what = |data: &Value| data.get("Operate").or(data.get("FlowGroupStatus")).cloned();
    let heard: Vec<Value> = stage.heard().into_iter().map(|(kind, data)| json!({kind: what(&data)})).collect();
    insta::assert_json_snapshot!(json!({"answers": answers, "heard": heard}));
}
