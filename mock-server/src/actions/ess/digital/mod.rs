//! Data and files that the platform signs with a certificate.

pub(super) mod certifying;
pub mod create_digital_data_sign;
pub mod create_file_counter_sign;
pub mod describe_file_counter_sign_result;
pub mod verify_digital_data_sign;

use crate::actions::{Handler, heavy, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        heavy(create_digital_data_sign::prepare, create_digital_data_sign::create_digital_data_sign),
        heavy(create_file_counter_sign::prepare, create_file_counter_sign::create_file_counter_sign),
        quick(describe_file_counter_sign_result::describe_file_counter_sign_result),
        heavy(verify_digital_data_sign::prepare, verify_digital_data_sign::verify_digital_data_sign),
    ]
}
