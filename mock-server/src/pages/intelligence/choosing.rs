//! What people choose on the pages where a comparison or a search for fields is asked for: files that were uploaded before, and fields,
//! a line each (`名称`, `名称|DATE`, `名称|OPTION|一,二`). Uploading on the page itself is not modelled.

use std::sync::Arc;

use axum::extract::Request;
use serde::Deserialize;

use super::{Form, Sight, look};
use crate::documents::Revisions;
use crate::domain::file::UploadedFile;
use crate::domain::ids::{OrganizationId, UserId};
use crate::domain::intelligence::comparison::{EXTENSIONS, compare};
use crate::domain::intelligence::extension;
use crate::domain::intelligence::extraction::{Field, FieldKind, extract};
use crate::domain::intelligence::page::IntelligencePage;
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;
use crate::engine::clock::EdgeTime;
use crate::engine::intelligence::NewTask;
use crate::engine::intelligence::comparing::NewComparison;
use crate::engine::intelligence::extracting::NewExtraction;
use crate::engine::world::World;
use crate::pages::embed::Visitor;
use crate::pages::posted::posted;
use crate::pages::trouble::Trouble;
use crate::pages::words::Language;

/// What somebody posts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wish {
    /// What the page offers, which is one thing.
    #[serde(rename = "action")]
    _action: Offered,
    #[serde(default)]
    original: String,
    #[serde(default)]
    newer: String,
    #[serde(default)]
    file: String,
    #[serde(default)]
    fields: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Offered {
    Compare,
    Extract,
}

/// Begins the comparison, and shows it.
pub(super) async fn compare_files(
    visitor: &Visitor<'_>,
    user_data: &str,
    (company, user): (&OrganizationId, &UserId),
    language: Language,
    request: Request,
) -> Result<(Sight, Vec<Form>), Trouble> {
    let wish = posted::<Wish>(request).await?;
    let (original, newer) = visitor.account.try_enter(EdgeTime::read(), |world, now, _| {
        let chosen = |id: &str| chosen(world, now, company, id, EXTENSIONS);
        Ok::<_, Trouble>((chosen(&wish.original)?, chosen(&wish.newer)?))
    })?;
    let pair = (original.clone(), newer.clone());
    let outcome = off_the_threads(move || compare(&pair.0, &pair.1, Revisions::AsTheyStand)).await?;
    let task = task(company, user, &newer, user_data);
    let new = NewComparison { original, newer, comment: String::new(), outcome };
    visitor.account.try_enter(EdgeTime::read(), |world, now, outbox| {
        let begun = world.all_or_nothing(outbox, |world, outbox| world.compare(task, new, now, outbox));
        let page = begun.map(IntelligencePage::Comparison).map_err(|refusal| Trouble::of_matters(&refusal))?;
        look(world, now, &page, company, language)
    })
}

/// Begins the search in one file, and shows it.
pub(super) async fn search_file(
    visitor: &Visitor<'_>,
    user_data: &str,
    (company, user): (&OrganizationId, &UserId),
    language: Language,
    request: Request,
) -> Result<(Sight, Vec<Form>), Trouble> {
    let wish = posted::<Wish>(request).await?;
    let fields = fields(&wish.fields).map_err(|refusal| Trouble::of_matters(&refusal))?;
    let file = visitor.account.try_enter(EdgeTime::read(), |world, now, _| {
        chosen(world, now, company, &wish.file, super::extraction::EXTENSIONS)
    })?;
    let (searched, wanted) = (file.clone(), fields.clone());
    let outcome = off_the_threads(move || extract(&searched, &wanted)).await?;
    let task = task(company, user, &file, user_data);
    let new = NewExtraction { file, fields, outcome };
    visitor.account.try_enter(EdgeTime::read(), |world, now, outbox| {
        let begun = world.all_or_nothing(outbox, |world, _| world.extract(vec![(task, new)], now));
        let begun = begun.map_err(|refusal| Trouble::of_matters(&refusal))?;
        let page = begun.into_iter().next().map_or(IntelligencePage::Extractions, IntelligencePage::Extraction);
        look(world, now, &page, company, language)
    })
}

fn chosen(
    world: &World,
    now: Timestamp,
    company: &OrganizationId,
    id: &str,
    kinds: &[&str],
) -> Result<Arc<UploadedFile>, Trouble> {
    let own = world.files.get(id.trim()).filter(|file| &file.owner == company && now < file.expires_at);
    let own = own.filter(|file| kinds.contains(&extension(&file.name).as_str()));
    own.cloned().ok_or(Trouble::UnknownFile)
}

fn task(company: &OrganizationId, user: &UserId, file: &UploadedFile, user_data: &str) -> NewTask {
    NewTask {
        organization: company.clone(),
        operator: user.clone(),
        name: file.name.clone(),
        user_data: user_data.to_owned(),
    }
}

/// Reads documents where nobody else waits for it.
async fn off_the_threads<R: Send + 'static>(work: impl FnOnce() -> R + Send + 'static) -> Result<R, Trouble> {
    tokio::task::spawn_blocking(work).await.map_err(|error| Trouble::Undrawable(error.to_string()))
}

fn fields(text: &str) -> Result<Vec<Field>, Refusal> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let fields = lines.map(field).collect::<Result<Vec<_>, _>>()?;
    if fields.is_empty() { Err(Refusal::ParameterMissing { field: "fields" }) } else { Ok(fields) }
}

fn field(line: &str) -> Result<Field, Refusal> {
    let mut parts = line.split('|').map(str::trim);
    let (name, kind, choices) = (parts.next().unwrap_or_default(), parts.next(), parts.next().unwrap_or_default());
    let kind = match kind {
        None => FieldKind::Text,
        Some(word) => FieldKind::from_wire(word)
            .ok_or_else(|| Refusal::ValueNotAllowed { field: "fields".into(), detail: word.to_owned() })?,
    };
    let choices = choices.split([',', '，']).map(str::trim).filter(|one| !one.is_empty()).map(ToOwned::to_owned);
    Ok(Field { name: name.to_owned(), kind, description: String::new(), choices: choices.collect() })
}
