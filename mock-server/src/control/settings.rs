//! `/_mock/settings`: the world's named assumptions.

use axum::Json;
use serde_json::{Map, Value};

use super::errors::Failure;
use super::request::{Body, World};
use crate::engine::clock::EdgeTime;
use crate::engine::settings::Settings;

pub(super) async fn show(World(account): World) -> Json<Settings> {
    Json(account.enter(EdgeTime::read(), |world, _, _| world.settings.clone()))
}

/// Changes what is named and leaves the rest; all or nothing.
pub(super) async fn change(
    World(account): World,
    Body(wishes): Body<Map<String, Value>>,
) -> Result<Json<Settings>, Failure> {
    account
        .try_enter(EdgeTime::read(), |world, _, _| {
            let settings = merge(&world.settings, wishes)?;
            world.choose(settings.clone());
            Ok(settings)
        })
        .map(Json)
}

/// One wish after the other, so that a message can name the one that does not fit.
fn merge(settings: &Settings, wishes: Map<String, Value>) -> Result<Settings, Failure> {
    wishes.into_iter().try_fold(settings.clone(), |settings, (name, value)| {
        let mut object = as_object(&settings)?;
        if !object.contains_key(&name) {
            let known: Vec<&str> = object.keys().map(String::as_str).collect();
            return Err(Failure::bad_request(format!(
                "There is no setting `{name}`. The settings are {}.",
                known.join(", ")
            )));
        }
        object.insert(name.clone(), value);
        serde_json::from_value(Value::Object(object)).map_err(|error| Failure::bad_request(format!("{name}: {error}.")))
    })
}

fn as_object(settings: &Settings) -> Result<Map<String, Value>, Failure> {
    match serde_json::to_value(settings) {
        Ok(Value::Object(object)) => Ok(object),
        other => Err(Failure::defect(format!("The settings cannot be written as an object: {other:?}."))),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::engine::settings::Switch;

    fn wish(wishes: &Value) -> Result<Settings, Failure> {
        merge(&Settings::default(), wishes.as_object().cloned().unwrap())
    }

    #[test]
    fn what_is_not_named_stays() {
        let settings = wish(&json!({ "auto_sign_delay": 7, "billing_callbacks": "off" })).unwrap();
        let expected = Settings { auto_sign_delay: 7, billing_callbacks: Switch::Off, ..Settings::default() };
        assert_eq!(settings, expected);
    }

    #[test]
    fn a_value_that_does_not_fit_is_refused_by_its_name() {
        for wishes in [json!({ "auto_sign_delay": -1 }), json!({ "auto_sign_delay": "soon" })] {
            let failure = format!("{:?}", wish(&wishes).unwrap_err());
            assert!(failure.contains("auto_sign_delay:"), "{failure}");
        }
    }
}
