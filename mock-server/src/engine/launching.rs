//! What every launch does, whichever action asks for it: checked and made outside of the world, then put into it.
//!
//! Ids come out of a copy of the world's counters, which takes their place once nothing can be refused any more: a refused
//! launch shifts no id.

use std::sync::Arc;

use super::call::Call;
use super::download;
use super::ids::{Ids, Kind};
use crate::domain::file::UploadedFile;
use crate::domain::flow::{Flow, Membership};
use crate::domain::group::FlowGroup;
use crate::domain::launch::{FlowIds, NewFlow, draft};
use crate::domain::life::filling::Fill;
use crate::domain::link::Opens;
use crate::domain::preview::LIFETIME;
use crate::domain::refusal::Refusal;
use crate::domain::template::Template;

/// What a launch is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// A contract that runs.
    Start,
    /// A look at what it would be, as a file.
    Look,
    /// The same on a page (`PreviewType` 1).
    LookOnPage,
}

impl Wish {
    /// What `NeedPreview` and `PreviewType` ask for.
    #[must_use]
    pub fn of(need_preview: Option<bool>, preview_type: Option<i64>) -> Self {
        match (need_preview, preview_type) {
            (Some(true), Some(1)) => Self::LookOnPage,
            (Some(true), _) => Self::Look,
            (Some(false) | None, _) => Self::Start,
        }
    }
}

/// What came of a launch.
#[derive(Clone, Debug)]
pub enum Launched {
    /// A contract, as it stood right after its launch.
    Started(Arc<Flow>),
    /// The address of what it would look like.
    Seen(String),
}

impl Call<'_> {
    /// Launches a contract that has its document, or shows what it would look like.
    ///
    /// # Errors
    /// What is wrong with it, or the quota is used up.
    pub fn launch(&mut self, new: NewFlow, wish: Wish) -> Result<Launched, Refusal> {
        let mut ids = self.world.ids.clone();
        let flow = self.draft(new, &mut ids)?;
        self.launch_drafted(flow, ids, wish)
    }

    /// Launches a contract made from `template` with the initiator's values, or shows what it would look like.
    ///
    /// # Errors
    /// As [`Call::draft_from`], or the quota is used up.
    pub fn launch_from(
        &mut self,
        template: &Template,
        new: NewFlow,
        values: &[Fill],
        wish: Wish,
    ) -> Result<Launched, Refusal> {
        let mut ids = self.world.ids.clone();
        let flow = self.draft_from(template, new, values, &mut ids)?;
        self.launch_drafted(flow, ids, wish)
    }

    fn launch_drafted(&mut self, mut flow: Flow, ids: Ids, wish: Wish) -> Result<Launched, Refusal> {
        match wish {
            Wish::Start => (),
            Wish::Look | Wish::LookOnPage => {
                return self.preview(flow, wish == Wish::LookOnPage).map(Launched::Seen);
            }
        }
        self.ensure_contracts_left(1)?;
        self.world.ids = ids;
        let happened = flow.launch(self.now);
        let id = flow.id.clone();
        self.add_flow(flow, happened)?;
        self.flow(id.as_str()).map(Launched::Started)
    }

    /// The one file of a contract: a PDF of the caller's that has not expired.
    ///
    /// # Errors
    /// No id, more than one, or no such file.
    pub fn file_to_sign(&self, ids: &[String]) -> Result<Arc<UploadedFile>, Refusal> {
        let id = match ids {
            [] => return Err(Refusal::FileIdsEmpty),
            [one] => one,
            [..] => return Err(Refusal::TooManyFileIds),
        };
        let file = self.usable_file(id)?;
        if file.content.pages.is_none() {
            return Err(Refusal::FileNotPdf { file: id.clone() });
        }
        Ok(file)
    }

    /// A template of the caller's.
    ///
    /// # Errors
    /// There is none, or it is another company's: nobody else knows of it.
    pub fn own_template(&self, id: &str) -> Result<Arc<Template>, Refusal> {
        let template = self.world.directory.templates.get(id);
        let template = template.filter(|template| &template.organization == self.caller.organization());
        template.cloned().ok_or_else(|| Refusal::TemplateUnknown { template: id.to_owned() })
    }

    /// A contract that has not started, of the caller's.
    ///
    /// # Errors
    /// What is wrong with it, or the customer a platform launches for has no licence.
    pub fn draft(&self, new: NewFlow, ids: &mut Ids) -> Result<Flow, Refusal> {
        let (operator, initiator) = (self.caller.operator()?, self.caller.initiator()?);
        self.caller.ensure_licensed(self.now)?;
        let signers = new.approvers.len();
        let fresh = || FlowIds {
            flow: ids.next(Kind::Flow).into(),
            document: ids.next(Kind::Document).into(),
            approvers: (0..signers).map(|_| (ids.next(Kind::Recipient).into(), ids.next(Kind::Sign).into())).collect(),
        };
        let mut flow = draft(new, (&initiator, operator), &self.world.directory, fresh, self.now)?;
        self.world.keep_files(&mut flow)?;
        Ok(flow)
    }

    /// A contract that has not started, made from `template` with the initiator's values.
    ///
    /// # Errors
    /// As [`Call::draft`] and [`Call::attach`].
    pub fn draft_from(
        &self,
        template: &Template,
        new: NewFlow,
        values: &[Fill],
        ids: &mut Ids,
    ) -> Result<Flow, Refusal> {
        let mut flow = self.draft(new, ids)?;
        self.attach(&mut flow, template, values, ids)?;
        Ok(flow)
    }

    /// Gives a contract that has not started its document, from `template` and the initiator's values.
    ///
    /// # Errors
    /// As [`Flow::attach`] and [`Flow::ensure_machines_can_sign`], or a value names a file that is not there.
    pub fn attach(&self, flow: &mut Flow, template: &Template, values: &[Fill], ids: &mut Ids) -> Result<(), Refusal> {
        flow.attach(template, values, ids.next(Kind::Document).into(), self.now)?;
        flow.ensure_machines_can_sign(&self.world.directory)?;
        self.world.keep_files(flow)
    }

    /// Asks whether the caller's company, or the platform that launches for it, can still launch that many contracts.
    ///
    /// # Errors
    /// It has fewer left.
    pub fn ensure_contracts_left(&self, wanted: usize) -> Result<(), Refusal> {
        let company = self.world.directory.organizations.get(self.caller.payer().as_str());
        let left = company.map_or(0, |company| company.quota.left);
        if usize::try_from(left).is_ok_and(|left| left < wanted) { Err(Refusal::QuotaExhausted) } else { Ok(()) }
    }

    /// Launches contracts that are signed together: all, or none.
    ///
    /// # Errors
    /// Fewer than two, a signer has a deadline of their own, which signers of groups cannot (`api ApproverInfo.Deadline`; that it
    /// is refused is ASSUMED), or the quota does not suffice for all.
    pub fn launch_group(&mut self, name: String, flows: Vec<Flow>, mut ids: Ids) -> Result<FlowGroup, Refusal> {
        if flows.len() < 2 {
            return Err(Refusal::FlowGroupSizeInvalid);
        }
        if flows.iter().flat_map(|flow| &flow.approvers).any(|one| one.deadline.is_some()) {
            return Err(Refusal::ApproverDeadlineInvalid);
        }
        self.ensure_contracts_left(flows.len())?;
        let group = FlowGroup {
            id: ids.next(Kind::FlowGroup).into(),
            name,
            initiator: self.caller.initiator()?,
            flows: flows.iter().map(|flow| flow.id.clone()).collect(),
            copies: Vec::new(),
            remarks: Vec::new(),
            created_at: self.now,
        };
        self.world.ids = ids;
        self.world.groups.insert(group.clone());
        let membership = Membership { id: group.id.clone(), name: group.name.clone() };
        for mut flow in flows {
            flow.group = Some(membership.clone());
            let happened = flow.launch(self.now);
            self.add_flow(flow, happened)?;
        }
        Ok(group)
    }

    /// The id of a run of the company's own approval (`WorkflowInstanceId`, `ex StartFlow`: 19 digits). This stand-in
    /// approves at once (ASSUMED: nothing outside of the vendor's console hears of that approval).
    pub fn new_workflow(&mut self) -> String {
        let mut draw = self.world.ids.draw(Kind::Task);
        format!("{}{}", draw.text(b"123456789", 1), draw.text(b"0123456789", 18))
    }

    /// Shows what a contract would look like, for five minutes: as a file, or on a page (`PreviewType` 1).
    ///
    /// # Errors
    /// The company has no previews left, or a value names a file that is not there.
    pub fn preview(&mut self, flow: Flow, on_a_page: bool) -> Result<String, Refusal> {
        let preview = self.world.add_preview(self.caller.payer(), flow)?;
        let expires_at = self.now.plus(LIFETIME);
        if on_a_page {
            let link = self.world.add_link(Opens::Unlaunched(preview), expires_at, None);
            return Ok(self.urls.short(&link));
        }
        let key = download::key(&self.world.ids, "PREVIEW", preview.as_str(), expires_at);
        Ok(self.urls.file("PREVIEW", preview.as_str(), 0, "PDF", &key))
    }
}
