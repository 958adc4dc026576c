//! What an employee may do with a contract of their company.
//!
//! The console grants rights one by one; the stand-in knows roles. What a role stands for is read from the actions' own
//! texts and ASSUMED where they speak of "the right to": the contract administrator has every such right, the employee who
//! launched a contract has them for that contract.

use super::employee::{Employee, Role};
use super::flow::Flow;
use super::refusal::Refusal;

impl Employee {
    fn administers_contracts(&self) -> bool {
        self.is_admin() || self.roles.contains(&Role::ContractAdmin)
    }

    fn launched(&self, flow: &Flow) -> bool {
        self.id == flow.initiator.user
    }

    fn signs(&self, flow: &Flow) -> bool {
        flow.approvers.iter().any(|one| one.person.user.as_ref() == Some(&self.id))
    }

    /// Look at what the company has, e.g. its seals: whoever has any role (ASSUMED; `api DescribeOrganizationSeals` speaks of
    /// the right to).
    ///
    /// # Errors
    /// They have none.
    pub fn ensure_may_look(&self) -> Result<(), Refusal> {
        if self.roles.is_empty() {
            return Err(Refusal::OperatorLacksPermission { user: self.id.to_string() });
        }
        Ok(())
    }

    /// Withdraw it: super admin, legal person, or who has the right to (`api CancelFlow`).
    #[must_use]
    pub fn may_cancel(&self, flow: &Flow) -> bool {
        self.administers_contracts() || self.launched(flow)
    }

    /// Hand signers' tasks on: super admin, legal person or contract administrator (`api CreateFlowForwards`).
    #[must_use]
    pub fn may_forward(&self) -> bool {
        self.administers_contracts()
    }

    /// Move its deadlines: super admin, legal person or who launched it (`api ModifyFlowDeadline`).
    #[must_use]
    pub fn may_extend(&self, flow: &Flow) -> bool {
        self.is_admin() || self.launched(flow)
    }

    /// Write notes on it: super admin, legal person, who takes part, or who has the right to (`api OperateFlowRemarks`).
    #[must_use]
    pub fn may_remark(&self, flow: &Flow) -> bool {
        self.administers_contracts() || self.launched(flow) || self.signs(flow)
    }

    /// Begin to release it: who takes part, or who has the right to (`api CreateReleaseFlow`).
    #[must_use]
    pub fn may_release(&self, flow: &Flow) -> bool {
        self.administers_contracts() || self.launched(flow) || self.signs(flow)
    }

    /// Show it to others: who takes part, or who may see all contracts of the company
    /// (`api CreateFlowBlockchainEvidenceUrl`).
    #[must_use]
    pub fn may_show(&self, flow: &Flow) -> bool {
        self.administers_contracts() || self.launched(flow) || self.signs(flow)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::employee::Card;
    use crate::domain::samples::flow_of_three;

    fn employee(id: &str, role: Role) -> Employee {
        Employee {
            id: id.into(),
            organization: "own".into(),
            name: "王小明".into(),
            mobile: "13300000001".into(),
            card: Card::default(),
            verified: true,
            roles: vec![role],
        }
    }

    #[test]
    fn roles_and_the_launch_give_rights() {
        let flow = flow_of_three(false);
        let rights =
            |one: &Employee| [one.may_cancel(&flow), one.may_forward(), one.may_extend(&flow), one.may_remark(&flow)];
        for admin in [Role::SuperAdmin, Role::LegalPerson] {
            assert_eq!(rights(&employee("other", admin)), [true; 4], "{admin:?}");
        }
        assert_eq!(rights(&employee("other", Role::ContractAdmin)), [true, true, false, true]);
        assert_eq!(rights(&employee("operator", Role::Operator)), [true, false, true, true], "who launched it");
        assert_eq!(rights(&employee("other", Role::Operator)), [false; 4]);
    }

    #[test]
    fn who_signs_may_remark_and_show_and_release() {
        let mut flow = flow_of_three(false);
        flow.approvers[0].person.user = Some("signer".into());
        let signer = employee("signer", Role::Operator);
        assert!(signer.may_remark(&flow) && signer.may_show(&flow) && signer.may_release(&flow));
        assert!(!signer.may_cancel(&flow) && !signer.may_extend(&flow));
    }
}
