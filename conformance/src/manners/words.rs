//! How each service says what cleaning up takes: looking at contracts, withdrawing them, reading the bill.

use ess_schemas::Service;
use serde_json::{Value, json};

use super::ledger::Gone;

/// The actions of a service, and how it says how a contract ended.
pub(super) struct Words {
    pub(super) service: Service,
    /// Shows what became of contracts.
    pub(super) look: &'static str,
    /// The list in what it shows.
    list: &'static str,
    pub(super) cancel: &'static str,
    pub(super) cancel_code: &'static str,
    pub(super) bill: &'static str,
    end: fn(&Value) -> Option<Gone>,
}

const COMPANY: Words = Words {
    service: Service::Ess,
    look: "DescribeFlowBriefs",
    list: "FlowBriefs",
    cancel: "CancelFlow",
    cancel_code: "CancelMultiFlowSignQRCode",
    bill: "DescribeBillUsageDetail",
    // 3 refused, 4 signed, 5 expired, 6 withdrawn, 10 refused to be filled in, 16 void; 21 released (api DescribeFlowBriefs).
    end: |status| match status.as_i64()? {
        4 | 21 => Some(Gone::Signed),
        3 | 5 | 6 | 10 | 16 => Some(Gone::Ended),
        _ => None,
    },
};

const PLATFORM: Words = Words {
    service: Service::Essbasic,
    look: "DescribeFlowDetailInfo",
    list: "FlowInfo",
    cancel: "ChannelCancelFlow",
    cancel_code: "ChannelCancelMultiFlowSignQRCode",
    bill: "ChannelDescribeBillUsageDetail",
    // (api FlowDetailInfo)
    end: |status| match status.as_str()? {
        "ALL" | "RELIEVED" => Some(Gone::Signed),
        "REJECT" | "DEADLINE" | "CANCEL" | "INVALID" => Some(Gone::Ended),
        _ => None,
    },
};

/// The words of a service, by the name it has in the ledger.
///
/// # Errors
/// A newer version wrote the ledger.
pub(super) fn of(service: &str) -> Result<&'static Words, String> {
    [&COMPANY, &PLATFORM]
        .into_iter()
        .find(|words| words.service.name() == service)
        .ok_or_else(|| format!("the ledger speaks of a service `{service}`, which this version does not know"))
}

impl Words {
    /// A request in the name of whoever made something.
    pub(super) fn in_the_name_of(&self, actor: &Value, mut request: Value) -> Value {
        match self.service {
            // `Operator.UserId`, or `Caller.OperatorId` of an upload.
            Service::Ess => {
                let user = [&actor["UserId"], &actor["OperatorId"]].into_iter().find(|user| user.is_string());
                request["Operator"] = json!({"UserId": user.cloned().unwrap_or_default()});
            }
            Service::Essbasic => request["Agent"] = actor.clone(),
        }
        request
    }

    /// Whose bill it is: a company's own, or a customer's.
    pub(super) fn bill_of(&self, request: &mut Value, actor: &Value) {
        if self.service == Service::Essbasic {
            request["Agent"] = actor.clone();
        }
    }

    /// How a contract ended, as far as an answer says that it needs nothing any more.
    pub(super) fn ending(&self, seen: &Value, id: &str) -> Option<Gone> {
        let contract = seen[self.list].as_array()?.iter().find(|contract| contract["FlowId"] == id)?;
        (self.end)(&contract["FlowStatus"])
    }
}
