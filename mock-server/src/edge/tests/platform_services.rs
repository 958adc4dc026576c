//! Services of a platform's customers, partners whose contracts are sealed, persons for whom a machine signs.

use std::time::Duration;

use serde_json::{Value, json};

use super::platform::{agent, first};
use super::stage::{Stage, sample_body};
use crate::domain::auto_sign::LICENCE;
use crate::domain::time::DAY;

const SCENE: &str = "E_PRESCRIPTION_AUTO_SIGN";
const MOBILE: &str = "13911110000";

fn person() -> Value {
    json!({"Name": "小明", "IdCardType": "ID_CARD", "IdCardNumber": "110101199003070054"})
}

fn keeps_downloads() -> Value {
    agent("org_downloads_off", "downloads_off_admin")
}

impl Stage {
    async fn of_person(&self, action: &str) -> Value {
        let request = json!({"SceneKey": SCENE, "UserInfo": person(), "Operator": {"OpenId": ""}});
        self.platform(action, &first(), request).await
    }

    async fn ask_person(&self) -> Value {
        let config = json!({"UserInfo": person(), "SealImgCallback": true});
        let request = json!({"SceneKey": SCENE, "AutoSignConfig": config, "UrlType": "H5SIGN", "EndPoint": "HTTP",
                             "UserData": "b3du"});
        self.platform("ChannelCreateUserAutoSignEnableUrl", &first(), request).await
    }

    /// Launches a contract a machine signs for the person.
    async fn launch_machine(&self) -> Value {
        let file = json!({"FileName": "处方", "FileBody": sample_body()});
        let upload = json!({"BusinessType": "DOCUMENT", "FileInfos": [file]});
        let file = self.platform("UploadFiles", &first(), upload).await["FileIds"][0].clone();
        let component = json!({"ComponentType": "SIGN_SIGNATURE", "FileIndex": 0, "ComponentPage": 1, "ComponentPosX": 60,
                               "ComponentPosY": 600, "ComponentWidth": 100, "ComponentHeight": 50});
        let machine = json!({"ApproverType": "PERSON_AUTO_SIGN", "Name": "小明", "Mobile": MOBILE, "SignComponents": [component]});
        let new = json!({"FlowName": "处方", "FileIds": [file], "FlowApprovers": [machine], "AutoSignScene": SCENE});
        self.platform("ChannelCreateFlowByFiles", &first(), new).await
    }
}

#[tokio::test]
async fn a_machine_signs_for_a_person_from_their_consent_to_its_end() {
    let stage = Stage::new();
    stage.listen_as_platform();
    let early = stage.launch_machine().await;
    assert_eq!(early["Error"]["Code"], "OperationDenied.PersonNoOpenServerSign", "{early}");
    let asked = stage.ask_person().await;
    assert_eq!(
        stage.of_person("ChannelDescribeUserAutoSignStatus").await["IsOpen"],
        false,
        "the link alone opens nothing"
    );
    let (page, shown) = stage.open(asked["Url"].as_str().unwrap_or_else(|| panic!("{asked}"))).await;
    shown.says(200, &["开通个人自动签", "小明"]);
    assert_eq!(stage.post(&page, &json!({"action": "agree"})).await["error"], "identity_unfit");
    assert_eq!(stage.post(&page, &json!({"action": "agree", "mobile": MOBILE})).await, json!({"done": true}));
    let open = stage.of_person("ChannelDescribeUserAutoSignStatus").await;
    assert_eq!((&open["IsOpen"], &open["LicenseType"]), (&json!(true), &json!(0)), "{open}");

    let flow = stage.launch_machine().await;
    stage.pass(Duration::from_secs(30));
    let seen = stage.platform("DescribeFlowDetailInfo", &first(), json!({"FlowIds": [flow["FlowId"]]})).await;
    assert_eq!(seen["FlowInfo"][0]["FlowStatus"], "ALL", "{flow} {seen}");

    let waiting = stage.launch_machine().await;
    assert!(stage.of_person("ChannelDisableUserAutoSign").await.get("Error").is_none());
    stage.pass(Duration::from_secs(30));
    let seen = stage.platform("DescribeFlowDetailInfo", &first(), json!({"FlowIds": [waiting["FlowId"]]})).await;
    assert_eq!(seen["FlowInfo"][0]["FlowStatus"], "INIT", "it was ended before the machine came to it: {seen}");
    assert_eq!(stage.launch_machine().await["Error"]["Code"], "OperationDenied.PersonNoOpenServerSign");

    let mut told: Vec<(String, Value)> =
        stage.heard().into_iter().filter(|(kind, _)| kind.contains("AutoSign")).collect();
    let picture = told[1].1["SealImgBase64"].take();
    assert!(picture.as_str().is_some_and(|text| text.starts_with("iVBOR")), "the picture was asked for");
    insta::assert_json_snapshot!(told);
}

#[tokio::test]
async fn a_licence_ends_and_is_made_longer_once() {
    let stage = Stage::new();
    let asked = stage.ask_person().await;
    let (page, _) = stage.open(asked["Url"].as_str().unwrap()).await;
    stage.post(&page, &json!({"action": "agree", "mobile": MOBILE})).await;
    let open = stage.of_person("ChannelDescribeUserAutoSignStatus").await;
    let year = i64::try_from(LICENCE.as_secs()).unwrap();
    assert_eq!(open["LicenseTo"].as_i64().unwrap() - open["LicenseFrom"].as_i64().unwrap(), year);
    let renewed = stage.of_person("ChannelRenewAutoSignLicense").await;
    assert_eq!(renewed["LicenseTo"].as_i64().unwrap(), open["LicenseTo"].as_i64().unwrap() + year);
    let again = stage.of_person("ChannelRenewAutoSignLicense").await;
    assert_eq!(again["Error"]["Code"], "FailedOperation.LicenseNoQuota");
    stage.pass(2 * LICENCE + DAY);
    assert_eq!(stage.of_person("ChannelDescribeUserAutoSignStatus").await["IsOpen"], false);
}

#[tokio::test]
async fn a_link_is_taken_back_and_a_prepared_seal_is_what_the_machine_signs_with() {
    let stage = Stage::new();
    let none = stage.of_person("ChannelCancelUserAutoSignEnableUrl").await;
    assert_eq!(none["Error"]["Code"], "FailedOperation.UserAutoSignEnableUrlNotExist");
    let asked = stage.ask_person().await;
    stage.of_person("ChannelCancelUserAutoSignEnableUrl").await;
    let (page, _) = stage.open(asked["Url"].as_str().unwrap()).await;
    let refused = stage.post(&page, &json!({"action": "agree", "mobile": MOBILE})).await;
    assert_eq!(refused["error"], "PersonAutoSignLinkUnknown", "{refused}");

    let seal = json!({"UserName": "小明", "IdCardNumber": "110101199003070054", "SealName": "小明的章"});
    let prepared = stage.platform("ChannelCreatePreparedPersonalEsign", &first(), seal.clone()).await;
    let twice = stage.platform("ChannelCreatePreparedPersonalEsign", &first(), seal).await;
    assert_eq!(twice["Error"]["Code"], "FailedOperation", "{twice}");
    let asked = stage.ask_person().await;
    let (page, _) = stage.open(asked["Url"].as_str().unwrap()).await;
    stage.post(&page, &json!({"action": "agree", "mobile": MOBILE})).await;
    let open = stage.of_person("ChannelDescribeUserAutoSignStatus").await;
    assert_eq!(open["SealId"], prepared["SealId"]);

    let known = json!({"UserName": "小明", "IdCardType": "ID_CARD", "IdCardNumber": "110101199003070054"});
    let image = stage.platform("CreatePersonAuthCertificateImage", &first(), known.clone()).await;
    let (_, shown) = stage.open(image["AuthCertUrl"].as_str().unwrap_or_else(|| panic!("{image}"))).await;
    assert!(shown.body.starts_with(b"\xff\xd8"), "{}", shown.text());
    let next = stage.platform("CreatePersonAuthCertificateImage", &first(), known).await;
    assert_ne!(image["ImageCertId"], next["ImageCertId"], "each picture has an id of its own");
    assert_eq!(image["SerialNumber"], next["SerialNumber"], "of one certificate");
}

#[tokio::test]
async fn downloads_open_by_a_signature_and_close_at_once() {
    let stage = Stage::new();
    stage.listen_as_platform();
    let customer = keeps_downloads();
    let flow = stage.launch_for(&customer).await;
    stage.pass(Duration::from_secs(10));
    let urls = || stage.platform("DescribeResourceUrlsByFlows", &customer, json!({"FlowIds": [flow]}));
    let switch = |operate: &str| {
        stage.platform("ModifyExtendedService", &customer, json!({"ServiceType": "DOWNLOAD_FLOW", "Operate": operate}))
    };
    assert_eq!(urls().await["Error"]["Code"], "UnauthorizedOperation.UnauthorizedOperationDownload");
    let opened = switch("OPEN").await;
    assert_eq!(urls().await["Error"]["Code"], "UnauthorizedOperation.UnauthorizedOperationDownload", "nobody signed");
    let (page, shown) = stage.open(opened["OperateUrl"].as_str().unwrap_or_else(|| panic!("{opened}"))).await;
    shown.says(200, &["下载企业合同/文件"]);
    stage.post(&page, &json!({"action": "agree"})).await;
    assert_eq!(urls().await["ErrorMessages"], json!([""]));
    assert_eq!(switch("CLOSE").await["OperateUrl"], "");
    assert_eq!(urls().await["Error"]["Code"], "UnauthorizedOperation.UnauthorizedOperationDownload");
    let listed = stage.platform("DescribeExtendedServiceAuthInfo", &customer, json!({})).await;
    let told: Vec<_> = stage.heard().into_iter().filter(|(kind, _)| kind == "OperateExtendedService").collect();
    insta::assert_json_snapshot!((listed, told));
}

#[tokio::test]
async fn a_partners_machine_seals_once_it_has_granted_that() {
    let stage = Stage::new();
    stage.listen_as_platform();
    let (granting, asking) = (keeps_downloads(), first());
    let official =
        stage.platform("ChannelDescribeOrganizationSeals", &granting, json!({})).await["Seals"][0]["SealId"].clone();
    let name = stage
        .file
        .organizations
        .iter()
        .find(|one| one.employees.iter().any(|one| one.name == "陈自持"))
        .unwrap()
        .name
        .clone();
    let launch = || async {
        let file = json!({"FileName": "合同", "FileBody": sample_body()});
        let upload = json!({"BusinessType": "DOCUMENT", "FileInfos": [file]});
        let file = stage.platform("UploadFiles", &asking, upload).await["FileIds"][0].clone();
        let component = json!({"ComponentType": "SIGN_SEAL", "ComponentValue": official, "FileIndex": 0, "ComponentPage": 1,
                               "ComponentPosX": 60, "ComponentPosY": 600, "ComponentWidth": 100, "ComponentHeight": 100});
        let machine =
            json!({"ApproverType": "ENTERPRISESERVER", "OrganizationName": name, "SignComponents": [component]});
        let new = json!({"FlowName": "合同", "FileIds": [file], "FlowApprovers": [machine]});
        stage.platform("ChannelCreateFlowByFiles", &asking, new).await
    };
    let early = launch().await;
    assert_eq!(early["Error"]["Code"], "OperationDenied.ByFilesServerSignForbid", "{early}");
    let opened = json!({"ServiceType": "AUTO_SIGN", "Operate": "OPEN"});
    let opened = stage.platform("ModifyExtendedService", &granting, opened).await;
    let (page, _) = stage.open(opened["OperateUrl"].as_str().unwrap_or_else(|| panic!("{opened}"))).await;
    stage.post(&page, &json!({"action": "agree"})).await;
    assert!(launch().await.get("Error").is_some(), "the machine is on, for its own company");

    let wanted = json!({"AuthorizedOrganizationNames": [name], "AuthToMe": true, "SealTypes": ["OFFICIAL"]});
    let asked = stage.platform("CreatePartnerAutoSignAuthUrl", &asking, wanted.clone()).await;
    let twice = stage.platform("CreatePartnerAutoSignAuthUrl", &asking, wanted).await;
    assert_eq!(twice["Error"]["Code"], "OperationDenied", "it waits to be signed: {twice}");
    assert!(launch().await.get("Error").is_some(), "nobody signed");
    let (page, _) = stage.open(asked["Url"].as_str().unwrap_or_else(|| panic!("{asked}"))).await;
    stage.post(&page, &json!({"action": "agree"})).await;
    let launched = launch().await;
    assert!(launched["FlowId"].is_string(), "{launched}");
    stage.pass(Duration::from_secs(30));
    let seen = stage.platform("DescribeFlowDetailInfo", &asking, json!({"FlowIds": [launched["FlowId"]]})).await;
    assert_eq!(seen["FlowInfo"][0]["FlowStatus"], "ALL", "{seen}");

    let detail = json!({"ExtendServiceType": "AUTO_SIGN"});
    let detail = stage.platform("DescribeExtendedServiceAuthDetail", &granting, detail).await;
    let changed = json!({"AuthorizedOrganizationName": "子客示例企业", "SealTypes": ["CONTRACT"]});
    let changed = stage.platform("ModifyPartnerAutoSignAuthUrl", &granting, changed).await;
    let (page, _) = stage.open(changed["Url"].as_str().unwrap_or_else(|| panic!("{changed}"))).await;
    stage.post(&page, &json!({"action": "agree"})).await;
    let refused = launch().await;
    assert_eq!(refused["Error"]["Code"], "ResourceNotFound.Seal", "another kind of seal: {refused}");
    let told: Vec<_> = stage.heard().into_iter().filter(|(kind, _)| kind == "PartnerServerSignAuthorization").collect();
    insta::assert_json_snapshot!((detail, told));
}
