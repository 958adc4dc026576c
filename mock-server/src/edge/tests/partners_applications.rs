//! An integrator makes an application for a partner company, and manages where its callbacks go.

use serde_json::{Value, json};

use super::stage::Stage;
use crate::engine::clock::EdgeTime;
use crate::engine::world_file::{DEMO, WorldFile};

const PARTNER: usize = 1;
const FIRST: &str = "http://127.0.0.1:9/first";
const SECOND: &str = "http://127.0.0.1:9/second";

fn integrator() -> Stage {
    let mut file = WorldFile::parse("demo", DEMO).unwrap();
    file.organizations[0].business = Some("mark".into());
    Stage::of(file)
}

impl Stage {
    async fn integrate(&self, action: &str, more: Value) -> Value {
        let mut request = json!({"Operator": self.operator(), "BusinessId": "mark"});
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.call(action, request).await
    }

    fn opening(&self) -> Value {
        json!({"PartnerOrganizationId": self.file.organizations[PARTNER].id,
               "ApplicationInfo": {"CallbackUrl": FIRST, "CallbackKey": "0123456789abcdef0123456789ABCDEF", "CallbackToken": "token"},
               "ProxyOrganizationInfo": {"OrganizationOpenId": "org_partner", "OperatorOpenId": "staff_partner"}})
    }

    /// Messages by where they were sent.
    fn sent(&self) -> Vec<(String, String)> {
        self.account().enter(EdgeTime::read(), |world, _, _| {
            let deliveries = world.callbacks.deliveries().map(|(_, one)| one);
            deliveries.map(|one| (one.address.url.clone(), one.message.kind.name().to_owned())).collect()
        })
    }
}

#[tokio::test]
async fn a_partner_opens_the_link_and_both_can_use_its_application() {
    let stage = integrator();
    let link = stage.integrate("CreatePartnerAuthorizationLink", stage.opening()).await;
    let url = link["Link"].as_str().unwrap().strip_prefix("http://mock").unwrap().to_owned();
    let stranger = stage.post(&url, &json!({"action": "confirm", "who": "13999999999"})).await;
    assert_ne!(stranger["done"], true, "{stranger}");
    let admin = &stage.file.organizations[PARTNER].employees[0];

    let opened = stage.post(&url, &json!({"action": "confirm", "who": admin.mobile})).await;

    assert_eq!(opened["done"], true, "{opened}");
    let app = stage.heard().pop().unwrap().1["ApplicationId"].as_str().unwrap().to_owned();
    insta::assert_json_snapshot!("opened", stage.heard());
    assert!(stage.sent().iter().all(|(url, _)| url == FIRST));
    let agent =
        json!({"AppId": app, "ProxyOrganizationOpenId": "org_partner", "ProxyOperator": {"OpenId": "staff_partner"}});
    let seals = stage.platform("ChannelDescribeOrganizationSeals", &agent, json!({})).await;
    assert_eq!(seals["Error"], Value::Null, "the integrator's key signs for it: {seals}");

    let elsewhere = json!({"PartnerApplicationId": app, "ApplicationInfo": {"CallbackUrl": SECOND}});
    let changed = stage.integrate("ModifyPartnerAuthorization", elsewhere).await;
    assert_eq!(changed["Error"], Value::Null, "{changed}");
    let before = stage.sent().len();
    let seal = stage
        .platform(
            "CreateSealByImage",
            &agent,
            json!({"SealName": "合同专用章", "GenerateSource": "SealGenerateSourceSystem", "SealType": "CONTRACT"}),
        )
        .await;
    assert!(seal["SealId"].is_string(), "{seal}");
    let since = stage.sent().split_off(before);
    assert!(!since.is_empty() && since.iter().all(|(url, _)| url == SECOND), "{since:?}");
}

#[tokio::test]
async fn an_application_of_the_same_partner_is_gone_on_with_and_never_taken_over() {
    let stage = integrator();
    let mut named = stage.opening();
    named["PartnerApplicationId"] = json!(stage.file.applications[0].id);
    let refused = stage.integrate("CreatePartnerAuthorizationLink", named).await;
    assert_eq!(
        refused["Error"]["Code"], "InvalidParameter",
        "a company's own application is nobody's to manage: {refused}"
    );

    let link = stage.integrate("CreatePartnerAuthorizationLink", stage.opening()).await;
    let url = link["Link"].as_str().unwrap().strip_prefix("http://mock").unwrap().to_owned();
    let admin = &stage.file.organizations[PARTNER].employees[0];
    stage.post(&url, &json!({"action": "confirm", "who": admin.mobile})).await;
    let app = stage.heard().pop().unwrap().1["ApplicationId"].clone();
    let mut again = stage.opening();
    again["PartnerApplicationId"] = app;
    let refused = stage.integrate("CreatePartnerAuthorizationLink", again).await;
    assert_eq!(refused["Error"]["Code"], "InvalidParameter", "it has its customer: {refused}");
}
