//! Messages about groups of contracts, for both kinds of receivers (`callback docs`; the fields ASSUMED).

use ess_schemas::callbacks::{FlowGroupStatusChange, partner};

use crate::callbacks::behalf::Behalf;
use crate::domain::group::{FlowGroup, GroupStatus};
use crate::domain::time::Timestamp;

pub(super) fn status_change(group: &FlowGroup, status: GroupStatus, at: Timestamp) -> FlowGroupStatusChange {
    FlowGroupStatusChange {
        flow_group_id: group.id.to_string(),
        flow_group_name: group.name.clone(),
        flow_group_status: status.wire().to_owned(),
        flow_ids: group.flows.iter().map(ToString::to_string).collect(),
        occur_time: at.seconds(),
    }
}

/// As the company's, led by the platform's ids.
pub(super) fn status_change_for_partner(
    who: &Behalf,
    group: &FlowGroup,
    status: GroupStatus,
    at: Timestamp,
) -> partner::FlowGroupStatusChange {
    let company = status_change(group, status, at);
    partner::FlowGroupStatusChange {
        application_id: who.application(),
        proxy_organization_open_id: who.customer(),
        proxy_operator_open_id: who.operator(),
        flow_group_id: company.flow_group_id,
        flow_group_name: company.flow_group_name,
        flow_group_status: company.flow_group_status,
        flow_ids: company.flow_ids,
        occur_time: company.occur_time,
    }
}
