//! Templates are made, changed, copied and taken away, and receivers hear of it.

use std::sync::Arc;

use super::call::Call;
use super::download;
use super::ids::Kind;
use super::world::{Outbox, World};
use crate::domain::event::{About, Actor, Event, TemplateChange};
use crate::domain::file::UploadedFile;
use crate::domain::ids::{ApplicationId, OrganizationId, UserId};
use crate::domain::new_template::{Maker, NewTemplate, Unfit};
use crate::domain::preview::LIFETIME;
use crate::domain::refusal::Refusal;
use crate::domain::template::{Operation, Template};
use crate::domain::time::Timestamp;

impl World {
    /// Makes a template.
    ///
    /// # Errors
    /// What is wrong with it; then nothing is made.
    pub fn make_template(
        &mut self,
        wanted: NewTemplate,
        maker: Maker,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<Arc<Template>, Unfit> {
        let mut ids = self.ids.clone();
        let actor = maker.actor.clone();
        let blank = Template::blank(maker, ids.next(Kind::Slot).into(), ids.next(Kind::Slot).into(), now);
        let made = blank.changed(wanted, &self.directory, || ids.next(Kind::Slot).into(), now)?;
        self.ids = ids;
        Ok(self.keep_template(made, TemplateChange::Added, actor, now, outbox))
    }

    /// Changes a template of the company's.
    ///
    /// # Errors
    /// What is wrong with it, or it is there no longer; then nothing is changed.
    pub fn change_template(
        &mut self,
        id: &str,
        wanted: NewTemplate,
        actor: Actor,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<Arc<Template>, Unfit> {
        let mut ids = self.ids.clone();
        let template = self.directory.templates.get(id).ok_or(Unfit::Gone)?;
        let changed = template.changed(wanted, &self.directory, || ids.next(Kind::Slot).into(), now)?;
        self.ids = ids;
        Ok(self.keep_template(changed, TemplateChange::Updated, actor, now, outbox))
    }

    /// Does something to a template of the company's; answers what was made of it. Receivers hear of it, except where nothing
    /// changes (`api OperateTemplate`: switching twice is no mistake; that it is silent is ASSUMED).
    pub fn operate_template(
        &mut self,
        template: &Arc<Template>,
        operation: Operation,
        actor: Actor,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Arc<Template> {
        let (made, change) = match operation {
            Operation::Delete => {
                self.directory.templates.remove(template.id.as_str());
                (template.clone(), TemplateChange::Deleted)
            }
            Operation::Enable if template.enabled => return template.clone(),
            Operation::Disable if !template.enabled => return template.clone(),
            Operation::Enable | Operation::Disable => {
                let enabled = operation == Operation::Enable;
                let switched = Template { enabled, ..template.as_ref().clone() };
                self.directory.templates.insert(switched.clone());
                (Arc::new(switched), TemplateChange::Switched)
            }
            Operation::Copy { name } => {
                // After its original (`api OperateTemplate.TemplateName`).
                let name = name.unwrap_or_else(|| format!("{}_副本", template.name));
                let id = self.ids.next(Kind::Slot).into();
                let copy = template.copy(name, id, || self.ids.next(Kind::Slot).into(), now);
                self.directory.templates.insert(copy.clone());
                (Arc::new(copy), TemplateChange::Added)
            }
        };
        outbox.push(Event { at: now, about: About::Template(change, made.clone(), actor) });
        made
    }

    /// Gives a customer a template of its own, made from one its platform offers it; the platform hears of it.
    ///
    /// # Errors
    /// There is no such template or customer, or it is not offered to it or switched off.
    pub fn hand_template_over(
        &mut self,
        template: &str,
        customer: &str,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<Arc<Template>, Refusal> {
        let unknown = || Refusal::TemplateUnknown { template: template.to_owned() };
        let offered = self.directory.library.get(template).cloned().ok_or_else(unknown)?;
        let original = self.directory.templates.get(template).cloned().ok_or_else(unknown)?;
        original.ensure_usable()?;
        let no_customer = || Refusal::OrganizationUnknown { organization: customer.to_owned() };
        let application = self.directory.applications.get(offered.application.as_str()).cloned();
        let application = application.ok_or_else(no_customer)?;
        let customer = application.customers().get(customer).ok_or_else(no_customer)?;
        if !offered.is_offered_to(&customer.open_id) {
            return Err(Refusal::TemplateNotGranted { organization: customer.open_id.to_string() });
        }
        let id = self.ids.next(Kind::Slot).into();
        let company = customer.organization.clone();
        let made = original.handed_to(company, offered.pushes, id, || self.ids.next(Kind::Slot).into(), now);
        self.directory.templates.insert(made.clone());
        let made = Arc::new(made);
        let user = original.creator.clone().unwrap_or_else(|| UserId::from(""));
        let actor = Actor { user, application: Some(application.id.clone()) };
        outbox.push(Event { at: now, about: About::Template(TemplateChange::Added, made.clone(), actor) });
        Ok(made)
    }

    fn keep_template(
        &mut self,
        template: Template,
        change: TemplateChange,
        actor: Actor,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Arc<Template> {
        self.directory.templates.insert(template.clone());
        let template = Arc::new(template);
        outbox.push(Event { at: now, about: About::Template(change, template.clone(), actor) });
        template
    }

    /// The PDF files of a company that a template can be made of in an application at `now`, the newest first.
    pub fn template_files<'a>(
        &'a self,
        company: &'a OrganizationId,
        application: Option<&'a ApplicationId>,
        now: Timestamp,
    ) -> impl Iterator<Item = &'a Arc<UploadedFile>> {
        let usable = move |file: &&Arc<UploadedFile>| {
            let own = &file.owner == company && file.is_within(application);
            own && now < file.expires_at && file.content.pages.is_some()
        };
        self.files.iter().rev().filter(usable)
    }

    /// One of them.
    ///
    /// # Errors
    /// There is none, it is another company's or application's, over, or no PDF.
    pub fn template_file(
        &self,
        company: &OrganizationId,
        application: Option<&ApplicationId>,
        id: &str,
        now: Timestamp,
    ) -> Result<&UploadedFile, Unfit> {
        let file = self.files.get(id).filter(|file| &file.owner == company && file.is_within(application));
        let file = file.filter(|file| now < file.expires_at && file.content.pages.is_some());
        file.map(AsRef::as_ref).ok_or_else(|| Unfit::DocumentUnusable { file: id.to_owned() })
    }
}

impl Call<'_> {
    /// A template of the caller's, for whoever does something to it.
    ///
    /// # Errors
    /// None is named, or there is no such template of the caller's.
    pub fn named_template(&self, id: &str) -> Result<Arc<Template>, Refusal> {
        if id.is_empty() { Err(Refusal::TemplateIdEmpty) } else { self.own_template(id) }
    }

    /// As [`World::operate_template`], by whoever calls.
    ///
    /// # Errors
    /// Nobody is named who does it.
    pub fn operate_template(
        &mut self,
        template: &Arc<Template>,
        operation: Operation,
    ) -> Result<Arc<Template>, Refusal> {
        let actor = self.caller.actor()?;
        Ok(self.world.operate_template(template, operation, actor, self.now, self.outbox))
    }

    /// A template's document as a file: the link's key holds its end, so that a listing keeps no links.
    #[must_use]
    pub fn template_url(&self, template: &Template) -> String {
        let id = template.id.as_str();
        let key = download::key(&self.world.ids, "TEMPLATE", id, self.now.plus(LIFETIME));
        self.urls.file("TEMPLATE", id, 0, "PDF", &key)
    }
}
