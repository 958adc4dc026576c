//! One suite for the fake and for the vendor's test environment, and a judge of callback receivers.
//!
//! [`suite`] reads cases, [`target`] is what they run against, [`stage`] plays one, [`run`] plays many, [`outcome`] is what came of them,
//! [`manners`] is how a run behaves at a target that is not ours.
//! [`receiver`] judges another subject: an integrator's callback receiver.
//! [`rerun`] runs again what was otherwise, [`verdict`] says who is wrong, [`report`] tells it; [`recording`] keeps a target's answers, without
//! what [`redaction`] takes out.

pub mod baseline;
pub mod clock;
pub mod coverage;
pub mod inbox;
pub mod last_run;
pub mod manners;
pub mod model;
pub mod outcome;
pub mod receiver;
pub mod recording;
pub mod redaction;
pub mod report;
pub mod rerun;
pub mod run;
pub mod stage;
pub mod suite;
pub mod target;
pub mod verdict;
