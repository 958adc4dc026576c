//! The domain in the words of `essbasic`, and back. Nowhere else in this service do the two meet.

mod contract;
mod customers;
mod open_ids;
mod signers;
mod statuses;

pub use self::contract::{approver_item, copy_recipient, flow_detail};
pub use self::customers::{channel_organization, customer_key, introduced};
pub use self::open_ids::OpenIds;
pub use self::signers::{
    approver_kind, common_signer, named_later, new_approver, new_approvers, new_parties, not_a_participant, sought,
};
pub use self::statuses::{approver_status, flow_status};
pub use crate::actions::words::{copies_told, given, moment, noun};
