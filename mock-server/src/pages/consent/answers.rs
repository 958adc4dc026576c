//! What follows from an answer.

use super::{Answer, Wish};
use crate::domain::auto_sign::{AutoSignChange, AutoSignState};
use crate::domain::consent::{Consent, OnBehalf};
use crate::domain::ids::UserId;
use crate::domain::launch::is_mobile;
use crate::domain::refusal::Refusal;
use crate::domain::seal::{Decision, NewLook, NewSeal, SealKind, Shape};
use crate::domain::time::Timestamp;
use crate::engine::world::{Outbox, World};
use crate::pages::trouble::{Part, Trouble};

/// Carries an answer out.
///
/// # Errors
/// Something is missing in it, or what the domain refuses.
pub(super) fn give(
    world: &mut World,
    now: Timestamp,
    outbox: &mut Outbox,
    consent: &Consent,
    wish: &Wish,
) -> Result<(), Trouble> {
    let decides = matches!(consent, Consent::SealUse { .. });
    if wish.action == Answer::Refuse && !decides {
        return Err(Trouble::Unreadable(
            "action: only the use of a seal can be refused; close the page instead".into(),
        ));
    }
    let done = match consent {
        Consent::Service { service, on_behalf } => world.switch_service(*service, true, on_behalf, now, outbox),
        Consent::PartnerGrants { grants, seals, on_behalf } => {
            world.give_partner_grants(grants, seals, on_behalf, now, outbox)
        }
        Consent::AutoSign { key } => {
            if !is_mobile(&wish.mobile) {
                return Err(Trouble::WhoUnfit(Part::Mobile));
            }
            world.open_auto_sign(key, &wish.mobile, now, outbox)
        }
        Consent::AutoSignSeal { key } => choose_seal(world, now, outbox, key),
        Consent::SealUse { workflow } => {
            let decision = if wish.action == Answer::Agree { Decision::Approve } else { Decision::Reject };
            world.decide_on_seal(workflow, decision, now, outbox).map(drop)
        }
        Consent::LegalSeal { on_behalf } => {
            let seal = legal_seal(world, on_behalf, &wish.name);
            world.make_seal(seal, now, outbox).map(drop)
        }
        Consent::EmployeeSeal { on_behalf, user_data, .. } => {
            let lender = world.directory.employee_by_mobile(&on_behalf.organization, &wish.mobile);
            let lender = lender.ok_or(Trouble::NoColleague)?;
            let (user, name) = (lender.id.clone(), (format!("{}的执业章", lender.name), lender.name.clone()));
            let seal = square(on_behalf, user, SealKind::EmployeeQualification, name);
            world.lend_seal(seal, user_data.clone(), now, outbox).map(drop)
        }
    };
    done.map_err(|refusal| Trouble::refused(&refusal))
}

/// The person draws another signature.
fn choose_seal(world: &mut World, now: Timestamp, outbox: &mut Outbox, key: &str) -> Result<(), Refusal> {
    let missing = || Refusal::PersonAutoSignLinkUnknown;
    let one = world.directory.auto_signs.get(key).cloned().ok_or_else(missing)?;
    one.ensure_open(now)?;
    let former = match &one.state {
        AutoSignState::Open { seal, .. } => {
            world.directory.personal_seals.get(seal.as_str()).map(|seal| seal.name.clone())
        }
        AutoSignState::Offered { .. } | AutoSignState::Closed | AutoSignState::Withdrawn => None,
    };
    let name = former.unwrap_or_else(|| format!("{}的签名", one.person.name));
    let seal = world.keep_personal_seal(&one.organization, name, one.person.clone(), None, now);
    world.change_auto_sign(key, missing(), &[AutoSignChange::SealSet], (now, outbox), |one| one.choose(seal, now))
}

/// Of the legal person: who they say they are, else whom the company is registered with, else who asked (ASSUMED).
fn legal_seal(world: &World, on_behalf: &OnBehalf, said: &str) -> NewSeal {
    let company = world.directory.organizations.get(on_behalf.organization.as_str());
    let registered = company.map(|company| company.legal_name.clone());
    let asked = world.directory.employees.get(on_behalf.user.as_str()).map(|one| one.name.clone());
    let mut names = [Some(said.to_owned()), registered, asked].into_iter().flatten();
    let name = names.find(|name| !name.trim().is_empty()).unwrap_or_default();
    square(on_behalf, on_behalf.user.clone(), SealKind::LegalPerson, (format!("{name}的法定代表人章"), name))
}

fn square(on_behalf: &OnBehalf, creator: UserId, kind: SealKind, (name, across): (String, String)) -> NewSeal {
    NewSeal {
        organization: on_behalf.organization.clone(),
        name,
        kind,
        look: NewLook::Drawn { shape: Shape::Square, size: None, across },
        own_kind: String::new(),
        description: String::new(),
        creator,
        application: on_behalf.application.clone(),
    }
}
