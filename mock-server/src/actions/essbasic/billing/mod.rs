//! What contracts and accounts of an application have cost.

pub mod channel_describe_account_bill_detail;
pub mod channel_describe_bill_usage_detail;
pub mod describe_usage;

use crate::actions::{Handler, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        quick(channel_describe_account_bill_detail::channel_describe_account_bill_detail),
        quick(channel_describe_bill_usage_detail::channel_describe_bill_usage_detail),
        quick(describe_usage::describe_usage),
    ]
}
