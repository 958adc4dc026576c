//! Letters of authorization (授权书) and business licences: such as come inside of a request, and such as are written for somebody.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use ess_schemas::{ess, essbasic};

use super::words::card;
use crate::documents::inspect;
use crate::domain::file::{Content, MEGABYTE, Purpose, UploadedFile, has_the_head_of};
use crate::domain::onboarding::record::CompanyData;
use crate::domain::onboarding::registration::Named;
use crate::domain::refusal::Refusal;
use crate::domain::time::MINUTE;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::download;
use crate::engine::ids::Kind;
use crate::rendering::letter::{Letter, LetterKind, letter};
use crate::rendering::resource::{Resource, ResourceKind};

/// A business licence that comes inside of a request: a picture of at most 5 MB (`api SyncProxyOrganization`, `api
/// CreateOrganizationAuthUrl`).
pub(super) fn ensure_licence(body: &str) -> Result<(), Refusal> {
    let invalid = || Refusal::BusinessLicenseInvalid { detail: "expected base64 of a PNG or JPG".to_owned() };
    ensure_file("BusinessLicense", body, &["png", "jpg"], 5 * MEGABYTE, invalid)
}

/// A letter of authorization that comes inside of a request, of at most 8 MB (`api CreateConsoleLoginUrl`, `api
/// CreateOrganizationAuthUrl`).
pub(super) fn ensure_letter(body: &str) -> Result<(), Refusal> {
    let detail = || "PowerOfAttorneys: expected base64 of a PNG, JPG or PDF".to_owned();
    let invalid = || Refusal::FileContentRefused { detail: detail() };
    ensure_file("PowerOfAttorneys", body, &["png", "jpg", "pdf"], 8 * MEGABYTE, invalid)
}

fn ensure_file(
    field: &str,
    body: &str,
    kinds: &[&str],
    limit: usize,
    invalid: impl FnOnce() -> Refusal,
) -> Result<(), Refusal> {
    if body.len() / 4 * 3 > limit + 3 {
        return Err(Refusal::FileTooLarge { detail: format!("{field}: at most {limit} bytes") });
    }
    let is_of = |kind: &str, bytes: &[u8]| match kind {
        "pdf" => bytes.starts_with(b"%PDF"),
        picture => has_the_head_of(picture, bytes),
    };
    let fits = STANDARD.decode(body).is_ok_and(|bytes| kinds.iter().any(|kind| is_of(kind, &bytes)));
    if fits { Ok(()) } else { Err(invalid()) }
}

/// Whom a letter is about.
pub(super) struct About {
    company: CompanyData,
    legal_card: String,
    admin: Named,
    former: Named,
}

macro_rules! about {
    ($($service:ident),*) => {$(
        impl From<&$service::OrganizationCommonInfo> for About {
            fn from(info: &$service::OrganizationCommonInfo) -> Self {
                let text = |value: &Option<String>| value.clone().unwrap_or_default();
                let named = |name, mobile, kind: &Option<String>, number: &Option<String>| Named {
                    name: text(name),
                    mobile: text(mobile),
                    card: card(kind.as_deref(), number.as_ref()).unwrap_or_default(),
                };
                let (kind, number) = (&info.admin_id_card_type, &info.admin_id_card_number);
                let admin = named(&info.admin_name, &info.admin_mobile, kind, number);
                let (kind, number) = (&info.old_admin_id_card_type, &info.old_admin_id_card_number);
                let former = named(&info.old_admin_name, &info.old_admin_mobile, kind, number);
                Self {
                    company: CompanyData {
                        name: info.organization_name.clone(),
                        credit_code: info.uniform_social_credit_code.clone(),
                        legal_name: info.legal_name.clone(),
                        address: String::new(),
                    },
                    legal_card: text(&info.legal_id_card_number),
                    admin,
                    former,
                }
            }
        }
    )*};
}
about!(ess, essbasic);

/// Writes a letter of this `Type`; nothing, when it cannot be drawn.
pub(super) fn write(account: &Arc<Account>, about: About, kind: Option<u64>) -> Option<Arc<Content>> {
    let About { company, legal_card, admin, former } = about;
    let kind = match kind {
        Some(1) => LetterKind::AdministratorChange,
        Some(2) => LetterKind::Closing,
        _ => LetterKind::Verification,
    };
    let pdf = letter(&Letter { kind, company, legal_card, admin, former }, &account.fonts).ok()?;
    let pages = inspect(&pdf).ok()?.pages;
    Some(Arc::new(Content::new(Bytes::from(pdf), Some(pages))))
}

/// Keeps a letter for the five minutes its link lives (`api CreateOrganizationAuthFile`), and answers the link.
///
/// # Errors
/// The company has no name, credit code or legal person; or the letter could not be drawn.
pub(super) fn hand_out(call: &mut Call<'_>, about: &About, content: Option<Arc<Content>>) -> Result<String, Refusal> {
    for (field, value) in [
        ("OrganizationCommonInfo.OrganizationName", &about.company.name),
        ("OrganizationCommonInfo.UniformSocialCreditCode", &about.company.credit_code),
        ("OrganizationCommonInfo.LegalName", &about.company.legal_name),
    ] {
        if value.is_empty() {
            return Err(Refusal::ParameterMissing { field });
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
    Ok(url_of_uploaded(call, &id))
}

/// The address of an uploaded file, for five minutes (`api UploadFiles`).
pub(super) fn url_of_uploaded(call: &Call<'_>, id: &str) -> String {
    let kind = ResourceKind::DigitFile;
    let key = download::key(&call.world.ids, kind.wire(), id, call.now.plus(5 * MINUTE));
    let extension = Resource::find(call.world, kind, id).map_or("BIN", |file| file.extension());
    call.urls.file(kind.wire(), id, 0, extension, &key)
}
