//! Withdrawing many contracts at once.

pub mod channel_batch_cancel_flows;

use crate::actions::{Handler, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![quick(channel_batch_cancel_flows::channel_batch_cancel_flows)]
}
