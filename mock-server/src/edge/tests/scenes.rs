//! Pasts a call can be made in: a world and the names of what is in it.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

use super::stage::Stage;
use crate::engine::advance::{Target, advance};

/// A world with something in it.
pub(super) struct Scene {
    pub(super) stage: Stage,
    names: BTreeMap<&'static str, String>,
}

impl Scene {
    /// Plays what has happened before.
    pub(super) async fn set(name: &str) -> Self {
        let mut scene = Self::new();
        match name {
            "empty" => (),
            "uploaded" => scene.upload().await,
            "launched" => scene.launch().await,
            "signed" => {
                scene.launch().await;
                scene.sign_all().await;
            }
            "cancelled" => {
                scene.launch().await;
                let flow = &scene.names["flow"];
                let cancelled = json!({"Operator": scene.stage.operator(), "FlowId": flow, "CancelMessage": "不签了"});
                assert_eq!(scene.stage.call("CancelFlow", cancelled).await.get("Error"), None);
            }
            other => panic!("nobody knows the scene {other}"),
        }
        scene
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

    async fn upload(&mut self) {
        self.names.insert("file", self.stage.upload().await);
    }

    async fn launch(&mut self) {
        self.upload().await;
        self.names.insert("flow", self.stage.launch().await);
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
