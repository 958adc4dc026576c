//! Messages about seals, for every kind of receivers (`callback docs`: eight kinds, the review's without operator and company).

use ess_schemas::callbacks::{
    EmployeeSealAuth, OperateSeal, OperateSealAuthorizedUser, SealUse, SealUseSealUseCallbackRecord, legacy, partner,
};

use crate::callbacks::behalf::Behalf;
use crate::domain::event::SealNews;
use crate::domain::ids::UserId;
use crate::domain::seal::{self, Grantee, SealChange, SealWorkflow};
use crate::domain::time::Timestamp;

/// `Operate`; nothing for a review, and for what has a message of its own.
fn operate(change: &SealChange) -> Option<&'static str> {
    match change {
        SealChange::Created => Some("Create"),
        SealChange::Enabled => Some("Enable"),
        SealChange::Disabled => Some("Disable"),
        SealChange::Deleted => Some("Delete"),
        SealChange::Granted(_) => Some("Valid"),
        SealChange::Revoked(_) => Some("Invalid"),
        SealChange::Reviewed(_) | SealChange::Lent(_) => None,
    }
}

/// Whom it was given to, or taken from (`callback docs` contradict each other: with grants, not with switches).
fn grantees(change: &SealChange) -> Option<&[Grantee]> {
    match change {
        SealChange::Granted(grantees) | SealChange::Revoked(grantees) => Some(grantees),
        SealChange::Created
        | SealChange::Enabled
        | SealChange::Disabled
        | SealChange::Deleted
        | SealChange::Reviewed(_)
        | SealChange::Lent(_) => None,
    }
}

/// `ReviewStatus`, or `AuditResult`.
fn verdict(change: &SealChange) -> Option<&'static str> {
    match change {
        SealChange::Reviewed(true) => Some("PASS"),
        SealChange::Reviewed(false) => Some("REJECT"),
        SealChange::Created
        | SealChange::Enabled
        | SealChange::Disabled
        | SealChange::Deleted
        | SealChange::Granted(_)
        | SealChange::Revoked(_)
        | SealChange::Lent(_) => None,
    }
}

pub(super) fn operate_seal(news: &SealNews) -> OperateSeal {
    let (seal, review) = (&news.seal, verdict(&news.change));
    let known = |value: String| Some(value).filter(|_| review.is_none());
    OperateSeal {
        organization_id: known(seal.organization.to_string()),
        operator_user_id: known(news.by.as_ref().map(ToString::to_string).unwrap_or_default()),
        seal_id: seal.id.to_string(),
        seal_name: seal.name.clone(),
        seal_type: Some(seal.kind.wire().to_owned()),
        operate: operate(&news.change).map(str::to_owned),
        authorized_users: grantees(&news.change).map(|all| all.iter().map(authorized).collect()),
        review_status: review.map(str::to_owned),
        review_reason: review.map(|_| seal.fail_reason.clone()),
        node_name: None,
        node_status: None,
        review_user_id: None,
    }
}

fn authorized(grantee: &Grantee) -> OperateSealAuthorizedUser {
    OperateSealAuthorizedUser { user_id: grantee.user.to_string(), user_name: grantee.name.clone() }
}

/// As the newer one, without the kind, and with other names for grantees (`seed scenario-guide`).
pub(super) fn operate_seal_for_legacy(news: &SealNews) -> legacy::OperateSeal {
    let newer = operate_seal(news);
    let authorized = |grantee: OperateSealAuthorizedUser| legacy::OperateSealAuthorizedUser {
        id: grantee.user_id,
        name: grantee.user_name,
    };
    legacy::OperateSeal {
        organization_id: newer.organization_id,
        operator_user_id: newer.operator_user_id,
        seal_id: newer.seal_id,
        seal_name: newer.seal_name,
        operate: newer.operate,
        authorized_users: newer.authorized_users.map(|all| all.into_iter().map(authorized).collect()),
        review_status: newer.review_status,
        review_reason: newer.review_reason,
    }
}

pub(super) fn operate_seal_for_partner(who: &Behalf, news: &SealNews) -> partner::OperateSeal {
    let grantee = grantees(&news.change).and_then(<[Grantee]>::first);
    partner::OperateSeal {
        application_id: who.application(),
        proxy_organization_open_id: who.customer(),
        proxy_operator_open_id: who.operator().unwrap_or_default(),
        authorized_operator_open_id: grantee.map(|one| who.person(Some(&one.user))),
        seal_id: news.seal.id.to_string(),
        seal_name: news.seal.name.clone(),
        seal_type: Some(news.seal.kind.wire().to_owned()),
        operate: operate(&news.change).unwrap_or_default().to_owned(),
    }
}

/// A platform hears of a review in a message of its own; who asked for it is who made the seal (ASSUMED).
pub(super) fn audit_seal_auth(who: &Behalf, news: &SealNews, at: Timestamp) -> partner::AuditSealAuth {
    partner::AuditSealAuth {
        application_id: who.application(),
        proxy_organization_open_id: who.customer(),
        proxy_operator_open_id: who.operator().unwrap_or_default(),
        seal_id: news.seal.id.to_string(),
        seal_name: news.seal.name.clone(),
        audit_result: verdict(&news.change).unwrap_or_default().to_owned(),
        audit_reason: news.seal.fail_reason.clone(),
        operate_time: at.seconds(),
    }
}

pub(super) fn employee_seal_auth(news: &SealNews, lender: &UserId, at: Timestamp) -> EmployeeSealAuth {
    EmployeeSealAuth {
        organization_id: news.seal.organization.to_string(),
        user_id: lender.to_string(),
        seal_id: news.seal.id.to_string(),
        seal_name: news.seal.name.clone(),
        user_data: news.seal.user_data.clone(),
        operate_time: at.seconds(),
    }
}

pub(super) fn employee_seal_auth_for_partner(
    who: &Behalf,
    news: &SealNews,
    at: Timestamp,
) -> partner::EmployeeSealAuth {
    partner::EmployeeSealAuth {
        application_id: who.application(),
        proxy_organization_open_id: who.customer(),
        proxy_operator_open_id: who.operator(),
        seal_id: news.seal.id.to_string(),
        seal_name: news.seal.name.clone(),
        user_data: news.seal.user_data.clone(),
        operate_time: at.seconds(),
    }
}

pub(super) fn seal_policy_workflow(
    who: &Behalf,
    workflow: &SealWorkflow,
    at: Timestamp,
) -> partner::SealPolicyWorkflow {
    partner::SealPolicyWorkflow {
        application_id: who.application(),
        proxy_organization_open_id: who.customer(),
        proxy_operator_open_id: who.operator().unwrap_or_default(),
        workflow_instance_id: workflow.id.clone(),
        flow_id: workflow.flow.to_string(),
        seal_id: workflow.seal.to_string(),
        workflow_status: workflow.applied.wire().to_owned(),
        operate_time: at.seconds(),
    }
}

/// A record to a message. Its fields are published without a word on them: whoever created it is whoever launched the contract, and
/// nobody has audited it (both ASSUMED; who agrees to a request to use a seal is not known here).
pub(super) fn seal_use(used: &seal::SealUse, at: Timestamp) -> SealUse {
    SealUse {
        seal_use_callback_records: vec![SealUseSealUseCallbackRecord {
            seal_id: used.seal.id.to_string(),
            seal_name: used.seal.name.clone(),
            flow_id: used.flow.id.to_string(),
            flow_name: used.flow.name.clone(),
            sign_count: i64::try_from(used.places).unwrap_or(i64::MAX),
            creator_id: used.flow.initiator.user.to_string(),
            creator_name: used.creator_name.clone(),
            sign_time: at.seconds(),
            audit_user_id: String::new(),
            audit_user_name: String::new(),
            audit_time: 0,
            organization_id: used.seal.organization.to_string(),
        }],
    }
}
