//! A company makes roles, gives them to its people, and they bind from that moment on.

use serde_json::{Value, json};

use super::stage::Stage;

impl Stage {
    /// A call of the employee at this place.
    async fn call_of(&self, place: usize, action: &str, more: Value) -> Value {
        let mut request = json!({"Operator": {"UserId": self.company().employees[place].id}});
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.call(action, request).await
    }

    async fn code_of(&self, place: usize, action: &str, more: Value) -> Value {
        self.call_of(place, action, more).await["Error"]["Code"].clone()
    }

    /// The whole tree with these entries checked.
    async fn companys_tree(&self, checked: &[&str]) -> Value {
        let filters =
            json!([{"Key": "RoleType", "Values": ["1"]}, {"Key": "IsReturnPermissionGroup", "Values": ["1"]}]);
        let roles = self.call_of(0, "DescribeIntegrationRoles", json!({"Limit": 1, "Filters": filters})).await;
        let mut tree = roles["IntegrateRoles"][0]["PermissionGroups"].clone();
        check(&mut tree, &|key| checked.contains(&key));
        tree
    }
}

/// Checks the entries of a tree for which this is said, and no others.
pub(super) fn check(tree: &mut Value, checked: &dyn Fn(&str) -> bool) {
    match tree {
        Value::Array(items) => items.iter_mut().for_each(|item| check(item, checked)),
        Value::Object(fields) => {
            let checks = fields.get("Key").and_then(Value::as_str).map(checked);
            if let Some(checks) = checks {
                fields.insert("IsChecked".into(), json!(checks));
            }
            fields.values_mut().for_each(|field| check(field, checked));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => (),
    }
}

/// The administrator, and a colleague who launches and signs.
const ADMIN: usize = 0;
const COLLEAGUE: usize = 1;

#[tokio::test]
async fn a_role_binds_from_the_moment_it_is_given_until_it_is_changed_or_taken() {
    let stage = Stage::new();
    stage.listen();
    let colleague = stage.company().employees[COLLEAGUE].id.clone();
    let make = json!({"DeptName": "销售部"});
    assert_eq!(stage.code_of(COLLEAGUE, "CreateIntegrationDepartment", make.clone()).await, "OperationDenied.Forbid");

    let new = json!({"Name": "人事", "PermissionGroups": stage.companys_tree(&["ModifyYuFuOrg"]).await});
    let role = stage.call_of(ADMIN, "CreateIntegrationRole", new).await["RoleId"].clone();
    let unverified = stage.company().employees[2].id.clone();
    let give = json!({"RoleIds": [role], "UserIds": [colleague, unverified, "nobody"]});
    let given = stage.call_of(ADMIN, "CreateIntegrationUserRoles", give).await;
    let failed = |id: &str| json!({"UserId": id, "RoleIds": [role]});
    assert_eq!(given["FailedCreateRoleData"], json!([failed(&unverified), failed("nobody")]));
    assert_eq!(stage.code_of(COLLEAGUE, "CreateIntegrationDepartment", make).await, Value::Null);

    let tree = stage.companys_tree(&["CreateRole"]).await;
    let changed = json!({"RoleId": role, "Name": "人事", "PermissionGroups": tree});
    stage.call_of(ADMIN, "ModifyIntegrationRole", changed).await;
    let again = json!({"DeptName": "法务部"});
    assert_eq!(stage.code_of(COLLEAGUE, "CreateIntegrationDepartment", again).await, "OperationDenied.Forbid");
    let made = stage.call_of(COLLEAGUE, "CreateIntegrationRole", json!({"Name": "同事的角色"})).await;
    assert!(made["RoleId"].is_string(), "a new right binds at once: {made}");

    let take = json!({"RoleId": role, "Users": [{"UserId": colleague}]});
    assert_eq!(stage.call_of(ADMIN, "DeleteIntegrationRoleUsers", take).await["RoleId"], role);
    let refused = stage.code_of(COLLEAGUE, "CreateIntegrationRole", json!({"Name": "又一个"})).await;
    assert_eq!(refused, "UnauthorizedOperation");
    let told = stage.heard();
    assert_eq!(told.len(), 2, "binding and unbinding are told, changing a role is not: {told:?}");
    insta::assert_json_snapshot!(told);
}

#[tokio::test]
async fn roles_are_listed_in_rows_from_where_somebody_begins() {
    let stage = Stage::new();
    let _ = stage.call_of(ADMIN, "CreateIntegrationRole", json!({"Name": "采购专员"})).await;
    let group = json!({"Name": "集团采购", "IsGroupRole": 1, "SubOrganizationIds": ["1"]});
    let _ = stage.call_of(ADMIN, "CreateIntegrationRole", group).await;
    let mut answers = Vec::new();
    for more in [
        json!({"Limit": 3}),
        json!({"Limit": 3, "Offset": 7}),
        json!({"Limit": 3, "Filters": [{"Key": "IsGroupRole", "Values": ["1"]}]}),
        json!({"Limit": 3, "Filters": [{"Key": "RoleStatus", "Values": ["2"]}]}),
    ] {
        answers.push(stage.call_of(ADMIN, "DescribeIntegrationRoles", more).await);
    }
    insta::assert_json_snapshot!(answers);
}

#[tokio::test]
async fn a_role_for_the_group_lets_the_main_companys_people_act_in_the_members_it_names() {
    let stage = Stage::new();
    let members = [stage.file.organizations[3].id.clone(), stage.file.organizations[4].id.clone()];
    let make = |name: &str| json!({"Agent": {"ProxyOrganizationId": members[0]}, "DeptName": name, "DeptOpenId": name});
    let refused = stage.code_of(COLLEAGUE, "CreateIntegrationDepartment", make("销售部")).await;
    assert_eq!(refused, "OperationDenied.Forbid");
    let tree = stage.companys_tree(&["ModifyYuFuOrg"]).await;
    let new =
        json!({"Name": "集团人事", "IsGroupRole": 1, "SubOrganizationIds": [members[1]], "PermissionGroups": tree});
    let role = stage.call_of(ADMIN, "CreateIntegrationRole", new).await["RoleId"].clone();
    let colleague = stage.company().employees[COLLEAGUE].id.clone();
    let give = json!({"RoleIds": [role], "UserIds": [colleague]});
    stage.call_of(ADMIN, "CreateIntegrationUserRoles", give).await;
    let refused = stage.code_of(COLLEAGUE, "CreateIntegrationDepartment", make("销售部")).await;
    assert_eq!(refused, "OperationDenied.Forbid", "it names another member");

    let widened = json!({"RoleId": role, "Name": "集团人事", "SubOrganizationIds": members});
    stage.call_of(ADMIN, "ModifyIntegrationRole", widened).await;
    assert_eq!(stage.code_of(COLLEAGUE, "CreateIntegrationDepartment", make("销售部")).await, Value::Null);
    let own = stage.code_of(COLLEAGUE, "CreateIntegrationDepartment", json!({"DeptName": "销售部"})).await;
    assert_eq!(own, "OperationDenied.Forbid", "at home it allows nothing");
}
