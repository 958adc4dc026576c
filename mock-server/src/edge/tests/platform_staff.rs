//! A platform manages its customers' people and what they may do, and hands out links behind which customers change.

use ess_client::callback::Generation;
use serde_json::{Value, json};

use super::roles::check;
use super::stage::Stage;
use crate::callbacks::address::Address;
use crate::callbacks::delivery::Delivery;
use crate::callbacks::payload::plaintext;
use crate::coverage::cases::WORLD;
use crate::engine::clock::EdgeTime;
use crate::engine::settings::Settings;
use crate::engine::world_file::WorldFile;

fn agent(customer: &str, operator: &str) -> Value {
    json!({"AppId": "app", "ProxyOrganizationOpenId": customer, "ProxyOperator": {"OpenId": operator}})
}

fn admin() -> Value {
    agent("org_first", "staff_operator")
}

fn guest() -> Value {
    agent("org_first", "staff_guest")
}

/// The world of the refusals, whose application has an address.
fn stage() -> Stage {
    let stage = Stage::of(WorldFile::parse("refusals", WORLD).unwrap());
    let (url, application) = ("http://127.0.0.1:9/".into(), Some("app".into()));
    let (id, organization, generation) = ("app".into(), "own".into(), Generation::Partner);
    let address = Address { id, organization, application, url, generation, ..crate::engine::samples::address() };
    stage.account().enter(EdgeTime::read(), |world, _, _| world.callbacks.add_address(address));
    stage
}

impl Stage {
    /// What the application was told so far: type and data.
    fn told(&self) -> Vec<Value> {
        let text = |one: &Delivery| plaintext(&one.message, &one.address, &Settings::default());
        let all: Vec<Vec<u8>> = self
            .account()
            .enter(EdgeTime::read(), |world, _, _| world.callbacks.deliveries().map(|(_, one)| text(one)).collect());
        let read = |bytes: &Vec<u8>| serde_json::from_slice::<Value>(bytes).unwrap();
        all.iter().map(read).map(|told| json!({"type": told["MsgType"], "data": told["MsgData"]})).collect()
    }

    /// The tree of a role without rights, with these entries checked.
    async fn tree(&self, checked: &[&str]) -> Value {
        let filters =
            json!([{"Key": "RoleType", "Values": ["2"]}, {"Key": "IsReturnPermissionGroup", "Values": ["1"]}]);
        let roles = self.platform("ChannelDescribeRoles", &admin(), json!({"Limit": "1", "Filters": filters})).await;
        let mut tree = roles["ChannelRoles"][0]["PermissionGroups"].clone();
        check(&mut tree, &|key| checked.contains(&key));
        tree
    }

    async fn code(&self, action: &str, agent: &Value, parameters: Value) -> Value {
        self.platform(action, agent, parameters).await["Error"]["Code"].clone()
    }
}

#[tokio::test]
async fn a_role_binds_from_the_moment_it_is_given_until_it_is_changed_or_taken() {
    let stage = stage();
    let look = json!({"Limit": 20});
    assert_eq!(stage.code("ChannelDescribeEmployees", &guest(), look.clone()).await, "UnauthorizedOperation");

    let new = json!({"Name": "人事", "PermissionGroups": stage.tree(&["OrgManagement"]).await});
    let role = stage.platform("ChannelCreateRole", &admin(), new).await["RoleId"].clone();
    let give = json!({"RoleIds": [role], "OpenIds": ["staff_guest", "staff_unverified", "nobody"]});
    let given = stage.platform("ChannelCreateUserRoles", &admin(), give).await;
    let failed = |id: &str| json!({"UserId": id, "RoleIds": [role]});
    assert_eq!(given["FailedCreateRoleData"], json!([failed("staff_unverified"), failed("nobody")]));
    assert_eq!(stage.code("ChannelDescribeEmployees", &guest(), look.clone()).await, Value::Null);

    let changed = json!({"RoleId": role, "Name": "人事", "PermissionGroups": stage.tree(&["CreateRole"]).await});
    stage.platform("ChannelModifyRole", &admin(), changed).await;
    assert_eq!(stage.code("ChannelDescribeEmployees", &guest(), look.clone()).await, "UnauthorizedOperation");
    let made = stage.platform("ChannelCreateRole", &guest(), json!({"Name": "客人的角色"})).await;
    assert!(made["RoleId"].is_string(), "a new right binds at once: {made}");

    stage.platform("ChannelDeleteRoleUsers", &admin(), json!({"RoleId": role, "OpenIds": ["staff_guest"]})).await;
    assert_eq!(stage.code("ChannelCreateRole", &guest(), json!({"Name": "又一个"})).await, "UnauthorizedOperation");
    let told = stage.told();
    assert_eq!(told.len(), 2, "binding and unbinding are told, changing a role is not: {told:?}");
    insta::assert_json_snapshot!(told);
}

#[tokio::test]
async fn a_role_that_is_deleted_is_nobodys_any_more() {
    let stage = stage();
    let roles = json!({"RoleIds": ["customers-role", "customers-second-role"]});
    stage.platform("ChannelDeleteRole", &admin(), roles).await;
    let filters = json!([{"Key": "StaffOpenId", "Values": ["staff_guest"]}]);
    let seen = stage.platform("ChannelDescribeEmployees", &admin(), json!({"Limit": 20, "Filters": filters})).await;
    assert_eq!(seen["Employees"][0]["Roles"], json!([]));
    let all = stage.platform("ChannelDescribeRoles", &admin(), json!({"Limit": "200"})).await;
    let names: Vec<&str> =
        all["ChannelRoles"].as_array().unwrap().iter().filter_map(|one| one["RoleName"].as_str()).collect();
    assert_eq!(names, ["超级管理员", "业务管理员", "经办人", "业务员"]);
    assert_eq!(stage.told().len(), 1);
}

#[tokio::test]
async fn roles_and_people_are_listed_in_pages() {
    let stage = stage();
    let mut answers = Vec::new();
    for parameters in [
        json!({"Limit": "4"}),
        json!({"Limit": "4", "Offset": 1}),
        json!({"Limit": "4", "Filters": [{"Key": "RoleType", "Values": ["2"]}]}),
    ] {
        answers.push(stage.platform("ChannelDescribeRoles", &admin(), parameters).await);
    }
    for parameters in [
        json!({"Limit": 20}),
        json!({"Limit": 1, "Offset": 1, "Filters": [{"Key": "Status", "Values": ["IsVerified"]}]}),
        json!({"Limit": 20, "Filters": [{"Key": "Status", "Values": ["NotVerified"]}]}),
    ] {
        answers.push(stage.platform("ChannelDescribeEmployees", &admin(), parameters).await);
    }
    insta::assert_json_snapshot!(answers);
}

#[tokio::test]
async fn who_has_left_acts_no_more_and_is_listed_as_gone() {
    let stage = stage();
    stage.account().enter(EdgeTime::read(), |world, now, outbox| {
        let application = "app".into();
        world.depart(&"customers-guest".into(), None, Some(&application), now, outbox).unwrap();
        assert!(world.depart(&"customers-operator".into(), None, Some(&application), now, outbox).is_err());
    });
    let refused = stage.code("ChannelDescribeRoles", &guest(), json!({"Limit": "1"})).await;
    assert_eq!(refused, "InvalidParameter.OperatorId");
    let gone = json!([{"Key": "Status", "Values": ["QuiteJob"]}]);
    let seen = stage.platform("ChannelDescribeEmployees", &admin(), json!({"Limit": 20, "Filters": gone})).await;
    assert_eq!(seen["Employees"][0]["OpenId"], "staff_guest", "{seen}");
    assert_eq!((&seen["Employees"][0]["QuiteJob"], &seen["TotalCount"]), (&json!(1), &json!(1)));
    let without = json!([{"Key": "ExcludeQuiteJob", "Values": ["true"]}]);
    let seen = stage.platform("ChannelDescribeEmployees", &admin(), json!({"Limit": 20, "Filters": without})).await;
    assert_eq!(seen["TotalCount"], 3);
    let told = stage.told();
    assert_eq!((told.len(), &told[0]["type"]), (1, &json!("QuiteJob")), "{told:?}");
}

#[tokio::test]
async fn somebody_who_leaves_hands_on_what_waits_for_them() {
    let stage = stage();
    let handed = stage.account().enter(EdgeTime::read(), |world, now, outbox| {
        let (leaving, receiver) = ("customers-colleague".into(), "customers-guest".into());
        let number = world.flows.number("customers-running").unwrap();
        let flow = world.flows.at_mut(number).unwrap();
        flow.approvers[0].person.user = Some("customers-colleague".into());
        world.depart(&leaving, Some(&receiver), Some(&"app".into()), now, outbox).unwrap();
        world.flows.get("customers-running").unwrap().approvers[0].clone()
    });
    assert_eq!(handed.person.user, Some("customers-guest".into()));
    assert_eq!(handed.forwards.len(), 1);
    let types: Vec<Value> = stage.told().iter().map(|told| told["type"].clone()).collect();
    assert_eq!(types, ["ForwardFLow", "QuiteJob"]);
}

#[tokio::test]
async fn an_employee_takes_another_number_behind_their_link_once() {
    let stage = stage();
    let own = json!({"AppId": "app", "ProxyOperator": {"OpenId": "staff_guest"}});
    let link = stage.platform("CreateEmployeeChangeUrl", &own, json!({"OpenId": "staff_guest"})).await;
    let (url, page) = stage.open(link["ShortUrl"].as_str().unwrap()).await;
    page.says(200, &["修改手机号", "尤看看"]);
    let long = stage.open(link["LongUrl"].as_str().unwrap()).await;
    assert_eq!(long.1.status, 200, "{}", long.1.text());
    stage.submit(&url, "action=confirm&mobile=1").await.says(400, &["11 位手机号"]);
    stage.submit(&url, "action=confirm&mobile=13199990000").await.says(200, &["操作已完成"]);
    stage.submit(&url, "action=confirm&mobile=13199990001").await.says(409, &["已经完成"]);
    let filters = json!([{"Key": "StaffOpenId", "Values": ["staff_guest"]}]);
    let seen = stage.platform("ChannelDescribeEmployees", &admin(), json!({"Limit": 1, "Filters": filters})).await;
    assert_eq!(seen["Employees"][0]["Mobile"], "131****0000");
}

#[tokio::test]
async fn the_super_administrator_hands_over_behind_a_link_that_lets_nobody_else_in() {
    let stage = stage();
    let wanted = json!({"ChangeType": 1, "Endpoint": "APP"});
    let link = stage.platform("CreateChannelOrganizationInfoChangeUrl", &admin(), wanted).await;
    let path = link["Url"].as_str().unwrap().trim_start_matches('/').replace('&', "%26");
    let (url, page) = stage.open(&format!("/mini/refusals?path={path}")).await;
    page.says(200, &["变更超级管理员", "青山子客有限公司"]);
    stage.submit(&url, "action=confirm&who=13110000002&mobile=13110000004").await.says(403, &["无权查看该内容"]);
    stage.submit(&url, "action=confirm&who=13110000001&mobile=13110000004").await.says(200, &["操作已完成"]);
    assert_eq!(stage.code("CreateCloseOrganizationUrl", &admin(), json!({})).await, "OperationDenied");
    assert_eq!(stage.code("CreateCloseOrganizationUrl", &guest(), json!({})).await, Value::Null);
    insta::assert_json_snapshot!(stage.told());
}

#[tokio::test]
async fn a_successor_takes_over_all_customers_that_wait_for_them() {
    let stage = stage();
    let info = |customer: &str, open_id: &str| {
        json!({"ChangeAdminOrganizationOpenId": customer, "NewAdminOpenId": open_id, "NewAdminName": "陈新任",
               "NewAdminMobile": "13150000001", "NewAdminIdCardNumber": "110101199003070011", "AuthFiles": ["iVBORw0KGgo="]})
    };
    let ask = |infos: Value| {
        let stage = &stage;
        async move {
            let wanted = json!({"AdminChangeInvitationInfos": infos});
            stage.platform("CreateBatchAdminChangeInvitations", &admin(), wanted).await["ErrorMessages"].clone()
        }
    };
    let wrong =
        ask(json!([info("org_first", "next_first"), info("org_unverified", "next"), info("org_first", "x")])).await;
    assert_eq!(wrong[0], "", "{wrong}");
    assert!(wrong[1] != "" && wrong[2] != "", "{wrong}");
    let known = json!({"NewAdminName": "陈新任", "NewAdminMobile": "13150000001"});
    let nobody = stage.code("CreateBatchAdminChangeInvitationsUrl", &admin(), known.clone()).await;
    assert_eq!(nobody, "OperationDenied", "one that is wrong leaves nobody waiting");
    assert_eq!(ask(json!([info("org_first", "next_first"), info("org_second", "next_second")])).await, json!([]));
    let link = stage.platform("CreateBatchAdminChangeInvitationsUrl", &admin(), known).await;
    let (url, page) = stage.open(link["Url"].as_str().unwrap()).await;
    page.says(200, &["青山子客有限公司", "白水子客有限公司"]);
    stage.submit(&url, "action=confirm").await.says(200, &["操作已完成"]);
    assert_eq!(
        stage.code("CreateCloseOrganizationUrl", &agent("org_second", "next_second"), json!({})).await,
        Value::Null
    );
    insta::assert_json_snapshot!(stage.told());
}

#[tokio::test]
async fn a_company_is_closed_in_two_steps_once_its_contracts_have_ended() {
    let stage = stage();
    let customer = agent("org_second", "staff_second");
    let link = stage.platform("CreateCloseOrganizationUrl", &customer, json!({})).await;
    let (url, _) = stage.open(link["ShortUrl"].as_str().unwrap()).await;
    let confirm = "action=confirm&who=13120000001";
    stage.submit(&url, confirm).await.says(409, &["存在 1 份未完结的合同，请先撤销或者完成合同"]);
    stage.platform("ChannelCancelFlow", &customer, json!({"FlowId": "second-customers-running"})).await;
    stage.submit(&url, confirm).await.says(200, &["注销中"]);
    assert_eq!(
        stage.code("ChannelDescribeRoles", &customer, json!({"Limit": "1"})).await,
        "OperationDenied.OrganizationClosing"
    );
    stage.submit(&url, confirm).await.says(200, &["操作已完成"]);
    let gone = stage.platform("ChannelDescribeEmployees", &customer, json!({"Limit": 1})).await;
    assert_eq!(gone["Error"]["Code"], "InvalidParameter.OrganizationId", "{gone}");
    let told = stage.told();
    assert_eq!(told.last().unwrap()["type"], "CloseOrganization");
    insta::assert_json_snapshot!(told.last().unwrap());
}

#[tokio::test]
async fn a_new_name_waits_for_open_contracts_and_then_is_told() {
    let stage = stage();
    let change = json!({"BizLicenseResourceId": "customers-licence", "OrganizationName": "青山改名有限公司", "LegalName": "何法人"});
    let blocked = stage.platform("ModifyOrganizationBusinessInfo", &admin(), change.clone()).await;
    let open: Vec<String> = serde_json::from_value(blocked["ChannelFlowIds"].clone()).unwrap();
    assert_eq!((&blocked["ErrorCode"], &blocked["UnfinishedCount"]), (&json!(1), &json!(open.len())), "{blocked}");
    assert!(
        ["customers-running", "customers-elsewhere"].iter().all(|one| open.iter().any(|id| id == one)),
        "{blocked}"
    );
    stage.account().enter(EdgeTime::read(), |world, now, outbox| {
        for flow in &open {
            world.cancel_flow(&flow.as_str().into(), "", now, outbox).unwrap();
        }
    });
    let changed = stage.platform("ModifyOrganizationBusinessInfo", &admin(), change.clone()).await;
    assert_eq!(changed["ErrorCode"], 0, "{changed}");
    let again = stage.code("ModifyOrganizationBusinessInfo", &admin(), change).await;
    assert_eq!(again, "FailedOperation.OrganizationNotChange");
    insta::assert_json_snapshot!(stage.told().last().unwrap());
}

#[tokio::test]
async fn companies_are_set_up_by_who_administers_all_of_them() {
    let stage = stage();
    let wanted = |customers: Value| {
        json!({"ProxyOrganizationOpenIds": customers, "OperateTypes": ["CREATE_SEAL", "OPEN_AUTO_SIGN", "PARTNER_AUTO_SIGN_AUTH"],
               "AuthorizedProxyOrganizationOpenId": "org_first"})
    };
    let both =
        stage.platform("CreateBatchInitOrganizationUrl", &admin(), wanted(json!(["org_first", "org_second"]))).await;
    let (url, page) = stage.open(both["OperateShortUrl"].as_str().unwrap()).await;
    page.says(200, &["企业初始化", "青山子客有限公司", "白水子客有限公司"]);
    stage.submit(&url, "action=confirm&who=13120000001").await.says(403, &["无权查看该内容"]);
    assert_eq!(stage.told(), Vec::<Value>::new(), "and nothing was done for either");
    let one = stage.platform("CreateBatchInitOrganizationUrl", &admin(), wanted(json!(["org_second"]))).await;
    let (url, _) = stage.open(one["OperateLongUrl"].as_str().unwrap()).await;
    stage.submit(&url, "action=confirm&who=13120000001").await.says(200, &["操作已完成"]);
    let seals =
        stage.platform("ChannelDescribeOrganizationSeals", &agent("org_second", "staff_second"), json!({})).await;
    let seals = seals["Seals"].as_array().unwrap().iter();
    let official: Vec<_> = seals.filter(|seal| seal["SealType"] == "OFFICIAL").collect();
    assert_eq!(official.len(), 1, "beside the legal person's, which was there before");
    assert_eq!((&official[0]["SealName"], &official[0]["SealStatus"]), (&json!("公章"), &json!("SUCCESS")));
    let types: Vec<Value> = stage.told().iter().map(|told| told["type"].clone()).collect();
    assert_eq!(types, ["OperateSeal", "OperateSeal", "OperateExtendedService", "PartnerServerSignAuthorization"]);
}
