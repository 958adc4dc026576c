//! What an answer rests on that no published text decides.
//!
//! Of a refusal it is known exactly: the row it was refused by, or the limit it broke, has its source. Of a success it is
//! what the action's own file calls ASSUMED; rules of the domain that many actions share say it where they stand.

use ess_schemas::refusal;

use super::entry::{Entry, Outcome};
use super::tables;
use crate::gateway::envelope::Fidelity;

/// The mark of what nobody published.
const MARK: &str = "ASSUMED";

/// The assumed rules behind an answer, in words; none when all of it is published.
#[must_use]
pub fn rules_behind(entry: &Entry) -> Vec<String> {
    let Some(contract) = entry.asked.contract else { return Vec::new() };
    let answered = &entry.answered;
    match answered.outcome {
        Outcome::Refused => {
            let by_limit = answered.limit_source.filter(|source| source.contains(MARK));
            let by_row = answered.reason.and_then(|reason| {
                let row = refusal(contract.service, reason)?;
                let source = row.exception_for(contract).map_or(row.source, |exception| exception.source);
                source.contains(MARK).then(|| format!("{reason}: {source}"))
            });
            by_limit.map(|source| format!("the limit: {source}")).into_iter().chain(by_row).collect()
        }
        Outcome::Done if answered.fidelity == Fidelity::Synthesized => {
            vec![format!("{} is answered from its response schema alone", contract.name)]
        }
        Outcome::Done => tables::assumed_by(contract.name).to_vec(),
        Outcome::TurnedAway | Outcome::Prevented => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::entry::samples::entry;
    use super::*;

    #[test]
    fn a_refusal_rests_on_the_source_of_its_row() {
        let mut refused = entry("DescribeFlowInfo", "{}");
        refused.answered.outcome = Outcome::Refused;
        refused.answered.reason = Some("OperatorEmpty");
        assert!(rules_behind(&refused)[0].starts_with("OperatorEmpty: ASSUMED"), "{:?}", rules_behind(&refused));

        refused.answered.reason = Some("FlowUnknown");
        assert!(rules_behind(&refused).is_empty(), "an official example shows this one");
    }

    #[test]
    fn a_success_rests_on_what_its_action_assumes() {
        assert!(rules_behind(&entry("DescribeFlowInfo", "{}"))[0].contains("ASSUMED"));
        assert!(rules_behind(&entry("CancelFlow", "{}")).is_empty());
    }

    #[test]
    fn an_answer_from_the_schema_rests_on_nothing_else() {
        let mut synthesized = entry("DescribeBillUsage", "{}");
        synthesized.answered.fidelity = Fidelity::Synthesized;

        assert!(rules_behind(&synthesized)[0].contains("schema alone"));
    }
}
