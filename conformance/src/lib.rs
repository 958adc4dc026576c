//! One suite for the fake and for the vendor's test environment, and a judge of callback receivers.
//!
//! [`suite`] reads cases, [`target`] is what they run against, [`stage`] plays one, [`run`] plays many, [`outcome`] is what came of them.
//! [`receiver`] judges another subject: an integrator's callback receiver.

pub mod coverage;
pub mod inbox;
pub mod model;
pub mod outcome;
pub mod receiver;
pub mod run;
pub mod stage;
pub mod suite;
pub mod target;
