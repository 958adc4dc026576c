//! People of a customer, and their roles.

pub mod channel_create_role;
pub mod channel_create_user_roles;
pub mod channel_delete_role;
pub mod channel_delete_role_users;
pub mod channel_describe_employees;
pub mod channel_describe_roles;
pub mod channel_modify_role;
mod chosen;
pub mod create_employee_change_url;

use crate::actions::{Handler, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        quick(channel_create_role::channel_create_role),
        quick(channel_create_user_roles::channel_create_user_roles),
        quick(channel_delete_role::channel_delete_role),
        quick(channel_delete_role_users::channel_delete_role_users),
        quick(channel_describe_employees::channel_describe_employees),
        quick(channel_describe_roles::channel_describe_roles),
        quick(channel_modify_role::channel_modify_role),
        quick(create_employee_change_url::create_employee_change_url),
    ]
}
