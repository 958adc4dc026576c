//! New seals as both services ask for them: read, made, or only looked at (`api CreateSeal`, `api CreateSealByImage`).

use std::sync::Arc;

use crate::actions::seals::picture_url;
use crate::actions::words::given;
use crate::domain::file::Content;
use crate::domain::refusal::Refusal;
use crate::domain::right::Right;
use crate::domain::seal::{Look, NewLook, NewSeal, Seal, SealKind, Shape, Size};
use crate::domain::time::DAY;
use crate::engine::call::Call;
use crate::engine::download;
use crate::rendering::resource::ResourceKind;
use crate::rendering::seal_picture::SealPreview;

/// `GenerateSource` of what the platform draws.
const BY_SYSTEM: &str = "SealGenerateSourceSystem";
/// How many days a preview may be fetched (`api CreateSeal`).
const PREVIEW_DAYS: u32 = 90;

/// Whether the platform is to draw it.
pub(in crate::actions) fn is_drawn(source: &Option<String>) -> bool {
    given(source).is_some_and(|source| source == BY_SYSTEM)
}

/// What a request says about a seal, in its own words.
pub(in crate::actions) struct Asked<'a> {
    pub(in crate::actions) name: &'a str,
    pub(in crate::actions) kind: &'a Option<String>,
    pub(in crate::actions) own_kind: &'a Option<String>,
    pub(in crate::actions) style: &'a Option<String>,
    pub(in crate::actions) size: &'a Option<String>,
    pub(in crate::actions) across: &'a Option<String>,
    pub(in crate::actions) description: &'a Option<String>,
    /// What it is a picture of; drawn without one.
    pub(in crate::actions) picture: Option<Arc<Content>>,
}

/// The seal that is asked for. It is the official one unless another kind is said; a kind of one's own is one of `OTHER`, and drawn
/// (`api CreateSeal`).
///
/// # Errors
/// A kind there is not, one of one's own that is none of `OTHER`, or nobody acts.
pub(in crate::actions) fn wanted(call: &Call<'_>, asked: Asked<'_>) -> Result<NewSeal, Refusal> {
    let kind = given(asked.kind).map_or(Ok(SealKind::Official), |word| {
        let detail = || format!("there is no SealType {word}");
        SealKind::from_wire(word).ok_or_else(|| Refusal::ValueNotAllowed { field: "SealType".into(), detail: detail() })
    })?;
    let own_kind = given(asked.own_kind);
    if own_kind.is_some() && !(kind == SealKind::Other && asked.picture.is_none()) {
        let detail = "it goes with SealType OTHER and GenerateSource SealGenerateSourceSystem alone".to_owned();
        return Err(Refusal::ParameterInvalid { field: "SubSealType", detail });
    }
    let size = given(asked.size).and_then(|text| Size::from_wire(text));
    let oval = given(asked.style).is_some_and(|style| style == "ellipse");
    let shape = if oval { Shape::Oval } else { Shape::Round };
    let across = || asked.across.clone().unwrap_or_default();
    let look = asked
        .picture
        .map_or_else(|| NewLook::Drawn { shape, size, across: across() }, |content| NewLook::Picture(content, size));
    Ok(NewSeal {
        organization: call.caller.organization().clone(),
        name: asked.name.to_owned(),
        kind,
        look,
        own_kind: own_kind.cloned().unwrap_or_default(),
        description: asked.description.clone().unwrap_or_default(),
        creator: call.caller.operator()?.id.clone(),
        application: call.caller.application().cloned(),
    })
}

/// What an answer says of a seal, made or not.
#[derive(Default)]
pub(in crate::actions) struct Made {
    /// `SealId`; empty of what was only looked at.
    pub(in crate::actions) seal: String,
    /// `ImageUrl`; of what was drawn.
    pub(in crate::actions) image_url: String,
    /// `PreviewFileUrl` and `PreviewPdfUrl` of what was only looked at.
    pub(in crate::actions) previews: Option<(String, String)>,
}

/// Makes it, or with the option `CreateSealPreview` only shows what would be drawn (`ex CreateSealByImage`). What a picture would
/// look like is not shown before: it is known.
///
/// # Errors
/// What a seal must be like, or the operator may not make one.
pub(in crate::actions) fn make<'a>(
    call: &mut Call<'_>,
    wanted: NewSeal,
    mut options: impl Iterator<Item = (&'a str, &'a str)>,
) -> Result<Made, Refusal> {
    call.caller.with_right(Right::CreateSeal)?;
    let only_shown = options.find(|(key, _)| *key == "CreateSealPreview");
    if only_shown.is_some_and(|(_, value)| value == "true") {
        return preview(call, &wanted);
    }
    let seal = call.world.make_seal(wanted, call.now, call.outbox)?;
    Ok(Made { seal: seal.id.to_string(), image_url: image_url(call, &seal), previews: None })
}

/// Only of what was drawn, for a day (`api CreateSeal`).
fn image_url(call: &Call<'_>, seal: &Seal) -> String {
    match seal.look {
        Look::Drawn(_) => picture_url(call, seal, DAY),
        Look::Picture(..) => String::new(),
    }
}

fn preview(call: &Call<'_>, wanted: &NewSeal) -> Result<Made, Refusal> {
    let nothing = Made { previews: Some(<(String, String)>::default()), ..Made::default() };
    let drawing = match wanted.check(&call.world.directory)? {
        Look::Drawn(drawing) => drawing,
        Look::Picture(..) => return Ok(nothing),
    };
    let id = SealPreview { organization: wanted.organization.clone(), name: wanted.name.clone(), drawing }.id();
    let kind = ResourceKind::SealPreview.wire();
    let key = download::key(&call.world.ids, kind, &id, call.now.plus(PREVIEW_DAYS * DAY));
    let url = |extension| call.urls.file(kind, &id, 0, extension, &key);
    Ok(Made { seal: String::new(), image_url: url("PNG"), previews: Some((url("JPG"), url("PDF"))) })
}
