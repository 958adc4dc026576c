//! Companies join a holding group and leave it, are set up, change, and get other administrators.

use serde_json::{Value, json};

use super::stage::Stage;
use crate::domain::holding::Matter;
use crate::engine::clock::EdgeTime;
use crate::engine::world_file::{DEMO, WorldFile};

/// The company of the demo world that joins, and its key's place.
const STRANGER: usize = 1;
/// A member of the first company's group.
const MEMBER: usize = 3;
/// What passes as a picture of a letter.
const LETTER: &str = "iVBORw0KGgo=";

impl Stage {
    async fn ask(&self, action: &str, more: Value) -> Value {
        let mut request = json!({"Operator": self.operator()});
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.call(action, request).await
    }

    /// How far the company's joining is, as the main company sees it.
    async fn standing(&self, place: usize) -> Value {
        let wanted = json!({"Limit": 10, "Offset": 0, "Id": self.file.organizations[place].id});
        self.ask("DescribeOrganizationGroupOrganizations", wanted).await["List"][0]["Status"].clone()
    }

    /// The page behind an invitation that is good for a day.
    async fn invitation(&self) -> String {
        let asked = json!({"ExpireTime": 1_700_086_400});
        let answer = self.ask("CreateOrganizationGroupInvitationLink", asked).await;
        self.open(&path(&answer["JumpUrl"])).await.0
    }

    /// What a company's administrator does there.
    async fn answer_invitation(&self, url: &str, place: usize, action: &str) -> Value {
        let company = &self.file.organizations[place];
        let body = json!({"action": action, "company": company.name, "who": company.employees[0].mobile});
        self.post(url, &body).await
    }

    /// Confirms what stands on a page for deeds, as this person.
    async fn confirm(&self, url: &str, more: Value) -> Value {
        let mut body = json!({"action": "confirm"});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.post(url, &body).await
    }

    async fn activate(&self, place: usize) -> Value {
        let ids = json!({"SubOrganizationIds": [self.file.organizations[place].id]});
        self.ask("CreateIntegrationSubOrganizationActiveRecord", ids).await
    }

    /// A partner that was guided to its certification: its id, and its administrator's mobile number.
    async fn guided_partner(&self) -> (String, &'static str) {
        let said = json!({"OrganizationName": "合作伙伴有限公司", "UniformSocialCreditCode": "91440300MA00000088", "LegalName": "黎明",
                          "AdminName": "黎明", "AdminMobile": "13912340001"});
        let url = path(&self.ask("CreateOrganizationAuthUrl", said).await["AuthUrl"]);
        for action in ["submit", "legal_person", "agree"] {
            self.go_on(&url, action).await;
        }
        let done = self.ask("DescribeOrganizationAuthStatus", json!({"OrganizationName": "合作伙伴有限公司"})).await;
        (done["OrganizationId"].as_str().unwrap().to_owned(), "13912340001")
    }
}

fn path(url: &Value) -> String {
    let url = url.as_str().unwrap_or_else(|| panic!("no link: {url}"));
    url.strip_prefix("http://mock").unwrap().to_owned()
}

#[tokio::test]
async fn from_an_invitation_to_a_member_the_main_company_acts_for() {
    let stage = Stage::new();
    stage.listen();
    let stranger = &stage.file.organizations[STRANGER];
    let agent = json!({"Agent": {"ProxyOrganizationId": stranger.id}});
    let before = stage.ask("DescribeOrganizationSeals", agent.clone()).await;
    assert_eq!(before["Error"]["Code"], "OperationDenied.SubOrgNotJoin", "{before}");

    let url = stage.invitation().await;
    let mut standings = Vec::new();
    for action in ["join", "authorize"] {
        let shown = stage.answer_invitation(&url, STRANGER, action).await;
        standings.push(json!([action, shown["status"], stage.standing(STRANGER).await]));
    }
    assert_eq!(json!(standings), json!([["join", 1, 1], ["authorize", 2, 2]]));
    assert_eq!(stage.activate(STRANGER).await["FailedSubOrganizationIds"], json!([]));
    assert_eq!(stage.standing(STRANGER).await, 5);

    let seals = stage.ask("DescribeOrganizationSeals", agent.clone()).await;
    assert_eq!(seals["Error"], Value::Null, "{seals}");
    let again = stage.activate(STRANGER).await;
    assert_eq!(again["FailedSubOrganizationIds"], json!([stranger.id]), "nothing is prolonged by it");
    stage
        .account()
        .try_enter(EdgeTime::read(), |world, now, outbox| {
            world.release_member(&stage.company().id.as_str().into(), &stranger.id.as_str().into(), now, outbox)
        })
        .unwrap();
    assert_eq!(stage.standing(STRANGER).await, 4);
    let after = stage.ask("DescribeOrganizationSeals", agent).await;
    assert_eq!(after["Error"]["Code"], "OperationDenied.SubOrgNotJoin", "{after}");
    insta::assert_json_snapshot!("heard", stage.heard());
}

#[tokio::test]
async fn who_is_no_administrator_answers_no_invitation_and_who_refused_may_be_asked_again() {
    let stage = Stage::new();
    let url = stage.invitation().await;
    let company = &stage.file.organizations[STRANGER];
    let stranger = json!({"action": "join", "company": company.name, "who": "13999999999"});
    let refused = stage.post(&url, &stranger).await;
    assert!(refused.get("status").is_none(), "{refused}");

    for (action, status) in [("join", 1), ("refuse", 3), ("join", 1), ("authorize", 2)] {
        assert_eq!(stage.answer_invitation(&url, STRANGER, action).await["status"], status, "{action}");
    }
    let twice = stage.answer_invitation(&url, STRANGER, "authorize").await;
    assert!(twice.to_string().contains("已授权待激活"), "{twice}");
    let own = stage.answer_invitation(&url, 0, "join").await;
    assert!(own.to_string().contains("集团主企业"), "{own}");
}

#[tokio::test]
async fn every_way_to_an_invitation_leads_there_as_long_as_it_lives() {
    let stage = Stage::new();
    let answer = stage.ask("CreateOrganizationGroupInvitationLink", json!({"ExpireTime": 1_700_086_400})).await;
    let (_, picture) = stage.open(&path(&answer["Link"])).await;
    assert!(picture.body.starts_with(b"\x89PNG"), "{}", answer["Link"]);
    let mini = answer["MiniAppPath"].as_str().unwrap().replace(['/', '?', '='], "_");
    assert!(mini.starts_with("_pages_guide_index_shortKey_"), "ex CreateOrganizationGroupInvitationLink: {mini}");
    let encoded = percent_encoding::utf8_percent_encode(
        answer["MiniAppPath"].as_str().unwrap(),
        percent_encoding::NON_ALPHANUMERIC,
    );
    for url in [path(&answer["JumpUrl"]), format!("/mini/demo?path={encoded}")] {
        let (_, shown) = stage.open(&url).await;
        shown.says(200, &[&stage.company().name]);
    }
    stage.pass(std::time::Duration::from_secs(86_400));
    stage.open(&path(&answer["JumpUrl"])).await.1.says(410, &[]);
}

#[tokio::test]
async fn without_licences_nobody_is_activated() {
    let mut file = WorldFile::parse("demo", DEMO).unwrap();
    file.organizations[0].group_licences = Some(0);
    let stage = Stage::of(file);
    let url = stage.invitation().await;
    for action in ["join", "authorize"] {
        stage.answer_invitation(&url, STRANGER, action).await;
    }
    let failed = stage.activate(STRANGER).await;
    assert_eq!(failed["FailedSubOrganizationIds"], json!([stage.file.organizations[STRANGER].id]), "{failed}");
    assert_eq!(stage.standing(STRANGER).await, 2);
}

#[tokio::test]
async fn a_guided_company_is_set_up_and_joins_the_group() {
    let stage = Stage::new();
    stage.listen();
    let (company, admin) = stage.guided_partner().await;
    let wanted = json!({"OperateTypes": ["CREATE_SEAL", "OPEN_AUTO_SIGN", "AUTH_JOIN_ORGANIZATION_GROUP",
                                         "CHANGE_SUB_ORGANIZATION_ADMIN_AUTH"], "OrganizationIds": [company]});
    let link = stage.ask("CreateBatchInitOrganizationUrl", wanted).await;
    let url = stage.open(&path(&link["OperateShortUrl"])).await.0;
    let refused = stage.confirm(&url, json!({"who": "13999999999"})).await;
    assert_ne!(refused["done"], true, "{refused}");
    assert_eq!(stage.confirm(&url, json!({"who": admin})).await["done"], true);

    let ids = json!({"SubOrganizationIds": [company]});
    let active = stage.ask("CreateIntegrationSubOrganizationActiveRecord", ids).await;
    assert_eq!(active["FailedSubOrganizationIds"], json!([]), "{active}");
    let seals = stage.ask("DescribeOrganizationSeals", json!({"Agent": {"ProxyOrganizationId": company}})).await;
    assert_eq!(seals["Seals"][0]["SealName"], "公章", "{seals}");
    let invited = json!({"ChangeAdminOrganizationId": company, "NewAdminName": "陈新任", "NewAdminMobile": "13912340005",
                         "AuthFiles": [LETTER]});
    let invited =
        stage.ask("CreateBatchAdminChangeInvitations", json!({"AdminChangeInvitationInfos": [invited]})).await;
    assert_eq!(invited["ErrorMessages"], json!([""]), "{invited}");
    insta::assert_json_snapshot!("set_up", stage.heard_kinds());
}

#[tokio::test]
async fn a_successor_takes_over_a_guided_company_and_a_member_and_everybody_concerned_hears_of_it() {
    let stage = Stage::new();
    stage.listen();
    let (guided, _) = stage.guided_partner().await;
    let member = &stage.file.organizations[MEMBER];
    let info = |company: &str| {
        json!({"ChangeAdminOrganizationId": company, "NewAdminName": "陈新任", "NewAdminMobile": "13912340005",
               "AuthFiles": [LETTER]})
    };
    let mut bad = info(&member.id);
    bad["AuthFiles"] = json!(["PGh0bWw+"]);
    let infos = |second: Value| json!({"AdminChangeInvitationInfos": [info(&guided), second]});
    let wrong = stage.ask("CreateBatchAdminChangeInvitations", infos(bad)).await;
    assert_eq!(wrong["ErrorMessages"][0], "", "{wrong}");
    assert_ne!(wrong["ErrorMessages"][1], "", "what is wrong stands at its place: {wrong}");
    let who = json!({"NewAdminName": "陈新任", "NewAdminMobile": "13912340005", "NotifyType": "SMS"});
    let nothing = stage.ask("CreateBatchAdminChangeInvitationsUrl", who.clone()).await;
    assert_eq!(nothing["Error"]["Code"], "FailedOperation", "nobody waits: {nothing}");

    let done = stage.ask("CreateBatchAdminChangeInvitations", infos(info(&member.id))).await;
    assert_eq!(done["ErrorMessages"], json!([""]), "{done}");
    let mut short = who;
    short["Endpoint"] = json!("HTTP_SHORT_URL");
    let link = stage.ask("CreateBatchAdminChangeInvitationsUrl", short).await;
    let url = stage.open(&path(&link["Url"])).await.0;
    let shown = stage.look(&url).await;
    assert_eq!(shown["about"], json!(["合作伙伴有限公司", member.name]), "{shown}");
    assert_eq!(stage.confirm(&url, json!({})).await["done"], true);

    let told = stage.heard().into_iter().filter(|(kind, _)| kind == "SuperAdminChange").map(|(_, data)| data);
    let told: Vec<String> = told.map(|data| data["OrganizationId"].as_str().unwrap().to_owned()).collect();
    assert_eq!(told, [guided, member.id.clone()]);
    let listed = stage.ask("DescribeOrganizationGroupOrganizations", json!({"Limit": 10, "Offset": 0})).await;
    assert_eq!(listed["List"][0]["AdminInfo"]["Name"], "陈新任", "{listed}");
}

#[tokio::test]
async fn a_guided_companys_data_change_behind_a_link_and_its_guide_hears_of_it() {
    let stage = Stage::new();
    stage.listen();
    let (_, admin) = stage.guided_partner().await;
    let asked = json!({"ChangeType": 2, "UnifiedSocialCreditCode": "91440300MA00000088"});
    let link = stage.ask("CreateOrganizationInfoChangeUrl", asked).await;
    assert_eq!(link["ExpiredTime"], 1_700_604_800, "seven days");
    let url = stage.open(&path(&link["Url"])).await.0;
    let done = stage.confirm(&url, json!({"who": admin, "name": "合作伙伴（更名）有限公司"})).await;
    assert_eq!(done["done"], true, "{done}");
    let (kind, data) = stage.heard().pop().unwrap();
    assert_eq!(
        (kind.as_str(), &data["OrganizationName"]),
        ("ModifyOrganizationBaseInfo", &json!("合作伙伴（更名）有限公司"))
    );
}

#[tokio::test]
async fn a_companys_own_administrator_hands_over_behind_a_link() {
    let stage = Stage::new();
    stage.listen();
    let link = stage.ask("CreateOrganizationInfoChangeUrl", json!({"ChangeType": 1})).await;
    let url = stage.open(&path(&link["Url"])).await.0;
    let people = &stage.company().employees;
    let handed_over = json!({"who": people[0].mobile, "mobile": people[1].mobile});
    assert_eq!(stage.confirm(&url, handed_over).await["done"], true);
    let (kind, data) = stage.heard().pop().unwrap();
    assert_eq!(kind, "SuperAdminChange");
    assert_eq!((&data["OldUserId"], &data["NewUserId"]), (&json!(people[0].id), &json!(people[1].id)));
}

#[tokio::test]
async fn another_kind_of_change_is_refused_in_the_vendors_words() {
    let refused = Stage::new().ask("CreateOrganizationInfoChangeUrl", json!({"ChangeType": 3})).await;
    assert_eq!(
        refused["Error"],
        json!({"Code": "InvalidParameter.ParamError", "Message": "不支持的变更类型:3,请确认后重新"}),
        "ex CreateOrganizationInfoChangeUrl"
    );
}

#[tokio::test]
async fn a_new_name_takes_old_seals_away_and_draws_new_ones() {
    let stage = Stage::new();
    stage.listen();
    let link = stage.ask("CreateOrganizationInfoChangeUrl", json!({"ChangeType": 2})).await;
    let url = stage.open(&path(&link["Url"])).await.0;
    let old = stage.company().seals.iter().map(|seal| seal.id.clone()).collect::<Vec<_>>();
    let renamed = json!({"who": stage.company().employees[0].mobile, "name": "示例（更名）有限公司"});
    assert_eq!(stage.confirm(&url, renamed).await["done"], true);

    let told = stage.heard().into_iter().map(|(kind, data)| format!("{kind} {} {}", data["Operate"], data["SealName"]));
    insta::assert_json_snapshot!("renamed", told.collect::<Vec<_>>());
    let seals = stage.ask("DescribeOrganizationSeals", json!({"SealTypes": ["OFFICIAL"]})).await;
    assert!(!old.contains(&seals["Seals"][0]["SealId"].as_str().unwrap().to_owned()), "{seals}");
}

#[tokio::test]
async fn a_guide_hears_that_its_company_was_closed() {
    let stage = Stage::new();
    stage.listen();
    let (company, _) = stage.guided_partner().await;
    for gone in [false, true] {
        let closed = stage
            .account()
            .try_enter(EdgeTime::read(), |world, now, outbox| world.close(&company.as_str().into(), now, outbox));
        assert_eq!(closed.unwrap(), gone);
    }
    let (kind, data) = stage.heard().pop().unwrap();
    assert_eq!((kind.as_str(), &data["OrganizationId"]), ("CloseOrganization", &json!(company)));
    let far = stage.ask("DescribeOrganizationAuthStatus", json!({"OrganizationName": "合作伙伴有限公司"})).await;
    assert_eq!(far["AuthStatus"], 0, "{far}");
}

#[tokio::test]
async fn a_licence_ends_after_a_year_and_the_list_says_when() {
    let stage = Stage::new();
    let url = stage.invitation().await;
    for action in ["join", "authorize"] {
        stage.answer_invitation(&url, STRANGER, action).await;
    }
    stage.activate(STRANGER).await;
    let id = &stage.file.organizations[STRANGER].id;
    let listed = stage.ask("DescribeOrganizationGroupOrganizations", json!({"Limit": 10, "Offset": 0, "Id": id})).await;
    assert_eq!(listed["List"][0]["LicenseExpireTime"], 1_731_536_000, "{listed}");
    let agent = json!({"Agent": {"ProxyOrganizationId": id}});
    stage.pass(std::time::Duration::from_secs(365 * 86_400 - 1));
    assert_eq!(stage.ask("DescribeOrganizationSeals", agent.clone()).await["Error"], Value::Null);
    stage.pass(std::time::Duration::from_secs(1));
    let mut cancels = agent;
    (cancels["FlowId"], cancels["CancelMessage"]) = (json!("nobody"), json!("写错了"));
    let over = stage.ask("CancelFlow", cancels).await;
    assert_eq!(over["Error"]["Code"], "OperationDenied.LicenseHasExpired", "{over}");
}

#[tokio::test]
async fn what_a_member_withholds_its_main_company_does_not_hear_of() {
    let mut file = WorldFile::parse("demo", DEMO).unwrap();
    file.organizations[MEMBER].membership.withholds = [Matter::Contracts].into();
    let stage = Stage::of(file);
    stage.listen();
    let member = json!({"ProxyOrganizationId": stage.file.organizations[MEMBER].id});
    let mut flow = stage.new_flow().await;
    flow["Agent"] = member;
    flow["Approvers"] = json!([flow["Approvers"][1].clone()]);
    let file = json!({"FileName": "合同.pdf", "FileBody": super::stage::sample_body()});
    let uploaded = json!({"BusinessType": "DOCUMENT", "FileInfos": [file], "Agent": flow["Agent"]});
    let uploaded = stage.call("UploadFiles", uploaded).await;
    flow["FileIds"] = uploaded["FileIds"].clone();
    let launched = stage.call("CreateFlowByFiles", flow).await;
    assert!(launched["FlowId"].is_string(), "{launched}");
    assert_eq!(stage.heard_kinds(), Vec::<String>::new(), "seed scenario-guide: callbacks follow the right to look");
}
