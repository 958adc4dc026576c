//! `DescribeSignFaceVideo` hands out the recording of a signer who showed their face, for a day after they signed.
//!
//! Nobody is recorded here: the video is a second of a picture that says so. Questions and actions before the camera are not
//! modelled, so that none were asked (`IntentionQuestionResult` empty, `IntentionActionResult` null).

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ess_schemas::ess::{
    DescribeSignFaceVideoRequest, DescribeSignFaceVideoResponse, DetectInfoVideoData, IntentionQuestionResult,
};

use crate::documents::{Mark, Setting, TextStyle, mark_jpg, recording};
use crate::domain::organization::Feature;
use crate::domain::refusal::Refusal;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;

/// Pixels of the picture.
const WIDTH: u16 = 160;
const HEIGHT: u16 = 120;

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
    approver.ensure_recorded(call.now)?;
    let video = video.ok_or(Refusal::FaceVideoUnavailable { detail: "it could not be drawn" })?;
    Ok(DescribeSignFaceVideoResponse {
        video_data: Some(DetectInfoVideoData { live_ness_video: Some(video) }),
        intention_question_result: Some(IntentionQuestionResult {
            video: Some(String::new()),
            result_code: Some(Vec::new()),
            asr_result: Some(Vec::new()),
        }),
        intention_action_result: None,
    })
}
