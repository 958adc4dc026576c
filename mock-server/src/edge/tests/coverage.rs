//! Every call of `fixtures/refusals/` is sent and refused as written; every code an action can answer is answered by one of
//! them, or stands in `coverage.yaml` with its why.

use std::collections::BTreeSet;

use ess_schemas::{ActionContract, Service};
use serde_json::Value;

use super::past::Scene;
use crate::coverage::{self, Coverage, cases, is_common};
use crate::domain::refusal::Refusal;

/// What is wrong with the answers to an action's calls; nothing, if all is well.
async fn mistakes(contract: &'static ActionContract) -> Vec<String> {
    let Some(good) = cases::good(contract) else { return Vec::new() };
    let usual = Scene::after(&good.past, contract.service).await;
    let mut mistakes = Vec::new();
    for case in cases::of(contract) {
        let request = case.request(&good.request);
        let answer = if case.past == good.past {
            usual.call(contract.name, &request).await
        } else {
            Scene::after(&case.past, contract.service).await.call(contract.name, &request).await
        };
        let (code, message) = (text(&answer["Error"]["Code"]), text(&answer["Error"]["Message"]));
        let row = ess_schemas::refusal(contract.service, &case.reason).expect("a case names a row");
        let template = row.message_for(contract).unwrap_or_default();
        let said = match &case.message {
            Some(exact) => message == exact,
            // A message with values is written down with the case, unless the case is derived from a limit.
            None => message == template || (template.contains('{') && !has_gaps(message, template)),
        };
        if code != case.code || !said || row.code_for(contract) != case.code {
            let changes: String = format!("{:?}", case.changes).chars().take(120).collect();
            mistakes.push(format!("{} {changes} ({}, {}): {code} {message}", contract.name, case.reason, case.code));
        }
    }
    if let Some(error) = usual.call(contract.name, &good.request).await.get("Error") {
        mistakes.push(format!("{}: the good call is refused: {error}", contract.name));
    }
    mistakes
}

/// Whether a place for a value stands in the message as it stands in the template.
fn has_gaps(message: &str, template: &str) -> bool {
    let names = template.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
    names.into_iter().any(|(name, _)| message.contains(&format!("{{{name}}}")))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[tokio::test]
async fn every_call_that_should_fail_does_so_in_the_documented_words() {
    let mut all = Vec::new();
    for contract in Service::ALL.into_iter().flat_map(ess_schemas::actions) {
        all.extend(mistakes(contract).await);
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

#[test]
fn every_possible_code_is_produced_by_a_test_or_excepted_with_a_reason() {
    let mut gaps = Vec::new();
    for one in coverage::all() {
        for code in one.untested() {
            gaps.push(format!("{} {code}: {:?}", one.contract.name, one.possible[code]));
        }
        for code in one.excepted.keys() {
            let name = one.contract.name;
            assert!(!one.tested.contains(code), "{name} {code} is excepted and produced all the same");
            assert!(one.possible.contains_key(code.as_str()), "{name} {code} is excepted and not possible");
        }
    }
    assert!(gaps.is_empty(), "{}", gaps.join("\n"));
}

#[test]
fn nine_in_ten_of_the_possible_codes_are_produced() {
    let (mut possible, mut tested) = (0, 0);
    for one in coverage::all() {
        possible += one.possible.len();
        tested += one.tested_of_possible();
    }
    assert!(tested * 10 >= possible * 9, "{tested} of {possible}");
}

#[test]
fn no_case_is_outside_of_what_coverage_says_is_possible() {
    for one in coverage::all() {
        for case in cases::of(one.contract) {
            let reasons = one.possible.get(case.code.as_str());
            let listed = reasons.is_some_and(|reasons| reasons.contains(case.reason.as_str()));
            assert!(listed, "{}: coverage.yaml does not list {} ({})", one.contract.name, case.reason, case.code);
        }
    }
}

#[test]
fn no_refusal_is_answered_with_a_code_the_action_does_not_publish() {
    for service in Service::ALL {
        let limits = ess_schemas::refusals::refusals(service).iter().map(|row| row.name);
        let rows: BTreeSet<&str> = Refusal::ROWS.iter().copied().chain(limits).collect();
        let rows: Vec<_> = rows.iter().filter_map(|row| ess_schemas::refusal(service, row)).collect();
        for contract in ess_schemas::actions(service) {
            for row in &rows {
                let (code, row) = (row.code_for(contract), row.name);
                assert!(contract.lists(code) || is_common(code), "{} answers {row} with {code}", contract.name);
            }
        }
    }
}

#[test]
fn actions_without_a_handler_claim_no_codes() {
    let claims = |one: &Coverage| !one.stateful && !one.tested.is_empty();
    let claiming: Vec<_> = coverage::all().filter(claims).map(|one| one.contract.name).collect();
    assert!(claiming.is_empty(), "{claiming:?}");
}
