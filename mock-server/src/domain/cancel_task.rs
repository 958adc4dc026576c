//! Withdrawing many contracts at once: those of a link, once somebody confirms it there, or all of a company's.
//!
//! Sources: `api CreateBatchCancelFlowUrl`, `api CancelOrganizationFlows`, `api DescribeCancelFlowsTask` and their examples.

use std::time::Duration;

use super::directory::Directory;
use super::employee::Employee;
use super::flow::Flow;
use super::ids::{ApplicationId, CancelTaskId, FlowId, OrganizationId};
use super::register::Registered;
use super::rights::Entitled;
use super::time::{DAY, Timestamp};

/// How many of a company's contracts one task withdraws (`api CancelOrganizationFlows`).
pub const CONTRACTS_PER_TASK: usize = 3000;
/// How long a link to confirm on lives (`ex CreateBatchCancelFlowUrl`: a day and a second).
pub const LINK_LIFETIME: Duration = Duration::from_secs(DAY.as_secs() + 1);
/// How long withdrawing all contracts of a company takes. ASSUMED: the vendor says only that it happens later.
pub const WORKING: Duration = Duration::from_secs(2);
/// The reason when nobody gave one (`api CancelOrganizationFlows`; for links ASSUMED).
pub const DEFAULT_REASON: &str = "自动撤销（通过接口实现）";

/// A task of cancellations.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct CancelTask {
    /// Its id.
    pub id: CancelTaskId,
    /// The company whose contracts they are.
    pub organization: OrganizationId,
    /// The platform's application it was asked for in.
    pub application: Option<ApplicationId>,
    /// What it was made by.
    pub scope: CancelScope,
    /// The contracts, in order.
    pub flows: Vec<FlowId>,
    /// What came of it, once it has run.
    pub outcome: Option<CancelOutcome>,
}

impl Registered for CancelTask {
    type Id = CancelTaskId;
    fn id(&self) -> &CancelTaskId {
        &self.id
    }
}

/// What a task was made by.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CancelScope {
    /// A link somebody confirms on until it expires.
    Link {
        /// Who asked for it, and whose rights count.
        operator: Box<Employee>,
        /// Until when.
        expires_at: Timestamp,
    },
    /// The whole company.
    Organization {
        /// Why.
        reason: String,
    },
}

/// What came of a task.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct CancelOutcome {
    /// Contracts that were withdrawn.
    pub cancelled: Vec<FlowId>,
    /// Contracts that were not, each with its name where it is the company's own, and why.
    pub failed: Vec<(FlowId, Option<String>, NotCancelled)>,
}

/// How a task stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CancelStatus {
    /// Nobody confirmed yet, or it is being done.
    Processing,
    /// Done.
    Ended,
    /// Nobody confirmed while the link lived.
    TimedOut,
}

impl CancelStatus {
    /// The word of both services and the callbacks (`api DescribeCancelFlowsTask`).
    #[must_use]
    pub const fn wire(self) -> &'static str {
        match self {
            Self::Processing => "PROCESSING",
            Self::Ended => "END",
            Self::TimedOut => "TIMEOUT",
        }
    }
}

/// Why a contract cannot be withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NotCancelled {
    /// There is no such contract, or it is another company's.
    NotOwn,
    /// It has ended.
    Ended,
    /// The one who asks may not (as `api CancelFlow`).
    NoRight,
}

impl NotCancelled {
    /// What a call that makes a link says (`ex CreateBatchCancelFlowUrl`; for an unknown contract and a missing right
    /// ASSUMED).
    #[must_use]
    pub fn message(self, flow: &str) -> String {
        let why = match self {
            Self::NotOwn => "非本企业发起的合同",
            Self::Ended => "合同当前状态不支持撤销",
            Self::NoRight => "当前操作人无权限撤销该合同",
        };
        format!("合同流程Id:{flow},无法撤回，错误信息：{why}")
    }

    /// What a task says (`ex DescribeCancelFlowsTask`; for a missing right ASSUMED).
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::NotOwn => "合同信息不存在或非本企业发起的合同",
            Self::Ended => "合同当前状态不支持撤销",
            Self::NoRight => "当前操作人无权限撤销该合同",
        }
    }
}

impl CancelTask {
    /// How it stands at `now`.
    #[must_use]
    pub fn status(&self, now: Timestamp) -> CancelStatus {
        match (&self.outcome, &self.scope) {
            (Some(_), _) => CancelStatus::Ended,
            (None, CancelScope::Link { expires_at, .. }) if now >= *expires_at => CancelStatus::TimedOut,
            (None, CancelScope::Link { .. } | CancelScope::Organization { .. }) => CancelStatus::Processing,
        }
    }

    /// Asks whether the task may withdraw this contract.
    ///
    /// # Errors
    /// Why not.
    pub fn check(&self, flow: Option<&Flow>, directory: &Directory) -> Result<(), NotCancelled> {
        let operator = match &self.scope {
            CancelScope::Link { operator, .. } => Some(directory.entitled(operator)),
            CancelScope::Organization { .. } => None,
        };
        cancellable(flow, &self.organization, self.application.as_ref(), operator)
    }
}

/// Asks whether this company, through this application and this employee where there are any, may withdraw the contract.
///
/// # Errors
/// Why not.
pub fn cancellable(
    flow: Option<&Flow>,
    organization: &OrganizationId,
    application: Option<&ApplicationId>,
    operator: Option<Entitled<'_>>,
) -> Result<(), NotCancelled> {
    let own = |flow: &&Flow| {
        let here = application.is_none() || flow.initiator.application.as_ref() == application;
        here && &flow.initiator.organization == organization
    };
    let flow = flow.filter(own).ok_or(NotCancelled::NotOwn)?;
    flow.ensure_open().map_err(|_| NotCancelled::Ended)?;
    if operator.is_some_and(|one| !one.may_cancel(flow)) {
        return Err(NotCancelled::NoRight);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::employee::Role;
    use crate::domain::samples::{NOW, at, flow_of_three};

    fn employee(id: &str, roles: Vec<Role>) -> Employee {
        Employee::new(id.into(), "own".into(), "李四".into(), "13300000000".into(), NOW).with_roles(roles)
    }

    #[test]
    fn only_open_contracts_of_the_own_company_are_withdrawn() {
        let mut flow = flow_of_three(false);
        let own = "own".into();
        assert_eq!(cancellable(Some(&flow), &own, None, None), Ok(()));
        assert_eq!(cancellable(Some(&flow), &"other".into(), None, None), Err(NotCancelled::NotOwn));
        assert_eq!(cancellable(None, &own, None, None), Err(NotCancelled::NotOwn));
        flow.cancel("x", at(1)).unwrap();
        assert_eq!(cancellable(Some(&flow), &own, None, None), Err(NotCancelled::Ended));
    }

    #[test]
    fn an_application_withdraws_only_what_was_launched_through_it() {
        let (mut flow, own) = (flow_of_three(false), "own".into());
        let through = |flow: &Flow, id: &str| cancellable(Some(flow), &own, Some(&id.into()), None);
        assert_eq!(through(&flow, "app"), Err(NotCancelled::NotOwn), "the company launched it by itself");
        flow.initiator.application = Some("app".into());
        assert_eq!(through(&flow, "app"), Ok(()));
        assert_eq!(through(&flow, "another"), Err(NotCancelled::NotOwn));
        assert_eq!(cancellable(Some(&flow), &own, None, None), Ok(()), "the company itself reaches all of its own");
    }

    #[test]
    fn a_colleague_without_an_admins_rights_withdraws_nothing() {
        let (flow, own) = (flow_of_three(false), "own".into());
        let may = |one: &Employee| {
            let mut directory = Directory::default();
            directory.employees.insert(one.clone());
            cancellable(Some(&flow), &own, None, Some(directory.entitled(one)))
        };
        assert_eq!(may(&employee("colleague", vec![Role::Operator])), Err(NotCancelled::NoRight));
        assert_eq!(may(&employee("colleague", vec![Role::LegalPerson])), Ok(()));
        assert_eq!(may(&employee("colleague", vec![Role::ContractAdmin])), Ok(()));
        assert_eq!(may(&employee("operator", Vec::new())), Ok(()), "who launched it");
    }

    #[test]
    fn a_link_nobody_confirms_times_out() {
        let scope = CancelScope::Link { operator: Box::new(employee("operator", Vec::new())), expires_at: at(10) };
        let mut task = CancelTask {
            id: "task".into(),
            organization: "own".into(),
            application: None,
            scope,
            flows: Vec::new(),
            outcome: None,
        };
        assert_eq!((task.status(NOW), task.status(at(10))), (CancelStatus::Processing, CancelStatus::TimedOut));
        task.outcome = Some(CancelOutcome::default());
        assert_eq!(task.status(at(10)), CancelStatus::Ended);
    }
}
