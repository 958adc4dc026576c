//! Messages about employees. `VerifyStaffInfo` and `RolesChange` of companies are published (`seed scenario-guide`); the fields
//! of the others, and what platforms are told, are ASSUMED.

use ess_schemas::callbacks::{ApproveEmployeeJoin, QuiteJob, RolesChange, SuperAdminChange, VerifyStaffInfo, partner};

use super::envelope;
use crate::callbacks::behalf::Behalf;
use crate::callbacks::message::Message;
use crate::domain::ids::OpenId;
use crate::domain::staff_change::{Colleague, StaffChange, StaffMember};
use crate::domain::time::Timestamp;

/// What a platform's application is told.
pub(super) fn to_partner(message: &Message, change: &StaffChange, member: &StaffMember) -> Vec<u8> {
    let (version, at, who) = (Some("ThirdPartyApp"), message.at, &message.behalf);
    match change {
        // Whoever asks to join does not ask a platform, so no application is told.
        StaffChange::Joined | StaffChange::Admitted => envelope(message, version, &joined(who, member, at)),
        StaffChange::NotJoined(reason) => envelope(message, version, &not_joined(who, member, reason, at)),
        StaffChange::Authorized(success) => envelope(message, version, &authorized(who, *success, at)),
        StaffChange::Left(receiver) => envelope(message, version, &left(who, member, receiver.as_ref(), at)),
        StaffChange::RolesChanged(before, after) => {
            envelope(message, version, &roles_changed(who, member, before, after))
        }
        StaffChange::SuperAdminChanged(former) => {
            envelope(message, version, &super_admin_changed(who, former.as_ref(), at))
        }
        StaffChange::LegalPersonChanged(former, success) => {
            envelope(message, version, &legal_person_changed(who, former.as_ref(), *success, at))
        }
    }
}

/// What a company is told of its own people. What is a platform's business has no company's form, and is told to no company.
pub(super) fn to_company(
    message: &Message,
    version: Option<&str>,
    change: &StaffChange,
    member: &StaffMember,
) -> Vec<u8> {
    let (organization_id, user_id, name) =
        (member.organization.to_string(), member.user.to_string(), member.name.clone());
    let operate_time = message.at.seconds();
    match change {
        StaffChange::Joined => envelope(message, version, &VerifyStaffInfo { organization_id, user_id, name }),
        StaffChange::Admitted => {
            envelope(message, version, &ApproveEmployeeJoin { organization_id, user_id, name, operate_time })
        }
        StaffChange::Left(receiver) => {
            let receive_user_id = receiver.as_ref().map(|one| one.user.to_string());
            let told = QuiteJob { organization_id, user_id, name, operate_time, receive_user_id };
            envelope(message, version, &told)
        }
        StaffChange::RolesChanged(before, after) => {
            let (before_role_names, after_role_names) = (before.clone(), after.clone());
            let told = RolesChange { organization_id, user_id, name, before_role_names, after_role_names };
            envelope(message, version, &told)
        }
        StaffChange::SuperAdminChanged(former) => {
            let old_user_id = former.as_ref().map(|one| one.user.to_string()).unwrap_or_default();
            let told = SuperAdminChange { organization_id, old_user_id, new_user_id: user_id, operate_time };
            envelope(message, version, &told)
        }
        StaffChange::NotJoined(_) | StaffChange::Authorized(_) | StaffChange::LegalPersonChanged(..) => {
            to_partner(message, change, member)
        }
    }
}

fn joined(who: &Behalf, member: &StaffMember, at: Timestamp) -> partner::VerifyStaffInfo {
    partner::VerifyStaffInfo {
        application_id: who.application(),
        proxy_organization_open_id: who.customer(),
        proxy_operator_open_id: who.operator().unwrap_or_default(),
        name: member.name.clone(),
        operate_time: at.seconds(),
    }
}

fn not_joined(who: &Behalf, member: &StaffMember, reason: &str, at: Timestamp) -> partner::VerifyStaffFail {
    partner::VerifyStaffFail {
        application_id: who.application(),
        proxy_organization_open_id: who.customer(),
        proxy_operator_open_id: who.operator().unwrap_or_default(),
        name: member.name.clone(),
        reason: reason.to_owned(),
        operate_time: at.seconds(),
    }
}

fn authorized(who: &Behalf, success: bool, at: Timestamp) -> partner::OperatorAuth {
    partner::OperatorAuth {
        application_id: who.application(),
        proxy_organization_open_id: who.customer(),
        proxy_operator_open_id: who.operator().unwrap_or_default(),
        auth_success: success,
        operate_time: at.seconds(),
    }
}

fn left(who: &Behalf, member: &StaffMember, receiver: Option<&Colleague>, at: Timestamp) -> partner::QuiteJob {
    partner::QuiteJob {
        application_id: who.application(),
        proxy_organization_open_id: who.customer(),
        proxy_operator_open_id: who.operator(),
        name: member.name.clone(),
        operate_time: at.seconds(),
        receive_open_id: receiver.and_then(|one| one.open_id.as_ref()).map(OpenId::to_string),
    }
}

fn roles_changed(who: &Behalf, member: &StaffMember, before: &[String], after: &[String]) -> partner::RolesChange {
    partner::RolesChange {
        application_id: who.application(),
        proxy_organization_open_id: who.customer(),
        proxy_operator_open_id: who.operator().unwrap_or_default(),
        name: member.name.clone(),
        before_role_names: before.to_vec(),
        after_role_names: after.to_vec(),
    }
}

fn super_admin_changed(who: &Behalf, former: Option<&Colleague>, at: Timestamp) -> partner::SuperAdminChange {
    partner::SuperAdminChange {
        application_id: who.application(),
        proxy_organization_open_id: who.customer(),
        proxy_operator_open_id: who.operator(),
        old_open_id: open_id(former),
        new_open_id: who.operator().unwrap_or_default(),
        operate_time: at.seconds(),
    }
}

fn legal_person_changed(
    who: &Behalf,
    former: Option<&Colleague>,
    success: bool,
    at: Timestamp,
) -> partner::LegalPersonChangeOpenId {
    partner::LegalPersonChangeOpenId {
        application_id: who.application(),
        proxy_organization_open_id: who.customer(),
        proxy_operator_open_id: who.operator().unwrap_or_default(),
        old_open_id: open_id(former),
        new_open_id: who.operator().unwrap_or_default(),
        change_success: success,
        operate_time: at.seconds(),
    }
}

fn open_id(colleague: Option<&Colleague>) -> String {
    colleague.and_then(|one| one.open_id.as_ref()).map(OpenId::to_string).unwrap_or_default()
}
