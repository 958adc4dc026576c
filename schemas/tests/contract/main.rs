//! The contract as files and as tables: complete, consistent with itself, and the same in both forms.

mod every_action;
mod limits;
mod refusals;
mod schema_files;
