//! `CreateSealByImage` makes a seal: of a picture, which somebody looks at first, or drawn by the platform, which may be used at
//! once. With the option `CreateSealPreview` it only shows what would be drawn (`ex CreateSealByImage`).
//!
//! One official seal, each name once (`api CreateSealByImage`).

use std::sync::Arc;

use ess_schemas::essbasic::{CreateSealByImageRequest, CreateSealByImageResponse};

use crate::actions::essbasic::dialect::given;
use crate::actions::seals::decode;
use crate::actions::seals::making::{self, Asked, is_drawn};
use crate::domain::customer::VerificationMethod;
use crate::domain::file::Content;
use crate::domain::refusal::Refusal;
use crate::domain::seal::{NewSeal, SealKind};
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;

/// The picture, decoded; nothing when none was brought.
type Picture = Option<Result<Arc<Content>, Refusal>>;

/// Decodes the picture before the world is opened.
pub(in crate::actions) fn prepare(_: &Arc<Account>, _: EdgeTime, request: &mut CreateSealByImageRequest) -> Picture {
    let image = request.seal_image.take().filter(|image| !image.is_empty());
    image.filter(|_| !is_drawn(&request.generate_source)).map(|image| decode(&image))
}

/// See the module's comment.
///
/// # Errors
/// What a seal must be like, or the operator may not make one.
pub(in crate::actions) fn create_seal_by_image(
    call: &mut Call<'_>,
    request: CreateSealByImageRequest,
    picture: Picture,
) -> Result<CreateSealByImageResponse, Refusal> {
    let wanted = wanted(call, &request, picture)?;
    let options = request.options.iter().flatten();
    let made = making::make(call, wanted, options.map(|option| (option.key.as_str(), option.value.as_str())))?;
    let path = made.previews.is_some().then(String::new);
    let (preview_file_url, preview_pdf_url) = made.previews.unzip();
    Ok(CreateSealByImageResponse {
        seal_id: made.seal,
        image_url: Some(made.image_url),
        seal_operator_verify_path: path.clone(),
        seal_operator_verify_qrcode_url: path,
        preview_file_url,
        preview_pdf_url,
    })
}

fn wanted(call: &Call<'_>, request: &CreateSealByImageRequest, picture: Picture) -> Result<NewSeal, Refusal> {
    let drawn = is_drawn(&request.generate_source);
    let picture = if drawn { None } else { Some(picture.ok_or(Refusal::SealImageMissing)??) };
    let asked = Asked {
        name: &request.seal_name,
        kind: &request.seal_type,
        own_kind: &request.sub_seal_type,
        style: &request.seal_style,
        size: &request.seal_size,
        across: &request.seal_horizontal_text,
        description: &request.seal_description,
        picture,
    };
    let wanted = making::wanted(call, asked)?;
    // Whoever proved who they are by a letter names their tax code on an invoice seal (`api CreateSealByImage`).
    let by_letter = call.caller.customer()?.certification.method == VerificationMethod::Letter;
    if wanted.kind == SealKind::Invoice && by_letter && given(&request.tax_identify_code).is_none() {
        return Err(Refusal::ParameterMissing { field: "TaxIdentifyCode" });
    }
    Ok(wanted)
}
