//! Every scenario under fixtures/scenarios.

use std::collections::BTreeSet;

use ess_client::callback::Generation;
use ess_schemas::callbacks as published;
use serde_json::Value;

use super::super::literal::Content;
use super::super::player::transmission;
use super::receiver::Reference;
use super::*;
use crate::callbacks::hostile::Hostile;

#[tokio::test]
async fn the_reference_receiver_survives_every_shipped_scenario() {
    let shipped = shipped();
    assert!(shipped.len() >= 12, "{} scenarios", shipped.len());
    for (path, text) in shipped {
        let scenario =
            Scenario::parse(&path.display().to_string(), &text, 0).unwrap_or_else(|mistake| panic!("{mistake}"));
        let reference = Reference::open().await;

        let report = played(&scenario, &receiver(&reference.url)).await;

        assert_eq!(report.failure(), None, "{}", report.table());
        assert!(report.attempts.iter().all(|row| row.as_good), "{}", report.table());
        assert!(report.left_out.is_empty(), "{}", report.table());
        let stem = path.file_stem().unwrap().to_string_lossy();
        assert_eq!(stem, scenario.name, "a file is called as what it tells");
        assert!(scenario.says.ends_with('.') && !scenario.source.is_empty(), "{stem}: a sentence and a source");
    }
}

#[test]
fn every_shipped_message_fits_its_schema() {
    for (path, text) in shipped() {
        let scenario = Scenario::parse(&path.display().to_string(), &text, 0).unwrap();
        for message in scenario.messages.iter().filter(|one| !matches!(one.content, Content::Verbatim(..))) {
            let generation = message.generation.unwrap_or(scenario.generation);
            let plaintext = message.plaintext("http://127.0.0.1:9/", generation);
            let sent: Value = serde_json::from_slice(&plaintext).unwrap();
            let (kind, data) = match sent.get("MsgType").and_then(Value::as_str) {
                Some(kind) => (kind, &sent["MsgData"]),
                None => ("FlowInfo", &sent),
            };
            let of = match generation {
                Generation::Company => published::Generation::Company,
                Generation::Partner => published::Generation::Partner,
                Generation::Legacy => published::Generation::Legacy,
            };
            let contract =
                published::message(of, kind).or_else(|| published::message(published::Generation::Company, kind));
            let schema: Value = serde_json::from_str(contract.unwrap().schema).unwrap();
            let verdict = jsonschema::validator_for(&schema).unwrap();
            let errors: Vec<String> =
                verdict.iter_errors(data).map(|error| format!("{}: {error}", error.instance_path())).collect();
            assert!(errors.is_empty(), "{} {}: {errors:?}", path.display(), message.name);
        }
    }
}

#[test]
fn the_parade_has_every_hostile_body_once() {
    let text = shipped().into_iter().find(|(path, _)| path.ends_with("hostile_parade.yaml")).unwrap().1;
    let parade = scenario(&text);
    let shown: Vec<Hostile> = plan(&parade, 0).iter().filter_map(|one| one.hostile).collect();

    assert_eq!(shown.iter().collect::<BTreeSet<_>>(), Hostile::ALL.iter().collect());
    assert_eq!(shown.len(), Hostile::ALL.len());
}

#[test]
fn a_seed_decides_every_byte_and_the_order() {
    let bytes = |text: &str, seed| {
        let scenario = Scenario::parse("shipped", text, seed).unwrap();
        let receiver = Receiver { seed, ..receiver("http://127.0.0.1:9/") };
        let sent = plan(&scenario, seed)
            .into_iter()
            .map(move |one| transmission(&scenario, &one, &receiver, scenario.generation).unwrap());
        sent.collect::<Vec<_>>()
    };
    let mut shuffled = 0;
    for (path, text) in shipped() {
        assert_eq!(bytes(&text, 7), bytes(&text, 7), "{}", path.display());
        shuffled += usize::from(bytes(&text, 7) != bytes(&text, 8));
    }
    assert!(shuffled >= 10, "another seed draws other ids and orders: {shuffled}");
}
