//! What companies and persons of a world file agreed to, or are asked to: requests to use seals, partners whose contracts are
//! sealed, persons who let a machine sign for them.

use std::time::Duration;

use serde::Deserialize;

use super::yes;
use crate::domain::auto_sign::{AutoSign, AutoSignState, AutoSignTerms, Identity};
use crate::domain::consent::Consent;
use crate::domain::employee::{Card, CardKind};
use crate::domain::ids::OrganizationId;
use crate::domain::link::Opens;
use crate::domain::partner_grant::{GrantState, PartnerGrant};
use crate::domain::seal::{Applied, SealKind, SealWorkflow};
use crate::domain::time::DAY;
use crate::engine::world::World;

/// How long what is asked for can be agreed to.
const WEEK: Duration = Duration::from_secs(7 * DAY.as_secs());

/// A person's auto-sign.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `AutoSign`")]
pub struct AutoSignRow {
    pub organization: String,
    pub scene: String,
    pub name: String,
    #[serde(default)]
    pub card_kind: CardKind,
    pub card: String,
    /// Their mobile number, which they give when they open it.
    pub mobile: String,
    /// Whether they opened it; asked to otherwise.
    #[serde(default = "yes")]
    pub open: bool,
    /// Who asked for it.
    pub operator: String,
    #[serde(default)]
    pub application: Option<String>,
}

/// A request to use a seal.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `SealWorkflow`")]
pub struct SealRequestRow {
    pub id: String,
    pub seal: String,
    pub contract: String,
    pub applicant: String,
}

/// A company whose machine seals another's contracts.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `PartnerGrant`")]
pub struct PartnerGrantRow {
    pub granting: String,
    pub partner: String,
    #[serde(default)]
    pub application: Option<String>,
    #[serde(default)]
    pub seals: Vec<SealKind>,
    #[serde(default)]
    pub to_platform: bool,
    /// Whether it was signed; waits for that otherwise.
    #[serde(default = "yes")]
    pub given: bool,
    /// Who signed it.
    #[serde(default)]
    pub signed_by: Option<String>,
}

fn company(world: &World, field: &str, id: &str) -> Result<OrganizationId, String> {
    let found = world.directory.organizations.get(id).map(|one| one.id.clone());
    found.ok_or_else(|| format!("{field}: there is no organization `{id}`"))
}

impl AutoSignRow {
    /// Puts it into the world.
    ///
    /// # Errors
    /// There is no such company.
    pub(super) fn settle(&self, world: &mut World) -> Result<(), String> {
        let organization = company(world, "organization", &self.organization)?;
        let person =
            Identity { name: self.name.clone(), card: Card { kind: self.card_kind, number: self.card.clone() } };
        let (key, now) = (AutoSign::key(&organization, &self.scene, &person), world.now);
        world.directory.auto_signs.insert(AutoSign {
            key: key.clone(),
            organization,
            application: self.application.as_deref().map(Into::into),
            operator: self.operator.as_str().into(),
            scene: self.scene.clone(),
            person,
            mobile: String::new(),
            state: AutoSignState::Offered { until: now.plus(WEEK) },
            terms: AutoSignTerms::default(),
        });
        if !self.open {
            return Ok(());
        }
        // Nobody is told of what happened before the world begins.
        let opened = world.open_auto_sign(&key, &self.mobile, now, &mut Vec::new());
        opened.map_err(|refusal| format!("a rule refuses it: {refusal:?}"))
    }
}

impl SealRequestRow {
    /// Puts it into the world.
    ///
    /// # Errors
    /// A seal or a contract that is not there.
    pub(super) fn settle(&self, world: &mut World) -> Result<(), String> {
        let seal = world.directory.seals.get(self.seal.as_str()).cloned();
        let seal = seal.ok_or_else(|| format!("seal: there is no `{}`", self.seal))?;
        let flow = world.flows.get(self.contract.as_str()).cloned();
        let flow = flow.ok_or_else(|| format!("contract: there is no `{}`", self.contract))?;
        let opens = Opens::Consent(Consent::SealUse { workflow: self.id.clone() });
        let token = world.add_link(opens, world.now.plus(365 * DAY), None).token.clone();
        world.directory.seal_workflows.insert(SealWorkflow {
            id: self.id.clone(),
            organization: seal.organization.clone(),
            application: flow.initiator.application.clone(),
            seal: seal.id.clone(),
            flow: flow.id.clone(),
            applicant: self.applicant.as_str().into(),
            asked_at: world.now,
            applied: Applied::Waiting,
            token,
        });
        Ok(())
    }
}

impl PartnerGrantRow {
    /// Puts it into the world.
    ///
    /// # Errors
    /// There is no such company.
    pub(super) fn settle(&self, world: &mut World) -> Result<(), String> {
        let granting = company(world, "granting", &self.granting)?;
        let partner = company(world, "partner", &self.partner)?;
        let now = world.now;
        world.directory.partner_grants.insert(PartnerGrant {
            key: PartnerGrant::key(&granting, &partner),
            granting,
            partner,
            application: self.application.as_deref().map(Into::into),
            seals: self.seals.clone(),
            to_platform: self.to_platform,
            signed_by: self.signed_by.as_deref().map(Into::into),
            state: if self.given {
                GrantState::Given { at: now }
            } else {
                GrantState::Pending { until: now.plus(WEEK) }
            },
        });
        Ok(())
    }
}
