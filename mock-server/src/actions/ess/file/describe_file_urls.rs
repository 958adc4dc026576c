//! `DescribeFileUrls` hands out download links for contracts, their documents, templates, seals and other files.
//!
//! A link lives `UrlTtl` seconds, 300 when 0 (`api DescribeFileUrls`). A document is composed some seconds after each
//! change; until then `FailedOperation` (ASSUMED code). An id that is unknown or none of the caller's business answers
//! alike (`ex DescribeFileUrls`). PDF has a link for each id, JPG one for each page, ZIP one for all (`ex
//! DescribeFileUrls`). A seal is a picture and comes as PNG unless JPG is asked for (ASSUMED).

use std::time::Duration;

use ess_schemas::ess::{DescribeFileUrlsRequest, DescribeFileUrlsResponse, FileUrl};

use crate::actions::ess::dialect::given;
use crate::documents::PageSize;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;
use crate::engine::download;
use crate::rendering::resource::{Body, Resource, ResourceKind};

/// The most ids of one call (`api DescribeFileUrls`).
const IDS_PER_CALL: usize = 20;

/// See the module's comment.
///
/// # Errors
/// A business type or file type that does not exist, bad ids, a document still being composed, or a file without pages
/// where pages are asked for.
pub fn describe_file_urls(
    call: &mut Call<'_>,
    request: DescribeFileUrlsRequest,
) -> Result<DescribeFileUrlsResponse, Refusal> {
    let kind = ResourceKind::from_wire(&request.business_type).filter(|kind| kind.is_business_type());
    let kind = kind.ok_or(Refusal::BusinessTypeInvalid { kind: request.business_type })?;
    let ids = request.business_ids;
    if ids.is_empty() || ids.len() > IDS_PER_CALL {
        return Err(Refusal::BusinessIdInvalid);
    }
    let found = ids.iter().map(|id| find(call, kind, id)).collect::<Result<Vec<_>, _>>()?;
    for (id, resource) in ids.iter().zip(&found) {
        ensure_composed(call, id, resource)?;
    }
    let lifetime = request.url_ttl.filter(|seconds| *seconds > 0).unwrap_or(300);
    let expires_at = call.now.plus(Duration::from_secs(u64::try_from(lifetime).unwrap_or(300)));
    let key = |id: &str| download::key(&call.world.ids, kind.wire(), id, expires_at);
    let url = |id: &str, number, extension| call.urls.file(kind.wire(), id, number, extension, &key(id));

    let limit = usize::try_from(request.limit.filter(|limit| *limit > 0).unwrap_or(20)).unwrap_or(20);
    let skipped = usize::try_from(request.offset.unwrap_or(0)).unwrap_or(0).saturating_mul(limit);
    let (urls, total) = match given(&request.file_type).map(String::as_str) {
        Some("ZIP") => {
            let all = ids.join(download::SEPARATOR);
            let name = given(&request.file_name).map(|name| download::named(name)).unwrap_or_default();
            let one = FileUrl { url: url(&all, 0, "ZIP") + &name, option: String::new() };
            (vec![one].into_iter().skip(skipped).take(limit).collect(), 1)
        }
        Some("JPG") => {
            let pages = ids.iter().zip(&found).map(|(id, resource)| Ok((id, sides(resource)?)));
            let pages = pages.collect::<Result<Vec<_>, Refusal>>()?;
            let total = pages.iter().map(|(_, sides)| sides.len()).sum();
            let all =
                pages.iter().flat_map(|(id, sides)| sides.iter().enumerate().map(move |(page, size)| (id, page, size)));
            let picture = |(id, page, size): (&&String, usize, &Option<PageSize>)| FileUrl {
                url: url(id, page, "JPG"),
                option: size.as_ref().map(picture_option).unwrap_or_default(),
            };
            (all.skip(skipped).take(limit).map(picture).collect(), total)
        }
        Some(_) | None => {
            let all = ids.iter().zip(&found).skip(skipped).take(limit);
            let whole =
                all.map(|(id, one)| FileUrl { url: url(id, 0, one.extension()), option: pdf_option(one.pages()) });
            (whole.collect(), found.len())
        }
    };
    Ok(DescribeFileUrlsResponse { file_urls: urls, total_count: i64::try_from(total).unwrap_or(i64::MAX) })
}

fn find(call: &Call<'_>, kind: ResourceKind, id: &str) -> Result<Resource, Refusal> {
    let (company, world) = (call.caller.organization(), &*call.world);
    let file = world.files.get(id).filter(|file| kind == ResourceKind::DigitFile && &file.owner == company);
    if file.is_some_and(|file| call.now >= file.expires_at) {
        return Err(Refusal::FileRemoved { file: id.to_owned() });
    }
    let template = world.directory.templates.get(id).filter(|_| kind == ResourceKind::Template);
    if template.is_some_and(|one| one.content.is_none() && &one.organization == company) {
        return Err(Refusal::TemplateHasNoFile { template: id.to_owned() });
    }
    Resource::of_company(world, kind, id, company).ok_or_else(|| Refusal::ResourceUnknown { id: id.to_owned() })
}

fn ensure_composed(call: &Call<'_>, id: &str, resource: &Resource) -> Result<(), Refusal> {
    let composed_at = match &resource.body {
        Body::Contract(contract) => return call.ensure_composed(&contract.flow),
        Body::File(_) => call.world.archived.get(id).map(|one| one.archived_at),
        Body::Picture(_)
        | Body::Evidence(_)
        | Body::Table(_)
        | Body::Notes(_)
        | Body::Comparison(_)
        | Body::Other(..) => None,
    };
    if composed_at.is_some_and(|at| call.now < at) { Err(Refusal::DocumentNotComposed) } else { Ok(()) }
}

/// The sizes of its pages; of a picture, one without a size.
fn sides(resource: &Resource) -> Result<Vec<Option<PageSize>>, Refusal> {
    match &resource.body {
        Body::Picture(_) => Ok(vec![None]),
        // What comes of contract intelligence is fetched by actions of its own.
        Body::Table(_) | Body::Notes(_) | Body::Comparison(_) | Body::Other(..) => {
            Err(Refusal::FileNotPdf { file: resource.name.clone() })
        }
        Body::Contract(_) | Body::File(_) if resource.pages().is_empty() => {
            Err(Refusal::FileNotPdf { file: resource.name.clone() })
        }
        Body::Contract(_) | Body::File(_) | Body::Evidence(_) => {
            Ok(resource.pages().iter().copied().map(Some).collect())
        }
    }
}

/// The first page's size and −1, as a text (`ex DescribeFileUrls`).
fn pdf_option(pages: &[PageSize]) -> String {
    let text = |page: &PageSize| format!(r#"["{:.2},{:.2}","-1"]"#, page.width, page.height);
    pages.first().map(text).unwrap_or_default()
}

/// The page's size, as a text (`ex DescribeFileUrls`).
fn picture_option(page: &PageSize) -> String {
    let plain = |side: f64| (side * 100.0).round() / 100.0;
    format!(r#"{{"width":{},"height":{}}}"#, plain(page.width), plain(page.height))
}
