//! Customers' seals: made, switched off, given to employees, asked for.

pub mod channel_create_seal_policy;
pub mod channel_delete_seal_policies;
pub mod channel_describe_organization_seals;
pub mod channel_update_seal_status;
pub mod create_employee_qualification_seal_qr_code;
pub mod create_legal_seal_qr_code;
pub mod create_seal_by_image;
pub mod describe_channel_seal_policy_workflow_url;
mod grantees;

use crate::actions::{Handler, heavy, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        quick(channel_create_seal_policy::channel_create_seal_policy),
        quick(channel_delete_seal_policies::channel_delete_seal_policies),
        quick(channel_describe_organization_seals::channel_describe_organization_seals),
        quick(channel_update_seal_status::channel_update_seal_status),
        quick(create_employee_qualification_seal_qr_code::create_employee_qualification_seal_qr_code),
        quick(create_legal_seal_qr_code::create_legal_seal_qr_code),
        heavy(create_seal_by_image::prepare, create_seal_by_image::create_seal_by_image),
        quick(describe_channel_seal_policy_workflow_url::describe_channel_seal_policy_workflow_url),
    ]
}
