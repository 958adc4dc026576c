//! The page behind a link that asks somebody to agree: to a company's services, to seals, to a machine that signs for them. It
//! shows what is asked, takes the answer once, and then says that it was given. Who answers is taken at their word.

mod answers;
mod view;

use axum::Json;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::LOCATION;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::json;

use self::view::{ConsentPage, Sight};
use super::embed::Visitor;
use super::jump;
use super::manner::render;
use super::posted::posted;
use super::trouble::Trouble;
use crate::domain::consent::Consent;
use crate::domain::link::Link;
use crate::engine::clock::EdgeTime;

/// What somebody posts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wish {
    action: Answer,
    /// Their name, where the page asks for one.
    #[serde(default)]
    name: String,
    /// Their mobile number, where the page asks for one.
    #[serde(default)]
    mobile: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Answer {
    Agree,
    Refuse,
}

/// Shows what is asked.
pub(super) fn show(visitor: &Visitor<'_>, link: &Link, consent: &Consent) -> Result<Response, Trouble> {
    let language = visitor.place.language;
    let sight = visitor.account.enter(EdgeTime::read(), |world, _, _| {
        let done = world.links.get(&link.token).is_some_and(|link| link.done);
        Sight::of(world, consent, done, language)
    });
    if visitor.manner.json {
        return Ok(Json(sight.twin(visitor.place.href())).into_response());
    }
    let back = link.jump_url.as_deref().and_then(jump::safe).filter(|_| sight.done);
    Ok(render(&ConsentPage::new(&sight, visitor.place, back)))
}

/// Takes the answer.
pub(super) async fn act(
    visitor: &Visitor<'_>,
    link: &Link,
    consent: &Consent,
    request: Request,
) -> Result<Response, Trouble> {
    let wish = posted::<Wish>(request).await?;
    visitor.account.try_enter(EdgeTime::read(), |world, now, outbox| {
        let number = world.links.number(&link.token).ok_or(Trouble::UnknownLink)?;
        if world.links.at(number).is_some_and(|link| link.done) {
            return Err(Trouble::AlreadyDone);
        }
        world.all_or_nothing(outbox, |world, outbox| answers::give(world, now, outbox, consent, &wish))?;
        if let Some(link) = world.links.at_mut(number) {
            link.done = true;
        }
        Ok(())
    })?;
    if visitor.manner.json {
        return Ok(Json(json!({ "done": true })).into_response());
    }
    Ok((StatusCode::SEE_OTHER, [(LOCATION, visitor.place.href())]).into_response())
}
