//! `GetDownloadFlowUrl` makes the address of a page of the console that hands contracts out, in folders.
//!
//! 20 contracts a folder, 50 together (`api GetDownloadFlowUrl`). The page lives five minutes and opens once. Only contracts that
//! may be downloaded ([`crate::engine::downloads`]); one that may not refuses the whole call (ASSUMED: the answer has no place to
//! say so).

use ess_schemas::essbasic::{DownloadFlowInfo, GetDownloadFlowUrlRequest, GetDownloadFlowUrlResponse};

use crate::domain::link::{Folder, Opens};
use crate::domain::refusal::Refusal;
use crate::domain::time::MINUTE;
use crate::engine::call::Call;

/// The most contracts of one page (`api GetDownloadFlowUrl`).
const MOST: usize = 50;

/// See the module's comment.
///
/// # Errors
/// No contracts, or too many; one that is another's or has no document to fetch; nobody allowed downloads.
pub fn get_download_flow_url(
    call: &mut Call<'_>,
    request: GetDownloadFlowUrlRequest,
) -> Result<GetDownloadFlowUrlResponse, Refusal> {
    let folders = request.down_load_flows.unwrap_or_default();
    let wanted: usize = folders.iter().map(|one| one.flow_id_list.len()).sum();
    if folders.is_empty() || folders.iter().any(|one| one.flow_id_list.is_empty()) {
        return Err(Refusal::FlowIdMissing);
    }
    if wanted > MOST {
        return Err(Refusal::ListTooLong { field: "DownLoadFlows".into(), limit: MOST });
    }
    call.caller.ensure_downloads_allowed()?;
    let folders = folders.iter().map(|one| folder(call, one)).collect::<Result<_, _>>()?;
    let link = call.world.add_link(Opens::Downloads(folders), call.now.plus(5 * MINUTE), None);
    Ok(GetDownloadFlowUrlResponse { down_load_url: call.urls.downloads(&link) })
}

/// A folder must be called something (ASSUMED: it is the name of what is saved).
fn folder(call: &Call<'_>, info: &DownloadFlowInfo) -> Result<Folder, Refusal> {
    if info.file_name.is_empty() {
        return Err(Refusal::ParameterMissing { field: "DownLoadFlows.FileName" });
    }
    let flows = info.flow_id_list.iter().map(|id| call.downloadable_flow(id).map(|flow| flow.id.clone()));
    Ok(Folder { name: info.file_name.clone(), flows: flows.collect::<Result<_, _>>()? })
}
