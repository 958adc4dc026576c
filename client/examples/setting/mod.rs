//! Where the examples get their keys from, and the one contract most of them need.
//!
//! Without anything in the environment they play against `ess-mock serve` on 127.0.0.1:8480, which tells its keys at `/_mock/world`; ENDPOINT
//! names another address of it. With SECRET_ID, SECRET_KEY and OPERATOR_USER_ID they call the vendor's test environment, with your quota.

#![allow(dead_code, reason = "each example uses the part it needs")]

use std::env;
use std::error::Error;
use std::time::Duration;

use ess_client::http::{Trust, client_builder};
use ess_client::schemas::ess;
use ess_client::{Client, Credentials};
use serde_json::{Value, json};

pub(crate) type Outcome = Result<(), Box<dyn Error>>;

/// Everything an example begins with.
pub(crate) struct Setting {
    pub(crate) client: Client,
    pub(crate) operator: ess::UserInfo,
    /// The mock's address and what it told about its world; none with the vendor.
    pub(crate) mock: Option<Mock>,
}

impl Setting {
    pub(crate) async fn find() -> Result<Self, Box<dyn Error>> {
        if let Ok(secret_id) = env::var("SECRET_ID") {
            let credentials = Credentials::new(secret_id, env::var("SECRET_KEY")?);
            let client = Client::builder(credentials).test_environment().build()?;
            return Ok(Self { client, operator: user(env::var("OPERATOR_USER_ID")?), mock: None });
        }
        let mock = Mock::at(env::var("ENDPOINT").unwrap_or_else(|_| "http://127.0.0.1:8480".to_owned())).await?;
        let credentials = Credentials::new(mock.told("SECRET_ID"), mock.told("SECRET_KEY"));
        let client = Client::builder(credentials).server(&mock.url).build()?;
        Ok(Self { client, operator: user(mock.told("OPERATOR_USER_ID")), mock: Some(mock) })
    }

    /// Launches a contract for one person to sign, from a template; answers its FlowId.
    pub(crate) async fn launch(&self, name: &str) -> Result<String, Box<dyn Error>> {
        let template_id = env::var("TEMPLATE_ID").unwrap_or_else(|_| "yDemoUUckpt6q5k2UhfyRZi4iqwpeaMM".to_owned());
        let person = ess::FlowCreateApprover {
            approver_type: 1,
            approver_name: Some("张三".into()),
            approver_mobile: Some("18888888888".into()),
            ..Default::default()
        };
        let flow = ess::CreateFlowRequest {
            operator: self.operator.clone(),
            flow_name: name.into(),
            approvers: vec![person],
            ..Default::default()
        };
        let flow_id = self.client.call(&flow).await?.response.flow_id;
        let document = ess::CreateDocumentRequest {
            operator: self.operator.clone(),
            template_id,
            flow_id: Some(flow_id.clone()),
            file_names: Some(vec![name.into()]),
            ..Default::default()
        };
        self.client.call(&document).await?;
        self.start(&flow_id).await?;
        Ok(flow_id)
    }

    /// Starts a contract as soon as its document is composed, which takes the platform some seconds. (api CreateDocument)
    async fn start(&self, flow_id: &str) -> Outcome {
        let operator = self.operator.clone();
        let request = ess::StartFlowRequest { operator, flow_id: flow_id.to_owned(), ..Default::default() };
        for _ in 0..20 {
            match self.client.call(&request).await {
                Ok(_) => return Ok(()),
                Err(error) if error.code() == Some("OperationDenied.DocumentNoAvailable") => {
                    tokio::time::sleep(Duration::from_millis(500)).await;
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err("the document was not composed within ten seconds".into())
    }
}

fn user(user_id: String) -> ess::UserInfo {
    ess::UserInfo { user_id: Some(user_id), ..Default::default() }
}

/// The control API of `ess-mock`: what people do with a real contract, it does at once.
pub(crate) struct Mock {
    pub(crate) url: String,
    world: Value,
    http: reqwest::Client,
}

impl Mock {
    async fn at(url: String) -> Result<Self, Box<dyn Error>> {
        let http = client_builder(Trust::Nobody).map_err(|error| error as Box<dyn Error>)?.no_proxy().build()?;
        let answer = http.get(format!("{url}/_mock/world")).send().await;
        let answer = answer.map_err(|error| format!("start `ess-mock serve` first, or set SECRET_ID: {error}"))?;
        let world = serde_json::from_str(&answer.error_for_status()?.text().await?)?;
        Ok(Self { url, world, http })
    }

    /// A value of its world, such as `CALLBACK_KEY`.
    pub(crate) fn told(&self, name: &str) -> String {
        self.world[name].as_str().unwrap_or_default().to_owned()
    }

    /// Lets whoever's turn it is sign.
    pub(crate) async fn sign(&self, flow_id: &str) -> Outcome {
        self.post(&format!("flows/{flow_id}/sign"), json!({})).await
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Outcome {
        let request = self.http.post(format!("{}/_mock/{path}", self.url)).header("Content-Type", "application/json");
        let answer = request.body(body.to_string()).send().await?;
        let (status, text) = (answer.status(), answer.text().await?);
        if status.is_success() { Ok(()) } else { Err(format!("/_mock/{path} answers {status}: {text}").into()) }
    }
}
