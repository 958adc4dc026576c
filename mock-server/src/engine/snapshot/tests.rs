//! What a written snapshot looks like, and what is wrong with one that was changed by hand.

use serde_json::{Value, json};

use super::text::{FORMAT, Notation, SnapshotError, is_snapshot, read, write};
use super::*;
use crate::domain::organization::Organization;
use crate::domain::samples::{NOW, directory};
use crate::domain::time::HOUR;
use crate::engine::world_file::{DEMO, WorldFile};

fn demo() -> Snapshot {
    let file = WorldFile::parse("the demo world", DEMO).unwrap();
    Snapshot::beginning(file.build(7, NOW), Clock::Frozen(NOW), 7)
}

/// One company, and another that a seal belongs to.
fn small() -> Snapshot {
    let mut world = World::new(7);
    world.now = NOW;
    world.directory = directory();
    let own = world.directory.organizations.get("own").unwrap().as_ref().clone();
    world.directory.organizations.insert(Organization { id: "other".into(), ..own });
    Snapshot::beginning(world, Clock::Frozen(NOW), 7)
}

fn refusal(change: impl FnOnce(&mut Value)) -> String {
    let mut text: Value = serde_json::from_str(&write(&small(), Notation::Json).unwrap()).unwrap();
    change(&mut text);
    read("world.json", &text.to_string()).unwrap_err().to_string()
}

#[test]
fn the_demo_world_is_the_same_after_writing_and_reading() {
    let demo = demo();
    for notation in [Notation::Json, Notation::Yaml] {
        let text = write(&demo, notation).unwrap();
        let again = read("demo", &text).unwrap();
        assert!(again == demo, "{notation:?}");
        assert_eq!(write(&again, notation).unwrap(), text);
    }
}

#[test]
fn a_written_world_can_be_read_by_people() {
    insta::assert_snapshot!(write(&small(), Notation::Yaml).unwrap());
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    assert_eq!(
        refusal(|text| text["format"] = json!("other")),
        format!("world.json: format: expected `{FORMAT}`, found `other`")
    );
    let unknown = refusal(|text| text["world"]["directory"]["colour"] = json!("red"));
    assert_eq!(unknown, "world.json: world.directory.colour: there is no such field");
    let missing = refusal(|text| drop(text["world"].as_object_mut().unwrap().remove("timers")));
    assert!(missing.contains("missing field `timers` at line 1 column"), "{missing}");
    let twice = refusal(|text| {
        let organizations = &mut text["world"]["directory"]["organizations"];
        organizations["items"]["7"] = organizations["items"]["0"].clone();
        organizations["next"] = json!(8);
    });
    assert!(twice.contains("the id `own` stands twice, at 0 and at 7"), "{twice}");
    let beyond = refusal(|text| text["world"]["directory"]["organizations"]["next"] = json!(0));
    assert!(beyond.contains("number 0 is not below next, 0"), "{beyond}");
    let nowhere = refusal(|text| text["world"]["directory"]["seals"]["items"]["0"]["organization"] = json!("nobody"));
    assert!(
        nowhere.contains("world: directory: seals: `") && nowhere.contains("there is no organization `nobody`"),
        "{nowhere}"
    );
    let timer = refusal(|text| text["world"]["timers"] = json!([["2027-01-01T00:00:00Z", { "deadline": 9 }]]));
    assert_eq!(timer, "world.json: world: timers: at 2027-01-01T00:00:00Z: there is no contract with the number 9");
    let moment = refusal(|text| text["world"]["now"] = json!("noon"));
    assert!(moment.contains("expected a moment such as 2027-01-01T00:00:00+08:00"), "{moment}");
}

#[test]
fn a_field_nobody_knows_is_told_in_yaml_too_and_syntax_with_line_and_column() {
    let text = write(&demo(), Notation::Yaml).unwrap();
    let unknown = read("w.yaml", &text.replacen("  settings:\n", "  settings:\n    colour: red\n", 1)).unwrap_err();
    assert!(unknown.to_string().contains("colour"), "{unknown}");
    let broken = read("w.yaml", "format: ess-mock snapshot 1\nworld: [\n").unwrap_err().to_string();
    assert!(broken.starts_with("w.yaml: ") && broken.contains("line"), "{broken}");
    assert!(matches!(read("w", "{}"), Err(SnapshotError::Form { .. })));
}

#[test]
fn a_snapshot_and_a_world_file_are_told_apart() {
    assert!(is_snapshot(&write(&demo(), Notation::Json).unwrap()));
    assert!(is_snapshot(&write(&demo(), Notation::Yaml).unwrap()));
    assert!(!is_snapshot(DEMO));
}

#[test]
fn time_goes_on_from_the_moment_of_the_snapshot_whatever_passed_since() {
    let (frozen, mut running) = (demo(), demo());
    running.clock = Pace::of(Clock::Real);
    let later = EdgeTime::from_millis(NOW.plus(HOUR).millis());
    assert_eq!(frozen.resumed(later), Clock::Frozen(NOW));
    assert_eq!(running.resumed(later).at(later), NOW);
    assert_eq!(running.resumed(later).at(EdgeTime::from_millis(later.millis() + 5)).millis(), NOW.millis() + 5);
}

#[test]
fn another_seed_gives_other_ids_and_leaves_what_was_sealed() {
    use crate::engine::ids::Kind;
    let (mut same, mut other) = (demo(), demo().reseeded(8));
    assert_ne!(same.world.ids.next(Kind::Flow), other.world.ids.next(Kind::Flow));
    assert_eq!(same.world.ids.sealing_key(), other.world.ids.sealing_key());
}
