//! `CreateOrganizationAuthFile` writes a letter of authorization and answers a link to it, which lives five minutes
//! (`api CreateOrganizationAuthFile`).

use std::sync::Arc;

use bytes::Bytes;
use ess_schemas::essbasic::{
    CreateOrganizationAuthFileRequest, CreateOrganizationAuthFileResponse, OrganizationCommonInfo,
};

use crate::actions::essbasic::file::upload_files;
use crate::actions::words::card;
use crate::documents::inspect;
use crate::domain::file::{Content, Purpose, UploadedFile};
use crate::domain::onboarding::record::CompanyData;
use crate::domain::onboarding::registration::Named;
use crate::domain::refusal::Refusal;
use crate::domain::time::MINUTE;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;
use crate::engine::ids::Kind;
use crate::rendering::letter::{Letter, LetterKind, letter};

/// Writes the letter before the world is opened; nothing, when it is about no company or cannot be drawn.
pub(in crate::actions) fn prepare(
    account: &Arc<Account>,
    _: EdgeTime,
    request: &mut CreateOrganizationAuthFileRequest,
) -> Option<Arc<Content>> {
    let info = request.organization_common_info.as_ref()?;
    let pdf = letter(&written(info, request.r#type), &account.fonts).ok()?;
    let pages = inspect(&pdf).ok()?.pages;
    Some(Arc::new(Content::new(Bytes::from(pdf), Some(pages))))
}

/// See the module's comment.
///
/// # Errors
/// No company, or one without a name, credit code or legal person.
pub(in crate::actions) fn create_organization_auth_file(
    call: &mut Call<'_>,
    request: CreateOrganizationAuthFileRequest,
    content: Option<Arc<Content>>,
) -> Result<CreateOrganizationAuthFileResponse, Refusal> {
    let missing = |field| Refusal::ParameterMissing { field };
    let info = request.organization_common_info.ok_or_else(|| missing("OrganizationCommonInfo"))?;
    for (field, value) in [
        ("OrganizationCommonInfo.OrganizationName", &info.organization_name),
        ("OrganizationCommonInfo.UniformSocialCreditCode", &info.uniform_social_credit_code),
        ("OrganizationCommonInfo.LegalName", &info.legal_name),
    ] {
        if value.is_empty() {
            return Err(missing(field));
        }
    }
    let undrawable = || Refusal::PreviewFailed { detail: "the letter could not be drawn".to_owned() };
    let file = UploadedFile {
        id: call.world.ids.next(Kind::Authorization).as_str().into(),
        owner: call.caller.organization().clone(),
        application: call.caller.application().cloned(),
        name: "授权书.pdf".to_owned(),
        purpose: Purpose::Document,
        content: content.ok_or_else(undrawable)?,
        expires_at: call.now.plus(MINUTE * 5),
    };
    let id = file.id.to_string();
    call.world.add_file(file, call.now);
    Ok(CreateOrganizationAuthFileResponse { file_url: upload_files::url(call, &id) })
}

fn written(info: &OrganizationCommonInfo, kind: Option<u64>) -> Letter {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let named = |name, mobile, kind: &Option<String>, number: &Option<String>| Named {
        name: text(name),
        mobile: text(mobile),
        card: card(kind.as_deref(), number.as_ref()).unwrap_or_default(),
    };
    Letter {
        kind: match kind {
            Some(1) => LetterKind::AdministratorChange,
            Some(2) => LetterKind::Closing,
            _ => LetterKind::Verification,
        },
        company: CompanyData {
            name: info.organization_name.clone(),
            credit_code: info.uniform_social_credit_code.clone(),
            legal_name: info.legal_name.clone(),
            address: String::new(),
        },
        legal_card: text(&info.legal_id_card_number),
        admin: named(&info.admin_name, &info.admin_mobile, &info.admin_id_card_type, &info.admin_id_card_number),
        former: named(
            &info.old_admin_name,
            &info.old_admin_mobile,
            &info.old_admin_id_card_type,
            &info.old_admin_id_card_number,
        ),
    }
}
