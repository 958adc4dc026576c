//! Calls of actions.

use std::sync::atomic::Ordering;

use http::StatusCode;
use serde_json::Value;

use super::Shared;
use super::asked::Asked;
use super::parcel::{Page, Parcel};
use crate::defect::{Actions, Carried, Trick};

pub(super) async fn pass(shared: &Shared, parcel: Parcel) -> reqwest::Result<Page> {
    let (Some(trick), Some(asked)) = (shared.trick(), Asked::read(&parcel)) else {
        return shared.forward(parcel).await;
    };
    match trick {
        Trick::Asked(actions, alter) if concerns(actions, &asked) => {
            let mut altered = asked.clone();
            alter(&mut altered);
            if altered == asked {
                return shared.forward(parcel).await;
            }
            shared.fire();
            Ok(shared.sign_and_send(&altered).await)
        }
        Trick::Forgiven(actions, code, alter) | Trick::Despite(actions, code, alter) if concerns(actions, &asked) => {
            let refusal = shared.forward(parcel).await?;
            if code_of(&refusal).is_none_or(|found| *code != "*" && *code != found) {
                return Ok(refusal);
            }
            let mut altered = asked;
            alter(&mut altered);
            let answer = shared.sign_and_send(&altered).await;
            if code_of(&answer) != code_of(&refusal) {
                shared.fire();
            }
            Ok(if matches!(trick, Trick::Despite(..)) { refusal } else { answer })
        }
        Trick::Carried(actions, how) if concerns(actions, &asked) => match how {
            Carried::Twice => twice(shared, parcel).await,
            Carried::ForNothing => for_nothing(shared, &asked, parcel).await,
            Carried::Abroad(every) => abroad(shared, &asked, parcel, *every).await,
        },
        Trick::Answered(actions, twist) if concerns(actions, &asked) => {
            let truth = shared.forward(parcel).await?;
            let mut body = truth.json();
            twist(&asked, &mut body["Response"]);
            if body == truth.json() {
                return Ok(truth);
            }
            Ok(shared.told(&truth, truth.clone().with_json(&body)))
        }
        Trick::Status(status) => {
            let mut page = shared.forward(parcel).await?;
            if code_of(&page).is_some() {
                page.status = StatusCode::from_u16(*status).unwrap();
                shared.fire();
            }
            Ok(page)
        }
        Trick::Asked(..)
        | Trick::Forgiven(..)
        | Trick::Despite(..)
        | Trick::Carried(..)
        | Trick::Answered(..)
        | Trick::Acted(..)
        | Trick::Visited(_)
        | Trick::Fetched(_)
        | Trick::Clocked(_)
        | Trick::Posted(_)
        | Trick::Acknowledged(_) => shared.forward(parcel).await,
    }
}

fn concerns(actions: Actions, asked: &Asked) -> bool {
    actions.iter().any(|action| *action == "*" || *action == asked.action)
}

/// The vendor's code, of a refusal.
fn code_of(page: &Page) -> Option<String> {
    page.json()["Response"]["Error"]["Code"].as_str().map(str::to_owned)
}

async fn twice(shared: &Shared, parcel: Parcel) -> reqwest::Result<Page> {
    let first = shared.forward(parcel.clone()).await?;
    if code_of(&first).is_some() {
        return Ok(first);
    }
    shared.fire();
    shared.forward(parcel).await
}

/// The answer is what would happen, and nothing does.
async fn for_nothing(shared: &Shared, asked: &Asked, parcel: Parcel) -> reqwest::Result<Page> {
    let Some((world, key)) = shared.worlds.owner(&asked.secret_id) else { return shared.forward(parcel).await };
    let copy = shared.copy_world(&world).await;
    let key = shared.worlds.key(&copy, &key.organization).unwrap();
    let answer = shared.sign_and_send(&Asked { secret_id: key.secret_id, ..asked.clone() }).await;
    shared.remove_world(&copy).await;
    if code_of(&answer).is_none() {
        shared.fire();
    }
    Ok(answer)
}

/// One call in some is answered by another world.
async fn abroad(shared: &Shared, asked: &Asked, parcel: Parcel, every: usize) -> reqwest::Result<Page> {
    let key = shared.worlds.owner(&asked.secret_id).and_then(|(world, key)| {
        let other = shared.worlds.other_than(&world)?;
        shared.worlds.key(&other, &key.organization)
    });
    match key {
        Some(key) if shared.calls.fetch_add(1, Ordering::Relaxed) % every == every - 1 => {
            shared.fire();
            Ok(shared.sign_and_send(&Asked { secret_id: key.secret_id, ..asked.clone() }).await)
        }
        Some(_) | None => shared.forward(parcel).await,
    }
}

impl Shared {
    /// Sends what is asked now, signed by the key that has this SecretId, or by that of another company of its world.
    async fn sign_and_send(&self, asked: &Asked) -> Page {
        let mut request = asked.request();
        if let Some((world, own)) = self.worlds.owner(&asked.secret_id) {
            let key = asked.company.as_ref().and_then(|company| self.worlds.key(&world, company)).unwrap_or(own);
            request = request.secret_id(key.secret_id).secret_key(key.secret_key);
        }
        let answer = self.client.send_raw(&request).await.unwrap();
        Page::of(&serde_json::from_slice::<Value>(&answer.body).unwrap())
    }
}
