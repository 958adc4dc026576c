//! A company's services, its partners' machines and persons' machines: contracts are signed by machine only while they are allowed to be.

use std::time::Duration;

use serde_json::{Value, json};

use super::stage::Stage;
use crate::domain::auto_sign::LICENCE;
use crate::engine::world_file::{DEMO, WorldFile};

const SCENE: &str = "OTHER";
const MOBILE: &str = "13911110000";
const TURN: Duration = Duration::from_secs(30);

fn person() -> Value {
    json!({"Name": "小明", "IdCardType": "ID_CARD", "IdCardNumber": "110101199003070054"})
}

impl Stage {
    async fn administer(&self, action: &str, more: Value) -> Value {
        let mut request = json!({"Operator": self.operator()});
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.call(action, request).await
    }

    async fn of_machine(&self, action: &str) -> Value {
        self.administer(action, json!({"SceneKey": SCENE, "UserInfo": person()})).await
    }

    /// Launches what these sign; answers the contract, or why not.
    async fn launch_by(&self, approvers: Value) -> Value {
        let new = json!({"FlowName": "合同", "FileIds": [self.upload().await], "Approvers": approvers, "AutoSignScene": SCENE});
        self.administer("CreateFlowByFiles", new).await
    }

    async fn launch_persons(&self) -> Value {
        let machine = json!({"ApproverType": 7, "ApproverName": "小明", "ApproverMobile": MOBILE,
                             "SignComponents": [component("SIGN_SIGNATURE", "")]});
        self.launch_by(json!([machine])).await
    }

    async fn launch_companys(&self, company: &str, seal: &str) -> Value {
        let machine =
            json!({"ApproverType": 3, "OrganizationName": company, "SignComponents": [component("SIGN_SEAL", seal)]});
        self.launch_by(json!([machine])).await
    }

    /// Its status once every machine had its turn.
    async fn settled(&self, launched: &Value) -> i64 {
        self.pass(TURN);
        let flows = json!({"FlowIds": [launched["FlowId"].as_str().unwrap_or_else(|| panic!("{launched}"))]});
        self.administer("DescribeFlowInfo", flows).await["FlowDetailInfos"][0]["FlowStatus"].as_i64().unwrap()
    }

    async fn agree(&self, url: &Value, answer: Value) {
        let (page, shown) = self.open(url.as_str().unwrap_or_else(|| panic!("{url}"))).await;
        assert_eq!(shown.status, 200, "{}", shown.text());
        assert_eq!(self.post(&page, &answer).await, json!({"done": true}));
    }

    fn told_of(&self, kinds: &[&str]) -> Vec<(String, Value)> {
        self.heard().into_iter().filter(|(kind, _)| kinds.iter().any(|wanted| kind.contains(wanted))).collect()
    }
}

fn component(kind: &str, value: &str) -> Value {
    json!({"ComponentType": kind, "ComponentValue": value, "FileIndex": 0, "ComponentPage": 1, "ComponentPosX": 60,
           "ComponentPosY": 600, "ComponentWidth": 100, "ComponentHeight": 100})
}

fn code(answer: &Value) -> &str {
    answer["Error"]["Code"].as_str().unwrap_or_else(|| panic!("not refused: {answer}"))
}

#[tokio::test]
async fn a_machine_signs_for_a_person_from_their_consent_to_its_end() {
    let stage = Stage::new();
    stage.listen();
    assert_eq!(code(&stage.launch_persons().await), "OperationDenied.PersonNoOpenServerSign");
    let ask = json!({"SceneKey": SCENE, "AutoSignConfig": {"UserInfo": person(), "SealImgCallback": true},
                     "UrlType": "H5SIGN", "EndPoint": "HTTP", "UserData": "b3du"});
    let asked = stage.administer("CreateUserAutoSignEnableUrl", ask).await;
    assert_eq!(stage.of_machine("DescribeUserAutoSignStatus").await["IsOpen"], false, "the link alone opens nothing");
    assert_eq!(code(&stage.of_machine("DescribePersonCertificate").await), "OperationDenied");
    stage.agree(&asked["Url"], json!({"action": "agree", "mobile": MOBILE})).await;
    let open = stage.of_machine("DescribeUserAutoSignStatus").await;
    assert_eq!((&open["IsOpen"], &open["LicenseType"]), (&json!(true), &json!(1)), "no licence is bound: {open}");
    assert_eq!(
        code(&stage.of_machine("CancelUserAutoSignEnableUrl").await),
        "FailedOperation.UserAutoSignEnableAlready"
    );
    assert!(
        stage.of_machine("DescribePersonCertificate").await["Cert"].as_str().is_some_and(|der| der.starts_with("MI"))
    );

    let link = stage.of_machine("CreateUserAutoSignSealUrl").await;
    stage.agree(&link["Url"], json!({"action": "agree"})).await;
    assert_ne!(stage.of_machine("DescribeUserAutoSignStatus").await["SealId"], open["SealId"], "they drew another");
    assert_eq!(stage.settled(&stage.launch_persons().await).await, 4);

    let waiting = stage.launch_persons().await;
    assert!(stage.of_machine("DisableUserAutoSign").await.get("Error").is_none());
    assert_eq!(stage.settled(&waiting).await, 1, "it was ended before the machine came to it");
    assert_eq!(code(&stage.launch_persons().await), "OperationDenied.PersonNoOpenServerSign");
    assert_eq!(code(&stage.of_machine("RenewAutoSignLicense").await), "OperationDenied");

    let mut told = stage.told_of(&["AutoSign"]);
    for (_, data) in told.iter_mut().filter(|(kind, _)| kind == "AutoSignSealImg") {
        let picture = data["SealImgBase64"].take();
        assert!(picture.as_str().is_some_and(|text| text.starts_with("iVBOR")), "the picture was asked for");
    }
    insta::assert_json_snapshot!((asked, told));
}

#[tokio::test]
async fn a_link_that_is_taken_back_opens_nothing() {
    let stage = Stage::new();
    stage.listen();
    let none = stage.of_machine("CancelUserAutoSignEnableUrl").await;
    assert_eq!(code(&none), "FailedOperation.UserAutoSignEnableUrlNotExist");
    let ask = json!({"SceneKey": SCENE, "AutoSignConfig": {"UserInfo": person()}, "UserData": "b3du"});
    let asked = stage.administer("CreateUserAutoSignEnableUrl", ask).await;
    assert!(["AppId", "AppOriginalId", "Path", "QrCode"].iter().all(|field| asked[field] != ""), "{asked}");
    stage.of_machine("CancelUserAutoSignEnableUrl").await;
    let (page, _) = stage.open(asked["Url"].as_str().unwrap()).await;
    let refused = stage.post(&page, &json!({"action": "agree", "mobile": MOBILE})).await;
    assert_eq!(refused["error"], "PersonAutoSignLinkUnknown", "{refused}");
    insta::assert_json_snapshot!(stage.told_of(&["AutoSign"]));
}

/// The demo world, whose first company has a person's machine with a licence, as companies have from before.
fn licensed() -> Stage {
    let mut file = WorldFile::parse("demo", DEMO).unwrap();
    let (company, operator) = (&file.organizations[0].id, &file.organizations[0].employees[0].id);
    let row = json!({"organization": company, "operator": operator, "scene": SCENE, "name": "小明",
                     "card": "110101199003070054", "mobile": MOBILE});
    file.auto_signs.push(serde_json::from_value(row).unwrap());
    Stage::of(file)
}

#[tokio::test]
async fn a_licence_ends_and_is_made_longer_once() {
    let stage = licensed();
    let open = stage.of_machine("DescribeUserAutoSignStatus").await;
    let year = i64::try_from(LICENCE.as_secs()).unwrap();
    assert_eq!(open["LicenseTo"].as_i64().unwrap() - open["LicenseFrom"].as_i64().unwrap(), year);
    let renewed = stage.of_machine("RenewAutoSignLicense").await;
    assert_eq!(renewed["LicenseTo"].as_i64().unwrap(), open["LicenseTo"].as_i64().unwrap() + year);
    assert_eq!(code(&stage.of_machine("RenewAutoSignLicense").await), "FailedOperation.LicenseNoQuota");
    assert_eq!(stage.settled(&stage.launch_persons().await).await, 4);
    stage.pass(2 * LICENCE);
    assert_eq!(stage.of_machine("DescribeUserAutoSignStatus").await["IsOpen"], false);
    assert_eq!(code(&stage.launch_persons().await), "OperationDenied.PersonNoOpenServerSign");
}

#[tokio::test]
async fn a_companys_machine_seals_while_the_service_is_on_and_for_whom_it_was_let_to() {
    let stage = Stage::new();
    stage.listen();
    let (company, seal) = (stage.company().name.clone(), stage.company().seals[0].id.clone());
    let operator = stage.operator()["UserId"].clone();
    let grant = json!({"ExtendServiceType": "OPEN_SERVER_SIGN", "UserIds": [operator]});
    assert_eq!(stage.settled(&stage.launch_companys(&company, &seal).await).await, 4);

    let waiting = stage.launch_companys(&company, &seal).await;
    stage.administer("DeleteExtendedServiceAuthInfos", grant.clone()).await;
    assert_eq!(stage.settled(&waiting).await, 1, "its operator may not use the machine any more");
    let refused = stage.launch_companys(&company, &seal).await;
    assert_eq!(code(&refused), "OperationDenied.NoPermissionUseServerSignSeal");
    stage.administer("CreateExtendedServiceAuthInfos", grant).await;

    let waiting = stage.launch_companys(&company, &seal).await;
    let closed = json!({"ServiceType": "OPEN_SERVER_SIGN", "Operate": "CLOSE"});
    assert_eq!(stage.administer("ModifyExtendedService", closed).await["OperateUrl"], "", "closed at once");
    assert_eq!(stage.settled(&waiting).await, 1);
    assert_eq!(code(&stage.launch_companys(&company, &seal).await), "OperationDenied.NoOpenServerSign");

    let opened = json!({"ServiceType": "OPEN_SERVER_SIGN", "Operate": "OPEN"});
    let opened = stage.administer("ModifyExtendedService", opened).await;
    assert_eq!(
        code(&stage.launch_companys(&company, &seal).await),
        "OperationDenied.NoOpenServerSign",
        "nobody signed"
    );
    stage.agree(&opened["OperateUrl"], json!({"action": "agree"})).await;
    assert_eq!(stage.settled(&stage.launch_companys(&company, &seal).await).await, 4);
    let listed = stage.administer("DescribeExtendedServiceAuthInfos", json!({})).await;
    insta::assert_json_snapshot!((opened, listed, stage.told_of(&["ExtendedService"])));
}

#[tokio::test]
async fn a_partners_machine_seals_from_its_consent_and_with_the_seals_it_named() {
    let mut stage = Stage::new();
    stage.acting = 1;
    stage.listen();
    stage.acting = 0;
    let partner = stage.file.organizations[1].clone();
    let seal = partner.seals[0].id.clone();
    assert_eq!(code(&stage.launch_companys(&partner.name, &seal).await), "OperationDenied.NoOpenServerSign");
    let wanted = json!({"AuthorizedOrganizationName": partner.name, "AuthToMe": true, "SealTypes": ["OFFICIAL"]});
    let asked = stage.administer("CreatePartnerAutoSignAuthUrl", wanted.clone()).await;
    assert_eq!(code(&stage.administer("CreatePartnerAutoSignAuthUrl", wanted).await), "FailedOperation", "it waits");
    assert_eq!(code(&stage.launch_companys(&partner.name, &seal).await), "OperationDenied.NoOpenServerSign");
    stage.agree(&asked["Url"], json!({"action": "agree"})).await;
    assert_eq!(stage.settled(&stage.launch_companys(&partner.name, &seal).await).await, 4);
    let waiting = stage.launch_companys(&partner.name, &seal).await;

    let signer = json!({"ApproverType": 1, "ApproverName": "张三", "ApproverMobile": "18888888888",
                        "SignComponents": [component("SIGN_SIGNATURE", "")]});
    let open_ended = json!({"FlowName": "合同", "FileIds": [stage.upload().await], "Approvers": [signer],
                            "OpenDynamicSignFlow": true});
    let open_ended = stage.administer("CreateFlowByFiles", open_ended).await;
    let machine = json!({"ApproverType": 3, "OrganizationName": partner.name,
                         "SignComponents": [component("SIGN_SEAL", &seal)]});
    let joining = json!({"FlowId": open_ended["FlowId"], "Approvers": [machine]});
    let refused = stage.administer("CreateDynamicFlowApprover", joining).await;
    assert_eq!(code(&refused), "OperationDenied.NoOpenServerSign", "no partner's machine joins later");

    let asking = stage.company().id.clone();
    stage.acting = 1;
    let detail = json!({"ExtendServiceType": "OPEN_SERVER_SIGN"});
    let detail = stage.administer("DescribeExtendedServiceAuthDetail", detail).await;
    let other = json!({"ExtendServiceType": "OPEN_SERVER_SIGN", "PartnerOrganizationName": "别家"});
    let other = stage.administer("DescribeExtendedServiceAuthDetail", other).await;
    assert_eq!(other["AuthInfoDetail"]["AuthOrganizationTotal"], 0, "the grant is another's");
    let changed = json!({"AuthorizedOrganizationId": asking, "SealTypes": ["CONTRACT"]});
    let changed = stage.administer("ModifyPartnerAutoSignAuthUrl", changed).await;
    stage.agree(&changed["Url"], json!({"action": "agree"})).await;
    stage.acting = 0;
    assert_eq!(stage.settled(&waiting).await, 1, "the partner lets this seal be used no more");
    let refused = stage.launch_companys(&partner.name, &seal).await;
    assert_eq!(code(&refused), "OperationDenied.NoPermissionUseServerSignSeal");
    insta::assert_json_snapshot!((detail, stage.told_of(&["PartnerServerSign", "ExtendedService"])));
}

#[tokio::test]
async fn what_a_company_opens_holds_for_what_it_launches() {
    let stage = Stage::new();
    let switch = |service: &'static str, operate: &'static str| {
        stage.administer("ModifyExtendedService", json!({"ServiceType": service, "Operate": operate}))
    };
    let (company, seal) = (stage.company().name.clone(), stage.company().seals[0].id.clone());
    let machine =
        json!({"ApproverType": 3, "OrganizationName": company, "SignComponents": [component("SIGN_SEAL", &seal)]});
    let mut address = component("TEXT", "");
    address["ComponentId"] = json!("address");
    let filler = json!({"ApproverType": 1, "ApproverName": "张三", "ApproverMobile": "18888888888",
                        "SignComponents": [component("SIGN_SIGNATURE", "")], "Components": [address]});
    let both = json!([filler, machine]);
    assert_eq!(code(&stage.launch_by(both.clone()).await), "OperationDenied.ServerSignNoAllowComponent");
    switch("AUTO_SIGN_CAN_FILL_IN", "OPEN").await;
    assert!(stage.launch_by(both).await["FlowId"].is_string(), "others fill in before the machine signs");

    let notices = || stage.account().enter(crate::engine::clock::EdgeTime::read(), |world, _, _| world.notices.len());
    let signer = || {
        json!([{"ApproverType": 1, "ApproverName": "张三", "ApproverMobile": "18888888888",
                            "SignComponents": [component("SIGN_SIGNATURE", "")]}])
    };
    let before = notices();
    stage.launch_by(signer()).await;
    assert_eq!(notices(), before + 1, "whose turn it is hears by SMS");
    switch("ORGANIZATION_FLOW_NOTIFY_TYPE", "CLOSE").await;
    stage.launch_by(signer()).await;
    assert_eq!(notices(), before + 1);

    switch("FLOW_APPROVAL", "OPEN").await;
    let launched = stage.launch_by(signer()).await;
    assert_eq!(stage.settled(&launched).await, 0, "it is looked at before it starts");
    let review = json!({"FlowId": launched["FlowId"], "OperateType": "CreateReview", "ReviewType": "PASS"});
    stage.administer("CreateFlowSignReview", review).await;
    assert_eq!(stage.settled(&launched).await, 1);
}

#[tokio::test]
async fn people_a_service_is_for_sign_while_it_is_on() {
    let mut file = WorldFile::parse("demo", DEMO).unwrap();
    for (mobile, unfit) in [("13100000051", "abroad"), ("13100000052", "age_of_wider_range")] {
        let row = json!({"mobile": mobile, "name": "林远来", "unfit": unfit});
        file.people.push(serde_json::from_value(row).unwrap());
    }
    let stage = Stage::of(file);
    let launch = |mobile: &'static str| {
        stage.launch_by(json!([{"ApproverType": 1, "ApproverName": "林远来", "ApproverMobile": mobile,
                                "SignComponents": [component("SIGN_SIGNATURE", "")]}]))
    };
    let switch = |service: &'static str, operate: &'static str| {
        stage.administer("ModifyExtendedService", json!({"ServiceType": service, "Operate": operate}))
    };
    assert_eq!(code(&launch("13100000051").await), "OperationDenied.OverSeaForbid");
    switch("OVERSEA_SIGN", "OPEN").await;
    assert!(launch("13100000051").await["FlowId"].is_string());
    assert!(launch("13100000052").await["FlowId"].is_string(), "a wider range of ages is given to all");
    switch("AGE_LIMIT_EXPANSION", "CLOSE").await;
    assert_eq!(code(&launch("13100000052").await), "OperationDenied.InvalidApproverAge");
}

#[tokio::test]
async fn who_leaves_uses_no_service_any_more() {
    let stage = Stage::new();
    let clerk = stage.company().employees[1].id.clone();
    let users = || async {
        let asked = json!({"ExtendServiceType": "BATCH_SIGN"});
        let answer = stage.administer("DescribeExtendedServiceAuthInfos", asked).await;
        answer["AuthInfoList"][0]["HasAuthUserList"].as_array().unwrap().len()
    };
    let grant = json!({"ExtendServiceType": "BATCH_SIGN", "UserIds": [clerk, clerk]});
    stage.administer("CreateExtendedServiceAuthInfos", grant).await;
    assert_eq!(users().await, 1, "let twice is let");
    let left = stage.account().try_enter(crate::engine::clock::EdgeTime::read(), |world, now, outbox| {
        world.depart(&clerk.as_str().into(), None, None, now, outbox)
    });
    left.unwrap();
    assert_eq!(users().await, 0);
}
