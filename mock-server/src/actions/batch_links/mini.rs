//! One link into the mini program for a signer's contracts, or for open slots that somebody picks up.
//!
//! Seven days (`api CreateBatchSignUrl`). The company must let signers in after a check of the mobile number alone; the
//! contracts are its own, a hundred at most, and wait for the signature of who is named.

use std::sync::Arc;

use super::Signer;
use crate::actions::signers::{Slots, ensure_waiting, open_slot, own_flows, task};
use crate::domain::approver::Approver;
use crate::domain::claim::Preset;
use crate::domain::employee::Card;
use crate::domain::flow::Flow;
use crate::domain::h5;
use crate::domain::link::{Batch, Door, Opens, Terms};
use crate::domain::organization::Feature;
use crate::domain::refusal::Refusal;
use crate::domain::sought::Sought;
use crate::domain::time::DAY;
use crate::engine::call::Call;
use crate::engine::urls::Urls;

/// What is asked for.
pub(in crate::actions) struct Wanted<'a> {
    pub(in crate::actions) flows: &'a [String],
    pub(in crate::actions) sought: Sought,
    pub(in crate::actions) card: Option<Card>,
    /// The open slots, where it is for them.
    pub(in crate::actions) slots: Slots<'a>,
    pub(in crate::actions) signature_kinds: Vec<i64>,
    pub(in crate::actions) batch_refusal: bool,
    /// Whether the signer hears of it by SMS.
    pub(in crate::actions) sms: bool,
}

/// The link.
pub(in crate::actions) struct Made {
    pub(in crate::actions) short: String,
    pub(in crate::actions) expires_at: i64,
    pub(in crate::actions) path: String,
}

/// Makes the link.
///
/// # Errors
/// A company without the service, no contracts, one that is another's or does not have this signer, or whom it does not
/// wait for, or one that is not signed together with others.
pub(in crate::actions) fn make(call: &mut Call<'_>, wanted: Wanted<'_>) -> Result<Made, Refusal> {
    let Wanted { flows, sought, card, slots, signature_kinds, batch_refusal, sms } = wanted;
    call.caller.organization.ensure_has(Feature::MobileCheck)?;
    if flows.is_empty() {
        return Err(Refusal::FlowIdMissing);
    }
    let flows = own_flows(call, flows.iter().map(String::as_str))?;
    let signer = Signer {
        kind: i64::from(sought.organization.is_none()),
        card_kind: card.as_ref().map(|card| card.kind),
        sought,
    };
    let task = |flow: &Arc<Flow>| {
        let approver = if slots.is_empty() { signer.by_card_alone(flow)? } else { open_slot(flow, &slots)? };
        h5::check_together(flow, approver)?;
        ensure_waiting(approver)?;
        Ok(task(flow, approver))
    };
    let tasks = flows.iter().map(task).collect::<Result<_, _>>()?;

    let Sought { name, mobile, organization, .. } = signer.sought;
    // Only who fits may pick up (`api CreateBatchSignUrl`).
    let preset = Preset { name, mobile: mobile.clone(), card, organization, employees_only: false };
    let terms = Terms { signature_kinds, batch_refusal, preset, ..Terms::default() };
    let opens = Opens::Batch(Batch { tasks, group: None, door: Door::MiniProgram });
    let expires_at = call.now.plus(7 * DAY);
    let link = call.world.add_link_on(terms, opens, expires_at, None);
    if let Some(mobile) = mobile.filter(|_| sms) {
        let company = &call.caller.organization.name;
        let text = format!("{company}邀请您签署{}份合同", flows.len());
        call.world.send_link(&mobile, text, &link, call.now);
    }
    Ok(Made {
        short: call.urls.short(&link),
        expires_at: expires_at.seconds(),
        path: Urls::mini_batch_path(&link.short_key),
    })
}

impl Signer {
    /// Whose card is known may have another mobile number by now (`api CreateBatchSignUrl`).
    fn by_card_alone<'a>(&self, flow: &'a Flow) -> Result<&'a Approver, Refusal> {
        let found = self.sought.find(flow).or_else(|| self.sought.without_mobile().find(flow));
        found.ok_or_else(|| self.missing(flow))
    }
}
