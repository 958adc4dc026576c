//! What a written world names must be in it: companies, contracts, deliveries.
//!
//! Only what a world never forgets is asked for; links may lead to contracts nobody launched, and logs end somewhere.

use crate::domain::ids::{FlowId, OrganizationId};
use crate::engine::timers::Timer;
use crate::engine::world::World;

/// The first thing that is named and not there.
pub(super) fn find_dangling(world: &World) -> Option<String> {
    let searches = [companies, departments, contracts, groups, timers, callbacks];
    searches.into_iter().find_map(|search| search(world))
}

fn companies(world: &World) -> Option<String> {
    let directory = &world.directory;
    let employees = directory.employees.iter().map(|one| ("directory: employees", one.id.as_str(), &one.organization));
    let seals = directory.seals.iter().map(|one| ("directory: seals", one.id.as_str(), &one.organization));
    let roles = directory.roles.iter().map(|one| ("directory: roles", one.id.as_str(), &one.organization));
    let departments =
        directory.departments.iter().map(|one| ("directory: departments", one.id.as_str(), &one.organization));
    let templates = directory.templates.iter().map(|one| ("directory: templates", one.id.as_str(), &one.organization));
    let applications =
        directory.applications.iter().map(|one| ("directory: applications", one.id.as_str(), &one.owner));
    let customers = directory.applications.iter().flat_map(|application| {
        application
            .customers()
            .iter()
            .map(|one| ("directory: applications: customers", one.open_id.as_str(), &one.organization))
    });
    let sso = directory.sso_employees.iter();
    let sso = sso.map(|one| ("directory: sso_employees", one.open_id.as_str(), &one.organization));
    let codes = directory.auth_codes.iter();
    let codes = codes.map(|one| ("directory: auth_codes", one.code.as_str(), &one.organization));
    let files = world.files.iter().map(|one| ("files", one.id.as_str(), &one.owner));
    let counter_signs = world.counter_signs.iter().map(|one| ("counter_signs", one.id.as_str(), &one.owner));
    let flows = world.flows.iter().map(|one| ("flows", one.id.as_str(), &one.initiator.organization));
    let addresses = world.callbacks.addresses().map(|one| ("callbacks: addresses", one.id.as_str(), &one.organization));
    let all =
        employees.chain(departments).chain(roles).chain(seals).chain(templates).chain(applications).chain(customers);
    let mut all = all.chain(sso).chain(codes).chain(files).chain(counter_signs).chain(flows).chain(addresses);
    all.find_map(|(kind, id, company)| no_company(world, company).map(|what| format!("{kind}: `{id}`: {what}")))
}

/// Departments form trees of one company each, and people are in departments of their own.
fn departments(world: &World) -> Option<String> {
    let directory = &world.directory;
    let own = |company: &OrganizationId, id: &str| directory.department(company, id).is_ok();
    let astray = directory.departments.iter().find_map(|one| {
        let parent = one.parent.as_ref()?;
        let known = own(&one.organization, parent.as_str());
        let round = known && directory.is_below_itself(one);
        match (known, round) {
            (false, _) => Some(format!("directory: departments: `{}`: there is no department `{parent}`", one.id)),
            (true, true) => Some(format!("directory: departments: `{}` stands below itself", one.id)),
            (true, false) => None,
        }
    });
    astray.or_else(|| {
        directory.employees.iter().find_map(|one| {
            let department = one.department.as_ref().filter(|id| !own(&one.organization, id.as_str()))?;
            Some(format!("directory: employees: `{}`: there is no department `{department}`", one.id))
        })
    })
}

fn no_company(world: &World, id: &OrganizationId) -> Option<String> {
    let known = world.directory.organizations.get(id.as_str()).is_some();
    (!known).then(|| format!("there is no organization `{id}`"))
}

fn no_contract(world: &World, id: &FlowId) -> Option<String> {
    world.flows.get(id.as_str()).is_none().then(|| format!("there is no contract `{id}`"))
}

fn contracts(world: &World) -> Option<String> {
    let related = world.flows.iter().flat_map(|flow| {
        let both = [("releases", &flow.releases), ("release", &flow.release)];
        both.into_iter().filter_map(move |(field, id)| Some((flow, field, id.as_ref()?)))
    });
    let mut dangling = related.filter_map(|(flow, field, id)| {
        no_contract(world, id).map(|what| format!("flows: `{}`: {field}: {what}", flow.id))
    });
    dangling.next()
}

fn groups(world: &World) -> Option<String> {
    let members = world.groups.iter().flat_map(|group| group.flows.iter().map(move |flow| (&group.id, flow)));
    members
        .into_iter()
        .find_map(|(group, flow)| no_contract(world, flow).map(|what| format!("groups: `{group}`: {what}")))
}

fn timers(world: &World) -> Option<String> {
    world.timers.all().find_map(|(at, timer)| {
        let (number, place) = match timer {
            Timer::Deadline(number)
            | Timer::Composition(number)
            | Timer::NearExpiry(number)
            | Timer::Renewal(number) => (number, None),
            Timer::AutoSign(number, place) | Timer::Autopilot(number, place) => (number, Some(place)),
            Timer::CancelTask(_) | Timer::IntelligenceTask(..) | Timer::Attempt(_) => return None,
        };
        let Some(flow) = world.flows.at(number) else {
            return Some(format!("timers: at {at}: there is no contract with the number {number}"));
        };
        let signers = flow.approvers.len();
        let missing = place.filter(|place| *place >= signers)?;
        Some(format!("timers: at {at}: contract {number} has {signers} signers, so none at {missing}, counted from 0"))
    })
}

fn callbacks(world: &World) -> Option<String> {
    world.callbacks.contradiction().map(|what| format!("callbacks: {what}"))
}
