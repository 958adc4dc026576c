//! Every generated type reads and writes what its contract says.

use serde_json::{Map, Value, json};

use crate::{Action, ActionContract, FieldContract, Kind, StructContract, ess, request_schema, response_schema};

#[test]
fn every_request_type_reads_and_writes_its_contract() {
    fn check<A: Action>() {
        let contract = A::contract();
        assert_eq!((A::SERVICE, A::NAME, A::VERSION), (contract.service, contract.name, contract.service.version()));

        for request in [filled(contract.request, |field| field.required), filled(contract.request, |_| true)] {
            let typed =
                A::decode(request.to_string().as_bytes()).unwrap_or_else(|error| panic!("{}: {error}", A::NAME));
            let written = serde_json::to_value(&typed).unwrap_or_else(|error| panic!("{}: {error}", A::NAME));
            assert_eq!(written, request, "{}", A::NAME);
        }
        assert!(A::decode(br#"{"NoSuchParameter":1}"#).is_err(), "{} accepts an unknown parameter", A::NAME);
        refuses_without_required::<A>(contract);
    }
    include!(concat!(env!("OUT_DIR"), "/ess_probe.rs"));
    include!(concat!(env!("OUT_DIR"), "/essbasic_probe.rs"));
}

#[test]
fn every_response_type_writes_what_its_schema_accepts() {
    fn check<A: Action>() {
        let contract = A::contract();
        let validator = jsonschema::draft202012::new(&response_schema(contract)).unwrap();
        let full: A::Response = serde_json::from_value(filled(contract.response, |_| true)).unwrap();
        for response in [A::Response::default(), full] {
            let mut bytes = Vec::new();
            A::encode(&response, &mut bytes).unwrap();
            let mut answer: Value = serde_json::from_slice(&bytes).unwrap();
            answer["RequestId"] = json!("s1700000000000000000");
            if let Err(error) = validator.validate(&answer) {
                panic!("{}: {} {error}", A::NAME, error.instance_path());
            }
        }
    }
    include!(concat!(env!("OUT_DIR"), "/ess_probe.rs"));
    include!(concat!(env!("OUT_DIR"), "/essbasic_probe.rs"));
}

#[test]
fn a_request_with_every_field_passes_its_schema_without_limits() {
    for contract in crate::contract::Service::ALL.into_iter().flat_map(crate::actions) {
        let mut schema = request_schema(contract);
        strip_limits(&mut schema);
        let validator = jsonschema::draft202012::new(&schema).unwrap();
        let request = filled(contract.request, |_| true);
        if let Err(error) = validator.validate(&request) {
            panic!("{}: {} {error}", contract.name, error.instance_path());
        }
    }
}

#[test]
fn every_documented_example_is_read_by_its_types() {
    fn check<A: Action>() {
        let folder = format!("{}/../fixtures/examples/{}/{}", env!("CARGO_MANIFEST_DIR"), A::SERVICE.name(), A::NAME);
        let Ok(entries) = std::fs::read_dir(folder) else { return };
        for entry in entries {
            let example: Value = serde_json::from_slice(&std::fs::read(entry.unwrap().path()).unwrap()).unwrap();
            let request = A::decode(example["request"].to_string().as_bytes()).unwrap();
            let written = serde_json::to_value(&request).unwrap();
            assert_eq!(as_floats(written), as_floats(example["request"].clone()), "{}", A::NAME);

            let answer = &example["response"]["Response"];
            if answer.is_object() && answer.get("Error").is_none() {
                let response: A::Response = serde_json::from_value(answer.clone()).unwrap();
                let mut written = serde_json::to_value(&response).unwrap();
                written["RequestId"] = answer["RequestId"].clone();
                assert_eq!(written, *answer, "{}", A::NAME);
            }
        }
    }
    include!(concat!(env!("OUT_DIR"), "/ess_probe.rs"));
    include!(concat!(env!("OUT_DIR"), "/essbasic_probe.rs"));
}

#[test]
fn null_counts_as_absent() {
    let request = br#"{"Operator":{"UserId":null},"FlowId":"yD","CancelMessage":"typo","Agent":null}"#;
    let typed = ess::CancelFlowRequest::decode(request).unwrap();

    assert_eq!(typed.operator.user_id, None);
    assert_eq!(typed.agent, None);
}

#[test]
fn a_response_with_unknown_or_missing_fields_is_still_read() {
    let answer = r#"{"FlowDetailInfos":[{"FlowId":"yD","NewField":1}],"RequestId":"s1"}"#;
    let typed: ess::DescribeFlowInfoResponse = serde_json::from_str(answer).unwrap();

    assert_eq!(typed.flow_detail_infos.first().map(|flow| flow.flow_id.as_str()), Some("yD"));
}

#[test]
fn a_component_without_position_is_read() {
    let component = r#"{"ComponentType":"SIGN_SEAL","FileIndex":0,"GenerateMode":"FIELD","ComponentName":"seal"}"#;
    let typed: ess::Component = serde_json::from_str(component).unwrap();

    assert_eq!((typed.component_page, typed.file_index), (None, 0));
    assert_eq!(serde_json::to_string(&typed).unwrap().len(), component.len(), "what is absent is not written");
}

/// An example may say 100 where a number with a fraction may stand, which we write as 100.0.
fn as_floats(value: Value) -> Value {
    match value {
        Value::Number(number) => json!(number.as_f64()),
        Value::Array(items) => items.into_iter().map(as_floats).collect(),
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (name, as_floats(value))).collect(),
        Value::Null | Value::Bool(_) | Value::String(_) => value,
    }
}

/// A value of the struct with the fields chosen at the top, and everything below filled.
fn filled(owner: &StructContract, choose: fn(&FieldContract) -> bool) -> Value {
    fn object(owner: &StructContract, choose: fn(&FieldContract) -> bool, depth: usize) -> Value {
        let fields = owner.fields.iter().filter(|field| choose(field));
        let fields: Map<String, Value> =
            fields.map(|field| (field.name.to_owned(), value(&field.kind, depth))).collect();
        Value::Object(fields)
    }
    fn value(kind: &Kind, depth: usize) -> Value {
        match kind {
            Kind::String => json!("字"),
            Kind::Int64 => json!(-7),
            Kind::Uint64 => json!(u64::MAX),
            Kind::Float => json!(1.5),
            Kind::Bool => json!(true),
            Kind::Struct(inner) => object(inner, |_| true, depth + 1),
            // A struct that contains itself ends with an empty list.
            Kind::List(_) if depth > 12 => json!([]),
            Kind::List(item) => json!([value(item, depth + 1)]),
        }
    }
    object(owner, choose, 0)
}

fn refuses_without_required<A: Action>(contract: &ActionContract) {
    for field in contract.request.fields.iter().filter(|field| field.required) {
        let mut request = filled(contract.request, |field| field.required);
        if let Some(fields) = request.as_object_mut() {
            fields.remove(field.name);
        }
        assert!(A::decode(request.to_string().as_bytes()).is_err(), "{} without {}", A::NAME, field.name);
    }
}

/// Removes what overlays added, which a value made of nothing but types cannot meet.
fn strip_limits(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if let Some(bare) = fields.get("allOf").and_then(|all| all.get(0)).filter(|first| first.get("if").is_none())
            {
                *schema = bare.clone();
                return strip_limits(schema);
            }
            fields.values_mut().for_each(strip_limits);
        }
        Value::Array(items) => items.iter_mut().for_each(strip_limits),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => (),
    }
}
