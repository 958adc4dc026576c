//! What contracts and accounts of an application have cost.

use serde_json::{Value, json};

use super::platform::{APP, first, keeps_downloads};
use super::stage::Stage;

/// The day the clock of a stage stands at, in Beijing.
const TODAY: &str = "2023-11-15";

fn application() -> Value {
    json!({"AppId": APP})
}

async fn bill(stage: &Stage, agent: &Value, more: Value) -> Value {
    let mut request = json!({"StartTime": "20231115", "EndTime": "20231115"});
    request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    stage.platform("ChannelDescribeBillUsageDetail", agent, request).await
}

async fn usage(stage: &Stage, more: Value) -> Value {
    let mut request = json!({"StartDate": TODAY, "EndDate": TODAY});
    request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    stage.platform("DescribeUsage", &application(), request).await
}

#[tokio::test]
async fn a_bill_is_one_customers_or_the_whole_applications() {
    let stage = Stage::new();
    let own = stage.launch_for(&first()).await;
    let others = stage.launch_for(&keeps_downloads()).await;
    stage.launch().await;
    stage.platform("ChannelCancelFlow", &first(), json!({"FlowId": own})).await;

    let flows = |bill: &Value| {
        let rows = bill["Details"].as_array().unwrap().iter();
        rows.map(|row| (row["FlowId"].clone(), row["UseCount"].clone(), row["CostType"].clone())).collect::<Vec<_>>()
    };
    let whole = bill(&stage, &application(), json!({})).await;
    let expected =
        vec![(json!(own), json!(-1), json!(2)), (json!(others), json!(1), json!(1)), (json!(own), json!(1), json!(1))];
    assert_eq!(flows(&whole), expected, "the newest first, and nothing the platform launched for itself");
    assert_eq!(whole["Total"], 3);
    let one = bill(&stage, &keeps_downloads(), json!({})).await;
    assert_eq!(flows(&one), expected[1..2]);
    insta::assert_json_snapshot!(one);
    let page = bill(&stage, &application(), json!({"Offset": 1, "Limit": 2})).await;
    assert_eq!((flows(&page), &page["Total"]), (expected[2..].to_vec(), &json!(3)));
    assert_eq!(bill(&stage, &application(), json!({"QuotaType": "SignSMS"})).await["Total"], 0);
}

#[tokio::test]
async fn usage_is_counted_by_day_and_altogether() {
    let stage = Stage::new();
    let own = stage.launch_for(&first()).await;
    stage.launch_for(&first()).await;
    stage.launch_for(&keeps_downloads()).await;
    stage.platform("ChannelCancelFlow", &first(), json!({"FlowId": own})).await;

    let mut answers = vec![usage(&stage, json!({})).await, usage(&stage, json!({"NeedAggregate": true})).await];
    answers.push(usage(&stage, json!({"Limit": 1, "Offset": 1})).await);
    insta::assert_json_snapshot!(answers);
    let before = json!({"StartDate": "2023-11-01", "EndDate": "2023-11-14"});
    assert_eq!(usage(&stage, before).await["Total"], 0, "nothing was launched then");
}

#[tokio::test]
async fn accounts_are_counted_by_their_licences() {
    let stage = Stage::new();
    insta::assert_json_snapshot!(stage.platform("ChannelDescribeAccountBillDetail", &application(), json!({})).await);
}
