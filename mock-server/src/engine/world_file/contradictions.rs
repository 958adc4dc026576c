//! What in a world file cannot be, each told with the place and what was expected.

use std::collections::HashSet;

use ess_client::callback::CallbackKey;

use super::{ApplicationRow, OrganizationRow, WorldFile};
use crate::domain::role::Role;

/// The first contradiction of the file.
pub(super) fn find(file: &WorldFile) -> Option<String> {
    if file.organizations.is_empty() {
        return Some("organizations: at least one is needed, its key opens the world".into());
    }
    if file.alias.is_empty() || !file.alias.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return Some(format!("alias: `{}` stands in URLs: letters, digits and - only", file.alias));
    }
    if let Some(twice) = repeated(ids(file)) {
        return Some(format!("the id `{twice}` stands twice; every id is somebody's own"));
    }
    addresses(file)
        .or_else(|| applications(file))
        .or_else(|| files(file))
        .or_else(|| memberships(file))
        .or_else(|| roles(file))
        .or_else(|| file.organizations.iter().find_map(OrganizationRow::contradiction_of_departments))
}

/// Every id and public key of the file.
fn ids(file: &WorldFile) -> impl Iterator<Item = &String> {
    let contracts = file.contracts.iter().chain(file.groups.iter().flat_map(|one| &one.contracts));
    (file.organizations.iter().flat_map(ids_of))
        .chain(file.applications.iter().map(|one| &one.id))
        .chain(contracts.flat_map(|one| [&one.id].into_iter().chain(one.downloads.iter().map(|file| &file.id))))
        .chain(file.groups.iter().map(|one| &one.id))
        .chain(file.conversions.iter().map(|one| &one.id))
        .chain(file.counter_signs.iter().flat_map(|one| [&one.id].into_iter().chain(&one.signed)))
        .chain(file.archive_tasks.iter().map(|one| &one.id))
        .chain(file.cancel_tasks.iter().map(|one| &one.id))
        .chain(file.evidence_reports.iter().map(|one| &one.id))
        .chain(file.comparisons.iter().map(|one| &one.id))
        .chain(file.extractions.iter().flat_map(|one| [&one.id].into_iter().chain(&one.results)))
        .chain(file.drafts.iter().map(|one| &one.id))
        .chain(file.qr_codes.iter().map(|one| &one.id))
        .chain(file.contract_reviews.iter().flat_map(|one| [&one.id].into_iter().chain(&one.found)))
        .chain(file.risk_exports.iter().map(|one| &one.id))
        .chain(registrations(file))
}

fn registrations(file: &WorldFile) -> impl Iterator<Item = &String> {
    file.registrations
        .iter()
        .flat_map(|one| [&one.id].into_iter().chain(one.companies.iter().map(|company| &company.id)))
}

fn ids_of(one: &OrganizationRow) -> impl Iterator<Item = &String> {
    let own = [&one.id].into_iter().chain(one.key.iter().map(|key| &key.secret_id));
    own.chain(one.employees.iter().map(|employee| &employee.id))
        .chain(one.roles.iter().map(|role| &role.id))
        .chain(one.departments.iter().map(|department| &department.id))
        .chain(one.seals.iter().map(|seal| &seal.id))
        .chain(one.membership.shadows().map(|shadow| &shadow.id))
        .chain(one.templates.iter().map(|template| &template.id))
        .chain(one.files.iter().map(|file| &file.id))
        .chain(one.checklists.iter().map(|list| &list.id))
        .chain(one.field_templates.iter().map(|template| &template.id))
}

fn repeated<'a>(ids: impl Iterator<Item = &'a String>) -> Option<&'a String> {
    let mut seen = HashSet::new();
    ids.into_iter().find(|id| !seen.insert(id.as_str()))
}

fn addresses(file: &WorldFile) -> Option<String> {
    let applications = || file.applications.iter().flat_map(|one| &one.callbacks);
    let addresses = || file.organizations.iter().flat_map(|one| &one.callbacks).chain(applications());
    if let Some(odd) = addresses().find(|one| !one.url.starts_with("http://") && !one.url.starts_with("https://")) {
        return Some(format!("callbacks: `{}` is no http:// or https:// URL", odd.url));
    }
    let keys = addresses().filter_map(|one| one.key.as_deref()).chain([file.callback_key.as_str()]);
    let error = keys.filter(|key| !key.is_empty()).filter_map(|key| CallbackKey::new(key).err()).next()?;
    Some(format!("callbacks: {error}"))
}

fn applications(file: &WorldFile) -> Option<String> {
    file.applications.iter().find_map(|one| {
        let what = platform(file, one)?;
        Some(format!("applications: `{}` {what}", one.id))
    })
}

fn platform(file: &WorldFile, application: &ApplicationRow) -> Option<String> {
    let organization = |id: &str| file.organizations.iter().find(|one| one.id == id);
    let customers = || application.customers.iter();
    let companies = customers().map(|one| &one.organization);
    if let Some(stranger) = companies.clone().chain([&application.owner]).find(|id| organization(id).is_none()) {
        return Some(format!("names organization `{stranger}`, which is not in the file"));
    }
    if let Some(twice) = repeated(companies) {
        return Some(format!("has organization `{twice}` twice; a company is one customer of an application"));
    }
    if let Some(twice) = repeated(customers().map(|one| &one.open_id)) {
        return Some(format!("has two customers `{twice}`"));
    }
    let operators = || customers().flat_map(|one| &one.operators);
    if let Some(twice) = repeated(operators().map(|one| &one.open_id)) {
        return Some(format!("has two operators `{twice}`; their ids are one person's in the whole application"));
    }
    customers().find_map(|customer| {
        let employees = || organization(&customer.organization).into_iter().flat_map(|one| &one.employees);
        let stranger = customer.operators.iter().find(|one| !employees().any(|known| known.id == one.employee))?;
        Some(format!("names employee `{}`, who is not one of `{}`", stranger.employee, customer.organization))
    })
}

fn files(file: &WorldFile) -> Option<String> {
    let files = file.organizations.iter().flat_map(|one| &one.files);
    files.filter_map(|one| one.contradiction().map(|what| format!("files: `{}`: {what}", one.id))).next()
}

fn memberships(file: &WorldFile) -> Option<String> {
    let row = |id: &String| file.organizations.iter().find(|one| &one.id == id);
    for one in &file.organizations {
        let Some(main) = &one.member_of else { continue };
        let Some(main) = row(main).filter(|main| main.id != one.id && main.member_of.is_none()) else {
            return Some(format!(
                "organizations: `{}` is a member of `{main}`; expected another organization of the file, itself no member",
                one.id
            ));
        };
        let employed = |id: &String| main.employees.iter().any(|employee| &employee.id == id);
        if let Some(stranger) = one.membership.shadows().map(|shadow| &shadow.employee).find(|id| !employed(id)) {
            return Some(format!(
                "organizations: `{}` has a shadow account of `{stranger}`, who is no employee of `{}`",
                one.id, main.id
            ));
        }
    }
    None
}

/// Roles an employee has are the vendor's or their own company's.
fn roles(file: &WorldFile) -> Option<String> {
    file.organizations.iter().find_map(|one| {
        let own = |id: &str| one.roles.iter().any(|role| role.id == id);
        let strange = |role: &Role| Some(role.id()).filter(|id| role.preset_name().is_none() && !own(id.as_str()));
        one.employees.iter().find_map(|employee| {
            let role = employee.roles.iter().find_map(strange)?;
            Some(format!(
                "organizations: `{}`: employee `{}` has the role `{role}`; expected one of the roles of `{}`",
                one.id, employee.id, one.id
            ))
        })
    })
}
