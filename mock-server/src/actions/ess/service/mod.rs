//! Extended services of a company, partners whose contracts are sealed, persons who let a machine sign for them.

pub mod cancel_user_auto_sign_enable_url;
pub mod create_extended_service_auth_infos;
pub mod create_partner_auto_sign_auth_url;
pub mod create_person_auth_certificate_image;
pub mod create_user_auto_sign_enable_url;
pub mod create_user_auto_sign_seal_url;
pub mod delete_extended_service_auth_infos;
pub mod describe_extended_service_auth_detail;
pub mod describe_extended_service_auth_infos;
pub mod describe_person_certificate;
pub mod describe_user_auto_sign_status;
pub mod disable_user_auto_sign;
pub mod modify_extended_service;
pub mod modify_partner_auto_sign_auth_url;
mod partners;
pub mod renew_auto_sign_license;
mod users;

use crate::actions::{Handler, heavy, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        quick(cancel_user_auto_sign_enable_url::cancel_user_auto_sign_enable_url),
        quick(create_extended_service_auth_infos::create_extended_service_auth_infos),
        quick(create_partner_auto_sign_auth_url::create_partner_auto_sign_auth_url),
        quick(create_person_auth_certificate_image::create_person_auth_certificate_image),
        quick(create_user_auto_sign_enable_url::create_user_auto_sign_enable_url),
        quick(create_user_auto_sign_seal_url::create_user_auto_sign_seal_url),
        quick(delete_extended_service_auth_infos::delete_extended_service_auth_infos),
        quick(describe_extended_service_auth_detail::describe_extended_service_auth_detail),
        quick(describe_extended_service_auth_infos::describe_extended_service_auth_infos),
        heavy(describe_person_certificate::prepare, describe_person_certificate::describe_person_certificate),
        quick(describe_user_auto_sign_status::describe_user_auto_sign_status),
        quick(disable_user_auto_sign::disable_user_auto_sign),
        quick(modify_extended_service::modify_extended_service),
        quick(modify_partner_auto_sign_auth_url::modify_partner_auto_sign_auth_url),
        quick(renew_auto_sign_license::renew_auto_sign_license),
    ]
}
