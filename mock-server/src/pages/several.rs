//! The page of several contracts: look at each, sign all, refuse all, pick all up.

use askama::Template;

use super::acting::REASON_LIMIT;
use super::address::Address;
use super::contract::{masked, refresh};
use super::inputs::{Input, Look, of_claim, of_intention};
use super::jump;
use super::manner::Refresh;
use super::visit::{Several, Standing, Visit};
use super::words::Language;
use crate::domain::approver::Approver;

/// The page, ready to be filled in.
#[derive(Template)]
#[template(path = "several.html")]
pub(super) struct SeveralPage<'a> {
    language: Language,
    root: &'static str,
    switch: Option<String>,
    refresh: Option<Refresh>,
    title: &'a str,
    grouped: bool,
    standing: &'static str,
    headline: &'static str,
    sentence: &'static str,
    /// Who they are, when it is the same person in all.
    you: Option<(&'a str, String, &'a str)>,
    rows: Vec<Row<'a>>,
    to_sign: usize,
    may_reject: bool,
    reason_limit: usize,
    claim: Vec<Input>,
    /// What is answered before the camera.
    asked: Vec<Input>,
    form: String,
    jump: Option<&'a str>,
    link_ends: String,
    link_left: String,
    link_seconds: Option<u64>,
}

struct Row<'a> {
    href: String,
    name: &'a str,
    initiator: &'a str,
    status: &'static str,
    standing: &'static str,
}

impl<'a> SeveralPage<'a> {
    /// Of these contracts.
    pub(super) fn new(several: &'a Several, address: &Address, ticks: bool) -> Self {
        let language = address.language;
        let standing = several.standing();
        let (headline, sentence) = language.standing_before_several(standing);
        let jump = several.link.jump_url.as_deref().and_then(jump::safe);
        let jump = jump.filter(|_| matches!(standing, Standing::Signed | Standing::Rejected));
        let left = several.link.expires_at.since(several.now);
        let open: Vec<&Visit> = several.standing_so(Standing::MayClaim).collect();
        Self {
            language,
            root: address.root(),
            switch: Some(address.in_language(language.other()).href()),
            refresh: refresh(&several.link, several.now, address, standing, jump, ticks),
            title: several.group.as_deref().unwrap_or(language.pick("批量签署", "Contracts to sign")),
            grouped: several.group.is_some(),
            standing: standing.name(),
            headline,
            sentence,
            you: identity(&several.visits),
            rows: several.visits.iter().map(|visit| Row::new(language, visit, address)).collect(),
            to_sign: several.standing_so(Standing::MaySign).count(),
            may_reject: several.may_reject(),
            reason_limit: REASON_LIMIT,
            claim: if open.is_empty() { Vec::new() } else { of_claim(language, &several.link.terms, open.into_iter()) },
            asked: of_intention(language, several.asked()),
            form: address.with_done(false).href(),
            jump,
            link_ends: language.moment(several.link.expires_at),
            link_left: language.span(left),
            link_seconds: ticks.then_some(left.as_secs()),
        }
    }
}

impl<'a> Row<'a> {
    fn new(language: Language, visit: &'a Visit, address: &Address) -> Self {
        Self {
            href: address.choosing(visit.flow.id.as_str()).href(),
            name: &visit.flow.name,
            initiator: &visit.flow.initiator.organization_name,
            status: language.flow_status(visit.flow.status()),
            standing: language.standing(visit.standing()).0,
        }
    }
}

/// Name, masked number and company of who signs, when all slots are the same person's.
fn identity(visits: &[Visit]) -> Option<(&str, String, &str)> {
    let you = visits.first()?.you().filter(|one| !one.is_vacant())?;
    let same = |visit: &Visit| visit.you().is_some_and(|one: &Approver| one.is_same_signer(you));
    let company = you.organization.as_ref().map_or("", |party| &party.name);
    visits.iter().all(same).then(|| (you.person.name.as_str(), masked(&you.person.mobile), company))
}
