//! A company guides others through certification: links, batches, letters, and what it hears.

use std::time::Duration;

use serde_json::{Value, json};

use super::stage::Stage;
use crate::domain::customer::CustomerKey;
use crate::domain::onboarding::certification::Step;
use crate::domain::onboarding::progress::Verdict;
use crate::domain::time::DAY;
use crate::engine::clock::EdgeTime;

const NAME: &str = "合作伙伴有限公司";
const CODE: &str = "91440300MA00000088";

impl Stage {
    /// A call of the guiding company's operator.
    async fn guide(&self, action: &str, more: Value) -> Value {
        let mut request = json!({"Operator": self.operator()});
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.call(action, request).await
    }

    /// The path of a link as it is handed out.
    async fn guided_link(&self, more: Value) -> String {
        let answer = self.guide("CreateOrganizationAuthUrl", more).await;
        path(&answer["AuthUrl"])
    }

    async fn how_far_is(&self, name: &str) -> Value {
        let mut answer = self.guide("DescribeOrganizationAuthStatus", json!({"OrganizationName": name})).await;
        answer.as_object_mut().unwrap().remove("RequestId");
        answer
    }

    /// The vendor's people look at the letter of the one attempt under way; answers its id.
    fn judge_letter(&self, verdict: Verdict) -> String {
        let judged = self.account().try_enter(EdgeTime::read(), |world, now, outbox| {
            let guidance = world.directory.guidance_of(&self.company().id.as_str().into()).unwrap().clone();
            let customer = guidance.customers().iter().find(|one| one.certification.is_running()).unwrap().clone();
            let key = CustomerKey { application: guidance.id.clone(), customer: customer.open_id.clone() };
            world.certify(&key, Step::JudgeLetter(verdict), now, outbox)?;
            Ok::<_, crate::domain::refusal::Refusal>(customer.certification.record.clone().unwrap().id.to_string())
        });
        judged.unwrap()
    }
}

fn path(url: &Value) -> String {
    let url = url.as_str().unwrap_or_else(|| panic!("no link: {url}"));
    url.strip_prefix("http://mock").unwrap().to_owned()
}

fn partner() -> Value {
    json!({"OrganizationName": NAME, "UniformSocialCreditCode": CODE, "LegalName": "黎明", "AdminName": "白杨",
           "AdminMobile": "13912340002", "UserData": "eyJpZCI6IDF9", "AuthorizationTypes": [2, 5], "Initialization": [1]})
}

#[tokio::test]
async fn a_guide_hears_of_a_letter_that_is_turned_down_and_of_another_that_passes() {
    let stage = Stage::new();
    stage.listen();
    let url = stage.guided_link(partner()).await;
    let mut states = vec![stage.how_far_is(NAME).await];

    stage.go_on(&url, "submit").await;
    states.push(stage.how_far_is(NAME).await);
    stage.go_on(&url, "letter_and_transfer").await;
    stage.go_on(&url, "transfer").await;
    let id = stage.judge_letter(Verdict::Refused("照片不清晰".into()));
    states.push(stage.how_far_is(NAME).await);
    let again = json!({"AuthorizationId": id, "Endpoint": "PC"});
    let again = path(&stage.guide("CreateModifyAdminAuthorizationUrl", again).await["Url"]);
    stage.pass(DAY * 3650);
    stage.go_on(&again, "letter_and_transfer").await;
    stage.judge_letter(Verdict::Passed);
    let done = stage.how_far_is(NAME).await;
    let company = done["OrganizationId"].as_str().unwrap().to_owned();
    states.push(done);
    assert_eq!(stage.look(&again).await["step"], "open");

    insta::assert_json_snapshot!("letters", json!({"states": states, "heard": stage.heard()}));
    let usable = |world: &crate::engine::world::World| world.directory.usable_seal(&company.as_str().into()).is_some();
    assert!(stage.account().enter(EdgeTime::read(), |world, _, _| usable(world)), "Initialization 1 makes a seal");
}

#[tokio::test]
async fn what_is_locked_cannot_be_handed_in_otherwise() {
    let stage = Stage::new();
    let locked = json!({"OrganizationName": NAME, "OrganizationNameSame": true, "LegalNameSame": true, "AdminName": "白杨",
                        "AdminMobile": "13912340002"});
    let url = stage.guided_link(locked).await;
    let handed_in =
        |company: &str| json!({"action": "submit", "company": company, "credit_code": CODE, "legal_name": "黎明"});

    let refused = stage.post(&url, &handed_in("另一家有限公司")).await;
    assert!(refused.to_string().contains("企业名称须与引导方提供的一致"), "{refused}");
    assert_eq!(stage.how_far_is(NAME).await["AuthStatus"], 0, "nothing was handed in");

    let shown = stage.post(&url, &handed_in(NAME)).await;
    assert_eq!(shown["step"], "choose", "a legal person nobody said is not locked: {shown}");
    for action in ["legal_person", "agree"] {
        stage.go_on(&url, action).await;
    }
    let done = stage.how_far_is(NAME).await;
    assert_eq!((&done["AuthStatus"], &done["AuthRecords"][0]["AuthType"]), (&json!(2), &json!(3)), "{done}");
}

#[tokio::test]
async fn a_company_that_is_certified_already_is_certified_by_nobody_else() {
    let stage = Stage::new();
    let known = stage.file.organizations[1].name.clone();
    let said = json!({"OrganizationName": known, "AdminName": "白杨", "AdminMobile": "13912340002"});
    let url = stage.guided_link(said).await;
    let refused = stage.post(&url, &json!({"action": "submit", "credit_code": CODE, "legal_name": "黎明"})).await;
    assert!(refused.to_string().contains("此企业已经完成认证"), "{refused}");
}

#[tokio::test]
async fn a_batch_goes_from_its_links_to_certified_companies() {
    let stage = Stage::new();
    stage.listen();
    let company = |name: &str, code: &str| {
        json!({"OrganizationName": name, "UniformSocialCreditCode": code, "LegalName": "黎明", "AdminName": "黎明",
               "AdminMobile": "13912340001", "AuthorizationTypes": [2]})
    };
    let known = stage.file.organizations[1].name.clone();
    let infos = json!([company(NAME, CODE), company(&known, "")]);
    let task =
        stage.guide("CreateBatchOrganizationRegistrationTasks", json!({"RegistrationOrganizations": infos})).await;
    assert_eq!(task["ErrorMessages"], json!([""]), "ex CreateBatchOrganizationRegistrationTasks");
    let urls = json!({"TaskId": task["TaskId"]});
    let early = stage.guide("DescribeBatchOrganizationRegistrationUrls", urls.clone()).await;
    assert_eq!(early["OrganizationAuthUrls"][0]["AuthUrl"], "", "links take some seconds");
    let ids = json!({"TaskIds": [early["OrganizationAuthUrls"][0]["SubTaskId"], early["OrganizationAuthUrls"][1]["SubTaskId"]]});
    let mut states = Vec::new();
    let mut look = async || {
        states.push(stage.guide("DescribeBatchOrganizationRegistrationTasks", ids.clone()).await["Details"].clone())
    };

    look().await;
    stage.pass(Duration::from_secs(3));
    look().await;
    let ready = stage.guide("DescribeBatchOrganizationRegistrationUrls", urls).await;
    let url = path(&ready["OrganizationAuthUrls"][0]["AuthUrl"]);
    stage.go_on(&url, "submit").await;
    look().await;
    // The administrator proves all of theirs behind one link.
    let admin = json!({"AdminName": "黎明", "AdminMobile": "13912340001", "SubTaskIds": ids["TaskIds"]});
    let one = stage.guide("CreateBatchOrganizationAuthorizationUrl", admin).await;
    let (_, list) = stage.open(&path(&one["AuthUrl"])).await;
    list.says(200, &[NAME]);
    assert!(!list.text().contains(&known), "of one that failed there is no way in");
    for action in ["legal_person_authorizes", "agree"] {
        stage.go_on(&url, action).await;
    }
    look().await;
    insta::assert_json_snapshot!("batch", json!({"states": states, "heard": stage.heard_kinds()}));
}

#[tokio::test]
async fn only_who_asked_for_an_attempt_wipes_it() {
    let stage = Stage::new();
    stage.listen();
    let url = stage.guided_link(partner()).await;
    stage.go_on(&url, "submit").await;
    let wipe = |operator: Value| json!({"Operator": operator, "AdminName": "白杨", "AdminMobile": "13912340002"});
    let colleague = json!({"UserId": stage.company().employees[1].id});
    let refused = stage.call("DeleteOrganizationAuthorizations", wipe(colleague)).await;
    assert_eq!(refused["Error"]["Code"], "InvalidParameter.DataNotFound", "{refused}");

    let wiped = stage.call("DeleteOrganizationAuthorizations", wipe(stage.operator())).await;

    assert_eq!(
        (&wiped["Status"], &wiped["DeleteOrganizationAuthorizationInfos"][0]["OrganizationName"]),
        (&json!(1), &json!(NAME))
    );
    assert_eq!(stage.how_far_is(NAME).await["AuthStatus"], 0);
    let heard = stage.heard();
    assert_eq!(heard.len(), 2, "{heard:?}");
    assert!(heard.iter().all(|(kind, _)| kind == "OrganizationAuthorization"));
    assert_eq!((&heard[0].1["Status"], &heard[1].1["Status"]), (&json!("CREATED"), &json!("VOIDED")));
    let gone = json!({"AuthorizationId": wiped["DeleteOrganizationAuthorizationInfos"][0]["AuthorizationId"]});
    let gone = stage.guide("CreateModifyAdminAuthorizationUrl", gone).await;
    assert_eq!(gone["Error"]["Code"], "FailedOperation.AuthorizationInfoHasBeenDeleted", "{gone}");
}

#[tokio::test]
async fn links_lead_where_they_are_asked_to() {
    let stage = Stage::new();
    let mut links = Vec::new();
    for endpoint in ["PC", "APP", "SHORT_URL", "H5", "SHORT_H5"] {
        let asked = json!({"OrganizationName": NAME, "Endpoint": endpoint});
        let answer = stage.guide("CreateOrganizationAuthUrl", asked).await;
        if let Some(path) = answer["AuthUrl"].as_str().unwrap().strip_prefix("http://mock") {
            let (_, shown) = stage.open(path).await;
            assert_eq!(shown.status, 200, "{endpoint}: {path}");
        }
        links.push(json!({"endpoint": endpoint, "url": answer["AuthUrl"], "over": answer["ExpiredTime"]}));
    }
    insta::assert_json_snapshot!("links", links);
}
