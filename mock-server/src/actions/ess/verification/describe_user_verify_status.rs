//! `DescribeUserVerifyStatus` says whether somebody of this name and card has proved who they are, through a link of the company that
//! asks; what others had them prove does not count (`api DescribeUserVerifyStatus`).

use ess_schemas::ess::{DescribeUserVerifyStatusRequest, DescribeUserVerifyStatusResponse};

use crate::actions::ess::dialect::card;
use crate::domain::identity::SaidOfPerson;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No name or no card.
pub fn describe_user_verify_status(
    call: &mut Call<'_>,
    request: DescribeUserVerifyStatusRequest,
) -> Result<DescribeUserVerifyStatusResponse, Refusal> {
    if request.name.is_empty() {
        return Err(Refusal::ParameterMissing { field: "Name" });
    }
    let card = card(Some(&request.id_card_type), Some(&request.id_card_number));
    let card = card.ok_or(Refusal::ParameterMissing { field: "IdCardNumber" })?;
    let said = SaidOfPerson { name: request.name, mobile: String::new(), card };
    let verify_status = call.world.has_proved_through(call.caller.organization(), &said);
    Ok(DescribeUserVerifyStatusResponse { verify_status })
}
