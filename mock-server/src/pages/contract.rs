//! The page of one contract: look, fill in, sign, refuse, pick an open slot up.

use askama::Template;

use super::acting::REASON_LIMIT;
use super::address::Address;
use super::inputs::{Input, Look, of_claim, of_colleague, of_components, of_intention};
use super::jump;
use super::manner::Refresh;
use super::visit::{Standing, Visit};
use super::words::Language;
use crate::domain::approver::Approver;
use crate::domain::flow::{Flow, Noun};
use crate::domain::link::Link;
use crate::domain::status::ApproverStatus;
use crate::domain::time::Timestamp;
use crate::domain::web_theme::WebTheme;
use crate::engine::account::Account;

/// Pages of a document shown at most; the download has them all.
const PAGES_SHOWN: usize = 100;
/// How wide pictures of pages are: sharp on a telephone.
const PICTURE_WIDTH: u32 = 900;
/// The longest time a page waits before it loads itself again, when its link or contract is over by then.
const LONGEST_REFRESH: u64 = 24 * 60 * 60;
/// How long the result stays before the browser goes on to the caller's address (ASSUMED).
const JUMP_AFTER: u64 = 3;

/// The page, ready to be filled in.
#[derive(Template)]
#[template(path = "contract.html")]
pub(super) struct ContractPage<'a> {
    language: Language,
    root: &'static str,
    switch: Option<String>,
    refresh: Option<Refresh>,
    flow: &'a Flow,
    standing: &'static str,
    headline: String,
    sentence: String,
    /// What the platform's pages look like.
    theme: Option<&'a WebTheme>,
    /// Whether it names the vendor.
    shows_brand: bool,
    /// What it calls a contract.
    noun: Noun,
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
    /// How many contracts of the group are signed with this one.
    together: usize,
    /// How they will prove who they are.
    checks: String,
    fields: Vec<Input>,
    claim: Vec<Input>,
    /// Whom the task is handed on to, where it may be.
    colleague: Vec<Input>,
    /// What is answered before the camera.
    asked: Vec<Input>,
    /// Back to the contracts of the same link.
    list: Option<String>,
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
    /// Of this visit.
    pub(super) fn new(visit: &'a Visit, address: &Address, account: &Account, ticks: bool) -> Self {
        let (language, flow) = (address.language, visit.flow.as_ref());
        let standing = visit.standing();
        let ((headline, sentence), noun) = (language.standing(standing), flow.wishes.noun);
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
            refresh: refresh(&visit.link, visit.now, address, standing, jump, ticks),
            flow,
            theme: visit.theme.as_ref(),
            shows_brand: visit.theme.as_ref().is_none_or(|theme| theme.brand_logo),
            standing: standing.name(),
            headline: noun.speak(headline),
            sentence: noun.speak(sentence),
            noun,
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
            may_reject: visit.may_reject(),
            together: visit.together,
            checks: you.map(|one| language.checks(visit.sign_checks(one))).unwrap_or_default(),
            fields: match you {
                Some(you) if standing == Standing::MayFill => of_components(language, &you.fills),
                _ => Vec::new(),
            },
            claim: if visit.may_claim() {
                of_claim(language, &visit.link.terms, std::iter::once(visit))
            } else {
                Vec::new()
            },
            colleague: if visit.may_forward() { of_colleague(language) } else { Vec::new() },
            asked: of_intention(language, visit.asked()),
            list: address.flow.as_ref().map(|_| address.back_to_list().href()),
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
pub(super) fn refresh(
    link: &Link,
    now: Timestamp,
    address: &Address,
    standing: Standing,
    jump: Option<&str>,
    ticks: bool,
) -> Option<Refresh> {
    if let (Some(jump), Standing::Signed, true) = (jump, standing, address.done) {
        return Some(Refresh { seconds: JUMP_AFTER, to: Some(jump.to_owned()) });
    }
    let seconds = link.expires_at.since(now).as_secs() + 1;
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
