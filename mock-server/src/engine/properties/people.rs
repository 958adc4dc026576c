//! Whatever people of a company do and have done to them, in whatever order, a number and an id of the company's own are one
//! person's at most.

use std::collections::BTreeSet;
use std::sync::Arc;

use ess_schemas::{Service, action};
use proptest::prelude::*;
use serde_json::json;

use crate::coverage::cases::WORLD;
use crate::domain::deed::{self, Mobile};
use crate::domain::employee::Employee;
use crate::domain::identity::SaidOfPerson;
use crate::domain::ids::{OrganizationId, UserId};
use crate::domain::invitation::Invitee;
use crate::domain::sso_employee::SsoPerson;
use crate::domain::time::{HOUR, Timestamp};
use crate::engine::call::{Call, Caller};
use crate::engine::deeds::{Moment, Said};
use crate::engine::inviting::Calling;
use crate::engine::single_sign_on::SignOn;
use crate::engine::urls::Urls;
use crate::engine::world::World;
use crate::engine::world_file::WorldFile;
use crate::identity::Claim;

#[derive(Clone, Debug)]
enum Deed {
    Invite(usize, usize),
    Describe(usize, usize, usize),
    Join(usize),
    Ask(usize),
    Admit(usize),
    Renumber(usize, usize),
    SaySignOn(usize, usize),
    SignOn(usize),
    Leave(usize),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let (person, number) = (0..8_usize, 0..5_usize);
    let deed = prop_oneof![
        4 => (number.clone(), 0..4_usize).prop_map(|(number, id)| Deed::Invite(number, id)),
        2 => (person.clone(), number.clone(), 0..4_usize).prop_map(|(one, number, id)| Deed::Describe(one, number, id)),
        3 => person.clone().prop_map(Deed::Join),
        1 => number.clone().prop_map(Deed::Ask),
        1 => person.clone().prop_map(Deed::Admit),
        2 => (person.clone(), number.clone()).prop_map(|(one, number)| Deed::Renumber(one, number)),
        1 => (0..3_usize, number).prop_map(|(id, number)| Deed::SaySignOn(id, number)),
        2 => (0..3_usize).prop_map(Deed::SignOn),
        1 => person.prop_map(Deed::Leave),
    ];
    prop::collection::vec(deed, 1..40)
}

fn mobile(number: usize) -> String {
    format!("1390000000{number}")
}

/// Does it, if the rules let it be done; that some refuse is part of the story.
fn carry_out(deed: &Deed, call: &mut Call<'_>) {
    let company = OrganizationId::from("own");
    let at = SignOn { organization: &company, application: "story" };
    let someone = |world: &World, place: usize| -> Option<Arc<Employee>> {
        let own = world.directory.employees.iter().filter(|one| one.organization.as_str() == "own");
        let own: Vec<_> = own.cloned().collect();
        own.get(place % own.len()).cloned()
    };
    let said = |number: usize, id: usize| Invitee {
        name: "典子谦".into(),
        mobile: mobile(number),
        // Some are given no id.
        open_id: (id > 0).then(|| format!("n{id}").as_str().into()),
        ..Invitee::default()
    };
    let (now, moment) = (call.now, Moment { application: None, now: call.now });
    let _refused = match deed {
        Deed::Invite(number, id) => call.invite(&said(*number, *id), &Calling::default()).map(drop),
        Deed::Describe(place, number, id) => {
            let Some(employee) = someone(call.world, *place).filter(|one| one.is_present()) else { return };
            call.describe_colleague(&employee, &said(*number, *id)).map(drop)
        }
        Deed::Join(place) => {
            let Some(one) = someone(call.world, *place) else { return };
            call.world.join_company(&one.id, &SaidOfPerson::default(), moment, call.outbox)
        }
        Deed::Ask(number) => {
            let said = SaidOfPerson { name: "求加入".into(), mobile: mobile(*number), ..SaidOfPerson::default() };
            call.world.ask_to_join(&company, said, now).map(drop)
        }
        Deed::Admit(place) => {
            let Some(one) = someone(call.world, *place) else { return };
            call.world.admit(&one.id, now, call.outbox)
        }
        Deed::Renumber(place, number) => {
            let Some(one) = someone(call.world, *place) else { return };
            let deed = deed::Deed::ChangeMobile { user: one.id.clone(), mobile: Mobile::read(&mobile(*number)).ok() };
            call.world.perform(&deed, &Said::default(), moment, call.outbox)
        }
        Deed::SaySignOn(id, number) => {
            let person = SsoPerson { name: "典子谦".into(), mobile: mobile(*number), ..SsoPerson::default() };
            call.world.add_sso_employee(at, &format!("s{id}"), person, now)
        }
        Deed::SignOn(id) => call.world.sign_on(at, &format!("s{id}"), now, call.outbox).map(drop),
        Deed::Leave(place) => {
            let Some(one) = someone(call.world, *place) else { return };
            call.world.depart(&one.id, None, None, now, call.outbox)
        }
    };
}

fn ensure_sound(world: &World) -> Result<(), TestCaseError> {
    let (mut mobiles, mut ids) = (BTreeSet::<&str>::new(), BTreeSet::<&str>::new());
    for one in world.directory.employees.iter().filter(|one| one.organization.as_str() == "own") {
        prop_assert_eq!(one.verified, one.verified_at.is_some());
        prop_assert!(one.called.len() <= 3);
        prop_assert!(!(one.verified && one.asks_to_join), "{:?}", one);
        if !one.is_present() {
            prop_assert!(one.roles.is_empty() && one.open_id.is_none(), "{:?}", one);
            continue;
        }
        prop_assert!(mobiles.insert(&one.mobile), "{} is two people's", one.mobile);
        let new = one.open_id.as_ref().is_none_or(|id| ids.insert(id.as_str()));
        prop_assert!(new, "{:?} is two people's", one.open_id);
    }
    let known = |user: &UserId| world.directory.employees.get(user.as_str()).is_some();
    prop_assert!(world.directory.sso_employees.iter().filter_map(|one| one.user.as_ref()).all(known));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn a_number_and_an_id_are_one_persons_whatever_happens(story in deeds()) {
        let file = WorldFile::parse("refusals", WORLD).unwrap();
        let mut world = file.build(7, Timestamp::from_seconds(1_700_000_000));
        let contract = action(Service::Ess, "CreateIntegrationEmployees").unwrap();
        let claim = Claim::read(&json!({"Operator": {"UserId": "operator"}}), contract);
        let caller: Caller = claim.resolve(&world, &OrganizationId::from("own")).unwrap();
        let urls = Urls::new("http://mock", &Arc::from("story"));
        let mut now = world.now;
        for deed in &story {
            now = now.plus(HOUR);
            let mut outbox = Vec::new();
            carry_out(deed, &mut Call { world: &mut world, caller: &caller, now, outbox: &mut outbox, urls: &urls });
            ensure_sound(&world)?;
        }
    }
}
