//! What a template must have, and what a change leaves as it was.

use super::*;
use crate::documents::Area;
use crate::domain::component::ComponentKind;
use crate::domain::event::Actor;
use crate::domain::samples::{at, directory, placed, template};

fn company() -> NewParty {
    party("甲方", PartyKind::Organization, "SIGN_SEAL")
}

fn person() -> NewParty {
    party("乙方", PartyKind::Person, "SIGN_SIGNATURE")
}

fn party(role: &str, kind: PartyKind, component: &str) -> NewParty {
    NewParty { recipient: None, role: role.into(), kind, components: vec![placed(component)], fills: Vec::new() }
}

/// A good one, of the sample's document.
fn wanted() -> NewTemplate {
    let content = template().content.expect("the sample has a document");
    NewTemplate {
        name: "租赁合同".into(),
        document: Some(NewDocument { file: "upload".into(), name: "租约.pdf".into(), content }),
        fills: vec![NewComponent { name: "租金".into(), ..placed("TEXT") }],
        parties: vec![company(), person()],
        ..NewTemplate::default()
    }
}

fn maker() -> Maker {
    Maker {
        organization: "own".into(),
        actor: Actor { user: "operator".into(), application: None },
        user_data: "e30=".into(),
    }
}

fn save(template: &Template, wanted: NewTemplate) -> Result<Template, Unfit> {
    let mut drawn = 0;
    let fresh = || {
        drawn += 1;
        RecipientId::from(format!("fresh-{drawn}"))
    };
    template.changed(wanted, &directory(), fresh, at(60))
}

fn make(change: impl FnOnce(&mut NewTemplate)) -> Result<Template, Unfit> {
    let mut wanted = wanted();
    change(&mut wanted);
    save(&Template::blank(maker(), "new".into(), "promoter".into(), at(0)), wanted)
}

#[test]
fn a_template_is_made_with_slots_and_ids_of_its_own() {
    let made = make(|_| ()).unwrap();
    let slots: Vec<&str> = made.parties.iter().map(|one| one.recipient.as_str()).collect();
    assert_eq!((slots, made.version, made.user_data.as_str()), (vec!["fresh-1", "fresh-2"], 1, "e30="));
    let ids: Vec<&str> = made.components().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["ComponentId_1", "ComponentId_2", "ComponentId_3"]);
    assert_eq!(made.fills[0].areas[0].x, 100.0);
    assert!(made.ensure_usable().is_ok());
}

#[test]
fn what_a_template_must_have() {
    let long = "长".repeat(NAME_LENGTH + 1);
    let unfit = |change: &dyn Fn(&mut NewTemplate)| make(change).map(drop).unwrap_err();
    assert_eq!(unfit(&|one| one.name = "  ".into()), Unfit::NameMissing);
    assert_eq!(unfit(&|one| one.name.clone_from(&long)), Unfit::NameInvalid, "api OperateTemplate.TemplateName");
    assert!(make(|one| one.name = "长".repeat(NAME_LENGTH)).is_ok());
    assert_eq!(unfit(&|one| one.description = "长".repeat(DESCRIPTION_LENGTH + 1)), Unfit::DescriptionTooLong);
    assert_eq!(unfit(&|one| one.document = None), Unfit::DocumentMissing);
    assert_eq!(unfit(&|one| one.parties.clear()), Unfit::PartiesMissing);
    let many = |one: &mut NewTemplate| {
        one.parties =
            (0..=SIGNERS).map(|place| party(&format!("乙{place}"), PartyKind::Person, "SIGN_SIGNATURE")).collect();
    };
    assert_eq!(unfit(&many), Unfit::TooManyParties);
    for role in ["", "乙 方", &"乙".repeat(ROLE_LENGTH + 1)] {
        assert_eq!(unfit(&|one| one.parties[1].role = role.into()), Unfit::RoleInvalid { role: role.trim().into() });
    }
    assert_eq!(unfit(&|one| one.parties[1].role = "甲方".into()), Unfit::RoleRepeated { role: "甲方".into() });
    assert_eq!(
        unfit(&|one| one.parties[0].recipient = Some("slot-0".into())),
        Unfit::SlotUnknown { slot: "slot-0".into() },
        "a new template has no slots"
    );
    assert_eq!(unfit(&|one| one.parties[0].components.clear()), Unfit::NothingToSignWith { role: "甲方".into() });
}

#[test]
fn each_owner_has_components_of_their_own_kinds() {
    let unfit = |change: &dyn Fn(&mut NewTemplate)| make(change).map(drop).unwrap_err();
    let named = |kind: &str| NewComponent { id: "it".into(), ..placed(kind) };
    let not_allowed = Unfit::ComponentNotAllowed { component: "it".into() };
    assert_eq!(unfit(&|one| one.parties[1].components = vec![named("SIGN_SEAL")]), not_allowed, "a person's seal");
    assert_eq!(unfit(&|one| one.parties[1].components = vec![named("TEXT")]), not_allowed);
    assert_eq!(unfit(&|one| one.parties[1].fills = vec![named("SIGN_DATE")]), not_allowed);
    assert_eq!(unfit(&|one| one.fills = vec![named("SIGN_DATE")]), not_allowed, "the initiator does not sign");
    assert_eq!(unfit(&|one| one.parties[1].components = vec![named("SIGN_SELECTOR")]), not_allowed);
    let combined = [named("SIGN_VIRTUAL_COMBINATION"), placed("SIGN_SELECTOR")];
    assert!(make(|one| one.parties[1].components = combined.to_vec()).is_ok());
    assert_eq!(unfit(&|one| one.fills = vec![named("MOON")]), Unfit::ComponentUnknown { kind: "MOON".into() });
    assert_eq!(unfit(&|one| one.fills = vec![named("WATERMARK")]), Unfit::ExtraUnfit { component: "it".into() });
    let unreadable = NewComponent { extra: "{".into(), ..named("TEXT") };
    assert_eq!(unfit(&|one| one.fills = vec![unreadable.clone()]), Unfit::ExtraUnfit { component: "it".into() });
    assert_eq!(unfit(&|one| one.fills = vec![placed("TEXT"); COMPONENTS_AND_ONE]), Unfit::TooManyComponents);
}

const COMPONENTS_AND_ONE: usize = components::COMPONENTS + 1;

#[test]
fn ids_differ_and_labels_can_be_written() {
    let unfit = |id: &str, name: &str| {
        let one = NewComponent { id: id.into(), name: name.into(), ..placed("TEXT") };
        make(|template| template.fills = vec![one.clone(), NewComponent { id: "b".into(), ..one }]).map(drop)
    };
    assert_eq!(unfit("b", ""), Err(Unfit::ComponentIdRepeated { id: "b".into() }));
    assert_eq!(unfit("a b", ""), Err(Unfit::ComponentIdInvalid { id: "a b".into() }));
    let (long, name) = ("a".repeat(31), "名".repeat(21));
    assert_eq!(unfit(&long, ""), Err(Unfit::ComponentIdInvalid { id: long.clone() }));
    assert_eq!(unfit("a", &name), Err(Unfit::ComponentNameInvalid { name: name.clone() }));
    assert_eq!(unfit("a", "同名"), Ok(()), "names may repeat (api Component)");
    let drawn = make(|one| one.fills.push(NewComponent { id: "ComponentId_1".into(), ..placed("TEXT") })).unwrap();
    assert_eq!(drawn.fills[0].id, "ComponentId_2", "an id that is given is not drawn");
}

#[test]
fn values_stand_where_they_may() {
    let unfit = |kind: &str, value: &str| {
        let one = NewComponent { id: "it".into(), value: value.into(), ..placed(kind) };
        make(|template| template.fills = vec![one]).map(drop)
    };
    let misfit = Err(Unfit::ValueUnfit { component: "it".into() });
    assert_eq!(unfit("TEXT", "深圳"), Ok(()));
    assert_eq!(unfit("CHECK_BOX", "maybe"), misfit);
    assert_eq!(unfit("FILL_IMAGE", "upload"), misfit, "an upload ends before the template");
    let of_signer = |seal: &str| {
        let one = NewComponent { id: "it".into(), value: seal.into(), ..placed("SIGN_SEAL") };
        make(|template| template.parties[0].components = vec![one]).map(drop)
    };
    assert_eq!(of_signer("seal"), Ok(()));
    for seal in ["disabled", "foreign", "none"] {
        assert_eq!(of_signer(seal), Err(Unfit::SealUnusable { component: "it".into() }), "{seal}");
    }
    let preset = NewComponent { id: "it".into(), value: "深圳".into(), ..placed("TEXT") };
    assert_eq!(make(|one| one.parties[1].fills = vec![preset]).map(drop), misfit, "a signer starts empty");
}

#[test]
fn a_machine_needs_the_service_a_seal_and_nobody_who_fills_in() {
    let machine = |component: &str| party("丙方", PartyKind::AutoSign, component);
    assert!(make(|one| one.parties.push(machine("SIGN_SEAL"))).unwrap().signs_by_machine());
    assert_eq!(
        make(|one| one.parties.push(machine("SIGN_DATE"))).map(drop),
        Err(Unfit::MachineWithoutSeal { role: "丙方".into() })
    );
    let refused = make(|one| {
        one.parties.push(machine("SIGN_SEAL"));
        one.parties[1].fills = vec![placed("TEXT")];
    });
    assert_eq!(refused.map(drop), Err(Unfit::FillsBesideMachine), "seed scenario-guide");
    let mut closed = directory();
    let number = closed.organizations.number("own").unwrap();
    closed.organizations.at_mut(number).unwrap().auto_sign = false;
    let mut wanted = wanted();
    wanted.parties.push(machine("SIGN_SEAL"));
    let blank = Template::blank(maker(), "new".into(), "promoter".into(), at(0));
    assert_eq!(blank.changed(wanted, &closed, || "fresh".into(), at(0)).map(drop), Err(Unfit::AutoSignNotOpened));
}

#[test]
fn components_stand_on_the_document() {
    use crate::documents::Placement;
    for (page, x, width) in
        [(2, 1.0, 1.0), (0, 1.0, 1.0), (1, 9_999.0, 1.0), (1, 1.0, 0.0), (1, f64::NAN, 1.0), (1, -5.0, 1.0)]
    {
        let placement = Some(Placement::Normal { page, x, y: 1.0, width, height: 1.0 });
        let one = NewComponent { id: "it".into(), placement, ..placed("TEXT") };
        let refused = make(|template| template.fills = vec![one]).map(drop);
        assert_eq!(refused, Err(Unfit::Misplaced { component: "it".into() }), "page {page}, {x}, {width}");
    }
}

#[test]
fn a_change_keeps_what_it_cannot_say() {
    let before = Template { enabled: false, kind: "人事".into(), user_data: "e30=".into(), ..template() };
    let mut wanted = NewTemplate { document: None, ..wanted() };
    wanted.parties = vec![person(), NewParty { recipient: Some("slot-0".into()), ..company() }];
    let after = save(&before, wanted).unwrap();
    assert_eq!((after.version, after.saved_at, after.created_at), (2, at(60), before.created_at));
    assert_eq!((&after.id, &after.promoter, &after.file), (&before.id, &before.promoter, &before.file));
    assert_eq!((after.enabled, after.kind.as_str(), after.user_data.as_str()), (false, "人事", "e30="));
    assert_eq!(after.content, before.content);
    let slots: Vec<&str> = after.parties.iter().map(|one| one.recipient.as_str()).collect();
    assert_eq!(slots, ["fresh-1", "slot-0"]);
    let twice = NewTemplate {
        parties: ["甲方", "丁方"]
            .map(|role| NewParty { recipient: Some("slot-0".into()), role: role.into(), ..company() })
            .into(),
        ..self::wanted()
    };
    assert_eq!(save(&before, twice).map(drop), Err(Unfit::SlotUnknown { slot: "slot-0".into() }));
}

#[test]
fn a_component_of_many_places_keeps_them_until_it_is_moved() {
    let mut before = template();
    let first = before.fills[0].areas[0];
    before.fills[0].areas.push(Area { y: 300.0, ..first });
    let unmoved = NewTemplate { document: None, fills: vec![placed("TEXT")], ..wanted() };
    assert_eq!(save(&before, unmoved.clone()).unwrap().fills[0].areas.len(), 2);
    before.fills[0].kind = ComponentKind::MultiLineText;
    assert_eq!(save(&before, unmoved).unwrap().fills[0].areas.len(), 1, "another component stands there now");
}

#[test]
fn a_copy_brings_no_data_back() {
    let made = make(|_| ()).unwrap();
    let copy = made.copy("副本".into(), "copy".into(), || "slot".into(), at(90));
    assert_eq!((copy.user_data.as_str(), copy.version, copy.saved_at), ("", 1, at(90)));
}
