//! A customer's seals: made, looked at, given, asked for, switched off; what the platform hears, and who may sign with what.

use serde_json::{Value, json};

use super::platform::{agent, first};
use super::stage::Stage;
use crate::domain::ids::SealId;
use crate::engine::clock::EdgeTime;

/// The smallest PNG there is.
const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

fn admin() -> Value {
    agent("org_downloads_off", "downloads_off_admin")
}

impl Stage {
    async fn make_seal(&self, more: Value) -> Value {
        let mut new = json!({"SealName": "财务专用章", "SealType": "FINANCE"});
        new.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.platform("CreateSealByImage", &admin(), new).await
    }

    async fn seal_names(&self, statuses: Value) -> Vec<String> {
        let listed =
            self.platform("ChannelDescribeOrganizationSeals", &admin(), json!({"SealStatuses": statuses})).await;
        let seals = listed["Seals"].as_array().unwrap_or_else(|| panic!("{listed}"));
        seals
            .iter()
            .map(|seal| format!("{} {}", seal["SealName"].as_str().unwrap(), seal["SealStatus"].as_str().unwrap()))
            .collect()
    }

    fn seal_of(&self, flow: &str) -> Option<SealId> {
        self.account().enter(EdgeTime::read(), |world, _, _| {
            world.flows.get(flow).unwrap().approvers[0].signature.as_ref().and_then(|signature| signature.seal.clone())
        })
    }

    fn try_sign(&self, flow: &str) -> Result<(), String> {
        let signed = self.account().try_enter(EdgeTime::read(), |world, now, outbox| {
            let flow = world.flows.get(flow).unwrap().clone();
            let due = flow.approvers.iter().find(|one| one.is_due()).expect("somebody is due");
            world.sign_flow(&flow.id, &due.recipient.clone(), now, outbox)
        });
        signed.map_err(|refusal| refusal.row().to_owned())
    }
}

#[tokio::test]
async fn every_message_about_a_seal_comes_in_the_platforms_words_and_in_order() {
    let stage = Stage::new();
    stage.listen_as_platform();
    let drawn = stage.make_seal(json!({"GenerateSource": "SealGenerateSourceSystem"})).await;
    let id = drawn["SealId"].clone();
    let clerk = json!({"SealId": id, "UserIds": ["downloads_off_clerk"]});
    let granted = stage.platform("ChannelCreateSealPolicy", &admin(), clerk.clone()).await;
    assert_eq!(granted["UserIds"], json!(["downloads_off_clerk"]));
    let again = stage.platform("ChannelCreateSealPolicy", &admin(), clerk.clone()).await;
    assert_eq!(again["UserIds"], json!([]), "who may use it already is not told of again");
    stage.platform("ChannelDeleteSealPolicies", &admin(), clerk).await;
    stage.platform("ChannelUpdateSealStatus", &admin(), json!({"SealId": id, "Status": "DISABLE"})).await;
    let seal = id.as_str().unwrap().to_owned();
    stage.account().try_enter(EdgeTime::read(), |world, now, outbox| world.delete_seal(&seal, now, outbox)).unwrap();

    for (name, reason) in [("扫描章", None), ("模糊章", Some("图片不清晰"))] {
        let made = stage.make_seal(json!({"SealName": name, "SealType": "OTHER", "SealImage": PNG})).await;
        assert_eq!(made["ImageUrl"], "", "a picture is known already: {made}");
        let id = made["SealId"].as_str().unwrap().to_owned();
        stage
            .account()
            .try_enter(EdgeTime::read(), |world, now, outbox| {
                let company = world.directory.seals.get(id.as_str()).unwrap().organization.clone();
                world.change_seal(&company, &id, None, (now, outbox), |seal| seal.review(reason))
            })
            .unwrap();
    }

    assert_eq!(stage.seal_names(json!(["ALL"])).await, ["公章 SUCCESS", "扫描章 SUCCESS", "模糊章 FAIL"]);
    assert_eq!(stage.seal_names(json!([])).await, ["公章 SUCCESS", "扫描章 SUCCESS"]);
    insta::assert_json_snapshot!(stage.heard());
}

#[tokio::test]
async fn a_seal_is_a_picture_that_can_be_fetched_and_so_is_one_that_is_not_made() {
    let stage = Stage::new();
    let made = stage.make_seal(json!({"GenerateSource": "SealGenerateSourceSystem"})).await;
    let preview = json!({"GenerateSource": "SealGenerateSourceSystem", "SealName": "预览章",
                         "Options": [{"Key": "CreateSealPreview", "Value": "true"}]});
    let seen = stage.make_seal(preview).await;
    assert_eq!(seen["SealId"], "");
    let urls = [&made["ImageUrl"], &seen["ImageUrl"], &seen["PreviewFileUrl"], &seen["PreviewPdfUrl"]];
    let heads: [&[u8]; 4] = [b"\x89PNG", b"\x89PNG", b"\xff\xd8", b"%PDF"];
    for (url, head) in urls.into_iter().zip(heads) {
        let (_, shown) = stage.open(url.as_str().unwrap_or_else(|| panic!("{made} {seen}"))).await;
        assert!(shown.body.starts_with(head), "{url} {}", shown.text());
    }
    assert_eq!(stage.seal_names(json!(["ALL"])).await, ["公章 SUCCESS", "财务专用章 SUCCESS"], "nothing else was made");
}

#[tokio::test]
async fn nobody_signs_with_a_seal_that_is_off_or_that_they_were_not_given() {
    let stage = Stage::new();
    let clerk = agent("org_downloads_off", "downloads_off_clerk");
    let official = stage.platform("ChannelDescribeOrganizationSeals", &admin(), json!({"InfoType": 1})).await;
    let official = official["Seals"][0].clone();
    assert_eq!(official["AuthorizedUsers"], json!([{"OpenId": "downloads_off_clerk"}]));
    let revoked = json!({"SealId": official["SealId"], "UserIds": ["downloads_off_clerk"]});
    stage.platform("ChannelDeleteSealPolicies", &admin(), revoked).await;
    let flow = stage.launch_for(&clerk).await;
    assert_eq!(stage.try_sign(&flow), Err("SealNotGranted".to_owned()));

    // The clerk asks; an administrator agrees behind the link the platform is told of.
    stage.listen_as_platform();
    let request = stage.account().try_enter(EdgeTime::read(), |world, now, outbox| {
        let flow = world.flows.get(flow.as_str()).unwrap().clone();
        world.apply_for_seal(&flow, &flow.approvers[0].recipient, now, outbox)
    });
    let asked = json!({"WorkflowInstanceId": request.unwrap().id});
    let url = stage.platform("DescribeChannelSealPolicyWorkflowUrl", &admin(), asked.clone()).await;
    let refused = stage.platform("DescribeChannelSealPolicyWorkflowUrl", &clerk, asked).await;
    assert_eq!(refused["Error"]["Code"], "InvalidParameter.ParamError", "who asks does not decide: {refused}");
    let (page, shown) = stage.open(url["WorkflowUrl"].as_str().unwrap_or_else(|| panic!("{url}"))).await;
    shown.says(200, &["用印审批", "采购合同", "褚经办"]);
    assert_eq!(stage.post(&page, &json!({"action": "agree"})).await, json!({"done": true}));
    assert_eq!(stage.post(&page, &json!({"action": "agree"})).await["error"], "already_done");
    stage.try_sign(&flow).unwrap();
    assert_eq!(stage.seal_of(&flow).unwrap().as_str(), official["SealId"]);
    let told: Vec<Value> =
        stage.heard().into_iter().filter(|(kind, _)| kind == "SealPolicyWorkflow").map(|(_, data)| data).collect();
    let statuses: Vec<&Value> = told.iter().map(|one| &one["WorkflowStatus"]).collect();
    assert_eq!(statuses, [&json!("PROCESSING"), &json!("PASS")]);

    let other = stage.launch_for(&clerk).await;
    assert_eq!(stage.try_sign(&other), Err("SealNotGranted".to_owned()), "it was for the one contract");
    let of_admin = stage.launch_for(&admin()).await;
    stage
        .platform("ChannelUpdateSealStatus", &admin(), json!({"SealId": official["SealId"], "Status": "DISABLE"}))
        .await;
    assert_eq!(stage.try_sign(&of_admin), Err("SealNotUsable".to_owned()), "not even an administrator does");
}

#[tokio::test]
async fn a_legal_persons_seal_and_an_employees_come_by_qr_codes() {
    let stage = Stage::new();
    let code = stage.platform("CreateLegalSealQrCode", &admin(), json!({})).await;
    assert!(code["QrcodeBase64"].as_str().is_some_and(|text| text.starts_with("iVBOR")), "{code}");
    let lent = json!({"HintText": "请授权执业章", "UserData": "b3du"});
    stage.platform("CreateEmployeeQualificationSealQrCode", &admin(), lent).await;
    let tokens: Vec<String> = stage
        .account()
        .enter(EdgeTime::read(), |world, _, _| world.links.iter().map(|link| link.token.clone()).collect());
    let alias = stage.account().alias.clone();
    let mut pages = Vec::new();
    for token in tokens {
        pages.push(stage.open(&format!("/s/{alias}/{token}")).await.0);
    }
    stage.listen_as_platform();
    assert_eq!(stage.post(&pages[0], &json!({"action": "agree", "name": "陈法人"})).await, json!({"done": true}));
    let again = stage.platform("CreateLegalSealQrCode", &admin(), json!({})).await;
    assert_eq!(again["Error"]["Code"], "OperationDenied", "there is one: {again}");
    let nobody = stage.post(&pages[1], &json!({"action": "agree", "mobile": "13900009999"})).await;
    assert_eq!(nobody["error"], "no_colleague");
    stage.post(&pages[1], &json!({"action": "agree", "mobile": "13800000042"})).await;
    assert_eq!(
        stage.seal_names(json!(["ALL"])).await,
        ["公章 SUCCESS", "陈法人的法定代表人章 SUCCESS", "褚经办的执业章 CHECKING-SADM"]
    );
    stage
        .account()
        .try_enter(EdgeTime::read(), |world, now, outbox| {
            let seal = world.directory.seals.iter().last().unwrap().clone();
            world.change_seal(&seal.organization, seal.id.as_str(), None, (now, outbox), |seal| seal.review(None))
        })
        .unwrap();
    let kinds = stage.heard_kinds();
    assert_eq!(
        kinds,
        ["OperateSeal", "OperateSeal", "OperateSeal", "AuditSealAuth", "OperateSeal", "EmployeeSealAuth"]
    );
}

#[tokio::test]
async fn seals_of_a_company_are_nothing_to_another() {
    let stage = Stage::new();
    let id = stage.make_seal(json!({"GenerateSource": "SealGenerateSourceSystem"})).await["SealId"].clone();
    let foreign = stage.platform("ChannelUpdateSealStatus", &first(), json!({"SealId": id, "Status": "DISABLE"})).await;
    assert_eq!(foreign["Error"]["Code"], "FailedOperation", "{foreign}");
    let grant = json!({"SealId": id, "UserIds": ["n9527"]});
    let foreign = stage.platform("ChannelCreateSealPolicy", &first(), grant).await;
    assert_eq!(foreign["Error"]["Code"], "ResourceNotFound", "{foreign}");
}
