//! The world's outbox: what would have gone out by SMS and mail, each message with its link.

use std::sync::Arc;

use super::world::World;
use crate::domain::extended_service::ExtendedService;
use crate::domain::link::Link;
use crate::domain::notice::{Announcement, Channel, Notice, Occasion, told_of_near_expiry, told_of_renewal};
use crate::domain::time::{DAY, Timestamp};

/// How many notices the outbox keeps; the oldest go first.
const NOTICES_KEPT: usize = 10_000;

impl World {
    /// Sends what a change of a contract has people told, each with a link of 90 days at most (as `api CreateSchemeUrl`).
    pub fn announce(&mut self, announcements: impl IntoIterator<Item = Announcement>, now: Timestamp) {
        for one in announcements.into_iter().filter(|one| self.lets_out(one)).collect::<Vec<_>>() {
            let (opens, until) = one.opens;
            let link = self.add_link(opens, until.min(now.plus(90 * DAY)), None);
            self.send(Notice {
                at: now,
                channel: one.channel,
                occasion: one.occasion,
                to: one.to,
                flow: Some(one.flow),
                text: one.text,
                token: Some(link.token.clone()),
            });
        }
    }

    /// Whether the company that launched the contract lets its signers hear of it this way (`api ModifyExtendedService`).
    fn lets_out(&self, one: &Announcement) -> bool {
        let service = match one.channel {
            Channel::Sms => ExtendedService::SmsNotices,
            Channel::Email => ExtendedService::EmailNotices,
        };
        let flow = self.flows.get(one.flow.as_str());
        flow.is_none_or(|flow| self.directory.has_opened(&flow.initiator.organization, service))
    }

    /// Sends a link somebody asked to have sent by SMS (`NotifyType` SMS of links).
    pub fn send_link(&mut self, mobile: &str, text: String, link: &Link, now: Timestamp) {
        self.send(Notice {
            at: now,
            channel: Channel::Sms,
            occasion: Occasion::Link,
            to: mobile.to_owned(),
            flow: None,
            text,
            token: Some(link.token.clone()),
        });
    }

    /// The time to sign runs out.
    pub(super) fn warn_of_expiry(&mut self, number: u64, at: Timestamp) {
        if let Some(flow) = self.flows.at(number) {
            self.announce(told_of_near_expiry(flow), at);
        }
    }

    /// The initiator's company wanted to be reminded.
    pub(super) fn remind_of_renewal(&mut self, number: u64, at: Timestamp) {
        let Some(flow) = self.flows.at(number) else { return };
        let employee = self.directory.employees.get(flow.initiator.user.as_str());
        let told = employee.map(|one| told_of_renewal(flow, &one.mobile)).unwrap_or_default();
        self.announce(told, at);
    }

    fn send(&mut self, notice: Notice) {
        self.notices.push_back(Arc::new(notice));
        while self.notices.len() > NOTICES_KEPT {
            self.notices.pop_front();
        }
    }
}
