//! The business itself: contracts, who signs them, what stops them.
//!
//! Pure values and rules. Nothing here reads a clock, draws a random number, waits, or knows how the vendor spells a field:
//! time and fresh ids come in as arguments, what the outside world must be told goes out as [`event::Event`]s, and a
//! refusal is said in our own words ([`refusal::Refusal`]); `schemas/*/refusals.yaml` turns it into the vendor's.
//!
//! Every rule checks everything first and changes afterwards, so a refused call leaves no trace.

pub mod application;
pub mod approver;
pub mod archive;
pub mod auto_sign;
pub mod autopilot;
pub mod bill;
pub mod cancel_task;
pub mod claim;
pub mod component;
pub mod component_value;
pub mod consent;
pub mod contents;
pub mod conversion;
pub mod counter_sign;
pub mod customer;
pub mod deed;
pub mod department;
pub mod directory;
pub mod embedded_page;
pub mod employee;
pub mod event;
pub mod evidence;
pub mod extended_service;
pub mod file;
pub mod flow;
pub mod group;
pub mod h5;
pub mod holding;
pub mod identity;
pub mod ids;
pub mod intelligence;
pub mod intention;
pub mod invitation;
pub mod launch;
pub mod library;
pub mod life;
pub mod link;
pub mod machines;
pub mod masking;
pub mod new_template;
pub mod notice;
pub mod onboarding;
pub mod organization;
pub mod partner_grant;
pub mod personal_deed;
pub mod personal_seal;
pub mod preparation;
pub mod preview;
pub mod private_person;
pub mod qr_code;
pub mod refusal;
pub mod register;
pub mod release;
pub mod remark;
pub mod request_encryption;
pub mod review;
pub mod right;
pub mod rights;
pub mod role;
pub mod seal;
pub mod sought;
pub mod sso_employee;
pub mod staff_change;
pub mod status;
pub mod template;
pub mod time;
pub mod verification;
pub mod web_theme;
pub mod written;

#[cfg(test)]
pub(crate) mod samples;
