//! Whatever the policy and whatever happens: nothing is lost but what the log says was, nothing comes before its event,
//! every byte is right, and nothing is held for ever.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::callbacks::delivery::{Attempt, DeliveryState, Outcome};
use crate::callbacks::disorder::Disorder;
use crate::callbacks::payload;
use crate::domain::event::Happening;
use crate::domain::ids::FlowId;
use crate::domain::samples::{NOW, directory, flow_of_three};
use crate::domain::time::{DAY, Timestamp};
use crate::engine::samples::address;
use crate::engine::world::{Outbox, World};

/// Far beyond every deadline and every hold.
const THE_END: Duration = Duration::from_secs(500 * 24 * 60 * 60);

/// What happens.
#[derive(Clone, Debug)]
enum Move {
    Launch,
    Sign(usize),
    Cancel(usize),
}

/// Where the policy is set.
#[derive(Clone, Copy, Debug)]
enum Place {
    World,
    Address,
    Contracts,
}

/// What reached the receiver: when, which message, what it said.
type Arrival = (Timestamp, String, Vec<u8>);

/// A world and its one receiver, who answers at once.
struct Play {
    world: World,
    flows: Vec<FlowId>,
    policy: Disorder,
    place: Place,
    arrivals: Vec<Arrival>,
}

impl Play {
    fn new(seed: u64, policy: &Disorder, place: Place) -> Self {
        let mut world = World::new(seed);
        world.now = NOW;
        world.directory = directory();
        let mut receiver = address();
        match place {
            Place::World => world.callbacks.set_disorder(policy.clone()),
            Place::Address => receiver.disorder = Some(policy.clone().into()),
            Place::Contracts => {}
        }
        world.callbacks.add_address(receiver);
        Self { world, flows: Vec::new(), policy: policy.clone(), place, arrivals: Vec::new() }
    }

    fn through(seed: u64, policy: &Disorder, place: Place, moves: &[(u64, Move)]) -> Self {
        let mut play = Self::new(seed, policy, place);
        for (seconds, what) in moves {
            play.run(Duration::from_secs(*seconds));
            play.perform(what);
        }
        play.run(THE_END);
        play
    }

    fn perform(&mut self, what: &Move) {
        let (now, mut outbox) = (self.world.now, Outbox::new());
        // A move that is refused changes nothing; the sequences need not know whose turn it is.
        match what {
            Move::Launch => {
                let mut flow = flow_of_three(false);
                flow.id = format!("flow-{}", self.flows.len()).into();
                flow.updated_at = now;
                let (id, happened) = (flow.id.clone(), vec![Happening::Charged, Happening::Started]);
                if let Place::Contracts = self.place {
                    self.world.callbacks.set_disorder_of_flow(id.clone(), Some(self.policy.clone()));
                }
                self.world.add_flow(flow, happened, &mut outbox).unwrap();
                self.flows.push(id);
            }
            Move::Sign(flow) => {
                let Some(id) = self.flows.get(*flow).cloned() else { return };
                let approvers = self.world.flows.get(id.as_str()).unwrap().approvers.clone();
                let due = approvers.iter().find(|one| one.is_due());
                let _: Option<Result<(), _>> =
                    due.map(|one| self.world.sign_flow(&id, &one.recipient, now, &mut outbox));
            }
            Move::Cancel(flow) => {
                let Some(id) = self.flows.get(*flow).cloned() else { return };
                let _: Result<(), _> = self.world.cancel_flow(&id, "no", now, &mut outbox);
            }
        }
        self.world.tell(outbox);
    }

    /// Lets so much time pass, every timer at its moment, every attempt answered before the next.
    fn run(&mut self, span: Duration) {
        let target = self.world.now.plus(span);
        loop {
            self.send_what_is_due();
            let mut outbox = Outbox::new();
            if !self.world.fire_next(target, &mut outbox) {
                break;
            }
            self.world.tell(outbox);
        }
        self.world.now = target;
    }

    fn send_what_is_due(&mut self) {
        loop {
            let World { callbacks, timers, now, settings, .. } = &mut self.world;
            let due = callbacks.take_due(&BTreeSet::new(), *now, timers);
            if due.is_empty() && !callbacks.has_due(&BTreeSet::new()) {
                return;
            }
            for one in due {
                let (message, address) = (&one.delivery.message, one.delivery.address.clone());
                self.arrivals.push((*now, message.id.to_string(), payload::plaintext(message, &address, settings)));
                let attempt = Attempt::new(*now, Outcome::Answered(200), Duration::ZERO, address);
                callbacks.record(one.number, attempt, timers);
            }
        }
    }
}

fn named() -> impl Strategy<Value = Value> {
    const NAMES: &[&str] = &[
        "FlowStatusChange",
        "FlowStatusChange/start",
        "FlowStatusChange/sign",
        "FlowStatusChange/finish",
        "FlowStatusChange/cancel",
        "BillingUse",
        "FlowCost",
    ];
    prop::sample::select(NAMES).prop_map(|name| json!(name))
}

fn span() -> impl Strategy<Value = Value> {
    (0u32..100_000).prop_map(|seconds| json!(format!("{seconds}s")))
}

fn spread() -> impl Strategy<Value = Value> {
    prop_oneof![
        span().prop_map(|span| json!({ "fixed": span })),
        (0u32..100, 0u32..10_000).prop_map(
            |(from, more)| json!({ "uniform": { "from": format!("{from}s"), "to": format!("{}s", from + more) } })
        ),
        span().prop_map(|mean| json!({ "exponential": { "mean": mean } })),
    ]
}

/// Who is meant, and how often.
fn chosen() -> impl Strategy<Value = Value> {
    (prop::collection::vec(named(), 0..3), 0u32..=4)
        .prop_map(|(only, quarters)| json!({ "only": only, "probability": f64::from(quarters) / 4.0 }))
}

fn with(mut object: Value, name: &str, value: impl Into<Value>) -> Value {
    object[name] = value.into();
    object
}

fn policy() -> impl Strategy<Value = Disorder> {
    let lose = chosen();
    let lose_first = (chosen(), 1u8..=5, any::<bool>()).prop_map(|(one, attempts, answer)| {
        with(with(one, "attempts", attempts), "how", if answer { "answer" } else { "request" })
    });
    let duplicate =
        (chosen(), 1u8..5, spread()).prop_map(|(one, copies, gap)| with(with(one, "copies", copies), "gap", gap));
    let outdated = (chosen(), span()).prop_map(|(one, within)| with(one, "within", within));
    let delay = (chosen(), spread()).prop_map(|(one, by)| with(one, "by", by));
    let shuffle = (2u32..6, span()).prop_map(|(messages, within)| json!({ "messages": messages, "within": within }));
    let merge = prop_oneof![
        (1u32..6).prop_map(|messages| json!({ "messages": messages })),
        Just(json!({ "at": "2023-11-14T22:20:00Z" })),
        span().prop_map(|within| json!({ "within": within })),
    ];
    let swap = prop::collection::vec(
        (named(), named(), span())
            .prop_filter("a pair is of two", |(send, before, _)| send != before)
            .prop_map(|(send, before, within)| json!({ "send": send, "before": before, "within": within })),
        0..3,
    );
    let some = prop::option::of::<BoxedStrategy<Value>>;
    let kinds = (
        prop::option::weighted(0.2, lose),
        some(lose_first.boxed()),
        some(duplicate.boxed()),
        some(outdated.boxed()),
        some(delay.boxed()),
        some(shuffle.boxed()),
        some(merge.boxed()),
        swap,
    );
    kinds.prop_map(|(lose, lose_first, duplicate, outdated, delay, shuffle, merge, swap)| {
        let kinds = [
            ("lose", lose),
            ("lose_first", lose_first),
            ("duplicate", duplicate),
            ("outdated", outdated),
            ("delay", delay),
            ("shuffle", shuffle),
            ("merge", merge),
            ("swap", Some(Value::Array(swap))),
        ];
        let object = kinds.into_iter().filter_map(|(name, kind)| Some((name.to_owned(), kind?)));
        serde_json::from_value(Value::Object(object.collect())).unwrap()
    })
}

fn moves() -> impl Strategy<Value = Vec<(u64, Move)>> {
    let what = prop_oneof![
        2 => Just(Move::Launch),
        4 => (0usize..4).prop_map(Move::Sign),
        1 => (0usize..4).prop_map(Move::Cancel),
    ];
    prop::collection::vec((0u64..600, what), 1..20)
}

fn place() -> impl Strategy<Value = Place> {
    prop::sample::select(&[Place::World, Place::Address, Place::Contracts][..])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_policy_every_message_not_lost_arrives_with_its_bytes_and_never_early(
        policy in policy(), place in place(), moves in moves(), seed: u64,
    ) {
        let in_order = Play::through(seed, &Disorder::default(), place, &moves).arrivals;
        let expected: BTreeMap<&String, (&Timestamp, &Vec<u8>)> =
            in_order.iter().map(|(at, id, bytes)| (id, (at, bytes))).collect();

        let play = Play::through(seed, &policy, place, &moves);

        let mut missing: BTreeSet<&String> = expected.keys().copied().collect();
        for (at, id, bytes) in &play.arrivals {
            let (made, right) = expected[id];
            prop_assert!(at >= made && bytes == right, "{id} came at {at}, was made at {made}");
            missing.remove(id);
        }
        let lost: BTreeSet<String> = (play.world.callbacks.deliveries())
            .filter(|(_, one)| one.state == DeliveryState::Lost && one.fate.lost.is_some())
            .map(|(_, one)| one.message.id.to_string())
            .collect();
        prop_assert_eq!(missing.into_iter().cloned().collect::<BTreeSet<_>>(), lost);
        let desk = &play.world.callbacks;
        prop_assert!(desk.deliveries().all(|(_, one)| one.state.is_final()));
        prop_assert!(desk.pens.is_empty() && desk.unfinished.is_empty() && desk.lanes.is_empty());
    }

    #[test]
    fn one_seed_gives_one_order(policy in policy(), place in place(), moves in moves(), seed: u64) {
        let [first, second] = [0, 1].map(|_| Play::through(seed, &policy, place, &moves));
        prop_assert_eq!(first.arrivals, second.arrivals);
        prop_assert!(first.world == second.world);
    }

    #[test]
    fn without_a_policy_messages_come_at_once_in_the_order_of_events(moves in moves(), seed: u64) {
        let play = Play::through(seed, &Disorder::default(), Place::World, &moves);
        let made: Vec<_> = play.world.callbacks.deliveries().map(|(_, one)| (one.created_at, one.message.id.to_string())).collect();
        let came: Vec<_> = play.arrivals.into_iter().map(|(at, id, _)| (at, id)).collect();
        prop_assert!(made.is_sorted_by_key(|(at, _)| *at));
        prop_assert_eq!(came, made);
    }
}

/// A contract launched and signed by both who sign by hand; a minute between. The machine follows by itself.
fn signed() -> Vec<(u64, Move)> {
    vec![(0, Move::Launch), (60, Move::Sign(0)), (60, Move::Sign(0))]
}

/// What a policy makes of that: seconds since the start, and which message.
fn told(policy: Value, moves: &[(u64, Move)]) -> Vec<(u64, String)> {
    let policy: Disorder = serde_json::from_value(policy).unwrap();
    let play = Play::through(7, &policy, Place::World, moves);
    let told = |bytes: &[u8]| {
        let message: Value = serde_json::from_slice(bytes).unwrap();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        [text(&message["MsgType"]), text(&message["MsgData"]["Operate"])].join(" ").trim().to_owned()
    };
    let arrivals = play.arrivals.iter().map(|(at, _, bytes)| (at.since(NOW).as_secs(), told(bytes)));
    // A contract nobody signs expires a year later.
    arrivals.filter(|(at, _)| *at < 300 * DAY.as_secs()).collect()
}

fn names(told: &[(u64, String)]) -> Vec<&str> {
    told.iter().map(|(_, name)| name.trim_start_matches("FlowStatusChange ")).collect()
}

#[test]
fn in_order_a_contract_tells_its_life() {
    let told = told(json!("in order"), &signed());
    assert_eq!(names(&told), ["BillingUse", "FlowCost", "start", "sign", "sign", "sign", "finish"]);
}

#[test]
fn finish_goes_before_every_sign_when_the_two_are_swapped() {
    let policy = json!({ "swap": [{ "send": "FlowStatusChange/finish", "before": "FlowStatusChange/sign" }] });
    let told = told(policy, &signed());
    assert_eq!(names(&told), ["BillingUse", "FlowCost", "start", "finish", "sign", "sign", "sign"]);
    assert!(told[3..].iter().all(|(at, _)| *at == 122), "{told:?}");
}

#[test]
fn who_waits_in_vain_goes_at_the_latest_moment_and_who_comes_later_does_not_wait() {
    let policy = json!({ "swap": [
        { "send": "FlowStatusChange/cancel", "before": "FlowStatusChange/start", "within": "10s" },
        { "send": "BillingUse", "before": "FlowCost" },
    ] });
    let told = told(policy, &signed());
    assert_eq!(told[..3], [(0, "BillingUse".into()), (0, "FlowCost".into()), (10, "FlowStatusChange start".into())]);
}

#[test]
fn an_outdated_message_comes_once_its_contract_has_moved_on() {
    let policy = json!({ "outdated": { "only": ["FlowStatusChange/start", "FlowStatusChange/sign"], "within": "1d" } });
    let told = told(policy, &signed());
    let at: Vec<u64> = told.iter().map(|(at, _)| *at).collect();
    assert_eq!(names(&told), ["BillingUse", "FlowCost", "start", "sign", "sign", "finish", "sign"]);
    assert_eq!(at, [0, 0, 60, 120, 122, 122, 122 + DAY.as_secs()], "the last one has nothing to wait for");
}

#[test]
fn merged_messages_come_at_one_moment() {
    let told = told(json!({ "merge": { "at": "2023-11-14T22:14:50Z" } }), &signed());
    let at: Vec<u64> = told.iter().map(|(at, _)| *at).collect();
    assert_eq!(at, [90, 90, 90, 90, 120, 122, 122]);
    assert_eq!(names(&told)[..4], ["BillingUse", "FlowCost", "start", "sign"], "in order");
}

#[test]
fn a_shuffled_window_holds_the_same_messages_in_another_order() {
    let told = told(json!({ "shuffle": { "messages": 7 } }), &signed());
    assert!(told.iter().all(|(at, _)| *at == 122));
    let order = names(&told);
    let mut sorted = order.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, ["BillingUse", "FlowCost", "finish", "sign", "sign", "sign", "start"]);
    assert_ne!(order, ["BillingUse", "FlowCost", "start", "sign", "sign", "sign", "finish"]);
}

#[test]
fn a_window_that_stays_half_full_is_shuffled_when_its_time_is_over() {
    let told = told(json!({ "shuffle": { "messages": 100, "within": "30s" } }), &signed()[..1]);
    assert!(told.len() == 3 && told.iter().all(|(at, _)| *at == 30), "{told:?}");
}

#[test]
fn copies_and_lost_attempts_follow_their_ladders() {
    let policy = json!({
        "duplicate": { "only": ["FlowStatusChange/start"], "copies": 2, "gap": { "fixed": "1m" } },
        "lose_first": { "only": ["BillingUse"], "attempts": 2 },
        "lose": { "only": ["FlowCost"] },
    });
    let told = told(policy, &signed()[..1]);
    assert_eq!(names(&told), ["start", "BillingUse", "start", "start"]);
    assert_eq!(told.iter().map(|(at, _)| *at).collect::<Vec<_>>(), [0, 1, 60, 120], "after waits of 0.5 s and 1 s");
}
