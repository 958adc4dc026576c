//! Which calls are struck: counts, chance, time, order.

use ess_schemas::{ActionContract, Service, action};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::mentions::Mentions;
use super::*;
use crate::domain::time::MINUTE;
use crate::engine::ids::Ids;

const START: Timestamp = Timestamp::from_seconds(1_700_000_000);

fn contract(name: &str) -> &'static ActionContract {
    action(Service::Ess, name).unwrap()
}

fn rules(rules: &[Value]) -> Faults {
    let mut faults = Faults::default();
    for rule in rules {
        let rule: Rule = serde_json::from_value(rule.clone()).unwrap();
        assert_eq!(check::check(&rule), Ok(()));
        faults.mount(rule, START).unwrap();
    }
    faults
}

/// The id of the rule that strikes, once it has.
fn call(faults: &mut Faults, name: &str, now: Timestamp) -> Option<String> {
    let mentions = Mentions::default();
    let (organizations, flows, flow_names) = (Vec::new(), Vec::new(), Vec::new());
    let sight = Sight { contract: contract(name), organizations, flows, flow_names, mentions: &mentions };
    let strike = faults.weigh(&sight, now, |rule, call| Ids::new(7).dice(rule, call))?;
    faults.struck(&strike.rule);
    Some(strike.rule.to_string())
}

/// Which of so many calls are struck.
fn struck(faults: &mut Faults, calls: usize) -> Vec<usize> {
    (1..=calls).filter(|_| call(faults, "CancelFlow", START).is_some()).collect()
}

#[test]
fn calls_are_counted_from_one() {
    for (rule, expected) in [
        (json!({"nth": 3}), vec![3]),
        (json!({"first": 2}), vec![1, 2]),
        (json!({"every": 4}), vec![4, 8]),
        (json!({"every": 2, "times": 3}), vec![2, 4, 6]),
        (json!({"times": 1}), vec![1]),
        (json!({}), (1..=10).collect()),
    ] {
        let mut rule = rule;
        rule["effect"] = json!("drop");
        assert_eq!(struck(&mut rules(&[rule.clone()]), 10), expected, "{rule}");
    }
}

#[test]
fn only_calls_a_rule_is_for_are_counted() {
    let mut faults = rules(&[json!({"action": ["CancelFlow", "CreateFlow"], "nth": 2, "effect": "drop"})]);

    let struck =
        ["CancelFlow", "DescribeFlowInfo", "CreateFlow", "CancelFlow"].map(|name| call(&mut faults, name, START));

    assert_eq!(struck, [None, None, Some("fault-1".into()), None]);
    assert_eq!((faults.iter().next().unwrap().seen, faults.iter().next().unwrap().struck), (2, 1));
}

#[test]
fn the_first_rule_that_strikes_decides_and_those_behind_it_have_not_seen_the_call() {
    let mut faults = rules(&[
        json!({"id": "first", "first": 2, "effect": "drop"}),
        json!({"id": "then", "nth": 1, "effect": "html"}),
        json!({"id": "at-last", "effect": "rate_limit"}),
    ]);

    let struck: Vec<_> = (0..4).filter_map(|_| call(&mut faults, "CancelFlow", START)).collect();

    assert_eq!(struck, ["first", "first", "then", "at-last"]);
}

#[test]
fn a_rule_lives_as_long_as_its_ttl_in_the_worlds_time() {
    let mut faults = rules(&[json!({"ttl": "1m", "effect": "drop"})]);
    let end = START.plus(MINUTE);

    assert!(call(&mut faults, "CancelFlow", end.minus(Duration::from_millis(1))).is_some());
    assert_eq!(call(&mut faults, "CancelFlow", end), None);
    assert_eq!(faults.iter().next().unwrap().standing(end), Standing::Expired);
}

#[test]
fn chance_comes_after_the_count_and_is_a_function_of_the_seed_the_rule_and_its_calls() {
    let chancy = json!({"first": 1000, "probability": 0.3, "effect": "drop"});
    let alone = struck(&mut rules(std::slice::from_ref(&chancy)), 2000);
    assert!((250..350).contains(&alone.len()), "{} of 1000", alone.len());
    assert!(alone.iter().all(|call| *call <= 1000));
    assert_eq!(struck(&mut rules(std::slice::from_ref(&chancy)), 2000), alone, "the same again");

    let other = json!({"action": "CreateFlow", "probability": 0.5, "effect": "drop"});
    let mut mixed = rules(&[chancy, other]);
    let in_company: Vec<usize> = (1..=1000)
        .filter(|_| {
            let struck = call(&mut mixed, "CancelFlow", START).is_some();
            call(&mut mixed, "CreateFlow", START);
            struck
        })
        .collect();
    // The first rule is for both, so it sees twice as many calls; its n-th call is struck all the same.
    let seen: Vec<usize> = alone.iter().copied().filter(|call| call % 2 == 1).map(|call| call.div_ceil(2)).collect();
    assert_eq!(in_company[..], seen[..]);
}

#[test]
fn a_rule_is_found_by_its_id_and_an_id_is_given_once() {
    let mut faults = rules(&[json!({"id": "fault-1", "effect": "drop"}), json!({"effect": "drop"})]);
    assert_eq!(faults.iter().map(|one| one.id.to_string()).collect::<Vec<_>>(), ["fault-1", "fault-2"]);

    let again: Rule = serde_json::from_value(json!({"id": "fault-2", "effect": "drop"})).unwrap();
    assert!(faults.mount(again.clone(), START).unwrap_err().contains("`fault-2` already"));
    assert!(faults.remove("fault-2") && !faults.remove("fault-2"));
    assert!(faults.mount(again, START).is_ok());
    assert_eq!(faults.clear(), 2);
}

#[test]
fn rules_that_strike_no_more_make_room_and_nothing_else_does() {
    let once = || serde_json::from_value::<Rule>(json!({"times": 1, "effect": "drop"})).unwrap();
    let mut faults = Faults::default();
    for _ in 0..RULES_KEPT {
        faults.mount(once(), START).unwrap();
    }
    assert!(faults.mount(once(), START).unwrap_err().contains("take some away first"));

    assert_eq!(call(&mut faults, "CancelFlow", START), Some("fault-1".into()));
    faults.mount(once(), START).unwrap();
    assert_eq!(faults.iter().count(), RULES_KEPT);
    assert!(faults.get("fault-1").is_none());
}

#[test]
fn a_rule_is_for_companies_contracts_and_signers_it_names() {
    let request = json!({"FlowId": "yDflow", "Approvers": [{"ApproverName": "张三", "ApproverMobile": "18888888888"}]});
    let mentions = Mentions::read(&request, true);
    let call = Sight {
        contract: contract("CancelFlow"),
        organizations: vec!["yDcompany".into(), "示例有限公司".into()],
        flows: vec!["yDflow".into()],
        flow_names: vec!["采购合同".into()],
        mentions: &mentions,
    };
    let is_for = |rule: Value| serde_json::from_value::<Rule>(rule).unwrap().is_for(&call);

    for (yes, no) in [
        (json!({"organization": "示例有限公司"}), json!({"organization": "另一家"})),
        (json!({"contract": "yDflow"}), json!({"contract": "yDother"})),
        (json!({"contract": "采购*"}), json!({"contract": "销售*"})),
        (json!({"approver": "张三"}), json!({"approver": "李四"})),
        (json!({"approver": "18888888888"}), json!({"approver": "18888888889"})),
        (json!({"service": "ess"}), json!({"service": "essbasic"})),
    ] {
        assert!(is_for(yes.clone()) && !is_for(no.clone()), "{yes} {no}");
    }
    assert!(!is_for(json!({"contract": "yDflow", "approver": "李四"})), "all of it must fit");
}

prop_compose! {
    fn any_rule()(
        action in proptest::option::of(proptest::sample::select(vec!["CancelFlow", "CreateFlow"])),
        first in proptest::option::of(1_u64..5),
        every in proptest::option::of(1_u64..4),
        probability in proptest::option::of(0.1_f64..=1.0),
        times in proptest::option::of(1_u64..4),
        ttl in proptest::option::of(1_u64..100),
    ) -> Rule {
        Rule {
            action: action.into_iter().map(str::to_owned).collect(),
            first: first.filter(|_| every.is_none()),
            every,
            probability,
            times,
            ttl: ttl.map(|seconds| crate::span::Span(Duration::from_secs(seconds))),
            effect: Some(Effect::Drop),
            ..Rule::default()
        }
    }
}

proptest! {
    /// However rules and calls follow one another: nobody strikes more often than told, later than told, or another action;
    /// and the same again gives the same.
    #[test]
    fn rules_keep_their_word(
        wanted in proptest::collection::vec(any_rule(), 1..6),
        calls in proptest::collection::vec((proptest::sample::select(vec!["CancelFlow", "CreateFlow"]), 0_u64..5), 1..60),
    ) {
        let play = || {
            let mut faults = Faults::default();
            for rule in &wanted {
                faults.mount(rule.clone(), START).unwrap();
            }
            let mut now = START;
            let mut struck = Vec::new();
            for (name, seconds) in &calls {
                now = now.plus(Duration::from_secs(*seconds));
                let rule = call(&mut faults, name, now);
                if let Some(rule) = rule.as_deref().and_then(|id| faults.get(id)) {
                    prop_assert!(rule.rule.is_for_action(contract(name)));
                    prop_assert!(rule.expires_at.is_none_or(|end| now < end));
                }
                struck.push(rule);
            }
            for one in faults.iter() {
                prop_assert!(one.struck <= one.seen);
                prop_assert!(one.rule.times.is_none_or(|times| one.struck <= times));
                prop_assert!(one.rule.first.is_none_or(|first| one.struck <= first));
            }
            Ok((faults, struck))
        };
        prop_assert_eq!(play()?, play()?);
    }
}
