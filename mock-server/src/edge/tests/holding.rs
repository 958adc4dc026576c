//! A main company acts for the members of its group.

use serde_json::json;

use super::stage::Stage;
use crate::callbacks::address::Address;
use crate::engine::clock::EdgeTime;

/// The joined member of the demo world that names no shadow accounts.
const MEMBER: usize = 3;

impl Stage {
    /// Hears what happens to this company of the world.
    fn hear_of(&self, company: usize, id: &str) {
        let organization = self.file.organizations[company].id.as_str().into();
        let url = "http://127.0.0.1:9/".into();
        let address = Address { id: id.into(), organization, url, ..crate::engine::samples::address() };
        self.account().enter(EdgeTime::read(), |world, _, _| world.callbacks.add_address(address));
    }

    /// A contract of the member's, launched with the main company's key.
    async fn launch_for_member(&self) -> String {
        let agent = json!({"ProxyOrganizationId": self.file.organizations[MEMBER].id});
        let file = json!({"FileName": "合同.pdf", "FileBody": super::stage::sample_body()});
        let upload = json!({"BusinessType": "DOCUMENT", "Agent": agent, "FileInfos": [file]});
        let file = self.call("UploadFiles", upload).await["FileIds"][0].clone();
        let mut new = self.new_flow().await;
        new["Agent"] = agent;
        new["FileIds"] = json!([file]);
        new["Approvers"] = json!([new["Approvers"][1]]);
        let answer = self.call("CreateFlowByFiles", new).await;
        answer["FlowId"].as_str().unwrap_or_else(|| panic!("no contract: {answer}")).to_owned()
    }
}

#[tokio::test]
async fn a_contract_for_a_member_is_the_members_own() {
    let stage = Stage::new();
    let quota = |company: usize| {
        let id = stage.file.organizations[company].id.as_str();
        stage.account().enter(EdgeTime::read(), |world, _, _| world.directory.organizations.get(id).unwrap().quota.left)
    };
    let before = (quota(0), quota(MEMBER));
    let flow = stage.launch_for_member().await;
    assert_eq!((quota(0), quota(MEMBER)), (before.0, before.1 - 1), "the member's quota pays");

    let look = |agent| json!({"Operator": stage.operator(), "FlowIds": [flow], "Agent": agent});
    let member = &stage.file.organizations[MEMBER].id;
    let seen = stage.call("DescribeFlowInfo", look(json!({"ProxyOrganizationId": member}))).await;
    let creator = seen["FlowDetailInfos"][0]["Creator"].as_str().unwrap_or_default();
    assert_ne!(creator, stage.company().employees[0].id, "{seen}");
    let unseen = stage.call("DescribeFlowInfo", look(json!({}))).await;
    assert_eq!(unseen["Error"]["Code"], "FailedOperation", "the main company takes no part in it itself: {unseen}");
}

#[tokio::test]
async fn callbacks_of_a_member_reach_the_main_company_too() {
    let stage = Stage::new();
    stage.hear_of(0, "main");
    stage.hear_of(MEMBER, "member");
    stage.hear_of(MEMBER + 1, "sister");
    stage.launch_for_member().await;

    let told = stage.account().enter(EdgeTime::read(), |world, _, _| {
        let told = world.callbacks.deliveries().map(|(_, one)| {
            let kind = one.message.kind.name().to_owned();
            (one.address.id.clone(), kind, one.message.organization.to_string())
        });
        told.collect::<Vec<_>>()
    });

    let of = |address: &str| told.iter().filter(|one| one.0 == address).map(|one| one.1.as_str()).collect::<Vec<_>>();
    assert_eq!(of("main"), of("member"));
    assert!(of("main").contains(&"FlowStatusChange"));
    assert!(of("sister").is_empty());
    assert!(told.iter().all(|one| one.2 == stage.file.organizations[MEMBER].id), "the ids are the member's");
}
