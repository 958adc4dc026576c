//! What holds for a whole world, whatever is tried in it in whatever order: contracts alone and in groups, releases, quota,
//! timers, callbacks.

#![allow(clippy::wildcard_enum_match_arm, reason = "most moves are all alike to most questions")]

mod branches;
mod people;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::ids::Kind;
use super::samples::address;
use super::settings::Settings;
use super::timetable::timers_of;
use super::world::{Outbox, World};
use crate::callbacks::message::{CallbackType, MessageKind, Operate, told_of};
use crate::domain::approver::{Approver, ForwardKind, Person, Slot};
use crate::domain::autopilot::{AutopilotRule, Deed};
use crate::domain::claim::Claimant;
use crate::domain::event::{About, Happening};
use crate::domain::flow::{Ended, Flow, FlowState, Membership};
use crate::domain::group::{FlowGroup, GroupStatus};
use crate::domain::ids::{FlowGroupId, FlowId, RecipientId};
use crate::domain::launch::{FlowIds, NewComponent, NewFlow, draft};
use crate::domain::life::TRANSITIONS;
use crate::domain::life::changing::REMINDERS;
use crate::domain::life::filling::Fill;
use crate::domain::life::reviewing::Ruling;
use crate::domain::organization::Quota;
use crate::domain::refusal::Refusal;
use crate::domain::samples::{NOW, at, directory, initiator, operator, person, placed, sample_flow};
use crate::domain::status::FlowStatus;
use crate::domain::time::Timestamp;

/// How many contracts the company may launch: few enough to run out.
const BOUGHT: u64 = 5;

/// One thing somebody tries. Contracts and signers are named by number, counted round.
#[derive(Clone, Debug)]
enum Move {
    Launch(Shape),
    Draft(Shape),
    Start(usize),
    Group(Vec<Shape>),
    Sign(usize, usize),
    Fill(usize, usize),
    Reject(usize, usize),
    Review(usize, Option<usize>, Ruling),
    Forward(usize, usize),
    Extend(usize, i64),
    ExtendFor(usize, usize, i64),
    Remind(usize, usize),
    Name(usize, usize),
    Claim(usize, usize),
    Join(usize),
    Archive(usize),
    Invalidate(usize),
    Cancel(usize),
    Release(usize),
    Autopilot(Option<u32>),
    Wait,
}

impl Move {
    /// The contract and the signer it is about.
    fn about(&self) -> (Option<usize>, Option<usize>) {
        match self {
            Self::Launch(_) | Self::Draft(_) | Self::Group(_) | Self::Autopilot(_) | Self::Wait => (None, None),
            Self::Start(flow)
            | Self::Extend(flow, _)
            | Self::Join(flow)
            | Self::Archive(flow)
            | Self::Invalidate(flow)
            | Self::Cancel(flow)
            | Self::Release(flow) => (Some(*flow), None),
            Self::Sign(flow, place)
            | Self::Fill(flow, place)
            | Self::Reject(flow, place)
            | Self::Forward(flow, place)
            | Self::ExtendFor(flow, place, _)
            | Self::Remind(flow, place)
            | Self::Name(flow, place)
            | Self::Claim(flow, place) => (Some(*flow), Some(*place)),
            Self::Review(flow, place, _) => (Some(*flow), *place),
        }
    }
}

/// What kind of contract it is.
#[derive(Clone, Debug)]
struct Shape {
    unordered: bool,
    signers: usize,
    own_deadline: Option<i64>,
    fills: bool,
    reviewed: bool,
    open_ended: bool,
    open_slot: bool,
}

fn shapes() -> impl Strategy<Value = Shape> {
    (any::<[bool; 5]>(), 1usize..=3, proptest::option::of(50i64..300)).prop_map(
        |([unordered, fills, reviewed, open_ended, open_slot], signers, own_deadline)| Shape {
            unordered,
            signers,
            own_deadline,
            // Nobody fills in where a company's machine, the third signer, signs.
            fills: fills && signers < 3,
            reviewed,
            open_ended,
            open_slot,
        },
    )
}

fn moves() -> impl Strategy<Value = Vec<(i64, Move)>> {
    let (flow, slot) = (0usize..4, 0usize..4);
    let task = || (flow.clone(), slot.clone());
    let ruling =
        prop_oneof![3 => Just(Ruling::Pass), 1 => Just(Ruling::Reject), 1 => Just(Ruling::End("不合规".into()))];
    let what = prop_oneof![
        6 => shapes().prop_map(Move::Launch),
        2 => shapes().prop_map(Move::Draft),
        2 => flow.clone().prop_map(Move::Start),
        2 => proptest::collection::vec(shapes(), 2..4).prop_map(Move::Group),
        16 => task().prop_map(|(flow, slot)| Move::Sign(flow, slot)),
        5 => task().prop_map(|(flow, slot)| Move::Fill(flow, slot)),
        1 => task().prop_map(|(flow, slot)| Move::Reject(flow, slot)),
        3 => (flow.clone(), proptest::option::of(slot.clone()), ruling).prop_map(|(flow, slot, ruling)| Move::Review(flow, slot, ruling)),
        1 => task().prop_map(|(flow, slot)| Move::Forward(flow, slot)),
        1 => (flow.clone(), 0i64..900).prop_map(|(flow, seconds)| Move::Extend(flow, seconds)),
        1 => (task(), 0i64..900).prop_map(|((flow, slot), seconds)| Move::ExtendFor(flow, slot, seconds)),
        1 => task().prop_map(|(flow, slot)| Move::Remind(flow, slot)),
        2 => task().prop_map(|(flow, slot)| Move::Name(flow, slot)),
        1 => task().prop_map(|(flow, slot)| Move::Claim(flow, slot)),
        1 => flow.clone().prop_map(Move::Join),
        2 => flow.clone().prop_map(Move::Archive),
        1 => flow.clone().prop_map(Move::Invalidate),
        2 => flow.clone().prop_map(Move::Cancel),
        3 => flow.prop_map(Move::Release),
        1 => proptest::option::of(0u32..20).prop_map(Move::Autopilot),
        2 => Just(Move::Wait),
    ];
    proptest::collection::vec((0i64..30, what), 1..24)
}

/// A world with one company, its address, and a small quota.
fn world() -> World {
    let mut world = World::new(1);
    world.now = NOW;
    world.directory = directory();
    *world.quota_mut(&"own".into()).expect("the sample's company") = Quota::bought(BOUGHT);
    world.callbacks.add_address(address());
    world
}

fn wanted(shape: &Shape, now: Timestamp) -> NewFlow {
    let mut new = sample_flow();
    new.unordered = shape.unordered;
    new.open_ended = shape.open_ended;
    new.needs_sign_review = shape.reviewed;
    new.deadline = Some(now.plus(std::time::Duration::from_secs(300)));
    new.approvers.truncate(shape.signers);
    if shape.fills {
        for approver in &mut new.approvers {
            approver.fills = vec![NewComponent { name: "地址".into(), required: true, ..placed("TEXT") }];
        }
    }
    if let Some(seconds) = shape.own_deadline {
        new.approvers[shape.signers - 1].deadline =
            Some(now.plus(std::time::Duration::from_secs(seconds.unsigned_abs())));
    }
    new
}

/// Who tries things in a world, and what the world must answer for.
struct Play {
    world: World,
    now: Timestamp,
    /// The status every contract was last heard of in.
    heard: BTreeMap<FlowId, FlowStatus>,
    charged: u64,
    refunded: u64,
}

impl Play {
    fn draft(&mut self, shape: &Shape) -> Flow {
        let new = wanted(shape, self.now);
        let signers = new.approvers.len();
        let ids = &mut self.world.ids;
        let fresh = FlowIds {
            flow: ids.next(Kind::Flow).into(),
            document: ids.next(Kind::Document).into(),
            approvers: (0..signers).map(|_| (ids.next(Kind::Recipient).into(), ids.next(Kind::Sign).into())).collect(),
        };
        let mut flow = draft(new, (&initiator(), &operator()), &self.world.directory, || fresh, self.now)
            .expect("the shapes are of valid contracts");
        if shape.open_slot {
            flow.approvers[0].slot = Slot::Open;
            flow.approvers[0].person = Person::default();
        }
        flow
    }

    fn left(&self) -> u64 {
        self.world.directory.organizations.get("own").map_or(0, |company| company.quota.left)
    }

    /// Refuses before anything is drawn, as every launching action does.
    fn afford(&self, contracts: u64) -> Result<(), Refusal> {
        if self.left() < contracts { Err(Refusal::QuotaExhausted) } else { Ok(()) }
    }

    fn launch(&mut self, mut flow: Flow, outbox: &mut Outbox) -> Result<(), Refusal> {
        let happened = flow.start(self.now);
        self.world.add_flow(flow, happened, outbox)
    }

    fn flow(&self, number: usize) -> Option<FlowId> {
        let count = self.world.flows.len();
        (count > 0).then(|| self.world.flows.iter().nth(number % count).map(|flow| flow.id.clone())).flatten()
    }

    fn slot(&self, flow: &FlowId, place: usize) -> RecipientId {
        let flow = self.world.flows.get(flow.as_str()).expect("it was just found");
        flow.approvers.get(place).map_or_else(|| "nobody".into(), |one| one.recipient.clone())
    }

    fn try_move(&mut self, what: &Move, outbox: &mut Outbox) -> Result<(), Refusal> {
        if let Move::Launch(shape) = what {
            self.afford(1)?;
            let flow = self.draft(shape);
            return self.launch(flow, outbox);
        }
        if let Move::Draft(shape) = what {
            let flow = self.draft(shape);
            self.world.add_draft(flow);
        }
        if let Move::Group(shapes) = what {
            return self.launch_group(shapes, outbox);
        }
        if let Move::Autopilot(delay) = what {
            self.choose(*delay);
        }
        let (flow, place) = what.about();
        let Some(id) = flow.and_then(|number| self.flow(number)) else { return Ok(()) };
        let slot = place.map_or_else(|| "nobody".into(), |place| self.slot(&id, place));
        let now = self.now;
        if let Move::Sign(..) = what {
            return self.world.sign_flow(&id, &slot, now, outbox);
        }
        if let Move::Cancel(_) = what {
            return self.world.cancel_flow(&id, "撤销", now, outbox);
        }
        if let Move::Release(_) = what {
            return self.release(&id, outbox);
        }
        let joiner = self.joiner(&id);
        self.world.change_flow(&id, now, outbox, |flow| changed(flow, what, &slot, joiner, now))
    }

    /// All or nothing.
    fn launch_group(&mut self, shapes: &[Shape], outbox: &mut Outbox) -> Result<(), Refusal> {
        self.afford(shapes.len() as u64)?;
        let id = FlowGroupId::from(self.world.ids.next(Kind::FlowGroup));
        let mut flows = Vec::new();
        for shape in shapes {
            let mut flow = self.draft(shape);
            flow.group = Some(Membership { id: id.clone(), name: "合同组".into() });
            flows.push(flow.id.clone());
            self.launch(flow, outbox)?;
        }
        self.world.groups.insert(FlowGroup {
            id,
            name: "合同组".into(),
            initiator: initiator(),
            flows,
            copies: Vec::new(),
            remarks: Vec::new(),
            created_at: self.now,
        });
        Ok(())
    }

    /// An agreement of one signer that releases a signed contract.
    fn release(&mut self, original: &FlowId, outbox: &mut Outbox) -> Result<(), Refusal> {
        self.world.flows.get(original.as_str()).expect("it was just found").ensure_releasable()?;
        self.afford(1)?;
        let shape = Shape {
            unordered: false,
            signers: 1,
            own_deadline: None,
            fills: false,
            reviewed: false,
            open_ended: false,
            open_slot: false,
        };
        let mut agreement = self.draft(&shape);
        agreement.releases = Some(original.clone());
        let id = agreement.id.clone();
        self.launch(agreement, outbox)?;
        let now = self.now;
        self.world.change_flow(original, now, outbox, |flow| flow.promise_release(Some(&id), now))
    }

    fn choose(&mut self, delay: Option<u32>) {
        let rule = |after| AutopilotRule {
            who: None,
            name: None,
            mobile: None,
            contract: None,
            act: Deed::Sign,
            after,
            values: BTreeMap::new(),
            reason: String::new(),
        };
        let settings = Settings { autopilot: delay.map(rule).into_iter().collect(), ..self.world.settings.clone() };
        self.world.choose(settings);
    }

    fn joiner(&mut self, flow: &FlowId) -> Approver {
        let flow = self.world.flows.get(flow.as_str()).expect("it was just found").clone();
        let number = flow.approvers.len();
        Approver {
            recipient: format!("{}-{number}", flow.id).into(),
            sign: format!("{}-{number}", flow.id).into(),
            slot: Slot::Named,
            person: person("后来者"),
            fills: Vec::new(),
            review: None,
            deadline: None,
            status: crate::domain::status::ApproverStatus::NotLaunched,
            due_since: None,
            signature: None,
            reminders: 0,
            forwards: Vec::new(),
            message: String::new(),
            ..flow.approvers[0].clone()
        }
    }

    /// Time passes to `now`: what became due runs, each at its own moment.
    fn pass(&mut self, seconds: i64) -> Outbox {
        self.now = at(self.now.seconds() - NOW.seconds() + seconds);
        let mut outbox = Outbox::new();
        while self.world.fire_next(self.now, &mut outbox) {}
        self.world.now = self.now;
        outbox
    }

    /// What happened is told: every message once, in order, and every status is one the contract may come to.
    fn tell(&mut self, outbox: Outbox) -> Result<(), TestCaseError> {
        let mut expected = Vec::new();
        for event in &outbox {
            expected.extend(told_of(event, &self.world.settings));
            let About::Flow(happening, flow) = &event.about else { continue };
            self.charged += u64::from(*happening == Happening::Charged);
            self.refunded += u64::from(*happening == Happening::Refunded);
            let status = flow.status();
            if let Some(before) = self.heard.insert(flow.id.clone(), status) {
                let allows = TRANSITIONS.iter().any(|row| row.from.contains(&before) && row.to.contains(&status));
                prop_assert!(before == status || allows, "{before:?} to {status:?} by {happening:?}");
            }
        }
        let before = self.world.callbacks.deliveries().count();
        self.world.tell(outbox);
        let sent = self.world.callbacks.deliveries().skip(before).map(|(_, one)| one.message.kind.clone());
        prop_assert_eq!(sent.collect::<Vec<_>>(), expected);
        Ok(())
    }

    fn stands(&self) -> Result<(), TestCaseError> {
        let quota = &self.world.directory.organizations.get("own").expect("the sample's company").quota;
        prop_assert_eq!(quota.bought + quota.refunded, quota.left + quota.charged);
        prop_assert_eq!((quota.bought, quota.charged, quota.refunded), (BOUGHT, self.charged, self.refunded));
        let paid = self.world.flows.iter().filter(|flow| self.heard_of_start(flow)).count() as u64;
        prop_assert_eq!(paid, self.charged, "every contract that started was paid for, once");

        let timers = self
            .world
            .flows
            .numbered()
            .flat_map(|(number, flow)| timers_of(number, flow, &self.world.settings, self.now));
        prop_assert_eq!(self.world.timers.all().collect::<BTreeSet<_>>(), timers.collect::<BTreeSet<_>>());

        for flow in self.world.flows.iter() {
            let told = self.heard.get(&flow.id).is_none_or(|heard| *heard == flow.status());
            prop_assert!(told || flow.state == FlowState::Draft, "nobody heard of {:?}", flow.status());
            self.release_stands(flow)?;
        }
        for group in self.world.groups.iter() {
            let flows: Vec<_> = group.flows.iter().filter_map(|id| self.world.flows.get(id.as_str())).collect();
            prop_assert_eq!(flows.len(), group.flows.len());
            let all = |how: fn(&Flow) -> bool| flows.iter().all(|flow| how(flow));
            let status = GroupStatus::of(flows.iter().map(AsRef::as_ref));
            prop_assert_eq!(status == GroupStatus::Signed, all(|flow| flow.state == FlowState::Ended(Ended::Signed)));
            prop_assert!(status != GroupStatus::Invalid || all(|flow| !flow.is_running()));
            prop_assert!(status != GroupStatus::Waiting || !all(|flow| !flow.is_running()));
        }
        Ok(())
    }

    fn heard_of_start(&self, flow: &Flow) -> bool {
        self.world.callbacks.deliveries().any(|(_, one)| {
            matches!(&one.message.kind, MessageKind::FlowStatusChange(change)
                if change.operate == Operate::Start && change.callback_type == CallbackType::Sign && change.flow.id == flow.id)
        })
    }

    /// An agreement everybody signed is released together with its contract, and neither without the other.
    fn release_stands(&self, flow: &Flow) -> Result<(), TestCaseError> {
        let released = |flow: &Flow| flow.state == FlowState::Ended(Ended::Released);
        if let Some(original) = &flow.releases {
            let original = self.world.flows.get(original.as_str()).expect("a released contract stays");
            prop_assert_ne!(flow.state, FlowState::Ended(Ended::Signed), "a signed agreement is carried out");
            prop_assert!(!released(flow) || released(original));
            prop_assert_eq!(flow.is_running(), original.release.as_ref() == Some(&flow.id) && !released(original));
        }
        if released(flow) && flow.releases.is_none() {
            let agreement = flow.release.as_ref().and_then(|id| self.world.flows.get(id.as_str()));
            prop_assert!(agreement.is_some_and(|agreement| released(agreement)));
        }
        Ok(())
    }
}

/// A rule of the contract's own.
fn changed(
    flow: &mut Flow,
    what: &Move,
    slot: &RecipientId,
    joiner: Approver,
    now: Timestamp,
) -> Result<Vec<Happening>, Refusal> {
    match what {
        Move::Start(_) => flow.ensure_startable(now).map(|()| flow.start(now)),
        Move::Fill(..) => flow.fill(slot, &[Fill { component: "地址".into(), value: "深圳".into() }], now),
        Move::Reject(..) => flow.reject(slot, "不同意", now),
        Move::Review(_, named, ruling) => flow.review(named.map(|_| slot), ruling, now),
        Move::Forward(..) => flow.forward(slot, person("接手人"), ForwardKind::Forwarded, "", now),
        Move::Extend(_, seconds) => flow.extend(at(*seconds), now),
        Move::ExtendFor(_, _, seconds) => flow.extend_for(slot, at(*seconds), now),
        Move::Remind(..) => flow.remind(slot, REMINDERS),
        Move::Name(..) => flow.name(slot, person("补充人"), now),
        Move::Claim(..) => flow.claim(slot, Claimant { person: person("补充人"), organization: None }, now),
        Move::Join(_) => flow.add_approvers(vec![joiner], now),
        Move::Archive(_) => flow.archive(now),
        Move::Invalidate(_) => flow.invalidate("更名", now),
        Move::Launch(_)
        | Move::Draft(_)
        | Move::Group(_)
        | Move::Sign(..)
        | Move::Cancel(_)
        | Move::Release(_)
        | Move::Autopilot(_)
        | Move::Wait => unreachable!("no rule of one contract: {what:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn no_order_of_moves_breaks_a_world(moves in moves()) {
        let mut play =
            Play { world: world(), now: NOW, heard: BTreeMap::new(), charged: 0, refunded: 0 };
        for (pause, what) in moves {
            let outbox = play.pass(pause);
            play.tell(outbox)?;

            let before = play.world.clone();
            let mut outbox = Outbox::new();
            let done = play.try_move(&what, &mut outbox);
            if done.is_err() {
                prop_assert!(play.world == before && outbox.is_empty(), "a refused call must leave no trace: {:?}", what);
            }
            play.tell(outbox)?;
            play.stands()?;
        }
    }
}
