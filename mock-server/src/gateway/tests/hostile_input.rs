//! Whatever arrives, the gateway neither panics nor answers anything but a vendor-shaped fault.

use ess_schemas::contract::{self, Kind, Service, StructContract};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::super::credential::Auth;
use super::super::envelope;
use super::super::language::Language;
use super::super::{shape, synthesized};
use super::{Raw, SIGNED_AT};
use crate::limits;

/// Goes through the gateway and holds the answer against the form every client expects.
fn assert_well_answered(request: &Raw) {
    if let Err(fault) = request.served(Auth::Off, SIGNED_AT) {
        for language in [Language::English, Language::Chinese] {
            let body = envelope::failure(&fault.answer(language), "id");
            let answer: Value = serde_json::from_slice(&body).unwrap();
            let error = &answer["Response"]["Error"];
            assert!(error["Code"].as_str().is_some_and(|code| !code.is_empty()), "{answer}");
            assert!(error["Message"].as_str().is_some_and(|message| !message.is_empty()), "{answer}");
            assert_eq!(answer["Response"]["RequestId"], "id");
        }
    }
}

fn json_call(action: &str, version: &str, body: Vec<u8>) -> Raw {
    let headers = [
        ("x-tc-action", action),
        ("x-tc-version", version),
        ("x-tc-timestamp", "1700000000"),
        ("content-type", "application/json"),
    ];
    Raw { body, ..Raw::new("POST", "/", &headers, "") }
}

/// Any JSON, up to a few levels.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        ".{0,12}".prop_map(Value::from),
        "[0-9]{9,40}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[A-Za-z.0$]{0,8}", inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Parameters with the action's own names and values of any type, so that the reading gets past the first name.
fn parameters_of(contract: &'static StructContract, depth: usize) -> BoxedStrategy<Value> {
    let fields: Vec<_> = contract
        .fields
        .iter()
        .map(|field| {
            let right = right_value(field.kind, depth);
            let value = prop_oneof![6 => right, 1 => any_json(), 1 => Just(Value::Null)];
            prop::option::weighted(0.7, value).prop_map(|value| (field.name, value))
        })
        .collect();
    fields
        .prop_map(|members| {
            let given = members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
            Value::Object(given.collect::<Map<String, Value>>())
        })
        .boxed()
}

fn right_value(kind: Kind, depth: usize) -> BoxedStrategy<Value> {
    match kind {
        Kind::String => ".{0,20}".prop_map(Value::from).boxed(),
        Kind::Int64 => any::<i64>().prop_map(Value::from).boxed(),
        Kind::Uint64 => any::<u64>().prop_map(Value::from).boxed(),
        Kind::Float => any::<f64>().prop_map(|number| json!(number)).boxed(),
        Kind::Bool => any::<bool>().prop_map(Value::from).boxed(),
        Kind::Struct(_) if depth == 0 => Just(json!({})).boxed(),
        Kind::Struct(contract) => parameters_of(contract, depth - 1),
        Kind::List(item) => prop::collection::vec(right_value(*item, depth), 0..3).prop_map(Value::from).boxed(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_as_a_body(body in prop::collection::vec(any::<u8>(), 0..300)) {
        assert_well_answered(&json_call("CreateFlowByFiles", "2020-11-11", body));
    }

    #[test]
    fn random_bytes_as_a_form(body in prop::collection::vec(any::<u8>(), 0..300)) {
        let mut form = Raw::new("POST", "/", &[("content-type", "application/x-www-form-urlencoded")], "");
        form.body = body.clone();
        assert_well_answered(&form);
        let mut multipart = json_call("CreateFlowByFiles", "2020-11-11", body)
            .with_header("content-type", "multipart/form-data; boundary=x");
        assert_well_answered(&multipart);
        multipart.body.splice(0..0, b"--x\r\n".iter().copied());
        assert_well_answered(&multipart);
    }

    #[test]
    fn random_headers(
        values in prop::collection::vec("[ -~\u{4e00}-\u{4e10}]{0,40}", 7),
        get in any::<bool>(),
    ) {
        let names = ["x-tc-action", "x-tc-version", "x-tc-timestamp", "x-tc-region", "authorization", "host", "content-type"];
        let headers: Vec<_> = names.into_iter().zip(values.iter().map(String::as_str)).collect();
        assert_well_answered(&Raw::new(if get { "GET" } else { "POST" }, "/", &headers, "{}"));
    }

    #[test]
    fn random_authorizations(header in "TC3-HMAC-SHA256 [A-Za-z=/,; -]{0,80}") {
        let request = json_call("DescribeFlowInfo", "2020-11-11", b"{}".to_vec()).with_header("authorization", &header);
        for auth in [Auth::Strict, Auth::Lenient, Auth::Off] {
            let _ = request.served(auth, SIGNED_AT);
        }
    }

    #[test]
    fn random_pairs(
        pairs in prop::collection::vec(("(Approvers|Operator|FileIds|FlowName|[A-Z]{1,3})(\\.[0-9A-Za-z]{0,22}){0,5}", ".{0,8}"), 0..8)
    ) {
        let query: String = pairs
            .iter()
            .map(|(name, value)| format!("{name}={}&", percent_encoding::utf8_percent_encode(value, percent_encoding::NON_ALPHANUMERIC)))
            .collect();
        let common = "Action=CreateFlowByFiles&Version=2020-11-11&Timestamp=1700000000";
        assert_well_answered(&Raw::new("GET", &format!("/?{query}{common}"), &[], ""));
    }

    #[test]
    fn truncated_and_altered_json(cut in 0usize..4_000, flip in 0usize..4_000, to in any::<u8>()) {
        let contract = contract::action(Service::Ess, "CreateFlowByFiles").unwrap();
        let mut body = serde_json::to_vec(&synthesized_request(contract.request)).unwrap();
        let flip = flip % body.len();
        body[flip] = to;
        assert_well_answered(&json_call("CreateFlowByFiles", "2020-11-11", body.clone()));
        body.truncate(cut % body.len());
        assert_well_answered(&json_call("CreateFlowByFiles", "2020-11-11", body));
    }

    #[test]
    fn any_json_for_any_action(parameters in any_json(), index in any::<prop::sample::Index>()) {
        let all: Vec<_> = Service::ALL.into_iter().flat_map(contract::actions).collect();
        let contract = all[index.index(all.len())];
        let body = serde_json::to_vec(&parameters).unwrap();
        assert_well_answered(&json_call(contract.name, contract.service.version(), body));
    }

    #[test]
    fn right_names_with_wrong_values_never_upset_shape_or_limits(
        parameters in parameters_of(contract::action(Service::Ess, "CreateFlowByFiles").unwrap().request, 3)
    ) {
        let contract = contract::action(Service::Ess, "CreateFlowByFiles").unwrap();
        assert_well_answered(&json_call(contract.name, "2020-11-11", serde_json::to_vec(&parameters).unwrap()));
        if shape::check(&parameters, contract).is_ok() {
            let _ = limits::check(&parameters, contract).map_err(|breach| breach.answer(contract));
        }
    }
}

/// One value for every parameter, by the same rules as a synthesized response.
fn synthesized_request(contract: &'static StructContract) -> Value {
    synthesized::filled(contract, &mut Vec::new())
}

#[test]
fn huge_numbers_and_deep_nesting_get_a_fault() {
    for body in [
        format!("{{\"Deadline\":{}}}", "9".repeat(100_000)),
        "{\"Deadline\":1e400}".to_owned(),
        format!("{{\"Approvers\":{}", "[".repeat(1_000_000)),
        format!("{{\"Approvers\":{}{}}}", "[".repeat(20_000), "]".repeat(20_000)),
        "{\"A\":".repeat(200_000),
    ] {
        let request = json_call("CreateFlowByFiles", "2020-11-11", body.into_bytes());
        assert!(request.served(Auth::Off, SIGNED_AT).is_err());
        assert_well_answered(&request);
    }
}

#[test]
fn every_action_refuses_what_it_does_not_know() {
    for contract in Service::ALL.into_iter().flat_map(contract::actions) {
        let request = json_call(contract.name, contract.service.version(), br#"{"Nonsense":1}"#.to_vec());
        let fault = request.served(Auth::Off, SIGNED_AT).unwrap_err();
        assert_eq!(fault.answer(Language::English).message, "The parameter `Nonsense` is not recognized.");
    }
}

#[test]
fn every_action_takes_all_its_parameters_at_once() {
    for contract in Service::ALL.into_iter().flat_map(contract::actions) {
        let parameters = synthesized_request(contract.request);
        assert_eq!(shape::check(&parameters, contract), Ok(()), "{} {}", contract.service.name(), contract.name);
    }
}
