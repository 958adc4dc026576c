//! What both ways to launch a group share.

use ess_schemas::ess::{ApproverInfo, FlowGroupApprovers, FlowGroupInfo, FlowGroupOptions, UserFlowType};

use crate::actions::ess::dialect;
use crate::domain::approver::ApproverKind;
use crate::domain::flow::Wishes;
use crate::domain::group::FlowGroup;
use crate::domain::launch::{NewApprover, NewFlow};
use crate::engine::call::Call;

/// What is said once for all contracts of a group.
pub(super) struct Shared {
    /// Whether the launch is handed to the company's own approval.
    pub(super) workflow: bool,
    options: FlowGroupOptions,
    /// The kind of all contracts, over what each says (`api CreateFlowGroupByTemplates.UserFlowType`).
    kind: Option<String>,
    own_company: String,
}

impl Shared {
    pub(super) fn of(call: &Call<'_>, options: Option<FlowGroupOptions>, kind: Option<UserFlowType>) -> Self {
        let options = options.unwrap_or_default();
        Self {
            workflow: options.flow_group_need_workflow.unwrap_or(false),
            options,
            kind: kind.and_then(|kind| kind.name).filter(|name| !name.is_empty()),
            own_company: call.caller.organization.name.clone(),
        }
    }

    /// One contract of the group, without what it is made of.
    pub(super) fn new_flow(&self, info: FlowGroupInfo) -> NewFlow {
        let approvers = info.approvers.iter().map(|one| self.approver(one)).collect();
        NewFlow {
            name: info.flow_name,
            description: info.flow_description.unwrap_or_default(),
            kind: self.kind.clone().or(info.flow_type).unwrap_or_default(),
            user_data: info.user_data.unwrap_or_default(),
            deadline: dialect::moment(info.deadline),
            unordered: info.unordered.unwrap_or(false),
            needs_sign_review: info.need_sign_review.unwrap_or(false),
            auto_sign_scene: info.auto_sign_scene,
            approvers,
            copies: info.cc_infos.iter().flatten().map(dialect::copy_recipient).collect(),
            wishes: Wishes { noun: dialect::noun(info.flow_display_type), ..Wishes::default() },
            ..NewFlow::default()
        }
    }

    /// The group says how the signers of the own company hear of it, and how the others do.
    fn approver(&self, info: &ApproverInfo) -> NewApprover {
        let machines = [ApproverKind::OrganizationAutoSign.code(), ApproverKind::OwnOrganizationPin.code()];
        let own = machines.contains(&info.approver_type) || info.organization_name.as_ref() == Some(&self.own_company);
        let told = if own {
            &self.options.self_organization_approver_notify_type
        } else {
            &self.options.other_approver_notify_type
        };
        let mut approver = dialect::new_approver(info);
        if let Some(told) = dialect::given(told) {
            approver.notify = crate::actions::words::notify(Some(told));
        }
        approver
    }
}

/// The slots of every contract.
pub(super) fn approvers(call: &Call<'_>, group: &FlowGroup) -> Vec<FlowGroupApprovers> {
    let flows = group.flows.iter().filter_map(|id| call.world.flows.get(id.as_str()));
    let of = |flow: &crate::domain::flow::Flow| FlowGroupApprovers {
        flow_id: Some(flow.id.to_string()),
        approvers: Some(flow.approvers.iter().map(dialect::approver_item).collect()),
    };
    flows.map(|flow| of(flow)).collect()
}
