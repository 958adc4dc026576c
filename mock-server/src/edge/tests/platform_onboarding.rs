//! A company becomes a platform's customer: from its name to its first contract.

use std::time::Duration;

use ess_client::callback::Generation;
use serde_json::{Value, json};

use super::stage::{Stage, sample_body};
use crate::domain::time::DAY;
use crate::engine::clock::EdgeTime;
use crate::engine::samples::address;

const APP: &str = "yDemoUUckpf86i37Ui9GNYNncJjk3vNn";
const SECOND_APP: &str = "yDemoUUckpmrzmjddUpQcOQuaqZHAMia";

fn agent(operator: &str) -> Value {
    json!({"AppId": APP, "ProxyOrganizationOpenId": "org_new", "ProxyOperator": {"OpenId": operator}})
}

/// What makes the way in for the new company's administrator.
fn login() -> Value {
    json!({"ProxyOrganizationName": "新客户有限公司", "ProxyOperatorName": "黎明", "ProxyOperatorMobile": "13912340001"})
}

impl Stage {
    /// From now on somebody listens to the application.
    fn listen_to(&self, application: &str) {
        let mut address = address();
        address.organization = self.company().id.as_str().into();
        address.application = Some(application.into());
        address.generation = Generation::Partner;
        self.account().enter(EdgeTime::read(), |world, _, _| world.callbacks.add_address(address));
    }

    /// The way into the console, as it is handed out.
    async fn way_in(&self, agent: &Value, parameters: Value) -> String {
        let answer = self.platform("CreateConsoleLoginUrl", agent, parameters).await;
        let url = answer["ConsoleUrl"].as_str().unwrap_or_else(|| panic!("no way in: {answer}"));
        url.strip_prefix("http://mock").unwrap().to_owned()
    }

    async fn how_far(&self) -> Value {
        let wanted = json!({"OrganizationOpenId": "org_new", "Limit": 20});
        let app = json!({"AppId": APP});
        self.platform("DescribeChannelOrganizations", &app, wanted).await["ChannelOrganizationInfos"][0].clone()
    }

    /// Grants, hands in and proves the company as its legal person.
    async fn become_customer(&self) {
        let synced = json!({"ProxyOrganizationName": "新客户有限公司", "UniformSocialCreditCode": "91440300MA00000099",
                            "ProxyLegalName": "黎明", "ProxyAddress": "广东省深圳市南山区海天二路33号"});
        let told = self.platform("SyncProxyOrganization", &agent(""), synced).await;
        assert_eq!(told.get("Error"), None, "{told}");
        let url = self.way_in(&agent("admin_new"), login()).await;
        for action in ["grant", "submit", "legal_person", "agree"] {
            self.go_on(&url, action).await;
        }
        let open = self.look(&url).await;
        assert_eq!(open["step"], "open", "{open}");
    }
}

#[tokio::test]
async fn from_a_name_to_the_first_contract() {
    let stage = Stage::new();
    stage.listen_to(APP);
    stage.become_customer().await;
    let mut answers = vec![stage.how_far().await];

    let colleague =
        json!([{"Id": "clerk_new", "Name": "白杨", "Mobile": "13912340002", "DefaultRole": "channel-normal-operator"}]);
    let import = json!({"OperatorType": "CREATE", "ProxyOrganizationOperators": colleague});
    answers.push(stage.platform("SyncProxyOrganizationOperators", &agent("admin_new"), import).await);
    let url = stage.way_in(&agent("clerk_new"), json!({"ProxyOrganizationName": "新客户有限公司"})).await;
    stage.go_on(&url, "prove").await;

    let own = json!({"SubOrganizationOpenIds": ["org_new"]});
    let before = stage.launch_as(&agent("clerk_new")).await;
    assert_eq!(before["Error"]["Code"], "OperationDenied", "without a licence nothing is launched: {before}");
    answers.push(stage.platform("CreateChannelSubOrganizationActive", &agent("admin_new"), own).await);
    answers.push(stage.how_far().await);
    let launched = stage.launch_as(&agent("clerk_new")).await;
    assert!(launched["FlowId"].is_string(), "{launched}");
    // An employee signs for the company with its seal once an administrator lets them.
    let seals = stage.platform("ChannelDescribeOrganizationSeals", &agent("admin_new"), json!({})).await;
    let grant = json!({"SealId": seals["Seals"][0]["SealId"], "UserIds": ["clerk_new"]});
    stage.platform("ChannelCreateSealPolicy", &agent("admin_new"), grant).await;
    stage.sign_next(launched["FlowId"].as_str().unwrap());

    answers.push(json!(stage.heard_kinds()));
    insta::assert_json_snapshot!(answers);
}

impl Stage {
    /// Launches a contract that the new customer signs itself.
    async fn launch_as(&self, agent: &Value) -> Value {
        let file = json!({"FileName": "合同", "FileBody": sample_body()});
        let uploaded = json!({"BusinessType": "DOCUMENT", "FileInfos": [file]});
        let uploaded = self.platform("UploadFiles", agent, uploaded).await;
        let seal = json!({"ComponentType": "SIGN_SEAL", "FileIndex": 0, "ComponentPage": 1, "ComponentPosX": 60,
                          "ComponentPosY": 600, "ComponentWidth": 100, "ComponentHeight": 100});
        let signer = json!({"ApproverType": "ORGANIZATION", "OrganizationOpenId": "org_new",
                            "OpenId": agent["ProxyOperator"]["OpenId"], "SignComponents": [seal]});
        let new = json!({"FlowName": "第一份合同", "FileIds": uploaded["FileIds"], "FlowApprovers": [signer]});
        self.platform("ChannelCreateFlowByFiles", agent, new).await
    }
}

#[tokio::test]
async fn what_a_platform_hears_when_a_letter_is_turned_down_and_another_passes() {
    let stage = Stage::new();
    stage.listen_to(APP);
    let url = stage.way_in(&agent("admin_new"), login()).await;
    stage.go_on(&url, "grant").await;
    let handed_in = json!({"action": "submit", "credit_code": "91440300MA00000099", "legal_name": "黎明"});
    stage.post(&url, &handed_in).await;
    stage.go_on(&url, "letter").await;
    stage.judge(crate::domain::onboarding::progress::Verdict::Refused("照片不清晰".into()));

    let id = stage.authorization();
    let app = json!({"AppId": APP});
    let again = json!({"AuthorizationId": id, "Endpoint": "PC"});
    let again = stage.platform("CreateModifyAdminAuthorizationUrl", &app, again).await;
    let again = again["Url"].as_str().unwrap().strip_prefix("http://mock").unwrap().to_owned();
    stage.pass(DAY * 3650);
    stage.go_on(&again, "letter").await;
    stage.judge(crate::domain::onboarding::progress::Verdict::Passed);
    insta::assert_json_snapshot!(stage.heard());
}

impl Stage {
    fn judge(&self, verdict: crate::domain::onboarding::progress::Verdict) {
        use crate::domain::customer::CustomerKey;
        use crate::domain::onboarding::certification::Step;
        let key = CustomerKey { application: APP.into(), customer: "org_new".into() };
        self.account()
            .try_enter(EdgeTime::read(), |world, now, outbox| {
                world.certify(&key, Step::JudgeLetter(verdict), now, outbox)
            })
            .unwrap();
    }

    fn authorization(&self) -> String {
        self.account().enter(EdgeTime::read(), |world, _, _| {
            let application = world.directory.applications.get(APP).unwrap();
            let customer = application.customers().get("org_new").unwrap();
            customer.certification.record.as_ref().unwrap().id.to_string()
        })
    }
}

#[tokio::test]
async fn whoever_comes_back_as_another_begins_anew_and_records_can_be_wiped() {
    let stage = Stage::new();
    stage.listen_to(APP);
    for operator in ["admin_new", "other_new"] {
        let url = stage.way_in(&agent(operator), login()).await;
        if operator == "admin_new" {
            stage.go_on(&url, "grant").await;
        }
        assert_eq!(stage.how_far().await["AuthorizationStatus"], "UNVERIFIED", "nothing of the former attempt is left");
        let handed_in = json!({"action": "submit", "credit_code": "91440300MA00000099", "legal_name": "黎明"});
        stage.post(&url, &handed_in).await;
        assert_eq!(stage.how_far().await["AuthorizationStatus"], "VERIFYING");
    }
    let app = json!({"AppId": APP});
    let by_name = json!({"AdminName": "黎明", "AdminMobile": "13912340001"});
    let deleted = stage.platform("DeleteOrganizationAuthorizations", &app, by_name.clone()).await;
    assert_eq!(
        (&deleted["Status"], &deleted["DeleteOrganizationAuthorizationInfos"][0]["OrganizationOpenId"]),
        (&json!(1), &json!("org_new"))
    );
    let far = stage.how_far().await;
    assert_eq!(
        (&far["AuthorizationStatus"], &far["HasSubmittedAuthInfo"], &far["UnifiedSocialCreditCode"]),
        (&json!("UNVERIFIED"), &json!(false), &json!("")),
        "what is wiped is wiped"
    );
    let nothing = stage.platform("DeleteOrganizationAuthorizations", &app, by_name).await;
    assert_eq!(nothing["Error"]["Code"], "OperationDenied", "{nothing}");
    let kinds = stage.heard_kinds();
    let of_records = kinds.iter().filter(|kind| *kind == "OrganizationAuthorization").count();
    assert_eq!(of_records, 4, "begun, wiped, begun, wiped: {kinds:?}");
}

#[tokio::test]
async fn a_legal_entity_keeps_its_id_in_every_application_and_is_one_customer_of_each() {
    let stage = Stage::new();
    stage.become_customer().await;
    let known = stage.how_far().await["OrganizationId"].clone();

    let elsewhere = json!({"AppId": SECOND_APP, "ProxyOrganizationOpenId": "org_there", "ProxyOperator": {"OpenId": "admin_there"}});
    let url = stage.way_in(&elsewhere, login()).await;
    stage.go_on(&url, "grant").await;
    let handed_in = json!({"action": "submit", "credit_code": "91440300MA00000099", "legal_name": "黎明"});
    stage.post(&url, &handed_in).await;
    for action in ["legal_person_authorizes", "agree"] {
        stage.go_on(&url, action).await;
    }
    let wanted = json!({"OrganizationOpenId": "org_there", "Limit": 1});
    let there = stage.platform("DescribeChannelOrganizations", &json!({"AppId": SECOND_APP}), wanted).await;
    let there = &there["ChannelOrganizationInfos"][0];
    assert_eq!((&there["AuthorizationStatus"], &there["OrganizationId"]), (&json!("VERIFIED"), &known), "{there}");
    assert_eq!(there["AdminOpenId"], "admin_there", "one person under two names");

    let twin = json!({"AppId": APP, "ProxyOrganizationOpenId": "org_twin", "ProxyOperator": {"OpenId": "admin_twin"}});
    let url = stage.way_in(&twin, login()).await;
    stage.go_on(&url, "grant").await;
    let refused = stage.post(&url, &handed_in).await;
    let message = refused["message"].as_str().unwrap_or_default();
    assert!(message.contains("此企业已经完成认证，请联系此企业的超级管理员（黎*）加入该企业"), "{refused}");
}

#[tokio::test]
async fn the_way_in_opens_once_and_lives_five_minutes_at_a_desk() {
    let stage = Stage::new();
    stage.become_customer().await;
    let name = || json!({"ProxyOrganizationName": "新客户有限公司"});
    let url = stage.way_in(&agent("admin_new"), name()).await;
    assert_eq!(stage.look(&url).await["step"], "open");
    assert_eq!(stage.look(&url).await["error"], "already_opened");
    let url = stage.way_in(&agent("admin_new"), name()).await;
    stage.pass(Duration::from_secs(300));
    assert_eq!(stage.look(&url).await["error"], "link_expired");
    let mini = json!({"ProxyOrganizationName": "新客户有限公司", "Endpoint": "SHORT_H5"});
    let url = stage.way_in(&agent("admin_new"), mini).await;
    stage.pass(DAY * 29);
    stage.open(&url).await.1.says(200, &["新客户有限公司", "欢迎进入控制台"]);
}

#[tokio::test]
async fn the_pages_say_what_is_missing() {
    let stage = Stage::new();
    let url = stage.way_in(&agent("admin_new"), json!({"ProxyOrganizationName": "新客户有限公司"})).await;
    stage.open(&url).await.1.says(200, &["新客户有限公司", "同意授权"]);
    stage.submit(&url, "action=grant").await.says(200, &["统一社会信用代码", "下一步"]);
    for (form, error) in [
        ("action=submit", "identity_unfit"),
        ("action=submit&name=a%26%26%26&mobile=13912340001", "identity_unfit"),
        ("action=submit&name=%E9%BB%8E%E6%98%8E&mobile=1", "identity_unfit"),
    ] {
        let body: serde_json::Map<String, Value> = form
            .split('&')
            .map(|pair| pair.split_once('=').unwrap())
            .map(|(name, value)| {
                (name.to_owned(), json!(percent_encoding::percent_decode_str(value).decode_utf8_lossy()))
            })
            .collect();
        assert_eq!(stage.post(&url, &Value::Object(body)).await["error"], error, "{form}");
    }
    let without = json!({"action": "submit", "name": "黎明", "mobile": "13912340001"});
    assert_eq!(stage.post(&url, &without).await["error"], "field_empty");
    assert_eq!(stage.post(&url, &json!({"action": "prove"})).await["error"], "already_done", "it is not offered yet");
}

#[tokio::test]
async fn people_are_taken_in_changed_and_let_go_one_by_one() {
    let stage = Stage::new();
    stage.become_customer().await;
    stage.listen_to(APP);
    let sync = |kind: &str, people: Value| {
        let parameters = json!({"OperatorType": kind, "ProxyOrganizationOperators": people});
        let stage = &stage;
        async move { stage.platform("SyncProxyOrganizationOperators", &agent("admin_new"), parameters).await }
    };
    let clerk = json!({"Id": "clerk_new", "Name": "白杨", "Mobile": "13912340002"});
    let mut answers = Vec::new();
    answers.push(sync("CREATE", json!([clerk, {"Id": "admin_new"}])).await);
    answers.push(sync("CREATE", json!([{"Id": "n9527"}])).await);
    answers.push(sync("UPDATE", json!([{"Id": "clerk_new", "Name": "白桦"}, {"Id": "nobody"}])).await);
    let url = stage.way_in(&agent("clerk_new"), json!({"ProxyOrganizationName": "新客户有限公司"})).await;
    stage.go_on(&url, "prove").await;
    answers.push(sync("UPDATE", json!([clerk])).await);
    answers.push(sync("RESIGN", json!([{"Id": "clerk_new"}, {"Id": "admin_new"}])).await);
    answers.push(sync("RESIGN", json!([{"Id": "clerk_new"}])).await);
    answers.push(sync("CREATE", json!([clerk])).await);
    answers.push(json!(stage.heard()));
    insta::assert_json_snapshot!(answers);
}
