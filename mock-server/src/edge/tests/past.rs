//! The world of `fixtures/worlds/refusals.yaml` after a given past, with the names its calls were given.

use std::collections::BTreeMap;

use ess_schemas::Service;
use serde_json::{Value, json};

use super::stage::Stage;
use crate::coverage::cases::{Past, WORLD};
use crate::engine::advance::{Target, advance};
use crate::engine::world_file::WorldFile;
use crate::span;

/// A world, who calls, and what earlier calls answered.
pub(super) struct Scene {
    stage: Stage,
    service: Service,
    names: BTreeMap<String, String>,
}

impl Scene {
    /// Makes the earlier calls, and waits.
    pub(super) async fn after(past: &Past, service: Service) -> Self {
        let file = WorldFile::parse("fixtures/worlds/refusals.yaml", WORLD).unwrap();
        let mut scene = Self { stage: Stage::of(file), service, names: BTreeMap::new() };
        for earlier in &past.calls {
            let answer = scene.call(&earlier.action, &earlier.request).await;
            assert_eq!(answer.get("Error"), None, "{} before the call", earlier.action);
            for (name, pointer) in &earlier.keep {
                let value = answer.pointer(pointer).and_then(Value::as_str).expect("what is kept is a text");
                scene.names.insert(name.clone(), value.to_owned());
            }
        }
        if let Some(later) = &past.later {
            let by = Target::By(span::parse(later).expect("a span"));
            advance(&scene.stage.account(), by).await;
        }
        if let Some(company) = &past.company {
            let place = scene.stage.file.organizations.iter().position(|one| &one.id == company);
            scene.stage.acting = place.expect("a company of the world");
        }
        scene
    }

    /// Makes a call.
    pub(super) async fn call(&self, action: &str, request: &Value) -> Value {
        self.stage.send(self.service, action, self.filled(request).to_string()).await
    }

    /// A request with what earlier calls answered in it.
    fn filled(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => match text.strip_prefix('$').and_then(|name| self.names.get(name)) {
                Some(known) => json!(known),
                None => value.clone(),
            },
            Value::Array(items) => items.iter().map(|item| self.filled(item)).collect(),
            Value::Object(members) => {
                let members = members.iter().map(|(name, member)| (name.clone(), self.filled(member)));
                Value::Object(members.collect())
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
        }
    }
}
