//! Groups of contracts, as whole exchanges: all of them are launched, or none.

use serde_json::{Value, json};

use super::stage::Stage;
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
    let component = json!({"ComponentType": "SIGN_SIGNATURE", "FileIndex": 0, "ComponentPage": 1, "ComponentPosX": 60,
                           "ComponentPosY": 600, "ComponentWidth": 100, "ComponentHeight": 50});
    let mut signer = person();
    signer["SignComponents"] = json!([component]);
    let flow = json!({"FlowName": "附件", "FileIds": [stage.upload().await], "Approvers": [signer]});
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
