//! `CreateMiniAppPrepareFlow` makes a page of the mini program on which somebody launches a contract.
//!
//! The link lives 90 days and dies with the launch (`ex CreateMiniAppPrepareFlow`). `FlowId` in the answer is reserved and
//! costs nothing. Signers have so many days from the launch on, seven unless said. In a contract made from a template the
//! template says the order; how copies are told is not to be chosen here. `Hides` and `PageOption` change only how the page
//! looks.

use std::time::Duration;

use ess_schemas::ess::{CreateMiniAppPrepareFlowRequest, CreateMiniAppPrepareFlowResponse, MiniAppCreateApproverInfo};

use crate::actions::ess::dialect::{self, given};
use crate::actions::preparing::{Reached, file, page_for, template};
use crate::domain::employee::{Card, CardKind};
use crate::domain::flow::Wishes;
use crate::domain::launch::{NewApprover, NewFlow};
use crate::domain::preparation::{MINI_PROGRAM_LIFETIME, PreparedFlow};
use crate::domain::refusal::Refusal;
use crate::domain::time::DAY;
use crate::engine::call::Call;
use crate::engine::urls::Urls;

/// `ResourceType` of a template; the other one is a file's.
const TEMPLATE: i64 = 1;
/// `DeadlineAfterStartDays`, when left out.
const DAYS: u32 = 7;

/// See the module's comment.
///
/// # Errors
/// What is wrong with the resource or the signers, or the quota is used up.
pub fn create_mini_app_prepare_flow(
    call: &mut Call<'_>,
    request: CreateMiniAppPrepareFlowRequest,
) -> Result<CreateMiniAppPrepareFlowResponse, Refusal> {
    let id = request.resource_id.as_str();
    if id.is_empty() {
        return Err(Refusal::ResourceIdMissing);
    }
    let resource = if request.resource_type == TEMPLATE { template(call, id)? } else { file(call, id)? };
    let days = request.deadline_after_start_days.and_then(|days| u32::try_from(days).ok()).unwrap_or(DAYS);
    let review = request.flow_option.as_ref().and_then(|option| option.need_create_review).unwrap_or(false);
    let noun = dialect::noun(request.flow_option.as_ref().and_then(|option| option.flow_display_type));
    let prepared = PreparedFlow {
        id: "".into(),
        resource: Some(resource),
        new: NewFlow {
            name: request.flow_name,
            user_data: request.user_data.unwrap_or_default(),
            unordered: request.unordered.unwrap_or(false),
            needs_creation_review: review,
            // Whoever launches by hand may leave it to the signers where they sign (ASSUMED).
            signers_place_components: true,
            approvers: request.approvers.iter().flatten().map(signer).collect(),
            copies: request.cc_infos.iter().flatten().map(dialect::copy_recipient).collect(),
            wishes: Wishes { noun, ..Wishes::default() },
            ..NewFlow::default()
        },
        values: Vec::new(),
        lasts: Some(Duration::from_secs(DAY.as_secs() * u64::from(days))),
    };
    let expires_at = call.now.plus(MINI_PROGRAM_LIFETIME);
    let (id, link) = page_for(call, None, vec![prepared], None, Reached::until(expires_at))?;
    Ok(CreateMiniAppPrepareFlowResponse {
        long_url: call.urls.mini_prepare(&link),
        short_url: call.urls.short(&link),
        mini_app_path: Urls::mini_prepare_path(&link),
        flow_id: id.to_string(),
        qrcode_url: call.urls.qr_picture("qrcode_urls/create_contract", &link.token),
        weixin_qrcode_url: Some(call.urls.mini_prepare(&link)),
        expired_on: link.expires_at.seconds(),
    })
}

fn signer(info: &MiniAppCreateApproverInfo) -> NewApprover {
    let kind = given(&info.approver_id_card_type).and_then(|kind| CardKind::from_wire(kind)).unwrap_or_default();
    NewApprover {
        kind: info.approver_type,
        recipient: given(&info.recipient_id).map(|id| id.as_str().into()),
        organization_name: given(&info.organization_name).cloned(),
        name: info.approver_name.clone(),
        mobile: info.approver_mobile.clone(),
        card: given(&info.approver_id_card_number).map(|number| Card { kind, number: number.clone() }),
        ..NewApprover::default()
    }
}
