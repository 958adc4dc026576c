//! An operator of a company can do exactly what their roles allow, whatever the order in which roles are made, changed, given and taken
//! back, and in which people leave: through real calls of every action that needs a right, beside a plain model.

use std::collections::{BTreeMap, BTreeSet};

use ess_schemas::{ActionContract, Service};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::roles::check;
use super::stage::Stage;
use crate::coverage::cases::{self, WORLD};
use crate::domain::right::Right;
use crate::domain::role::Role;
use crate::engine::clock::EdgeTime;
use crate::engine::world_file::WorldFile;
use crate::identity::right_for;

/// Those who may lose everything, and what they begin with.
const PEOPLE: [(&str, &[Role]); 2] = [("colleague", &[Role::Operator]), ("newcomer", &[])];

#[derive(Clone, Debug)]
enum Deed {
    Make(BTreeSet<Right>),
    Change(usize, BTreeSet<Right>),
    Give(usize, usize),
    Take(usize, usize),
    Leave(usize),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let rights = || prop::collection::btree_set(prop::sample::select(Right::ALL.to_vec()), 0..8);
    let deed = prop_oneof![
        2 => rights().prop_map(Deed::Make),
        2 => (0..16_usize, rights()).prop_map(|(role, rights)| Deed::Change(role, rights)),
        6 => (0..PEOPLE.len(), 0..16_usize).prop_map(|(person, role)| Deed::Give(person, role)),
        3 => (0..PEOPLE.len(), 0..16_usize).prop_map(|(person, role)| Deed::Take(person, role)),
        1 => (0..PEOPLE.len()).prop_map(Deed::Leave),
    ];
    prop::collection::vec(deed, 1..8)
}

/// What should hold: the rights of every role there is, and everybody's roles; nobody's who has left.
struct Model {
    roles: BTreeMap<String, BTreeSet<Right>>,
    people: [Option<BTreeSet<String>>; PEOPLE.len()],
}

impl Model {
    fn new() -> Self {
        let of = |role: &Role| Right::ALL.into_iter().filter(|right| role.preset_rights().contains(*right)).collect();
        // The vendor's, but for those nobody is given, and 经办人, which companies have only from world files.
        let given = Role::OF_COMPANIES.into_iter().filter(|role| !role.is_reserved()).chain([Role::Operator]);
        let mut roles: BTreeMap<String, BTreeSet<Right>> =
            given.map(|role| (role.id().to_string(), of(&role))).collect();
        roles.insert("role".into(), [Right::ViewFlows].into());
        let people = PEOPLE.map(|(_, roles)| Some(roles.iter().map(|role| role.id().to_string()).collect()));
        Self { roles, people }
    }

    fn role(&self, place: usize) -> String {
        self.roles.keys().nth(place % self.roles.len()).cloned().unwrap()
    }

    fn may(&self, person: usize, right: Right) -> bool {
        let roles = self.people[person].iter().flatten();
        roles.filter_map(|role| self.roles.get(role)).any(|rights| rights.contains(&right))
    }
}

/// A company whose administrator does the deeds.
struct Company {
    stage: Stage,
    /// The tree with nothing checked in it.
    tree: Value,
}

impl Company {
    async fn new() -> Self {
        let stage = Stage::of(WorldFile::parse("refusals", WORLD).unwrap());
        let filters = json!([{"Key": "IsReturnPermissionGroup", "Values": ["1"]}]);
        let asked = json!({"Operator": {"UserId": "operator"}, "Limit": 1, "Filters": filters});
        let mut tree =
            stage.call("DescribeIntegrationRoles", asked).await["IntegrateRoles"][0]["PermissionGroups"].take();
        check(&mut tree, &|_| false);
        Self { stage, tree }
    }

    async fn administer(&self, action: &str, mut request: Value) -> Value {
        request["Operator"] = json!({"UserId": "operator"});
        self.stage.call(action, request).await
    }

    /// Which rights have an entry in the companies' tree is seen there: the others cannot be given by a role of one's own.
    fn with_rights(&self, name: usize, rights: &BTreeSet<Right>) -> (Value, BTreeSet<Right>) {
        let mut tree = self.tree.clone();
        let keys: BTreeSet<&str> = rights.iter().flat_map(|right| right.permissions()).copied().collect();
        let mut seen = BTreeSet::new();
        collect(&tree, &mut seen);
        check(&mut tree, &|key| keys.contains(key));
        let there = rights.iter().copied().filter(|right| right.permissions().iter().any(|key| seen.contains(*key)));
        (json!({"Name": format!("角色{name}"), "PermissionGroups": tree}), there.collect())
    }

    /// Does it, and in the model. What cannot be is refused, and changes nothing.
    async fn carry_out(&self, number: usize, deed: &Deed, model: &mut Model) -> Result<(), TestCaseError> {
        match deed {
            Deed::Make(rights) => {
                let (request, there) = self.with_rights(number, rights);
                let made = self.administer("CreateIntegrationRole", request).await;
                model.roles.insert(made["RoleId"].as_str().unwrap().to_owned(), there);
            }
            Deed::Change(role, rights) => {
                let id = model.role(*role);
                let (mut request, there) = self.with_rights(number, rights);
                request["RoleId"] = json!(id);
                let changed = self.administer("ModifyIntegrationRole", request).await;
                let vendors = Role::preset(&id).is_some();
                prop_assert_eq!(changed["Error"]["Code"] == "OperationDenied", vendors, "{}", changed);
                if !vendors {
                    model.roles.insert(id, there);
                }
            }
            Deed::Give(person, role) => {
                let (id, user) = (model.role(*role), PEOPLE[*person].0);
                let request = json!({"UserIds": [user], "RoleIds": [id]});
                let given = self.administer("CreateIntegrationUserRoles", request).await;
                let failed = given["FailedCreateRoleData"].as_array().map(Vec::len);
                prop_assert_eq!(failed, Some(usize::from(model.people[*person].is_none())), "{}", given);
                model.people[*person].iter_mut().for_each(|roles| _ = roles.insert(id.clone()));
            }
            Deed::Take(person, role) => {
                let (id, user) = (model.role(*role), PEOPLE[*person].0);
                let request = json!({"RoleId": id, "Users": [{"UserId": user}]});
                let taken = self.administer("DeleteIntegrationRoleUsers", request).await;
                let gone = taken["Error"]["Code"] == "InvalidParameter.DepartUserId";
                prop_assert_eq!(gone, model.people[*person].is_none(), "{}", taken);
                model.people[*person].iter_mut().for_each(|roles| _ = roles.remove(&id));
            }
            Deed::Leave(person) => {
                let user = PEOPLE[*person].0.into();
                let left = self
                    .stage
                    .account()
                    .enter(EdgeTime::read(), |world, now, outbox| world.depart(&user, None, None, now, outbox).is_ok());
                prop_assert_eq!(left, model.people[*person].is_some(), "one leaves once");
                model.people[*person] = None;
            }
        }
        Ok(())
    }

    /// Every action that needs a right is let through for whoever should have it, and refused to others. What it does once it is
    /// let through is taken back.
    async fn compare(&self, model: &Model) -> Result<(), TestCaseError> {
        let before = self.stage.account().snapshot(EdgeTime::read());
        for contract in ess_schemas::actions(Service::Ess) {
            let Some((request, right)) = probe(contract) else { continue };
            for (person, (user, _)) in PEOPLE.iter().enumerate() {
                let mut request = request.clone();
                request["Operator"]["UserId"] = json!(user);
                let answer = self.stage.call(contract.name, request).await;
                let code = answer["Error"]["Code"].as_str().unwrap_or_default();
                let refused = |row: &str| code == code_of(contract, row);
                let what = format!("{} of {user}: {answer}", contract.name);
                if model.people[person].is_none() {
                    prop_assert!(refused("OperatorUnknown"), "{} who has left", what);
                } else {
                    prop_assert_eq!(!refused("OperatorLacksPermission"), model.may(person, right), "{}", what);
                }
                self.stage.account().restore(before.clone(), EdgeTime::read());
            }
        }
        Ok(())
    }
}

fn code_of(contract: &'static ActionContract, row: &str) -> &'static str {
    ess_schemas::refusal(contract.service, row).unwrap().code_for(contract)
}

/// The call of `fixtures/refusals` that succeeds, and the right it needs.
fn probe(contract: &'static ActionContract) -> Option<(Value, Right)> {
    let good = cases::good(contract)?;
    Some((good.request.clone(), right_for(contract, &good.request)?))
}

fn collect(tree: &Value, keys: &mut BTreeSet<String>) {
    match tree {
        Value::Array(items) => items.iter().for_each(|item| collect(item, keys)),
        Value::Object(fields) => {
            keys.extend(fields.get("Key").and_then(Value::as_str).map(ToOwned::to_owned));
            fields.values().for_each(|field| collect(field, keys));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => (),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn an_operator_can_do_exactly_what_the_roles_allow(deeds in deeds()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let company = Company::new().await;
            let mut model = Model::new();
            company.compare(&model).await?;
            for (number, deed) in deeds.iter().enumerate() {
                company.carry_out(number, deed, &mut model).await?;
                company.compare(&model).await?;
            }
            Ok::<(), TestCaseError>(())
        })?;
    }
}

#[test]
fn the_property_asks_many_actions_and_most_rights() {
    let probes: Vec<_> = ess_schemas::actions(Service::Ess).iter().filter_map(probe).collect();
    let rights: BTreeSet<Right> = probes.iter().map(|(_, right)| *right).collect();
    assert!(probes.len() >= 30 && rights.len() >= 12, "{} actions, {rights:?}", probes.len());
}
