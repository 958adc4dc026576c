//! Files: what comes in and what can be fetched.

pub mod create_file_convert_task;
pub mod describe_file_convert_task;
pub mod describe_resource_urls_by_flows;
pub mod upload_files;

use crate::actions::{Handler, heavy, prepared, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        heavy(create_file_convert_task::prepare, create_file_convert_task::create_file_convert_task),
        quick(describe_file_convert_task::describe_file_convert_task),
        quick(describe_resource_urls_by_flows::describe_resource_urls_by_flows),
        prepared(upload_files::prepare, upload_files::upload_files),
    ]
}
