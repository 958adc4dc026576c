//! Partners whose contracts a company's machine seals, for both services: who signs the grant, with which seals, by which link.

use std::sync::Arc;

use super::consents;
use crate::domain::consent::{Consent, OnBehalf};
use crate::domain::employee::Employee;
use crate::domain::ids::{ApplicationId, OrganizationId};
use crate::domain::link::Link;
use crate::domain::partner_grant::{GrantState, PartnerGrant};
use crate::domain::refusal::Refusal;
use crate::domain::seal::SealKind;
use crate::engine::call::Call;
use crate::engine::urls::Urls;

/// A link by which a grant is signed, as answers have it.
pub(super) struct GrantLink {
    pub(super) url: String,
    pub(super) path: String,
    pub(super) expires_at: i64,
}

impl GrantLink {
    fn of(call: &Call<'_>, link: &Link) -> Self {
        Self { url: call.urls.short(link), path: Urls::consent_path(link), expires_at: link.expires_at.seconds() }
    }
}

/// Who grants, and to whom.
pub(super) type Sides = (OrganizationId, OrganizationId);

/// Asks for grants that are all of one company's; `to_platform` where it is to the platform itself.
///
/// # Errors
/// One of them holds, or waits to be signed; or nobody acts.
pub(super) fn ask(
    call: &mut Call<'_>,
    sides: Vec<Sides>,
    seals: Option<&Vec<String>>,
    to_platform: bool,
) -> Result<GrantLink, Refusal> {
    for (granting, partner) in &sides {
        let former = call.world.directory.partner_grants.get(PartnerGrant::key(granting, partner).as_str());
        former.map_or(Ok(()), |former| former.ensure_free(call.now))?;
    }
    let granting = sides.first().map_or(call.caller.organization(), |(granting, _)| granting).clone();
    let on_behalf = signer(call, &granting)?;
    let seals = kinds(seals);
    let keys = sides.iter().map(|(granting, partner)| PartnerGrant::key(granting, partner)).collect();
    let link = link(call, keys, seals.clone(), on_behalf);
    let application: Option<ApplicationId> = call.caller.application().cloned();
    for (granting, partner) in sides {
        call.world.directory.partner_grants.insert(PartnerGrant {
            key: PartnerGrant::key(&granting, &partner),
            granting,
            partner,
            application: application.clone(),
            seals: seals.clone(),
            to_platform,
            signed_by: None,
            state: GrantState::Pending { until: link.expires_at },
        });
    }
    Ok(GrantLink::of(call, &link))
}

/// Asks that the acting company's grant to a partner be of other seals; nothing changes until it signs.
///
/// # Errors
/// It granted that partner nothing; or nobody acts.
pub(super) fn change(
    call: &mut Call<'_>,
    partner: &OrganizationId,
    seals: Option<&Vec<String>>,
) -> Result<GrantLink, Refusal> {
    let own = call.caller.organization().clone();
    let key = PartnerGrant::key(&own, partner);
    let grant = call.world.directory.partner_grants.get(key.as_str()).filter(|grant| grant.is_given());
    grant.ok_or_else(|| Refusal::PartnerGrantUnknown { partner: partner.to_string() })?;
    let on_behalf = signer(call, &own)?;
    let link = link(call, vec![key], kinds(seals), on_behalf);
    Ok(GrantLink::of(call, &link))
}

/// A company does not grant its seals to itself.
///
/// # Errors
/// It was asked to.
pub(super) fn ensure_other(call: &Call<'_>, partner: &OrganizationId, field: &'static str) -> Result<(), Refusal> {
    if partner == call.caller.organization() {
        let detail = "a company does not grant its seals to itself".to_owned();
        return Err(Refusal::ParameterInvalid { field, detail });
    }
    Ok(())
}

/// Who signs for the granting company: the operator, or an administrator of the partner that grants.
fn signer(call: &Call<'_>, granting: &OrganizationId) -> Result<OnBehalf, Refusal> {
    let own = consents::on_behalf(call)?;
    if granting == call.caller.organization() {
        return Ok(own);
    }
    let administrator = |one: &&Arc<Employee>| &one.organization == granting && one.is_admin();
    let found = call.world.directory.employees.iter().find(administrator).map(|one| one.id.clone());
    Ok(OnBehalf { organization: granting.clone(), user: found.unwrap_or(own.user), application: own.application })
}

/// The kinds of seals that may be used; any, when none are named.
fn kinds(words: Option<&Vec<String>>) -> Vec<SealKind> {
    words.into_iter().flatten().filter_map(|word| SealKind::from_wire(word)).collect()
}

fn link(call: &mut Call<'_>, grants: Vec<String>, seals: Vec<SealKind>, on_behalf: OnBehalf) -> Arc<Link> {
    consents::link(call, Consent::PartnerGrants { grants, seals, on_behalf }, consents::WEEK)
}
