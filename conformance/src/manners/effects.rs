//! What a call leaves behind at a company's account, and in people's pockets.

use std::ops::AddAssign;

use ess_schemas::Service;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What calls cause, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// Contracts that are created, started or not.
    pub contracts: u64,
    /// Contracts that are taken from the company's quota.
    pub quota: u64,
    /// Messages that people may get: one for each signer who is not a machine, and one for each reminder.
    pub messages: u64,
    /// QR codes by which contracts can be launched.
    pub codes: u64,
    /// Files that are uploaded.
    pub files: u64,
    /// Evidence reports, which are paid for.
    pub reports: u64,
}

/// Something that was created and has an id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Object {
    /// What it is.
    pub kind: Kind,
    /// Its id.
    pub id: String,
}

/// What can be created.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A contract.
    Contract,
    /// A QR code by which contracts are launched.
    Code,
    /// An uploaded file.
    File,
    /// An evidence report.
    Report,
}

impl Kind {
    /// What it is called.
    pub fn word(self) -> &'static str {
        match self {
            Self::Contract => "contract",
            Self::Code => "QR code",
            Self::File => "file",
            Self::Report => "evidence report",
        }
    }
}

/// Signers whom a release agreement tells when the call does not name them: those of a contract of two. (ASSUMED: no case has more)
const SIGNERS_OF_A_RELEASE: u64 = 2;
/// `ApproverType` of machines, which get no message. (api FlowCreateApprover)
const MACHINES: [i64; 2] = [3, 7];
/// `NotifyType` of a signer who gets no message. (api FlowCreateApprover)
const SILENT: &str = "none";

/// Actions that write, and change nothing but what the call itself makes or names by an id of the suite's. Both services spell them alike,
/// apart from `Channel`.
const CONFINED: [&str; 41] = [
    "ArchiveDynamicFlow",
    "BatchCancelFlows",
    "CancelFlow",
    "CancelMultiFlowSignQRCode",
    "CreateArchiveFlowTask",
    "CreateBatchCancelFlowUrl",
    "CreateBatchQuickSignUrl",
    "CreateBatchSignUrl",
    "CreateConvertTaskApi",
    "CreateDocument",
    "CreateDynamicFlowApprover",
    "CreateEmbedWebUrl",
    "CreateFileConvertTask",
    "CreateFlow",
    "CreateFlowApprovers",
    "CreateFlowBlockchainEvidenceUrl",
    "CreateFlowByFiles",
    "CreateFlowEvidenceReport",
    "CreateFlowForwards",
    "CreateFlowGroupByFiles",
    "CreateFlowGroupByTemplates",
    "CreateFlowGroupReminds",
    "CreateFlowGroupSignReview",
    "CreateFlowReminds",
    "CreateFlowSignReview",
    "CreateFlowSignUrl",
    "CreateFlowsByTemplates",
    "CreateMiniAppPrepareFlow",
    "CreateMultiFlowSignQRCode",
    "CreateOrganizationBatchSignUrl",
    "CreatePrepareFlow",
    "CreatePrepareFlowGroup",
    "CreateReleaseFlow",
    "CreateRequestWithEncryption",
    "CreateSchemeUrl",
    "CreateSignUrls",
    "ModifyFlowDeadline",
    "OperateFlowRemarks",
    "PrepareFlows",
    "StartFlow",
    "UploadFiles",
];

/// Whether an action may change what the suite did not make: withdraw every contract of the company, register other addresses for its
/// callbacks, dismiss its employees. Nobody wants that of a test.
pub fn reaches_beyond(service: Service, action: &str) -> bool {
    let Some(contract) = ess_schemas::action(service, action) else { return false };
    !contract.reads && !CONFINED.contains(&action.strip_prefix("Channel").unwrap_or(action))
}

/// What a call leaves behind when it succeeds.
pub fn of(service: Service, action: &str, request: &Value) -> Effects {
    let none = Effects::default();
    match (service, action) {
        // Shown, and not made. (api CreateFlowByFiles)
        _ if request["NeedPreview"] == true => none,
        (Service::Ess, "CreateFlow") => Effects { contracts: 1, messages: told(request), ..none },
        (Service::Ess, "CreateFlowByFiles") | (Service::Essbasic, "ChannelCreateFlowByFiles") => launched(request),
        (Service::Ess, "CreateFlowGroupByFiles" | "CreateFlowGroupByTemplates")
        | (
            Service::Essbasic,
            "ChannelCreateFlowGroupByFiles" | "ChannelCreateFlowGroupByTemplates" | "CreateFlowsByTemplates",
        ) => {
            let mut sum = none;
            for list in ["FlowGroupInfos", "FlowFileInfos", "FlowInfos"] {
                items(request, list).iter().for_each(|one| sum += launched(one));
            }
            sum
        }
        (Service::Ess, "StartFlow") => Effects { quota: 1, ..none },
        (Service::Ess, "CreateReleaseFlow") | (Service::Essbasic, "ChannelCreateReleaseFlow") => {
            let named = count(items(request, "ReleasedApprovers"));
            Effects { contracts: 1, quota: 1, messages: named.max(SIGNERS_OF_A_RELEASE), ..none }
        }
        // Its id is taken; whether somebody launches it is theirs to decide.
        (Service::Ess, "CreateMiniAppPrepareFlow") => Effects { contracts: 1, ..none },
        (Service::Ess, "CreateMultiFlowSignQRCode") | (Service::Essbasic, "ChannelCreateMultiFlowSignQRCode") => {
            Effects { codes: 1, ..none }
        }
        (_, "UploadFiles") => Effects { files: count(items(request, "FileInfos")), ..none },
        (Service::Ess, "CreateFlowEvidenceReport") | (Service::Essbasic, "CreateChannelFlowEvidenceReport") => {
            Effects { reports: 1, ..none }
        }
        (_, "CreateFlowReminds" | "ChannelCreateFlowReminds" | "CreateFlowForwards") => {
            let flows = items(request, "FlowIds").iter().chain(items(request, "FlowForwardInfos"));
            Effects { messages: u64::try_from(flows.count()).unwrap_or(u64::MAX), ..none }
        }
        (Service::Ess, "CreateFlowGroupReminds") => Effects { messages: 1, ..none },
        (_, "CreateBatchSignUrl" | "ChannelCreateBatchSignUrl") if request["NotifyType"] == "SMS" => {
            Effects { messages: 1, ..none }
        }
        (_, "CreateFlowApprovers" | "ChannelCreateFlowApprovers" | "CreateDynamicFlowApprover") => {
            Effects { messages: told(request), ..none }
        }
        _ => none,
    }
}

/// What an answer says was created.
pub fn objects(service: Service, action: &str, answer: &Value) -> Vec<Object> {
    let effects = of(service, action, &Value::Null);
    // A list in the request is not known here, and an answer to a read has ids too.
    let creates = effects.contracts > 0 || action.contains("CreateFlowGroupBy") || action == "CreateFlowsByTemplates";
    let ids = |value: &Value, kind: Kind| match value {
        Value::String(id) if !id.is_empty() => vec![Object { kind, id: id.clone() }],
        Value::Array(ids) => {
            let texts = ids.iter().filter_map(Value::as_str).filter(|id| !id.is_empty());
            texts.map(|id| Object { kind, id: id.to_owned() }).collect()
        }
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => Vec::new(),
    };
    let mut found = Vec::new();
    if creates {
        found.extend(ids(&answer["FlowId"], Kind::Contract));
        found.extend(ids(&answer["FlowIds"], Kind::Contract));
    }
    if effects.codes > 0 {
        found.extend(ids(&answer["QrCode"]["QrCodeId"], Kind::Code));
    }
    if action == "UploadFiles" {
        found.extend(ids(&answer["FileIds"], Kind::File));
    }
    if effects.reports > 0 {
        found.extend(ids(&answer["ReportId"], Kind::Report));
    }
    found
}

impl Effects {
    /// Whether something is there afterwards that has an id.
    pub fn creates(&self) -> bool {
        self.contracts + self.codes + self.files + self.reports > 0
    }

    /// The same so many times over.
    #[must_use]
    pub fn times(self, times: u64) -> Self {
        Self {
            contracts: self.contracts.saturating_mul(times),
            quota: self.quota.saturating_mul(times),
            messages: self.messages.saturating_mul(times),
            codes: self.codes.saturating_mul(times),
            files: self.files.saturating_mul(times),
            reports: self.reports.saturating_mul(times),
        }
    }

    /// The larger of each.
    #[must_use]
    pub fn at_least(self, other: Self) -> Self {
        Self {
            contracts: self.contracts.max(other.contracts),
            quota: self.quota.max(other.quota),
            messages: self.messages.max(other.messages),
            codes: self.codes.max(other.codes),
            files: self.files.max(other.files),
            reports: self.reports.max(other.reports),
        }
    }
}

impl AddAssign for Effects {
    fn add_assign(&mut self, other: Self) {
        self.contracts += other.contracts;
        self.quota += other.quota;
        self.messages += other.messages;
        self.codes += other.codes;
        self.files += other.files;
        self.reports += other.reports;
    }
}

fn launched(contract: &Value) -> Effects {
    Effects { contracts: 1, quota: 1, messages: told(contract), ..Effects::default() }
}

/// Who is sent a message about a contract, at most. (api FlowCreateApprover: by text message, unless said otherwise)
fn told(contract: &Value) -> u64 {
    let signers = ["Approvers", "FlowApprovers"].into_iter().flat_map(|list| items(contract, list));
    let people = signers.filter(|signer| {
        let machine = signer["ApproverType"].as_i64().is_some_and(|kind| MACHINES.contains(&kind));
        let silent = signer["NotifyType"].as_str().is_some_and(|word| word.eq_ignore_ascii_case(SILENT));
        !machine && !silent
    });
    u64::try_from(people.count()).unwrap_or(u64::MAX).saturating_add(count(items(contract, "CcInfos")))
}

fn items<'a>(request: &'a Value, list: &str) -> &'a [Value] {
    request[list].as_array().map_or(&[], Vec::as_slice)
}

fn count(items: &[Value]) -> u64 {
    u64::try_from(items.len()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_launch_is_a_contract_of_the_quota_and_a_message_for_every_signer_who_is_no_machine() {
        let request = json!({
            "Approvers": [{"ApproverType": 3}, {"ApproverType": 1}, {"ApproverType": 1, "NotifyType": "NONE"}],
            "CcInfos": [{"Mobile": "13711111111"}],
        });

        let effects = of(Service::Ess, "CreateFlowByFiles", &request);

        assert_eq!(effects, Effects { contracts: 1, quota: 1, messages: 2, ..Effects::default() });
    }

    #[test]
    fn every_contract_of_a_group_counts() {
        let request = json!({"FlowGroupInfos": [{}, {}, {}]});

        assert_eq!(of(Service::Ess, "CreateFlowGroupByFiles", &request).contracts, 3);
        assert_eq!(of(Service::Ess, "DescribeFlowInfo", &request), Effects::default());
    }

    #[test]
    fn ids_of_what_was_created_are_found_and_those_of_what_was_asked_for_are_not() {
        let contract = |id: &str| Object { kind: Kind::Contract, id: id.to_owned() };

        assert_eq!(
            objects(Service::Ess, "CreateFlowGroupByFiles", &json!({"FlowGroupId": "yG", "FlowIds": ["yA", "yB"]})),
            [contract("yA"), contract("yB")]
        );
        assert_eq!(objects(Service::Ess, "ArchiveDynamicFlow", &json!({"FlowId": "yA"})), []);
        assert_eq!(
            objects(Service::Ess, "CreateMultiFlowSignQRCode", &json!({"QrCode": {"QrCodeId": "yQ"}})),
            [Object { kind: Kind::Code, id: "yQ".to_owned() }]
        );
    }

    #[test]
    fn what_would_change_a_strangers_account_is_known() {
        assert!(reaches_beyond(Service::Ess, "CancelOrganizationFlows"));
        assert!(reaches_beyond(Service::Ess, "ModifyApplicationCallbackInfo"));
        assert!(!reaches_beyond(Service::Ess, "CancelFlow"));
        assert!(!reaches_beyond(Service::Ess, "DescribeFlowInfo"));
        assert!(!reaches_beyond(Service::Ess, "NoSuchAction"), "the gateway refuses it");
        for action in CONFINED {
            let known =
                |name: &str| Service::ALL.into_iter().any(|service| ess_schemas::action(service, name).is_some());
            assert!(known(action) || known(&format!("Channel{action}")), "{action} is no action");
        }
    }
}
