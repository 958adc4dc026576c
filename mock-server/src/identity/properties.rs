//! An operator can do exactly what their roles allow, whatever the order in which roles are made, changed, taken away, given and
//! taken back, and in which people leave.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ess_schemas::{Service, action};
use proptest::prelude::*;
use serde_json::json;

use super::right_for::NEEDED;
use super::{Claim, right_for};
use crate::coverage::cases::WORLD;
use crate::domain::ids::OrganizationId;
use crate::domain::refusal::Refusal;
use crate::domain::right::Right;
use crate::domain::role::Role;
use crate::domain::time::Timestamp;
use crate::engine::call::{Call, Caller};
use crate::engine::roles::Wanted;
use crate::engine::urls::Urls;
use crate::engine::world::World;
use crate::engine::world_file::WorldFile;

/// Those who may lose everything, by the platform's ids and the vendor's.
const PEOPLE: [(&str, &str); 2] = [("staff_colleague", "customers-colleague"), ("staff_guest", "customers-guest")];

#[derive(Clone, Debug)]
enum Deed {
    Make(BTreeSet<Right>),
    Change(usize, BTreeSet<Right>),
    Delete(usize),
    Give(usize, usize),
    Take(usize, usize),
    Leave(usize),
}

fn rights() -> impl Strategy<Value = BTreeSet<Right>> {
    prop::collection::btree_set(prop::sample::select(Right::ALL.to_vec()), 0..6)
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        2 => rights().prop_map(Deed::Make),
        2 => (0..6_usize, rights()).prop_map(|(role, rights)| Deed::Change(role, rights)),
        1 => (0..6_usize).prop_map(Deed::Delete),
        6 => (0..PEOPLE.len(), 0..9_usize).prop_map(|(person, role)| Deed::Give(person, role)),
        3 => (0..PEOPLE.len(), 0..9_usize).prop_map(|(person, role)| Deed::Take(person, role)),
        1 => (0..PEOPLE.len()).prop_map(Deed::Leave),
    ];
    prop::collection::vec(deed, 1..24)
}

/// What should hold: the rights of every role, and everybody's roles; nobody's who has left.
struct Model {
    roles: BTreeMap<String, BTreeSet<Right>>,
    people: [Option<BTreeSet<String>>; PEOPLE.len()],
}

impl Model {
    fn new() -> Self {
        let of = |role: &Role| Right::ALL.into_iter().filter(|right| role.preset_rights().contains(*right)).collect();
        let presets = [Role::BusinessAdmin, Role::Operator, Role::Salesman];
        let mut roles: BTreeMap<String, BTreeSet<Right>> =
            presets.iter().map(|role| (role.id().to_string(), of(role))).collect();
        roles.insert("customers-role".into(), [Right::ViewFlows].into());
        let people = [Some([Role::Operator.id().to_string()].into()), Some(["customers-role".to_owned()].into())];
        Self { roles, people }
    }

    fn role(&self, place: usize) -> String {
        self.roles.keys().nth(place % self.roles.len()).cloned().unwrap_or_default()
    }

    fn may(&self, person: usize, right: Right) -> bool {
        let roles = self.people[person].iter().flatten();
        roles.filter_map(|role| self.roles.get(role)).any(|rights| rights.contains(&right))
    }
}

fn keys(rights: &BTreeSet<Right>) -> BTreeSet<String> {
    // Which of a right's entries is checked makes no difference.
    rights.iter().filter_map(|right| right.permissions().first()).map(|key| (*key).to_owned()).collect()
}

/// Does it in the world, as the super administrator would, and in the model. What cannot be is left out.
fn carry_out(deed: &Deed, number: usize, call: &mut Call<'_>, model: &mut Model) {
    let wanted = |rights: &BTreeSet<Right>| Wanted {
        name: format!("角色{number}"),
        description: None,
        permissions: Some(keys(rights)),
        members: None,
    };
    let employee =
        |call: &Call<'_>, person: usize| call.world.directory.employees.get(PEOPLE[person].1).unwrap().clone();
    match deed {
        Deed::Make(rights) => {
            let id = call.make_role(wanted(rights)).unwrap();
            model.roles.insert(id.to_string(), rights.clone());
        }
        Deed::Change(role, rights) => {
            let id = model.role(*role);
            match call.change_role(&id, wanted(rights)) {
                Ok(_) => _ = model.roles.insert(id, rights.clone()),
                Err(refusal) => assert!(matches!(refusal, Refusal::RoleProtected { .. }), "{refusal:?}"),
            }
        }
        Deed::Delete(role) => {
            let id = model.role(*role);
            match call.remove_roles(std::slice::from_ref(&id)) {
                Ok(()) => {
                    model.roles.remove(&id);
                    model.people.iter_mut().flatten().for_each(|roles| _ = roles.remove(&id));
                }
                Err(refusal) => assert!(matches!(refusal, Refusal::RoleProtected { .. }), "{refusal:?}"),
            }
        }
        Deed::Give(person, role) => {
            let Some(roles) = &mut model.people[*person] else { return };
            let id = model.roles.keys().nth(*role % model.roles.len()).cloned().unwrap();
            let given = call.roles_to_give(std::slice::from_ref(&id)).unwrap();
            call.give_roles(&employee(call, *person), &given);
            roles.insert(id);
        }
        Deed::Take(person, role) => {
            let id = model.role(*role);
            let Some(roles) = &mut model.people[*person] else { return };
            let taken = call.role_to_take(&id).unwrap();
            call.take_role(&employee(call, *person), &taken);
            roles.remove(&id);
        }
        Deed::Leave(person) => {
            let user = PEOPLE[*person].1.into();
            let left = call.world.depart(&user, None, call.caller.application(), call.now, call.outbox);
            assert_eq!(left.is_ok(), model.people[*person].is_some(), "one leaves once: {left:?}");
            model.people[*person] = None;
        }
    }
}

fn resolved(world: &World, who: &str, name: &str) -> Result<Caller, Refusal> {
    let agent = json!({"AppId": "app", "ProxyOrganizationOpenId": "org_first", "ProxyOperator": {"OpenId": who}});
    let contract = action(Service::Essbasic, name).unwrap();
    Claim::read(&json!({ "Agent": agent }), contract).resolve(world, &OrganizationId::from("own"))
}

/// Every action of the platform's that needs a right is let through for whoever should have it, and refused to others.
fn compare(world: &World, model: &Model) -> Result<(), TestCaseError> {
    for (person, (open_id, _)) in PEOPLE.iter().enumerate() {
        let actions = NEEDED.iter().flat_map(|(_, actions)| *actions);
        for contract in actions.filter_map(|name| action(Service::Essbasic, name)) {
            let name = contract.name;
            let right = right_for(contract, &serde_json::Value::Null).unwrap();
            let expected = match &model.people[person] {
                None => Some("OperatorUnknown"),
                Some(_) if model.may(person, right) => None,
                Some(_) => Some("OperatorLacksPermission"),
            };
            let found = resolved(world, open_id, name).err().map(|refusal| refusal.row());
            prop_assert_eq!(found, expected, "{} {} ({:?})", open_id, name, right);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn an_operator_can_do_exactly_what_the_roles_allow(deeds in deeds()) {
        let file = WorldFile::parse("refusals", WORLD).unwrap();
        let now = Timestamp::from_seconds(1_700_000_000);
        let mut world = file.build(1, now);
        let mut model = Model::new();
        let caller = resolved(&world, "staff_operator", "ChannelCreateRole").unwrap();
        let urls = Urls::new("http://mock", &Arc::from("world"));
        let mut outbox = Vec::new();
        compare(&world, &model)?;
        for (number, deed) in deeds.iter().enumerate() {
            let mut call = Call { world: &mut world, caller: &caller, now, outbox: &mut outbox, urls: &urls };
            carry_out(deed, number, &mut call, &mut model);
            compare(&world, &model)?;
        }
    }
}
