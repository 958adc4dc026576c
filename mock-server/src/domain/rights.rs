//! What an employee may do with a contract of their company.
//!
//! Roles give rights ([`super::right`]); having launched a contract, or signing it, gives some for that contract. Which of the
//! console's rights an action's "who has the right to" means is read from its text, and ASSUMED where it does not say.

use super::directory::Directory;
use super::employee::Employee;
use super::flow::Flow;
use super::ids::OrganizationId;
use super::refusal::Refusal;
use super::right::{Right, Rights};
use super::role::Role;

impl Directory {
    /// What this employee's roles allow, as they are now; nothing after they left.
    #[must_use]
    pub fn rights_of(&self, employee: &Employee) -> Rights {
        let Some(employee) = self.employees.get(employee.id.as_str()).filter(|one| one.is_present()) else {
            return Rights::NONE;
        };
        let of = |role: &Role| {
            let Role::Custom(id) = role else { return role.preset_rights() };
            self.roles.get(id).map_or(Rights::NONE, |role| role.rights())
        };
        employee.roles.iter().map(of).fold(Rights::NONE, Rights::and)
    }

    /// What an employee's roles for their holding group allow in a member of it; nothing after they left.
    #[must_use]
    pub fn rights_in_member(&self, employee: &Employee, member: &OrganizationId) -> Rights {
        let Some(employee) = self.employees.get(employee.id.as_str()).filter(|one| one.is_present()) else {
            return Rights::NONE;
        };
        let own = employee.roles.iter().filter_map(|role| self.roles.get(role.id().as_str()));
        own.map(|role| role.rights_in(member)).fold(Rights::NONE, Rights::and)
    }

    /// The employee with these rights.
    #[must_use]
    pub fn entitled<'a>(&self, employee: &'a Employee) -> Entitled<'a> {
        Entitled { employee, rights: self.rights_of(employee) }
    }
}

/// An employee, with what their roles allow.
#[derive(Clone, Copy, Debug)]
pub struct Entitled<'a> {
    /// The employee.
    pub employee: &'a Employee,
    /// What their roles allow.
    pub rights: Rights,
}

impl Entitled<'_> {
    fn administers_contracts(&self) -> bool {
        self.rights.contains(Right::AllFlows)
    }

    fn launched(&self, flow: &Flow) -> bool {
        self.employee.is_present() && self.employee.id == flow.initiator.user
    }

    fn signs(&self, flow: &Flow) -> bool {
        self.employee.is_present()
            && flow.approvers.iter().any(|one| one.person.user.as_ref() == Some(&self.employee.id))
    }

    /// Look at what the company has, e.g. its seals: whoever may do anything (ASSUMED; `api DescribeOrganizationSeals` speaks of
    /// the right to).
    ///
    /// # Errors
    /// They may do nothing.
    pub fn ensure_may_look(&self) -> Result<(), Refusal> {
        if self.rights.is_empty() {
            return Err(Refusal::OperatorLacksPermission { user: self.employee.id.to_string() });
        }
        Ok(())
    }

    /// Withdraw it: super admin, legal person, or who has the right to (`api CancelFlow`).
    #[must_use]
    pub fn may_cancel(&self, flow: &Flow) -> bool {
        self.launched(flow) || self.administers_contracts() && self.rights.contains(Right::CancelFlow)
    }

    /// Hand signers' tasks on: super admin, legal person or contract administrator (`api CreateFlowForwards`).
    #[must_use]
    pub fn may_forward(&self) -> bool {
        self.administers_contracts()
    }

    /// Move its deadlines: super admin, legal person or who launched it (`api ModifyFlowDeadline`).
    #[must_use]
    pub fn may_extend(&self, flow: &Flow) -> bool {
        self.employee.is_admin() || self.launched(flow)
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
    use crate::domain::role::CustomRole;
    use crate::domain::samples::{NOW, flow_of_three};

    fn with(id: &str, role: Role) -> (Directory, Employee) {
        let mut directory = Directory::default();
        let employee = Employee::new(id.into(), "own".into(), "王小明".into(), "13300000001".into(), NOW);
        let employee = employee.with_roles(vec![role]);
        directory.employees.insert(employee.clone());
        (directory, employee)
    }

    #[test]
    fn roles_and_the_launch_give_rights() {
        let flow = flow_of_three(false);
        let rights = |id: &str, role: Role| {
            let (directory, employee) = with(id, role);
            let one = directory.entitled(&employee);
            [one.may_cancel(&flow), one.may_forward(), one.may_extend(&flow), one.may_remark(&flow)]
        };
        for admin in [Role::SuperAdmin, Role::LegalPerson] {
            assert_eq!(rights("other", admin.clone()), [true; 4], "{admin:?}");
        }
        assert_eq!(rights("other", Role::ContractAdmin), [true, true, false, true]);
        assert_eq!(rights("operator", Role::Operator), [true, false, true, true], "who launched it");
        assert_eq!(rights("other", Role::Operator), [false; 4]);
    }

    #[test]
    fn who_signs_may_remark_and_show_and_release() {
        let mut flow = flow_of_three(false);
        flow.approvers[0].person.user = Some("signer".into());
        let (directory, employee) = with("signer", Role::Operator);
        let signer = directory.entitled(&employee);
        assert!(signer.may_remark(&flow) && signer.may_show(&flow) && signer.may_release(&flow));
        assert!(!signer.may_cancel(&flow) && !signer.may_extend(&flow));
    }

    #[test]
    fn a_role_that_changes_changes_what_everybody_who_has_it_may_do() {
        let (mut directory, employee) = with("other", Role::Custom("role".into()));
        assert!(directory.rights_of(&employee).is_empty(), "the role is gone");
        let mut role = CustomRole {
            id: "role".into(),
            organization: "own".into(),
            name: "法务".into(),
            description: String::new(),
            permissions: ["CancelFlow".to_owned(), "DescribeAllFlows".to_owned()].into(),
            enabled: true,
            created_at: NOW,
            members: None,
        };
        directory.roles.insert(role.clone());
        assert!(directory.entitled(&employee).may_cancel(&flow_of_three(false)));
        role.permissions.remove("CancelFlow");
        directory.roles.insert(role);
        assert!(!directory.entitled(&employee).may_cancel(&flow_of_three(false)));
    }

    #[test]
    fn who_has_left_may_do_nothing_not_even_with_what_they_launched() {
        let (mut directory, mut employee) = with("operator", Role::SuperAdmin);
        let before = employee.clone();
        employee.leave(NOW);
        directory.employees.insert(employee.clone());
        assert!(directory.rights_of(&before).is_empty(), "an older record gives nothing");
        assert!(!directory.entitled(&employee).may_cancel(&flow_of_three(false)));
    }
}
