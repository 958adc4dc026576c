//! Whatever is sent, the answer has the vendor's shape, nothing panics, and no world is damaged.

use ess_schemas::{Service, StructContract, action};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::stage::{Stage, is_defect};
use crate::actions;
use crate::engine::clock::EdgeTime;

/// Any JSON, not too deep.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map("[A-Za-z]{1,10}", inner, 0..4).prop_map(|map| json!(map)),
        ]
    })
}

/// JSON that uses a struct's own parameter names, with any values: it gets further in than random names do.
fn nearly_right(contract: &'static StructContract) -> impl Strategy<Value = Value> {
    let names: Vec<&'static str> = contract.fields.iter().map(|field| field.name).collect();
    let member = proptest::sample::select(names).prop_flat_map(|name| any_json().prop_map(move |value| (name, value)));
    proptest::collection::vec(member, 0..6).prop_map(|members| {
        members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<serde_json::Map<_, _>>().into()
    })
}

fn answered(stage: &Stage, name: &str, body: Vec<u8>) -> Value {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let answer = runtime.block_on(stage.send(Service::Ess, name, body));
    assert_eq!(stage.account().pulse(EdgeTime::read()).damaged, None, "{answer}");
    assert!(!is_defect(name, &answer), "{name}: {answer}");
    answer
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let stage = Stage::new();
        for contract in actions::handled() {
            answered(&stage, contract.name, bytes.clone());
        }
    }

    #[test]
    fn any_json_is_answered(value in any_json()) {
        let stage = Stage::new();
        for contract in actions::handled() {
            answered(&stage, contract.name, value.to_string().into_bytes());
        }
    }

    #[test]
    fn known_parameters_with_any_values_are_answered(
        value in proptest::sample::select(vec!["UploadFiles", "CreateFlowByFiles", "DescribeFileUrls", "CreateFlowSignUrl", "CreateSchemeUrl"])
            .prop_flat_map(|name| {
                let contract = action(Service::Ess, name).unwrap();
                nearly_right(contract.request).prop_map(move |value| (name, value))
            })
    ) {
        let (name, mut value) = value;
        let stage = Stage::new();
        // Who acts is right, so that the rest is looked at.
        value["Operator"] = stage.operator();
        if name == "UploadFiles" || name == "CreateFlowSignUrl" {
            value.as_object_mut().unwrap().remove("Operator");
        }
        answered(&stage, name, value.to_string().into_bytes());
    }

    #[test]
    fn a_good_call_with_one_value_replaced_is_answered(pick in any::<proptest::sample::Index>(), value in any_json()) {
        let stage = Stage::new();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let mut call = runtime.block_on(stage.new_flow());
        let places = pointers(&call, String::new());
        let place = pick.get(&places);
        *call.pointer_mut(place).unwrap() = value;
        answered(&stage, "CreateFlowByFiles", call.to_string().into_bytes());
    }
}

fn pointers(value: &Value, at: String) -> Vec<String> {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(name, value)| (name.clone(), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(index, value)| (index.to_string(), value)).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    };
    let below = children.into_iter().flat_map(|(name, value)| pointers(value, format!("{at}/{name}")));
    below.chain((!at.is_empty()).then(|| at.clone())).collect()
}
