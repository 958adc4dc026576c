//! Who acts for a platform's customer: any one part of `Agent` that is wrong, missing, somebody else's, unverified or closed
//! is refused by every action that needs it, with that action's code, before anything else is looked at.

use ess_schemas::contract::{Kind, StructContract};
use ess_schemas::{ActionContract, AgentNeeds, IdentityClass, Service};
use proptest::prelude::*;
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

/// Who is who at a platform: ids of its applications, customers and their people.
#[derive(Clone, Debug)]
struct Cast {
    application: String,
    second_application: String,
    banned_application: String,
    foreign_application: String,
    customer: Member,
    second: Member,
    unverified: Member,
    closing: Member,
    /// The customer's, who never proved who they are.
    newcomer: String,
    /// Of the second application, and of the other platform's.
    elsewhere: Member,
    foreign: Member,
    nobody: String,
}

/// A customer, and one who works there.
#[derive(Clone, Debug)]
struct Member {
    open_id: String,
    operator: String,
}

/// Those of `fixtures/worlds/refusals.yaml`.
fn usual() -> Cast {
    let member = |open_id: &str, operator: &str| Member { open_id: open_id.to_owned(), operator: operator.to_owned() };
    Cast {
        application: "app".to_owned(),
        second_application: "closed-app".to_owned(),
        banned_application: "banned-app".to_owned(),
        foreign_application: "foreign-app".to_owned(),
        customer: member("org_first", "staff_operator"),
        second: member("org_second", "staff_second"),
        unverified: member("org_unverified", "staff_of_unverified"),
        closing: member("org_closing", "staff_of_closing"),
        newcomer: "staff_unverified".to_owned(),
        elsewhere: member("org_elsewhere", "staff_elsewhere"),
        foreign: member("org_foreign", "staff_foreign"),
        nobody: "nobody".to_owned(),
    }
}

/// Whether a customer is looked up at all, and whether there must be one.
fn asks_for_customer(needs: AgentNeeds) -> bool {
    needs != AgentNeeds::App
}

fn asks_for_operator(needs: AgentNeeds) -> bool {
    asks_for_verified_operator(needs) || matches!(needs, AgentNeeds::NewEmployee | AgentNeeds::Employee)
}

fn asks_for_verified_operator(needs: AgentNeeds) -> bool {
    matches!(needs, AgentNeeds::VerifiedEmployee | AgentNeeds::VerifiedEmployeeAlone)
}

/// Whether an employee is looked up once one is named.
fn looks_at_operator(needs: AgentNeeds) -> bool {
    asks_for_operator(needs) || needs == AgentNeeds::VerifiedOrganizationMaybeEmployee
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

fn every_wrong_part(cast: &Cast) -> Vec<Wrong> {
    let of = |member: &Member| agent(&cast.application, &member.open_id, &member.operator);
    let good = || of(&cast.customer);
    let with = |path: &str, value: &str| {
        let mut agent = good();
        *agent.pointer_mut(path).unwrap() = json!(value);
        agent
    };
    let without = |path: &str| with(path, "");
    let with_proxy_app = || {
        let mut agent = good();
        agent["ProxyAppId"] = json!(cast.nobody);
        agent
    };
    let foreign = || agent(&cast.foreign_application, &cast.foreign.open_id, &cast.foreign.operator);
    let wrong = |part, agent, refused| Wrong { part, agent, refused };
    vec![
        wrong("no application", without("/AppId"), |_| Some("AppIdEmpty")),
        wrong("an unknown application", with("/AppId", &cast.nobody), |_| Some("AppUnknown")),
        wrong("another platform's application", foreign(), |_| Some("AppUnknown")),
        wrong("a banned application", with("/AppId", &cast.banned_application), |_| Some("AppBanned")),
        wrong("no customer", without("/ProxyOrganizationOpenId"), |needs| {
            let may = matches!(needs, AgentNeeds::AppMaybeOrganization | AgentNeeds::VerifiedEmployeeAlone);
            let must = asks_for_customer(needs) && !may;
            must.then_some("OrganizationOpenIdEmpty")
        }),
        wrong("an unknown customer", with("/ProxyOrganizationOpenId", &cast.nobody), unknown_customer),
        wrong(
            "a customer of another application",
            with("/ProxyOrganizationOpenId", &cast.elsewhere.open_id),
            unknown_customer,
        ),
        wrong("an unverified customer", of(&cast.unverified), |needs| {
            let verified = asks_for_verified_operator(needs)
                || matches!(
                    needs,
                    AgentNeeds::AppMaybeOrganization
                        | AgentNeeds::VerifiedOrganization
                        | AgentNeeds::VerifiedOrganizationMaybeEmployee
                );
            verified.then_some("OrganizationNotVerified")
        }),
        wrong("a customer being closed", of(&cast.closing), |needs| {
            asks_for_customer(needs).then_some("OrganizationClosing")
        }),
        wrong("another customer's service", with_proxy_app(), |needs| asks_for_customer(needs).then_some("AppUnknown")),
        wrong("no operator", without("/ProxyOperator/OpenId"), |needs| {
            asks_for_operator(needs).then_some("OperatorEmpty")
        }),
        wrong("an unknown operator", with("/ProxyOperator/OpenId", &cast.nobody), |needs| {
            (looks_at_operator(needs) && needs != AgentNeeds::NewEmployee).then_some("OperatorUnknown")
        }),
        wrong("another customer's operator", with("/ProxyOperator/OpenId", &cast.second.operator), |needs| {
            looks_at_operator(needs).then_some("OperatorUnknown")
        }),
        wrong("an unverified operator", with("/ProxyOperator/OpenId", &cast.newcomer), |needs| {
            let verified = asks_for_verified_operator(needs);
            (verified || needs == AgentNeeds::VerifiedOrganizationMaybeEmployee).then_some("OperatorNotVerified")
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
        for Wrong { part, agent, refused } in every_wrong_part(&usual()) {
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
        for Wrong { part, agent, .. } in
            every_wrong_part(&usual()).into_iter().filter(|one| (one.refused)(needs).is_none())
        {
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

/// A platform of any names: all ids are drawn, and all different.
fn any_cast() -> impl Strategy<Value = Cast> {
    proptest::collection::hash_set("[A-Za-z][A-Za-z0-9_-]{2,20}", 18).prop_map(|names| {
        let mut names: Vec<String> = names.into_iter().collect();
        names.sort();
        let mut names = names.into_iter();
        let mut name = || names.next().expect("as many as were drawn");
        let mut member = || Member { open_id: name(), operator: name() };
        let (customer, second, unverified) = (member(), member(), member());
        let (closing, elsewhere, foreign) = (member(), member(), member());
        Cast {
            application: name(),
            second_application: name(),
            banned_application: name(),
            foreign_application: name(),
            customer,
            second,
            unverified,
            closing,
            newcomer: name(),
            elsewhere,
            foreign,
            nobody: name(),
        }
    })
}

/// The world of a cast: `before` customers of whom nothing is asked come before those that are, so that nobody is found by their place.
fn world_of(cast: &Cast, before: usize) -> WorldFile {
    let company = |id: &str, standing: &str| {
        json!({
            "id": id, "name": format!("{id}有限公司"), "edition": "flagship", "contracts": 10, "standing": standing,
            "employees": [{"id": format!("{id}-one"), "name": "何青山", "mobile": "13110000001", "roles": ["super_admin"]},
                {"id": format!("{id}-two"), "name": "施未认", "mobile": "13110000003", "verified": false}],
        })
    };
    let owner = |id: &str| {
        let mut owner = company(id, "active");
        owner["key"] = json!({"secret_id": format!("{id}-key"), "secret_key": format!("{id}-secret")});
        owner
    };
    let customer = |member: &Member, organization: &str| {
        json!({"open_id": member.open_id, "organization": organization,
            "operators": [{"open_id": member.operator, "employee": format!("{organization}-one")}]})
    };
    let mut organizations = vec![owner("own"), owner("other"), company("closing", "closing")];
    let mut customers = Vec::new();
    for number in 0..before {
        let id = format!("bystander-{number}");
        organizations.push(company(&id, "active"));
        let bystander = Member { open_id: format!("0{id}"), operator: format!("0{id}-staff") };
        customers.push(customer(&bystander, &id));
    }
    organizations.extend(["first", "second", "unverified"].map(|id| company(id, "active")));
    let mut first = customer(&cast.customer, "first");
    let newcomer = json!({"open_id": cast.newcomer, "employee": "first-two"});
    first["operators"].as_array_mut().expect("a list").push(newcomer);
    let mut unverified = customer(&cast.unverified, "unverified");
    unverified["verification"] = json!("verifying");
    customers.extend([first, customer(&cast.second, "second"), unverified, customer(&cast.closing, "closing")]);
    let file = json!({
        "alias": "cast", "callback_key": "", "callback_token": "", "organizations": organizations,
        "applications": [
            {"id": cast.application, "name": "应用", "owner": "own", "customers": customers},
            {"id": cast.second_application, "name": "另一应用", "owner": "own", "customers": [customer(&cast.elsewhere, "first")]},
            {"id": cast.banned_application, "name": "禁用", "owner": "own", "banned": true},
            {"id": cast.foreign_application, "name": "别家", "owner": "other", "customers": [customer(&cast.foreign, "second")]},
        ],
    });
    WorldFile::parse("cast", &file.to_string()).expect("a world of these names")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    /// Whatever the platform's ids are, and whichever action and part it is.
    #[test]
    fn at_any_platform_one_wrong_part_gives_the_actions_own_code_and_changes_nothing(
        cast in any_cast(),
        before in 0..4_usize,
        drawn in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..40),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let stage = Stage::of(world_of(&cast, before));
            let world = || stage.account().enter(EdgeTime::read(), |world, _, _| world.clone());
            let at_first = world();
            let (actions, wrongs): (Vec<_>, _) = (platform_actions().collect(), every_wrong_part(&cast));
            for (action, wrong) in drawn {
                let ((contract, needs), wrong) = (actions[action.index(actions.len())], &wrongs[wrong.index(wrongs.len())]);
                let Some(row) = (wrong.refused)(needs) else { continue };
                let code = ess_schemas::refusal(Service::Essbasic, row).expect("a row").code_for(contract);
                let body = request(contract, &wrong.agent).to_string();
                let answer = stage.send(Service::Essbasic, contract.name, body).await;
                prop_assert_eq!(&answer["Error"]["Code"], code, "{}: {}: {}", contract.name, wrong.part, answer);
            }
            prop_assert!(world() == at_first, "refused calls change nothing");
            Ok(())
        })?;
    }
}
