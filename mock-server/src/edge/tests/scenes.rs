//! Pasts a call can be made in: a world and the names of what is in it.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

use super::stage::Stage;
use crate::domain::organization::{Feature, Organization, Standing};
use crate::engine::advance::{Target, advance};
use crate::engine::clock::EdgeTime;

/// A world with something in it.
pub(super) struct Scene {
    pub(super) stage: Stage,
    names: BTreeMap<&'static str, String>,
}

impl Scene {
    /// Plays what has happened before. After the past itself may stand what became of the company since:
    /// `launched, not activated`.
    pub(super) async fn set(name: &str) -> Self {
        let mut scene = Self::new();
        let mut parts = name.split(", ");
        scene.play(parts.next().unwrap_or_default()).await;
        for change in parts {
            scene.change(change).await;
        }
        scene
    }

    async fn play(&mut self, past: &str) {
        match past {
            "empty" => (),
            "uploaded" => self.upload().await,
            "supplier" => {
                self.acts_as(1);
                self.upload().await;
            }
            "launched" => self.launch().await,
            "signed" => {
                self.launch().await;
                self.sign_all().await;
            }
            "cancelled" => {
                self.launch().await;
                let flow = &self.names["flow"];
                self.good(
                    "CancelFlow",
                    json!({"Operator": self.stage.operator(), "FlowId": flow, "CancelMessage": "不签了"}),
                )
                .await;
            }
            other => panic!("nobody knows the scene {other}"),
        }
    }

    async fn change(&self, change: &str) {
        match change {
            "an hour later" => self.wait(Duration::from_secs(3601)).await,
            "no quota" => self.company(|company| company.quota.left = 0),
            "not activated" => self.company(|company| company.standing = Standing::NotActivated),
            "closing" => self.company(|company| company.standing = Standing::Closing),
            "without copies" => self.company(|company| _ = company.lacks.insert(Feature::Copies)),
            other => panic!("nobody knows the change {other}"),
        }
    }

    /// A call that must succeed.
    async fn good(&self, action: &str, parameters: Value) -> Value {
        let answer = self.stage.call(action, parameters).await;
        assert_eq!(answer.get("Error"), None, "{action}");
        answer
    }

    fn new() -> Self {
        let stage = Stage::new();
        let company = &stage.file.organizations[0];
        let names = BTreeMap::from([
            ("operator", company.employees[0].id.clone()),
            ("colleague", company.employees[1].id.clone()),
            ("unverified", company.employees[2].id.clone()),
            ("company", company.name.clone()),
            ("seal", company.seals[0].id.clone()),
            ("disabled_seal", company.seals[2].id.clone()),
        ]);
        Self { stage, names }
    }

    /// From here on another company of the world calls, with its own key and operator.
    fn acts_as(&mut self, company: usize) {
        self.stage.acting = company;
        self.names.insert("operator", self.stage.file.organizations[company].employees[0].id.clone());
    }

    async fn upload(&mut self) {
        self.names.insert("file", self.stage.upload().await);
        let picture = json!({"FileName": "章.png", "FileBody": "iVBORw0KGgo="});
        let answer = self.good("UploadFiles", json!({"BusinessType": "DOCUMENT", "FileInfos": [picture]})).await;
        self.names.insert("picture", answer["FileIds"][0].as_str().expect("a file id").to_owned());
        let acting = std::mem::replace(&mut self.stage.acting, 2);
        self.names.insert("foreign_file", self.stage.upload().await);
        self.stage.acting = acting;
    }

    /// A contract of the company that acts, and one of another.
    async fn launch(&mut self) {
        self.upload().await;
        self.names.insert("flow", self.stage.launch().await);
        self.stage.acting = 2;
        let company = &self.stage.file.organizations[2];
        let foreign = json!({
            "Operator": self.stage.operator(), "FlowName": "别家的合同", "FileIds": [self.names["foreign_file"]],
            "Approvers": [{
                "ApproverType": 0, "OrganizationName": company.name, "ApproverName": company.employees[0].name,
                "ApproverMobile": company.employees[0].mobile,
                "SignComponents": [{"ComponentType": "SIGN_SEAL", "FileIndex": 0, "ComponentPage": 1, "ComponentPosX": 60,
                                    "ComponentPosY": 600, "ComponentWidth": 100, "ComponentHeight": 100}],
            }],
        });
        let launched = self.good("CreateFlowByFiles", foreign).await;
        self.names.insert("foreign_flow", launched["FlowId"].as_str().expect("a contract").to_owned());
        self.stage.acting = 0;
    }

    /// Changes the company that calls.
    fn company(&self, change: impl FnOnce(&mut Organization)) {
        self.stage.account().enter(EdgeTime::read(), |world, _, _| {
            let company = world.directory.organizations.get(self.stage.company().id.as_str()).unwrap();
            let mut changed = (**company).clone();
            change(&mut changed);
            world.directory.organizations.insert(changed);
        });
    }

    /// The people sign one after the other, then the machine.
    async fn sign_all(&self) {
        for _ in 0..2 {
            self.stage.sign_next(&self.names["flow"]);
        }
        self.wait(Duration::from_secs(10)).await;
    }

    async fn wait(&self, time: Duration) {
        advance(&self.stage.account(), Target::By(time)).await;
    }

    /// A request with what the scene calls by name.
    pub(super) fn filled(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => json!(self.filled_text(text)),
            Value::Array(items) => items.iter().map(|item| self.filled(item)).collect(),
            Value::Object(members) => members
                .iter()
                .map(|(name, member)| (name.clone(), self.filled(member)))
                .collect::<serde_json::Map<_, _>>()
                .into(),
            Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
        }
    }

    pub(super) fn filled_text(&self, text: &str) -> String {
        let mut filled = text.to_owned();
        // Backwards, so that no name is taken for the start of a longer one.
        for (name, value) in self.names.iter().rev() {
            filled = filled.replace(&format!("${name}"), value);
        }
        filled
    }
}
