//! Files: what comes in and what can be fetched.

pub mod create_file_convert_task;
pub mod describe_file_convert_task;
pub mod describe_resource_urls_by_flows;
pub mod get_download_flow_url;
pub mod upload_files;

use crate::actions::{Handler, heavy, prepared, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        heavy(create_file_convert_task::prepare, create_file_convert_task::create_file_convert_task),
        quick(describe_file_convert_task::describe_file_convert_task),
        quick(describe_resource_urls_by_flows::describe_resource_urls_by_flows),
        quick(get_download_flow_url::get_download_flow_url),
        prepared(upload_files::prepare, upload_files::upload_files),
    ]
}
