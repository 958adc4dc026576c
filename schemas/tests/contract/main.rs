//! The contract as files and as tables: complete, consistent with itself, and the same in both forms.

#![allow(clippy::unwrap_used)] // In a test, a panic is the report.

mod callbacks;
mod every_action;
mod examples;
mod limits;
mod refusals;
mod schema_files;
