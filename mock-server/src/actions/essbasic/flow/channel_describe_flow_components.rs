//! `ChannelDescribeFlowComponents` tells what the initiator and every signer filled in, or still has to, as
//! `DescribeFlowComponents` does.
//!
//! A download must be allowed (`api ChannelDescribeFlowComponents`). Who has nothing to fill in has done so: "1"
//! (`ex ChannelDescribeFlowComponents`).

use ess_schemas::essbasic::{
    ChannelDescribeFlowComponentsRequest, ChannelDescribeFlowComponentsResponse, FilledComponent,
    RecipientComponentInfo,
};

use crate::actions::filled::{Filled, Party, State, parties};
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// Nobody allowed downloads, no such contract, one the customer takes no part in, or one without a document.
pub fn channel_describe_flow_components(
    call: &mut Call<'_>,
    request: ChannelDescribeFlowComponentsRequest,
) -> Result<ChannelDescribeFlowComponentsResponse, Refusal> {
    call.caller.ensure_downloads_allowed()?;
    let flow = call.joined_flow(&request.flow_id)?;
    let infos = parties(call, &flow)?.into_iter().map(info).collect();
    Ok(ChannelDescribeFlowComponentsResponse { recipient_component_infos: infos })
}

fn info(party: Party) -> RecipientComponentInfo {
    let status = match party.state {
        State::Open => "0",
        State::Nothing | State::Done => "1",
    };
    RecipientComponentInfo {
        recipient_id: Some(party.recipient),
        recipient_fill_status: Some(status.to_owned()),
        is_promoter: Some(party.is_initiator),
        components: Some(party.components.into_iter().chain(party.written).map(filled).collect()),
    }
}

fn filled(component: Filled) -> FilledComponent {
    FilledComponent {
        component_fill_status: Some(component.status().to_owned()),
        component_id: Some(component.id),
        component_name: Some(component.name),
        component_value: Some(component.value),
        image_url: Some(component.image_url),
    }
}
