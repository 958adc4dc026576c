//! Who acts for a platform's customer: any one part of `Agent` that is wrong, missing, somebody else's, unverified or closed
//! is refused by every action that needs it, with that action's code, before anything else is looked at.

use ess_schemas::contract::{Kind, StructContract};
use ess_schemas::{ActionContract, AgentNeeds, IdentityClass, Service};
use serde_json::{Map, Value, json};

use super::stage::Stage;
use crate::coverage::cases::WORLD;
use crate::coverage::is_common;
use crate::engine::clock::EdgeTime;
use crate::engine::world_file::WorldFile;

/// One wrong part, all others right for it.
struct Wrong {
    part: &'static str,
    agent: Value,
    /// What each class of actions makes of it; `None` where it does not look.
    refused: fn(AgentNeeds) -> Option<&'static str>,
}

fn agent(application: &str, customer: &str, operator: &str) -> Value {
    json!({"AppId": application, "ProxyOrganizationOpenId": customer, "ProxyOperator": {"OpenId": operator}})
}

fn with_proxy_app(id: &str) -> Value {
    let mut agent = agent("app", "org_first", "staff_operator");
    agent["ProxyAppId"] = json!(id);
    agent
}

/// Whether a customer is looked up at all, and whether there must be one.
fn asks_for_customer(needs: AgentNeeds) -> bool {
    needs != AgentNeeds::App
}

fn asks_for_operator(needs: AgentNeeds) -> bool {
    matches!(needs, AgentNeeds::NewEmployee | AgentNeeds::Employee | AgentNeeds::VerifiedEmployee)
}

fn knows_customer(needs: AgentNeeds) -> bool {
    asks_for_customer(needs) && !matches!(needs, AgentNeeds::NewOrganization | AgentNeeds::NewEmployee)
}

fn unknown_customer(needs: AgentNeeds) -> Option<&'static str> {
    if needs == AgentNeeds::NewEmployee {
        // Who works for one customer does not come to work for another under the same name.
        return Some("OperatorUnknown");
    }
    knows_customer(needs).then_some("OrganizationUnknown")
}

fn every_wrong_part() -> Vec<Wrong> {
    let good = || agent("app", "org_first", "staff_operator");
    let without = |path: &str| {
        let mut agent = good();
        *agent.pointer_mut(path).unwrap() = json!("");
        agent
    };
    let wrong = |part, agent, refused| Wrong { part, agent, refused };
    vec![
        wrong("no application", without("/AppId"), |_| Some("AppIdEmpty")),
        wrong("an unknown application", agent("nobody", "org_first", "staff_operator"), |_| Some("AppUnknown")),
        wrong("another platform's application", agent("foreign-app", "org_foreign", "staff_foreign"), |_| {
            Some("AppUnknown")
        }),
        wrong("a banned application", agent("banned-app", "org_first", "staff_operator"), |_| Some("AppBanned")),
        wrong("no customer", without("/ProxyOrganizationOpenId"), |needs| {
            let must = asks_for_customer(needs) && needs != AgentNeeds::AppMaybeOrganization;
            must.then_some("OrganizationOpenIdEmpty")
        }),
        wrong("an unknown customer", agent("app", "nobody", "staff_operator"), unknown_customer),
        wrong("a customer of another application", agent("app", "org_elsewhere", "staff_operator"), unknown_customer),
        wrong("an unverified customer", agent("app", "org_unverified", "staff_of_unverified"), |needs| {
            let verified = AgentNeeds::AppMaybeOrganization == needs
                || matches!(needs, AgentNeeds::VerifiedOrganization | AgentNeeds::VerifiedEmployee);
            verified.then_some("OrganizationNotVerified")
        }),
        wrong("a customer being closed", agent("app", "org_closing", "staff_of_closing"), |needs| {
            asks_for_customer(needs).then_some("OrganizationClosing")
        }),
        wrong("another customer's service", with_proxy_app("nobody"), |needs| {
            asks_for_customer(needs).then_some("AppUnknown")
        }),
        wrong("no operator", without("/ProxyOperator/OpenId"), |needs| {
            asks_for_operator(needs).then_some("OperatorEmpty")
        }),
        wrong("an unknown operator", agent("app", "org_first", "nobody"), |needs| {
            (asks_for_operator(needs) && needs != AgentNeeds::NewEmployee).then_some("OperatorUnknown")
        }),
        wrong("another customer's operator", agent("app", "org_first", "staff_second"), |needs| {
            asks_for_operator(needs).then_some("OperatorUnknown")
        }),
        wrong("an unverified operator", agent("app", "org_first", "staff_unverified"), |needs| {
            (needs == AgentNeeds::VerifiedEmployee).then_some("OperatorNotVerified")
        }),
    ]
}

/// The least a request of this shape may hold.
fn least(owner: &'static StructContract) -> Value {
    let required = owner.fields.iter().filter(|field| field.required);
    Value::Object(required.map(|field| (field.name.to_owned(), plain(&field.kind))).collect::<Map<_, _>>())
}

fn plain(kind: &Kind) -> Value {
    match kind {
        Kind::String => json!("a"),
        Kind::Int64 | Kind::Uint64 => json!(1),
        Kind::Float => json!(1.0),
        Kind::Bool => json!(false),
        Kind::List(_) => json!([]),
        Kind::Struct(owner) => least(owner),
    }
}

fn request(contract: &'static ActionContract, agent: &Value) -> Value {
    let mut request = least(contract.request);
    request["Agent"] = agent.clone();
    request
}

fn platform_actions() -> impl Iterator<Item = (&'static ActionContract, AgentNeeds)> {
    ess_schemas::actions(Service::Essbasic).iter().filter_map(|contract| match contract.identity {
        IdentityClass::Agent { needs, .. } => Some((contract, needs)),
        IdentityClass::Operator { .. } | IdentityClass::Caller { .. } | IdentityClass::None => None,
    })
}

fn stage() -> Stage {
    Stage::of(WorldFile::parse("fixtures/worlds/refusals.yaml", WORLD).unwrap())
}

#[tokio::test]
async fn any_one_wrong_part_gives_the_actions_own_code_and_changes_nothing() {
    let stage = stage();
    let world = || stage.account().enter(EdgeTime::read(), |world, _, _| world.clone());
    let (before, mut mistakes, mut seen) = (world(), Vec::new(), 0);
    for (contract, needs) in platform_actions() {
        for Wrong { part, agent, refused } in every_wrong_part() {
            let Some(row) = refused(needs) else { continue };
            let code = ess_schemas::refusal(Service::Essbasic, row).expect("a row").code_for(contract);
            assert!(contract.lists(code) || is_common(code), "{}: {row} is no code of it: {code}", contract.name);
            let answer = stage.send(Service::Essbasic, contract.name, request(contract, &agent).to_string()).await;
            if answer["Error"]["Code"] != code {
                mistakes.push(format!("{}: {part}: {code} expected, {}", contract.name, answer["Error"]));
            }
            seen += 1;
        }
    }
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
    assert!(seen > 1000, "{seen} refusals of 98 actions");
    assert!(world() == before, "refused calls change nothing");
}

#[tokio::test]
async fn an_action_looks_at_no_part_it_does_not_need() {
    let stage = stage();
    let identity = [
        "AppIdEmpty",
        "AppUnknown",
        "AppBanned",
        "OrganizationOpenIdEmpty",
        "OrganizationUnknown",
        "OrganizationNotVerified",
        "OrganizationClosing",
        "OperatorEmpty",
        "OperatorUnknown",
        "OperatorNotVerified",
    ];
    for (contract, needs) in platform_actions() {
        let key = stage.registry.key("own-key").unwrap();
        for Wrong { part, agent, .. } in every_wrong_part().into_iter().filter(|one| (one.refused)(needs).is_none()) {
            let claim = crate::identity::Claim::read(&request(contract, &agent), contract);
            let found = stage.account().enter(EdgeTime::read(), |world, _, _| claim.resolve(world, &key.organization));
            let refused = found.err().map(|refusal| refusal.row());
            assert!(refused.is_none_or(|row| !identity.contains(&row)), "{}: {part}: {refused:?}", contract.name);
        }
    }
}

#[tokio::test]
async fn without_agent_nobody_acts_even_where_the_definition_does_not_demand_it() {
    let stage = stage();
    for (contract, _) in platform_actions() {
        let mut request = least(contract.request);
        request.as_object_mut().unwrap().remove("Agent");
        let answer = stage.send(Service::Essbasic, contract.name, request.to_string()).await;
        let row = ess_schemas::refusal(Service::Essbasic, "AppIdEmpty").unwrap();
        let code = if matches!(contract.identity, IdentityClass::Agent { required: true, .. }) {
            "MissingParameter"
        } else {
            row.code_for(contract)
        };
        assert_eq!(answer["Error"]["Code"], code, "{}", contract.name);
    }
}
