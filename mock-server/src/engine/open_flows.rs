//! Which contracts of a company have not ended, so that nobody has to go through all of them.

use imbl::{OrdMap, OrdSet};

use crate::domain::flow::{Flow, FlowState};
use crate::domain::ids::OrganizationId;

/// The numbers of every company's contracts that have not ended.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OpenFlows(OrdMap<OrganizationId, OrdSet<u64>>);

impl OpenFlows {
    /// Takes down what became of the contract with this number.
    pub(super) fn follow(&mut self, number: u64, flow: &Flow) {
        let company = &flow.initiator.organization;
        if matches!(flow.state, FlowState::Ended(_)) {
            if let Some(open) = self.0.get_mut(company) {
                open.remove(&number);
                if open.is_empty() {
                    self.0.remove(company);
                }
            }
            return;
        }
        self.0.entry(company.clone()).or_default().insert(number);
    }

    /// A company's open contracts, oldest first.
    pub fn of(&self, company: &OrganizationId) -> impl Iterator<Item = u64> {
        self.0.get(company).into_iter().flatten().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{at, flow_of_three};

    #[test]
    fn a_contract_is_open_until_it_ends() {
        let (mut open, mut flow) = (OpenFlows::default(), flow_of_three(false));
        open.follow(5, &flow);
        open.follow(3, &flow);
        assert_eq!(open.of(&"own".into()).collect::<Vec<_>>(), [3, 5]);

        flow.cancel("x", at(1)).unwrap();
        open.follow(3, &flow);

        assert_eq!(open.of(&"own".into()).collect::<Vec<_>>(), [5]);
        assert_eq!(open.of(&"other".into()).count(), 0);
    }
}
