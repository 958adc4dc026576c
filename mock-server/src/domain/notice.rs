//! What the vendor sends to people by SMS and mail; all of it stays in the world's outbox.
//!
//! Who is told of what is a function of what became of a contract: of the contract before and after, and of what happened.
//! The texts are ours.

use super::approver::Approver;
use super::event::Happening;
use super::flow::{CopiesTold, CopyRecipient, Flow};
use super::ids::{FlowId, RecipientId};
use super::link::Opens;
use super::time::Timestamp;

/// A message to a person.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Notice {
    /// When it would have gone out.
    pub at: Timestamp,
    /// How.
    pub channel: Channel,
    /// Why.
    pub occasion: Occasion,
    /// The mobile number, or the mail address.
    pub to: String,
    /// The contract it is about.
    pub flow: Option<FlowId>,
    /// What it says.
    pub text: String,
    /// The tail of the short link in it.
    pub token: Option<String>,
}

/// How a message goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// To a mobile number.
    Sms,
    /// To a mail address.
    Email,
}

/// Why somebody is told something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    /// It became their turn to fill in or to sign.
    Turn,
    /// They were reminded that it is their turn.
    Reminder,
    /// A day is left of the time to sign.
    NearExpiry,
    /// The initiator wanted to be reminded of the contract (`RemindedOn`).
    Renewal,
    /// They get a copy.
    Copy,
    /// They were sent a link the caller asked for.
    Link,
}

/// A message that is to go out, before it has its link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// How.
    pub channel: Channel,
    /// Why.
    pub occasion: Occasion,
    /// The mobile number, or the mail address.
    pub to: String,
    /// The contract it is about.
    pub flow: FlowId,
    /// What it says.
    pub text: String,
    /// What its link opens, and until when at most.
    pub opens: (Opens, Timestamp),
}

/// Who is told of a change, in the order of the signers, then the copies.
#[must_use]
pub fn told_of_change(before: Option<&Flow>, after: &Flow, happened: &[Happening]) -> Vec<Announcement> {
    let former = |one: &Approver| before.and_then(|flow| flow.approver(one.recipient.as_str()));
    // Whoever is handed a task that is due hears of it like the person before (ASSUMED).
    let knows = |one: &Approver| {
        former(one).is_some_and(|former| can_act(former) && former.forwards.len() == one.forwards.len())
    };
    let signers = after.approvers.iter().filter(|one| can_act(one) && !knows(one));
    let mut told: Vec<Announcement> = signers.flat_map(|one| to_signer(after, one, Occasion::Turn)).collect();
    let moment = match after.wishes.copies_told {
        CopiesTold::AtStart => happened.contains(&Happening::Started),
        CopiesTold::AtEnd => happened.iter().any(|one| matches!(one, Happening::Finished(_))),
    };
    if moment {
        told.extend(after.copies.iter().filter_map(|copy| to_copy(after, copy)));
    }
    told
}

/// Who is told that the time to sign runs out: everybody who is due (a day before; ASSUMED, the vendor names no span).
#[must_use]
pub fn told_of_near_expiry(flow: &Flow) -> Vec<Announcement> {
    let due = flow.approvers.iter().filter(|one| can_act(one));
    due.flat_map(|one| to_signer(flow, one, Occasion::NearExpiry)).collect()
}

/// The initiator's company is reminded of the contract, by SMS to the employee who launched it
/// (`api CreateFlowByFiles.RemindedOn`).
#[must_use]
pub fn told_of_renewal(flow: &Flow, mobile: &str) -> Vec<Announcement> {
    let text = format!("合同《{}》到了您设定的提醒时间，请及时处理到期事务", flow.name);
    announcement(flow, None, (Channel::Sms, mobile), Occasion::Renewal, text).into_iter().collect()
}

/// Whether somebody is asked to do something now; machines are not.
fn can_act(one: &Approver) -> bool {
    (one.is_due() || one.is_due_to_fill()) && !one.kind.is_machine()
}

/// By the ways they want (`NotifyType`).
fn to_signer(flow: &Flow, one: &Approver, occasion: Occasion) -> Vec<Announcement> {
    let sms = one.notify.by_sms().then_some((Channel::Sms, one.person.mobile.as_str()));
    let mail = one.notify.by_email().then_some((Channel::Email, one.person.email.as_str()));
    let ways = sms.into_iter().chain(mail);
    ways.filter_map(|way| told_of_task(flow, &one.recipient, occasion, way)).collect()
}

/// Somebody is told of the task in `recipient`, in a way somebody else decided.
#[must_use]
pub fn told_of_task(
    flow: &Flow,
    recipient: &RecipientId,
    occasion: Occasion,
    way: (Channel, &str),
) -> Option<Announcement> {
    let fills = flow.approver(recipient.as_str()).is_some_and(Approver::is_due_to_fill);
    let what = if fills { "填写" } else { "签署" };
    let (company, name, noun) = (&flow.initiator.organization_name, &flow.name, flow.wishes.noun.word());
    let text = match occasion {
        Occasion::Reminder => format!("{company}提醒您{what}{noun}《{name}》"),
        Occasion::NearExpiry => format!("{company}邀请您{what}的{noun}《{name}》即将截止"),
        Occasion::Turn | Occasion::Renewal | Occasion::Copy | Occasion::Link => {
            format!("{company}邀请您{what}{noun}《{name}》")
        }
    };
    announcement(flow, Some(recipient), way, occasion, text)
}

fn to_copy(flow: &Flow, copy: &CopyRecipient) -> Option<Announcement> {
    let (company, name, noun) = (&flow.initiator.organization_name, &flow.name, flow.wishes.noun.word());
    let text = format!("{company}向您抄送了{noun}《{name}》");
    announcement(flow, None, (Channel::Sms, &copy.mobile), Occasion::Copy, text)
}

/// Nothing goes to somebody without a number or an address.
fn announcement(
    flow: &Flow,
    recipient: Option<&RecipientId>,
    (channel, to): (Channel, &str),
    occasion: Occasion,
    text: String,
) -> Option<Announcement> {
    let opens = Opens::Contract { flow: flow.id.clone(), recipient: recipient.cloned() };
    let until =
        recipient.and_then(|one| flow.approver(one.as_str())).map_or(flow.deadline, |one| flow.deadline_of(one));
    let until = if flow.is_running() { until } else { Timestamp::MAX };
    let flow = flow.id.clone();
    (!to.is_empty()).then(|| Announcement { channel, occasion, to: to.to_owned(), flow, text, opens: (opens, until) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::approver::{ForwardKind, Notify};
    use crate::domain::samples::{at, flow_of_three, flow_to_fill, person};

    fn told(before: Option<&Flow>, after: &Flow, happened: &[Happening]) -> Vec<(Channel, Occasion, String)> {
        told_of_change(before, after, happened).into_iter().map(|one| (one.channel, one.occasion, one.to)).collect()
    }

    fn sms(occasion: Occasion, to: &str) -> (Channel, Occasion, String) {
        (Channel::Sms, occasion, to.into())
    }

    #[test]
    fn whoever_becomes_due_hears_of_it_once_and_machines_never() {
        let mut flow = flow_of_three(false);
        assert_eq!(told(None, &flow, &[]), [sms(Occasion::Turn, "13200000000")]);
        for expected in [vec![sms(Occasion::Turn, "18888888888")], vec![]] {
            let before = flow.clone();
            let due = flow.approvers.iter().find(|one| one.is_due()).unwrap().recipient.clone();
            let happened = flow.sign(&due, None, at(1)).unwrap();
            assert_eq!(told(Some(&before), &flow, &happened), expected);
        }
    }

    #[test]
    fn who_fills_in_first_hears_again_when_signing_begins() {
        use crate::domain::life::filling::Fill;
        let mut flow = flow_to_fill(false);
        assert!(told_of_change(None, &flow, &[])[0].text.contains("填写"));
        for slot in 0..2 {
            let before = flow.clone();
            let recipient = flow.approvers[slot].recipient.clone();
            let values = [Fill { component: "地址".into(), value: "深圳".into() }];
            let happened = flow.fill(&recipient, &values, at(1)).unwrap();
            let told = told_of_change(Some(&before), &flow, &happened);
            assert_eq!(told.len(), 1);
            assert_eq!(told[0].text.contains("签署"), slot == 1, "{}", told[0].text);
        }
    }

    #[test]
    fn by_the_ways_a_signer_wants() {
        let mut flow = flow_of_three(true);
        flow.approvers[0].notify = Notify::Nothing;
        flow.approvers[1].notify = Notify::SmsAndEmail;
        flow.approvers[1].person.email = "zhang@example.com".into();
        let mail = (Channel::Email, Occasion::Turn, "zhang@example.com".to_owned());
        assert_eq!(told(None, &flow, &[]), [sms(Occasion::Turn, "18888888888"), mail]);
    }

    #[test]
    fn who_is_handed_a_task_hears_of_it_and_who_is_named_for_one_does_not() {
        let mut flow = flow_of_three(true);
        let (first, second) = (flow.approvers[0].recipient.clone(), flow.approvers[1].recipient.clone());
        flow.approvers[0].slot = crate::domain::approver::Slot::Open;
        flow.approvers[0].person = crate::domain::approver::Person::default();
        let before = flow.clone();
        flow.name(&first, person("赵六"), at(1)).unwrap();
        assert!(told(Some(&before), &flow, &[]).is_empty(), "the caller tells them (`api CreateFlowApprovers`)");

        let before = flow.clone();
        flow.forward(&second, person("李四"), ForwardKind::Forwarded, "", at(1)).unwrap();
        assert_eq!(told(Some(&before), &flow, &[]), [sms(Occasion::Turn, "13900000000")]);
    }

    #[test]
    fn copies_are_told_of_at_the_start_or_at_the_end() {
        let mut flow = flow_of_three(true);
        flow.copies =
            vec![CopyRecipient { name: "王五".into(), mobile: "13700000000".into(), organization_name: None }];
        let last = flow.approvers[2].recipient.clone();
        let copied = |flow: &Flow, happened: &[Happening]| {
            told_of_change(Some(flow), flow, happened).iter().filter(|one| one.occasion == Occasion::Copy).count()
        };
        for (wish, expected) in [(CopiesTold::AtStart, [1, 0]), (CopiesTold::AtEnd, [0, 1])] {
            flow.wishes.copies_told = wish;
            let told = [copied(&flow, &[Happening::Started]), copied(&flow, &[Happening::Finished(last.clone())])];
            assert_eq!(told, expected, "{wish:?}");
        }
    }

    #[test]
    fn when_time_runs_out_those_who_are_due_hear_of_it() {
        let told = told_of_near_expiry(&flow_of_three(false));
        assert_eq!(told.iter().map(|one| one.to.as_str()).collect::<Vec<_>>(), ["13200000000"]);
        assert!(told_of_renewal(&flow_of_three(false), "").is_empty(), "nobody without a number");
    }
}
