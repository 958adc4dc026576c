//! A small world for the domain's own tests.

use std::sync::Arc;

use bytes::Bytes;

use super::directory::Directory;
use super::employee::{Card, Employee, Role};
use super::event::Happening;
use super::file::Content;
use super::flow::{Flow, Initiator};
use super::launch::{FlowIds, NewApprover, NewComponent, NewFlow, launch};
use super::organization::{Edition, Organization, Quota};
use super::refusal::Refusal;
use super::seal::Seal;
use super::time::Timestamp;
use crate::documents::{Area, PageSize};

/// When everything starts.
pub(crate) const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);

/// `seconds` after the start.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(NOW.seconds() + seconds)
}

fn operator() -> Employee {
    Employee {
        id: "operator".into(),
        organization: "own".into(),
        name: "典子谦".into(),
        mobile: "13200000000".into(),
        card: Card::default(),
        verified: true,
        roles: vec![Role::SuperAdmin],
    }
}

/// A company with an operator and three seals.
pub(crate) fn directory() -> Directory {
    let mut directory = Directory::default();
    directory.organizations.insert(Organization {
        id: "own".into(),
        name: "示例企业".into(),
        edition: Edition::Flagship,
        auto_sign: true,
        quota: Quota::bought(100),
    });
    directory.employees.insert(operator());
    for (id, organization, enabled) in [("seal", "own", true), ("disabled", "own", false), ("foreign", "other", true)] {
        directory
            .seals
            .insert(Seal { id: id.into(), organization: organization.into(), name: "公章".into(), enabled });
    }
    directory
}

/// A company, a person and a machine sign in this order.
pub(crate) fn sample_flow() -> NewFlow {
    let component =
        |kind: &str, value: &str| NewComponent { kind: kind.into(), value: value.into(), ..NewComponent::default() };
    NewFlow {
        name: "采购合同".into(),
        description: String::new(),
        kind: String::new(),
        user_data: String::new(),
        deadline: None,
        unordered: false,
        signers_place_components: false,
        content: Arc::new(Content::new(
            Bytes::from_static(b"%PDF"),
            Some(vec![PageSize { width: 595.0, height: 842.0 }]),
        )),
        approvers: vec![
            NewApprover {
                kind: 0,
                organization_name: Some("示例企业".into()),
                name: Some("典子谦".into()),
                mobile: Some("13200000000".into()),
                components: vec![component("SIGN_SEAL", "")],
                ..NewApprover::default()
            },
            NewApprover {
                kind: 1,
                name: Some("张三".into()),
                mobile: Some("18888888888".into()),
                components: vec![component("SIGN_SIGNATURE", "")],
                ..NewApprover::default()
            },
            NewApprover { kind: 3, components: vec![component("SIGN_SEAL", "seal")], ..NewApprover::default() },
        ],
        copies: Vec::new(),
    }
}

/// Launches it in [`directory`] at [`NOW`].
pub(crate) fn launch_sample(new: NewFlow) -> Result<(Flow, Vec<Happening>), Refusal> {
    let initiator =
        Initiator { organization: "own".into(), organization_name: "示例企业".into(), user: "operator".into() };
    let ids = FlowIds {
        flow: "flow".into(),
        document: "document".into(),
        approvers: (0..new.approvers.len())
            .map(|index| (format!("recipient-{index}").into(), format!("sign-{index}").into()))
            .collect(),
    };
    let page = |_, _| Ok(vec![Area { page: 1, x: 100.0, y: 100.0, width: 100.0, height: 100.0 }]);
    launch(new, (&initiator, &operator()), &directory(), &page, || ids, NOW)
}

/// The sample, launched.
pub(crate) fn flow_of_three(unordered: bool) -> Flow {
    let mut new = sample_flow();
    new.unordered = unordered;
    launch_sample(new).expect("the sample is a valid contract").0
}
