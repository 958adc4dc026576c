//! What people do: sign, refuse, fill in, and whatever a link's page takes.

use serde_json::{Map, Value, json};

use super::{End, Stage};
use crate::suite::matcher::Mismatch;
use crate::suite::step::{Act, Open};

impl Stage<'_> {
    pub(super) async fn act(&mut self, act: &Act) -> Result<(), End> {
        let done = match &act.link {
            Some(link) => self.at_link(act, link).await?,
            None => self.at_contract(act).await?,
        };
        match (done, act.fails) {
            (Ok(()), false) | (Err(_), true) => Ok(()),
            (Ok(()), true) => Err(differs(&act.verb.value, "that it cannot be done", "it was done".to_owned())),
            (Err(why), false) => Err(differs(&act.verb.value, "that it can be done", why)),
        }
    }

    /// Without a link, the fake lets anybody act as anybody; elsewhere a human is asked.
    async fn at_contract(&self, act: &Act) -> Result<Result<(), String>, End> {
        let flow = self.names.text(act.flow.as_ref().unwrap_or(&Value::Null))?;
        let fake = match (&self.world.fake, &self.world.human) {
            (Some(fake), _) => fake,
            (None, Some(human)) => return self.ask(human, act, &flow).await.map(Ok),
            (None, None) => return Err(End::Skipped("nobody signs on this target".to_owned())),
        };
        let mut body = Map::new();
        for (name, value) in [("approver", &act.approver), ("message", &act.message), ("fields", &act.fields)] {
            if let Some(value) = value {
                body.insert(name.to_owned(), self.names.resolve(value)?);
            }
        }
        let verb = match act.verb.value.as_str() {
            "rename" => "invalidate",
            verb => verb,
        };
        let path = format!("/_mock/flows/{flow}/{verb}");
        Ok(fake.control("POST", &path, Some(Value::Object(body))).await.map(drop))
    }

    async fn at_link(&self, act: &Act, link: &Value) -> Result<Result<(), String>, End> {
        let url = self.names.text(link)?;
        let mut body = Map::from_iter([("action".to_owned(), json!(act.verb.value))]);
        for (name, value) in [("message", &act.message), ("fields", &act.fields)] {
            if let Some(value) = value {
                body.insert(name.to_owned(), self.names.resolve(value)?);
            }
        }
        body.extend(self.map(Some(&Value::Object(act.with.clone())))?);
        let fake = self
            .world
            .fake
            .as_ref()
            .ok_or_else(|| End::Skipped("links cannot be opened by a program here".to_owned()))?;
        let (status, text) = fake.act(&url, &Value::Object(body)).await.map_err(End::Broken)?;
        Ok(if status < 400 { Ok(()) } else { Err(format!("HTTP {status}: {text}")) })
    }

    pub(super) async fn open(&mut self, open: &Open) -> Result<(), End> {
        let url = self.names.text(&open.url)?;
        let fake = self
            .world
            .fake
            .as_ref()
            .ok_or_else(|| End::Skipped("links cannot be opened by a program here".to_owned()))?;
        let (status, text) = fake.open(&url).await.map_err(End::Broken)?;
        if (status < 400) != open.alive {
            let wanted = if open.alive { "a link that works" } else { "a link that does not work" };
            return Err(differs(&url, wanted, format!("HTTP {status}")));
        }
        for wanted in &open.shows {
            let wanted = self.names.text(wanted)?;
            if !text.contains(&wanted) {
                return Err(differs(
                    &url,
                    &format!("a page that shows {wanted:?}"),
                    format!("{} characters without it", text.chars().count()),
                ));
            }
        }
        Ok(())
    }
}

fn differs(place: &str, expected: &str, actual: String) -> End {
    End::Differs(vec![Mismatch { place: place.to_owned(), expected: expected.to_owned(), actual }])
}
