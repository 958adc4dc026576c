//! The control API: people act, time passes, worlds are made, callbacks get an address.

use http::Method;
use serde_json::{Value, json};

use super::Shared;
use super::parcel::{Page, Parcel};
use crate::defect::{Acted, Trick};

const WORLDS: &str = "/_mock/worlds";
const ADDRESSES: &str = "/_mock/callbacks/addresses";
const WORLD: &str = "x-mock-world";

pub(super) async fn pass(shared: &Shared, mut parcel: Parcel) -> reqwest::Result<Page> {
    let posts = parcel.method == Method::POST;
    match (shared.trick(), parcel.path.as_str()) {
        (_, WORLDS) if posts => {
            let made = shared.forward(parcel).await?;
            shared.worlds.remember(&made.json());
            Ok(made)
        }
        (_, ADDRESSES) if posts => {
            let mut address = parcel.json();
            address["url"] = shared.addresses.divert(&shared.own, &address).into();
            parcel.body = address.to_string().into();
            shared.forward(parcel).await
        }
        (Some(Trick::Clocked(passes)), "/_mock/clock") if posts => {
            if let Some(span) = parcel.json()["advance"].as_str() {
                let other = passes(span);
                if other != span {
                    shared.fire();
                    parcel.body = json!({"advance": other}).to_string().into();
                }
            }
            shared.forward(parcel).await
        }
        (Some(Trick::Acted(verb, how)), path)
            if posts && path.starts_with("/_mock/flows/") && ends_with(path, verb) =>
        {
            act(shared, parcel, verb, *how).await
        }
        (_, path) => {
            if let (&Method::DELETE, Some(alias)) = (&parcel.method, path.strip_prefix("/_mock/worlds/")) {
                shared.worlds.forget(alias);
            }
            shared.forward(parcel).await
        }
    }
}

fn ends_with(path: &str, verb: &str) -> bool {
    path.rsplit('/').next() == Some(verb)
}

async fn act(shared: &Shared, mut parcel: Parcel, verb: &str, how: Acted) -> reqwest::Result<Page> {
    match how {
        Acted::ForNothing => {
            let Some(world) = parcel.header(WORLD).map(str::to_owned) else { return shared.forward(parcel).await };
            let copy = shared.copy_world(&world).await;
            parcel.headers.insert(WORLD, copy.parse().unwrap());
            let done = shared.forward(parcel).await?;
            shared.remove_world(&copy).await;
            if done.status.is_success() {
                shared.fire();
            }
            Ok(done)
        }
        Acted::Pretended => {
            let done = shared.forward(parcel).await?;
            if done.status.is_success() {
                return Ok(done);
            }
            shared.fire();
            Ok(Page::of(&json!({})))
        }
        Acted::As(other) => {
            shared.fire();
            parcel.path = format!("{}{other}", parcel.path.strip_suffix(verb).unwrap());
            let mut body = parcel.json();
            let parts = body.as_object_mut().unwrap();
            parts.retain(|name, _| name == "approver");
            parcel.body = body.to_string().into();
            shared.forward(parcel).await
        }
        Acted::Without(part) => {
            let mut body = parcel.json();
            if body.as_object_mut().unwrap().remove(part).is_some() {
                shared.fire();
            }
            parcel.body = body.to_string().into();
            shared.forward(parcel).await
        }
    }
}

impl Shared {
    /// A copy of a world as it stands, with keys of its own, that tells nobody what happens in it.
    pub(super) async fn copy_world(&self, alias: &str) -> String {
        let made = self.ask("POST", WORLDS, None, &json!({"from": alias})).await;
        self.worlds.remember(&made);
        let copy = made["alias"].as_str().unwrap().to_owned();
        let addresses = self.ask("GET", ADDRESSES, Some(&copy), &Value::Null).await;
        for address in addresses.as_array().unwrap() {
            let id = address["id"].as_str().unwrap();
            self.ask("DELETE", &format!("{ADDRESSES}/{id}"), Some(&copy), &Value::Null).await;
        }
        copy
    }

    pub(super) async fn remove_world(&self, alias: &str) {
        self.worlds.forget(alias);
        self.ask("DELETE", &format!("{WORLDS}/{alias}"), None, &Value::Null).await;
    }

    async fn ask(&self, method: &str, path: &str, world: Option<&str>, body: &Value) -> Value {
        let mut request = self.http.request(method.parse().unwrap(), format!("{}{path}", self.upstream));
        if let Some(world) = world {
            request = request.header(WORLD, world);
        }
        if !body.is_null() {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        let answer = request.send().await.unwrap();
        assert!(answer.status().is_success(), "{method} {path}: {}", answer.status());
        serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap_or_default()
    }
}
