//! What contracts have cost.

pub mod describe_bill_usage;
pub mod describe_bill_usage_detail;

use crate::actions::{Handler, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![quick(describe_bill_usage::describe_bill_usage), quick(describe_bill_usage_detail::describe_bill_usage_detail)]
}
