//! `DescribeFlowComponents` tells what the initiator and every signer filled in, or still has to.
//!
//! A party with nothing to fill in has the fill status "" (`ex DescribeFlowComponents`).

use ess_schemas::ess::{
    DescribeFlowComponentsRequest, DescribeFlowComponentsResponse, FilledComponent, RecipientComponentInfo,
};

use crate::actions::filled::{Filled, Party, State, parties};
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// No such contract, one the caller's company takes no part in, or one without a document.
pub fn describe_flow_components(
    call: &mut Call<'_>,
    request: DescribeFlowComponentsRequest,
) -> Result<DescribeFlowComponentsResponse, Refusal> {
    let flow = call.joined_flow(&request.flow_id)?;
    let infos = parties(call, &flow)?.into_iter().map(info).collect();
    Ok(DescribeFlowComponentsResponse { recipient_component_infos: infos })
}

/// "" for nothing to fill in, "1" when all is, "0" before (`api RecipientComponentInfo`).
fn info(party: Party) -> RecipientComponentInfo {
    let recipient = party.recipient;
    let status = match party.state {
        State::Nothing => "",
        State::Open => "0",
        State::Done => "1",
    };
    let written: Vec<_> = party.written.into_iter().map(|one| filled(&recipient, one)).collect();
    RecipientComponentInfo {
        recipient_fill_status: Some(status.to_owned()),
        is_promoter: Some(party.is_initiator),
        components: Some(party.components.into_iter().map(|one| filled(&recipient, one)).collect()),
        sign_components: (!written.is_empty()).then_some(written),
        recipient_id: Some(recipient),
    }
}

fn filled(recipient: &str, component: Filled) -> FilledComponent {
    FilledComponent {
        component_fill_status: component.status().to_owned(),
        component_id: component.id,
        component_name: component.name,
        component_value: component.value,
        component_recipient_id: recipient.to_owned(),
        image_url: component.image_url,
    }
}
