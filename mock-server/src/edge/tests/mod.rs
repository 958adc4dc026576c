//! Whole calls, bytes in and bytes out, without a socket.

mod agent;
mod browser;
mod camera;
mod cancelling;
mod contract_intelligence;
mod contract_reviews;
mod coverage;
mod departments;
mod digital;
mod during;
mod embedding;
mod enclosed;
mod faults;
mod files;
mod groups;
mod guidance;
mod handing_on;
mod holding;
mod hostile;
mod link_types;
mod links;
mod membership;
mod organizations;
mod partners_applications;
mod past;
mod people;
mod platform;
mod platform_approvers;
mod platform_billing;
mod platform_cancel;
mod platform_evidence;
mod platform_flow;
mod platform_links;
mod platform_onboarding;
mod platform_prepare;
mod platform_seals;
mod platform_services;
mod platform_staff;
mod platform_templates;
mod platform_theme;
mod preparing;
mod refusals;
mod rights;
mod roles;
mod scanning;
mod seals;
mod seed_guide;
mod seed_links;
mod services;
mod snapshots;
mod stage;
mod story;
mod template_pages;
mod templates;
mod theme;
mod usage;

use ess_schemas::Service;

use crate::domain::refusal::Refusal;
use crate::engine::clock::EdgeTime;

/// What only a platform is refused for, a line each.
const OF_PLATFORMS: &[&str] = &[
    "AppBanned",
    "AppIdEmpty",
    "AppUnknown",
    "DateInvalid",
    "DownloadServiceClosed",
    "FlowAlreadyClaimed",
    "FlowInfosInvalid",
    "FlowNotClaimable",
    "LicenceWrong",
    "NameInvalid",
    "OperateTypeInvalid",
    "OperatorsEmpty",
    "OrganizationOpenIdEmpty",
    "OrganizationTypeNotSupported",
    "SealWorkflowUnknown",
    "TemplateAuthTagInvalid",
    "TemplateIdEmpty",
    "TemplateNotGranted",
];

/// What only a company is refused for, a line each.
const OF_COMPANIES: &[&str] = &[
    "ChecklistUnknown",
    "CounterSignUnknown",
    "DataNotSigned",
    "DepartmentExists",
    "DepartmentHasChildren",
    "DepartmentIsRoot",
    "DepartmentUnknown",
    "IntelligenceUnitsExhausted",
    "ReviewNotDone",
    "ReviewUnknown",
    "RiskUnknown",
    "IntelligenceTaskNotDone",
    "IntelligenceTaskUnknown",
];

#[test]
fn every_refusal_of_the_domain_has_its_row() {
    for row in Refusal::ROWS {
        assert!(
            OF_COMPANIES.contains(row) || ess_schemas::refusal(Service::Essbasic, row).is_some(),
            "{row} has no row in refusals.yaml of essbasic"
        );
        let of_platforms = OF_PLATFORMS.contains(row);
        assert!(
            of_platforms || ess_schemas::refusal(Service::Ess, row).is_some(),
            "{row} has no row in refusals.yaml of ess"
        );
    }
}

#[test]
fn a_panic_is_contained_and_damages_its_world_until_it_is_reset() {
    let stage = stage::Stage::new();
    let account = stage.account();
    let other = stage.registry.add_world().unwrap();
    let damage = |account: &crate::engine::account::Account| account.pulse(EdgeTime::read()).damaged;

    let done: Option<()> = super::contained(&account, "CancelFlow", || {
        account.enter(EdgeTime::read(), |_, _, _| panic!("as a defect would"));
    });

    assert_eq!(done, None);
    assert!(damage(&account).is_some_and(|why| why.contains("CancelFlow")));
    assert_eq!(damage(&other), None, "nobody else suffers");
    account.reset(EdgeTime::read());
    assert_eq!(damage(&account), None);
}
