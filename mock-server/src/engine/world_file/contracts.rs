//! Contracts of a world file. They are launched, signed and ended by the same rules as everybody's, before the world begins.

use std::sync::Arc;

use serde::Deserialize;

use super::WorldFile;
use super::components::ComponentRow;
use super::downloads::DownloadRow;
use super::files::sample;
use super::span::{AN_HOUR, Span};
use super::steps::Step;
use crate::callbacks::disorder::Disorder;
use crate::domain::approver::{ApproverKind, Labels, Notify};
use crate::domain::employee::{Card, CardKind, Employee};
use crate::domain::file::Content;
use crate::domain::flow::{Flow, Initiator, Membership};
use crate::domain::ids::{FlowId, RecipientId, SignId};
use crate::domain::launch::{FlowIds, NewApprover, NewFlow, draft};
use crate::domain::refusal::Refusal;
use crate::domain::review::{AskedBy, Review};
use crate::domain::time::{MINUTE, Timestamp};
use crate::engine::ids::Kind;
use crate::engine::world::{Outbox, World};

/// A contract.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `Flow`")]
pub struct ContractRow {
    pub id: String,
    #[serde(default)]
    pub document: Option<String>,
    #[serde(default = "contract")]
    pub name: String,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub user_data: String,
    /// The company that launched it; the first one when left out.
    #[serde(default)]
    pub initiator: Option<String>,
    /// The employee who did; its first one when left out.
    #[serde(default)]
    pub operator: Option<String>,
    /// The platform's application it was launched in.
    #[serde(default)]
    pub application: Option<String>,
    /// How long before the world's beginning.
    #[serde(default)]
    pub launched: Option<Span>,
    /// How long after the launch it expires.
    #[serde(default)]
    pub deadline: Option<Span>,
    /// The file it is about, or the template; the sample contract when left out.
    #[serde(default)]
    pub file: Option<String>,
    #[serde(default)]
    pub template: Option<String>,
    #[serde(default)]
    pub unordered: bool,
    #[serde(default)]
    pub open_ended: bool,
    #[serde(default)]
    pub no_release: bool,
    /// The scene in which machines sign for persons.
    #[serde(default)]
    pub auto_sign_scene: Option<String>,
    /// Whether the signers of the initiator's company need a review.
    #[serde(default)]
    pub review: bool,
    /// Whether its start does.
    #[serde(default)]
    pub creation_review: bool,
    /// Whether its start is handed to the company's own approval.
    #[serde(default)]
    pub workflow: bool,
    /// Whether it was made and not started.
    #[serde(default)]
    pub draft: bool,
    /// Whether nothing is known yet of what will be signed; only a draft can be.
    #[serde(default)]
    pub empty: bool,
    /// What the initiator filled in.
    #[serde(default)]
    pub fills: Vec<ComponentRow>,
    #[serde(default)]
    pub approvers: Vec<ApproverRow>,
    #[serde(default)]
    pub remarks: Vec<String>,
    /// What happened since, each a minute after the other.
    #[serde(default)]
    pub then: Vec<Step>,
    /// Its file, downloaded and uploaded again.
    #[serde(default)]
    pub downloads: Vec<DownloadRow>,
    /// How its callbacks come, wherever they go.
    #[serde(default)]
    pub disorder: Option<Disorder>,
}

/// A signer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `Approver`")]
pub struct ApproverRow {
    pub kind: ApproverKind,
    #[serde(default)]
    pub recipient: Option<String>,
    #[serde(default)]
    pub sign: Option<String>,
    /// The name of their company.
    #[serde(default)]
    pub organization: Option<String>,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub mobile: Option<String>,
    #[serde(default)]
    pub card: Option<CardRow>,
    /// An employee's id, instead of name and mobile number.
    #[serde(default)]
    pub user: Option<String>,
    #[serde(default)]
    pub role: String,
    /// Whether they become known later.
    #[serde(default)]
    pub open: bool,
    #[serde(default)]
    pub tag: String,
    #[serde(default)]
    pub source: String,
    #[serde(default)]
    pub review: bool,
    #[serde(default)]
    pub no_refuse: bool,
    #[serde(default)]
    pub no_transfer: bool,
    /// How they may prove who they are, by the numbers of `ApproverSignTypes`.
    #[serde(default)]
    pub sign_checks: Vec<i64>,
    #[serde(default)]
    pub deadline: Option<Span>,
    /// What they sign with; a company's seal or a signature when left out.
    #[serde(default)]
    pub components: Option<Vec<ComponentRow>>,
    #[serde(default)]
    pub fills: Vec<ComponentRow>,
}

/// An identity document.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `Card`")]
pub struct CardRow {
    #[serde(default)]
    pub kind: Option<String>,
    pub number: String,
}

fn contract() -> String {
    "合同".into()
}

impl ContractRow {
    /// Puts the contract into the world, as it stands when the world begins.
    ///
    /// # Errors
    /// What is not in the file, or what a rule refuses.
    pub(super) fn settle(
        &self,
        file: &WorldFile,
        world: &mut World,
        group: Option<&Membership>,
    ) -> Result<FlowId, String> {
        let begins = world.now;
        let launched = self.launched.unwrap_or(AN_HOUR).before(begins);
        let mut flow = self.draft(file, world, launched)?;
        flow.group = group.cloned();
        let id = flow.id.clone();
        world.add_draft(flow);
        if self.disorder.is_some() {
            world.callbacks.set_disorder_of_flow(id.clone(), self.disorder.clone());
        }
        let mut told = Outbox::new();
        let refused = |refusal: Refusal| format!("a rule refuses it: {refusal:?}");
        if let Some(template) = &self.template {
            let found = world.directory.templates.get(template.as_str()).cloned();
            let found = found.ok_or_else(|| format!("template: there is no `{template}` in the file"))?;
            let document = self.document(world).into();
            world
                .change_flow(&id, launched, &mut told, |flow| flow.attach(&found, &[], document, launched))
                .map_err(refused)?;
        }
        if !self.draft && !self.creation_review {
            world.change_flow(&id, launched, &mut told, |flow| Ok(flow.start(launched))).map_err(refused)?;
        }
        let mut at = launched;
        for (number, step) in self.then.iter().enumerate() {
            at = at.plus(MINUTE).min(begins);
            step.take(world, &id, at)
                .map_err(|refusal| format!("then, {}: a rule refuses it: {refusal:?}", number + 1))?;
        }
        for download in &self.downloads {
            download.settle(&id, world).map_err(|what| format!("downloads: `{}`: {what}", download.id))?;
        }
        Ok(id)
    }

    /// The contract before it started.
    fn draft(&self, file: &WorldFile, world: &mut World, launched: Timestamp) -> Result<Flow, String> {
        let (initiator, operator) =
            initiator((self.initiator.as_deref(), self.operator.as_deref()), self.application.as_deref(), file, world)?;
        let seal = world.directory.usable_seal(&initiator.organization).map(|seal| seal.id.to_string());
        let new = NewFlow {
            name: self.name.clone(),
            description: self.description.clone(),
            kind: self.kind.clone(),
            user_data: self.user_data.clone(),
            deadline: self.deadline.map(|span| launched.plus(span.0)),
            unordered: self.unordered,
            open_ended: self.open_ended,
            no_release: self.no_release,
            needs_sign_review: self.review,
            content: self.content(world)?,
            fills: self.fills.iter().map(ComponentRow::wanted).collect(),
            approvers: self.approvers.iter().map(|one| one.wanted(seal.as_deref(), launched)).collect(),
            auto_sign_scene: self.auto_sign_scene.clone(),
            ..NewFlow::default()
        };
        let ids = FlowIds {
            flow: self.id.as_str().into(),
            document: self.document(world).into(),
            approvers: self.approvers.iter().map(|one| one.ids(world)).collect(),
        };
        let flow = draft(new, (&initiator, &operator), &world.directory, || ids, launched);
        let mut flow = flow.map_err(|refusal| format!("a rule refuses it: {refusal:?}"))?;
        flow.creation_review = self.creation_review.then(|| Review::asked_by(AskedBy::Flow));
        flow.remarks.clone_from(&self.remarks);
        flow.wishes.workflow = self.workflow;
        Ok(flow)
    }

    fn document(&self, world: &mut World) -> String {
        self.document.clone().unwrap_or_else(|| world.ids.next(Kind::Document))
    }

    fn content(&self, world: &World) -> Result<Option<Arc<Content>>, String> {
        match (&self.file, &self.template) {
            (None, None) if self.empty => Ok(None),
            (None, None) => Ok(Some(sample())),
            (None, Some(_)) => Ok(None),
            (Some(id), _) => {
                let file = world.files.get(id.as_str());
                file.map(|file| Some(file.content.clone()))
                    .ok_or_else(|| format!("file: there is no `{id}` in the file"))
            }
        }
    }
}

/// The company and the employee who launch, the first ones where none is named; in a platform's application, where it is named.
///
/// # Errors
/// A company or an application that is not in the file, or a company that has no employee.
pub(super) fn initiator(
    (company, employee): (Option<&str>, Option<&str>),
    application: Option<&str>,
    file: &WorldFile,
    world: &World,
) -> Result<(Initiator, Employee), String> {
    let row = match company {
        Some(id) => file.organizations.iter().find(|one| one.id == id),
        None => file.organizations.first(),
    };
    let row = row.ok_or_else(|| format!("initiator: there is no `{}` in the file", company.unwrap_or_default()))?;
    let operator = match employee {
        Some(id) => world.directory.employees.get(id),
        None => row.employees.first().and_then(|one| world.directory.employees.get(one.id.as_str())),
    };
    let operator = operator.ok_or("operator: the company that launches needs an employee")?;
    if let Some(stranger) = application.filter(|id| world.directory.applications.get(*id).is_none()) {
        return Err(format!("application: there is no `{stranger}` in the file"));
    }
    let initiator = Initiator {
        organization: row.id.as_str().into(),
        organization_name: row.name.clone(),
        user: operator.id.clone(),
        application: application.map(Into::into),
    };
    Ok((initiator, operator.as_ref().clone()))
}

impl ApproverRow {
    pub(crate) fn ids(&self, world: &mut World) -> (RecipientId, SignId) {
        let recipient = self.recipient.clone().unwrap_or_else(|| world.ids.next(Kind::Recipient));
        let sign = self.sign.clone().unwrap_or_else(|| world.ids.next(Kind::Sign));
        (recipient.into(), sign.into())
    }

    /// The signer as somebody who launches a contract asks for them; a machine uses `seal`.
    pub(crate) fn wanted(&self, seal: Option<&str>, launched: Timestamp) -> NewApprover {
        NewApprover {
            kind: self.kind.code(),
            recipient: self.recipient.as_deref().map(Into::into),
            organization_name: self.organization.clone(),
            user: self.user.as_deref().map(Into::into),
            name: self.name.clone(),
            mobile: self.mobile.clone(),
            card: self.card.as_ref().map(CardRow::build),
            open: self.open,
            role_name: self.role.clone(),
            components: self.components(seal).iter().map(ComponentRow::wanted).collect(),
            fills: self.fills.iter().map(ComponentRow::wanted).collect(),
            needs_review: self.review,
            sign_checks: self.sign_checks.clone(),
            deadline: self.deadline.map(|span| launched.plus(span.0)),
            notify: Notify::default(),
            no_refuse: self.no_refuse,
            no_transfer: self.no_transfer,
            labels: Labels { source: self.source.clone(), tag: self.tag.clone() },
            ..NewApprover::default()
        }
    }

    fn components(&self, seal: Option<&str>) -> Vec<ComponentRow> {
        let usual = || {
            vec![if self.kind == ApproverKind::OrganizationAutoSign {
                ComponentRow::of("SIGN_SEAL", seal.unwrap_or_default())
            } else if self.kind.is_organization() {
                ComponentRow::of("SIGN_SEAL", "")
            } else {
                ComponentRow::of("SIGN_SIGNATURE", "")
            }]
        };
        self.components.clone().unwrap_or_else(usual)
    }
}

impl CardRow {
    fn build(&self) -> Card {
        let kind = self.kind.as_deref().and_then(CardKind::from_wire).unwrap_or(CardKind::IdCard);
        Card { kind, number: self.number.clone() }
    }
}
