//! All 256 actions are there, in order, with schemas that compile.

use ess_schemas::{AgentNeeds, IdentityClass, Service, action, actions, request_schema, response_schema};

#[test]
fn both_services_have_all_their_actions() {
    assert_eq!(actions(Service::Ess).len(), 157);
    assert_eq!(actions(Service::Essbasic).len(), 99);
}

#[test]
fn actions_and_their_codes_are_sorted_for_binary_search() {
    for service in Service::ALL {
        assert!(actions(service).is_sorted_by(|a, b| a.name < b.name), "{}", service.name());
        for contract in actions(service) {
            assert!(contract.codes.is_sorted_by(|a, b| a < b), "{}", contract.name);
            assert_eq!(action(service, contract.name).map(|found| found.name), Some(contract.name));
        }
    }
}

#[test]
fn the_schemas_of_every_action_compile() {
    for contract in Service::ALL.into_iter().flat_map(actions) {
        for (end, schema) in [("request", request_schema(contract)), ("response", response_schema(contract))] {
            if let Err(error) = jsonschema::draft202012::new(&schema) {
                panic!("{} {end}: {error}", contract.name);
            }
        }
    }
}

#[test]
fn a_request_schema_refuses_what_the_contract_refuses() {
    let schema = request_schema(action(Service::Ess, "CancelFlow").unwrap());
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let accepts = |text: &str| validator.is_valid(&serde_json::from_str(text).unwrap());

    assert!(accepts(r#"{"Operator":{"UserId":"yD"},"FlowId":"yD","CancelMessage":"typo"}"#));
    assert!(
        accepts(r#"{"Operator":{"UserId":"yD"},"FlowId":"yD","CancelMessage":""}"#),
        "an empty text breaks no limit"
    );
    assert!(!accepts(r#"{"Operator":{"UserId":"yD"},"FlowId":"yD"}"#), "a required parameter is missing");
    assert!(
        !accepts(r#"{"Operator":{"UserId":"yD"},"FlowId":"yD","CancelMessage":"typo","Reason":"x"}"#),
        "unknown parameter"
    );
    assert!(!accepts(r#"{"Operator":{"UserId":"yD"},"FlowId":1,"CancelMessage":"typo"}"#), "a text is no number");
    let long = format!(r#"{{"Operator":{{"UserId":"yD"}},"FlowId":"yD","CancelMessage":"{}"}}"#, "长".repeat(201));
    assert!(!accepts(&long), "the reason is too long");
}

#[test]
fn a_component_placed_by_form_field_needs_no_position() {
    let schema = request_schema(action(Service::Ess, "CreateFlowByFiles").unwrap());
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let accepts = |component: &str| {
        let request = format!(
            r#"{{"Operator":{{"UserId":"yD"}},"FlowName":"n","FileIds":["yD"],
                "Approvers":[{{"ApproverType":1,"SignComponents":[{component}]}}]}}"#
        );
        validator.is_valid(&serde_json::from_str(&request).unwrap())
    };

    assert!(accepts(r#"{"ComponentType":"SIGN_SEAL","FileIndex":0,"GenerateMode":"FIELD","ComponentName":"seal"}"#));
    assert!(!accepts(r#"{"ComponentType":"SIGN_SEAL","FileIndex":0,"ComponentName":"seal"}"#));
}

#[test]
fn the_identity_class_says_who_acts() {
    let identity = |service, name| action(service, name).unwrap().identity;

    assert_eq!(identity(Service::Ess, "CancelFlow"), IdentityClass::Operator { required: true, agent: true });
    assert_eq!(identity(Service::Ess, "UploadFiles"), IdentityClass::Caller { required: false, agent: true });
    assert_eq!(
        identity(Service::Ess, "DescribeBillUsageDetail"),
        IdentityClass::Agent { required: false, needs: AgentNeeds::Delegation }
    );
    assert_eq!(
        identity(Service::Essbasic, "ChannelCancelFlow"),
        IdentityClass::Agent { required: false, needs: AgentNeeds::VerifiedEmployee }
    );
    assert_eq!(
        identity(Service::Essbasic, "CreateConsoleLoginUrl"),
        IdentityClass::Agent { required: true, needs: AgentNeeds::NewEmployee }
    );
    assert_eq!(identity(Service::Essbasic, "CreateRequestWithEncryption"), IdentityClass::None);
}

#[test]
fn reading_and_changing_actions_are_told_apart() {
    let reads = |name| action(Service::Ess, name).unwrap().reads;

    assert!(reads("DescribeFlowInfo") && reads("VerifyPdf") && reads("GetTaskResultApi"));
    assert!(!reads("CreateFlow") && !reads("CancelFlow") && !reads("UploadFiles"));
    assert!(reads("CreateRequestWithEncryption"), "it only computes");
}

#[test]
fn body_limits_follow_the_gateway() {
    let limit = |name| action(Service::Ess, name).unwrap().body_limit;

    assert_eq!(limit("CreateFlowByFiles"), 10240 * 1024);
    assert_eq!(limit("DescribeBillUsage"), 1024 * 1024);
    assert!(limit("UploadFiles") > 80 * 1024 * 1024, "a file of 60 MB in base64 must pass");
}
