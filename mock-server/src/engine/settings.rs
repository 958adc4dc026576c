//! Choices that sources contradict or leave open, by name, so that an integrator can have the other one.

use std::num::NonZeroU32;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::domain::autopilot::AutopilotRule;
use crate::faults::magic;

/// The named assumptions of a world, with the defaults this project chose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Whether `BillingUse` and `FlowCost` are sent when a contract is charged or given back: recorded messages of 2025 and
    /// 2026 have both.
    pub billing_callbacks: Switch,
    /// Whether `FlowCost` is among them: the catalogue calls it obsolete.
    pub flow_cost_callbacks: Switch,
    /// The `Content-Type` of legacy bodies: the only raw capture has `text/plain` (`seed scenario-guide`), a page says
    /// `application/json`.
    pub legacy_content_type: LegacyContentType,
    /// What a partner application's `FlowStatusChange` holds: no source shows it.
    pub partner_flow_payload: PartnerFlowPayload,
    /// Whether `<`, `>` and `&` in a message are escaped as `\u003c` ..., as Go programs do by default. ASSUMED off.
    pub html_escapes_in_callbacks: Switch,
    /// How today's encrypted bodies are wrapped: one page shows `{"encrypt": "..."}` (`page callback_types_v2`), another the
    /// bare text (`page new_callbacks`).
    pub callback_wrapper: CallbackWrapper,
    /// Whose `UserId` a contract's message names: the initiator's (`seed scenario-guide`, `callback samples`), or that of the
    /// signer it is about, as older pages have it.
    pub callback_user_id: CallbackUserId,
    /// Whether callback addresses must have an AES key, as in the form of `seed scenario-guide`; optional on
    /// `page callback_types_v2`.
    pub callback_keys: CallbackKeys,
    /// How many callback addresses a company may have: several at once, each with a key of its own (`seed scenario-guide`),
    /// or one.
    pub callback_addresses: CallbackAddresses,
    /// What becomes of `Content-Signature` where an address has no token. Nobody published it: ASSUMED absent.
    pub signature_without_token: SignatureWithoutToken,
    /// How long after it is due a machine signs, in seconds. The vendor says "within seconds"; 2 is ASSUMED.
    pub auto_sign_delay: u32,
    /// How long a document is composed after a launch or a signature, in seconds. The vendor says 1 to 3; 2 is ASSUMED.
    pub composition_delay: u32,
    /// How long a report on a signed contract is written, in seconds. The vendor says up to a day and shows an example that
    /// is done at once; 10 is ASSUMED.
    pub evidence_delay: u32,
    /// How long a task of contract intelligence runs, in seconds, after two seconds of waiting; 0 ends it when it is asked for. For
    /// tasks asked for from then on. The vendor says nothing of it; 3 is ASSUMED.
    pub intelligence_delay: u32,
    /// What signers do by themselves; nothing while it is empty.
    pub autopilot: Vec<AutopilotRule>,
    /// Whether magic inputs are acted upon (`GET /_mock/faults/magic`). On: they occur in no real data, and who needs them cannot
    /// reach this setting.
    pub magic_inputs: Switch,
    /// Whether a template with a dynamic table may be started while its document is composed: it answers `EXECUTING` then
    /// and starts by itself. ASSUMED off: a call too early is refused, whatever the template.
    pub dynamic_tables_start_later: Switch,
    /// Whether contracts made from templates wait for a review of their creation, which the vendor switches on for single
    /// companies (`api StartFlow`, `REVIEW`).
    pub creation_review: Switch,
    /// Whether a call with a `ClientToken` that was answered before is answered the same again. The field is no longer used
    /// (`api CreateDocument`); it was, in `seed scenario-guide`.
    pub client_token_idempotency: Switch,
    /// Whether the `CallbackUrl` of a QR code is told, too, that a scan found no contracts left, as `seed scenario-guide`
    /// has it. Off: the field is no longer used (`api CreateMultiFlowSignQRCode`).
    pub qr_callback_url: Switch,
    /// Whether `SealUse` is sent when a company has signed with a seal. Off: its fields are published, but no documented or recorded
    /// sequence of messages about a signature has it.
    pub seal_use_callbacks: Switch,
    /// How many unfinished callbacks an address may have; the oldest is dropped, and counted, when one more comes.
    pub callback_backlog: NonZeroU32,
    /// How many finished callbacks the log keeps; the oldest go first.
    pub callback_log: NonZeroU32,
}

const BACKLOG: NonZeroU32 = NonZeroU32::new(100_000).unwrap();
const LOG: NonZeroU32 = NonZeroU32::new(10_000).unwrap();

impl Default for Settings {
    fn default() -> Self {
        Self {
            billing_callbacks: Switch::On,
            flow_cost_callbacks: Switch::On,
            legacy_content_type: LegacyContentType::TextPlain,
            partner_flow_payload: PartnerFlowPayload::Assumed,
            html_escapes_in_callbacks: Switch::Off,
            callback_wrapper: CallbackWrapper::Encrypt,
            callback_user_id: CallbackUserId::Initiator,
            callback_keys: CallbackKeys::Optional,
            callback_addresses: CallbackAddresses::Several,
            signature_without_token: SignatureWithoutToken::Absent,
            auto_sign_delay: 2,
            composition_delay: 2,
            evidence_delay: 10,
            intelligence_delay: 3,
            autopilot: Vec::new(),
            magic_inputs: Switch::On,
            dynamic_tables_start_later: Switch::Off,
            creation_review: Switch::Off,
            client_token_idempotency: Switch::Off,
            qr_callback_url: Switch::Off,
            seal_use_callbacks: Switch::Off,
            callback_backlog: BACKLOG,
            callback_log: LOG,
        }
    }
}

impl Settings {
    /// What signers do by themselves, and what magic ones do.
    pub fn autopilot_rules(&self) -> impl Iterator<Item = &AutopilotRule> {
        let magic = if self.magic_inputs.is_on() { magic::autopilot() } else { &[] };
        self.autopilot.iter().chain(magic)
    }

    /// How long after it is due a machine signs.
    #[must_use]
    pub fn auto_sign_delay(&self) -> Duration {
        Duration::from_secs(self.auto_sign_delay.into())
    }

    /// How long a report on a signed contract is written.
    #[must_use]
    pub fn evidence_delay(&self) -> Duration {
        Duration::from_secs(self.evidence_delay.into())
    }

    /// How long a task of contract intelligence runs.
    #[must_use]
    pub fn intelligence_delay(&self) -> Duration {
        Duration::from_secs(self.intelligence_delay.into())
    }

    /// How long a document is composed after a change.
    #[must_use]
    pub fn composition_delay(&self) -> Duration {
        Duration::from_secs(self.composition_delay.into())
    }
}

/// On or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Switch {
    /// On.
    On,
    /// Off.
    Off,
}

impl Switch {
    /// Whether it is on.
    #[must_use]
    pub fn is_on(self) -> bool {
        self == Self::On
    }
}

/// See [`Settings::legacy_content_type`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LegacyContentType {
    /// `text/plain`
    #[serde(rename = "text/plain")]
    TextPlain,
    /// `application/json`
    #[serde(rename = "application/json")]
    ApplicationJson,
}

/// See [`Settings::partner_flow_payload`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartnerFlowPayload {
    /// The shape put together from the API's own structs.
    Assumed,
    /// The company's fields under the partner's envelope.
    Company,
}

/// See [`Settings::callback_wrapper`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallbackWrapper {
    /// `{"encrypt": "..."}`
    Encrypt,
    /// The text alone.
    Bare,
}

/// See [`Settings::callback_user_id`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallbackUserId {
    /// Who launched the contract.
    Initiator,
    /// Whose act the message is about, or whose turn it is; empty where the platform does not know them.
    Signer,
}

/// See [`Settings::callback_keys`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallbackKeys {
    /// An address without one gets plain messages.
    Optional,
    /// An address without one is refused.
    Required,
}

/// See [`Settings::callback_addresses`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallbackAddresses {
    /// As many as fit.
    Several,
    /// A second one is refused.
    One,
}

/// See [`Settings::signature_without_token`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignatureWithoutToken {
    /// The header is left out.
    Absent,
    /// The header is there, signed with an empty token.
    EmptyToken,
}
