//! Seals: made, switched, given to employees and taken back, listed; and those people bring.

pub mod create_employee_qualification_seal_qr_code;
pub mod create_legal_seal_qr_code;
pub mod create_prepared_personal_esign;
pub mod create_seal;
pub mod create_seal_policy;
pub mod delete_seal_policies;
pub mod describe_organization_seals;
mod grantees;
pub mod operate_seals;

use crate::actions::{Handler, heavy, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        quick(create_employee_qualification_seal_qr_code::create_employee_qualification_seal_qr_code),
        quick(create_legal_seal_qr_code::create_legal_seal_qr_code),
        quick(create_prepared_personal_esign::create_prepared_personal_esign),
        heavy(create_seal::prepare, create_seal::create_seal),
        quick(create_seal_policy::create_seal_policy),
        quick(delete_seal_policies::delete_seal_policies),
        quick(describe_organization_seals::describe_organization_seals),
        quick(operate_seals::operate_seals),
    ]
}
