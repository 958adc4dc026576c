//! The documented examples in fixtures/examples, sent to a server.
//!
//! An example names contracts, files and people of the vendor's. So each is sent twice: as it stands, when it may fail for
//! nothing but those names; and, for an action with rules of its own, with names of this world in their place, when it
//! must succeed and answer what the page shows.

use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use ess_mock_server::actions::handled;
use ess_schemas::{ActionContract, Service};
use serde_json::{Map, Value, json};

use crate::stage::{Stage, action};

const PDF: &[u8] = include_bytes!("../../fixtures/pdf/form-fields.pdf");

/// Codes of the gateway: with one of these the request itself would be wrong, and no documented one is.
const OF_THE_GATEWAY: [&str; 8] = [
    "MissingParameter",
    "UnknownParameter",
    "InvalidParameter",
    "InvalidAction",
    "NoSuchVersion",
    "InternalError",
    "RequestSizeLimitExceeded",
    "UnsupportedProtocol",
];

/// Calls of an older page that the current API refuses, and how.
const REFUSED_TODAY: [(&str, &str); 1] =
    [("ess/CreateSchemeUrl/contract_list_in_app.json", "OperationDenied.NoSupportJumpPage")];

/// The actions whose examples need no more of a world than a file and a contract of the signers named. What others need is
/// written down beside the vendor's published examples, which are played in worlds of their own (`tests/python/examples`).
const PLAYED_HERE: [&str; 8] = [
    "CancelFlow",
    "CreateFlowByFiles",
    "CreateFlowSignUrl",
    "CreateSchemeUrl",
    "DescribeFileUrls",
    "DescribeFlowBriefs",
    "DescribeFlowInfo",
    "UploadFiles",
];

struct Example {
    action: &'static ActionContract,
    path: PathBuf,
    request: Value,
    response: Option<Value>,
}

impl Example {
    fn name(&self) -> String {
        self.path.strip_prefix(root()).unwrap_or(&self.path).display().to_string()
    }

    fn has_rules(&self) -> bool {
        handled().any(|one| one.service == self.action.service && one.name == self.action.name)
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/examples")
}

fn examples() -> Vec<Example> {
    let mut found = Vec::new();
    for service in Service::ALL {
        for folder in entries(&root().join(service.name())) {
            let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
            for path in entries(&folder) {
                let text = std::fs::read_to_string(&path).unwrap();
                let mut example: Value = serde_json::from_str(&text).unwrap();
                let response = example.get_mut("response").map(Value::take);
                found.push(Example {
                    action: action(service, &name),
                    path,
                    request: example["request"].take(),
                    response,
                });
            }
        }
    }
    found
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries
}

#[tokio::test]
async fn as_it_stands_a_documented_call_passes_the_gateway() {
    let stage = Stage::set().await;
    let examples = examples();
    assert!(examples.len() > 30, "{} examples", examples.len());

    for example in &examples {
        let answer = stage.call(example.action, example.request.to_string()).await;
        let code = answer.code();

        assert!(!OF_THE_GATEWAY.contains(&code.as_str()), "{}: {}", example.name(), answer.response());
        if example.has_rules() {
            assert_eq!(answer.header("x-mock-fidelity"), Some("stateful"), "{}", example.name());
        }
    }
}

#[tokio::test]
async fn with_this_worlds_names_a_documented_call_answers_what_the_page_shows() {
    let stage = Stage::set().await;
    let mut played = 0;
    for example in examples().iter().filter(|example| PLAYED_HERE.contains(&example.action.name)) {
        let Some(request) = transposed(&stage, example).await else { continue };
        let response = stage.call(example.action, request.to_string()).await.response();
        played += 1;

        if let Some((_, code)) = REFUSED_TODAY.iter().find(|(name, _)| *name == example.name()) {
            assert_eq!(response["Error"]["Code"], *code, "{}", example.name());
            continue;
        }
        assert!(response.get("Error").is_none(), "{}: {response}\nto {request}", example.name());
        let shown = example.response.as_ref().and_then(|shown| shown.get("Response"));
        if let Some(shown) = shown.filter(|shown| shown.get("Error").is_none()) {
            assert_same_shape(shown, &response, &example.name());
        }
    }
    assert!(played >= 12, "only {played} examples could be played");
}

/// The example with this world's operator, contract, file, seal and people in it; `None` for one that shows a refusal or
/// what is not modelled yet.
async fn transposed(stage: &Stage, example: &Example) -> Option<Value> {
    let refused = example.response.as_ref().is_some_and(|shown| shown.pointer("/Response/Error").is_some());
    if refused || example.request.get("FlowGroupId").is_some_and(|id| id != "") {
        return None;
    }
    let mut request = example.request.clone();
    let members = request.as_object_mut()?;
    members.remove("Agent");
    if members.contains_key("Operator") {
        members.insert("Operator".into(), json!({ "UserId": stage.value("OPERATOR_USER_ID") }));
    }
    if members.contains_key("FileIds") {
        members.insert("FileIds".into(), json!([upload(stage).await]));
        members.get_mut("Approvers")?.as_array_mut()?.iter_mut().for_each(|one| at_home(stage, one));
        return Some(request);
    }
    let flow = if ["FlowId", "FlowIds", "BusinessIds"].iter().any(|name| members.contains_key(*name)) {
        Some(launch(stage, members).await)
    } else {
        None
    };
    for (name, value) in members.iter_mut() {
        match name.as_str() {
            "FlowId" if *value != "" => *value = json!(flow),
            "FlowIds" | "BusinessIds" => *value = json!([flow]),
            _ => {}
        }
    }
    // Only contracts can be downloaded so far.
    let modelled = members.get("BusinessType").is_none_or(|kind| kind == "FLOW")
        && members.get("FileType").is_none_or(|kind| kind == "PDF" || kind == "");
    modelled.then_some(request)
}

/// A signer of the example as one of this world.
fn at_home(stage: &Stage, signer: &mut Value) {
    if signer["ApproverType"] == 0 {
        signer["OrganizationName"] = json!("示例供应商（测试）有限公司");
        signer["ApproverName"] = json!("李四光");
        signer["ApproverMobile"] = json!("13500000001");
    }
    let is_automatic = signer["ApproverType"] == 3;
    for component in signer["SignComponents"].as_array_mut().into_iter().flatten() {
        match component["GenerateMode"].as_str() {
            Some("FIELD") => component["ComponentName"] = json!("甲方签章"),
            Some("KEYWORD") => component["ComponentId"] = json!("表单"),
            _ => {}
        }
        if is_automatic {
            component["ComponentValue"] = json!(stage.value("SEAL_ID"));
        }
    }
}

async fn upload(stage: &Stage) -> String {
    let file = json!({ "FileName": "a.pdf", "FileBody": BASE64_STANDARD.encode(PDF) });
    let body = json!({ "BusinessType": "DOCUMENT", "FileInfos": [file] });
    let response = stage.call(action(Service::Ess, "UploadFiles"), body.to_string()).await.response();
    response["FileIds"][0].as_str().unwrap_or_else(|| panic!("{response}")).to_owned()
}

/// A contract signed by whom the example names, so that it finds them in it.
async fn launch(stage: &Stage, example: &mut Map<String, Value>) -> String {
    let component = json!({
        "ComponentType": "SIGN_SIGNATURE", "FileIndex": 0, "ComponentPage": 1,
        "ComponentPosX": 1, "ComponentPosY": 1, "ComponentWidth": 60, "ComponentHeight": 30,
    });
    let mut signers: Vec<Value> = Vec::new();
    for named in example.get_mut("FlowApproverInfos").and_then(Value::as_array_mut).into_iter().flatten() {
        at_home(stage, named);
        let mut signer = json!({ "SignComponents": [component] });
        for name in ["ApproverType", "ApproverName", "ApproverMobile", "OrganizationName"] {
            if named.get(name).is_some_and(|value| !value.is_null()) {
                signer[name] = named[name].clone();
            }
        }
        signers.push(signer);
    }
    if signers.is_empty() {
        let person = json!({ "ApproverType": 1, "ApproverName": "典子谦", "ApproverMobile": "13200000000" });
        signers.push(person);
        signers[0]["SignComponents"] = json!([component]);
    }
    let body = json!({
        "Operator": { "UserId": stage.value("OPERATOR_USER_ID") },
        "FlowName": "示例合同",
        "Unordered": true,
        "FileIds": [upload(stage).await],
        "Approvers": signers,
    });
    let response = stage.call(action(Service::Ess, "CreateFlowByFiles"), body.to_string()).await.response();
    let flow = response["FlowId"].as_str().unwrap_or_else(|| panic!("{response}\nto {body}")).to_owned();
    // Its document takes a moment.
    stage.advance("3s").await;
    flow
}

/// Every member the page shows is there, and of the same kind.
#[track_caller]
fn assert_same_shape(shown: &Value, answered: &Value, at: &str) {
    match (shown, answered) {
        (Value::Object(shown), Value::Object(answered)) => {
            for (name, shown) in shown {
                let answered = answered.get(name).unwrap_or_else(|| panic!("{at}: {name} is missing"));
                assert_same_shape(shown, answered, &format!("{at} {name}"));
            }
        }
        (Value::Array(shown), Value::Array(answered)) => {
            if let (Some(shown), Some(answered)) = (shown.first(), answered.first()) {
                assert_same_shape(shown, answered, &format!("{at}[0]"));
            }
        }
        (Value::Null, _) | (_, Value::Null) => {}
        (shown, answered) => {
            assert_eq!(std::mem::discriminant(shown), std::mem::discriminant(answered), "{at}: {shown} and {answered}");
        }
    }
}
