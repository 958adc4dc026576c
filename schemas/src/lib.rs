//! The contract of both Tencent E-Sign APIs, as Rust types and as tables.
//!
//! Everything here is generated at build time from the files of this folder (README.md beside Cargo.toml explains them): a type for every
//! request, response and struct ([`ess`], [`essbasic`]), a table of every field with its flags and limits ([`contract`]), the rows that
//! turn a refusal into a code ([`refusals`]), and the messages the vendor sends by itself ([`callbacks`]). Nothing here knows how a call is carried out.

pub mod action;
pub mod callbacks;
pub mod contract;
pub mod ess;
pub mod essbasic;
mod json_schema;
pub mod refusals;
#[cfg(test)]
mod type_tests;

pub use action::Action;
pub use contract::{
    ActionContract, AgentNeeds, Condition, FieldContract, IdentityClass, Kind, Limits, Literal, Service,
    StructContract, action, actions,
};
pub use json_schema::{request_schema, response_schema};
pub use refusals::{Exception, RefusalRow, describe, refusal};
