//! Any contract's messages, in any order, with any of them repeated.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{ApproverStatus, Conflict, FlowState, FlowStatus, FlowTracker};
use crate::callback::Message;
use ess_schemas::ess;

#[derive(Clone, Copy, Debug)]
enum Generation {
    Company,
    Partner,
    Legacy,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Ending {
    Open,
    Completed,
    Released,
    Rejected,
    Cancelled,
    Expired,
    Invalidated,
}

/// A contract's life, told by the rules of the documents alone.
#[derive(Clone, Debug)]
struct Life {
    generation: Generation,
    signers: usize,
    fillers: usize,
    signed_before_the_end: usize,
    ending: Ending,
    /// Seconds between messages; several may fall into one.
    pauses: Vec<i64>,
}

/// The contract at one moment: its number, and the number and time of each signer.
#[derive(Clone, Debug, PartialEq)]
struct Moment {
    at: i64,
    status: i64,
    operate: &'static str,
    /// Whose action it was, if it was a signer's.
    actor: Option<usize>,
    signers: Vec<(i64, i64)>,
}

fn lives() -> impl Strategy<Value = Life> {
    let generation = prop_oneof![Just(Generation::Company), Just(Generation::Partner), Just(Generation::Legacy)];
    let ending = prop_oneof![
        Just(Ending::Open),
        Just(Ending::Completed),
        Just(Ending::Released),
        Just(Ending::Rejected),
        Just(Ending::Cancelled),
        Just(Ending::Expired),
        Just(Ending::Invalidated),
    ];
    (generation, 1..5_usize, 0..3_usize, 0..4_usize, ending, prop::collection::vec(0..3_i64, 16)).prop_map(
        |(generation, signers, fillers, signed, ending, pauses)| Life {
            generation,
            signers,
            fillers: fillers.min(signers),
            signed_before_the_end: signed.min(signers - 1),
            ending,
            pauses,
        },
    )
}

impl Life {
    fn moments(&self) -> Vec<Moment> {
        let mut told = Vec::new();
        let mut pauses = self.pauses.iter().cycle();
        let mut now =
            Moment { at: 1_700_000_000, status: 1, operate: "start", actor: None, signers: vec![(2, 0); self.signers] };
        if self.fillers > 0 {
            (now.status, now.signers[0].0) = (8, 8);
        }
        let mut tell = |now: &mut Moment, operate: &'static str, wait: bool| {
            now.at += if wait { *pauses.next().unwrap() } else { 0 };
            now.operate = operate;
            told.push(now.clone());
        };
        tell(&mut now, "start", true);
        for filler in 0..self.fillers {
            now.actor = Some(filler);
            now.signers[filler].0 = 10;
            if filler + 1 < self.fillers {
                now.signers[filler + 1].0 = 8;
            } else {
                now.status = 1;
                now.signers.iter_mut().for_each(|(status, _)| *status = 2);
            }
            tell(&mut now, "fill", true);
        }
        let all = matches!(self.ending, Ending::Completed | Ending::Released);
        let signing = if all { self.signers } else { self.signed_before_the_end };
        for signer in 0..signing {
            now.at += self.pauses[signer];
            now.actor = Some(signer);
            now.signers[signer] = (3, now.at);
            now.status = if signer + 1 == self.signers { 4 } else { 2 };
            tell(&mut now, "sign", false);
        }
        let mut end = |now: &mut Moment, status, operate, theirs| {
            now.status = status;
            now.signers.iter_mut().filter(|(status, _)| *status != 3).for_each(|(status, _)| *status = theirs);
            tell(now, operate, true);
        };
        match self.ending {
            Ending::Open => {}
            Ending::Completed => tell(&mut now, "finish", false),
            Ending::Released => {
                tell(&mut now, "finish", false);
                now.status = 21;
                now.signers.iter_mut().for_each(|(status, _)| *status = 15);
                tell(&mut now, "finish", true);
            }
            Ending::Rejected => {
                end(&mut now, 3, "reject", 9);
                let last = told.last_mut().unwrap();
                last.signers[signing].0 = 4;
            }
            Ending::Cancelled => end(&mut now, 6, "cancel", 6),
            Ending::Expired => end(&mut now, 5, "deadline", 5),
            Ending::Invalidated => end(&mut now, 16, "finish", 9),
        }
        told
    }

    fn messages(&self) -> Vec<Message> {
        let told = |(number, moment): (usize, &Moment)| {
            let id = format!("m{number}");
            let text = match self.generation {
                Generation::Company => json!({"MsgId": id, "MsgType": "FlowStatusChange", "MsgVersion": "CustomApp",
                    "MsgData": moment.company()}),
                Generation::Partner => {
                    json!({"MsgId": id, "MsgType": "FlowStatusChange", "MsgVersion": "ThirdPartyApp",
                    "MsgData": moment.partner()})
                }
                Generation::Legacy => moment.company(),
            };
            Message::parse(text.to_string()).unwrap()
        };
        self.moments().iter().enumerate().map(told).collect()
    }
}

impl Moment {
    fn company(&self) -> Value {
        let signers = self.signers.iter().enumerate().map(|(number, (status, signed_at))| {
            json!({"RecipientId": format!("r{number}"), "ApproverName": "张三", "ApproveCallbackStatus": status, "ApproveTime": signed_at})
        });
        json!({"FlowId": "yD1", "FlowName": "合同", "FlowCallbackStatus": self.status, "UpdatedOn": self.at, "OccurTime": self.at,
            "Operate": self.operate, "RecipientId": self.actor.map_or(String::new(), |number| format!("r{number}")), "Approvers": signers.collect::<Vec<_>>()})
    }

    fn partner(&self) -> Value {
        let word = |status| match status {
            2 => "PENDING",
            3 => "ACCEPT",
            4 => "REJECT",
            5 => "DEADLINE",
            6 => "CANCEL",
            8 => "FILLPENDING",
            9 => "STOP",
            10 => "FILLACCEPT",
            15 => "RELIEVED",
            other => panic!("no word for {other}"),
        };
        let status = match self.status {
            1 | 8 => "INIT",
            2 => "PART",
            3 => "REJECT",
            4 => "ALL",
            5 => "DEADLINE",
            6 => "CANCEL",
            16 => "INVALID",
            21 => "RELIEVED",
            other => panic!("no word for {other}"),
        };
        let signers = self.signers.iter().enumerate().map(|(number, (status, signed_at))| {
            json!({"RecipientId": format!("r{number}"), "ApproveName": "张三", "ApproveStatus": word(*status), "ApproveTime": signed_at})
        });
        json!({"FlowId": "yD1", "FlowName": "合同", "FlowStatus": status, "OccurTime": self.at, "Operate": self.operate,
            "FlowApproverInfos": signers.collect::<Vec<_>>()})
    }

    fn described(&self) -> ess::FlowDetailInfo {
        let signers = self.signers.iter().enumerate().map(|(number, (status, signed_at))| ess::FlowApproverDetail {
            recipient_id: format!("r{number}"),
            approve_name: "张三".into(),
            approve_status: *status,
            approve_time: *signed_at,
            ..Default::default()
        });
        ess::FlowDetailInfo {
            flow_id: "yD1".into(),
            flow_name: "合同".into(),
            flow_status: self.status,
            flow_approver_infos: signers.collect(),
            ..Default::default()
        }
    }
}

/// A life, and its messages by number: each at least once, some repeated, shuffled.
fn lives_in_disorder() -> impl Strategy<Value = (Life, Vec<usize>)> {
    lives().prop_flat_map(|life| {
        let count = life.messages().len();
        let repeated = prop::collection::vec(0..count, 0..8);
        let order = repeated.prop_map(move |repeated| (0..count).chain(repeated).collect::<Vec<_>>()).prop_shuffle();
        (Just(life), order)
    })
}

fn state(tracker: &FlowTracker) -> FlowState {
    tracker.flow("yD1").unwrap().clone()
}

/// How far a status is, by this test's own reckoning.
fn rank(status: FlowStatus) -> u8 {
    match status.code() {
        None | Some(0 | 7) => 0,
        Some(8 | 9) => 1,
        Some(1) => 2,
        Some(2) => 3,
        Some(21) => 5,
        Some(_) => 4,
    }
}

fn runs_backwards(before: &FlowState, after: &FlowState) -> bool {
    let left_its_end = before.status.is_final()
        && before.status != after.status
        && (before.status, after.status) != (FlowStatus::Completed, FlowStatus::Released);
    let a_signer_did = before.approvers.iter().any(|(recipient, was)| {
        let is = &after.approvers[recipient];
        let released = (was.status, is.status) == (ApproverStatus::Signed, ApproverStatus::Released);
        was.status.is_final() && was.status != is.status && !released
    });
    rank(after.status) < rank(before.status) || left_its_end || a_signer_did || after.updated_at < before.updated_at
}

proptest! {
    #[test]
    fn any_order_with_repetitions_ends_in_the_same_state_and_never_runs_backwards((life, order) in lives_in_disorder()) {
        let messages = life.messages();
        let mut in_order = FlowTracker::new();
        for message in &messages {
            let folded = in_order.fold(message).unwrap();
            prop_assert!(!folded.repeated && folded.change.unwrap().conflicts.is_empty());
        }

        let mut shuffled = FlowTracker::remembering(3);
        for number in order {
            let before = shuffled.flow("yD1").cloned();
            let change = shuffled.fold(&messages[number]).unwrap().change.unwrap();
            prop_assert!(change.conflicts.is_empty(), "{:?}", change.conflicts);
            if let Some(before) = before {
                prop_assert!(!runs_backwards(&before, &state(&shuffled)), "{before:?} {:?}", state(&shuffled));
            }
        }

        prop_assert_eq!(state(&shuffled), state(&in_order));
    }

    #[test]
    fn what_it_ends_in_is_what_was_told_last(life in lives()) {
        let mut tracker = FlowTracker::new();
        for message in life.messages() {
            let _ = tracker.fold(&message).unwrap();
        }

        let (flow, last) = (state(&tracker), life.moments().pop().unwrap());
        let status = match (life.generation, last.status) {
            (Generation::Partner, 1 | 8) => Some(FlowStatus::Open),
            (_, status) => FlowStatus::from_code(status),
        };
        prop_assert_eq!(Some(flow.status), status);
        prop_assert_eq!(flow.updated_at, last.at);
        for (number, (status, signed_at)) in last.signers.iter().enumerate() {
            let approver = &flow.approvers[&format!("r{number}")];
            prop_assert_eq!(Some(approver.status), ApproverStatus::from_code(*status));
            prop_assert_eq!(approver.signed_at, *signed_at);
        }
    }

    #[test]
    fn answers_old_and_new_between_the_messages_never_run_it_backwards(
        (life, order) in lives_in_disorder(),
        asked in prop::collection::vec(any::<prop::sample::Index>(), 24),
    ) {
        let (messages, moments) = (life.messages(), life.moments());
        let mut tracker = FlowTracker::new();
        let mut before = FlowState::unheard_of("yD1");
        for (number, asked) in order.iter().zip(asked.iter().cycle()) {
            let told = tracker.fold(&messages[*number]).unwrap().change.unwrap();
            let answered = tracker.reconcile(&asked.get(&moments).described());
            for conflict in told.conflicts.iter().chain(&answered.conflicts) {
                let overtaken = matches!(conflict, Conflict::DescribedBehind { .. });
                prop_assert!(overtaken, "{conflict}");
            }
            prop_assert!(!runs_backwards(&before, &state(&tracker)));
            before = state(&tracker);
        }

        let last = moments.last().unwrap().described();
        let change = tracker.reconcile(&last);
        prop_assert!(change.conflicts.is_empty(), "{:?}", change.conflicts);
        prop_assert_eq!(state(&tracker).status.code(), Some(last.flow_status));
    }
}
