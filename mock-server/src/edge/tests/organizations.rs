//! A company looks at its holding group and at seals.

use std::time::Duration;

use serde_json::{Value, json};

use super::stage::Stage;
use crate::domain::seal::Grant;

const GROUP: &str = "DescribeOrganizationGroupOrganizations";
const SEALS: &str = "DescribeOrganizationSeals";

async fn members(stage: &Stage, more: Value) -> Value {
    let mut request = json!({"Operator": stage.operator(), "Limit": 10, "Offset": 0});
    request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    stage.call(GROUP, request).await
}

async fn seals(stage: &Stage, more: Value) -> Value {
    let mut request = json!({"Operator": stage.operator()});
    request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    stage.call(SEALS, request).await
}

fn names(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|one| one["Name"].as_str().or(one["SealName"].as_str()).unwrap()).collect()
}

#[tokio::test]
async fn the_main_company_sees_its_members_and_pages_through_them() {
    let stage = Stage::new();
    let all = members(&stage, json!({})).await;
    insta::assert_json_snapshot!(all);
    let second = members(&stage, json!({"Limit": 1, "Offset": 1})).await;
    assert_eq!((names(&second["List"]), &second["Total"]), (vec!["示例成员（华北）有限公司"], &json!(2)));
    let chosen = members(&stage, json!({"Id": stage.file.organizations[3].id, "Status": 5})).await;
    assert_eq!((names(&chosen["List"]), &chosen["Total"]), (vec!["示例成员（华南）有限公司"], &json!(1)));
    let none = members(&stage, json!({"Status": 2})).await;
    assert_eq!((&none["Total"], &none["ActivatedTotal"]), (&json!(0), &json!(2)), "the totals are the whole group's");
}

#[tokio::test]
async fn all_members_can_be_fetched_as_a_workbook_for_five_minutes() {
    let stage = Stage::new();
    assert_eq!(members(&stage, json!({"Export": false})).await["ExportUrl"], "");
    let exported = members(&stage, json!({"Export": true, "Limit": 1, "Status": 2})).await;
    let url = exported["ExportUrl"].as_str().unwrap();

    let (_, file) = stage.open(url).await;

    assert_eq!(file.status, 200);
    assert!(file.body.starts_with(b"PK"), "a workbook is a ZIP");
    stage.pass(Duration::from_secs(300));
    stage.open(url).await.1.says(410, &[]);
}

#[tokio::test]
async fn a_company_without_members_has_none() {
    let mut stage = Stage::new();
    stage.acting = 1;
    assert_eq!(members(&stage, json!({})).await["List"], json!([]));
}

#[tokio::test]
async fn too_large_a_page_is_refused_in_the_vendors_words() {
    let refused = members(&Stage::new(), json!({"Limit": 2000})).await;
    assert_eq!(
        refused["Error"],
        json!({"Code": "InvalidParameterValue", "Message": "分页大小应该大于0小于等于1000"}),
        "ex DescribeOrganizationGroupOrganizations"
    );
}

#[tokio::test]
async fn seals_in_use_are_listed_unless_others_are_asked_for() {
    let stage = Stage::new();
    let used = seals(&stage, json!({})).await;
    insta::assert_json_snapshot!(used);
    let all = seals(&stage, json!({"SealStatuses": ["ALL"]})).await;
    assert_eq!(names(&all["Seals"]), ["公章", "合同专用章", "已停用的章"]);
    let disabled = seals(&stage, json!({"SealStatuses": ["DISABLE"]})).await;
    assert_eq!((names(&disabled["Seals"]), &disabled["TotalCount"]), (vec!["已停用的章"], &json!(3)));
    let contract = seals(&stage, json!({"SealTypes": ["CONTRACT"]})).await;
    assert_eq!(names(&contract["Seals"]), ["合同专用章"]);
    let second = seals(&stage, json!({"Limit": 1, "Offset": 1})).await;
    assert_eq!(names(&second["Seals"]), ["合同专用章"], "Offset counts pages");
}

#[tokio::test]
async fn one_seal_by_its_id_and_a_members_seals_for_the_main_company() {
    let stage = Stage::new();
    let one = seals(&stage, json!({"SealId": stage.company().seals[1].id})).await;
    assert_eq!((names(&one["Seals"]), &one["TotalCount"]), (vec!["合同专用章"], &json!(1)));
    let member = &stage.file.organizations[3];
    let of_member = seals(&stage, json!({"Agent": {"ProxyOrganizationId": member.id}})).await;
    assert_eq!(of_member["Seals"][0]["SealId"], member.seals[0].id);
    let foreign = seals(&stage, json!({"SealId": member.seals[0].id})).await;
    assert_eq!((&foreign["Seals"], &foreign["TotalCount"]), (&json!([]), &json!(0)));
}

#[tokio::test]
async fn who_may_use_a_seal_is_told_when_asked_for() {
    let stage = Stage::new();
    let user = stage.company().employees[0].id.clone();
    stage.account().enter(crate::engine::clock::EdgeTime::read(), |world, _, _| {
        let mut seal = (**world.directory.seals.iter().next().unwrap()).clone();
        seal.grants = vec![Grant::forever("grant".into(), user.as_str().into())];
        world.directory.seals.insert(seal);
    });
    assert_eq!(seals(&stage, json!({})).await["Seals"][0]["AuthorizedUsers"], json!([]));
    let told = seals(&stage, json!({"InfoType": 1})).await;
    assert_eq!(told["Seals"][0]["AuthorizedUsers"], json!([{"UserId": user}]));
}
