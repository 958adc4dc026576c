//! What holds for every contract, whatever is tried with it in whatever order.

use proptest::prelude::*;

use super::approver::ApproverKind;
use super::flow::{Ended, Flow, FlowState};
use super::samples::{NOW, at, launch_sample, sample_flow};
use super::status::{ApproverStatus, FlowStatus};

/// One thing somebody tries, some seconds after the last.
#[derive(Clone, Debug)]
enum Attempt {
    Sign(usize),
    Reject(usize),
    Cancel,
    Expire,
}

fn attempts() -> impl Strategy<Value = Vec<(i64, Attempt)>> {
    let attempt = prop_oneof![
        8 => (0usize..4).prop_map(Attempt::Sign),
        2 => (0usize..4).prop_map(Attempt::Reject),
        1 => Just(Attempt::Cancel),
        3 => Just(Attempt::Expire),
    ];
    proptest::collection::vec((0i64..40, attempt), 0..24)
}

fn contract(unordered: bool, signers: usize, own_deadline: Option<i64>, no_refuse: bool) -> Flow {
    let mut new = sample_flow();
    new.unordered = unordered;
    new.deadline = Some(at(300));
    new.approvers.truncate(signers);
    new.approvers[0].no_refuse = no_refuse;
    if let Some(seconds) = own_deadline {
        new.approvers[signers - 1].deadline = Some(at(seconds));
    }
    launch_sample(new).expect("the sample is a valid contract").0
}

/// In this scope a contract's status follows from its signers' alone.
fn status_from_approvers(flow: &Flow) -> FlowStatus {
    let any = |status| flow.approvers.iter().any(|one| one.status == status);
    if any(ApproverStatus::Rejected) {
        FlowStatus::Rejected
    } else if any(ApproverStatus::Expired) {
        FlowStatus::Expired
    } else if any(ApproverStatus::Cancelled) {
        FlowStatus::Cancelled
    } else if flow.approvers.iter().all(|one| one.status == ApproverStatus::Signed) {
        FlowStatus::Signed
    } else if any(ApproverStatus::Signed) {
        FlowStatus::PartlySigned
    } else {
        FlowStatus::Signing
    }
}

proptest! {
    #[test]
    fn no_order_of_events_breaks_a_contract(
        unordered: bool,
        signers in 1usize..=3,
        own_deadline in proptest::option::of(1i64..300),
        no_refuse: bool,
        attempts in attempts(),
    ) {
        let mut flow = contract(unordered, signers, own_deadline, no_refuse);
        let mut now = NOW;
        for (pause, attempt) in attempts {
            now = at(now.seconds() - NOW.seconds() + pause);
            let before = flow.clone();
            let turn_before: Vec<_> = before.approvers.iter().map(|one| one.is_due()).collect();
            let recipient = |index: usize| format!("recipient-{index}").as_str().into();
            let changed = match &attempt {
                Attempt::Sign(index) => flow.sign(&recipient(*index), None, now).is_ok(),
                Attempt::Reject(index) => flow.reject(&recipient(*index), "不同意", now).is_ok(),
                Attempt::Cancel => flow.cancel("撤销", now).is_ok(),
                Attempt::Expire => !flow.expire(now).is_empty(),
            };

            if !changed {
                prop_assert_eq!(&flow, &before, "a refused attempt must leave no trace");
                continue;
            }
            prop_assert!(before.state == FlowState::Signing, "an ended contract never changes again");
            prop_assert!(flow.updated_at >= before.updated_at && flow.updated_at == now);
            if let Attempt::Sign(index) | Attempt::Reject(index) = attempt {
                prop_assert!(turn_before[index], "nobody acts out of turn");
                prop_assert!(!(no_refuse && index == 0 && matches!(attempt, Attempt::Reject(_))));
            }
            for (old, new) in before.approvers.iter().zip(&flow.approvers) {
                if old.status == ApproverStatus::Signed {
                    prop_assert_eq!(old, new, "a signature is never taken back or given twice");
                }
            }
            prop_assert_eq!(flow.status(), status_from_approvers(&flow));
            prop_assert_eq!(flow.status().is_final(), flow.state != FlowState::Signing);
            let due = flow.approvers.iter().filter(|one| one.is_due()).count();
            match flow.state {
                FlowState::Ended(_) => prop_assert_eq!(due, 0),
                FlowState::Signing if unordered => {
                    prop_assert!(flow.approvers.iter().all(|one| one.is_due() || one.status == ApproverStatus::Signed));
                }
                FlowState::Signing => {
                    prop_assert_eq!(due, 1, "an ordered contract waits for exactly one");
                    let first_open = flow.approvers.iter().position(|one| one.status != ApproverStatus::Signed);
                    prop_assert!(flow.approvers[first_open.unwrap_or_default()].is_due());
                }
            }
            prop_assert_eq!(flow.message.is_empty(), matches!(flow.state, FlowState::Signing | FlowState::Ended(Ended::Signed)));
        }
        prop_assert!(flow.machines_due().all(|(one, _)| one.kind == ApproverKind::OrganizationAutoSign));
    }

    #[test]
    fn where_order_is_free_every_order_ends_the_same(order in Just(vec![0usize, 1, 2]).prop_shuffle()) {
        let mut flow = contract(true, 3, None, false);
        for index in order {
            flow.sign(&format!("recipient-{index}").as_str().into(), None, at(1)).expect("everybody is due");
        }
        prop_assert_eq!(flow.status(), FlowStatus::Signed);
    }
}
