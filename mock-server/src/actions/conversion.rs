//! What the conversion actions of both services and both generations share: CreateConvertTaskApi with GetTaskResultApi, and
//! CreateFileConvertTask with DescribeFileConvertTask.

use std::sync::Arc;

use bytes::Bytes;

use crate::documents::{inspect, picture_to_pdf, stand_in_pdf};
use crate::domain::conversion::{Conversion, Outcome, Progress, Source, converted_file};
use crate::domain::file::{Content, has_the_head_of};
use crate::domain::refusal::Refusal;
use crate::domain::time::{Timestamp, beijing};
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;
use crate::engine::ids::{Ids, Kind};

/// A conversion as asked for.
#[derive(Clone, Debug)]
pub(in crate::actions) struct Wanted {
    /// `ResourceId`.
    pub(in crate::actions) file: String,
    /// `ResourceName`.
    pub(in crate::actions) name: String,
    /// `ResourceType`.
    pub(in crate::actions) kind: String,
}

impl Wanted {
    fn source(&self) -> Source<'_> {
        Source { kind: &self.kind, name: &self.name }
    }
}

/// Makes the PDF before the world is opened; `None` when the source is unknown or cannot be read.
pub(in crate::actions) fn prepare(account: &Arc<Account>, edge: EdgeTime, wanted: &Wanted) -> Option<Arc<Content>> {
    let source = account.enter(edge, |world, _, _| world.files.get(wanted.file.as_str()).cloned())?;
    let bytes = &source.content.bytes;
    let pdf = if wanted.source().is_picture() {
        picture_to_pdf(bytes).ok()?
    } else if has_the_head_of(&wanted.kind, bytes) {
        stand_in_pdf(&wanted.name, bytes.len(), &account.fonts).ok()?
    } else {
        return None;
    };
    let pages = inspect(&pdf).ok()?.pages;
    Some(Arc::new(Content::new(Bytes::from(pdf), Some(pages))))
}

/// Takes the conversion down and answers its id.
///
/// # Errors
/// A name that contradicts the kind, or a file the caller cannot use.
pub(in crate::actions) fn begin(
    call: &mut Call<'_>,
    wanted: &Wanted,
    pdf: Option<Arc<Content>>,
) -> Result<String, Refusal> {
    wanted.source().check()?;
    let source = call.usable_file(&wanted.file)?;
    let id = task_id(&mut call.world.ids, call.now);
    let file = pdf.map(|content| {
        let id = call.world.ids.next(Kind::File).as_str().into();
        converted_file(id, wanted.source().pdf_name(), content, &source, call.now)
    });
    let conversion = Conversion::new(id.as_str().into(), &source, file.as_ref().map(|file| file.id.clone()), call.now);
    if let Some(file) = file {
        call.world.add_file(file, call.now);
    }
    call.world.conversions.insert_keeping(conversion, CONVERSIONS_KEPT);
    Ok(id)
}

/// How many conversions are remembered; the oldest go first.
const CONVERSIONS_KEPT: usize = 10_000;

/// 19 digits that begin with Beijing's date (`ex CreateConvertTaskApi`).
fn task_id(ids: &mut Ids, now: Timestamp) -> String {
    let today = beijing(now);
    let rest = ids.draw(Kind::Conversion).text(b"0123456789", 11);
    format!("{:04}{:02}{:02}{rest}", today.year(), today.month(), today.day())
}

/// A conversion in the words of both services.
pub(in crate::actions) struct Report {
    /// `TaskStatus`.
    pub(in crate::actions) status: i64,
    /// `TaskMessage`, in Chinese as in the examples (`ex DescribeFileConvertTask`).
    pub(in crate::actions) message: &'static str,
    /// `ResourceId`; empty until there is one.
    pub(in crate::actions) file: String,
}

/// How far a conversion is, or the composition of a dynamic table that a contract waits for.
///
/// # Errors
/// The caller's company has no such task.
pub(in crate::actions) fn report(call: &Call<'_>, task: &str) -> Result<Report, Refusal> {
    if let Some(composition) = composition(call, task) {
        return Ok(composition);
    }
    let conversion = call
        .world
        .conversions
        .get(task)
        .filter(|one| &one.owner == call.caller.organization() && call.caller.reaches(one.application.as_ref()));
    let conversion = conversion.ok_or_else(|| Refusal::ConvertTaskUnknown { task: task.to_owned() })?;
    let (status, message, file) = match conversion.progress(call.now) {
        Progress::Submitted => (0, "任务已提交", None),
        Progress::Processing => (4, "文档转换中", None),
        Progress::Ended(Outcome::Converted(file)) => (8, "任务处理完成", Some(file)),
        Progress::Ended(Outcome::SourceGone) => (-2, "下载失败", None),
        Progress::Ended(Outcome::Failed) => (-6, "转换失败", None),
    };
    Ok(Report { status, message, file: file.map(ToString::to_string).unwrap_or_default() })
}

/// Composing a document goes by the document's id (`api TaskInfo`; that id is ASSUMED). No file comes of it: the contract has it.
fn composition(call: &Call<'_>, task: &str) -> Option<Report> {
    let flow = call.world.flow_of_document(task).filter(|flow| call.caller.launched(&flow.initiator))?;
    let document = flow.document.as_ref().filter(|_| flow.has_dynamic_table())?;
    let (status, message) = if document.composed { (8, "任务处理完成") } else { (4, "文档转换中") };
    Some(Report { status, message, file: String::new() })
}
