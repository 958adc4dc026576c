//! The two calls that are measured, with the contract and the file they need.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use ess_schemas::{ActionContract, Service};
use ess_tests::{Key, json_call};
use serde_json::{Value, json};

use crate::generator;
use crate::process::Process;

/// The demo world's own key and operator.
pub(crate) const SECRET_ID: &str = "AKIDdemo00000000000000000000000000000";
pub(crate) const SECRET_KEY: &str = "demoSecretKey0000000000000000000";
const OPERATOR: &str = "yDemoUUckp1b3eumUzG2tFvHGQaK46Qr";

/// Enough for a run of some tenths of a second.
const READS: usize = 20_000;
/// As many as the demo world's 100,000 contracts allow: two loads, six runs each.
const CHANGES: usize = 8_000;

/// A call, and what the server answers to it.
pub(crate) struct Call {
    pub(crate) name: &'static str,
    /// How many of them a run makes.
    pub(crate) calls: usize,
    contract: &'static ActionContract,
    body: String,
    pub(crate) answer: String,
}

/// A call that reads and one that changes.
pub(crate) struct Scene {
    pub(crate) reading: Call,
    pub(crate) changing: Call,
}

impl Call {
    async fn new(mock: &Process, name: &'static str, calls: usize, body: &Value) -> Self {
        let mut call = Self { name, calls, contract: contract(name), body: body.to_string(), answer: String::new() };
        call.answer = generator::answer(mock.address, &call.request(mock)).await;
        call
    }

    /// Signed for this target, good for five minutes.
    pub(crate) fn request(&self, target: &Process) -> Vec<u8> {
        signed(self.contract, &target.address.to_string(), &self.body)
    }

    fn response(&self) -> Value {
        serde_json::from_str::<Value>(&self.answer).unwrap()["Response"].take()
    }
}

impl Scene {
    pub(crate) async fn set(mock: &Process) -> Self {
        let operator = json!({ "UserId": OPERATOR });
        let pdf = BASE64_STANDARD.encode(include_bytes!("../../../fixtures/pdf/keywords.pdf"));
        let files = json!([{ "FileName": "contract.pdf", "FileBody": pdf }]);
        let upload = json!({ "BusinessType": "DOCUMENT", "FileInfos": files });
        let upload = Call::new(mock, "UploadFiles", 0, &upload).await.response();
        let component = json!({
            "ComponentType": "SIGN_SIGNATURE", "FileIndex": 0, "ComponentPage": 1,
            "ComponentPosX": 320, "ComponentPosY": 560, "ComponentWidth": 120, "ComponentHeight": 50,
        });
        let person = json!({
            "ApproverType": 1, "ApproverName": "张三", "ApproverMobile": "15912345678", "SignComponents": [component],
        });
        let create = json!({
            "Operator": operator, "FlowName": "采购合同", "FileIds": upload["FileIds"], "Approvers": [person],
        });
        let changing = Call::new(mock, "CreateFlowByFiles", CHANGES, &create).await;
        let briefs = json!({ "Operator": operator, "FlowIds": [changing.response()["FlowId"]] });
        let reading = Call::new(mock, "DescribeFlowBriefs", READS, &briefs).await;
        Self { reading, changing }
    }
}

/// A call that any freshly started server can answer.
pub(crate) fn first_call(port: u16) -> Vec<u8> {
    let body = json!({ "Operator": { "UserId": OPERATOR } }).to_string();
    signed(contract("CreateSchemeUrl"), &format!("127.0.0.1:{port}"), &body)
}

fn signed(contract: &ActionContract, host: &str, body: &str) -> Vec<u8> {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    json_call(&Key::new(SECRET_ID, SECRET_KEY), host, contract, i64::try_from(now).unwrap(), body).bytes()
}

fn contract(name: &str) -> &'static ActionContract {
    ess_schemas::action(Service::Ess, name).unwrap()
}
