//! `DescribeInformationExtractionTask` tells how far a search is, and at its end what was found, where, and where the table of it is.
//!
//! 0 created, 1 queued, 2 running, 3 done, 4 failed (`api DescribeInformationExtractionTask`). The table (XLSX) can be fetched for five
//! minutes; asking again makes another address. Places are in points on a PDF's pages, which count from 0 here, and characters in a Word
//! file (`api PositionInfo`). Nothing here understands a text, so that no field needs it (`RequiresSemanticExtraction`, false as by
//! default).

use ess_schemas::ess::{
    DescribeInformationExtractionTaskRequest, DescribeInformationExtractionTaskResponse, ExtractionField,
    ExtractionFieldResult, ExtractionTaskResult, PositionInfo,
};

use super::own;
use crate::domain::intelligence::extraction::{Extraction, Field, FieldResult, Found};
use crate::domain::intelligence::timing::Progress;
use crate::domain::refusal::Refusal;
use crate::domain::time::MINUTE;
use crate::engine::call::Call;
use crate::engine::download;
use crate::rendering::resource::ResourceKind;

/// See the module's comment.
///
/// # Errors
/// The company has no such search.
pub fn describe_information_extraction_task(
    call: &mut Call<'_>,
    request: DescribeInformationExtractionTaskRequest,
) -> Result<DescribeInformationExtractionTaskResponse, Refusal> {
    let extraction = own(call, request.task_id.as_deref().unwrap_or_default())?;
    let progress = extraction.task.progress(call.now);
    let done = progress == Progress::Ended && extraction.outcome.is_ok();
    Ok(DescribeInformationExtractionTaskResponse {
        fields: Some(extraction.fields.iter().map(field).collect()),
        status: Some(match progress {
            Progress::Created => 0,
            Progress::Queued => 1,
            Progress::Running => 2,
            Progress::Ended if done => 3,
            Progress::Ended => 4,
        }),
        url: Some(if done { table(call, &extraction) } else { String::new() }),
        results: done.then(|| vec![result(call, &extraction)]),
    })
}

fn field(field: &Field) -> ExtractionField {
    ExtractionField {
        name: Some(field.name.clone()),
        r#type: Some(field.kind.wire().to_owned()),
        description: Some(field.description.clone()),
        values: None,
        choice_list: (!field.choices.is_empty()).then(|| field.choices.clone()),
    }
}

fn table(call: &Call<'_>, extraction: &Extraction) -> String {
    let (kind, id) = (ResourceKind::ExtractionTable.wire(), extraction.task.id.as_str());
    let key = download::key(&call.world.ids, kind, id, call.now.plus(5 * MINUTE));
    call.urls.file(kind, id, 0, "XLSX", &key)
}

fn result(call: &Call<'_>, extraction: &Extraction) -> ExtractionTaskResult {
    let results = call.world.intelligence.results_of(extraction);
    ExtractionTaskResult {
        resource_id: Some(extraction.file.to_string()),
        resource_name: Some(extraction.task.name.clone()),
        extraction_field_results: Some(results.map(|one| field_result(one, extraction.flowing)).collect()),
    }
}

fn field_result(result: &FieldResult, flowing: bool) -> ExtractionFieldResult {
    ExtractionFieldResult {
        id: Some(result.id.clone()),
        name: Some(result.field.name.clone()),
        r#type: Some(result.field.kind.wire().to_owned()),
        values: Some(result.found.iter().map(|(_, one)| one.value.clone()).collect()),
        requires_semantic_extraction: Some(false),
        positions: Some(result.found.iter().map(|(id, one)| position(id, one, flowing)).collect()),
    }
}

/// `DocType` 2 is a Word file; of a PDF, whose places are areas, it is left out with the characters (`ex
/// DescribeInformationExtractionTask`).
fn position(id: &str, found: &Found, flowing: bool) -> PositionInfo {
    let place = &found.place;
    let characters = |count: usize| flowing.then_some(i64::try_from(count).unwrap_or(i64::MAX));
    PositionInfo {
        x: place.area.map(|area| area.x),
        y: place.area.map(|area| area.y),
        width: place.area.map(|area| area.width),
        height: place.area.map(|area| area.height),
        page_index: Some(i64::try_from(place.page).map_or(i64::MAX, |page| page - 1)),
        id: Some(id.to_owned()),
        begin: characters(place.begin),
        end: characters(place.end),
        doc_type: flowing.then_some(2),
    }
}
