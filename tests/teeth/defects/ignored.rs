//! Parts of a request that nobody looks at.

use super::defect;
use super::edits::{remove, replace, reverse, set, shorten};
use crate::defect::{Actions, Defect, Trick};
use crate::proxy::asked::Asked;

pub(super) fn defects() -> Vec<Defect> {
    vec![
        asked("deadline_ignored", "a contract's deadline is ignored", &["CreateFlowByFiles"], |asked| {
            remove(&mut asked.parameters, "Deadline");
        }),
        asked("signers_deadline_ignored", "a signer's own deadline is ignored", &["CreateFlowByFiles"], |asked| {
            remove(&mut asked.parameters, "Approvers.*.Deadline");
        }),
        asked("order_always_counts", "contracts without an order get one", &["CreateFlowByFiles"], |asked| {
            remove(&mut asked.parameters, "Unordered");
        }),
        asked("order_never_counts", "contracts with an order lose it", &["CreateFlowByFiles"], |asked| {
            asked.parameters["Unordered"] = true.into();
        }),
        asked("signers_turned_round", "signers are due last first", &["CreateFlowByFiles"], |asked| {
            reverse(&mut asked.parameters, "Approvers");
        }),
        asked("review_ignored", "a contract to be reviewed is not", &["CreateFlowByFiles"], |asked| {
            remove(&mut asked.parameters, "NeedSignReview");
        }),
        asked("signers_review_ignored", "a signer to be reviewed is not", &["CreateFlowByFiles"], |asked| {
            remove(&mut asked.parameters, "Approvers.*.ApproverNeedSignReview");
        }),
        asked("description_ignored", "a contract's description is lost", &["CreateFlowByFiles"], |asked| {
            remove(&mut asked.parameters, "FlowDescription");
        }),
        asked(
            "names_cut_off",
            "a contract's name is cut off after three characters",
            &["CreateFlowByFiles"],
            |asked| {
                shorten(&mut asked.parameters, "FlowName", 3);
            },
        ),
        asked("copies_ignored", "nobody gets a copy", &["CreateFlowByFiles"], |asked| {
            remove(&mut asked.parameters, "CcInfos");
        }),
        asked("values_ignored", "what the initiator fills in is lost", &["CreateDocument"], |asked| {
            remove(&mut asked.parameters, "FormFields");
        }),
        asked(
            "values_of_components_ignored",
            "what the initiator fills in at the launch is lost",
            &["CreateFlowByFiles"],
            |asked| set(&mut asked.parameters, "Components.*.ComponentValue", ""),
        ),
        asked("previews_are_launches", "a preview launches a contract", &["CreateFlowByFiles"], |asked| {
            remove(&mut asked.parameters, "NeedPreview");
        }),
        asked(
            "open_end_ignored",
            "an open contract is complete when all have signed",
            &["CreateFlowByFiles"],
            |asked| {
                remove(&mut asked.parameters, "OpenDynamicSignFlow");
            },
        ),
        asked("no_is_yes", "a review that did not pass counts as one that did", &["CreateFlowSignReview"], |asked| {
            replace(&mut asked.parameters, "ReviewType", "REJECT", "PASS");
        }),
        asked(
            "never_is_no",
            "a review that ends the contract only keeps its gate shut",
            &["CreateFlowSignReview"],
            |asked| {
                replace(&mut asked.parameters, "ReviewType", "SIGN_REJECT", "REJECT");
            },
        ),
        asked("reason_of_cancelling_ignored", "the reason of a cancellation is lost", &["CancelFlow"], |asked| {
            if asked.parameters["CancelMessage"] == "写错了" {
                asked.parameters["CancelMessage"] = "取消".into();
            }
        }),
        asked(
            "links_live_half_an_hour",
            "a link lives half an hour, whatever was asked",
            &["CreateFlowSignUrl"],
            |asked| {
                remove(&mut asked.parameters, "ExpiredOn");
            },
        ),
        asked("links_for_looking_sign", "a link to look is one to sign", &["CreateFlowSignUrl"], |asked| {
            remove(&mut asked.parameters, "UrlType");
        }),
        asked(
            "download_lives_five_minutes",
            "a download lives five minutes, whatever was asked",
            &["DescribeFileUrls"],
            |asked| remove(&mut asked.parameters, "UrlTtl"),
        ),
        asked("listing_ignores_filters", "a listing ignores its filters", &["DescribeFlowTemplates"], |asked| {
            remove(&mut asked.parameters, "Filters");
        }),
        asked(
            "customer_data_lost",
            "what the caller attached to a contract is lost",
            &["CreateFlowByFiles"],
            |asked| {
                remove(&mut asked.parameters, "UserData");
            },
        ),
        asked(
            "only_the_first_cancelled",
            "of several contracts only the first is cancelled",
            &["CreateBatchCancelFlowUrl"],
            |asked| super::edits::truncate(&mut asked.parameters, "FlowIds", 1),
        ),
        asked("release_reason_lost", "an agreement does not say why it releases", &["CreateReleaseFlow"], |asked| {
            set(&mut asked.parameters, "ReliveInfo.Reason", "无");
        }),
    ]
}

fn asked(name: &'static str, says: &'static str, actions: Actions, change: fn(&mut Asked)) -> Defect {
    defect(name, says, Trick::Asked(actions, Box::new(change)))
}
