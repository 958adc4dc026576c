//! A company sorts its people into departments.

use serde_json::{Value, json};

use super::stage::Stage;
use crate::engine::clock::EdgeTime;

impl Stage {
    /// Asks for departments, or changes them, as the company's administrator.
    async fn departments(&self, action: &str, more: Value) -> Value {
        let mut request = json!({"Operator": self.operator()});
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.call(action, request).await
    }

    async fn made(&self, more: Value) -> Value {
        self.departments("CreateIntegrationDepartment", more).await["DeptId"].clone()
    }

    async fn below(&self, department: &Value) -> Vec<Value> {
        let wanted = json!({"QueryType": 1, "DeptId": department});
        let seen = self.departments("DescribeIntegrationDepartments", wanted).await;
        seen["Departments"].as_array().unwrap()[1..].iter().map(|one| one["DeptName"].clone()).collect()
    }
}

#[tokio::test]
async fn a_tree_is_made_and_shown_level_by_level() {
    let stage = Stage::new();
    let sales = stage.made(json!({"DeptName": "销售部", "DeptOpenId": "sales", "OrderNo": 1})).await;
    let _ = stage.made(json!({"DeptName": "法务部", "OrderNo": 9})).await;
    let north = stage.made(json!({"DeptName": "华北", "ParentDeptOpenId": "sales", "OrderNo": 3})).await;
    // Of two ids the vendor's wins.
    let both = json!({"DeptName": "东北", "ParentDeptId": north, "ParentDeptOpenId": "sales"});
    let _ = stage.made(both).await;
    let mut answers = Vec::new();
    for wanted in [
        json!({"QueryType": 1}),
        json!({"QueryType": 0}),
        json!({"QueryType": 1, "DeptOpenId": "sales"}),
        json!({"QueryType": 1, "DeptId": north, "DeptOpenId": "sales"}),
        json!({"QueryType": 2}),
    ] {
        answers.push(stage.departments("DescribeIntegrationDepartments", wanted).await);
    }
    insta::assert_json_snapshot!(answers);
    assert_eq!(stage.below(&sales).await, ["华北"]);
}

#[tokio::test]
async fn a_department_is_moved_with_what_stands_below_it_and_never_below_itself() {
    let stage = Stage::new();
    let sales = stage.made(json!({"DeptName": "销售部"})).await;
    let north = stage.made(json!({"DeptName": "华北", "ParentDeptId": sales})).await;
    let city = stage.made(json!({"DeptName": "北京", "ParentDeptId": north})).await;
    let legal = stage.made(json!({"DeptName": "法务部"})).await;
    for below in [&sales, &north, &city] {
        let moved =
            stage.departments("ModifyIntegrationDepartment", json!({"DeptId": sales, "ParentDeptId": below})).await;
        assert_eq!(moved["Error"]["Code"], "InvalidParameter.ParamError", "{moved}");
    }
    stage.departments("ModifyIntegrationDepartment", json!({"DeptId": north, "ParentDeptId": legal})).await;
    assert_eq!((stage.below(&sales).await, stage.below(&legal).await), (vec![], vec![json!("华北")]));
    assert_eq!(stage.below(&north).await, ["北京"]);
}

#[tokio::test]
async fn people_of_a_deleted_department_go_to_the_one_that_receives_it() {
    let stage = Stage::new();
    let sales = stage.made(json!({"DeptName": "销售部"})).await;
    let legal = stage.made(json!({"DeptName": "法务部"})).await;
    let employee = stage.company().employees[1].id.clone();
    let department = |stage: &Stage| {
        stage.account().enter(EdgeTime::read(), |world, _, _| {
            let employee = world.directory.employees.get(employee.as_str()).unwrap();
            json!(world.directory.department_of(employee).name)
        })
    };
    stage.account().enter(EdgeTime::read(), |world, _, _| {
        let mut one = world.directory.employees.get(employee.as_str()).unwrap().as_ref().clone();
        one.department = Some(sales.as_str().unwrap().into());
        world.directory.employees.insert(one);
    });
    assert_eq!(department(&stage), "销售部");
    stage.departments("DeleteIntegrationDepartment", json!({"DeptId": sales, "ReceiveDeptId": legal})).await;
    assert_eq!(department(&stage), "法务部");
    stage.departments("DeleteIntegrationDepartment", json!({"DeptId": legal})).await;
    assert_eq!(department(&stage), json!(stage.company().name), "the root, where none receives");
    let gone = stage.departments("DeleteIntegrationDepartment", json!({"DeptId": legal})).await;
    assert_eq!(gone["Error"]["Code"], "InvalidParameter.DataNotFound");
}

#[tokio::test]
async fn the_main_company_keeps_a_members_departments_apart_from_its_own() {
    let stage = Stage::new();
    let member = json!({"ProxyOrganizationId": stage.file.organizations[3].id});
    let made = json!({"Agent": member, "DeptName": "销售部", "DeptOpenId": "sales"});
    let of_member = stage.made(made.clone()).await;
    let own = stage.departments("DescribeIntegrationDepartments", json!({"QueryType": 0, "DeptId": of_member})).await;
    assert_eq!(own["Error"]["Code"], "InvalidParameter.DataNotFound");
    assert!(stage.made(json!({"DeptName": "销售部", "DeptOpenId": "sales"})).await.is_string(), "names of its own");
    let again = stage.departments("CreateIntegrationDepartment", made).await;
    assert_eq!(again["Error"]["Code"], "InvalidParameter.DataExists");
}
