//! `DescribeContractDiffTaskWebUrl` makes the address of the page that shows a comparison, however far it is: five minutes, once.

use ess_schemas::ess::{DescribeContractDiffTaskWebUrlRequest, DescribeContractDiffTaskWebUrlResponse};

use super::super::pages::address;
use super::own;
use crate::domain::intelligence::page::IntelligencePage;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// The company has no such comparison.
pub fn describe_contract_diff_task_web_url(
    call: &mut Call<'_>,
    request: DescribeContractDiffTaskWebUrlRequest,
) -> Result<DescribeContractDiffTaskWebUrlResponse, Refusal> {
    let task = own(call, &request.task_id)?.task.id.clone();
    Ok(DescribeContractDiffTaskWebUrlResponse { web_url: address(call, IntelligencePage::Comparison(task))? })
}
