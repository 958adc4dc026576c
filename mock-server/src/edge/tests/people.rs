//! People of a company: called, joining, leaving, known by ids of the company's own, signing on, proving who they are.

use serde_json::{Value, json};

use super::stage::Stage;
use crate::domain::time::DAY;
use crate::engine::clock::EdgeTime;
use crate::engine::single_sign_on::SignOn;
use crate::engine::world_file::WorldFile;

const WORLD: &str = r#"
alias: people
callback_key: ""
callback_token: ""
organizations:
  - id: own
    name: 北辰样品有限公司
    edition: flagship
    contracts: 100
    identity_checks: 2
    key: { secret_id: own-key, secret_key: own-secret }
    employees:
      - { id: boss, name: 卫国安, mobile: "13100000001", roles: [super_admin] }
      - { id: clerk, name: 沈知远, mobile: "13100000002", open_id: clerkopen, roles: [operator] }
      - { id: heir, name: 顾后来, mobile: "13100000003", roles: [operator] }
    seals:
      - { id: seal, name: 公章, authorized: [clerk] }
      - { id: shared, name: 合同章, kind: contract, authorized: [clerk, heir] }
  - id: other
    name: 南星样品有限公司
    edition: flagship
    contracts: 100
    key: { secret_id: other-key, secret_key: other-secret }
    employees: [{ id: other-boss, name: 林别家, mobile: "13200000001", roles: [super_admin] }]
people:
  - { id: person, mobile: "13900000001", name: 许有户, id_card: "110101199003070038" }
contracts:
  - id: waiting
    initiator: own
    unordered: true
    approvers:
      - { kind: organization, organization: 北辰样品有限公司, name: 沈知远, mobile: "13100000002" }
      - { kind: person, name: 许有户, mobile: "13900000001" }
"#;

fn stage() -> Stage {
    let stage = Stage::of(WorldFile::parse("people", WORLD).unwrap());
    stage.listen();
    stage
}

impl Stage {
    /// The boss calls.
    async fn boss(&self, action: &str, mut parameters: Value) -> Value {
        parameters["Operator"] = json!({"UserId": "boss"});
        self.call(action, parameters).await
    }

    /// The boss takes somebody in; what is answered of them.
    async fn takes_in(&self, employee: Value, wishes: Value) -> Value {
        let mut parameters = wishes;
        parameters["Employees"] = json!([employee]);
        self.boss("CreateIntegrationEmployees", parameters).await["CreateEmployeeResult"].clone()
    }

    /// The boss lets somebody go; what is answered of them.
    async fn lets_go(&self, employee: Value) -> Value {
        self.boss("DeleteIntegrationEmployees", json!({"Employees": [employee]})).await["DeleteEmployeeResult"].clone()
    }

    async fn listed(&self, filters: Value) -> Vec<Value> {
        let answer = self.boss("DescribeIntegrationEmployees", json!({"Filters": filters})).await;
        answer["Employees"].as_array().unwrap_or_else(|| panic!("{answer}")).clone()
    }

    fn signer(&self, place: usize) -> (String, String) {
        self.account().enter(EdgeTime::read(), |world, _, _| {
            let person = &world.flows.get("waiting").unwrap().approvers[place].person;
            (person.name.clone(), person.mobile.clone())
        })
    }
}

#[tokio::test]
async fn whom_a_company_calls_joins_behind_the_link_and_nobody_else_does() {
    let stage = stage();
    let new = json!({"DisplayName": "典子谦", "Mobile": "13200000000", "OpenId": "n9527"});
    let called =
        stage.takes_in(new, json!({"InvitationNotifyType": "H5", "JumpUrl": "https://www.example.com/joined"})).await;
    insta::assert_json_snapshot!("called", called);
    let called = &called["SuccessEmployeeData"][0];
    let (url, page) = stage.open(called["Url"].as_str().unwrap()).await;
    page.says(200, &["加入企业", "北辰样品有限公司", "典子谦", "13200000000"]);
    stage.submit(&url, "action=confirm&person_name=李四&own_mobile=13200000000").await.says(409, &["身份信息"]);
    assert_eq!(stage.heard_kinds(), Vec::<String>::new());

    stage
        .submit(&url, "action=confirm&person_name=典子谦&own_mobile=13200000000&card=110101199003070046")
        .await
        .says(200, &["操作已完成", "https://www.example.com/joined"]);
    stage.submit(&url, "action=confirm").await.says(409, &[]);
    insta::assert_json_snapshot!("joined", stage.heard());
    let listed = stage.listed(json!([{"Key": "StaffOpenId", "Values": ["n9527"]}])).await;
    insta::assert_json_snapshot!("listed", listed);
}

#[tokio::test]
async fn a_link_of_the_platforms_own_call_lives_a_day_and_a_browsers_thirty() {
    for (kind, days) in [("NONE", 1), ("H5", 30)] {
        let stage = stage();
        let new = json!({"DisplayName": "典子谦", "Mobile": "13200000000"});
        let called = stage.takes_in(new, json!({"InvitationNotifyType": kind})).await;
        let url = called["SuccessEmployeeData"][0]["Url"].as_str().unwrap().to_owned();
        stage.pass(days * DAY - std::time::Duration::from_secs(1));
        stage.open(&url).await.1.says(200, &["加入企业"]);
        stage.pass(std::time::Duration::from_secs(1));
        stage.open(&url).await.1.says(410, &[]);
    }
}

#[tokio::test]
async fn whoever_is_called_again_is_reminded_three_times_a_day() {
    let stage = stage();
    let new = || json!({"DisplayName": "典子谦", "Mobile": "13200000000"});
    let mut notes = Vec::new();
    for _ in 0..3 {
        notes.push(stage.takes_in(new(), json!({})).await["SuccessEmployeeData"][0].clone());
    }
    assert_eq!(notes[0]["Note"], "");
    assert!(notes[1..].iter().all(|one| one["Note"] != "" && one["UserId"] == notes[0]["UserId"]), "{notes:?}");
    assert_eq!(notes[0].get("Url"), None, "the platform calls by itself");
    let fourth = stage.takes_in(new(), json!({})).await;
    assert!(fourth["FailedEmployeeData"][0]["Reason"].as_str().unwrap().contains("今日邀请次数已达上限"), "{fourth}");
    let told = stage
        .account()
        .enter(EdgeTime::read(), |world, _, _| world.notices.iter().filter(|one| one.to == "13200000000").count());
    assert_eq!(told, 3);
    stage.pass(DAY);
    assert_eq!(stage.takes_in(new(), json!({})).await["FailedEmployeeData"], json!([]));
}

#[tokio::test]
async fn what_is_a_colleagues_is_nobody_elses() {
    let stage = stage();
    let mut reasons = Vec::new();
    for employee in [
        json!({"DisplayName": "典子谦", "Mobile": "13100000002"}),
        json!({"DisplayName": "典子谦", "Mobile": "13200000000", "OpenId": "clerkopen"}),
        json!({"DisplayName": "典子谦（广东）", "Mobile": "13200000000"}),
        json!({"DisplayName": "典子谦", "Mobile": "12345678901"}),
        json!({"DisplayName": "典子谦", "Mobile": "13200000000", "Department": {"DepartmentId": "nobody"}}),
    ] {
        reasons.push(stage.takes_in(employee, json!({})).await["FailedEmployeeData"][0]["Reason"].clone());
    }
    insta::assert_json_snapshot!(reasons);
}

#[tokio::test]
async fn who_has_not_joined_is_changed_and_who_has_is_not() {
    let stage = stage();
    let called = stage.takes_in(json!({"WeworkOpenId": "woed0SCQAAAtPx1S"}), json!({})).await;
    let user = called["SuccessEmployeeData"][0]["UserId"].clone();
    let change = |user: &Value, mobile: &str| {
        json!({"Employees": [{"UserId": user, "DisplayName": "李四", "Mobile": mobile, "Email": "lisi@example.com"}],
               "InvitationNotifyType": "NONE", "Endpoint": "APP"})
    };
    let changed = stage.boss("UpdateIntegrationEmployees", change(&user, "13200000000")).await;
    assert!(changed["SuccessEmployeeData"][0]["Url"].as_str().unwrap().starts_with("pages/guide"), "{changed}");
    let listed = stage.listed(json!([{"Key": "UserWeWorkOpenId", "Values": ["woed0SCQAAAtPx1S"]}])).await;
    assert_eq!(
        [&listed[0]["DisplayName"], &listed[0]["Mobile"], &listed[0]["Email"]],
        ["李四", "132****0000", "l****@example.com"]
    );
    let failed = stage.boss("UpdateIntegrationEmployees", change(&json!("clerk"), "13200000009")).await;
    assert_eq!(failed["FailedEmployeeData"][0]["Reason"], "该员工已实名加入企业，请由员工本人修改信息");
    let taken = stage.boss("UpdateIntegrationEmployees", change(&user, "13100000002")).await;
    assert_eq!(taken["FailedEmployeeData"][0]["Reason"], "手机号[13100000002]已被企业内其他员工使用");
}

#[tokio::test]
async fn who_leaves_hands_over_contracts_and_seals() {
    let stage = stage();
    let alone = stage.lets_go(json!({"OpenId": "clerkopen"})).await;
    assert_eq!(
        alone["FailedEmployeeData"],
        json!([{"UserId": "", "OpenId": "clerkopen", "Reason": "删除用户存在处理中的合同 ，需要指定交接人"}])
    );
    for (receiver, why) in
        [("clerk", "交接人[clerk]"), ("nobody", "交接人[nobody]"), ("other-boss", "交接人[other-boss]")]
    {
        let refused = stage.lets_go(json!({"UserId": "clerk", "ReceiveUserId": receiver})).await;
        assert!(refused["FailedEmployeeData"][0]["Reason"].as_str().unwrap().starts_with(why), "{refused}");
    }
    let boss = stage.lets_go(json!({"UserId": "boss", "ReceiveUserId": "heir"})).await;
    assert!(boss["FailedEmployeeData"][0]["Reason"].as_str().unwrap().starts_with("超级管理员或法人"), "{boss}");
    assert_eq!(stage.heard_kinds(), Vec::<String>::new(), "nothing happened so far");

    let gone = stage.lets_go(json!({"UserId": "clerk", "ReceiveUserId": "heir"})).await;
    assert_eq!(gone["SuccessEmployeeData"][0]["DisplayName"], "沈知远", "{gone}");
    assert_eq!(stage.signer(0), ("顾后来".into(), "13100000003".into()));
    let heard: Vec<Value> = stage.heard().into_iter().map(|(kind, data)| json!({"type": kind, "data": data})).collect();
    insta::assert_json_snapshot!(heard);
    let gone = stage.listed(json!([{"Key": "Status", "Values": ["QuiteJob"]}])).await;
    assert_eq!((gone.len(), &gone[0]["QuiteJob"]), (1, &json!(1)));
    assert_eq!(stage.listed(json!([])).await.len(), 2);
    let again = stage.lets_go(json!({"UserId": "clerk"})).await;
    assert_eq!(again["SuccessEmployeeData"], json!([]), "who has left does not leave again");
}

#[tokio::test]
async fn who_never_joined_leaves_without_handing_anything_over() {
    let stage = stage();
    let called = stage.takes_in(json!({"DisplayName": "典子谦", "Mobile": "13200000000"}), json!({})).await;
    let user = called["SuccessEmployeeData"][0]["UserId"].clone();
    assert_eq!(stage.lets_go(json!({"UserId": user})).await["FailedEmployeeData"], json!([]));
    assert_eq!(stage.heard_kinds(), ["QuiteJob"]);
}

#[tokio::test]
async fn an_id_of_the_companys_own_is_given_used_and_taken() {
    let stage = stage();
    let id = |user: &str| json!({"UserId": user, "OpenId": "n9527"});
    assert_eq!(stage.boss("BindEmployeeUserIdWithClientOpenId", id("heir")).await["Status"], 1);
    let listed = stage.listed(json!([{"Key": "StaffOpenId", "Values": ["n9527"]}])).await;
    assert_eq!(listed[0]["UserId"], "heir");
    let refused = stage.boss("BindEmployeeUserIdWithClientOpenId", id("boss")).await;
    assert_eq!(refused["Error"]["Message"], "该openid已绑定其他userid，请解绑后重试");
    assert_eq!(stage.boss("UnbindEmployeeUserIdWithClientOpenId", id("heir")).await["Status"], 1);
    let refused = stage.boss("UnbindEmployeeUserIdWithClientOpenId", id("heir")).await;
    assert_eq!(refused["Error"]["Message"], "该openId并未绑定企业员工");
    assert_eq!(stage.boss("BindEmployeeUserIdWithClientOpenId", id("boss")).await["Status"], 1, "it is free again");
}

#[tokio::test]
async fn who_signs_on_is_an_employee_from_the_first_login_on() {
    let stage = stage();
    let rows = json!([
        {"OpenId": "first", "Name": "典子谦", "Mobile": "18888888888", "Email": "d@example.com"},
        {"OpenId": "second", "Name": "沈知远", "Mobile": "13100000002"},
        {"OpenId": "first", "Name": "李四", "Mobile": "18888888889"},
    ]);
    let made = stage.boss("CreateSingleSignOnEmployees", json!({"SsoApplicationId": "sso", "Employees": rows})).await;
    insta::assert_json_snapshot!("sso_made", [&made["ErrorMessages"], &made["Status"]]);
    let login = |open_id: &str| {
        let company = "own".into();
        let at = SignOn { organization: &company, application: "sso" };
        stage.account().enter(EdgeTime::read(), |world, now, outbox| world.sign_on(at, open_id, now, outbox))
    };
    let first = login("first").unwrap();
    assert_eq!(login("first").unwrap(), first, "and again");
    assert_eq!(login("second").unwrap(), "clerk".into(), "whose number it is");
    assert!(login("nobody").is_err());
    assert_eq!(stage.heard_kinds(), ["VerifyStaffInfo"], "the clerk had joined before");
    let mut listed = stage.boss("DescribeSingleSignOnEmployees", json!({"SsoApplicationId": "sso"})).await;
    assert_eq!(listed["Employees"][0]["UserId"], first.as_str());
    listed["Employees"][0]["UserId"] = json!("[id]");
    insta::assert_json_snapshot!("sso_listed", listed["Employees"]);
    let other = stage.boss("DescribeSingleSignOnEmployees", json!({"SsoApplicationId": "another"})).await;
    assert_eq!(other["Employees"], json!([]));
    let bound = json!({"SsoApplicationId": "sso", "OpenId": "first"});
    assert_eq!(stage.boss("DeleteSingleSignOnEmployees", bound).await["Error"]["Code"], "OperationDenied.Forbid");
}

#[tokio::test]
async fn somebody_proves_who_they_are_and_the_company_asks_once() {
    let stage = stage();
    let wanted = json!({"Name": "典子谦", "Mobile": "13200000015", "Endpoint": "H5",
                        "JumpUrl": "https://www.example.com/back?a=1", "UserData": "TWFu"});
    let link = stage.boss("CreateUserVerifyUrl", wanted).await;
    let (url, page) = stage.open(link["UserVerifyUrl"].as_str().unwrap()).await;
    page.says(200, &["个人实名认证", "典子谦", "13200000015"]);
    let status = |card: &str| json!({"Name": "典子谦", "IdCardType": "ID_CARD", "IdCardNumber": card});
    let card = "110101199003070046";
    assert_eq!(stage.boss("DescribeUserVerifyStatus", status(card)).await["VerifyStatus"], false);
    stage.submit(&url, "action=confirm&person_name=典子谦&own_mobile=13200000015").await.says(409, &[]);

    let form = format!("action=confirm&person_name=典子谦&own_mobile=13200000015&card={card}");
    let done = stage.submit(&url, &form).await;
    done.says(200, &["操作已完成", "https://www.example.com/back?a=1", "authCode="]);
    assert_eq!(stage.boss("DescribeUserVerifyStatus", status(card)).await["VerifyStatus"], true);
    assert_eq!(
        stage.boss("DescribeUserVerifyStatus", status("110101199003070054")).await["VerifyStatus"],
        false,
        "another card"
    );
    let mut heard = stage.heard();
    assert!(!heard[0].1["UserId"].as_str().unwrap().is_empty());
    heard[0].1["UserId"] = json!("[id]");
    insta::assert_json_snapshot!(heard);

    let code = done.text().split("authCode=").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let other = stage.call_as("other-key", "DescribeThirdPartyAuthCode", json!({"AuthCode": code})).await;
    assert_eq!(other["Error"]["Code"], "OperationDenied.AuthCodeInvalid", "it is not theirs");
    let asked = stage.call("DescribeThirdPartyAuthCode", json!({"AuthCode": code})).await;
    assert_eq!(asked["VerifyStatus"], "VERIFIED");
    let again = stage.call("DescribeThirdPartyAuthCode", json!({"AuthCode": code})).await;
    assert_eq!(again["Error"]["Message"], "授权码已失效");
    let mut others = status(card);
    others["Operator"] = json!({"UserId": "other-boss"});
    let others = stage.call_as("other-key", "DescribeUserVerifyStatus", others).await;
    assert_eq!(others["VerifyStatus"], false, "what others had somebody prove does not count");
}

#[tokio::test]
async fn a_new_number_holds_in_contracts_that_wait() {
    let stage = stage();
    let links = [
        (json!({"UserId": "clerk", "UserData": "YQ=="}), 0, "13100000022", "沈知远"),
        (
            json!({"UserAccountType": 1, "Name": "许有户", "IdCardNumber": "110101199003070038"}),
            1,
            "13900000022",
            "许有户",
        ),
    ];
    for (wanted, place, mobile, name) in links {
        let link = stage.boss("CreateUserMobileChangeUrl", wanted).await;
        let (url, page) = stage.open(link["Url"].as_str().unwrap_or_else(|| panic!("{link}"))).await;
        page.says(200, &["修改手机号", name]);
        stage.submit(&url, "action=confirm&mobile=13100000003x").await.says(400, &[]);
        stage.submit(&url, &format!("action=confirm&mobile={mobile}")).await.says(200, &["操作已完成"]);
        assert_eq!(stage.signer(place), (name.to_owned(), mobile.to_owned()));
    }
    let by_employee =
        stage.boss("CreateEmployeeChangeUrl", json!({"UserId": "heir", "NewMobile": "13100000033"})).await;
    let path = by_employee["MiniAppPath"].as_str().unwrap().to_owned();
    let (url, _) =
        stage.open(&format!("http://mock/mini/people?path={}", path.replace('?', "%3F").replace('&', "%26"))).await;
    stage.submit(&url, "action=confirm").await.says(200, &["操作已完成"]);
    insta::assert_json_snapshot!(stage.heard());
    let taken = stage.boss("CreateUserMobileChangeUrl", json!({"UserId": "heir"})).await;
    let (url, _) = stage.open(taken["Url"].as_str().unwrap()).await;
    stage.submit(&url, "action=confirm&mobile=13100000022").await.says(400, &[]);
}

#[tokio::test]
async fn a_link_for_everybody_is_one_and_never_over() {
    let stage = stage();
    let wanted = || json!({"UserAccountType": 1});
    let [one, same] = [
        stage.boss("CreateUserMobileChangeUrl", wanted()).await,
        stage.boss("CreateUserMobileChangeUrl", wanted()).await,
    ];
    assert_eq!((&one["Url"], &one["ExpireTime"]), (&same["Url"], &json!(0)));
    stage.pass(1000 * DAY);
    let (url, page) = stage.open(one["Url"].as_str().unwrap()).await;
    page.says(200, &["修改手机号", "北辰样品有限公司"]);
    let form = "action=confirm&person_name=许有户&card=110101199003070038&mobile=13900000022";
    stage.submit(&url, form).await.says(200, &["操作已完成"]);
    stage.open(&url).await.1.says(200, &["确认修改"]);
    let stranger = "action=confirm&person_name=生人&card=110101199003070038&mobile=13900000023";
    stage.submit(&url, stranger).await.says(409, &[]);
    let changes = stage.heard_kinds().into_iter().filter(|kind| kind == "UserMobileChange").count();
    assert_eq!(changes, 1, "and the contract's time is over, which is told as well");
}

#[tokio::test]
async fn a_new_name_is_paid_for_by_the_company_whose_link_it_was() {
    let stage = stage();
    let link = stage.boss("CreateUserNameChangeUrl", json!({"Endpoint": "HTTP", "UserData": "TWFu"})).await;
    let (url, page) = stage.open(link["UserVerifyUrl"].as_str().unwrap()).await;
    page.says(200, &["个人更名"]);
    stage.submit(&url, "action=confirm&own_mobile=13999999999&person_name=沈改名").await.says(409, &[]);
    stage.submit(&url, "action=confirm&own_mobile=13100000002&person_name=沈改名").await.says(200, &["操作已完成"]);
    let listed = stage.listed(json!([{"Key": "UserId", "Values": ["clerk"]}])).await;
    assert_eq!(listed[0]["DisplayName"], "沈改名");
    assert_eq!(stage.signer(0).0, "沈知远", "a contract says what it said");
    insta::assert_json_snapshot!(stage.heard());
    stage.submit(&url, "action=confirm&own_mobile=13100000003&person_name=顾改名").await.says(200, &["操作已完成"]);
    stage.submit(&url, "action=confirm&own_mobile=13100000003&person_name=顾又改").await.says(409, &[]);
    for (action, wanted) in [("CreateUserNameChangeUrl", json!({})), ("CreateUserVerifyUrl", json!({}))] {
        assert_eq!(stage.boss(action, wanted).await["Error"]["Code"], "FailedOperation.BalanceNotEnough");
    }
}
