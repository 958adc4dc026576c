//! Which rules make no sense, each told with what was expected.

use ess_schemas::{ActionContract, Service, actions};

use super::codes;
use super::effect::{Effect, GATEWAY_STATUSES, Told};
use super::magic;
use super::rule::Rule;

/// How many names are offered in place of a wrong one.
const OFFERED: usize = 3;

/// Looks for what contradicts itself, or the contract.
///
/// # Errors
/// The first thing found.
pub fn check(rule: &Rule) -> Result<(), String> {
    id(rule)?;
    action_names(rule)?;
    texts(rule)?;
    counts(rule)?;
    effect(rule)
}

fn id(rule: &Rule) -> Result<(), String> {
    let Some(id) = &rule.id else { return Ok(()) };
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    if id.is_empty() || id.len() > 64 || !id.bytes().all(fits) {
        return Err(format!("id: `{id}` stands in a header: 1 to 64 letters, digits, -, _ and . only"));
    }
    if id.starts_with(magic::ID_PREFIX) {
        return Err(format!("id: `{id}` looks like a magic input, whose ids begin with {}", magic::ID_PREFIX));
    }
    Ok(())
}

fn action_names(rule: &Rule) -> Result<(), String> {
    let services: Vec<Service> = Service::ALL.into_iter().filter(|one| in_service(rule, *one)).collect();
    for name in &rule.action {
        if services.iter().any(|service| ess_schemas::action(*service, name).is_some()) {
            continue;
        }
        if let Some(other) = Service::ALL.into_iter().find(|one| ess_schemas::action(*one, name).is_some()) {
            return Err(format!(
                "action: `{name}` is an action of {}, and the rule is for another service",
                other.name()
            ));
        }
        let known = services.iter().flat_map(|service| actions(*service)).map(|one| one.name);
        return Err(format!("action: there is no action `{name}`; nearest are {}", nearest(name, known)));
    }
    Ok(())
}

fn texts(rule: &Rule) -> Result<(), String> {
    let given = [("organization", &rule.organization), ("contract", &rule.contract), ("approver", &rule.approver)];
    match given.into_iter().find(|(_, text)| text.as_deref() == Some("")) {
        Some((field, _)) => Err(format!("{field}: is empty; leave it out where it does not matter")),
        None => Ok(()),
    }
}

fn counts(rule: &Rule) -> Result<(), String> {
    let counts = [("nth", rule.nth), ("first", rule.first), ("every", rule.every)];
    let given: Vec<&str> = counts.iter().filter(|(_, count)| count.is_some()).map(|(field, _)| *field).collect();
    if given.len() > 1 {
        return Err(format!("{} contradict each other: give one of nth, first and every", given.join(" and ")));
    }
    if let Some((field, _)) = counts.into_iter().chain([("times", rule.times)]).find(|(_, count)| *count == Some(0)) {
        return Err(format!("{field}: 0 strikes nothing; calls are counted from 1"));
    }
    if rule.nth.is_some() && rule.times.is_some() {
        return Err("nth and times contradict each other: one call is struck once".into());
    }
    if rule.probability.is_some_and(|probability| !(probability > 0.0 && probability <= 1.0)) {
        return Err("probability: expected more than 0 and at most 1".into());
    }
    if rule.ttl.is_some_and(|ttl| ttl.0.is_zero()) {
        return Err("ttl: a rule that lives for no time strikes nothing".into());
    }
    Ok(())
}

fn effect(rule: &Rule) -> Result<(), String> {
    match &rule.effect {
        None if rule.latency.is_none() => {
            Err("effect: a rule needs an effect (error, rate_limit, drop, truncate, html, http), a latency, or both"
                .into())
        }
        None if rule.after => Err("after: a call that is only late is always done; leave it out".into()),
        Some(Effect::RateLimit) if rule.after => {
            Err("after: a call over the limit is never done; leave it out, or choose the effect error".into())
        }
        Some(Effect::Http(status)) if !GATEWAY_STATUSES.contains(status) => {
            Err(format!("effect: http {status} is no gateway's answer; expected one of {GATEWAY_STATUSES:?}"))
        }
        Some(Effect::Error(told)) => error(rule, told),
        None | Some(Effect::RateLimit | Effect::Drop | Effect::Truncate | Effect::Html | Effect::Http(_)) => Ok(()),
    }
}

/// Every action the rule is for must document the code; a rule for all actions takes a code that all may answer.
fn error(rule: &Rule, Told { code, message }: &Told) -> Result<(), String> {
    if rule.action.is_empty() && !codes::is_common(code) {
        return Err(format!("effect: not every action documents `{code}`; name the actions it is for"));
    }
    let contracts = Service::ALL.into_iter().flat_map(actions).filter(|one| rule.is_for_action(one));
    for contract in contracts {
        let named = || format!("{} of {}", contract.name, contract.service.name());
        if !codes::is_documented(code, contract) {
            let near = nearest(code, contract.codes.iter().copied());
            let offer = if near.is_empty() {
                "it documents the common codes only".into()
            } else {
                format!("nearest are {near}")
            };
            return Err(format!(
                "effect: {} never answers `{code}`; {offer}{}",
                named(),
                other_service(rule, contract)
            ));
        }
        if message.is_none() && codes::text(code, contract.service).is_none() {
            return Err(format!("effect: no text of `{code}` is published for {}; give a message", named()));
        }
    }
    Ok(())
}

/// Both services may have an action of this name.
fn other_service(rule: &Rule, contract: &ActionContract) -> &'static str {
    let twice = Service::ALL.into_iter().all(|service| ess_schemas::action(service, contract.name).is_some());
    if rule.service.is_none() && twice { ". Both services have this action: say which with service" } else { "" }
}

fn in_service(rule: &Rule, service: Service) -> bool {
    rule.service.is_none_or(|wanted| Service::from(wanted) == service)
}

/// The known names most like this one.
fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let mut known: Vec<(usize, &str)> = known.map(|one| (strsim::damerau_levenshtein(name, one), one)).collect();
    known.sort_unstable();
    known.dedup();
    known.into_iter().take(OFFERED).map(|(_, one)| one).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn refusal(rule: Value) -> String {
        let rule: Rule = serde_json::from_value(rule).unwrap();
        check(&rule).unwrap_err()
    }

    #[test]
    fn what_makes_no_sense_is_refused_with_what_would() {
        insta::assert_json_snapshot!(
            [
                json!({"action": "CreateFlowByFile", "effect": "drop"}),
                json!({"action": "ChannelCreateFlowByFiles", "service": "ess", "effect": "drop"}),
                json!({"action": "CancelFlow", "effect": {"error": {"code": "ResourceNotFound.Flows"}}}),
                json!({"effect": {"error": {"code": "ResourceNotFound.Flow"}}}),
                json!({"effect": {"error": {"code": "ServiceUnavailable"}}}),
                json!({"action": "CancelFlow"}),
                json!({"action": "CancelFlow", "latency": "1s", "after": true}),
                json!({"effect": "rate_limit", "after": true}),
                json!({"effect": {"http": 404}}),
                json!({"effect": "drop", "nth": 1, "first": 2}),
                json!({"effect": "drop", "nth": 1, "times": 2}),
                json!({"effect": "drop", "every": 0}),
                json!({"effect": "drop", "times": 0}),
                json!({"effect": "drop", "probability": 1.5}),
                json!({"effect": "drop", "ttl": "0s"}),
                json!({"effect": "drop", "approver": ""}),
                json!({"effect": "drop", "id": "two words"}),
                json!({"effect": "drop", "id": "magic-drop"}),
            ]
            .map(|rule| (refusal(rule.clone()), rule))
        );
    }

    #[test]
    fn a_code_both_services_document_differently_asks_for_the_service() {
        let action = actions(Service::Ess).iter().find_map(|one| {
            let twin = ess_schemas::action(Service::Essbasic, one.name)?;
            let code = one
                .codes
                .iter()
                .find(|code| !codes::is_documented(code, twin) && codes::text(code, Service::Ess).is_some())?;
            Some((one.name, *code))
        });
        let (action, code) = action.expect("some action of both services has a code of its own");
        let rule = json!({"action": action, "effect": {"error": {"code": code}}});

        assert!(refusal(rule.clone()).ends_with("Both services have this action: say which with service"));
        let mut named = rule;
        named["service"] = json!("ess");
        assert_eq!(check(&serde_json::from_value(named).unwrap()), Ok(()));
    }

    #[test]
    fn rules_are_read_with_one_action_or_many() {
        let read = |action: Value| serde_json::from_value::<Rule>(json!({"action": action, "effect": "drop"}));
        assert_eq!(read(json!("CancelFlow")).unwrap().action, ["CancelFlow"]);
        assert_eq!(read(json!(["CancelFlow", "CreateFlow"])).unwrap().action, ["CancelFlow", "CreateFlow"]);
        assert!(read(json!(1)).unwrap_err().to_string().contains("the name of an action, or a list of names"));
    }
}
