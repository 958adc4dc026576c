//! Signers fill in what only they know (T5), before anybody signs.

use crate::domain::component::Component;
use crate::domain::event::Happening;
use crate::domain::flow::{Flow, FlowState};
use crate::domain::ids::RecipientId;
use crate::domain::refusal::Refusal;
use crate::domain::status::ApproverStatus;
use crate::domain::time::Timestamp;

/// What somebody fills in: a component by its id, or every component of a name, and the value.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Fill {
    /// `ComponentId` or `ComponentName`.
    pub component: String,
    /// The value, as `components`, values, has it.
    pub value: String,
}

impl Fill {
    /// Whether this component is meant, by id or by name.
    #[must_use]
    pub fn is_for(&self, component: &Component) -> bool {
        component.id == self.component || component.name == self.component
    }
}

impl Flow {
    /// The signer in `recipient` fills in at `now`. Who fills in last lets the signing begin.
    ///
    /// # Errors
    /// The contract has ended, there is no such signer, they have nothing to fill in now, a component is not theirs, a value
    /// is of the wrong kind, or a component that must have a value has none.
    pub fn fill(
        &mut self,
        recipient: &RecipientId,
        values: &[Fill],
        now: Timestamp,
    ) -> Result<Vec<Happening>, Refusal> {
        let approver = self.acting(recipient, |one| one.is_due_to_fill() && !one.is_vacant())?;
        approver.fills = filled(&approver.fills, values)?;
        approver.status = ApproverStatus::Filled;
        self.updated_at = now;
        let mut happened = vec![Happening::Filled(recipient.clone())];
        let open = |status| matches!(status, ApproverStatus::ToFill | ApproverStatus::NotYetDue);
        if !self.approvers.iter().any(|one| !one.fills.is_empty() && open(one.status)) {
            self.state = FlowState::Signing;
        }
        happened.extend(self.call_next(now));
        Ok(happened)
    }
}

/// The components with these values in them.
///
/// # Errors
/// A component that is not among them, a value of the wrong kind, or a required one left empty.
pub fn filled(components: &[Component], values: &[Fill]) -> Result<Vec<Component>, Refusal> {
    let mut filled = components.to_vec();
    for fill in values {
        let mut meant: Vec<_> = filled.iter_mut().filter(|one| fill.is_for(one)).collect();
        if meant.is_empty() {
            return Err(Refusal::ComponentUnknown { component: fill.component.clone() });
        }
        for component in &mut meant {
            component.kind.check_value(&fill.value)?;
            fill.value.clone_into(&mut component.value);
        }
    }
    match filled.iter().find(|one| one.required && one.value.is_empty()) {
        Some(empty) => Err(Refusal::RequiredComponentEmpty { component: empty.label().to_owned() }),
        None => Ok(filled),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{at, flow_to_fill};
    use crate::domain::status::FlowStatus;

    fn fill(component: &str, value: &str) -> Fill {
        Fill { component: component.into(), value: value.into() }
    }

    fn slot(flow: &Flow, index: usize) -> RecipientId {
        flow.approvers[index].recipient.clone()
    }

    fn statuses(flow: &Flow) -> Vec<i64> {
        flow.approvers.iter().map(|one| one.status.code()).collect()
    }

    #[test]
    fn everybody_fills_in_before_anybody_signs() {
        let mut flow = flow_to_fill(true);
        assert_eq!((flow.status(), statuses(&flow)), (FlowStatus::Filling, vec![8, 8]));
        let first = slot(&flow, 0);
        assert!(flow.sign(&first, None, at(1)).is_err(), "not before all have filled in");

        flow.fill(&first, &[fill("地址", "深圳")], at(1)).unwrap();
        assert_eq!((flow.status(), statuses(&flow)), (FlowStatus::PartlyFilled, vec![10, 8]));

        let happened = flow.fill(&slot(&flow, 1), &[fill("地址", "北京")], at(2)).unwrap();
        assert_eq!(happened, [Happening::Filled(slot(&flow, 1))]);
        assert_eq!((flow.status(), statuses(&flow)), (FlowStatus::Signing, vec![2, 2]));
        assert_eq!(flow.approvers[0].fills[0].value, "深圳");
    }

    #[test]
    fn in_an_ordered_contract_they_fill_in_one_after_the_other() {
        let mut flow = flow_to_fill(false);
        assert_eq!(statuses(&flow), [8, 1]);
        flow.fill(&slot(&flow, 0), &[fill("地址", "深圳")], at(1)).unwrap();
        assert_eq!(statuses(&flow), [10, 8]);
        flow.fill(&slot(&flow, 1), &[fill("地址", "北京")], at(1)).unwrap();
        assert_eq!(statuses(&flow), [2, 10], "who filled in and is not due yet stays so");
    }

    #[test]
    fn bad_values_change_nothing() {
        let mut flow = flow_to_fill(true);
        let before = flow.clone();
        let first = slot(&flow, 0);
        let refused = flow.fill(&first, &[fill("没有", "x")], at(1)).unwrap_err();
        assert_eq!(refused, Refusal::ComponentUnknown { component: "没有".into() });
        let refused = flow.fill(&first, &[], at(1)).unwrap_err();
        assert_eq!(refused, Refusal::RequiredComponentEmpty { component: "地址".into() });
        assert_eq!(flow, before);
    }

    #[test]
    fn who_refuses_to_fill_in_ends_the_contract() {
        let mut flow = flow_to_fill(true);
        flow.reject(&slot(&flow, 1), "不填", at(1)).unwrap();
        assert_eq!((flow.status(), statuses(&flow)), (FlowStatus::FillRejected, vec![9, 4]));
    }
}
