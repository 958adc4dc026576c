//! `DescribeSignFaceVideo` hands out the recording of a signer who showed their face ([`crate::actions::face_video`]).

use std::sync::Arc;

use ess_schemas::ess::{
    DescribeSignFaceVideoRequest, DescribeSignFaceVideoResponse, DetectInfoVideoData, IntentionActionResult,
    IntentionActionResultDetail, IntentionQuestionResult,
};

use crate::actions::face_video::{self, FaceVideo};
use crate::domain::refusal::Refusal;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;

/// Draws the recording before the world is opened.
pub fn prepare(account: &Arc<Account>, _: EdgeTime, _: &mut DescribeSignFaceVideoRequest) -> Option<String> {
    face_video::draw(&account.fonts)
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
    let FaceVideo { face, answers, answer_codes, answering, nods } =
        face_video::find(call, &request.flow_id, &request.sign_id, video)?;
    let detail = |video| IntentionActionResultDetail { video: Some(video) };
    let nodded = !nods.is_empty();
    let details: Vec<_> = nods.into_iter().map(detail).collect();
    Ok(DescribeSignFaceVideoResponse {
        intention_question_result: Some(IntentionQuestionResult {
            video: Some(answering),
            result_code: Some(answer_codes),
            asr_result: Some(answers),
        }),
        intention_action_result: nodded.then_some(IntentionActionResult { details: Some(details) }),
        video_data: Some(DetectInfoVideoData { live_ness_video: Some(face) }),
    })
}
