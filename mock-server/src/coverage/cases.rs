//! Calls that succeed, and what makes them fail: `fixtures/refusals/`, and `essbasic/` in it, a file per chapter. They are made in the world of
//! `fixtures/worlds/refusals.yaml`, whose ids say what they stand for.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use ess_schemas::{ActionContract, AgentNeeds, IdentityClass, Service};
use serde::Deserialize;
use serde_json::{Value, json};

use super::breaking;
use crate::identity::right_for;

/// The world the calls are made in.
pub const WORLD: &str = include_str!("../../../fixtures/worlds/refusals.yaml");

/// A call that succeeds, as the file has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Good {
    /// What has happened since the world began.
    #[serde(default)]
    pub past: Past,
    /// Its parameters.
    pub request: Value,
    /// Changes that make it fail.
    #[serde(default)]
    refused: Vec<Change>,
}

/// What has happened before a call, and who makes it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Past {
    /// The company whose key is used; the world's first when left out.
    pub company: Option<String>,
    /// Calls that succeeded.
    pub calls: Vec<Earlier>,
    /// How long ago that was.
    pub later: Option<String>,
}

/// A call that succeeded before.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Earlier {
    /// The action.
    pub action: String,
    /// Its parameters.
    pub request: Value,
    /// What later calls name `$name`: name -> pointer into the answer.
    #[serde(default)]
    pub keep: BTreeMap<String, String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    /// Another past than the good call's.
    past: Option<Past>,
    /// Path -> value; `null` leaves the field out.
    #[serde(default)]
    set: BTreeMap<String, Value>,
    /// The row of `refusals.yaml`.
    reason: String,
    /// The code it is answered with.
    code: String,
    /// The message; without it, the row's or the code's own.
    message: Option<String>,
}

/// One call that fails.
#[derive(Clone, Debug)]
pub struct Case {
    /// What has happened before the call.
    pub past: Past,
    /// What differs from the good call: path and value.
    pub changes: Vec<(String, Value)>,
    /// The row of `refusals.yaml`.
    pub reason: String,
    /// The code it is answered with.
    pub code: String,
    /// The message, where it has values in it.
    pub message: Option<String>,
}

impl Case {
    /// The parameters of the call.
    #[must_use]
    pub fn request(&self, good: &Value) -> Value {
        let mut request = good.clone();
        for (path, value) in &self.changes {
            set(&mut request, path, value.clone());
        }
        request
    }
}

static ESS: LazyLock<BTreeMap<String, Good>> = LazyLock::new(|| {
    const FILES: &[(&str, &str)] = &[
        ("billing", include_str!("../../../fixtures/refusals/billing.yaml")),
        ("callback", include_str!("../../../fixtures/refusals/callback.yaml")),
        ("console", include_str!("../../../fixtures/refusals/console.yaml")),
        ("contract_review", include_str!("../../../fixtures/refusals/contract_review.yaml")),
        ("department", include_str!("../../../fixtures/refusals/department.yaml")),
        ("digital", include_str!("../../../fixtures/refusals/digital.yaml")),
        ("during", include_str!("../../../fixtures/refusals/during.yaml")),
        ("evidence", include_str!("../../../fixtures/refusals/evidence.yaml")),
        ("file", include_str!("../../../fixtures/refusals/file.yaml")),
        ("flow", include_str!("../../../fixtures/refusals/flow.yaml")),
        ("group", include_str!("../../../fixtures/refusals/group.yaml")),
        ("intelligence", include_str!("../../../fixtures/refusals/intelligence.yaml")),
        ("launch", include_str!("../../../fixtures/refusals/launch.yaml")),
        ("link", include_str!("../../../fixtures/refusals/link.yaml")),
        ("onboarding", include_str!("../../../fixtures/refusals/onboarding.yaml")),
        ("organization", include_str!("../../../fixtures/refusals/organization.yaml")),
        ("prepare", include_str!("../../../fixtures/refusals/prepare.yaml")),
        ("qr_code", include_str!("../../../fixtures/refusals/qr_code.yaml")),
        ("query", include_str!("../../../fixtures/refusals/query.yaml")),
        ("role", include_str!("../../../fixtures/refusals/role.yaml")),
        ("seal", include_str!("../../../fixtures/refusals/seal.yaml")),
        ("service", include_str!("../../../fixtures/refusals/service.yaml")),
        ("staff", include_str!("../../../fixtures/refusals/staff.yaml")),
        ("template", include_str!("../../../fixtures/refusals/template.yaml")),
        ("verification", include_str!("../../../fixtures/refusals/verification.yaml")),
    ];
    FILES.iter().flat_map(|(name, text)| read(name, text)).collect()
});

static ESSBASIC: LazyLock<BTreeMap<String, Good>> = LazyLock::new(|| {
    const FILES: &[(&str, &str)] = &[
        ("approver", include_str!("../../../fixtures/refusals/essbasic/approver.yaml")),
        ("billing", include_str!("../../../fixtures/refusals/essbasic/billing.yaml")),
        ("cancel", include_str!("../../../fixtures/refusals/essbasic/cancel.yaml")),
        ("console", include_str!("../../../fixtures/refusals/essbasic/console.yaml")),
        ("embed", include_str!("../../../fixtures/refusals/essbasic/embed.yaml")),
        ("evidence", include_str!("../../../fixtures/refusals/essbasic/evidence.yaml")),
        ("file", include_str!("../../../fixtures/refusals/essbasic/file.yaml")),
        ("flow", include_str!("../../../fixtures/refusals/essbasic/flow.yaml")),
        ("link", include_str!("../../../fixtures/refusals/essbasic/link.yaml")),
        ("onboarding", include_str!("../../../fixtures/refusals/essbasic/onboarding.yaml")),
        ("organization", include_str!("../../../fixtures/refusals/essbasic/organization.yaml")),
        ("prepare", include_str!("../../../fixtures/refusals/essbasic/prepare.yaml")),
        ("qr_code", include_str!("../../../fixtures/refusals/essbasic/qr_code.yaml")),
        ("review", include_str!("../../../fixtures/refusals/essbasic/review.yaml")),
        ("staff", include_str!("../../../fixtures/refusals/essbasic/staff.yaml")),
        ("template", include_str!("../../../fixtures/refusals/essbasic/template.yaml")),
        ("seal", include_str!("../../../fixtures/refusals/essbasic/seal.yaml")),
        ("service", include_str!("../../../fixtures/refusals/essbasic/service.yaml")),
    ];
    FILES.iter().flat_map(|(name, text)| read(&format!("essbasic/{name}"), text)).collect()
});

/// The files are compiled in; a test would fail on the first one that cannot be read.
fn read(name: &str, text: &str) -> BTreeMap<String, Good> {
    serde_saphyr::from_str(text).unwrap_or_else(|error| panic!("fixtures/refusals/{name}.yaml: {error}"))
}

fn of_service(service: Service) -> &'static BTreeMap<String, Good> {
    match service {
        Service::Ess => &ESS,
        Service::Essbasic => &ESSBASIC,
    }
}

/// The call that succeeds.
#[must_use]
pub fn good(contract: &ActionContract) -> Option<&'static Good> {
    of_service(contract.service).get(contract.name)
}

/// Every call of the action that a test sends and sees refused.
#[must_use]
pub fn of(contract: &'static ActionContract) -> Vec<Case> {
    let Some(good) = good(contract) else { return Vec::new() };
    let mut cases = derived(contract, good);
    cases.extend(good.refused.iter().cloned().map(|change| Case {
        past: change.past.unwrap_or_else(|| good.past.clone()),
        changes: change.set.into_iter().collect(),
        reason: change.reason,
        code: change.code,
        message: change.message,
    }));
    cases
}

/// What every call of its kind is refused for: a wrong operator, or one whose roles do not allow it, a company that may not act or is none of the group's, broken
/// limits.
fn derived(contract: &'static ActionContract, good: &Good) -> Vec<Case> {
    let (field, required, agent) = match contract.identity {
        IdentityClass::Operator { required, agent } => ("Operator.UserId", required, agent),
        IdentityClass::Caller { required, agent } => ("Caller.OperatorId", required, agent),
        IdentityClass::Agent { .. } | IdentityClass::None => ("", false, false),
    };
    let case = |past: &Past, changes: &[(&str, Value)], reason: &str| {
        let row = ess_schemas::refusal(contract.service, reason)?;
        let code = row.code_for(contract).to_owned();
        let changes = changes.iter().map(|(path, value)| ((*path).to_owned(), value.clone())).collect();
        Some(Case { past: past.clone(), changes, reason: reason.to_owned(), code, message: None })
    };
    let mut cases = Vec::new();
    if required {
        cases.push(case(&good.past, &[(field, json!(""))], "OperatorEmpty"));
    }
    if !field.is_empty() {
        cases.push(case(&good.past, &[(field, json!("nobody"))], "OperatorUnknown"));
        cases.push(case(&good.past, &[(field, json!("unverified"))], "OperatorNotVerified"));
        let inactive = Past { company: Some("inactive".to_owned()), ..Past::default() };
        cases.push(case(&inactive, &[(field, json!("inactive-operator"))], "OrganizationNotActivated"));
    }
    if right_for(contract, &good.request).is_some() {
        let (field, guest) = match contract.service {
            Service::Ess => (field, "newcomer"),
            Service::Essbasic => ("Agent.ProxyOperator.OpenId", "staff_guest"),
        };
        cases.push(case(&good.past, &[(field, json!(guest))], "OperatorLacksPermission"));
    }
    if agent {
        let member = |id: &str| ("Agent.ProxyOrganizationId", json!(id));
        cases.push(case(&good.past, &[member("nobody")], "SubOrganizationUnknown"));
        cases.push(case(&good.past, &[member("expired-member")], "SubOrganizationLicenseExpired"));
        cases.push(case(&good.past, &[member("member"), (field, json!("colleague"))], "NoShadowAccount"));
    }
    if let IdentityClass::Agent { needs, .. } = contract.identity {
        let parts = agents(needs);
        cases.extend(parts.into_iter().map(|(changes, reason)| case(&good.past, &changes, reason)));
    }
    // Who is named too long in `Agent` is nobody known, which comes first.
    let broken = breaking::limits(contract.request, &good.request).into_iter();
    for (path, value, reason) in broken.filter(|(path, _, _)| !path.starts_with("Agent.")) {
        cases.push(case(&good.past, &[(&path, value)], reason));
    }
    cases.into_iter().flatten().collect()
}

/// Every part of `Agent` such an action needs, wrong in one way.
fn agents(needs: AgentNeeds) -> Vec<(Vec<(&'static str, Value)>, &'static str)> {
    let application = |id: &str| ("Agent.AppId", json!(id));
    let customer = |id: &str| ("Agent.ProxyOrganizationOpenId", json!(id));
    let operator = |id: &str| ("Agent.ProxyOperator.OpenId", json!(id));
    let all = [
        (vec![application("")], "AppIdEmpty"),
        (vec![application("nobody")], "AppUnknown"),
        (vec![application("banned-app")], "AppBanned"),
        (vec![customer("")], "OrganizationOpenIdEmpty"),
        (vec![customer("nobody")], "OrganizationUnknown"),
        (vec![customer("org_unverified"), operator("staff_of_unverified")], "OrganizationNotVerified"),
        (vec![customer("org_closing"), operator("staff_of_closing")], "OrganizationClosing"),
        (vec![operator("")], "OperatorEmpty"),
        // Another customer's, so that it is nobody to those either who may name somebody new.
        (vec![operator("staff_second")], "OperatorUnknown"),
        (vec![operator("staff_unverified")], "OperatorNotVerified"),
    ];
    let needed = super::of_agent(needs);
    all.into_iter().filter(|(_, reason)| needed.contains(reason)).collect()
}

/// Puts a value at a path such as `Approvers.0.ApproverName`, making objects on the way; `null` takes a member away,
/// or an item with those after it.
fn set(target: &mut Value, path: &str, value: Value) {
    let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let place = match target {
        Value::Object(members) if value.is_null() && rest.is_none() => {
            members.remove(first);
            return;
        }
        Value::Array(items) if value.is_null() && rest.is_none() => {
            items.truncate(first.parse().unwrap_or(usize::MAX));
            return;
        }
        Value::Array(items) => first.parse().ok().and_then(|index: usize| items.get_mut(index)),
        Value::Object(members) => Some(members.entry(first).or_insert_with(|| json!({}))),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    };
    match (place, rest) {
        (Some(place), Some(rest)) => set(place, rest, value),
        (Some(place), None) => *place = value,
        // A path that leads nowhere changes nothing, and the test finds the call accepted.
        (None, _) => (),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_leads_through_objects_and_lists() {
        let mut value = json!({"Approvers": [{"ApproverName": "张三"}], "FlowName": "合同"});
        set(&mut value, "Approvers.0.ApproverName", json!("李四"));
        set(&mut value, "Agent.ProxyOrganizationId", json!("x"));
        set(&mut value, "FlowName", Value::Null);
        assert_eq!(value, json!({"Approvers": [{"ApproverName": "李四"}], "Agent": {"ProxyOrganizationId": "x"}}));
    }

    #[test]
    fn every_listed_call_is_an_actions() {
        for service in Service::ALL {
            for action in of_service(service).keys() {
                assert!(ess_schemas::action(service, action).is_some(), "{action} is no action");
            }
        }
    }
}
