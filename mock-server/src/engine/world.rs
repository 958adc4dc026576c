//! A world: everybody and everything in it, as one value that costs next to nothing to clone.

use std::sync::Arc;

use imbl::{OrdMap, OrdSet, Vector};

use super::answers::Answers;
use super::ids::{Ids, Kind};
use super::open_flows::OpenFlows;
use super::settings::Settings;
use super::timers::{Timer, Timers};
use super::timetable::timers_of;
use crate::callbacks::desk::Desk;
use crate::domain::archive::{ArchiveTask, ArchivedFlow};
use crate::domain::cancel_task::CancelTask;
use crate::domain::conversion::Conversion;
use crate::domain::directory::Directory;
use crate::domain::event::{About, Event, Happening};
use crate::domain::evidence::EvidenceReports;
use crate::domain::file::UploadedFile;
use crate::domain::flow::{Ended, Flow, FlowState};
use crate::domain::group::{FlowGroup, GroupStatus};
use crate::domain::ids::{DocumentId, FileId, FlowId, OrganizationId, PreviewId, RecipientId, SealId};
use crate::domain::link::{Link, Opens, Terms};
use crate::domain::notice::{Notice, told_of_change};
use crate::domain::organization::Quota;
use crate::domain::preparation::Preparation;
use crate::domain::preview::Preview;
use crate::domain::qr_code::QrCode;
use crate::domain::refusal::Refusal;
use crate::domain::register::Register;
use crate::domain::time::{HOUR, Timestamp};

/// How many previews are remembered, each with its file; the oldest go first.
const PREVIEWS_KEPT: usize = 1000;

/// How many links are remembered; the oldest go first.
const LINKS_KEPT: usize = 100_000;

/// A world. See the module's comment.
#[derive(Clone, Debug, PartialEq)]
pub struct World {
    /// The latest moment anything happened; a world's time never runs backwards.
    pub now: Timestamp,
    /// Companies, people, seals, templates, applications.
    pub directory: Directory,
    /// Uploaded files.
    pub files: Register<UploadedFile>,
    /// When which file expires, so that expired ones can go.
    file_expiries: OrdSet<(Timestamp, FileId)>,
    /// Files on their way to become PDF.
    pub conversions: Register<Conversion>,
    /// Tasks that archive contracts signed elsewhere.
    pub archive_tasks: Register<ArchiveTask>,
    /// Contracts signed elsewhere and archived here.
    pub archived: Register<ArchivedFlow>,
    /// Contracts.
    pub flows: Register<Flow>,
    /// Which contracts have not ended.
    pub open_flows: OpenFlows,
    /// Groups of contracts.
    pub groups: Register<FlowGroup>,
    /// Tasks that withdraw contracts.
    pub cancel_tasks: Register<CancelTask>,
    /// Contracts that wait to be launched on a page.
    pub preparations: Register<Preparation>,
    /// Reports on how contracts were signed.
    pub evidence: EvidenceReports,
    /// QR codes that strangers sign by.
    pub qr_codes: Register<QrCode>,
    /// Which contract's document has which id.
    documents: OrdMap<DocumentId, u64>,
    /// Contracts somebody looked at without launching them.
    pub previews: Register<Preview>,
    /// Answers to calls that may be repeated.
    pub answers: Answers,
    /// Links people were given.
    pub links: Register<Link>,
    /// What would have gone out by SMS and mail.
    pub notices: Vector<Arc<Notice>>,
    /// Callback addresses, deliveries, lanes.
    pub callbacks: Desk,
    /// Named assumptions.
    pub settings: Settings,
    /// What happens by itself.
    pub timers: Timers,
    /// Where ids come from.
    pub ids: Ids,
}

/// Events collected while a world is open; they become messages when it closes.
pub type Outbox = Vec<Event>;

impl World {
    /// An empty world.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            now: Timestamp::default(),
            directory: Directory::default(),
            files: Register::default(),
            file_expiries: OrdSet::new(),
            conversions: Register::default(),
            archive_tasks: Register::default(),
            archived: Register::default(),
            flows: Register::default(),
            open_flows: OpenFlows::default(),
            groups: Register::default(),
            cancel_tasks: Register::default(),
            preparations: Register::default(),
            evidence: EvidenceReports::default(),
            qr_codes: Register::default(),
            documents: OrdMap::new(),
            previews: Register::default(),
            answers: Answers::default(),
            links: Register::default(),
            notices: Vector::new(),
            callbacks: Desk::default(),
            settings: Settings::default(),
            timers: Timers::default(),
            ids: Ids::new(seed),
        }
    }

    /// Keeps an uploaded file, and forgets those that expired an hour ago or earlier: until then their ids are answered
    /// as removed, later as unknown (`api UploadFiles`: cleaned up some time after they expire; the hour is ASSUMED).
    /// Contracts keep the content they were made from.
    pub fn add_file(&mut self, file: UploadedFile, now: Timestamp) {
        while let Some((expired_at, id)) = self.file_expiries.get_min().cloned() {
            if expired_at.plus(HOUR) > now {
                break;
            }
            self.file_expiries.remove(&(expired_at, id.clone()));
            self.files.remove(id.as_str());
        }
        self.file_expiries.insert((file.expires_at, file.id.clone()));
        self.files.insert(file);
    }

    /// Adds a freshly launched contract and takes one from its company's quota.
    ///
    /// # Errors
    /// A value names a file that is not there, or the quota is used up.
    pub fn add_flow(&mut self, mut flow: Flow, happened: Vec<Happening>, outbox: &mut Outbox) -> Result<(), Refusal> {
        self.keep_files(&mut flow)?;
        self.charge(&flow, &happened)?;
        let now = flow.updated_at;
        let id = flow.id.clone();
        let number = self.put_flow(flow);
        self.after_change(number, None, happened, now, outbox);
        tracing::debug!(flow = %id, "launched");
        Ok(())
    }

    /// Keeps a contract that has not started: it costs nothing yet, and nobody hears of it.
    pub fn add_draft(&mut self, flow: Flow) {
        self.put_flow(flow);
    }

    /// Keeps a contract, or what became of it, and finds it by its document from now on.
    fn put_flow(&mut self, flow: Flow) -> u64 {
        let document = flow.document.as_ref().map(|document| document.id.clone());
        let number = self.flows.insert(flow);
        if let Some(flow) = self.flows.at(number) {
            self.open_flows.follow(number, flow);
        }
        if let Some(document) = document {
            self.documents.insert(document, number);
        }
        number
    }

    /// Lets a contract hold the uploaded files its values name.
    ///
    /// # Errors
    /// There is no such file.
    pub fn keep_files(&self, flow: &mut Flow) -> Result<(), Refusal> {
        flow.keep_files(|id| self.files.get(id).map(|file| file.content.clone()))
    }

    /// Takes one from the company's quota where a contract starts.
    fn charge(&mut self, flow: &Flow, happened: &[Happening]) -> Result<(), Refusal> {
        if !happened.contains(&Happening::Charged) {
            return Ok(());
        }
        let charged = self.quota_mut(&flow.initiator.organization).is_some_and(Quota::charge);
        if charged { Ok(()) } else { Err(Refusal::QuotaExhausted) }
    }

    /// What this company may still use.
    pub fn quota_mut(&mut self, organization: &OrganizationId) -> Option<&mut Quota> {
        let number = self.directory.organizations.number(organization.as_str())?;
        self.directory.organizations.at_mut(number).map(|company| &mut company.quota)
    }

    /// The contract with this document.
    #[must_use]
    pub fn flow_of_document(&self, id: &str) -> Option<&Arc<Flow>> {
        self.flows.at(*self.documents.get(id)?)
    }

    /// Changes a contract by one of the domain's rules, then sets its timers and collects its events.
    ///
    /// # Errors
    /// There is no such contract, or what the rule refuses; nothing has changed then.
    pub fn change_flow(
        &mut self,
        id: &FlowId,
        now: Timestamp,
        outbox: &mut Outbox,
        rule: impl FnOnce(&mut Flow) -> Result<Vec<Happening>, Refusal>,
    ) -> Result<(), Refusal> {
        let number = self.flows.number(id.as_str()).ok_or_else(|| Refusal::FlowUnknown { flow: id.to_string() })?;
        let before = self.flows.at(number).cloned();
        // The rule works on a copy, so that a refusal needs no undoing.
        let mut flow = before.as_deref().cloned().ok_or_else(|| Refusal::FlowUnknown { flow: id.to_string() })?;
        let happened = rule(&mut flow)?;
        if happened.is_empty() {
            return Ok(());
        }
        self.keep_files(&mut flow)?;
        self.charge(&flow, &happened)?;
        self.put_flow(flow);
        self.after_change(number, before.as_deref(), happened, now, outbox);
        Ok(())
    }

    /// Signs for the signer in this slot, a company with the seal its component names or else its first usable one.
    ///
    /// # Errors
    /// As [`Flow::sign`].
    pub fn sign_flow(
        &mut self,
        id: &FlowId,
        recipient: &RecipientId,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<(), Refusal> {
        let seal = self.flows.get(id.as_str()).and_then(|flow| self.seal_for(flow, recipient));
        self.change_flow(id, now, outbox, |flow| flow.sign(recipient, seal, now))
    }

    /// Withdraws a contract; it is given back to the company when only machines have signed (`api CancelFlow`).
    ///
    /// # Errors
    /// As [`Flow::cancel`].
    pub fn cancel_flow(
        &mut self,
        id: &FlowId,
        reason: &str,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<(), Refusal> {
        let flow = self.flows.get(id.as_str()).ok_or_else(|| Refusal::FlowUnknown { flow: id.to_string() })?;
        flow.ensure_open()?;
        let refunded = flow.is_paid_for() && flow.signed_by_machines_only() && {
            let company = flow.initiator.organization.clone();
            self.quota_mut(&company).is_some_and(Quota::refund)
        };
        self.change_flow(id, now, outbox, |flow| {
            let mut happened = flow.cancel(reason, now)?;
            happened.extend(refunded.then_some(Happening::Refunded));
            Ok(happened)
        })
    }

    /// Keeps a contract somebody wants to look at without launching it, and takes one from their company's previews.
    ///
    /// # Errors
    /// A value names a file that is not there, or no preview is left.
    pub fn add_preview(&mut self, company: &OrganizationId, mut flow: Flow) -> Result<PreviewId, Refusal> {
        self.keep_files(&mut flow)?;
        let company = self.directory.organizations.number(company.as_str());
        let company = company.and_then(|number| self.directory.organizations.at_mut(number));
        if !company.is_some_and(|company| company.quota.preview()) {
            return Err(Refusal::PreviewFailed { detail: "no preview is left".into() });
        }
        let id = PreviewId::from(self.ids.next(Kind::Task));
        self.previews.insert_keeping(Preview { id: id.clone(), flow: Arc::new(flow) }, PREVIEWS_KEPT);
        Ok(id)
    }

    /// Makes a link that dies at `expires_at`.
    pub fn add_link(&mut self, opens: Opens, expires_at: Timestamp, jump_url: Option<String>) -> Arc<Link> {
        self.add_link_on(Terms::default(), opens, expires_at, jump_url)
    }

    /// The same, with terms of its own.
    pub fn add_link_on(
        &mut self,
        terms: Terms,
        opens: Opens,
        expires_at: Timestamp,
        jump_url: Option<String>,
    ) -> Arc<Link> {
        let mut draw = self.ids.draw(Kind::Link);
        let token = draw.alphanumeric(10);
        let link = Link {
            code: format!("yD{token}{}", draw.alphanumeric(20)),
            short_key: format!("yD{token}{}", draw.alphanumeric(8)),
            token,
            opens,
            spent: false,
            expires_at,
            jump_url,
            terms,
        };
        let number = self.links.insert_keeping(link.clone(), LINKS_KEPT);
        self.links.at(number).cloned().unwrap_or_else(|| Arc::new(link))
    }

    /// Opens a link that opens once; says whether it had not been opened.
    pub fn spend_link(&mut self, token: &str) -> bool {
        let link = self.links.number(token).and_then(|number| self.links.at_mut(number));
        link.is_some_and(|link| !std::mem::replace(&mut link.spent, true))
    }

    /// Takes other assumptions. They hold at once, for what waits already too: timers are a function of them.
    pub fn choose(&mut self, settings: Settings) {
        for (number, flow) in self.flows.numbered() {
            for (at, timer) in timers_of(number, flow, &self.settings, self.now) {
                self.timers.cancel(at, timer);
            }
            for (at, timer) in timers_of(number, flow, &settings, self.now) {
                self.timers.set(at, timer);
            }
        }
        self.settings = settings;
    }

    /// Runs the first timer that is due at `now`; says whether there was one.
    pub fn fire_next(&mut self, now: Timestamp, outbox: &mut Outbox) -> bool {
        let Some((at, timer)) = self.timers.take_due(now) else { return false };
        // A timer may have been due before it was set, e.g. by other settings: it acts now, not in the past.
        self.now = self.now.max(at);
        let at = self.now;
        match timer {
            Timer::Deadline(number) => self.change_numbered(number, at, outbox, |flow| Ok(flow.expire(at))),
            Timer::Composition(number) => self.change_numbered(number, at, outbox, |flow| Ok(flow.compose(at))),
            Timer::AutoSign(number, place) => {
                let slot = self
                    .flows
                    .at(number)
                    .and_then(|flow| Some((flow.clone(), flow.approvers.get(place)?.recipient.clone())));
                if let Some((flow, recipient)) = slot {
                    let seal = self.seal_for(&flow, &recipient);
                    self.change_numbered(number, at, outbox, |flow| flow.sign(&recipient, seal, at));
                }
            }
            Timer::CancelTask(number) => self.run_cancel_task(number, None, at, outbox),
            Timer::Autopilot(number, place) => self.act_by_itself(number, place, at, outbox),
            Timer::NearExpiry(number) => self.warn_of_expiry(number, at),
            Timer::Renewal(number) => self.remind_of_renewal(number, at),
            Timer::Attempt(number) => self.callbacks.queue(number),
        }
        true
    }

    /// Turns the collected events into messages and puts them into their lanes.
    pub fn tell(&mut self, outbox: Outbox) {
        for event in outbox {
            let hearing = self.directory.listeners(event.about.organization());
            self.callbacks.tell(event, &hearing, &self.settings, &mut self.ids);
        }
    }

    fn change_numbered(
        &mut self,
        number: u64,
        at: Timestamp,
        outbox: &mut Outbox,
        rule: impl FnOnce(&mut Flow) -> Result<Vec<Happening>, Refusal>,
    ) {
        let Some(id) = self.flows.at(number).map(|flow| flow.id.clone()) else { return };
        // A timer's rule refuses when the contract moved on since the timer was set: then there is nothing to do.
        if let Err(refusal) = self.change_flow(&id, at, outbox, rule) {
            tracing::debug!(flow = %id, ?refusal, "a timer came too late");
        }
    }

    fn after_change(
        &mut self,
        number: u64,
        before: Option<&Flow>,
        happened: Vec<Happening>,
        now: Timestamp,
        outbox: &mut Outbox,
    ) {
        let Some(flow) = self.flows.at(number).cloned() else { return };
        for (at, timer) in before.into_iter().flat_map(|flow| timers_of(number, flow, &self.settings, now)) {
            self.timers.cancel(at, timer);
        }
        for (at, timer) in timers_of(number, &flow, &self.settings, now) {
            self.timers.set(at, timer);
        }
        self.announce(told_of_change(before, &flow, &happened), now);
        outbox.extend(happened.into_iter().map(|what| Event { at: now, about: About::Flow(what, flow.clone()) }));
        if let Some(before) = before {
            self.tell_of_group(before, &flow, now, outbox);
        }
        self.settle_release(&flow, now, outbox);
    }

    /// A group is told of when it stands differently after one of its contracts changed (`callback docs`).
    fn tell_of_group(&self, before: &Flow, flow: &Flow, now: Timestamp, outbox: &mut Outbox) {
        let group = flow.group.as_ref().and_then(|group| self.groups.get(group.id.as_str()));
        let Some(group) = group.filter(|_| before.state != flow.state) else { return };
        let flows = || group.flows.iter().filter_map(|id| self.flows.get(id.as_str())).map(AsRef::as_ref);
        let stands = GroupStatus::of(flows());
        if stands != GroupStatus::of(flows().map(|one| if one.id == flow.id { before } else { one })) {
            outbox.push(Event { at: now, about: About::Group(stands, group.clone()) });
        }
    }

    /// An agreement that releases another contract does so once all have signed it; one that came to nothing frees that
    /// contract for the next.
    fn settle_release(&mut self, agreement: &Flow, now: Timestamp, outbox: &mut Outbox) {
        let (Some(original), FlowState::Ended(how)) = (agreement.releases.clone(), agreement.state) else { return };
        let settled = match how {
            Ended::Signed => self
                .change_flow(&original, now, outbox, |flow| flow.release(now))
                .and_then(|()| self.change_flow(&agreement.id, now, outbox, |flow| flow.release(now))),
            Ended::Released => Ok(()),
            Ended::Rejected | Ended::FillRejected | Ended::Expired | Ended::Cancelled | Ended::Invalidated => {
                self.change_flow(&original, now, outbox, |flow| flow.promise_release(None, now))
            }
        };
        if let Err(refusal) = settled {
            tracing::error!(agreement = %agreement.id, %original, ?refusal, "an agreement could not be carried out");
        }
    }

    fn seal_for(&self, flow: &Flow, recipient: &RecipientId) -> Option<SealId> {
        let approver = flow.approver(recipient.as_str())?;
        let named = approver.components.iter().find(|one| one.kind.is_seal() && !one.value.is_empty());
        if let Some(component) = named {
            return Some(component.value.as_str().into());
        }
        let company = approver.organization.as_ref()?.id.as_ref()?;
        self.directory.usable_seal(company).map(|seal| seal.id.clone())
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;
    use crate::domain::file::{Content, Purpose};

    fn file(id: &str, expires_at: i64) -> UploadedFile {
        UploadedFile {
            id: id.into(),
            owner: "own".into(),
            name: "a.pdf".into(),
            purpose: Purpose::Document,
            content: Arc::new(Content::new(Bytes::new(), None)),
            expires_at: Timestamp::from_seconds(expires_at),
        }
    }

    #[test]
    fn a_file_is_forgotten_an_hour_after_it_expired_whatever_lives_longer() {
        let mut world = World::new(1);
        world.add_file(file("long", 1_000_000), Timestamp::from_seconds(0));
        world.add_file(file("short", 100), Timestamp::from_seconds(0));
        world.add_file(file("later", 5000), Timestamp::from_seconds(3699));
        assert!(world.files.get("short").is_some(), "still answered as removed");

        world.add_file(file("last", 9000), Timestamp::from_seconds(3700));

        assert!(world.files.get("short").is_none());
        assert_eq!(world.files.len(), 3);
    }
}
