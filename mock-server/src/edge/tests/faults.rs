//! Calls that fail on purpose.

use ess_schemas::Service;
use http_body_util::BodyExt as _;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::stage::Stage;
use crate::engine::clock::EdgeTime;
use crate::engine::world::World;
use crate::faults::effect::GATEWAY_STATUSES;
use crate::faults::magic::{Field, TABLE};
use crate::faults::rule::Rule;
use crate::faults::{Faults, codes};

impl Stage {
    fn fault(&self, rule: Value) {
        let rule: Rule = serde_json::from_value(rule).unwrap();
        let mounted = self.account().enter(EdgeTime::read(), |world, now, _| world.mount_fault(rule, now).map(|_| ()));
        mounted.unwrap();
    }

    /// What came back, as a client sees it; RequestIds apart.
    async fn seen(&self, action: &str, parameters: Value) -> Value {
        let response = self.exchange(Service::Ess, action, parameters.to_string()).await;
        let header = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        let mut seen = json!({
            "status": response.status().as_u16(),
            "type": header("content-type"),
            "fault": header("x-mock-fault"),
            "announced": header("content-length"),
        });
        seen["body"] = match response.into_body().collect().await {
            Ok(body) => {
                let bytes = body.to_bytes();
                serde_json::from_slice(&bytes).unwrap_or_else(|_| json!(String::from_utf8_lossy(&bytes)))
            }
            Err(_) => json!("broke off"),
        };
        seen
    }

    /// The world but for the counts of its rules.
    fn world(&self) -> World {
        let mut world = self.account().enter(EdgeTime::read(), |world, _, _| world.clone());
        world.faults = Faults::default();
        world
    }

    async fn cancel(&self, flow: &str) -> Value {
        self.seen("CancelFlow", self.cancel_request(flow)).await
    }

    fn cancel_request(&self, flow: &str) -> Value {
        json!({"Operator": self.operator(), "FlowId": flow, "CancelMessage": "写错了"})
    }

    fn struck(&self) -> Vec<u64> {
        self.account().enter(EdgeTime::read(), |world, _, _| world.faults.iter().map(|one| one.struck).collect())
    }

    fn is_cancelled(&self, flow: &str) -> bool {
        self.account().enter(EdgeTime::read(), |world, _, _| !world.flows.get(flow).unwrap().is_running())
    }
}

#[tokio::test]
async fn every_effect_comes_before_the_call_unless_it_says_after() {
    let stage = Stage::new();
    let flow = stage.launch().await;
    let before = stage.world();
    let mut seen = Vec::new();
    let effects = [
        json!({"error": {"code": "ResourceNotFound.Flow"}}),
        json!({"error": {"code": "InternalError", "message": "稍后再试"}}),
        json!("rate_limit"),
        json!("drop"),
        json!("html"),
    ];
    let pages = GATEWAY_STATUSES.map(|status| json!({"http": status}));
    for effect in effects.into_iter().chain(pages) {
        stage.fault(json!({"action": "CancelFlow", "times": 1, "effect": effect}));
        seen.push((effect, stage.cancel(&flow).await));
    }

    assert!(stage.world() == before, "nothing was done");
    assert!(!stage.is_cancelled(&flow));
    assert_eq!(stage.struck(), [1; 9]);
    insta::assert_json_snapshot!(seen);
}

#[tokio::test]
async fn the_nightmare_does_the_call_and_tells_the_client_that_it_failed() {
    let stage = Stage::new();
    for (effect, body) in [
        (json!({"error": {"code": "InternalError"}}), "内部错误。"),
        (json!("drop"), "broke off"),
        (json!("truncate"), "broke off"),
        (json!({"http": 504}), "504 Gateway Time-out"),
    ] {
        let flow = stage.launch().await;
        stage.fault(json!({"action": "CancelFlow", "times": 1, "effect": effect, "after": true}));

        let seen = stage.cancel(&flow).await;

        assert!(seen["body"].to_string().contains(body), "{seen}");
        assert!(stage.is_cancelled(&flow), "{effect}");
    }
    assert_eq!(stage.struck(), [1; 4]);
}

#[tokio::test]
async fn a_call_that_is_refused_stays_refused_and_does_not_use_up_the_rule() {
    let stage = Stage::new();
    let flow = stage.launch().await;
    stage.fault(
        json!({"action": "CancelFlow", "times": 1, "after": true, "effect": {"error": {"code": "InternalError"}}}),
    );

    let refused = stage.cancel("yDnothing").await;
    assert_eq!(
        (&refused["body"]["Response"]["Error"]["Code"], &refused["fault"]),
        (&json!("ResourceNotFound.Flow"), &json!(null))
    );
    assert_eq!(stage.struck(), [0]);

    let told = stage.cancel(&flow).await;
    assert_eq!(told["body"]["Response"]["Error"]["Code"], "InternalError");
    assert!(stage.is_cancelled(&flow));
}

#[tokio::test]
async fn an_answer_names_the_rule_unless_it_is_silent() {
    let stage = Stage::new();
    stage.fault(json!({"id": "loud", "times": 1, "effect": "rate_limit"}));
    stage.fault(json!({"id": "quiet", "times": 1, "effect": "rate_limit", "silent": true}));
    stage.fault(json!({"id": "late", "times": 1, "latency": "1ms"}));

    let mut named = Vec::new();
    for _ in 0..4 {
        named.push(stage.cancel("yDnothing").await["fault"].clone());
    }

    assert_eq!(named, [json!("loud"), json!(null), json!("late"), json!(null)]);
}

#[tokio::test]
async fn latency_holds_back_the_answer_and_nobody_else() {
    let stage = Stage::new();
    stage.fault(json!({"action": "CancelFlow", "latency": "2m"}));
    let flow = stage.launch().await;
    let others = async {
        while !stage.is_cancelled(&flow) {
            tokio::task::yield_now().await;
        }
        stage.call("DescribeFlowInfo", json!({"Operator": stage.operator(), "FlowIds": [flow]})).await
    };

    tokio::select! {
        answer = stage.cancel(&flow) => panic!("the call is done, and two minutes are not over: {answer}"),
        answer = others => assert!(answer.get("Error").is_none(), "{answer}"),
    }
}

#[tokio::test]
async fn rules_find_contracts_signers_and_companies_in_any_request() {
    let stage = Stage::new();
    let flow = stage.launch().await;
    let other = stage.launch().await;
    let company = stage.company().name.clone();
    let brief = |flow: &str| json!({"Operator": stage.operator(), "FlowIds": [flow]});
    let url = |mobile: &str| {
        let who = json!([{"ApproverType": 1, "ApproverName": "张三", "ApproverMobile": mobile}]);
        json!({"Operator": stage.operator(), "FlowId": other, "FlowApproverInfos": who})
    };
    for (rule, action, hit, miss) in [
        (json!({"contract": flow}), "DescribeFlowBriefs", brief(&flow), brief(&other)),
        (
            json!({"contract": "采购*", "action": "DescribeFlowBriefs"}),
            "DescribeFlowBriefs",
            brief(&flow),
            brief("yDnothing"),
        ),
        (json!({"approver": "18888888888"}), "CreateFlowSignUrl", url("18888888888"), url("18888888889")),
    ] {
        let mut rule = rule;
        rule["effect"] = json!("drop");
        stage.fault(rule);
        assert_eq!(stage.seen(action, miss).await["fault"], json!(null), "{action}");
        assert_ne!(stage.seen(action, hit).await["fault"], json!(null), "{action}");
        stage.account().enter(EdgeTime::read(), |world, _, _| world.faults.clear());
    }
    stage.fault(json!({"organization": company, "effect": "drop"}));
    assert_ne!(stage.seen("DescribeFlowBriefs", brief(&flow)).await["fault"], json!(null));
    let request = brief(&flow);
    let mut supplier = stage;
    supplier.acting = 1;
    assert_eq!(supplier.seen("DescribeFlowBriefs", request).await["fault"], json!(null));
}

#[tokio::test]
async fn a_reset_takes_rules_set_later_and_counts_and_keeps_those_of_the_file() {
    let mut file = (*Stage::new().file).clone();
    file.faults = vec![serde_json::from_value(json!({"id": "of-the-file", "first": 1, "effect": "drop"})).unwrap()];
    let stage = Stage::of(file);
    stage.fault(json!({"id": "later", "effect": "html"}));
    assert_eq!(stage.cancel("yDnothing").await["fault"], "of-the-file");
    assert_eq!(stage.cancel("yDnothing").await["fault"], "later");

    stage.account().reset(EdgeTime::read());

    assert_eq!(stage.cancel("yDnothing").await["fault"], "of-the-file");
    assert_eq!(stage.cancel("yDnothing").await["fault"], json!(null));
}

#[tokio::test]
async fn rules_and_their_chances_shift_no_id() {
    let ids = |rule: Option<Value>| async {
        let stage = Stage::new();
        if let Some(rule) = rule {
            stage.fault(rule);
        }
        [stage.launch().await, stage.launch().await]
    };
    let misses = json!({"action": "CreateFlowByFiles", "probability": 0.000_001, "effect": "drop"});
    assert_eq!(ids(Some(misses)).await, ids(None).await);
}

/// What a client sees of one launch with this name, and whether there is a contract afterwards.
async fn launch_named(stage: &Stage, name: &str) -> (Value, usize) {
    let mut request = stage.new_flow().await;
    request["FlowName"] = json!(name);
    let before = stage.world().flows.len();
    let seen = stage.seen("CreateFlowByFiles", request).await;
    (seen, stage.world().flows.len() - before)
}

#[tokio::test]
async fn every_magic_name_of_the_table_does_what_it_says() {
    let stage = Stage::new();
    let contract = ess_schemas::action(Service::Ess, "CreateFlowByFiles").unwrap();
    let published = |code: &&&str| !codes::is_common(code) && codes::text(code, Service::Ess).is_some();
    let code = *contract.codes.iter().find(published).expect("a code of its own");
    for row in TABLE.iter().filter(|row| row.field == Field::FlowName) {
        if row.input == "[MOCK slow]" {
            continue; // held up for three real seconds: below
        }
        let input = row.input.replace("CODE", code);
        let (seen, launched) = launch_named(&stage, &format!("{input} 采购合同")).await;

        assert!(seen["fault"].as_str().is_some_and(|rule| rule.starts_with("magic-")), "{input}: {seen}");
        assert_eq!(launched == 1, row.does.starts_with("The call is done"), "{input}: {}", row.does);
        assert_eq!(launched == 0, row.does.ends_with("Nothing is created."), "{input}: {}", row.does);
        let body = seen["body"].to_string();
        let expected = match row.input {
            "[MOCK error CODE]" => code,
            "[MOCK rate-limit]" => "RequestLimitExceeded",
            "[MOCK bad-gateway]" => "502 Bad Gateway",
            "[MOCK html]" => "Sign in",
            "[MOCK nightmare]" => "InternalError",
            _ => "broke off",
        };
        assert!(body.contains(expected), "{input}: {body}");
    }
}

#[tokio::test]
async fn a_slow_launch_is_done_before_it_is_answered() {
    let stage = Stage::new();
    let launched = async {
        while stage.world().flows.is_empty() {
            tokio::task::yield_now().await;
        }
    };

    tokio::select! {
        answer = launch_named(&stage, "[MOCK slow] 采购合同") => panic!("answered at once: {answer:?}"),
        () = launched => (),
    }
}

#[tokio::test]
async fn ordinary_names_and_unknown_marks_are_no_magic() {
    let stage = Stage::new();
    for name in [
        "采购合同",
        "[MOCK] 采购合同",
        "[MOCK nothing] 采购合同",
        "MOCK drop",
        "采购合同 [MOCK drop]",
        "[MOCK drop now]",
    ] {
        let (seen, launched) = launch_named(&stage, name).await;
        assert_eq!((&seen["fault"], launched), (&json!(null), 1), "{name}: {seen}");
    }
    let (seen, launched) = launch_named(&stage, "[MOCK error ResourceNotFound.SealNot] 采购").await;
    assert_eq!((&seen["fault"], launched), (&json!(null), 1), "not a code of this action: {seen}");
}

#[tokio::test]
async fn a_setting_switches_magic_off() {
    let stage = Stage::new();
    stage.account().enter(EdgeTime::read(), |world, _, _| {
        let settings = crate::engine::settings::Settings {
            magic_inputs: crate::engine::settings::Switch::Off,
            ..world.settings.clone()
        };
        world.choose(settings);
    });

    let (seen, launched) = launch_named(&stage, "[MOCK drop] 采购合同").await;

    assert_eq!((&seen["fault"], launched), (&json!(null), 1));
}

#[tokio::test]
async fn every_magic_signer_of_the_table_does_what_it_says() {
    let stage = Stage::new();
    for row in TABLE.iter().filter(|row| row.field != Field::FlowName) {
        let mut request = stage.new_flow().await;
        let mut signer = request["Approvers"][1].clone();
        signer[match row.field {
            Field::ApproverMobile => "ApproverMobile",
            Field::ApproverName => "ApproverName",
            Field::FlowName => unreachable!("filtered out"),
        }] = json!(row.input);
        let who = json!({"ApproverType": 1, "ApproverName": signer["ApproverName"], "ApproverMobile": signer["ApproverMobile"]});
        request["Approvers"] = json!([signer]);
        let launched = stage.call("CreateFlowByFiles", request).await;
        let flow = launched["FlowId"].as_str().unwrap_or_else(|| panic!("{}: {launched}", row.input)).to_owned();
        let link = json!({"Operator": stage.operator(), "FlowId": flow, "FlowApproverInfos": [who]});
        let link = stage.call("CreateFlowSignUrl", link).await;
        let url = link["FlowApproverUrlInfos"][0]["SignUrl"].as_str().unwrap_or_else(|| panic!("{link}"));
        let (_, token) = url.rsplit_once('/').unwrap();

        stage.account().set_clock(EdgeTime::read(), |_, now| {
            crate::engine::clock::Clock::Frozen(now.plus(std::time::Duration::from_secs(1)))
        });

        let (status, dead) = stage.account().enter(EdgeTime::read(), |world, now, _| {
            let link = world.links.get(token).unwrap();
            (format!("{:?}", world.flows.get(flow.as_str()).unwrap().state), link.has_expired(now))
        });
        let expected = if row.does.contains("signs by themselves") {
            ("Ended(Signed)", false)
        } else if row.does.contains("refuses by themselves") {
            ("Ended(Rejected)", false)
        } else {
            ("Signing", true)
        };
        assert_eq!((status.as_str(), dead), expected, "{}: {}", row.input, row.does);
    }
}

fn any_rule() -> impl Strategy<Value = Value> {
    let effect = proptest::sample::select(vec![
        json!({"error": {"code": "InternalError"}}),
        json!("rate_limit"),
        json!("drop"),
        json!("html"),
        json!({"http": 503}),
        json!("truncate"),
    ]);
    let action = proptest::option::of(proptest::sample::select(vec!["CancelFlow", "DescribeFlowBriefs"]));
    (effect, action, any::<bool>(), proptest::option::of(1_u64..3), proptest::option::of(0.2_f64..1.0)).prop_map(
        |(effect, action, after, first, probability)| {
            let mut rule = json!({"effect": effect});
            if let Some(action) = action {
                rule["action"] = json!(action);
            }
            if after && effect != "rate_limit" {
                rule["after"] = json!(true);
            }
            if let Some(first) = first {
                rule["first"] = json!(first);
            }
            if let Some(probability) = probability {
                rule["probability"] = json!(probability);
            }
            rule
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    /// Whatever the rules: only a call that was done changes a world, and a fault without `after` (or a truncated answer)
    /// means it was not. A call no rule strikes is answered as in a world without rules.
    #[test]
    fn faults_never_leave_half_a_call_behind(
        rules in proptest::collection::vec(any_rule(), 0..4),
        calls in proptest::collection::vec((any::<bool>(), 0_usize..3), 1..12),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let (stage, calm) = (Stage::new(), Stage::new());
            let mut flows = Vec::new();
            for _ in 0..2 {
                flows.push(stage.launch().await);
                calm.launch().await;
            }
            flows.push("yDnothing".into());
            for rule in &rules {
                stage.fault(rule.clone());
            }
            for (asks, place) in calls {
                let flow = &flows[place];
                let (action, request) = if asks {
                    ("DescribeFlowBriefs", json!({"Operator": stage.operator(), "FlowIds": [flow]}))
                } else {
                    ("CancelFlow", stage.cancel_request(flow))
                };
                let before = stage.world();
                let mut seen = stage.seen(action, request.clone()).await;
                let rule = seen["fault"].as_str().map(|id| {
                    stage.account().enter(EdgeTime::read(), |world, _, _| world.faults.get(id).unwrap().rule.clone())
                });
                let happened = rule.as_ref().is_none_or(Rule::lets_it_happen);
                if happened {
                    let mut expected = calm.seen(action, request).await;
                    if rule.is_none() {
                        for answer in [&mut seen, &mut expected] {
                            answer["body"]["Response"]["RequestId"].take();
                        }
                        prop_assert_eq!(seen, expected);
                    }
                } else {
                    prop_assert!(stage.world() == before, "{} was not done: {}", action, seen);
                }
                prop_assert!(stage.world() == calm.world(), "as if only the calls that were done had been made");
            }
            Ok(())
        })?;
    }
}
