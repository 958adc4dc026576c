//! What is told wrongly, or only by a Describe answer.

use ess_schemas::{ess, essbasic};
use serde_json::json;

use super::{ApproverStatus, Change, Conflict, FlowState, FlowStatus, FlowTracker};
use crate::callback::Message;

fn told(status: i64, at: i64) -> Message {
    let data = json!({"FlowId": "yD1", "FlowCallbackStatus": status, "UpdatedOn": at, "FlowMessage": format!("at {at}"),
        "Approvers": [{"RecipientId": "r0", "ApproveCallbackStatus": 2, "ApproverName": "张三"}]});
    let message = json!({"MsgId": format!("{status}-{at}"), "MsgType": "FlowStatusChange", "MsgVersion": "CustomApp", "MsgData": data});
    Message::parse(message.to_string()).unwrap()
}

fn fold(tracker: &mut FlowTracker, message: &Message) -> Change {
    tracker.fold(message).unwrap().change.unwrap()
}

fn brief(status: i64) -> ess::FlowBrief {
    ess::FlowBrief { flow_id: "yD1".into(), flow_status: status, deadline: 99, ..Default::default() }
}

fn flow(tracker: &FlowTracker) -> &FlowState {
    tracker.flow("yD1").unwrap()
}

#[test]
fn a_second_end_is_reported_and_changes_nothing() {
    let mut tracker = FlowTracker::new();
    assert!(fold(&mut tracker, &told(6, 10)).ended());
    let cancelled = flow(&tracker).clone();

    let change = fold(&mut tracker, &told(4, 20));

    let conflict = Conflict::OtherEnd { known: FlowStatus::Cancelled, told: FlowStatus::Completed };
    assert_eq!(conflict.to_string(), "the contract ended as Cancelled, and is said to have ended as Completed");
    assert_eq!(change.conflicts, [conflict]);
    assert!(!change.news && !change.ended());
    assert_eq!(flow(&tracker), &cancelled);
}

#[test]
fn an_answer_wins_where_it_is_further() {
    let mut tracker = FlowTracker::new();
    let _ = fold(&mut tracker, &told(1, 10));

    let change = tracker.reconcile(&brief(4));

    assert!(change.ended() && change.conflicts.is_empty(), "{change:?}");
    assert_eq!((flow(&tracker).status, flow(&tracker).details.deadline), (FlowStatus::Completed, 99));
    assert!(!fold(&mut tracker, &told(2, 15)).news || flow(&tracker).status == FlowStatus::Completed);
}

#[test]
fn an_answer_that_is_behind_is_reported() {
    let mut tracker = FlowTracker::new();
    let _ = fold(&mut tracker, &told(4, 10));

    let change = tracker.reconcile(&brief(2));

    let conflict = Conflict::DescribedBehind { known: FlowStatus::Completed, told: FlowStatus::PartlySigned };
    assert_eq!(change.conflicts, [conflict]);
    assert_eq!(flow(&tracker).status, FlowStatus::Completed);
}

#[test]
fn what_is_said_with_fewer_words_is_no_conflict() {
    let mut tracker = FlowTracker::new();
    assert_eq!(tracker.reconcile(&brief(9)).after, FlowStatus::PartlyFilled);
    let init = essbasic::FlowDetailInfo { flow_id: "yD1".into(), flow_status: "INIT".into(), ..Default::default() };
    assert!(tracker.reconcile(&init).conflicts.is_empty());

    assert_eq!(fold(&mut tracker, &told(3, 10)).after, FlowStatus::Rejected);
    assert_eq!(tracker.reconcile(&brief(10)).after, FlowStatus::FillRejected, "which callbacks call 3");
    assert!(fold(&mut tracker, &told(3, 11)).conflicts.is_empty());
    assert!(tracker.reconcile(&brief(3)).conflicts.is_empty());
}

#[test]
fn the_details_are_those_of_the_furthest_and_latest_report() {
    let mut tracker = FlowTracker::new();

    for message in [told(2, 20), told(1, 30), told(2, 10), told(2, 21)] {
        let _ = fold(&mut tracker, &message);
    }

    assert_eq!(flow(&tracker).details.message, "at 21");
    assert_eq!(flow(&tracker).updated_at, 30);
}

#[test]
fn a_status_of_tomorrow_is_reported_and_the_rest_is_kept() {
    let mut tracker = FlowTracker::new();

    let change = fold(&mut tracker, &told(77, 10));

    assert_eq!(change.conflicts, [Conflict::UnknownStatus { recipient: None, told: "77".into() }]);
    assert_eq!((change.before, change.after, change.news), (None, FlowStatus::Open, true));
    assert_eq!(flow(&tracker).approvers["r0"].status, ApproverStatus::Pending);
}

#[test]
fn a_signer_who_finished_twice_is_reported_by_their_place() {
    let detail = |status| ess::FlowDetailInfo {
        flow_id: "yD1".into(),
        flow_status: 2,
        flow_approver_infos: vec![ess::FlowApproverDetail {
            recipient_id: "r0".into(),
            approve_status: status,
            ..Default::default()
        }],
        ..Default::default()
    };
    let mut tracker = FlowTracker::new();
    assert!(tracker.reconcile(&detail(3)).conflicts.is_empty());

    let change = tracker.reconcile(&detail(4));

    let (known, told) = (ApproverStatus::Signed, ApproverStatus::Rejected);
    assert_eq!(change.conflicts, [Conflict::OtherEndOfApprover { recipient: "r0".into(), known, told }]);
}

#[test]
fn messages_about_other_things_leave_no_trace_but_are_known_again() {
    let mut tracker = FlowTracker::new();
    let cost =
        Message::parse(r#"{"MsgId":"1","MsgType":"FlowCost","MsgVersion":"CustomApp","MsgData":{"FlowId":"yD1"}}"#)
            .unwrap();

    let first = tracker.fold(&cost).unwrap();
    let second = tracker.fold(&cost).unwrap();

    assert_eq!((first.repeated, second.repeated), (false, true));
    assert!(first.change.is_none() && tracker.flows().next().is_none());
}

#[test]
fn a_message_that_is_not_what_it_says_is_refused() {
    let mut tracker = FlowTracker::new();
    for data in [r#"{"FlowId":"yD1","FlowCallbackStatus":"four"}"#, r#"{"FlowCallbackStatus":4}"#, "[]"] {
        let text = format!(r#"{{"MsgId":"1","MsgType":"FlowStatusChange","MsgVersion":"CustomApp","MsgData":{data}}}"#);
        assert!(tracker.fold(&Message::parse(text).unwrap()).is_err(), "{data}");
    }
    assert!(tracker.flows().next().is_none());
}

#[test]
fn a_state_goes_through_a_database_unchanged() {
    let mut tracker = FlowTracker::new();
    let _ = fold(&mut tracker, &told(2, 10));
    let state = tracker.forget("yD1").unwrap();

    let text = serde_json::to_string(&state).unwrap();

    assert_eq!(serde_json::from_str::<FlowState>(&text).unwrap(), state);
    assert!(tracker.flow("yD1").is_none());
}
