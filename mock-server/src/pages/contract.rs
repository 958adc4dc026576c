//! The page of one contract: look, sign, refuse.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Json, Path, Query as Parameters, Request, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;

use super::address::{Address, Query, root};
use super::manner::{Manner, Refresh, render};
use super::posted::posted;
use super::trouble::Trouble;
use super::visit::{Found, Standing, Visit, open, open_contract};
use super::words::Language;
use super::{Pages, gate, jump, listing, twin};
use crate::domain::approver::Approver;
use crate::domain::flow::Flow;
use crate::domain::status::ApproverStatus;
use crate::engine::account::Account;
use crate::engine::clock::EdgeTime;

/// The longest reason for refusing, in characters (ASSUMED: as long as a reason for withdrawing, `api CancelFlow`).
const REASON_LIMIT: usize = 200;
/// Pages of a document shown at most; the download has them all.
const PAGES_SHOWN: usize = 100;
/// How wide pictures of pages are: sharp on a telephone.
const PICTURE_WIDTH: u32 = 900;
/// The longest time a page waits before it loads itself again, when its link or contract is over by then.
const LONGEST_REFRESH: u64 = 24 * 60 * 60;
/// How long the result stays before the browser goes on to the caller's address (ASSUMED).
const JUMP_AFTER: u64 = 3;

/// What somebody posts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wish {
    action: Action,
    #[serde(default)]
    message: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Action {
    Sign,
    Reject,
}

/// Shows the H5 page.
pub(super) async fn show_quick(
    State(pages): State<Arc<Pages>>,
    Path(world): Path<String>,
    Parameters(query): Parameters<Query>,
    headers: HeaderMap,
) -> Response {
    let manner = Manner::of(&headers, &query, root(false));
    show(&pages, &world, Address::quick(&query), &manner).unwrap_or_else(|trouble| manner.say(&trouble))
}

/// Shows the mini program's stand-in.
pub(super) async fn show_mini(
    State(pages): State<Arc<Pages>>,
    Path(world): Path<String>,
    Parameters(query): Parameters<Query>,
    headers: HeaderMap,
) -> Response {
    if let Some(url) = gate::elsewhere(&world, &query) {
        return (StatusCode::FOUND, [(LOCATION, url)]).into_response();
    }
    let manner = Manner::of(&headers, &query, root(true));
    show(&pages, &world, Address::mini(&query), &manner).unwrap_or_else(|trouble| manner.say(&trouble))
}

/// Signs or refuses on the H5 page.
pub(super) async fn act_quick(
    State(pages): State<Arc<Pages>>,
    Path(world): Path<String>,
    Parameters(query): Parameters<Query>,
    request: Request,
) -> Response {
    let manner = Manner::of(request.headers(), &query, root(false));
    act(&pages, &world, Address::quick(&query), manner, request).await
}

/// Signs or refuses on the mini program's stand-in.
pub(super) async fn act_mini(
    State(pages): State<Arc<Pages>>,
    Path(world): Path<String>,
    Parameters(query): Parameters<Query>,
    request: Request,
) -> Response {
    let manner = Manner::of(request.headers(), &query, root(true));
    act(&pages, &world, Address::mini(&query), manner, request).await
}

fn show(pages: &Pages, world: &str, address: Option<Address>, manner: &Manner) -> Result<Response, Trouble> {
    let account = pages.account(world)?;
    let address = address.ok_or(Trouble::UnknownLink)?;
    let edge = EdgeTime::read();
    let found = account.try_enter(edge, |world, now, _| open(world, now, &address))?;
    Ok(match found {
        Found::Contract(visit) if manner.json => Json(twin::contract(&visit, &address, &account.alias)).into_response(),
        Found::Contract(visit) => {
            let ticks = !account.pulse(edge).clock.is_frozen();
            render(&ContractPage::new(&visit, &address, &account, ticks))
        }
        Found::List(flows) if manner.json => Json(twin::list(&flows, &address)).into_response(),
        Found::List(flows) => render(&listing::ListPage::new(&flows, &address)),
    })
}

async fn act(pages: &Pages, world: &str, address: Option<Address>, mut manner: Manner, request: Request) -> Response {
    if let Some(address) = &address {
        manner = manner.leading_back_to(address);
    }
    match carry_out(pages, world, address, &manner, request).await {
        Ok(response) => response,
        Err(trouble) => manner.say(&trouble),
    }
}

async fn carry_out(
    pages: &Pages,
    world: &str,
    address: Option<Address>,
    manner: &Manner,
    request: Request,
) -> Result<Response, Trouble> {
    let account = pages.account(world)?;
    let address = address.ok_or(Trouble::UnknownLink)?;
    let wish = posted::<Wish>(request).await?;
    let visit = account.try_enter(EdgeTime::read(), |world, now, outbox| {
        let visit = open_contract(world, now, &address)?;
        let recipient = visit.signer()?;
        let id = visit.flow.id.clone();
        match wish.action {
            Action::Sign => world.sign_flow(&id, &recipient, now, outbox),
            Action::Reject => {
                let reason = reason(&wish.message)?;
                world.change_flow(&id, now, outbox, |flow| flow.reject(&recipient, reason, now))
            }
        }
        .map_err(|refusal| Trouble::of(&refusal))?;
        open_contract(world, now, &address)
    })?;
    if manner.json {
        return Ok(Json(twin::contract(&visit, &address, &account.alias)).into_response());
    }
    Ok((StatusCode::SEE_OTHER, [(LOCATION, address.with_done(true).href())]).into_response())
}

/// Some reason is needed (ASSUMED: the vendor's page asks for one).
fn reason(text: &str) -> Result<&str, Trouble> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Trouble::ReasonMissing);
    }
    if text.chars().count() > REASON_LIMIT {
        return Err(Trouble::ReasonTooLong(REASON_LIMIT));
    }
    Ok(text)
}

/// The page, ready to be filled in.
#[derive(Template)]
#[template(path = "contract.html")]
struct ContractPage<'a> {
    language: Language,
    root: &'static str,
    switch: Option<String>,
    refresh: Option<Refresh>,
    flow: &'a Flow,
    standing: &'static str,
    headline: &'static str,
    sentence: &'static str,
    status: &'static str,
    deadline: String,
    you: Option<Party<'a>>,
    is_initiator: bool,
    parties: Vec<Party<'a>>,
    candidates: Vec<(String, Party<'a>)>,
    /// Back to choosing who one is.
    choose_again: Option<String>,
    may_sign: bool,
    may_reject: bool,
    form: String,
    reason_limit: usize,
    jump: Option<&'a str>,
    link_ends: String,
    link_left: String,
    link_seconds: Option<u64>,
    pictures: Vec<Picture>,
    more_pages: usize,
}

/// A party, in words.
struct Party<'a> {
    role: String,
    company: &'a str,
    person: &'a str,
    mobile: String,
    machine: bool,
    is_you: bool,
    status: &'static str,
    /// Which colour the status has.
    tone: &'static str,
    signed_at: Option<String>,
    message: &'a str,
}

/// A page of the document.
struct Picture {
    number: usize,
    source: String,
    /// Height for a width of 100, so that the page does not jump while pictures arrive.
    height: u32,
}

impl<'a> ContractPage<'a> {
    fn new(visit: &'a Visit, address: &Address, account: &Account, ticks: bool) -> Self {
        let (language, flow) = (address.language, visit.flow.as_ref());
        let standing = visit.standing();
        let (headline, sentence) = language.standing(standing);
        let left = visit.link.expires_at.since(visit.now);
        let jump = visit.link.jump_url.as_deref().and_then(jump::safe);
        let jump = jump.filter(|_| matches!(standing, Standing::Signed | Standing::Rejected));
        let you = visit.you();
        let party = |one: &'a Approver| Party::new(language, flow, one, you);
        let sizes = flow.content().and_then(|content| content.pages.as_deref()).unwrap_or_default();
        Self {
            language,
            root: address.root(),
            switch: Some(address.in_language(language.other()).href()),
            refresh: refresh(visit, address, standing, jump, ticks),
            flow,
            standing: standing.name(),
            headline,
            sentence,
            status: language.flow_status(flow.status()),
            deadline: language.moment(you.map_or(flow.deadline, |one| flow.deadline_of(one))),
            you: you.map(party),
            is_initiator: visit.is_initiator(),
            parties: flow.approvers.iter().map(party).collect(),
            candidates: visit
                .candidates()
                .filter(|_| standing == Standing::MustChoose)
                .map(|one| (address.speaking_as(one.recipient.as_str()).href(), party(one)))
                .collect(),
            choose_again: visit.chose_who().then(|| address.speaking_as_nobody().href()),
            may_sign: standing == Standing::MaySign,
            may_reject: you.is_some_and(|one| !one.no_refuse),
            form: address.with_done(false).href(),
            reason_limit: REASON_LIMIT,
            jump,
            link_ends: language.moment(visit.link.expires_at),
            link_left: language.span(left),
            link_seconds: ticks.then_some(left.as_secs()),
            pictures: (1..)
                .zip(sizes)
                .take(PAGES_SHOWN)
                .map(|(number, size)| Picture {
                    number,
                    source: address.picture(&account.alias, number, PICTURE_WIDTH),
                    height: (size.height / size.width * 100.0).round() as u32,
                })
                .collect(),
            more_pages: sizes.len().saturating_sub(PAGES_SHOWN),
        }
    }
}

impl<'a> Party<'a> {
    fn new(language: Language, flow: &Flow, one: &'a Approver, you: Option<&Approver>) -> Self {
        let machine = one.kind.is_machine();
        let place = flow.position(&one.recipient).unwrap_or_default() + 1;
        let numbered = || format!("{} {place}", language.pick("签署方", "Party"));
        Self {
            role: if one.role_name.is_empty() { numbered() } else { one.role_name.clone() },
            company: one.organization.as_ref().map_or("", |party| &party.name),
            person: &one.person.name,
            mobile: masked(&one.person.mobile),
            machine,
            is_you: you.is_some_and(|you| you.recipient == one.recipient),
            status: language.approver_status(one.status),
            tone: tone(one.status),
            signed_at: one.signature.as_ref().map(|signature| language.moment(signature.at)),
            message: &one.message,
        }
    }
}

/// A mobile number with its middle hidden, as the vendor's pages show it.
pub(super) fn masked(mobile: &str) -> String {
    let signs: Vec<char> = mobile.chars().collect();
    let hidden = |index: usize| (3..signs.len().saturating_sub(4)).contains(&index);
    signs.iter().enumerate().map(|(index, sign)| if hidden(index) { '*' } else { *sign }).collect()
}

fn tone(status: ApproverStatus) -> &'static str {
    match status {
        ApproverStatus::ToSign | ApproverStatus::ToFill => "due",
        ApproverStatus::Signed | ApproverStatus::Filled => "good",
        ApproverStatus::Rejected => "bad",
        ApproverStatus::NotLaunched
        | ApproverStatus::NotYetDue
        | ApproverStatus::NotPreLaunched
        | ApproverStatus::Expired
        | ApproverStatus::Cancelled
        | ApproverStatus::Stopped
        | ApproverStatus::Released
        | ApproverStatus::Forwarded => "quiet",
    }
}

/// After signing, on to the caller's address; else this page again once its link is over, if time goes by itself.
fn refresh(visit: &Visit, address: &Address, standing: Standing, jump: Option<&str>, ticks: bool) -> Option<Refresh> {
    if let (Some(jump), Standing::Signed, true) = (jump, standing, address.done) {
        return Some(Refresh { seconds: JUMP_AFTER, to: Some(jump.to_owned()) });
    }
    let seconds = visit.link.expires_at.since(visit.now).as_secs() + 1;
    (ticks && seconds <= LONGEST_REFRESH).then_some(Refresh { seconds, to: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mobile_number_keeps_its_middle_to_itself() {
        assert_eq!(masked("13200000000"), "132****0000");
        assert_eq!(masked(""), "");
        assert_eq!(masked("1234567"), "1234567");
    }
}
