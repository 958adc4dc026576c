//! Messages about people who followed a company's link to say who they are. No payload is published: ASSUMED, modelled on the
//! API (`callback docs` names the types; `api CreateUserVerifyUrl` that `UserData` comes back). Platforms have no such messages.

use ess_schemas::callbacks::{UserAccountVerify, UserMobileChange, UserNameChange};

use super::envelope;
use crate::callbacks::message::Message;
use crate::domain::identity::{IdentityChange, IdentityNews};
use crate::domain::masking;

/// What a company is told.
pub(super) fn to_company(
    message: &Message,
    version: Option<&str>,
    change: IdentityChange,
    person: &IdentityNews,
) -> Vec<u8> {
    let (user_id, name, user_data) = (person.user.to_string(), person.name.clone(), person.user_data.clone());
    let (mobile, operate_time) = (masking::mobile(&person.mobile), message.at.seconds());
    match change {
        IdentityChange::Verified => {
            envelope(message, version, &UserAccountVerify { user_id, name, mobile, user_data, operate_time })
        }
        IdentityChange::MobileChanged => {
            envelope(message, version, &UserMobileChange { user_id, name, mobile, user_data, operate_time })
        }
        IdentityChange::NameChanged => {
            envelope(message, version, &UserNameChange { user_id, name, mobile, user_data, operate_time })
        }
    }
}
