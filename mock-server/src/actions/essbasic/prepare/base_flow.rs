//! A contract as pages for launching take it (`BaseFlowInfo`).

use ess_schemas::essbasic::{BaseFlowInfo, FlowApproverInfo};

use crate::actions::essbasic::dialect::{self, given};
use crate::domain::flow::Wishes;
use crate::domain::launch::NewFlow;
use crate::domain::life::filling::Fill;
use crate::domain::preparation::{PreparedFlow, Resource};
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// What is prepared from it, made of `resource`. What the initiator fills into a template comes as `FormFields`, into a file as
/// `Components`.
pub(super) fn prepared_flow(
    call: &Call<'_>,
    info: &BaseFlowInfo,
    resource: Option<Resource>,
) -> Result<PreparedFlow, Refusal> {
    if info.flow_name.is_empty() {
        return Err(Refusal::ParameterMissing { field: "FlowName" });
    }
    let wanted: Vec<FlowApproverInfo> = info.approvers.iter().flatten().map(dialect::common_signer).collect();
    let approvers = match &resource {
        Some(Resource::Template(template)) => {
            let mut approvers = dialect::new_parties(call, Some(&wanted), template)?;
            // A template says what its parties sign with.
            approvers.iter_mut().for_each(|one| one.components = Vec::new());
            approvers
        }
        Some(Resource::File(_)) | None => dialect::new_approvers(call, Some(&wanted))?,
    };
    let values = info.form_fields.iter().flatten().filter(|_| matches!(resource, Some(Resource::Template(_))));
    let values = values.filter_map(|field| {
        let component = given(&field.component_id).or(given(&field.component_name))?.clone();
        Some(Fill { component, value: field.component_value.clone() })
    });
    let values = values.collect();
    Ok(PreparedFlow {
        id: "".into(),
        new: NewFlow {
            name: info.flow_name.clone(),
            description: info.flow_description.clone().unwrap_or_default(),
            kind: info.flow_type.clone().unwrap_or_default(),
            user_data: info.user_data.clone().unwrap_or_default(),
            deadline: dialect::moment(Some(info.deadline)),
            unordered: info.unordered.unwrap_or(false),
            needs_sign_review: info.need_sign_review.unwrap_or(false),
            needs_creation_review: info.need_create_review.unwrap_or(false),
            // Whoever launches by hand may leave it to the signers where they sign (ASSUMED, as in ess).
            signers_place_components: true,
            fills: info.components.iter().flatten().map(Into::into).collect(),
            approvers,
            copies: info.cc_infos.iter().flatten().map(dialect::copy_recipient).collect(),
            wishes: Wishes { noun: dialect::noun(info.flow_display_type), ..Wishes::default() },
            ..NewFlow::default()
        },
        resource,
        values,
        lasts: None,
    })
}
