//! `DescribeSignFaceVideo` hands out the recording of a signer who showed their face, for a day after they signed.
//!
//! Nobody is recorded here: each video is a second of a picture that says so. What the signer answered on the page stands
//! beside it, each with code 0: an answer that does not pass does not sign. Who was asked nothing has empty lists (ASSUMED), and
//! who did not nod no `IntentionActionResult` (`ex DescribeSignFaceVideo`).

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ess_schemas::ess::{
    DescribeSignFaceVideoRequest, DescribeSignFaceVideoResponse, DetectInfoVideoData, IntentionActionResult,
    IntentionActionResultDetail, IntentionQuestionResult,
};

use crate::documents::{Mark, Setting, TextStyle, mark_jpg, recording};
use crate::domain::intention::Recording;
use crate::domain::organization::Feature;
use crate::domain::refusal::Refusal;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;

/// Pixels of the picture.
const WIDTH: u16 = 160;
const HEIGHT: u16 = 120;
/// What an answer that passed is marked with (`ex DescribeSignFaceVideo`).
const PASSED: &str = "0";

/// Draws the recording before the world is opened.
pub fn prepare(account: &Arc<Account>, _: EdgeTime, _: &mut DescribeSignFaceVideoRequest) -> Option<String> {
    let text = "ess-mock\n模拟视频".to_owned();
    let mark = Mark::Text { text, style: TextStyle { size: 22.0, ..TextStyle::default() }, setting: Setting::Plain };
    let picture = mark_jpg(&mark, WIDTH.into(), HEIGHT.into(), &account.fonts).ok()?;
    Some(STANDARD.encode(recording(&picture, WIDTH, HEIGHT)))
}

/// See the module's comment.
///
/// # Errors
/// No such contract of the caller's or no such signer in it, no recording of them, or the company has no recordings.
pub fn describe_sign_face_video(
    call: &mut Call<'_>,
    request: DescribeSignFaceVideoRequest,
    video: Option<String>,
) -> Result<DescribeSignFaceVideoResponse, Refusal> {
    call.caller.organization.ensure_has(Feature::FaceVideos)?;
    let flow = call.own_flow(&request.flow_id)?;
    let approver = flow.approver_signing(&request.sign_id.as_str().into());
    let approver = approver.ok_or_else(|| Refusal::ApproverUnknown { approver: request.sign_id.clone() })?;
    let recording = approver.recording(call.now)?;
    let video = video.ok_or(Refusal::FaceVideoUnavailable { detail: "it could not be drawn" })?;
    let (answers, nods) = match recording {
        Recording::Face => (Vec::new(), 0),
        Recording::Spoken(answers) => (answers, 0),
        Recording::Nodded(nods) => (Vec::new(), nods),
    };
    let nod = || IntentionActionResultDetail { video: Some(video.clone()) };
    Ok(DescribeSignFaceVideoResponse {
        intention_question_result: Some(IntentionQuestionResult {
            video: Some(if answers.is_empty() { String::new() } else { video.clone() }),
            result_code: Some(vec![PASSED.to_owned(); answers.len()]),
            asr_result: Some(answers),
        }),
        intention_action_result: (nods > 0)
            .then(|| IntentionActionResult { details: Some(std::iter::repeat_with(nod).take(nods).collect()) }),
        video_data: Some(DetectInfoVideoData { live_ness_video: Some(video) }),
    })
}
