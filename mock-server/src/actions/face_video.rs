//! The recording of a signer who showed their face: what both services hand out alike, for a day after they signed.
//!
//! Nobody is recorded here: each video is a second of a picture that says so. What the signer answered on the page stands
//! beside it, each with code 0: an answer that does not pass does not sign. Who was asked nothing has empty lists (ASSUMED),
//! and who did not nod no `IntentionActionResult` (`ex DescribeSignFaceVideo`).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::documents::{Fonts, Mark, Setting, TextStyle, mark_jpg, recording};
use crate::domain::intention::Recording;
use crate::domain::organization::Feature;
use crate::domain::refusal::Refusal;
use crate::engine::call::Call;

/// Pixels of the picture.
const WIDTH: u16 = 160;
const HEIGHT: u16 = 120;
/// What an answer that passed is marked with (`ex DescribeSignFaceVideo`).
const PASSED: &str = "0";

/// What was recorded of a signer.
pub(super) struct FaceVideo {
    /// The video of their face.
    pub(super) face: String,
    /// What they answered; empty when they were asked nothing.
    pub(super) answers: Vec<String>,
    /// How each answer was taken.
    pub(super) answer_codes: Vec<String>,
    /// The video of the answers; empty without any.
    pub(super) answering: String,
    /// A video for each time they nodded.
    pub(super) nods: Vec<String>,
}

/// Draws a recording, before the world is opened.
pub(super) fn draw(fonts: &Fonts) -> Option<String> {
    let text = "ess-mock\n模拟视频".to_owned();
    let mark = Mark::Text { text, style: TextStyle { size: 22.0, ..TextStyle::default() }, setting: Setting::Plain };
    let picture = mark_jpg(&mark, WIDTH.into(), HEIGHT.into(), fonts).ok()?;
    Some(STANDARD.encode(recording(&picture, WIDTH, HEIGHT)))
}

/// What was recorded of a signer of one of the caller's contracts.
///
/// # Errors
/// No such contract of the caller's or no such signer in it, no recording of them, or the company has no recordings.
pub(super) fn find(call: &Call<'_>, flow: &str, sign: &str, video: Option<String>) -> Result<FaceVideo, Refusal> {
    call.caller.organization.ensure_has(Feature::FaceVideos)?;
    let flow = call.own_flow(flow)?;
    let approver = flow.approver_signing(&sign.into());
    let approver = approver.ok_or_else(|| Refusal::ApproverUnknown { approver: sign.to_owned() })?;
    let recording = approver.recording(call.now)?;
    let video = video.ok_or(Refusal::FaceVideoUnavailable { detail: "it could not be drawn" })?;
    let (answers, nods) = match recording {
        Recording::Face => (Vec::new(), 0),
        Recording::Spoken(answers) => (answers, 0),
        Recording::Nodded(nods) => (Vec::new(), nods),
    };
    Ok(FaceVideo {
        answer_codes: vec![PASSED.to_owned(); answers.len()],
        answering: if answers.is_empty() { String::new() } else { video.clone() },
        nods: vec![video.clone(); nods],
        answers,
        face: video,
    })
}
