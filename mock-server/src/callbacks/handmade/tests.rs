use std::sync::Arc;

use ess_client::callback::{CallbackKey, Event, Message, Received, Receiver, seal, sign};
use serde_json::{Value, json};

use super::*;
use crate::domain::samples::{NOW, flow_of_three};
use crate::engine::settings::Settings;

const GENERATIONS: [Generation; 3] = [Generation::Company, Generation::Partner, Generation::Legacy];

fn make(msg_type: &str, generation: Generation, data: &Value, unchecked: bool) -> Result<HandMade, String> {
    let data = Fields::parse(data.to_string().as_bytes()).unwrap();
    let wish = Wish { msg_type, generation, data: &data, unchecked };
    HandMade::make(&wish, &Known::at(NOW, 7))
}

fn text(made: &HandMade) -> String {
    String::from_utf8(made.plaintext("yDmessage", "http://127.0.0.1:9/")).unwrap()
}

/// The message, as it comes out of the reference client's receiver.
fn received(made: &HandMade) -> Message {
    let key = CallbackKey::new("0123456789abcdef0123456789ABCDEF").unwrap();
    let receiver = Receiver::new().with_key(key.clone()).with_token("token");
    let body = seal(text(made).as_bytes(), Some(&key), made.generation);
    match receiver.receive(&body, Some(&sign(&body, "token"))) {
        Ok(Received::Message(message)) => message,
        other => panic!("{}: {other:?}", made.msg_type),
    }
}

#[test]
fn every_type_of_every_generation_can_be_made_from_nothing_and_is_read_as_what_it_is() {
    let mut count = 0;
    for generation in GENERATIONS {
        for msg_type in types(generation) {
            let made =
                make(msg_type, generation, &json!({}), false).unwrap_or_else(|why| panic!("{generation:?}: {why}"));
            let message = received(&made);
            let known = match message.event() {
                Event::Company(event) => event.msg_type(),
                Event::Partner(event) => event.msg_type(),
                Event::Legacy(event) => event.msg_type(),
                Event::Unknown | Event::Misshapen(_) => panic!("{generation:?} {msg_type}: {:?}", message.event()),
            };
            assert!(known == msg_type || known == FLOW_INFO, "{generation:?} {msg_type}: {known}");
            assert_eq!(message.version(), generation.message_version());
            count += 1;
        }
    }
    assert_eq!(count, 48 + 44 + 7, "the types of three generations (callback docs)");
}

#[test]
fn data_about_a_real_contract_is_what_its_own_transitions_send() {
    let flow = Arc::new(flow_of_three(false));
    let things = real::Things { flow: Some(flow), ..real::Things::default() };
    let told = real::data("FlowStatusChange", Generation::Company, &things, NOW, &Settings::default()).unwrap();
    let known = Known::at(NOW, 7).with_told(told);
    let data = Fields::parse(br#"{"FlowMessage":"by hand"}"#).unwrap();
    let wish = Wish { msg_type: "FlowStatusChange", generation: Generation::Company, data: &data, unchecked: false };

    let made = HandMade::make(&wish, &known).unwrap();

    insta::assert_snapshot!(text(&made));
}

#[test]
fn what_is_wanted_stands_in_its_declared_place() {
    let made = make(
        "FlowCost",
        Generation::Company,
        &json!({ "OrganizationId": "yDorg", "FlowId": "yDflow", "Cost": -1 }),
        false,
    );

    insta::assert_snapshot!(text(&made.unwrap()));
}

#[test]
fn a_legacy_contract_message_comes_bare() {
    let made = make("FlowStatusChange", Generation::Legacy, &json!({ "FlowId": "yDflow" }), false).unwrap();

    assert!(text(&made).starts_with(r#"{"FlowId":"yDflow","DocumentId":"yD"#), "{}", text(&made));
    assert!(text(&made).ends_with(r#""CallbackUrl":"http://127.0.0.1:9/"}"#), "{}", text(&made));
}

#[test]
fn typing_errors_are_named_with_what_there_is() {
    let company = |msg_type, data: Value| make(msg_type, Generation::Company, &data, false).unwrap_err();

    let errors = [
        company("FlowStatusChanged", json!({})),
        company("OrgAuth", json!({})),
        company("FlowCost", json!({ "Costs": 1 })),
        company("FlowCost", json!({ "Cost": "one" })),
        company("FlowStatusChange", json!({ "UserFlowType": { "nme": "x" } })),
    ];
    insta::assert_snapshot!(errors.join("\n"));
}

#[test]
fn unchecked_sends_what_no_schema_has() {
    let made = make("InventedTomorrow", Generation::Company, &json!({ "b": 1, "a": [] }), true).unwrap();
    assert_eq!(Message::parse(text(&made)).unwrap().event(), &Event::Unknown);

    let made = make("FlowCost", Generation::Company, &json!({ "Cost": "one" }), true).unwrap();
    assert!(matches!(Message::parse(text(&made)).unwrap().event(), Event::Misshapen(_)));
}
