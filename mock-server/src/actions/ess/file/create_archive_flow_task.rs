//! `CreateArchiveFlowTask` hands in contracts that were signed elsewhere, to be kept here.
//!
//! A file that cannot be used fails its own contract, some seconds later, and no other (`api ArchiveFlowResult`).

use ess_schemas::ess::{CreateArchiveFlow, CreateArchiveFlowTaskRequest, CreateArchiveFlowTaskResponse};

use crate::actions::ess::dialect::given;
use crate::domain::archive::{ArchiveEntry, ArchiveTask, NewArchivedFlow, NotArchived};
use crate::domain::ids::FlowId;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;
use crate::engine::ids::Kind;

/// How many tasks are remembered; the oldest go first.
const TASKS_KEPT: usize = 10_000;

/// See the module's comment.
///
/// # Errors
/// No contracts, one without a file, or a company without a name.
pub fn create_archive_flow_task(
    call: &mut Call<'_>,
    request: CreateArchiveFlowTaskRequest,
) -> Result<CreateArchiveFlowTaskResponse, Refusal> {
    if request.archive_flows.is_empty() {
        return Err(Refusal::ParameterMissing { field: "ArchiveFlows" });
    }
    let wanted: Vec<NewArchivedFlow> = request.archive_flows.iter().map(wanted).collect();
    for one in &wanted {
        one.check()?;
    }
    let entries = wanted.iter().map(|one| archive(call, one)).collect::<Result<_, _>>()?;
    let id = call.world.ids.next(Kind::Task);
    let owner = call.caller.organization().clone();
    let task = ArchiveTask { id: id.as_str().into(), owner, created_at: call.now, entries };
    call.world.archive_tasks.insert_keeping(task, TASKS_KEPT);
    Ok(CreateArchiveFlowTaskResponse { task_id: Some(id) })
}

fn wanted(flow: &CreateArchiveFlow) -> NewArchivedFlow {
    let parties = flow.approver_info.iter().flatten().filter(|one| one.approver_type == Some(0));
    NewArchivedFlow {
        files: flow.resource_ids.iter().map(|id| id.as_str().into()).collect(),
        name: given(&flow.flow_name).cloned(),
        business: flow.business_id.clone().unwrap_or_default(),
        companies: parties.map(|one| one.organization_name.clone()).collect(),
    }
}

fn archive(call: &mut Call<'_>, wanted: &NewArchivedFlow) -> Result<ArchiveEntry, Refusal> {
    let file = wanted.check()?.clone();
    let outcome = call.usable_file(file.as_str()).and_then(|found| {
        let id = FlowId::from(call.world.ids.next(Kind::ArchivedFlow));
        let archived = wanted.archive(id.clone(), &found, call.now)?;
        call.world.archived.insert(archived);
        Ok(id)
    });
    Ok(ArchiveEntry { business: wanted.business.clone(), file, outcome: outcome.map_err(NotArchived::from) })
}
