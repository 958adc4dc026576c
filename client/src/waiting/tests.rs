//! Waits on a paused clock: it jumps to the next timer whenever nothing else can happen.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Duration;

use ess_schemas::{Action, ess};
use serde_json::json;
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::*;
use crate::ErrorKind;
use crate::tracker::Report;

const ID: &str = "yD1";

/// Answers what it was scripted to, the last answer for ever, and keeps when it was asked.
struct Scripted {
    answers: Mutex<VecDeque<Answer>>,
    asked: Mutex<Vec<Duration>>,
    began: Instant,
}

#[derive(Clone, Copy)]
enum Answer {
    Status(i64),
    Nothing,
    Fails(&'static str),
}

impl Scripted {
    fn that(answers: impl IntoIterator<Item = Answer>) -> Self {
        Self { answers: Mutex::new(answers.into_iter().collect()), asked: Mutex::default(), began: Instant::now() }
    }

    fn asked_at(&self) -> Vec<u128> {
        self.asked.lock().unwrap().iter().map(Duration::as_millis).collect()
    }
}

impl FlowSource for Scripted {
    fn describe<'a>(&'a self, flow_id: &'a str) -> Asked<'a> {
        self.asked.lock().unwrap().push(self.began.elapsed());
        let mut answers = self.answers.lock().unwrap();
        let answer = if answers.len() > 1 { answers.pop_front().unwrap() } else { answers[0] };
        let answer = match answer {
            Answer::Nothing => Ok(None),
            Answer::Status(flow_status) => {
                Ok(Some(Report::from(&ess::FlowBrief { flow_id: flow_id.into(), flow_status, ..Default::default() })))
            }
            Answer::Fails(code) => {
                let kind = ErrorKind::Refused { code: code.into(), message: String::new(), request_id: None };
                let contract = ess::DescribeFlowBriefsRequest::contract();
                Err(Error { contract, attempts: 1, kind: Box::new(kind) })
            }
        };
        Box::pin(std::future::ready(answer))
    }
}

fn told(flow_id: &str, status: i64) -> Message {
    let data = json!({"FlowId": flow_id, "FlowCallbackStatus": status, "UpdatedOn": status});
    let message = json!({"MsgId": format!("{flow_id}{status}"), "MsgType": "FlowStatusChange", "MsgVersion": "CustomApp", "MsgData": data});
    Message::parse(message.to_string()).unwrap()
}

#[tokio::test(start_paused = true)]
async fn asking_goes_on_in_growing_distances_until_the_contract_is_finished() {
    let source = Scripted::that([Answer::Status(1), Answer::Status(1), Answer::Status(2), Answer::Status(5)]);

    let waited = wait_for_flow(ID, &mut FlowTracker::new()).asking(&source).await.unwrap();

    assert_eq!((waited.flow.status, waited.conflicts.len()), (FlowStatus::Expired, 0));
    assert_eq!(source.asked_at(), [0, 2000, 5000, 9500]);
}

#[tokio::test(start_paused = true)]
async fn a_wanted_status_ends_the_wait_before_the_end() {
    let source = Scripted::that([Answer::Status(8), Answer::Status(1)]);

    let waited = wait_for_flow(ID, &mut FlowTracker::new()).asking(&source).until([FlowStatus::Signing]).await.unwrap();

    assert_eq!(waited.flow.status, FlowStatus::Signing);
}

#[tokio::test(start_paused = true)]
async fn what_the_tracker_knows_already_need_not_be_asked() {
    let mut tracker = FlowTracker::new();
    let _ = tracker.fold(&told(ID, 4)).unwrap();
    let source = Scripted::that([Answer::Status(1)]);

    let waited = wait_for_flow(ID, &mut tracker).asking(&source).await.unwrap();

    assert_eq!((waited.flow.status, source.asked_at().len()), (FlowStatus::Completed, 0));
}

#[tokio::test(start_paused = true)]
async fn a_callback_ends_the_wait_at_once_and_those_of_other_contracts_are_kept() {
    let source = Scripted::that([Answer::Status(1)]);
    let (post, mut messages) = mpsc::channel(8);
    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_millis(2500)).await;
        for message in [told("yD2", 6), told(ID, 4), told(ID, 2)] {
            post.send(message).await.unwrap();
        }
        std::future::pending::<()>().await;
    });
    let mut tracker = FlowTracker::new();

    let waited = wait_for_flow(ID, &mut tracker).asking(&source).told_by(&mut messages).await.unwrap();

    assert_eq!((waited.flow.status, source.began.elapsed().as_millis()), (FlowStatus::Completed, 2500));
    assert_eq!(tracker.flow("yD2").unwrap().status, FlowStatus::Cancelled);
}

#[tokio::test(start_paused = true)]
async fn many_callbacks_do_not_put_off_asking() {
    let source = Scripted::that([Answer::Status(1), Answer::Status(1), Answer::Status(4)]);
    let (post, mut messages) = mpsc::channel(8);
    tokio::spawn(async move {
        for number in 0.. {
            tokio::time::sleep(Duration::from_millis(700)).await;
            if post.send(told(&format!("other{number}"), 1)).await.is_err() {
                return;
            }
        }
    });

    wait_for_flow(ID, &mut FlowTracker::new()).asking(&source).told_by(&mut messages).await.unwrap();

    assert_eq!(source.asked_at(), [0, 2000, 5000]);
}

#[tokio::test(start_paused = true)]
async fn a_passing_fault_is_outlasted_and_another_one_is_not() {
    let busy = Answer::Fails("RequestLimitExceeded");
    let source = Scripted::that([busy, busy, Answer::Status(4)]);
    let waited = wait_for_flow(ID, &mut FlowTracker::new()).asking(&source).await.unwrap();
    assert_eq!(waited.flow.status, FlowStatus::Completed);

    let source = Scripted::that([Answer::Status(1), Answer::Fails("UnauthorizedOperation")]);
    let error = wait_for_flow(ID, &mut FlowTracker::new()).asking(&source).await.unwrap_err();
    assert!(matches!(&error, WaitError::Asking(cause) if cause.code() == Some("UnauthorizedOperation")), "{error:?}");
}

#[tokio::test(start_paused = true)]
async fn a_contract_the_service_does_not_show_is_not_waited_for() {
    let source = Scripted::that([Answer::Nothing]);

    let error = wait_for_flow(ID, &mut FlowTracker::new()).asking(&source).await.unwrap_err();

    assert_eq!(error.to_string(), "the service does not show a contract yD1");
}

#[tokio::test(start_paused = true)]
async fn a_wait_is_bounded_and_says_what_it_learned() {
    let source = Scripted::that([Answer::Status(2), Answer::Fails("InternalError")]);
    let wait = wait_for_flow(ID, &mut FlowTracker::new()).asking(&source).within(Duration::from_secs(30)).await;

    let WaitError::TimedOut { known, trouble, .. } = wait.unwrap_err() else { panic!("timed out") };
    assert_eq!(known.unwrap().status, FlowStatus::PartlySigned);
    assert_eq!(trouble.unwrap().code(), Some("InternalError"));
    assert_eq!(source.began.elapsed(), Duration::from_secs(30));
}

#[tokio::test(start_paused = true)]
async fn a_contradiction_met_on_the_way_is_handed_over() {
    let source = Scripted::that([Answer::Status(77), Answer::Status(77), Answer::Status(4)]);

    let waited = wait_for_flow(ID, &mut FlowTracker::new()).asking(&source).await.unwrap();

    assert_eq!(waited.conflicts, [Conflict::UnknownStatus { recipient: None, told: "77".into() }]);
}

#[tokio::test(start_paused = true)]
async fn when_nobody_can_tell_any_more_the_wait_ends() {
    let (post, mut messages) = mpsc::channel(8);
    post.send(told(ID, 2)).await.unwrap();
    drop(post);
    let mut tracker = FlowTracker::new();
    assert!(matches!(wait_for_flow(ID, &mut tracker).told_by(&mut messages).await, Err(WaitError::Deaf)));
    assert_eq!(tracker.flow(ID).unwrap().status, FlowStatus::PartlySigned);

    let source = Scripted::that([Answer::Status(1), Answer::Status(4)]);
    let waited = wait_for_flow(ID, &mut tracker).asking(&source).told_by(&mut messages).await.unwrap();
    assert_eq!(waited.flow.status, FlowStatus::Completed, "a closed channel leaves asking");
}
