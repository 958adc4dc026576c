//! People of a company: taken in, changed, let go, known by ids of the company's own, signing on through it, and what they may do.

pub mod bind_employee_user_id_with_client_open_id;
mod colleagues;
pub mod create_employee_change_url;
pub mod create_integration_employees;
pub mod create_integration_role;
pub mod create_integration_user_roles;
pub mod create_single_sign_on_employees;
pub mod delete_integration_employees;
pub mod delete_integration_role_users;
pub mod delete_single_sign_on_employees;
pub mod describe_integration_employees;
pub mod describe_integration_roles;
pub mod describe_single_sign_on_employees;
mod members;
pub mod modify_integration_role;
pub mod modify_single_sign_on_employees;
mod sign_on;
pub mod unbind_employee_user_id_with_client_open_id;
pub mod update_integration_employees;

use crate::actions::{Handler, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        quick(bind_employee_user_id_with_client_open_id::bind_employee_user_id_with_client_open_id),
        quick(create_employee_change_url::create_employee_change_url),
        quick(create_integration_employees::create_integration_employees),
        quick(create_integration_role::create_integration_role),
        quick(create_integration_user_roles::create_integration_user_roles),
        quick(create_single_sign_on_employees::create_single_sign_on_employees),
        quick(delete_integration_employees::delete_integration_employees),
        quick(delete_integration_role_users::delete_integration_role_users),
        quick(delete_single_sign_on_employees::delete_single_sign_on_employees),
        quick(describe_integration_employees::describe_integration_employees),
        quick(describe_integration_roles::describe_integration_roles),
        quick(describe_single_sign_on_employees::describe_single_sign_on_employees),
        quick(modify_integration_role::modify_integration_role),
        quick(modify_single_sign_on_employees::modify_single_sign_on_employees),
        quick(unbind_employee_user_id_with_client_open_id::unbind_employee_user_id_with_client_open_id),
        quick(update_integration_employees::update_integration_employees),
    ]
}
