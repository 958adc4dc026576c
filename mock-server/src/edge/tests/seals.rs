//! A company's seals: made, looked at, given, switched, used; what its receivers hear, in order, and who may sign with what.

use std::time::Duration;

use serde_json::{Value, json};

use super::stage::Stage;
use crate::domain::onboarding::record::CompanyData;
use crate::domain::seal::{FOREVER, SealChange};
use crate::engine::clock::EdgeTime;
use crate::engine::deeds::Moment;
use crate::engine::settings::Switch;

/// The smallest PNG there is.
const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";
const DRAWN: &str = "SealGenerateSourceSystem";
/// The moment at which a stage stands still.
const NOW: i64 = 1_700_000_000;

impl Stage {
    async fn by_admin(&self, action: &str, more: Value) -> Value {
        let mut request = json!({"Operator": self.operator()});
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.call(action, request).await
    }

    /// Makes a seal for money, or what `more` says instead.
    async fn create_seal(&self, more: Value) -> Value {
        let mut new = json!({"SealName": "财务专用章", "SealType": "FINANCE"});
        new.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.by_admin("CreateSeal", new).await
    }

    async fn listed_seals(&self, more: Value) -> Vec<Value> {
        let listed = self.by_admin("DescribeOrganizationSeals", more).await;
        listed["Seals"].as_array().unwrap_or_else(|| panic!("{listed}")).clone()
    }

    fn review_seal(&self, seal: &str, reason: Option<&str>) {
        self.change(seal, |seal| seal.review(reason));
    }

    fn change(
        &self,
        id: &str,
        rule: impl FnOnce(&mut crate::domain::seal::Seal) -> Result<Vec<SealChange>, crate::domain::refusal::Refusal>,
    ) {
        self.account()
            .try_enter(EdgeTime::read(), |world, now, outbox| {
                let company = world.directory.seals.get(id).unwrap().organization.clone();
                world.change_seal(&company, id, None, (now, outbox), rule)
            })
            .unwrap();
    }

    fn clerk(&self) -> String {
        self.company().employees[1].id.clone()
    }

    /// A contract that the clerk signs with this seal.
    async fn for_clerk(&self, seal: &str) -> String {
        let clerk = &self.company().employees[1];
        let component = json!({"ComponentType": "SIGN_SEAL", "ComponentValue": seal, "FileIndex": 0, "ComponentPage": 1,
            "ComponentPosX": 60, "ComponentPosY": 600, "ComponentWidth": 100, "ComponentHeight": 100});
        let request = json!({
            "FlowName": "采购合同", "FileIds": [self.upload().await],
            "Approvers": [{"ApproverType": 0, "OrganizationName": self.company().name, "ApproverName": clerk.name,
                           "ApproverMobile": clerk.mobile, "SignComponents": [component]}],
        });
        let launched = self.by_admin("CreateFlowByFiles", request).await;
        launched["FlowId"].as_str().unwrap_or_else(|| panic!("{launched}")).to_owned()
    }

    fn sign(&self, flow: &str) -> Result<(), String> {
        let signed = self.account().try_enter(EdgeTime::read(), |world, now, outbox| {
            let flow = world.flows.get(flow).unwrap().clone();
            let due = flow.approvers.iter().find(|one| one.is_due()).expect("somebody is due");
            world.sign_flow(&flow.id, &due.recipient.clone(), now, outbox)
        });
        signed.map_err(|refusal| refusal.row().to_owned())
    }

    /// The page behind a QR code that was made last.
    async fn scanned(&self, answer: &Value) -> String {
        let is_png = answer["QrcodeBase64"].as_str().is_some_and(|text| text.starts_with("iVBOR"));
        assert!(is_png, "{answer}");
        let account = self.account();
        let token = account.enter(EdgeTime::read(), |world, _, _| world.links.iter().last().unwrap().token.clone());
        self.open(&format!("/s/{}/{token}", account.alias)).await.0
    }

    fn heard_of_seals(&self) -> Vec<(String, Value)> {
        self.heard().into_iter().filter(|(kind, _)| kind.contains("Seal")).collect()
    }
}

fn id(made: &Value) -> String {
    made["SealId"].as_str().unwrap_or_else(|| panic!("{made}")).to_owned()
}

#[tokio::test]
async fn every_message_about_a_companys_seal_comes_in_order() {
    let stage = Stage::new();
    stage.listen();
    let clerk = stage.clerk();
    let seal = id(&stage.create_seal(json!({"GenerateSource": DRAWN})).await);
    let users = json!({"SealId": seal, "Users": [{"UserId": clerk}], "Expired": 0});
    let granted = stage.by_admin("CreateSealPolicy", users.clone()).await;
    assert_eq!(granted["UserIds"], json!([clerk]));
    assert_eq!(stage.by_admin("CreateSealPolicy", users).await["UserIds"], json!([]), "nobody new is told of");
    stage.by_admin("DeleteSealPolicies", json!({"SealId": seal, "UserIds": [clerk]})).await;
    for act in [2, 1, 2] {
        let done = stage.by_admin("OperateSeals", json!({"Act": act, "SealIds": [seal]})).await;
        assert!(done.get("Error").is_none(), "{done}");
    }
    stage.account().try_enter(EdgeTime::read(), |world, now, outbox| world.delete_seal(&seal, now, outbox)).unwrap();
    for (name, reason) in [("扫描章", None), ("模糊章", Some("图片不清晰"))] {
        let made = stage.create_seal(json!({"SealName": name, "SealType": "OTHER", "Image": PNG})).await;
        assert_eq!(made["ImageUrl"], "", "a picture is known already: {made}");
        stage.review_seal(&id(&made), reason);
    }
    insta::assert_json_snapshot!(stage.heard_of_seals());
    let shown = stage.listed_seals(json!({"SealStatuses": ["FAIL"]})).await;
    assert_eq!((&shown[0]["SealName"], &shown[0]["FailReason"]), (&json!("模糊章"), &json!("图片不清晰")));
}

#[tokio::test]
async fn seals_are_found_by_kind_state_and_id_and_show_whose_they_are() {
    let stage = Stage::new();
    let own = json!({"SealName": "验收章", "SealType": "OTHER", "SubSealType": "验收", "SealDescription": "仓库用",
                     "GenerateSource": DRAWN, "SealSize": "40_30", "SealStyle": "ellipse"});
    let acceptance = id(&stage.create_seal(own).await);
    let finance = id(&stage.create_seal(json!({})).await);
    stage.by_admin("OperateSeals", json!({"Act": 2, "SealIds": [finance]})).await;
    let names =
        |seals: &[Value]| seals.iter().map(|one| one["SealName"].as_str().unwrap().to_owned()).collect::<Vec<_>>();

    let shown = stage.listed_seals(json!({"SealTypes": ["OTHER_验收"]})).await;
    assert_eq!(names(&shown), ["验收章"]);
    let of_kind = ["SealType", "SubSealType", "SubSealName", "RealWidth", "RealHeight", "SealDescription"];
    assert_eq!(
        of_kind.map(|field| &shown[0][field]),
        [&json!("OTHER"), &json!("OTHER_验收"), &json!("验收"), &json!(40), &json!(30), &json!("仓库用"),]
    );
    assert_eq!(names(&stage.listed_seals(json!({"SealStatuses": ["DISABLE"]})).await), ["已停用的章", "财务专用章"]);
    assert_eq!(names(&stage.listed_seals(json!({"SealId": acceptance, "SealStatuses": ["ALL"]})).await), ["验收章"]);
    let pages = [0, 1, 2].map(|page| json!({"SealStatuses": ["ALL"], "Limit": 1, "Offset": page}));
    let mut turned = Vec::new();
    for page in pages {
        turned.extend(names(&stage.listed_seals(page).await));
    }
    assert_eq!(
        turned,
        names(&stage.listed_seals(json!({"SealStatuses": ["ALL"], "Limit": 3})).await),
        "Offset counts pages"
    );
}

#[tokio::test]
async fn whoever_was_given_a_seal_sees_their_own_grant_until_it_ends() {
    let stage = Stage::new();
    let clerk = stage.clerk();
    let seal = id(&stage.create_seal(json!({})).await);
    let seen = async || {
        let request = json!({"Operator": {"UserId": clerk}, "SealId": seal, "InfoType": 1});
        stage.call("DescribeOrganizationSeals", request).await["Seals"][0].clone()
    };
    assert_eq!((&seen().await["SealPolicyId"], &seen().await["AuthorizedUsers"]), (&json!(""), &json!([])));
    let terms = json!({"SealId": seal, "Users": [{"UserId": clerk}], "Expired": NOW + 60, "Policy": "季度对账"});
    stage.by_admin("CreateSealPolicy", terms).await;
    let given = seen().await;
    assert_eq!((&given["IsAllTime"], &given["AuthorizedUsers"][0]["UserId"]), (&json!(false), &json!(clerk)));
    let policy = given["SealPolicyId"].clone();
    assert_ne!(policy, "");
    stage.pass(Duration::from_secs(60));
    assert_eq!(
        (&seen().await["SealPolicyId"], &seen().await["AuthorizedUsers"]),
        (&json!(""), &json!([])),
        "it is over"
    );
    let gone = stage.by_admin("DeleteSealPolicies", json!({"PolicyIds": [policy]})).await;
    assert_eq!(gone["Error"]["Code"], "ResourceNotFound", "there is nothing to take back: {gone}");

    stage.by_admin("CreateSealPolicy", json!({"SealId": seal, "Users": [{"UserId": clerk}], "Expired": 0})).await;
    let given = seen().await;
    assert_eq!(given["IsAllTime"], json!(true));
    let until = stage
        .account()
        .enter(EdgeTime::read(), |world, _, _| world.directory.seals.get(seal.as_str()).unwrap().grants[0].until);
    assert_eq!(until, FOREVER, "0 is the documented day");
    let taken = stage.by_admin("DeleteSealPolicies", json!({"PolicyIds": [given["SealPolicyId"]]})).await;
    assert!(taken.get("Error").is_none() && seen().await["AuthorizedUsers"] == json!([]), "{taken}");
}

#[tokio::test]
async fn contracts_ask_for_the_seal_when_they_are_signed() {
    let stage = Stage::new();
    let clerk = stage.clerk();
    let seal = id(&stage.create_seal(json!({})).await);
    let grant = async |expired: i64, flows: Value| {
        let mut wanted = json!({"SealId": seal, "Users": [{"UserId": clerk}], "Expired": expired});
        if !flows.is_null() {
            wanted["AuthorizationFlows"] = flows;
        }
        stage.by_admin("CreateSealPolicy", wanted).await["UserIds"].clone()
    };
    let flow = stage.for_clerk(&seal).await;
    assert_eq!(stage.sign(&flow), Err("SealNotGranted".to_owned()));
    grant(NOW + 60, Value::Null).await;
    stage.pass(Duration::from_secs(60));
    assert_eq!(stage.sign(&flow), Err("SealNotGranted".to_owned()), "the grant is over");

    stage.listen();
    let other = stage.for_clerk(&seal).await;
    assert_eq!(grant(0, json!({"FlowIds": [flow]})).await, json!([clerk]));
    assert_eq!(stage.sign(&other), Err("SealNotGranted".to_owned()), "it is for the one contract");
    stage.sign(&flow).unwrap();
    assert!(stage.heard_of_seals().is_empty(), "nobody hears of one contract's grant");
    let left = stage.account().enter(EdgeTime::read(), |world, _, _| {
        let seal = world.directory.seals.get(seal.as_str()).unwrap();
        seal.grants.iter().filter(|grant| !grant.is_general()).count()
    });
    assert_eq!(left, 0, "one contract's grant is used up");

    grant(0, Value::Null).await;
    stage.by_admin("OperateSeals", json!({"Act": 2, "SealIds": [seal]})).await;
    assert_eq!(stage.sign(&other), Err("SealNotUsable".to_owned()));
    stage.by_admin("OperateSeals", json!({"Act": 1, "SealIds": [seal]})).await;
    stage.sign(&other).unwrap();
}

#[tokio::test]
async fn a_seals_use_is_told_of_where_that_is_wanted() {
    let stage = Stage::new();
    let seal = id(&stage.create_seal(json!({})).await);
    stage
        .by_admin("CreateSealPolicy", json!({"SealId": seal, "Users": [{"UserId": stage.clerk()}], "Expired": 0}))
        .await;
    stage.account().enter(EdgeTime::read(), |world, _, _| world.settings.seal_use_callbacks = Switch::On);
    let flow = stage.for_clerk(&seal).await;
    stage.listen();
    stage.sign(&flow).unwrap();
    let heard = stage.heard();
    let kinds: Vec<&str> = heard.iter().map(|(kind, _)| kind.as_str()).collect();
    assert_eq!(kinds.last(), Some(&"SealUse"), "after what became of the contract: {kinds:?}");
    insta::assert_json_snapshot!(heard.last().unwrap().1);
}

#[tokio::test]
async fn a_legal_person_and_an_employee_bring_their_seals_by_qr_code() {
    let stage = Stage::new();
    let legal = stage.by_admin("CreateLegalSealQrCode", json!({})).await;
    let page = stage.scanned(&legal).await;
    assert_eq!(stage.post(&page, &json!({"action": "agree", "name": "典子谦"})).await, json!({"done": true}));
    let seal = stage.listed_seals(json!({"SealTypes": ["LEGAL_PERSON_SEAL"]})).await;
    assert_eq!((seal.len(), &seal[0]["SealStatus"]), (1, &json!("SUCCESS")));
    let again = stage.by_admin("CreateLegalSealQrCode", json!({})).await;
    assert_eq!(again["Error"]["Code"], "FailedOperation", "a company has one: {again}");

    stage.listen();
    let code = json!({"HintText": "请授权执业章", "UserData": "Zm9v"});
    let page = stage.scanned(&stage.by_admin("CreateEmployeeQualificationSealQrCode", code).await).await;
    let mobile = &stage.company().employees[1].mobile;
    assert_eq!(stage.post(&page, &json!({"action": "agree", "mobile": mobile})).await, json!({"done": true}));
    let lent = stage.listed_seals(json!({"SealTypes": ["EMPLOYEE_QUALIFICATION_SEAL"], "SealStatuses": ["ALL"]})).await;
    assert_eq!(lent[0]["SealStatus"], "CHECKING-SADM");
    stage.review_seal(lent[0]["SealId"].as_str().unwrap(), None);
    insta::assert_json_snapshot!(stage.heard_of_seals());
}

#[tokio::test]
async fn a_seal_may_be_drawn_oval_and_is_seen_before_it_is_made() {
    let stage = Stage::new();
    let wanted = json!({"SealStyle": "ellipse", "SealSize": "45_30", "GenerateSource": DRAWN});
    let mut looked = wanted.clone();
    looked["Options"] = json!([{"Key": "CreateSealPreview", "Value": "true"}]);
    let seen = stage.create_seal(looked).await;
    assert_eq!(seen["SealId"], "");
    let made = stage.create_seal(wanted).await;
    for (url, head) in [
        (&seen["ImageUrl"], b"\x89PNG".as_slice()),
        (&seen["PreviewFileUrl"], b"\xff\xd8"),
        (&seen["PreviewPdfUrl"], b"%PDF"),
        (&made["ImageUrl"], b"\x89PNG"),
    ] {
        let (_, shown) = stage.open(url.as_str().unwrap_or_else(|| panic!("{seen} {made}"))).await;
        assert!(shown.body.starts_with(head), "{url}");
    }
    let (_, picture) = stage.open(made["ImageUrl"].as_str().unwrap()).await;
    let side = |at: usize| u32::from_be_bytes(picture.body[at..at + 4].try_into().unwrap());
    assert_eq!((side(16), side(20)), (500, 333), "45 by 30");
    stage.pass(Duration::from_secs(24 * 60 * 60));
    stage.open(made["ImageUrl"].as_str().unwrap()).await.1.says(410, &[]);
}

#[tokio::test]
async fn a_picture_uploaded_before_becomes_a_seal() {
    let stage = Stage::new();
    let file = json!({"FileName": "章.png", "FileBody": PNG});
    let uploaded = stage.call("UploadFiles", json!({"BusinessType": "SEAL", "FileInfos": [file]})).await;
    let made = stage.create_seal(json!({"FileToken": uploaded["FileIds"][0], "SealSize": "10_100"})).await;
    let shown = stage.listed_seals(json!({"SealId": id(&made), "SealStatuses": ["CHECKING"]})).await;
    assert_eq!((&shown[0]["RealWidth"], &shown[0]["RealHeight"]), (&json!(10), &json!(100)));
}

#[tokio::test]
async fn who_takes_over_gets_the_seals_of_who_left() {
    let stage = Stage::new();
    stage.listen();
    let (admin, clerk) = (stage.company().employees[0].id.clone(), stage.clerk());
    let seal = id(&stage.create_seal(json!({})).await);
    stage
        .by_admin("CreateSealPolicy", json!({"SealId": seal, "Users": [{"UserId": clerk}], "Expired": NOW + 60}))
        .await;
    let (leaver, heir) = (clerk.as_str().into(), admin.as_str().into());
    stage
        .account()
        .try_enter(EdgeTime::read(), |world, now, outbox| world.depart(&leaver, Some(&heir), None, now, outbox))
        .unwrap();

    let shown = stage.listed_seals(json!({"SealId": seal, "InfoType": 1})).await[0].clone();
    assert_eq!(shown["AuthorizedUsers"], json!([{"UserId": admin}]));
    assert_eq!(shown["IsAllTime"], json!(false), "on the same terms");
    let heard = stage.heard();
    let told: Vec<_> = heard
        .iter()
        .filter(|(_, data)| data["SealId"] == seal.as_str() || data.get("SealId").is_none())
        .map(|(kind, data)| format!("{kind} {}", data["Operate"].as_str().unwrap_or_default()))
        .collect();
    assert_eq!(
        told,
        [
            "OperateSeal Create",
            "OperateSeal Enable",
            "OperateSeal Valid",
            "OperateSeal Invalid",
            "OperateSeal Valid",
            "QuiteJob "
        ],
        "{heard:?}"
    );
}

#[tokio::test]
async fn a_company_with_a_new_name_has_its_official_and_contract_seals_made_anew() {
    let stage = Stage::new();
    let finance = id(&stage.create_seal(json!({})).await);
    let before = stage.listed_seals(json!({"SealStatuses": ["ALL"], "InfoType": 1})).await;
    stage.listen();
    let renamed = CompanyData { name: "改名示例企业".into(), ..CompanyData::default() };
    let company = stage.company().id.as_str().into();
    stage
        .account()
        .try_enter(EdgeTime::read(), |world, now, outbox| {
            world.change_company(&company, &renamed, Moment { application: None, now }, outbox)
        })
        .unwrap();

    let after = stage.listed_seals(json!({"SealStatuses": ["ALL"], "InfoType": 1})).await;
    let find = |seals: &[Value], name: &str| seals.iter().find(|one| one["SealName"] == name).unwrap().clone();
    for name in ["公章", "合同专用章", "已停用的章"] {
        let (old, new) = (find(&before, name), find(&after, name));
        assert_ne!(old["SealId"], new["SealId"], "{name}");
        for kept in ["SealType", "SealStatus", "AuthorizedUsers"] {
            assert_eq!(old[kept], new[kept], "{name} {kept}");
        }
    }
    assert_eq!(find(&after, "财务专用章")["SealId"], finance.as_str(), "others stay");
    let operations: Vec<_> = stage.heard_of_seals().into_iter().map(|(_, data)| data["Operate"].clone()).collect();
    let renewed = ["Delete", "Create", "Enable"];
    assert_eq!(operations, [&renewed[..], &renewed, &renewed[..2]].concat(), "one that is off is not switched on");
}
