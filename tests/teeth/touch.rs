//! Which cases touch what a defect touches: nobody else could notice it.

use ess_conformance::suite::Suite;
use ess_conformance::suite::case::Case;
use ess_conformance::suite::marks::Capability;
use ess_conformance::suite::step::Step;

use crate::defect::Trick;

/// No preparation uses others deeper than this.
const DEEPEST: usize = 8;

/// The cases in which a defect would show, if they look: first those that are about what it touches, then those that only use it.
pub(crate) fn touched_by(trick: &Trick, suite: &Suite) -> [Vec<Case>; 2] {
    let (about, others) = suite.cases().partition(|case| is_about(trick, case, suite));
    [about, others.into_iter().filter(|case| touches(trick, case, suite, DEEPEST)).collect()]
}

fn is_about(trick: &Trick, case: &Case, suite: &Suite) -> bool {
    let is_everywhere = match trick {
        Trick::Asked(actions, _)
        | Trick::Forgiven(actions, _, _)
        | Trick::Despite(actions, _, _)
        | Trick::Carried(actions, _)
        | Trick::Answered(actions, _) => actions.contains(&"*"),
        Trick::Status(_) => true,
        Trick::Acted(..)
        | Trick::Visited(_)
        | Trick::Fetched(_)
        | Trick::Clocked(_)
        | Trick::Posted(_)
        | Trick::Acknowledged(_) => false,
    };
    // What concerns every action is the gateway's first.
    if is_everywhere { case.chapter() == "gateway" } else { touches(trick, case, suite, 0) }
}

/// Whether a step of a case does, or of a preparation it uses as deep as this.
fn touches(trick: &Trick, case: &Case, suite: &Suite, deepest: usize) -> bool {
    if matches!(trick, Trick::Posted(_) | Trick::Acknowledged(_)) {
        return case.needs().contains(&Capability::Callbacks);
    }
    let mut steps = case.file.before.iter().chain(&case.file.steps);
    steps.any(|step| step_touches(trick, &step.value, suite, deepest))
}

fn step_touches(trick: &Trick, step: &Step, suite: &Suite, deepest: usize) -> bool {
    let by_itself = match trick {
        Trick::Asked(actions, _)
        | Trick::Forgiven(actions, _, _)
        | Trick::Despite(actions, _, _)
        | Trick::Carried(actions, _)
        | Trick::Answered(actions, _) => matches!(step, Step::Call(call) if concerns(actions, &call.action.value)),
        Trick::Status(_) => matches!(step, Step::Call(call) if call.refused.is_some()),
        Trick::Acted(verb, _) => matches!(step, Step::Act(act) if act.link.is_none() && act.verb.value == *verb),
        Trick::Visited(_) => match step {
            Step::Open(_) => true,
            Step::Act(act) => act.link.is_some(),
            Step::Use(_) | Step::Call(_) | Step::Wait(_) | Step::Clock(_) | Step::Callbacks(_) => false,
            Step::Receiver(_) | Step::Download(_) | Step::Check(_) | Step::Arrange(_) => false,
        },
        Trick::Fetched(_) => matches!(step, Step::Download(_)),
        Trick::Clocked(_) => matches!(step, Step::Clock(_) | Step::Wait(_)),
        Trick::Posted(_) | Trick::Acknowledged(_) => matches!(step, Step::Callbacks(_)),
    };
    by_itself || step_uses(trick, step, suite, deepest)
}

fn step_uses(trick: &Trick, step: &Step, suite: &Suite, deepest: usize) -> bool {
    let Step::Use(uses) = step else { return false };
    let preparations = uses.names.iter().filter_map(|name| suite.preparations.get(&name.value));
    let mut steps = preparations.flat_map(|preparation| &preparation.steps);
    deepest > 0 && steps.any(|step| step_touches(trick, &step.value, suite, deepest - 1))
}

fn concerns(actions: &[&str], called: &str) -> bool {
    let called = called.strip_prefix("essbasic.").unwrap_or(called);
    actions.iter().any(|action| *action == "*" || *action == called)
}
