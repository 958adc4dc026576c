//! `CreateSeal` makes a seal: of a picture, which somebody looks at first, or drawn by the platform, which may be used at once.
//! With the option `CreateSealPreview` it only shows what would be drawn (as `ex CreateSealByImage` does).
//!
//! One official seal, each name once (`api CreateSeal`). Without a picture it is drawn, whatever `GenerateSource` says
//! (`ex CreateSeal`). `FileToken` names a picture that was uploaded before (ASSUMED: a file of UploadFiles, as nothing else
//! gives a token). `Width` and `Height` are taken and count no longer; `SealSize` says how large it is.

use std::sync::Arc;

use ess_schemas::ess::{CreateSealRequest, CreateSealResponse};

use crate::actions::ess::dialect::given;
use crate::actions::seals::making::{self, Asked, is_drawn};
use crate::actions::seals::{decode, ensure_picture};
use crate::domain::file::Content;
use crate::domain::refusal::Refusal;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;

/// The picture, decoded; nothing when none was brought.
type Picture = Option<Result<Arc<Content>, Refusal>>;

/// Decodes the picture before the world is opened.
pub(in crate::actions) fn prepare(_: &Arc<Account>, _: EdgeTime, request: &mut CreateSealRequest) -> Picture {
    let image = request.image.take().filter(|image| !image.is_empty());
    image.filter(|_| !is_drawn(&request.generate_source)).map(|image| decode(&image))
}

/// See the module's comment.
///
/// # Errors
/// What a seal must be like, no such file, or the operator may not make one.
pub(in crate::actions) fn create_seal(
    call: &mut Call<'_>,
    request: CreateSealRequest,
    picture: Picture,
) -> Result<CreateSealResponse, Refusal> {
    let picture = match picture {
        Some(picture) => Some(picture?),
        None => uploaded(call, &request)?,
    };
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
    let options = request.options.iter().flatten();
    let made = making::make(call, wanted, options.map(|option| (option.key.as_str(), option.value.as_str())))?;
    let (preview_file_url, preview_pdf_url) = made.previews.unwrap_or_default();
    Ok(CreateSealResponse {
        seal_id: made.seal,
        image_url: Some(made.image_url),
        seal_operator_verify_path: Some(String::new()),
        seal_operator_verify_qrcode_url: Some(String::new()),
        preview_file_url: Some(preview_file_url),
        preview_pdf_url: Some(preview_pdf_url),
    })
}

fn uploaded(call: &Call<'_>, request: &CreateSealRequest) -> Result<Option<Arc<Content>>, Refusal> {
    let Some(token) = given(&request.file_token).filter(|_| !is_drawn(&request.generate_source)) else {
        return Ok(None);
    };
    let content = call.usable_file(token)?.content.clone();
    ensure_picture(&content)?;
    Ok(Some(content))
}
