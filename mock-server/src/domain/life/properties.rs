//! What holds for every contract, whatever is tried with it in whatever order.

#![allow(clippy::wildcard_enum_match_arm, reason = "most attempts are all alike to most questions")]

use proptest::prelude::*;

use super::changing::REMINDERS;
use super::filling::Fill;
use super::reviewing::Ruling;
use super::{TRANSITIONS, Transition};
use crate::domain::approver::{Approver, ForwardKind, Person, Slot};
use crate::domain::claim::Claimant;
use crate::domain::event::Happening;
use crate::domain::flow::{Ended, Flow, FlowState};
use crate::domain::launch::NewComponent;
use crate::domain::refusal::Refusal;
use crate::domain::remark::RemarkChange;
use crate::domain::samples::{NOW, at, draft_sample, person, placed, sample_flow};
use crate::domain::status::ApproverStatus;
use crate::domain::time::Timestamp;

/// One thing somebody tries, some seconds after the last.
#[derive(Clone, Debug)]
enum Attempt {
    Start,
    StartLater,
    Compose,
    Fill(usize),
    Sign(usize),
    Reject(usize),
    Review(Option<usize>, Ruling),
    Cancel,
    Expire,
    Invalidate,
    Extend(i64),
    ExtendFor(usize, i64),
    Forward(usize),
    Remind(usize),
    Remark,
    Name(usize),
    Claim(usize),
    Bind,
    Join,
    Archive,
    Promise,
    Release,
}

fn attempts() -> impl Strategy<Value = Vec<(i64, Attempt)>> {
    let ruling = prop_oneof![
        6 => Just(Ruling::Pass),
        2 => Just(Ruling::Reject),
        1 => Just(Ruling::End("不合规".into())),
    ];
    let slot = 0usize..5;
    let attempt = prop_oneof![
        8 => Just(Attempt::Start),
        2 => Just(Attempt::StartLater),
        6 => Just(Attempt::Compose),
        8 => slot.clone().prop_map(Attempt::Fill),
        16 => slot.clone().prop_map(Attempt::Sign),
        2 => slot.clone().prop_map(Attempt::Reject),
        4 => (proptest::option::of(slot.clone()), ruling).prop_map(|(slot, ruling)| Attempt::Review(slot, ruling)),
        1 => Just(Attempt::Cancel),
        3 => Just(Attempt::Expire),
        1 => Just(Attempt::Invalidate),
        2 => (0i64..600).prop_map(Attempt::Extend),
        2 => (slot.clone(), 0i64..600).prop_map(|(slot, seconds)| Attempt::ExtendFor(slot, seconds)),
        2 => slot.clone().prop_map(Attempt::Forward),
        2 => slot.clone().prop_map(Attempt::Remind),
        1 => Just(Attempt::Remark),
        3 => slot.clone().prop_map(Attempt::Name),
        3 => slot.prop_map(Attempt::Claim),
        2 => Just(Attempt::Bind),
        2 => Just(Attempt::Join),
        3 => Just(Attempt::Archive),
        2 => Just(Attempt::Promise),
        2 => Just(Attempt::Release),
    ];
    proptest::collection::vec((0i64..40, attempt), 0..40)
}

/// What kind of contract it is.
#[derive(Clone, Debug)]
struct Shape {
    unordered: bool,
    signers: usize,
    own_deadline: Option<i64>,
    no_refuse: bool,
    fill: [bool; 2],
    reviewed: bool,
    open_ended: bool,
    composed: bool,
    slot: Slot,
}

fn shapes() -> impl Strategy<Value = Shape> {
    let slot = prop_oneof![Just(Slot::Named), Just(Slot::Open), Just(Slot::OneOf(Vec::new()))];
    (any::<bool>(), 1usize..=3, proptest::option::of(1i64..300), any::<[bool; 6]>(), slot).prop_map(
        |(unordered, signers, own_deadline, [no_refuse, first, second, reviewed, open_ended, composed], slot)| Shape {
            unordered,
            signers,
            own_deadline,
            no_refuse,
            // Nobody fills in where a company's machine, the third signer, signs.
            fill: if signers < 3 { [first, second] } else { [false, false] },
            reviewed,
            open_ended,
            composed,
            slot,
        },
    )
}

fn contract(shape: &Shape) -> Flow {
    let mut new = sample_flow();
    new.unordered = shape.unordered;
    new.open_ended = shape.open_ended;
    new.needs_sign_review = shape.reviewed;
    new.deadline = Some(at(300));
    new.approvers.truncate(shape.signers);
    new.approvers[0].no_refuse = shape.no_refuse;
    for (approver, fills) in new.approvers.iter_mut().zip(shape.fill) {
        if fills {
            approver.fills = vec![NewComponent { name: "地址".into(), required: true, ..placed("TEXT") }];
        }
    }
    if let Some(seconds) = shape.own_deadline {
        new.approvers[shape.signers - 1].deadline = Some(at(seconds));
    }
    let mut flow = draft_sample(new);
    if let Some(document) = &mut flow.document {
        document.composed = shape.composed;
    }
    if shape.slot != Slot::Named {
        flow.approvers[0].slot = shape.slot.clone();
        flow.approvers[0].person = Person::default();
    }
    flow
}

fn joiner(flow: &Flow) -> Approver {
    let number = flow.approvers.len();
    Approver {
        recipient: format!("recipient-{number}").into(),
        sign: format!("sign-{number}").into(),
        slot: Slot::Named,
        person: person("后来者"),
        fills: Vec::new(),
        review: None,
        deadline: None,
        status: ApproverStatus::NotLaunched,
        due_since: None,
        signature: None,
        ..flow.approvers[0].clone()
    }
}

/// The rule's name in the table, and what it says.
fn attempt(flow: &mut Flow, what: &Attempt, now: Timestamp) -> (&'static str, Result<Vec<Happening>, Refusal>) {
    let slot = |index: &usize| format!("recipient-{index}").as_str().into();
    let values = [Fill { component: "地址".into(), value: "深圳".into() }];
    match what {
        Attempt::Start => {
            let startable = flow.ensure_startable(now);
            ("start", startable.map(|()| flow.start(now)))
        }
        Attempt::StartLater => {
            let startable = flow.ensure_startable_later(now);
            ("start_when_composed", startable.map(|()| flow.start_when_composed(now)))
        }
        Attempt::Compose => ("compose", Ok(flow.compose(now))),
        Attempt::Fill(index) => ("fill", flow.fill(&slot(index), &values, now)),
        Attempt::Sign(index) => ("sign", flow.sign(&slot(index), None, now)),
        Attempt::Reject(index) => ("reject", flow.reject(&slot(index), "不同意", now)),
        Attempt::Review(index, ruling) => ("review", flow.review(index.as_ref().map(slot).as_ref(), ruling, now)),
        Attempt::Cancel => ("cancel", flow.cancel("撤销", now)),
        Attempt::Expire => ("expire", Ok(flow.expire(now))),
        Attempt::Invalidate => ("invalidate", flow.invalidate("更名", now)),
        Attempt::Extend(seconds) => ("extend", flow.extend(at(*seconds), now)),
        Attempt::ExtendFor(index, seconds) => ("extend", flow.extend_for(&slot(index), at(*seconds), now)),
        Attempt::Forward(index) => {
            ("forward", flow.forward(&slot(index), person("接手人"), ForwardKind::Forwarded, "", now))
        }
        Attempt::Remind(index) => ("remind", flow.remind(&slot(index), REMINDERS)),
        Attempt::Remark => ("remark", flow.remark(RemarkChange::Replace(vec!["备注".into()]))),
        Attempt::Name(index) => ("name", flow.name(&slot(index), person("补充人"), now)),
        Attempt::Claim(index) => {
            ("claim", flow.claim(&slot(index), Claimant { person: person("补充人"), organization: None }, now))
        }
        Attempt::Bind => {
            let party = flow.approvers.iter().find_map(|one| one.organization.clone());
            ("claim", flow.bind(Claimant { person: person("领取人"), organization: party }, now))
        }
        Attempt::Join => {
            let joiner = joiner(flow);
            ("add_approvers", flow.add_approvers(vec![joiner], now))
        }
        Attempt::Archive => ("archive", flow.archive(now)),
        Attempt::Promise => ("promise_release", flow.promise_release(Some(&"agreement".into()), now)),
        Attempt::Release => ("release", flow.release(now)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn no_order_of_events_breaks_a_contract(shape in shapes(), attempts in attempts()) {
        let mut flow = contract(&shape);
        let mut now = NOW;
        for (pause, what) in attempts {
            now = at(now.seconds() - NOW.seconds() + pause);
            let before = flow.clone();
            let (rule, done) = attempt(&mut flow, &what, now);

            match done {
                Ok(happened) if happened.is_empty() => prop_assert_eq!(&flow, &before),
                Ok(happened) => {
                    led_by_the_table(rule, &before, &flow)?;
                    acted_in_turn(&what, &before)?;
                    told(&happened, &before, &flow)?;
                }
                Err(_) => prop_assert_eq!(&flow, &before, "a refused attempt must leave no trace"),
            }
            stands(&flow)?;
        }
    }

    #[test]
    fn where_order_is_free_every_order_ends_the_same(order in Just(vec![0usize, 1, 2]).prop_shuffle()) {
        let mut flow = crate::domain::samples::flow_of_three(true);
        for index in order {
            flow.sign(&format!("recipient-{index}").as_str().into(), None, at(1)).expect("everybody is due");
        }
        prop_assert_eq!(flow.state, FlowState::Ended(Ended::Signed));
    }
}

/// Statuses move as the table says, and rules outside of it move none.
fn led_by_the_table(rule: &str, before: &Flow, after: &Flow) -> Result<(), TestCaseError> {
    let (from, to) = (before.status(), after.status());
    let allows = |row: &Transition| row.rule == rule && row.from.contains(&from) && row.to.contains(&to);
    prop_assert!(from == to || TRANSITIONS.iter().any(allows), "{rule}: {from:?} to {to:?}");
    let ended = matches!(before.state, FlowState::Ended(_));
    prop_assert!(!ended || matches!(rule, "release" | "promise_release" | "remark"), "{rule} on an ended contract");
    prop_assert!(after.updated_at >= before.updated_at);
    Ok(())
}

fn acted_in_turn(what: &Attempt, before: &Flow) -> Result<(), TestCaseError> {
    match what {
        Attempt::Sign(index) => {
            let one = &before.approvers[*index];
            prop_assert!(one.is_due() && !one.is_vacant() && !one.is_blocked(), "{one:?} cannot sign");
        }
        Attempt::Fill(index) => prop_assert!(before.approvers[*index].is_due_to_fill()),
        Attempt::Reject(index) => {
            let one = &before.approvers[*index];
            prop_assert!((one.is_due() || one.is_due_to_fill()) && !one.no_refuse && !one.is_vacant());
        }
        _ => {}
    }
    Ok(())
}

/// Signatures stay, and every one is told of once.
fn told(happened: &[Happening], before: &Flow, after: &Flow) -> Result<(), TestCaseError> {
    let released = after.state == FlowState::Ended(Ended::Released);
    for (old, new) in before.approvers.iter().zip(&after.approvers) {
        if old.status == ApproverStatus::Signed && !released {
            prop_assert_eq!(old, new, "a signature is never taken back or given twice");
        }
        let signed_now = old.signature.is_none() && new.signature.is_some();
        prop_assert_eq!(signed_now, happened.contains(&Happening::Signed(new.recipient.clone())));
    }
    let charged = happened.contains(&Happening::Charged);
    prop_assert_eq!(
        charged,
        !before.is_paid_for() && after.is_paid_for() && before.ensure_open() == after.ensure_open()
    );
    let finished = happened.iter().any(|one| matches!(one, Happening::Finished(_)));
    prop_assert_eq!(finished, after.state == FlowState::Ended(Ended::Signed) && after.state != before.state);
    Ok(())
}

/// What is true of a contract at any time.
fn stands(flow: &Flow) -> Result<(), TestCaseError> {
    let due = || flow.approvers.iter().filter(|one| one.is_due() || one.is_due_to_fill());
    let all = |status| flow.approvers.iter().all(|one| one.status == status);
    match flow.state {
        FlowState::Draft => prop_assert!(all(ApproverStatus::NotLaunched)),
        _ if flow.is_running() && flow.document.as_ref().is_some_and(|document| !document.composed) => {
            prop_assert!(false, "nobody signs what is not composed");
        }
        FlowState::Filling => {
            prop_assert!(due().count() >= 1 && due().all(Approver::is_due_to_fill));
            prop_assert!(flow.approvers.iter().all(|one| one.signature.is_none()), "nobody signs while others fill in");
        }
        FlowState::Signing => {
            prop_assert!(due().all(Approver::is_due));
            prop_assert!(flow.open_ended || due().count() >= 1, "somebody is always due");
        }
        FlowState::Ended(_) => {
            prop_assert_eq!(due().count(), 0);
            prop_assert!(flow.approvers.iter().all(|one| !one.is_open()));
        }
    }
    if flow.is_running() && !flow.unordered {
        prop_assert!(due().count() <= 1, "an ordered contract waits for one");
        let waiting = |one: &Approver| one.is_open() && (flow.state == FlowState::Signing || !one.fills.is_empty());
        let first = flow.approvers.iter().find(|one| waiting(one) && one.status != ApproverStatus::Filled);
        let first =
            if flow.state == FlowState::Signing { flow.approvers.iter().find(|one| one.is_open()) } else { first };
        prop_assert!(first.is_none_or(|one| one.is_due() || one.is_due_to_fill()), "and for the first of them");
    }
    let signed = flow.state == FlowState::Ended(Ended::Signed);
    prop_assert!(!signed || all(ApproverStatus::Signed));
    prop_assert_eq!(flow.status().is_final(), matches!(flow.state, FlowState::Ended(_)));
    prop_assert!(flow.approvers.iter().all(|one| one.reminders <= REMINDERS));
    let silent = matches!(flow.state, FlowState::Ended(Ended::Signed | Ended::Released)) || flow.ensure_open().is_ok();
    prop_assert_eq!(flow.message.is_empty(), silent);
    prop_assert!(flow.machines_due().all(|(one, _)| one.kind.is_machine()));
    Ok(())
}
