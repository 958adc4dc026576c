//! Links of several contracts, of groups and of open slots: made by their actions, used on their pages.

use std::time::Duration;

use serde_json::{Value, json};

use super::stage::Stage;
use crate::domain::time::{DAY, MINUTE};
use crate::engine::clock::EdgeTime;
use crate::engine::world_file::WorldFile;

const WORLD: &str = include_str!("../../../../fixtures/worlds/links.yaml");
const PERSON: (&str, &str) = ("周小签", "13800000001");

/// The world of links.
pub(super) fn world_of_links() -> Stage {
    Stage::of(WorldFile::parse("fixtures/worlds/links.yaml", WORLD).unwrap())
}

/// The world of links; somebody listens to its first company.
fn stage() -> Stage {
    let stage = world_of_links();
    stage.listen();
    stage
}

impl Stage {
    /// Calls with the operator; the answer must be no refusal.
    pub(super) async fn make(&self, action: &str, mut parameters: Value) -> Value {
        parameters["Operator"] = self.operator();
        let answer = self.call(action, parameters).await;
        assert_eq!(answer.get("Error"), None, "{action}");
        answer
    }

    async fn quick(&self, parameters: Value) -> String {
        let answer = self.make("CreateBatchQuickSignUrl", parameters).await;
        answer["FlowApproverUrlInfo"]["SignUrl"].as_str().unwrap().to_owned()
    }

    async fn statuses(&self, flows: &[&str]) -> Vec<i64> {
        let answer = self.make("DescribeFlowBriefs", json!({"FlowIds": flows})).await;
        let briefs = answer["FlowBriefs"].as_array().unwrap();
        briefs.iter().map(|brief| brief["FlowStatus"].as_i64().unwrap()).collect()
    }

    /// Name, mobile number and company of each contract's only signer.
    async fn signers(&self, flows: &[&str]) -> Vec<(String, String, String)> {
        let answer = self.make("DescribeFlowInfo", json!({"FlowIds": flows})).await;
        let text = |info: &Value, field: &str| info[field].as_str().unwrap_or_default().to_owned();
        let signer = |detail: &Value| {
            let info = &detail["FlowApproverInfos"][0];
            (text(info, "ApproveName"), text(info, "Mobile"), text(info, "OrganizationName"))
        };
        answer["FlowDetailInfos"].as_array().unwrap().iter().map(signer).collect()
    }
}

pub(super) fn person() -> Value {
    json!({"ApproverType": 1, "ApproverName": PERSON.0, "ApproverMobile": PERSON.1})
}

pub(super) fn slots(pairs: &[(&str, &str)]) -> Value {
    let infos = pairs.iter().map(|(flow, slot)| json!({"FlowId": flow, "RecipientId": slot}));
    json!({"FlowBatchApproverInfos": infos.collect::<Vec<_>>()})
}

fn actions(shown: &Value) -> Vec<&str> {
    shown["actions"].as_array().unwrap().iter().map(|one| one["action"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn one_link_signs_all_contracts_of_a_signer() {
    let stage = stage();
    let request = json!({"FlowApproverInfo": person(), "FlowIds": ["first", "second"], "SignatureTypes": [0, 1],
        "ApproverSignTypes": [3, 1], "JumpUrl": "https://example.com/done"});
    let link = stage.make("CreateBatchQuickSignUrl", request).await;
    let (page, shown) = stage.open(link["FlowApproverUrlInfo"]["SignUrl"].as_str().unwrap()).await;
    assert!(page.starts_with("/quick/links/guide?"), "{page}");
    shown.says(200, &["请您签署", "采购合同", "保密协议", "全部签署", "138****0001"]);
    let before = stage.look(&page).await;

    stage.submit(&page, "action=sign").await.says(200, &["您已全部签署", "content=\"3;url=https://example.com/done\""]);

    assert_eq!(stage.statuses(&["first", "second"]).await, [4, 4]);
    let exchange =
        json!({"link": link, "before": before, "after": stage.look(&page).await, "heard": stage.heard_kinds()});
    insta::assert_json_snapshot!(exchange);
}

#[tokio::test]
async fn a_batch_link_lives_half_an_hour_or_as_long_as_asked() {
    let stage = stage();
    let request = json!({"FlowApproverInfo": person(), "FlowIds": ["first"]});
    let usual = stage.quick(request.clone()).await;
    let mut longer = request;
    longer["ExpiredOn"] = json!(7200);
    let longer = stage.quick(longer).await;
    stage.pass(30 * MINUTE);
    stage.open(&usual).await.1.says(410, &["链接已失效"]);
    stage.open(&longer).await.1.says(200, &["全部签署"]);
    stage.pass(90 * MINUTE);
    stage.open(&longer).await.1.says(410, &["链接已失效"]);
}

#[tokio::test]
async fn all_are_refused_at_once_where_the_link_lets_them() {
    let stage = stage();
    let request = json!({"FlowApproverInfo": person(), "FlowIds": ["first", "second"]});
    let strict = stage.open(&stage.quick(request.clone()).await).await.0;
    assert_eq!(actions(&stage.look(&strict).await), ["sign"]);
    stage.submit(&strict, "action=reject&message=x").await.says(409, &["请逐份处理"]);

    let mut lenient = request;
    lenient["CanBatchReject"] = json!(true);
    let lenient = stage.open(&stage.quick(lenient).await).await.0;
    stage.submit(&lenient, "action=reject&message=").await.says(400, &["请填写拒签理由"]);
    stage.submit(&lenient, "action=reject&message=no").await.says(200, &["您已拒签"]);

    assert_eq!(stage.statuses(&["first", "second"]).await, [3, 3]);
}

#[tokio::test]
async fn one_contract_of_a_batch_may_be_dealt_with_alone() {
    let stage = stage();
    let page =
        stage.open(&stage.quick(json!({"FlowApproverInfo": person(), "FlowIds": ["first", "second"]})).await).await.0;
    let one = format!("{page}&flow=second");
    stage.open(&one).await.1.says(200, &["保密协议", "返回合同列表", "确认签署"]);
    stage.submit(&one, "action=reject&message=no").await.says(200, &["您已拒签"]);
    stage.submit(&page, "action=sign").await.says(200, &["采购合同"]);
    assert_eq!(stage.statuses(&["first", "second"]).await, [4, 3]);
    stage.open(&format!("{page}&flow=third")).await.1.says(404, &["合同不存在"]);
}

#[tokio::test]
async fn a_group_is_signed_as_one_and_refused_one_by_one() {
    let stage = stage();
    let request = json!({"FlowApproverInfo": person(), "FlowGroupId": "group", "CanBatchReject": true});
    let page = stage.open(&stage.quick(request).await).await.0;
    let shown = stage.look(&page).await;
    assert_eq!((actions(&shown), &shown["group"]), (vec!["sign"], &json!("入职合同组")));

    // A link to one of its contracts signs the others too.
    let info = json!({"FlowId": "second-of-group", "FlowApproverInfos": [person()]});
    let alone = stage.make("CreateFlowSignUrl", info).await;
    let (one, shown) = stage.open(alone["FlowApproverUrlInfos"][0]["SignUrl"].as_str().unwrap()).await;
    shown.says(200, &["此合同属于合同组", "竞业协议"]);
    assert_eq!(stage.look(&one).await["signed_together"], 2);
    stage.submit(&one, "action=sign").await.says(200, &["您已签署"]);

    assert_eq!(stage.statuses(&["first-of-group", "second-of-group"]).await, [4, 4]);
    stage.submit(&page, "action=sign").await.says(409, &["您已签署"]);
}

#[tokio::test]
async fn open_slots_are_picked_up_and_then_signed() {
    let stage = stage();
    let flows = ["open-first", "open-second"];
    let request = json!({"FlowApproverInfo": {"ApproverType": 1}, "FlowIds": flows,
        "FlowBatchUrlInfo": slots(&[("open-first", "open-slot-1"), ("open-second", "open-slot-2")])});
    let link = stage.make("CreateBatchQuickSignUrl", request).await;
    let info = &link["FlowApproverUrlInfo"];
    assert_eq!((&info["ApproverName"], &info["ApproverMobile"]), (&json!(""), &json!("")));
    assert!(info["LongUrl"].as_str().unwrap().contains("/guide?ApproverType=1&"), "{info}");
    let (page, shown) = stage.open(info["SignUrl"].as_str().unwrap()).await;
    shown.says(200, &["请领取合同", "name=\"mobile\"", "name=\"id_card\""]);
    stage.submit(&page, "action=sign").await.says(400, &["请领取合同"]);
    stage.submit(&page, "action=claim&name=A&mobile=123").await.says(400, &["11 位手机号"]);
    stage.submit(&page, "action=claim&name=&mobile=13900000001").await.says(400, &["真实姓名"]);
    assert_eq!(stage.signers(&flows).await[0].0, "", "nothing has changed yet");

    let claim = json!({"action": "claim", "name": "吴领取", "mobile": "13900000001"});
    let claimed = stage.post(&page, &claim).await;
    assert_eq!((&claimed["standing"], actions(&claimed)), (&json!("may_sign"), vec!["sign"]));
    let who = ("吴领取".to_owned(), "13900000001".to_owned(), String::new());
    assert_eq!(stage.signers(&flows).await, [who.clone(), who]);
    assert_eq!(stage.heard_kinds(), ["ReceiveFlow", "ReceiveFlow"]);

    stage.submit(&page, "action=sign").await.says(200, &["您已全部签署"]);
    assert_eq!(stage.statuses(&flows).await, [4, 4]);
}

#[tokio::test]
async fn only_who_was_meant_picks_a_slot_up() {
    let stage = stage();
    let page = |request: Value| async { stage.open(&stage.quick(request).await).await.0 };
    let persons = page(json!({"FlowApproverInfo": {"ApproverType": 1}, "FlowIds": ["open-first"],
        "FlowBatchUrlInfo": slots(&[("open-first", "open-slot-1")]), "PresetApproverInfo": {"Name": "吴领取"}}));
    let persons = persons.await;
    let refused = stage.post(&persons, &json!({"action": "claim", "name": "别人", "mobile": "13900000001"})).await;
    assert_eq!(refused["error"], "not_for_you");
    stage
        .submit(&persons, "action=claim&name=%E5%90%B4%E9%A2%86%E5%8F%96&mobile=13900000001")
        .await
        .says(200, &["全部签署"]);

    let companys = page(json!({"FlowApproverInfo": {"ApproverType": 0}, "FlowIds": ["company-first"],
        "FlowBatchUrlInfo": slots(&[("company-first", "company-slot-1")]),
        "PresetApproverInfo": {"OrganizationName": "南星样品有限公司"}}));
    let companys = companys.await;
    let claim =
        |company: &str| json!({"action": "claim", "name": "林别家", "mobile": "13200000001", "organization": company});
    assert_eq!(stage.post(&companys, &claim("北辰样品有限公司")).await["error"], "not_for_you");
    assert_eq!(stage.post(&companys, &claim("")).await["standing"], "may_sign", "the link says which company");
    assert_eq!(stage.signers(&["company-first"]).await[0].2, "南星样品有限公司");
}

#[tokio::test]
async fn the_mini_programs_batch_lives_a_week_and_is_announced() {
    let stage = stage();
    let request = json!({"Name": PERSON.0, "Mobile": PERSON.1, "FlowIds": ["first", "second"], "NotifyType": "SMS"});
    let link = stage.make("CreateBatchSignUrl", request).await;
    let path = link["MiniAppPath"].as_str().unwrap();
    assert!(path.starts_with("pages/guide/index?shortKey="), "{path}");
    assert_eq!(link["ExpiredTime"], 1_700_000_000 + 7 * 86_400);
    let notice = stage.account().enter(EdgeTime::read(), |world, _, _| world.notices.last().cloned().unwrap());
    assert_eq!((notice.to.as_str(), notice.text.as_str()), (PERSON.1, "北辰样品有限公司邀请您签署2份合同"));
    let token = notice.token.clone().unwrap();
    assert!(link["SignUrl"].as_str().unwrap().ends_with(&token), "the message has the link");

    let page = stage.open(link["SignUrl"].as_str().unwrap()).await.0;
    assert!(page.starts_with("/mini/links?path=pages"), "{page}");
    stage.pass(7 * DAY - Duration::from_secs(1));
    let by_path = format!("/mini/links?path={}", path.replace('?', "%3F").replace('=', "%3D"));
    stage.submit(&by_path, "action=sign").await.says(200, &["您已全部签署"]);
    stage.pass(Duration::from_secs(1));
    stage.open(&page).await.1.says(410, &["链接已失效"]);
    assert_eq!(stage.statuses(&["first", "second"]).await, [4, 4]);
}

#[tokio::test]
async fn an_employee_signs_in_the_console_however_they_are_named() {
    for who in [json!({"UserId": "colleague", "Name": "谁"}), json!({"Name": "沈知远", "Mobile": "13100000002"})] {
        let stage = stage();
        let mut request = who;
        request["FlowIds"] = json!(["third", "fourth"]);
        let link = stage.make("CreateOrganizationBatchSignUrl", request).await;
        let url = link["SignUrl"].as_str().unwrap();
        assert_eq!(link["ExpiredTime"], 1_700_000_000 + 7 * 86_400);
        assert!(
            url.contains(&format!("/embed/links/contract-sign?embed=1&expiredOn={}&code=", link["ExpiredTime"])),
            "{url}"
        );
        assert!(url.ends_with("&channel=TENCENTCLOUD"), "{url}");
        let (page, shown) = stage.open(url).await;
        shown.says(200, &["框架合同", "补充协议", "北辰样品有限公司"]);
        stage.submit(&page, "action=sign").await.says(200, &["您已全部签署"]);
        assert_eq!(stage.statuses(&["third", "fourth"]).await, [4, 4]);
    }
}

#[tokio::test]
async fn slots_of_other_companies_and_open_ones_are_for_whoever_signs_there() {
    let stage = stage();
    let theirs = json!({"FlowIds": ["theirs"], "RecipientIds": ["their-slot"]});
    let theirs = stage.make("CreateOrganizationBatchSignUrl", theirs).await;
    let page = stage.open(theirs["SignUrl"].as_str().unwrap()).await.0;
    stage.submit(&page, "action=sign").await.says(200, &["您已全部签署"]);

    let all = json!({"FlowIds": ["company-first", "company-second"], "RecipientIds": ["company-slot-1", "company-slot-2"],
        "DynamicSignOption": {"DynamicReceiveType": 1, "OrganizationName": "南星样品有限公司"}});
    let all = stage.make("CreateOrganizationBatchSignUrl", all).await;
    let page = stage.open(all["SignUrl"].as_str().unwrap()).await.0;
    let claim = json!({"action": "claim", "name": "林别家", "mobile": "13200000001"});
    assert_eq!(stage.post(&format!("{page}&flow=company-first"), &claim).await["error"], "all_or_none");
    assert_eq!(stage.post(&page, &claim).await["standing"], "may_sign");
    stage.submit(&page, "action=sign").await.says(200, &["您已全部签署"]);
    assert_eq!(stage.statuses(&["theirs", "company-first", "company-second"]).await, [4, 4, 4]);
}

#[tokio::test]
async fn one_of_several_candidates_picks_the_contract_up_for_the_company() {
    let stage = stage();
    let link =
        stage.make("CreateOrganizationBatchSignUrl", json!({"FlowIds": ["candidates"], "UserId": "colleague"})).await;
    let page = stage.open(link["SignUrl"].as_str().unwrap()).await.0;
    let other = json!({"action": "claim", "name": "卫国安", "mobile": "13100000001"});
    assert_eq!(stage.post(&page, &other).await["error"], "not_for_you", "the link is for one of them");
    let body = stage.look(&page).await["actions"][0]["body"].take();
    assert_eq!(body["name"], "沈知远", "who they are stands there already");
    assert_eq!(stage.post(&page, &body).await["standing"], "may_sign");
    stage.submit(&page, "action=sign").await.says(200, &["您已全部签署"]);
}

#[tokio::test]
async fn a_cover_in_the_mini_program_lets_somebody_pick_a_slot_up() {
    let stage = stage();
    let request =
        json!({"PathType": 3, "FlowId": "open-first", "RecipientId": "open-slot-1", "EndPoint": "HTTP_SHORT_URL"});
    let link = stage.make("CreateSchemeUrl", request).await;
    let picture = link["SchemeQrcodeUrl"].as_str().unwrap();
    assert!(picture.contains("/file/links/bresource/resource/") && picture.contains("/0/0.PNG?hkey="), "{picture}");
    let shown = stage.open(picture).await.1;
    assert!(shown.status.is_success() && image::load_from_memory(&shown.body).is_ok());
    let page = stage.open(link["SchemeUrl"].as_str().unwrap()).await.0;
    stage.submit(&page, "action=claim&name=Wu&mobile=13900000001").await.says(200, &["请您签署", "139****0001"]);
    stage.submit(&page, "action=sign").await.says(200, &["您已签署"]);
    assert_eq!(stage.statuses(&["open-first"]).await, [4]);
    stage.pass(5 * MINUTE);
    stage.open(picture).await.1.says(410, &["失效"]);
    stage.pass(90 * DAY);
    stage.open(link["SchemeUrl"].as_str().unwrap()).await.1.says(410, &["链接已失效"]);
}

#[tokio::test]
async fn a_group_opens_in_the_mini_program_for_a_signer_or_for_who_picks_it_up() {
    let stage = stage();
    let named = json!({"PathType": 1, "FlowGroupId": "group", "Name": PERSON.0, "Mobile": PERSON.1, "EndPoint": "APP"});
    let named = stage.make("CreateSchemeUrl", named).await;
    assert_eq!(named["SchemeQrcodeUrl"], "");
    let path = named["SchemeUrl"].as_str().unwrap();
    assert!(path.starts_with("pages/guide?from=default&where=mini&id=group&to=CONTRACT_DETAIL&name="), "{path}");
    let page = format!("/mini/links?path={}", path.replace('%', "%25").replace('&', "%26").replace('?', "%3F"));
    stage.submit(&page, "action=sign").await.says(200, &["您已全部签署", "入职合同组"]);

    let slots = json!([{"FlowId": "first-open", "RecipientId": "group-slot-1"}, {"FlowId": "second-open", "RecipientId": "group-slot-2"}]);
    let open = json!({"PathType": 1, "FlowGroupId": "open-group", "EndPoint": "HTTP_SHORT_URL",
        "FlowGroupUrlInfo": {"FlowGroupApproverInfos": slots}});
    let open = stage.make("CreateSchemeUrl", open).await;
    assert_ne!(open["SchemeQrcodeUrl"], "");
    let page = stage.open(open["SchemeUrl"].as_str().unwrap()).await.0;
    stage.submit(&page, "action=claim&name=Wu&mobile=13900000001").await.says(200, &["全部签署"]);
    stage.submit(&page, "action=sign").await.says(200, &["您已全部签署"]);
    let all = ["first-of-group", "second-of-group", "first-open", "second-open"];
    assert_eq!(stage.statuses(&all).await, [4; 4]);
}

#[tokio::test]
async fn long_links_into_the_mini_program_have_the_vendors_query() {
    let stage = stage();
    let request = json!({"PathType": 1, "FlowId": "first", "Name": PERSON.0, "Mobile": PERSON.1, "Hides": [1]});
    let link = stage.make("CreateSchemeUrl", request).await;
    let url = link["SchemeUrl"].as_str().unwrap();
    assert!(
        url.starts_with("http://mock/mini/links?where=mini&from=SFY&id=first&to=MVP_CONTRACT_COVER&name="),
        "{url}"
    );
    let (page, shown) = stage.open(url).await;
    shown.says(200, &["请您签署"]);
    assert!(!shown.text().contains("拒签理由"), "the button is hidden");
    stage.submit(&page, "action=reject&message=no").await.says(409, &["不能拒签"]);
    let home = stage.make("CreateSchemeUrl", json!({})).await;
    stage.open(home["SchemeUrl"].as_str().unwrap()).await.1.says(200, &["待处理合同", "采购合同"]);
}

#[tokio::test]
async fn what_is_to_be_filled_in_is_asked_for_by_its_kind() {
    let stage = stage();
    let link = stage.make("CreateFlowSignUrl", json!({"FlowId": "to-fill", "FlowApproverInfos": [person()]})).await;
    let (page, shown) = stage.open(link["FlowApproverUrlInfos"][0]["SignUrl"].as_str().unwrap()).await;
    shown.says(
        200,
        &["请您填写", "住址", "type=\"date\"", "<select id=\"field.3\"", "<textarea id=\"field.1\"", "提交填写"],
    );
    assert_eq!(actions(&stage.look(&page).await), ["fill", "reject"]);
    stage.submit(&page, "action=sign").await.says(409, &["请您填写"]);
    stage.submit(&page, "action=fill&field.0=").await.says(400, &["有必填项未填写", "住址"]);
    stage.submit(&page, "action=fill&field.9=x").await.says(400, &["填写的内容不符合要求"]);

    let form = "action=fill&message=&field.0=%E6%B7%B1%E5%9C%B3&field.1=a%0D%0Ab&field.2=2024-02-09&field.3=true";
    stage.submit(&page, form).await.says(200, &["请您签署"]);

    let values = stage.account().enter(EdgeTime::read(), |world, _, _| {
        let flow = world.flows.get("to-fill").unwrap();
        flow.approvers[0].fills.iter().map(|one| one.value.clone()).collect::<Vec<_>>()
    });
    assert_eq!(values, ["深圳", "a\nb", "2024年02月09日", "true"]);
    stage.submit(&page, "action=sign").await.says(200, &["您已签署"]);
    assert_eq!(stage.statuses(&["to-fill"]).await, [4]);
}
