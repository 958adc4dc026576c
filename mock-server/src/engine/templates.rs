//! Templates are made and changed, and receivers hear of it.

use std::sync::Arc;

use super::ids::Kind;
use super::world::{Outbox, World};
use crate::domain::event::{About, Actor, Event, TemplateChange};
use crate::domain::file::UploadedFile;
use crate::domain::ids::{OrganizationId, UserId};
use crate::domain::new_template::{Maker, NewTemplate, Unfit};
use crate::domain::template::Template;
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
        let operator = maker.operator.clone();
        let blank = Template::blank(maker, ids.next(Kind::Slot).into(), ids.next(Kind::Slot).into(), now);
        let made = blank.changed(wanted, &self.directory, || ids.next(Kind::Slot).into(), now)?;
        self.ids = ids;
        Ok(self.keep_template(made, TemplateChange::Added, operator, now, outbox))
    }

    /// Changes a template of the company's.
    ///
    /// # Errors
    /// What is wrong with it, or it is there no longer; then nothing is changed.
    pub fn change_template(
        &mut self,
        id: &str,
        wanted: NewTemplate,
        operator: UserId,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<Arc<Template>, Unfit> {
        let mut ids = self.ids.clone();
        let template = self.directory.templates.get(id).ok_or(Unfit::Gone)?;
        let changed = template.changed(wanted, &self.directory, || ids.next(Kind::Slot).into(), now)?;
        self.ids = ids;
        Ok(self.keep_template(changed, TemplateChange::Updated, operator, now, outbox))
    }

    fn keep_template(
        &mut self,
        template: Template,
        change: TemplateChange,
        operator: UserId,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Arc<Template> {
        self.directory.templates.insert(template.clone());
        let template = Arc::new(template);
        // Pages are the company's own.
        let actor = Actor { user: operator, application: None };
        outbox.push(Event { at: now, about: About::Template(change, template.clone(), actor) });
        template
    }

    /// The PDF files of a company that a template can be made of at `now`, the newest first.
    pub fn template_files<'a>(
        &'a self,
        company: &'a OrganizationId,
        now: Timestamp,
    ) -> impl Iterator<Item = &'a Arc<UploadedFile>> {
        let usable = move |file: &&Arc<UploadedFile>| {
            &file.owner == company && now < file.expires_at && file.content.pages.is_some()
        };
        self.files.iter().rev().filter(usable)
    }

    /// One of them.
    ///
    /// # Errors
    /// There is none, it is another company's, over, or no PDF.
    pub fn template_file(&self, company: &OrganizationId, id: &str, now: Timestamp) -> Result<&UploadedFile, Unfit> {
        let file = self.files.get(id).filter(|file| &file.owner == company && now < file.expires_at);
        let file = file.filter(|file| file.content.pages.is_some());
        file.map(AsRef::as_ref).ok_or_else(|| Unfit::DocumentUnusable { file: id.to_owned() })
    }
}
