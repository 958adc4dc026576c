//! Departments of a company.

pub mod create_integration_department;
pub mod delete_integration_department;
pub mod describe_integration_departments;
pub mod modify_integration_department;

use crate::actions::{Handler, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        quick(create_integration_department::create_integration_department),
        quick(delete_integration_department::delete_integration_department),
        quick(describe_integration_departments::describe_integration_departments),
        quick(modify_integration_department::modify_integration_department),
    ]
}
