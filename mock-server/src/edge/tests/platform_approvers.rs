//! Signers of contracts a platform launched for its customers: picked up, named, joined, handed on, reminded, approved, made by a
//! scan. The application's own address hears of it in the platform's ids, and nobody else does.

use ess_client::callback::Generation;
use serde_json::{Value, json};

use super::platform::agent_of;
use super::stage::Stage;
use crate::callbacks::address::Address;
use crate::coverage::cases::WORLD;
use crate::domain::qr_code::Scanner;
use crate::engine::clock::EdgeTime;
use crate::engine::samples::address;
use crate::engine::world_file::WorldFile;

/// The world of the refusals, whose ids say what they stand for, with listeners: the application, another one of the same platform,
/// the platform and the customer themselves.
fn world_of_customers() -> Stage {
    let stage = Stage::of(WorldFile::parse("fixtures/worlds/refusals.yaml", WORLD).unwrap());
    for (organization, application) in
        [("own", Some("app")), ("own", Some("closed-app")), ("own", None), ("customer", None)]
    {
        let generation = if application.is_some() { Generation::Partner } else { Generation::Company };
        let address = Address {
            id: application.unwrap_or(organization).into(),
            organization: organization.into(),
            application: application.map(Into::into),
            generation,
            ..address()
        };
        stage.account().enter(EdgeTime::read(), |world, _, _| world.callbacks.add_address(address));
    }
    stage
}

fn first() -> Value {
    agent_of("app", "org_first", "staff_operator")
}

impl Stage {
    /// Calls an action for the first customer, which succeeds.
    async fn for_first(&self, action: &str, parameters: Value) -> Value {
        let answer = self.platform(action, &first(), parameters).await;
        assert_eq!(answer.get("Error"), None, "{action}");
        answer
    }

    /// What the application heard of these kinds; nobody else heard anything.
    fn application_heard(&self, kinds: &[&str]) -> Vec<(String, Value)> {
        let told: Vec<String> = self.account().enter(EdgeTime::read(), |world, _, _| {
            world.callbacks.deliveries().map(|(_, one)| one.address.id.clone()).collect()
        });
        assert!(told.iter().all(|address| address == "app"), "{told:?}");
        self.heard().into_iter().filter(|(kind, _)| kinds.contains(&kind.as_str())).collect()
    }
}

#[tokio::test]
async fn what_waits_for_the_customer_is_picked_up_and_handed_on_in_open_ids() {
    let stage = world_of_customers();
    stage.for_first("ChannelCreateBoundFlows", json!({"FlowIds": ["customers-unclaimed"]})).await;
    let again = stage.platform("ChannelCreateBoundFlows", &first(), json!({"FlowIds": ["customers-unclaimed"]})).await;
    assert_eq!(again["Error"]["Code"], "FailedOperation.HasAuthorized", "{again}");
    let tasks = json!([{"FlowId": "customers-with-slots", "RecipientId": "customers-companys-slot"},
                       {"FlowId": "customers-elsewhere", "RecipientId": "customers-companys-slot"},
                       {"FlowId": "customers-signed", "RecipientId": "nobody"}]);
    let forwarded = json!({"TargetOpenId": "staff_colleague", "FlowForwardInfos": tasks});
    let answer = stage.for_first("CreateFlowForwards", forwarded).await;
    insta::assert_json_snapshot!([answer, json!(stage.application_heard(&["ReceiveFlow", "ForwardFLow"]))]);
}

#[tokio::test]
async fn half_a_list_of_contracts_is_not_picked_up() {
    let stage = world_of_customers();
    let flows = json!({"FlowIds": ["customers-unclaimed", "customers-cancelled"]});
    let refused = stage.platform("ChannelCreateBoundFlows", &first(), flows).await;
    assert_eq!(refused["Error"]["Message"], "此签署流程状态无法领取", "{refused}");
    stage.for_first("ChannelCreateBoundFlows", json!({"FlowIds": ["customers-unclaimed"]})).await;
}

#[tokio::test]
async fn each_signer_is_reminded_once_a_contract() {
    let stage = world_of_customers();
    let wanted = json!({"FlowIds": ["customers-running", "customers-signed", "nobody"]});
    let once = stage.for_first("ChannelCreateFlowReminds", wanted.clone()).await;
    let twice = stage.for_first("ChannelCreateFlowReminds", wanted).await;
    insta::assert_json_snapshot!([once, twice]);
}

#[tokio::test]
async fn a_dynamic_slot_is_named_once_and_signers_join_together_or_not_at_all() {
    let stage = world_of_customers();
    let named = json!({"FlowId": "customers-open-slot", "FillApproverType": 1,
                       "Approvers": [{"RecipientId": "customers-slot", "ApproverName": "金小签", "ApproverMobile": "13810000001"}]});
    let mut answers = vec![stage.for_first("ChannelCreateFlowApprovers", named.clone()).await];
    answers.push(stage.for_first("ChannelCreateFlowApprovers", named).await);
    let seal = json!([{"ComponentType": "SIGN_SEAL", "FileIndex": 0, "ComponentPage": 1, "ComponentPosX": 60,
                       "ComponentPosY": 600, "ComponentWidth": 100, "ComponentHeight": 100}]);
    let machine =
        json!({"ApproverType": "ENTERPRISESERVER", "OrganizationOpenId": "org_first", "SignComponents": seal});
    let employee = json!({"ApproverType": "ORGANIZATION", "OrganizationOpenId": "org_second", "OpenId": "staff_second",
                          "SignComponents": seal});
    let join = |flow: &str, signers: Value| json!({"FlowId": flow, "FlowApprovers": signers});
    let half = json!({"FillDynamicFlowList": [join("customers-open-ended", json!([employee])),
                                              join("customers-running", json!([employee]))]});
    let refused = stage.platform("ChannelCreateDynamicFlowApprover", &first(), half).await;
    assert_eq!(refused["Error"]["Code"], "OperationDenied", "{refused}");
    let all = json!({"FillDynamicFlowList": [join("customers-open-ended", json!([employee, machine]))]});
    answers.push(stage.for_first("ChannelCreateDynamicFlowApprover", all).await);
    let details = stage.for_first("DescribeFlowDetailInfo", json!({"FlowIds": ["customers-open-ended"]})).await;
    answers.push(details["FlowInfo"][0]["FlowApproverInfos"].clone());
    insta::assert_json_snapshot!(answers);
}

#[tokio::test]
async fn an_approval_opens_the_way_to_sign_or_ends_the_contract() {
    let stage = world_of_customers();
    let passed = json!({"FlowId": "customers-reviewed", "ReviewType": "PASS"});
    stage.for_first("ChannelCreateFlowSignReview", passed).await;
    stage.sign_next("customers-reviewed");
    let signer = json!({"ApproverType": "ORGANIZATION", "ApproverName": "何青山", "ApproverMobile": "13110000001",
                        "OrganizationName": "青山子客有限公司"});
    let ended = json!({"FlowGroupId": "customers-reviewed-group", "ReviewType": "SIGN_REJECT", "ReviewMessage": "不合规",
                       "ApproverInfo": signer});
    stage.for_first("CreateFlowGroupSignReview", ended).await;
    let told = stage.application_heard(&["FlowStatusChange"]);
    let told: Vec<_> =
        told.iter().map(|(_, data)| (&data["FlowId"], &data["FlowStatus"], &data["FlowMessage"])).collect();
    insta::assert_json_snapshot!(told);
}

#[tokio::test]
async fn a_scan_is_told_to_the_application_until_the_code_is_withdrawn() {
    let stage = world_of_customers();
    let wanted = json!({"TemplateId": "customers-persons-template", "FlowName": "承诺书", "MaxFlowNum": 2});
    let made = stage.for_first("ChannelCreateMultiFlowSignQRCode", wanted).await;
    let id = made["QrCode"]["QrCodeId"].as_str().unwrap().to_owned();
    let scanner = Scanner { name: "金小签".into(), mobile: "13810000001".into(), ..Scanner::default() };
    let scanned = stage
        .account()
        .try_enter(EdgeTime::read(), |world, now, outbox| world.scan(&id.as_str().into(), scanner, now, outbox));
    let flow = scanned.unwrap();
    let details = stage.for_first("DescribeFlowDetailInfo", json!({"FlowIds": [flow]})).await;
    assert_eq!(details["FlowInfo"][0]["FlowName"], "承诺书", "it is the customer's, in this application: {details}");
    stage.for_first("ChannelCancelMultiFlowSignQRCode", json!({"QrCodeId": id})).await;
    let again = stage.platform("ChannelCancelMultiFlowSignQRCode", &first(), json!({"QrCodeId": id})).await;
    assert_eq!(again["Error"]["Code"], "OperationDenied.QrInvalid", "{again}");
    insta::assert_json_snapshot!([made, json!(stage.application_heard(&["MultiFlowSignQrCodeCost", "BillingUse"]))]);
}
