use std::collections::BTreeSet;

use super::*;
use crate::callbacks::delivery::{Attempt, Outcome};
use crate::domain::event::{About, Happening};
use crate::domain::samples::NOW;
use crate::engine::samples::{address, message};

/// A desk with what else a world has for it.
struct Scene {
    desk: Desk,
    ids: Ids,
    timers: Timers,
}

impl Scene {
    fn new(bounds: Bounds) -> Self {
        let mut desk = Desk { bounds, ..Desk::default() };
        desk.add_address(address());
        Self { desk, ids: Ids::new(1), timers: Timers::default() }
    }

    fn tell(&mut self) {
        let settings = Settings { billing_callbacks: crate::engine::settings::Switch::Off, ..Settings::default() };
        let about = About::Flow(Happening::Started, message().kind.flow().unwrap().clone());
        let event = Event { at: NOW, about };
        let hearing = Hearing::Companies(vec!["own".into()]);
        self.desk.tell(event, &hearing, &settings, &mut self.ids, &mut self.timers);
    }

    fn take(&mut self) -> Vec<u64> {
        self.take_beside(&BTreeSet::new())
    }

    fn take_beside(&mut self, busy: &BTreeSet<String>) -> Vec<u64> {
        self.desk.take_due(busy, NOW, &mut self.timers).into_iter().map(|due| due.number).collect()
    }
}

fn states(desk: &Desk) -> Vec<DeliveryState> {
    desk.deliveries().map(|(_, one)| one.state).collect()
}

#[test]
fn one_attempt_at_a_time_leaves_a_lane_in_order() {
    let mut scene = Scene::new(Bounds::default());
    for _ in 0..3 {
        scene.tell();
    }

    assert_eq!(scene.take(), [0]);

    let busy = BTreeSet::from(["address".to_owned()]);
    assert!(scene.take_beside(&busy).is_empty() && !scene.desk.has_due(&busy));
    assert_eq!(scene.take(), [1]);
}

#[test]
fn what_does_not_fit_is_dropped_and_counted_the_oldest_first() {
    let mut scene = Scene::new(Bounds { finished: 10, unfinished: 2 });
    scene.tell();
    scene.take();
    for _ in 0..3 {
        scene.tell();
    }

    assert_eq!((scene.desk.dropped("address"), scene.desk.backlog("address")), (2, 2));
    let [sending, second, third, last] = states(&scene.desk)[..] else { panic!("four: {:?}", states(&scene.desk)) };
    assert_eq!((sending, second, third), (DeliveryState::Sending, DeliveryState::Dropped, DeliveryState::Dropped));
    assert!(!last.is_final());
    assert_eq!(scene.take(), [3], "what was dropped is passed over");
}

#[test]
fn other_bounds_hold_at_once() {
    let mut scene = Scene::new(Bounds::default());
    for _ in 0..5 {
        scene.tell();
    }
    let settings = Settings { callback_backlog: 2.try_into().unwrap(), ..Settings::default() };
    scene.desk.resize(&settings, &mut scene.timers);
    assert_eq!((scene.desk.dropped("address"), scene.desk.backlog("address")), (3, 2));
}

#[test]
fn the_log_forgets_the_oldest_finished_delivery() {
    let mut scene = Scene::new(Bounds { finished: 2, unfinished: 10 });
    for number in 0..4 {
        scene.tell();
        scene.take();
        let (outcome, took) = (Outcome::Answered(200), std::time::Duration::ZERO);
        let attempt = Attempt::new(NOW, outcome, took, Arc::new(address()));
        scene.desk.record(number, attempt, &mut scene.timers);
    }

    assert_eq!(scene.desk.deliveries().map(|(number, _)| number).collect::<Vec<_>>(), [2, 3]);
    assert_eq!((scene.desk.attempts_recorded(), scene.desk.backlog("address")), (4, 0));
}

#[test]
fn what_is_on_its_way_goes_by_the_address_as_it_is_now() {
    let mut scene = Scene::new(Bounds::default());
    scene.tell();
    assert!(scene.desk.change_address(Address { url: "http://127.0.0.1:10/".into(), ..address() }));
    let due = scene.desk.take_due(&BTreeSet::new(), NOW, &mut scene.timers);
    assert_eq!(due[0].delivery.address.url, "http://127.0.0.1:10/");
    assert!(!scene.desk.change_address(Address { id: "nobody".into(), ..address() }));
}

#[test]
fn a_desk_that_was_written_down_is_read_with_what_is_held() {
    let mut scene = Scene::new(Bounds::default());
    let policy = serde_json::json!({ "shuffle": { "messages": 9 }, "swap": [
        { "send": "FlowStatusChange/start", "before": "BillingUse" }] });
    scene.desk.set_disorder(serde_json::from_value(policy).unwrap());
    for _ in 0..3 {
        scene.tell();
    }
    assert_eq!(scene.desk.pens.len(), 1);

    let text = serde_json::to_string(&scene.desk).unwrap();
    let mut read: Desk = serde_json::from_str(&text).unwrap();
    read.reindex();

    assert!(read == scene.desk, "{text}");
}
