//! Extended services of customers, partners whose contracts are sealed, persons who let a machine sign for them.

pub mod channel_cancel_user_auto_sign_enable_url;
pub mod channel_create_prepared_personal_esign;
pub mod channel_create_user_auto_sign_enable_url;
pub mod channel_create_user_auto_sign_seal_url;
pub mod channel_describe_user_auto_sign_status;
pub mod channel_disable_user_auto_sign;
pub mod channel_renew_auto_sign_license;
pub mod create_partner_auto_sign_auth_url;
pub mod create_person_auth_certificate_image;
pub mod describe_extended_service_auth_detail;
pub mod describe_extended_service_auth_info;
pub mod modify_extended_service;
pub mod modify_partner_auto_sign_auth_url;
mod partners;

use crate::actions::{Handler, quick};

pub(super) fn handlers() -> Vec<Handler> {
    vec![
        quick(channel_cancel_user_auto_sign_enable_url::channel_cancel_user_auto_sign_enable_url),
        quick(channel_create_prepared_personal_esign::channel_create_prepared_personal_esign),
        quick(channel_create_user_auto_sign_enable_url::channel_create_user_auto_sign_enable_url),
        quick(channel_create_user_auto_sign_seal_url::channel_create_user_auto_sign_seal_url),
        quick(channel_describe_user_auto_sign_status::channel_describe_user_auto_sign_status),
        quick(channel_disable_user_auto_sign::channel_disable_user_auto_sign),
        quick(channel_renew_auto_sign_license::channel_renew_auto_sign_license),
        quick(create_partner_auto_sign_auth_url::create_partner_auto_sign_auth_url),
        quick(create_person_auth_certificate_image::create_person_auth_certificate_image),
        quick(describe_extended_service_auth_detail::describe_extended_service_auth_detail),
        quick(describe_extended_service_auth_info::describe_extended_service_auth_info),
        quick(modify_extended_service::modify_extended_service),
        quick(modify_partner_auto_sign_auth_url::modify_partner_auto_sign_auth_url),
    ]
}
