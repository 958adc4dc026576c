//! People prove who they are, and take other numbers and names.

pub mod create_user_mobile_change_url;
pub mod create_user_name_change_url;
pub mod create_user_verify_url;
pub mod describe_third_party_auth_code;
pub mod describe_user_verify_status;

use crate::actions::{Handler, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        quick(create_user_mobile_change_url::create_user_mobile_change_url),
        quick(create_user_name_change_url::create_user_name_change_url),
        quick(create_user_verify_url::create_user_verify_url),
        quick(describe_third_party_auth_code::describe_third_party_auth_code),
        quick(describe_user_verify_status::describe_user_verify_status),
    ]
}
