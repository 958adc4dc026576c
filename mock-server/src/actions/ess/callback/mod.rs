//! Where a company wants to be called back.

pub mod modify_application_callback_info;

use crate::actions::{Handler, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![quick(modify_application_callback_info::modify_application_callback_info)]
}
