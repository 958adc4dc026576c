//! What makes the domain's values live: worlds, the one door into them, the clock, timers and ids.
//!
//! A [`world::World`] is a value; an [`account::Account`] is the running thing around one. Everybody who wants to see or
//! change a world goes through [`account::Account::enter`]: calls, pages, the control API and timers alike.

pub mod account;
pub mod advance;
pub mod alarms;
pub mod answers;
mod auto_signs;
mod autopilot;
mod beginning;
mod billing;
pub mod call;
pub mod cancelling;
mod changing;
pub mod clock;
mod counter_signing;
pub mod deeds;
mod departing;
pub mod departments;
pub mod download;
pub mod downloads;
pub mod driver;
mod evidencing;
mod extending;
mod faults;
mod firing;
pub mod granting;
mod grouping;
pub mod guiding;
pub mod ids;
mod integrating;
pub mod intelligence;
pub mod introducing;
pub mod inviting;
pub mod launching;
mod linking;
pub mod new_world;
mod notices;
pub mod onboarding;
pub mod open_flows;
mod personal_deeds;
pub mod preparing;
mod previewing;
pub mod registering;
pub mod registry;
mod renaming;
pub mod roles;
pub mod scanning;
pub mod seals;
mod services;
mod setting_up;
pub mod settings;
mod shelves;
pub mod signers;
pub mod single_sign_on;
pub mod snapshot;
pub mod snapshots;
pub mod staffing;
mod succeeding;
pub mod templates;
pub mod timers;
mod timetable;
mod uploading;
pub mod urls;
mod waiting;
pub mod world;
pub mod world_file;

#[cfg(test)]
mod properties;
#[cfg(test)]
pub(crate) mod samples;
