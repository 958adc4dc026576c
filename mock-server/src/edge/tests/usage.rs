//! What a company bought, has used and has left.

use std::time::Duration;

use serde_json::{Value, json};

use super::stage::Stage;

async fn usage(stage: &Stage, more: Value) -> Value {
    let mut request = json!({"Operator": stage.operator(), "StartTime": "20231115", "EndTime": "20231115"});
    request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    stage.call("DescribeBillUsage", request).await
}

#[tokio::test]
async fn a_summary_tells_what_is_left_and_what_was_used_in_these_days() {
    let stage = Stage::new();
    let flow = stage.launch().await;
    stage.launch().await;
    let cancel = json!({"Operator": stage.operator(), "FlowId": flow, "CancelMessage": "写错了"});
    stage.call("CancelFlow", cancel).await;
    let today = usage(&stage, json!({})).await;
    insta::assert_json_snapshot!(today);

    stage.pass(Duration::from_secs(86_400));
    let later = usage(&stage, json!({"StartTime": "20231116", "EndTime": "20231116"})).await;
    assert_eq!((&later["Summary"][0]["Used"], &later["Summary"][0]["Available"]), (&json!(0), &json!(99_999)));
    let other = usage(&stage, json!({"QuotaType": "SignFace"})).await;
    let nothing = json!([{"QuotaType": "SignFace", "Total": 0, "Used": 0, "Available": 0}]);
    assert_eq!(other["Summary"], nothing, "what cannot be bought here");
}

#[tokio::test]
async fn members_of_the_group_are_listed_when_asked_for() {
    let stage = Stage::new();
    assert_eq!(usage(&stage, json!({})).await["SubOrgSummary"], json!([]));
    let listed = usage(&stage, json!({"DisplaySubEnterprise": true, "QuotaType": "CloudEnterprise"})).await;
    let names: Vec<&Value> =
        listed["SubOrgSummary"].as_array().unwrap().iter().map(|one| &one["OrganizationName"]).collect();
    assert_eq!(names, ["示例成员（华南）有限公司", "示例成员（华北）有限公司"]);
    assert_eq!(listed["SubOrgSummary"][0]["Usage"], json!([{"QuotaType": "CloudEnterprise", "Used": 0}]));
}

#[tokio::test]
async fn kinds_of_contracts_are_chosen_by_their_templates() {
    let mut file = super::stage::Stage::new().file.as_ref().clone();
    for (template, kind) in file.organizations[0].templates.iter_mut().zip(["采购", "采购", "人事"]) {
        template.kind = kind.to_owned();
    }
    let template = file.organizations[0].templates[2].id.clone();
    let stage = Stage::of(file);
    let kinds = |more: Value| {
        let mut request = json!({"Operator": stage.operator(), "QueryBindTemplate": true});
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let stage = &stage;
        async move {
            let listed = stage.call("DescribeUserFlowType", request).await;
            let all = listed["AllUserFlowTypes"].as_array().unwrap_or_else(|| panic!("{listed}")).clone();
            let mut all: Vec<(String, i64, String)> = all
                .iter()
                .map(|one| {
                    (
                        one["Name"].as_str().unwrap().to_owned(),
                        one["TemplateNum"].as_i64().unwrap(),
                        one["UserFlowTypeId"].as_str().unwrap().to_owned(),
                    )
                })
                .collect();
            all.sort();
            all
        }
    };
    let all = kinds(json!({})).await;
    let named: Vec<(&str, i64)> = all.iter().map(|(name, number, _)| (name.as_str(), *number)).collect();
    assert_eq!(named, [("人事", 1), ("采购", 2)]);
    let uncounted = kinds(json!({"QueryBindTemplate": false})).await;
    assert!(uncounted.iter().all(|(_, number, _)| *number == 0));
    let by_template = kinds(json!({"Filters": [{"Key": "template-id", "Values": [template]}]})).await;
    assert_eq!(by_template, all[..1]);
    let by_kind = kinds(json!({"Filters": [{"Key": "user-flow-type-id", "Values": [all[1].2]}]})).await;
    assert_eq!(by_kind, all[1..]);
    // The same filter chooses among templates.
    let wanted = json!([{"Key": "user-flow-type-id", "Values": [all[0].2]}]);
    let listed = stage.call("DescribeFlowTemplates", json!({"Operator": stage.operator(), "Filters": wanted})).await;
    assert_eq!(listed["TotalCount"], 1, "{listed}");
}
