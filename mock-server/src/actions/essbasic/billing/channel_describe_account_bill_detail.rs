//! `ChannelDescribeAccountBillDetail` counts the accounts of an application: licences of a year, each bound to a customer
//! (`api CreateChannelSubOrganizationActive`).
//!
//! They are the platform's, whether a customer is named or not (`ex ChannelDescribeAccountBillDetail` names none that counts).

use ess_schemas::essbasic::{ChannelDescribeAccountBillDetailRequest, ChannelDescribeAccountBillDetailResponse};

use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// None of its own.
pub fn channel_describe_account_bill_detail(
    call: &mut Call<'_>,
    _: ChannelDescribeAccountBillDetailRequest,
) -> Result<ChannelDescribeAccountBillDetailResponse, Refusal> {
    let application = &call.caller.agent()?.application;
    let licences = application.licences;
    let number = |count: u64| Some(i64::try_from(count).unwrap_or(i64::MAX));
    let counted = |count: usize| Some(i64::try_from(count).unwrap_or(i64::MAX));
    let attached = || application.customers().iter().filter(|customer| customer.licensed_until.is_some());
    let bound = attached().filter(|customer| customer.is_active(call.now)).count();
    let over = attached().count() - bound;
    Ok(ChannelDescribeAccountBillDetailResponse {
        bound_accounts_number: counted(bound),
        remain_available_accounts_number: number(licences.left()),
        invalid_accounts_number: counted(over),
        total_buy_accounts_number: number(licences.bought),
        total_gift_accounts_number: number(licences.gifted),
    })
}
