//! The page where a template is made or changed. It opens once; then its form lives as long as the link, and is saved once
//! ([`crate::domain::embedded_page::LIFETIME`] says why).
//!
//! Nothing here needs a script: rows are added by a button that shows the form again, larger; an uploaded file is kept as
//! `UploadFiles` keeps one, so that a form that is refused finds it again.

mod form;
mod posted;
mod view;

use std::sync::Arc;

use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::Response;

use self::form::TemplateForm;
use self::posted::{Action, Posted, Upload};
use super::embed::Visitor;
use super::trouble::Trouble;
use crate::documents::inspect;
use crate::domain::embedded_page::EmbeddedPage;
use crate::domain::event::Actor;
use crate::domain::file::{Content, LIFETIME, Purpose, UploadedFile};
use crate::domain::ids::{ApplicationId, FileId, OrganizationId, UserId};
use crate::domain::link::{Link, Opens};
use crate::domain::new_template::{Maker, Unfit};
use crate::domain::template::Template;
use crate::domain::time::Timestamp;
use crate::engine::clock::EdgeTime;
use crate::engine::ids::Kind;
use crate::engine::world::{Outbox, World};

/// Whether a page is one of these.
pub(super) fn is_behind(link: &Link) -> bool {
    matches!(&link.opens, Opens::Embedded { page: EmbeddedPage::CreateTemplate | EmbeddedPage::ModifyTemplate, .. })
}

/// What the link is for.
#[derive(Clone, Copy)]
struct Task<'a> {
    link: &'a Link,
    /// Whether a template is made, rather than changed.
    makes: bool,
    /// The template that is changed, or the file one is made of; empty when none was named.
    business: &'a str,
    organization: &'a OrganizationId,
    operator: &'a UserId,
    application: Option<&'a ApplicationId>,
    user_data: &'a str,
}

impl<'a> Task<'a> {
    fn of(link: &'a Link) -> Result<Self, Trouble> {
        match &link.opens {
            Opens::Embedded { page, business, organization, operator, application, user_data } => {
                let makes = *page == EmbeddedPage::CreateTemplate;
                Ok(Self { link, makes, business, organization, operator, application: application.as_ref(), user_data })
            }
            Opens::Signing { .. }
            | Opens::Preview { .. }
            | Opens::Contract { .. }
            | Opens::Batch(_)
            | Opens::Unlaunched(_)
            | Opens::MiniProgram
            | Opens::CancelTask(_)
            | Opens::Intelligence { .. }
            | Opens::Preparation(_)
            | Opens::Deed { .. }
            | Opens::Console(_)
            | Opens::Invitation(_)
            | Opens::Consoles(_)
            | Opens::Consent(_)
            | Opens::Downloads(_)
            | Opens::Certificate(_) => Err(Trouble::UnknownLink),
        }
    }

    /// The template that is changed, as it is now.
    fn template<'w>(&self, world: &'w World) -> Result<Option<&'w Template>, Trouble> {
        if self.makes {
            return Ok(None);
        }
        let template = world.directory.templates.get(self.business).ok_or(Trouble::TemplateUnfit(Unfit::Gone))?;
        Ok(Some(template))
    }
}

/// Shows the form, once.
pub(super) fn show(visitor: &Visitor<'_>, link: &Link) -> Result<Response, Trouble> {
    let task = Task::of(link)?;
    let (form, sight) = visitor.account.try_enter(EdgeTime::read(), |world, now, _| {
        let form = match task.template(world)? {
            Some(template) => TemplateForm::of(template),
            None => TemplateForm::suggested(task.business),
        };
        let sight = view::Sight::of(world, now, &task)?;
        if !world.spend_link(&link.token) {
            return Err(Trouble::AlreadyOpened);
        }
        Ok((form, sight))
    })?;
    Ok(view::form(visitor, &task, &sight, &form, 0, None))
}

/// Saves, or shows the form again with what was written.
pub(super) async fn act(visitor: &Visitor<'_>, link: &Link, request: Request) -> Result<Response, Trouble> {
    let task = Task::of(link)?;
    if link.done {
        return Err(Trouble::AlreadyDone);
    }
    let Posted { action, mut template, upload } = Posted::read(request).await?;
    if let Some(upload) = upload {
        match keep(visitor, &task, upload).await? {
            Ok(file) => template.file = file.to_string(),
            Err(unfit) => return again(visitor, &task, &template, 0, Some(unfit)),
        }
    }
    match action {
        Action::Show => again(visitor, &task, &template, 0, None),
        Action::More => again(visitor, &task, &template, view::MORE_ROWS, None),
        Action::Save => {
            let saved = visitor
                .account
                .try_enter(EdgeTime::read(), |world, now, outbox| save(world, now, outbox, &task, &template));
            match saved {
                Ok(saved) => Ok(view::saved(visitor, &task, &saved)),
                Err(Trouble::TemplateUnfit(unfit)) if !visitor.manner.json && unfit != Unfit::Gone => {
                    again(visitor, &task, &template, 0, Some(unfit))
                }
                Err(trouble) => Err(trouble),
            }
        }
    }
}

fn again(
    visitor: &Visitor<'_>,
    task: &Task<'_>,
    form: &TemplateForm,
    more: usize,
    unfit: Option<Unfit>,
) -> Result<Response, Trouble> {
    if let Some(unfit) = unfit.clone().filter(|_| visitor.manner.json) {
        return Err(Trouble::TemplateUnfit(unfit));
    }
    let sight = visitor.account.try_enter(EdgeTime::read(), |world, now, _| {
        let sight = view::Sight::of(world, now, task)?;
        world.spend_link(&task.link.token);
        Ok(sight)
    })?;
    let mut response = view::form(visitor, task, &sight, form, more, unfit.as_ref());
    if unfit.is_some() {
        *response.status_mut() = StatusCode::BAD_REQUEST;
    }
    Ok(response)
}

fn save(
    world: &mut World,
    now: Timestamp,
    outbox: &mut Outbox,
    task: &Task<'_>,
    form: &TemplateForm,
) -> Result<Arc<Template>, Trouble> {
    let number = world.links.number(&task.link.token).ok_or(Trouble::UnknownLink)?;
    // Somebody may have been faster since the link was looked at.
    if world.links.at(number).is_some_and(|link| link.done) {
        return Err(Trouble::AlreadyDone);
    }
    let template = task.template(world)?;
    let file = Some(form.file.as_str()).filter(|file| !file.is_empty());
    let chosen = file.filter(|file| template.is_none_or(|own| own.file.as_str() != *file));
    let file = chosen.map(|id| world.template_file(task.organization, task.application, id, now)).transpose();
    let wanted = form.wanted(file.map_err(Trouble::TemplateUnfit)?);
    let actor = Actor { user: task.operator.clone(), application: task.application.cloned() };
    let saved = if task.makes {
        let (organization, user_data) = (task.organization.clone(), task.user_data.to_owned());
        world.make_template(wanted, Maker { organization, actor, user_data }, now, outbox)
    } else {
        world.change_template(task.business, wanted, actor, now, outbox)
    };
    let saved = saved.map_err(Trouble::TemplateUnfit)?;
    if let Some(link) = world.links.at_mut(number) {
        (link.spent, link.done) = (true, true);
    }
    Ok(saved)
}

/// Keeps an uploaded PDF, read outside of the lock, as `UploadFiles` does.
async fn keep(visitor: &Visitor<'_>, task: &Task<'_>, upload: Upload) -> Result<Result<FileId, Unfit>, Trouble> {
    let Upload { name, bytes } = upload;
    let inspected = {
        let bytes = bytes.clone();
        tokio::task::spawn_blocking(move || inspect(&bytes).map(|found| found.pages)).await
    };
    let Ok(Ok(pages)) = inspected else { return Ok(Err(Unfit::DocumentUnusable { file: name })) };
    let content = Arc::new(Content::new(bytes, Some(pages)));
    visitor.account.try_enter(EdgeTime::read(), |world, now, _| {
        let id = FileId::from(world.ids.next(Kind::File));
        let file = UploadedFile {
            id: id.clone(),
            owner: task.organization.clone(),
            application: task.application.cloned(),
            name,
            purpose: Purpose::Template,
            content,
            expires_at: now.plus(LIFETIME),
        };
        world.add_file(file, now);
        Ok(Ok(id))
    })
}
