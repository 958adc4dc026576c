//! A small world for the domain's own tests.

use std::collections::BTreeSet;
use std::sync::Arc;

use bytes::Bytes;

use super::approver::Person;
use super::directory::Directory;
use super::employee::{Employee, Role};
use super::event::Happening;
use super::extended_service::{ExtendedService, ExtendedServices};
use super::file::Content;
use super::flow::{Flow, Initiator};
use super::group::FlowGroup;
use super::launch::{FlowIds, NewApprover, NewComponent, NewFlow, draft, launch};
use super::onboarding::record::{Administrator, CompanyData, Record};
use super::organization::{Edition, Organization, Quota, Standing};
use super::refusal::Refusal;
use super::seal::{Seal, SealStatus};
use super::template::{Party, PartyKind, Template};
use super::time::Timestamp;
use crate::documents::{PageSize, Placement};

/// When everything starts.
pub(crate) const NOW: Timestamp = Timestamp::from_seconds(1_700_000_000);

/// `seconds` after the start.
pub(crate) fn at(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(NOW.seconds() + seconds)
}

/// The super admin of that company.
pub(crate) fn operator() -> Employee {
    Employee::new("operator".into(), "own".into(), "典子谦".into(), "13200000000".into(), NOW)
        .with_roles(vec![Role::SuperAdmin])
}

/// An attempt to prove that this is a company.
pub(crate) fn record() -> Record {
    let Employee { id, name, mobile, card, .. } = operator();
    Record {
        id: "authorization".into(),
        company: CompanyData {
            name: "示例企业".into(),
            credit_code: "91440300MA00000011".into(),
            legal_name: "典子谦".into(),
            address: "广东省深圳市南山区海天二路33号".into(),
        },
        admin: Administrator { user: id, name, mobile, card },
        transfer: None,
        refused: None,
        begun_at: NOW,
    }
}

/// A company with an operator and three seals.
pub(crate) fn directory() -> Directory {
    let mut directory = Directory::default();
    let mut services = ExtendedServices::default();
    services.let_use(ExtendedService::AutoSign, operator().id);
    directory.organizations.insert(Organization {
        id: "own".into(),
        name: "示例企业".into(),
        edition: Edition::Flagship,
        auto_sign: true,
        credit_code: String::new(),
        legal_name: String::new(),
        address: String::new(),
        quota: Quota::bought(100),
        standing: Standing::Active,
        evidence_reports: 10,
        intelligence_units: 10,
        identity_checks: 10,
        mobile_link: None,
        counter_signs: 10,
        lacks: BTreeSet::new(),
        holding: None,
        group: None,
        business: None,
        encryption: None,
        services,
        theme: None,
    });
    directory.employees.insert(operator());
    for (id, organization, status) in [
        ("seal", "own", SealStatus::Enabled),
        ("disabled", "own", SealStatus::Disabled),
        ("foreign", "other", SealStatus::Enabled),
    ] {
        directory.seals.insert(Seal { status, ..Seal::first(id.into(), organization.into(), NOW) });
    }
    directory
}

/// A company, a person and a machine sign in this order.
pub(crate) fn sample_flow() -> NewFlow {
    let component = |kind: &str, value: &str| NewComponent { value: value.into(), ..placed(kind) };
    NewFlow {
        name: "采购合同".into(),
        content: Some(Arc::new(Content::new(
            Bytes::from_static(b"%PDF"),
            Some(vec![PageSize { width: 595.0, height: 842.0 }]),
        ))),
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
        ..NewFlow::default()
    }
}

/// A component of this kind on the first page.
pub(crate) fn placed(kind: &str) -> NewComponent {
    let placement = Placement::Normal { page: 1, x: 100.0, y: 100.0, width: 100.0, height: 100.0 };
    NewComponent { kind: kind.into(), placement: Some(placement), ..NewComponent::default() }
}

/// Somebody with this name.
pub(crate) fn person(name: &str) -> Person {
    Person { name: name.into(), mobile: "13900000000".into(), ..Person::default() }
}

/// Launches it in [`directory`] at [`NOW`].
pub(crate) fn launch_sample(new: NewFlow) -> Result<(Flow, Vec<Happening>), Refusal> {
    let ids = ids(&new);
    launch(new, (&initiator(), &operator()), &directory(), || ids, NOW)
}

/// The company of [`directory`] as an initiator.
pub(crate) fn initiator() -> Initiator {
    Initiator {
        organization: "own".into(),
        organization_name: "示例企业".into(),
        user: "operator".into(),
        application: None,
    }
}

fn ids(new: &NewFlow) -> FlowIds {
    FlowIds {
        flow: "flow".into(),
        document: "document".into(),
        approvers: (0..new.approvers.len())
            .map(|index| (format!("recipient-{index}").into(), format!("sign-{index}").into()))
            .collect(),
    }
}

/// The sample, made and not started.
pub(crate) fn draft_of_three() -> Flow {
    draft_sample(sample_flow())
}

/// Makes it in [`directory`] at [`NOW`], without starting it.
pub(crate) fn draft_sample(new: NewFlow) -> Flow {
    let ids = ids(&new);
    draft(new, (&initiator(), &operator()), &directory(), || ids, NOW).expect("the sample is a valid contract")
}

/// The sample, launched.
pub(crate) fn flow_of_three(unordered: bool) -> Flow {
    let mut new = sample_flow();
    new.unordered = unordered;
    launch_sample(new).expect("the sample is a valid contract").0
}

/// A company and a person, each with an address to fill in, launched.
pub(crate) fn flow_to_fill(unordered: bool) -> Flow {
    let mut new = sample_flow();
    new.unordered = unordered;
    new.approvers.truncate(2);
    for approver in &mut new.approvers {
        approver.fills = vec![NewComponent { name: "地址".into(), required: true, ..placed("TEXT") }];
    }
    launch_sample(new).expect("the sample is a valid contract").0
}

/// A group of this contract alone.
pub(crate) fn group_of(flow: &Flow) -> FlowGroup {
    FlowGroup {
        id: "group".into(),
        name: "合同组".into(),
        initiator: flow.initiator.clone(),
        flows: vec![flow.id.clone()],
        copies: Vec::new(),
        remarks: Vec::new(),
        created_at: flow.created_at,
    }
}

/// A template for a company and a person; the initiator fills in a price, the person an address.
pub(crate) fn template() -> Template {
    let flow = flow_to_fill(false);
    let party = |index: usize, role: &str, kind| Party {
        recipient: format!("slot-{index}").into(),
        role: role.into(),
        kind,
        components: flow.approvers[index].components.clone(),
        fills: flow.approvers[index].fills.clone(),
    };
    let mut price = flow.approvers[1].fills[0].clone();
    price.name = "金额".into();
    let company = Party { fills: Vec::new(), ..party(0, "甲方", PartyKind::Organization) };
    Template {
        id: "template".into(),
        organization: "own".into(),
        name: "劳动合同".into(),
        description: String::new(),
        kind: String::new(),
        kind_id: String::new(),
        claimed: None,
        unordered: false,
        content: flow.content().cloned(),
        file: "file".into(),
        file_name: "劳动合同.pdf".into(),
        promoter: "promoter".into(),
        fills: vec![price],
        parties: vec![company, party(1, "乙方", PartyKind::Person)],
        enabled: true,
        creator: Some("operator".into()),
        created_at: NOW,
        user_data: String::new(),
        version: 1,
        saved_at: NOW,
    }
}
