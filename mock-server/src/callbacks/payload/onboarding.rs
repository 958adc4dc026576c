//! Messages about a company on its way to become a platform's customer, or certified by another's guidance. `OrgAuth`, `OrgCertify` and `OrgOpenTsignBiz` are
//! published (`callback docs`); the fields of the others are ASSUMED, named like the API's.
//!
//! All messages about a record have the same fields, and so have both about a company's data: one struct writes them.

use ess_schemas::callbacks::{CloseOrganization, CreateOrganization, OrganizationAuthorization, partner};

use super::envelope;
use crate::callbacks::behalf::Behalf;
use crate::callbacks::message::Message;
use crate::domain::ids::ApplicationId;
use crate::domain::onboarding::progress::{Applicant, Progress, RecordChange, Verdict};
use crate::domain::onboarding::record::{Record, Transfer};
use crate::domain::time::{Timestamp, beijing};

/// What a platform's application is told.
pub(super) fn to_partner(message: &Message, progress: &Progress, applicant: &Applicant) -> Vec<u8> {
    let (version, at, who) = (Some("ThirdPartyApp"), message.at, &message.behalf);
    match progress {
        Progress::Granted => envelope(message, version, &granted(who)),
        Progress::Record(change, record) => envelope(message, version, &record_changed(who, *change, record, at)),
        Progress::LetterJudged(verdict) => envelope(message, version, &certified(who, verdict, at)),
        Progress::Opened => envelope(message, version, &opened(who, applicant)),
        Progress::RegistryJudged(verdict) => envelope(message, version, &registry_judged(who, applicant, verdict, at)),
        // No platform knows the last two.
        Progress::DataChanged | Progress::Closed | Progress::JoinedGroup | Progress::LeftGroup => {
            envelope(message, version, &company(who, applicant, at))
        }
    }
}

/// What a company is told of itself. What is a platform's business has no company's form, and is told to no company.
pub(super) fn to_company(
    message: &Message,
    version: Option<&str>,
    progress: &Progress,
    applicant: &Applicant,
) -> Vec<u8> {
    let at = message.at;
    match progress {
        Progress::Record(change, record) => envelope(message, version, &own_record_changed(*change, record, at)),
        Progress::DataChanged | Progress::Closed | Progress::JoinedGroup | Progress::LeftGroup => {
            envelope(message, version, &own_company(applicant, at))
        }
        Progress::LetterJudged(verdict) => envelope(message, version, &letter_reviewed(applicant, verdict, at)),
        Progress::Opened => envelope(message, version, &created(applicant, at)),
        Progress::Granted | Progress::RegistryJudged(_) => to_partner(message, progress, applicant),
    }
}

/// Who would not let the platform act sends nothing (ASSUMED): they leave the page.
fn granted(who: &Behalf) -> partner::OrgAuth {
    partner::OrgAuth {
        application_id: who.application(),
        proxy_organization_open_id: who.customer(),
        proxy_operator_open_id: who.operator().unwrap_or_default(),
        auth_success: true,
    }
}

fn certified(who: &Behalf, verdict: &Verdict, at: Timestamp) -> partner::OrgCertify {
    partner::OrgCertify {
        application_id: who.application(),
        proxy_organization_open_id: who.customer(),
        operate_success: verdict.has_passed(),
        certify_reason: verdict.reason().to_owned(),
        // The vendor's clock, in Beijing (`callback docs` shows the shape).
        operate_time: beijing(at).strftime("%Y-%m-%d %H:%M:%S").to_string(),
    }
}

fn opened(who: &Behalf, applicant: &Applicant) -> partner::OrgOpenTsignBiz {
    partner::OrgOpenTsignBiz {
        application_id: who.application(),
        proxy_organization_open_id: who.customer(),
        proxy_operator_open_id: who.operator().unwrap_or_default(),
        proxy_app_id: applicant.proxy_app.as_ref().map(ApplicationId::to_string).unwrap_or_default(),
        open_success: true,
        organization_name: applicant.company.name.clone(),
        uscc: applicant.company.credit_code.clone(),
        legal_name: applicant.company.legal_name.clone(),
    }
}

fn registry_judged(who: &Behalf, applicant: &Applicant, verdict: &Verdict, at: Timestamp) -> partner::OrgAuthAudit {
    partner::OrgAuthAudit {
        application_id: who.application(),
        proxy_organization_open_id: who.customer(),
        proxy_operator_open_id: who.operator(),
        organization_name: applicant.company.name.clone(),
        uniform_social_credit_code: applicant.company.credit_code.clone(),
        legal_name: applicant.company.legal_name.clone(),
        audit_success: verdict.has_passed(),
        reason: verdict.reason().to_owned(),
        operate_time: at.seconds(),
    }
}

/// A company that the receiver guided is certified.
fn created(applicant: &Applicant, at: Timestamp) -> CreateOrganization {
    let CloseOrganization { organization_id, organization_name, uniform_social_credit_code, legal_name, operate_time } =
        own_company(applicant, at);
    CreateOrganization {
        organization_id,
        organization_name,
        uniform_social_credit_code,
        legal_name,
        user_data: applicant.user_data.clone().unwrap_or_default(),
        operate_time,
    }
}

/// Its letter was looked at; the id is what other calls about it ask for (`api CreateModifyAdminAuthorizationUrl`).
fn letter_reviewed(applicant: &Applicant, verdict: &Verdict, at: Timestamp) -> OrganizationAuthorization {
    OrganizationAuthorization {
        authorization_id: applicant.authorization.as_ref().map(ToString::to_string).unwrap_or_default(),
        organization_name: applicant.company.name.clone(),
        status: if verdict.has_passed() { "PASS" } else { "REJECT" }.to_owned(),
        reason: verdict.reason().to_owned(),
        operate_time: at.seconds(),
    }
}

fn own_company(applicant: &Applicant, at: Timestamp) -> CloseOrganization {
    CloseOrganization {
        organization_id: applicant.organization.to_string(),
        organization_name: applicant.company.name.clone(),
        uniform_social_credit_code: applicant.company.credit_code.clone(),
        legal_name: applicant.company.legal_name.clone(),
        operate_time: at.seconds(),
    }
}

fn company(who: &Behalf, applicant: &Applicant, at: Timestamp) -> partner::CloseOrganization {
    let own = own_company(applicant, at);
    partner::CloseOrganization {
        application_id: who.application(),
        proxy_organization_open_id: who.customer(),
        proxy_operator_open_id: who.operator(),
        organization_name: own.organization_name,
        uniform_social_credit_code: own.uniform_social_credit_code,
        legal_name: own.legal_name,
        operate_time: own.operate_time,
    }
}

fn own_record_changed(change: RecordChange, record: &Record, at: Timestamp) -> OrganizationAuthorization {
    OrganizationAuthorization {
        authorization_id: record.id.to_string(),
        organization_name: record.company.name.clone(),
        status: status(change, record).to_owned(),
        reason: String::new(),
        operate_time: at.seconds(),
    }
}

fn record_changed(
    who: &Behalf,
    change: RecordChange,
    record: &Record,
    at: Timestamp,
) -> partner::OrganizationAuthorization {
    let own = own_record_changed(change, record, at);
    partner::OrganizationAuthorization {
        application_id: who.application(),
        proxy_organization_open_id: who.customer(),
        proxy_operator_open_id: who.operator(),
        authorization_id: own.authorization_id,
        organization_name: own.organization_name,
        status: own.status,
        reason: own.reason,
        operate_time: own.operate_time,
    }
}

/// `Status`: no words are published, ASSUMED.
fn status(change: RecordChange, record: &Record) -> &'static str {
    match change {
        RecordChange::Created => "CREATED",
        RecordChange::Voided => "VOIDED",
        RecordChange::LetterSubmitted => "SUBMITTED",
        RecordChange::LetterInvalidated => "INVALID",
        RecordChange::TransferChanged => record.transfer.map_or("", Transfer::word),
    }
}
