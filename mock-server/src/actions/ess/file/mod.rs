//! Files: what comes in and what can be fetched.

pub mod create_archive_flow_task;
pub mod create_convert_task_api;
pub mod create_file_convert_task;
pub mod describe_archive_flow_task;
pub mod describe_file_convert_task;
pub mod describe_file_urls;
pub mod get_task_result_api;
pub mod upload_files;
pub mod verify_digit_file;
pub mod verify_pdf;

use crate::actions::{Handler, heavy, prepared, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        prepared(upload_files::prepare, upload_files::upload_files),
        heavy(create_convert_task_api::prepare, create_convert_task_api::create_convert_task_api),
        quick(get_task_result_api::get_task_result_api),
        heavy(create_file_convert_task::prepare, create_file_convert_task::create_file_convert_task),
        quick(describe_file_convert_task::describe_file_convert_task),
        quick(describe_file_urls::describe_file_urls),
        heavy(verify_pdf::prepare, verify_pdf::verify_pdf),
        heavy(verify_digit_file::prepare, verify_digit_file::verify_digit_file),
        quick(create_archive_flow_task::create_archive_flow_task),
        quick(describe_archive_flow_task::describe_archive_flow_task),
    ]
}
