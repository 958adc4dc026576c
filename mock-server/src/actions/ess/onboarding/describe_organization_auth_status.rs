//! `DescribeOrganizationAuthStatus` tells how far a company is that the caller guides, by its name, its credit code or the id of one of its
//! attempts (`api DescribeOrganizationAuthStatus`). Of one that nobody guides it answers that it is not certified (ASSUMED: the action
//! publishes no code for it). The records are those of attempts under way or finished, oldest first (ASSUMED).

use std::sync::Arc;

use ess_schemas::ess::{AuthRecord, DescribeOrganizationAuthStatusRequest, DescribeOrganizationAuthStatusResponse};

use crate::actions::ess::dialect::{given, verify_status};
use crate::domain::customer::{Customer, Verification, VerificationMethod};
use crate::domain::masking;
use crate::domain::onboarding::record::{CompanyData, Record};
use crate::domain::organization::Feature;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// See the module's comment.
///
/// # Errors
/// The company did not buy certifications for others, or nothing says which company is meant.
pub fn describe_organization_auth_status(
    call: &mut Call<'_>,
    request: DescribeOrganizationAuthStatusRequest,
) -> Result<DescribeOrganizationAuthStatusResponse, Refusal> {
    call.caller.organization.ensure_has(Feature::Certifications)?;
    let attempts = attempts(call, &request)?;
    let verified = attempts.iter().find(|one| one.is_verified());
    let far = match verified {
        Some(_) => Verification::Verified,
        None if attempts.iter().any(|one| one.certification.is_running()) => Verification::Verifying,
        None => Verification::Unverified,
    };
    Ok(DescribeOrganizationAuthStatusResponse {
        is_verified: verified.is_some(),
        auth_status: verify_status(far).into(),
        auth_records: Some(attempts.iter().filter_map(|one| record(one)).collect()),
        organization_id: verified.map(|one| one.organization.to_string()),
    })
}

/// The attempts that are meant: one by its id, or all of a company.
fn attempts(call: &Call<'_>, request: &DescribeOrganizationAuthStatusRequest) -> Result<Vec<Arc<Customer>>, Refusal> {
    let guidance = call.world.directory.guidance_of(call.caller.organization());
    let all = guidance.iter().flat_map(|one| one.customers().iter().cloned());
    if let Some(id) = given(&request.authorization_info_id) {
        let has =
            |one: &Arc<Customer>| one.certification.record.as_ref().is_some_and(|record| record.id.as_str() == id);
        return Ok(all.filter(has).collect());
    }
    let (name, code) = (given(&request.organization_name), given(&request.uniform_social_credit_code));
    if name.is_none() && code.is_none() {
        return Err(Refusal::OrganizationNamesMissing);
    }
    let fits = |wanted: Option<&String>, own: &str| wanted.is_none_or(|wanted| wanted == own);
    let is_meant = |one: &Arc<Customer>| {
        let company = known(call, one);
        fits(name, &company.name)
            && fits(code, &company.credit_code)
            && fits(given(&request.legal_name), &company.legal_name)
    };
    Ok(all.filter(is_meant).collect())
}

/// What is known of the company: once it is certified what it is called now, before as it was handed in.
fn known(call: &Call<'_>, customer: &Customer) -> CompanyData {
    match &customer.certification.record {
        Some(record) if !customer.is_verified() => record.company.clone(),
        Some(_) | None => {
            let company = call.world.directory.organizations.get(customer.organization.as_str());
            company.map(|company| company.data()).unwrap_or_default()
        }
    }
}

fn record(customer: &Customer) -> Option<AuthRecord> {
    let record = customer.certification.record.as_ref()?;
    Some(AuthRecord {
        operator_name: Some(masking::name(&record.admin.name)),
        operator_mobile: Some(masking::mobile(&record.admin.mobile)),
        auth_type: Some(auth_type(customer.certification.method)),
        audit_status: Some(audit_status(customer, record)),
        reason: record.refused.clone(),
    })
}

/// `AuthRecord.AuthType`.
fn auth_type(method: VerificationMethod) -> i64 {
    match method {
        VerificationMethod::Undecided => 0,
        VerificationMethod::Letter => 1,
        VerificationMethod::LegalPersonAuthorizes => 2,
        VerificationMethod::LegalPerson => 3,
    }
}

/// `AuthRecord.AuditStatus`. Nothing is read by machine here, so that 4 and 5 do not come about.
fn audit_status(customer: &Customer, record: &Record) -> i64 {
    if customer.certification.method != VerificationMethod::Letter {
        return 0;
    }
    match customer.certification.status {
        Verification::Verified => 1,
        Verification::LetterRejected => 2,
        Verification::LetterPending => 3,
        Verification::Unverified | Verification::Verifying | Verification::LegalPersonPending => {
            i64::from(record.refused.is_some()) * 2
        }
    }
}
