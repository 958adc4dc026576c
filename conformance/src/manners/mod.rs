//! How to behave at a target that is not ours: say beforehand what a run will cause, write down what it is about to create, stay below a cap,
//! and take back afterwards what can be taken back.
//!
//! [`effects`] knows what each action leaves behind, [`flight_plan`] adds that up before anything is sent, [`keeper`] watches every call and
//! writes the [`ledger`], [`cleanup`] empties it.

pub mod cleanup;
pub mod effects;
pub mod flight_plan;
pub mod keeper;
pub mod ledger;
pub mod mark;
mod words;
