//! `ImportContractReviewChecklist` makes a checklist, or replaces one of the company's as a whole.
//!
//! `Enabled` says whether it is used where none is named: it is only when that is `true` (`api ImportContractReviewChecklist`), so that a
//! call without it switches a list off. Points that are named by the ids they have keep them (ASSUMED).

use ess_schemas::ess::{ImportContractReviewChecklistRequest, ImportContractReviewChecklistResponse};

use super::dialect;
use crate::actions::ess::dialect::given;
use crate::domain::intelligence::review::checklist::Checklist;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;
use crate::engine::ids::Kind;

/// See the module's comment.
///
/// # Errors
/// The company has no such list to be replaced, or [`Checklist::check`] refuses.
pub fn import_contract_review_checklist(
    call: &mut Call<'_>,
    request: ImportContractReviewChecklistRequest,
) -> Result<ImportContractReviewChecklistResponse, Refusal> {
    let company = call.caller.organization();
    let former = given(&request.checklist_id).map(|id| call.world.checklist(id, company)).transpose()?;
    if let Some(official) = former.as_ref().filter(|list| list.organization.is_none()) {
        // The vendor's own is none of the company's.
        return Err(Refusal::ChecklistUnknown { checklist: official.id.to_string() });
    }
    let keeps = |id: &str| former.iter().any(|list| list.points().any(|(_, point)| point.id == id));
    let categories = request.categories.into_iter().map(|wanted| dialect::category(wanted, keeps));
    let mut list = Checklist {
        id: "".into(),
        organization: Some(company.clone()),
        name: request.name,
        enabled: request.enabled == Some(true),
        categories: categories.collect::<Result<_, _>>()?,
        updater: Some(call.caller.operator()?.id.clone()),
        updated_at: call.now,
    };
    list.check()?;
    list.id = former.map_or_else(|| call.world.ids.next(Kind::Task).into(), |list| list.id.clone());
    let checklist_id = list.id.to_string();
    call.world.keep_checklist(list);
    Ok(ImportContractReviewChecklistResponse { checklist_id: Some(checklist_id) })
}
