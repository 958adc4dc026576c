//! Files: what comes in and what can be fetched.

pub mod describe_file_urls;
pub mod upload_files;

use crate::actions::{Handler, prepared, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![prepared(upload_files::prepare, upload_files::upload_files), quick(describe_file_urls::describe_file_urls)]
}
