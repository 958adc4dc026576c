//! `CreateSealByImage` makes a seal: of a picture, which somebody looks at first, or drawn by the platform, which may be used at
//! once. With the option `CreateSealPreview` it only shows what would be drawn (`ex CreateSealByImage`).
//!
//! One official seal, each name once (`api CreateSealByImage`). What a picture would look like is not shown before: it is known.

use std::sync::Arc;

use ess_schemas::essbasic::{CreateSealByImageRequest, CreateSealByImageResponse};

use crate::actions::essbasic::dialect::given;
use crate::actions::seals::{decode, picture_url};
use crate::domain::customer::VerificationMethod;
use crate::domain::file::Content;
use crate::domain::refusal::Refusal;
use crate::domain::right::Right;
use crate::domain::seal::{Look, NewLook, NewSeal, Seal, SealKind, Shape, Size};
use crate::domain::time::DAY;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;
use crate::engine::download;
use crate::rendering::resource::ResourceKind;
use crate::rendering::seal_picture::SealPreview;

/// `GenerateSource` of what the platform draws.
const BY_SYSTEM: &str = "SealGenerateSourceSystem";
/// How many days a preview may be fetched (`api CreateSealByImage`).
const PREVIEW_DAYS: u32 = 90;

/// The picture, decoded; nothing when none was brought.
type Picture = Option<Result<Arc<Content>, Refusal>>;

/// Decodes the picture before the world is opened.
pub(in crate::actions) fn prepare(_: &Arc<Account>, _: EdgeTime, request: &mut CreateSealByImageRequest) -> Picture {
    let image = request.seal_image.take().filter(|image| !image.is_empty());
    image.filter(|_| !is_drawn(request)).map(|image| decode(&image))
}

fn is_drawn(request: &CreateSealByImageRequest) -> bool {
    given(&request.generate_source).is_some_and(|source| source == BY_SYSTEM)
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
    call.caller.with_right(Right::CreateSeal)?;
    let option = |key: &str| request.options.iter().flatten().find(|option| option.key == key);
    if option("CreateSealPreview").is_some_and(|option| option.value == "true") {
        return preview(call, &wanted);
    }
    let seal = call.world.make_seal(wanted, call.now, call.outbox)?;
    Ok(CreateSealByImageResponse {
        seal_id: seal.id.to_string(),
        image_url: Some(image_url(call, &seal)),
        seal_operator_verify_path: None,
        seal_operator_verify_qrcode_url: None,
        preview_file_url: None,
        preview_pdf_url: None,
    })
}

/// Only of what was drawn, for a day (`api CreateSealByImage`).
fn image_url(call: &Call<'_>, seal: &Seal) -> String {
    match seal.look {
        Look::Drawn(_) => picture_url(call, seal, DAY),
        Look::Picture(..) => String::new(),
    }
}

fn wanted(call: &Call<'_>, request: &CreateSealByImageRequest, picture: Picture) -> Result<NewSeal, Refusal> {
    let kind = given(&request.seal_type).map_or(Ok(SealKind::Official), |word| {
        let detail = || format!("there is no SealType {word}");
        SealKind::from_wire(word).ok_or_else(|| Refusal::ValueNotAllowed { field: "SealType".into(), detail: detail() })
    })?;
    let size = given(&request.seal_size).and_then(|text| Size::from_wire(text));
    let look = if is_drawn(request) {
        let oval = given(&request.seal_style).is_some_and(|style| style == "ellipse");
        let shape = if oval { Shape::Oval } else { Shape::Round };
        NewLook::Drawn { shape, size, across: request.seal_horizontal_text.clone().unwrap_or_default() }
    } else {
        NewLook::Picture(picture.ok_or(Refusal::SealImageMissing)??, size)
    };
    check_kind(call, request, kind)?;
    Ok(NewSeal {
        organization: call.caller.organization().clone(),
        name: request.seal_name.clone(),
        kind,
        look,
        description: request.seal_description.clone().unwrap_or_default(),
        creator: call.caller.operator()?.id.clone(),
        application: call.caller.application().cloned(),
    })
}

/// A kind of one's own is one of `OTHER`, and drawn; whoever proved who they are by a letter names their tax code on an invoice
/// seal (`api CreateSealByImage`).
fn check_kind(call: &Call<'_>, request: &CreateSealByImageRequest, kind: SealKind) -> Result<(), Refusal> {
    if given(&request.sub_seal_type).is_some() && !(kind == SealKind::Other && is_drawn(request)) {
        let detail = "it goes with SealType OTHER and GenerateSource SealGenerateSourceSystem alone".to_owned();
        return Err(Refusal::ParameterInvalid { field: "SubSealType", detail });
    }
    let by_letter = call.caller.customer()?.certification.method == VerificationMethod::Letter;
    if kind == SealKind::Invoice && by_letter && given(&request.tax_identify_code).is_none() {
        return Err(Refusal::ParameterMissing { field: "TaxIdentifyCode" });
    }
    Ok(())
}

fn preview(call: &Call<'_>, wanted: &NewSeal) -> Result<CreateSealByImageResponse, Refusal> {
    let shown = |image_url, preview_file_url, preview_pdf_url| CreateSealByImageResponse {
        seal_id: String::new(),
        image_url: Some(image_url),
        seal_operator_verify_path: Some(String::new()),
        seal_operator_verify_qrcode_url: Some(String::new()),
        preview_file_url: Some(preview_file_url),
        preview_pdf_url: Some(preview_pdf_url),
    };
    let drawing = match wanted.check(&call.world.directory)? {
        Look::Drawn(drawing) => drawing,
        Look::Picture(..) => return Ok(shown(String::new(), String::new(), String::new())),
    };
    let id = SealPreview { organization: wanted.organization.clone(), name: wanted.name.clone(), drawing }.id();
    let kind = ResourceKind::SealPreview.wire();
    let key = download::key(&call.world.ids, kind, &id, call.now.plus(PREVIEW_DAYS * DAY));
    let url = |extension| call.urls.file(kind, &id, 0, extension, &key);
    Ok(shown(url("PNG"), url("JPG"), url("PDF")))
}
