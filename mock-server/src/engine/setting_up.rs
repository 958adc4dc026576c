//! Companies are set up, all that are named at once: their official seal, machines that seal for them, partners whose machines may.

use super::deeds::Moment;
use super::world::{Outbox, World};
use crate::domain::consent::OnBehalf;
use crate::domain::deed::{SetUp, Step};
use crate::domain::employee::Role;
use crate::domain::extended_service::ExtendedService;
use crate::domain::holding::MembershipStatus;
use crate::domain::ids::OrganizationId;
use crate::domain::partner_grant::{GrantState, PartnerGrant};
use crate::domain::refusal::Refusal;
use crate::domain::seal::{NewLook, NewSeal, SealKind, Shape};
use crate::domain::time::Timestamp;

impl World {
    /// Takes every step for every company. What is so already stays as it is (ASSUMED: the link says what shall be).
    ///
    /// # Errors
    /// A company has nobody who could sign for it.
    pub fn set_up(&mut self, wanted: &SetUp, moment: Moment<'_>, outbox: &mut Outbox) -> Result<(), Refusal> {
        let signers = wanted.organizations.iter().map(|company| self.signs_for(company, moment));
        for on_behalf in signers.collect::<Result<Vec<_>, _>>()? {
            for step in &wanted.steps {
                match step {
                    Step::CreateSeal => self.make_official_seal(&on_behalf, moment, outbox)?,
                    Step::OpenAutoSign => {
                        let service = ExtendedService::AutoSign;
                        self.switch_service(service, true, &on_behalf, moment.now, outbox)?;
                    }
                    Step::GrantPartner => self.grant_partners(wanted, &on_behalf, moment, outbox)?,
                    Step::JoinGroup => self.authorize_group(wanted, &on_behalf.organization, moment.now)?,
                    Step::AllowAdminChange => {
                        if let Some(main) = &wanted.main {
                            self.allow_admin_change(main, &on_behalf.organization)?;
                        }
                    }
                }
            }
        }
        Ok(())
    }

    fn signs_for(&self, company: &OrganizationId, moment: Moment<'_>) -> Result<OnBehalf, Refusal> {
        let admin = self.directory.employee_with(company, Role::SuperAdmin);
        let admin = admin.or_else(|| self.directory.employee_with(company, Role::LegalPerson));
        let admin = admin.ok_or_else(|| Refusal::OperatorNotAdministrator { user: company.to_string() })?;
        let application = self.directory.platforms(moment.application).cloned();
        Ok(OnBehalf { organization: company.clone(), user: admin.id.clone(), application })
    }

    /// The company authorizes the group's main company, unless it has: it is activated later.
    fn authorize_group(&mut self, wanted: &SetUp, company: &OrganizationId, now: Timestamp) -> Result<(), Refusal> {
        let Some(main) = &wanted.main else { return Ok(()) };
        let holding = self.directory.organizations.get(company.as_str()).and_then(|one| one.holding.as_ref());
        let status = holding.filter(|one| &one.main == main).map(|one| one.status);
        match status {
            Some(MembershipStatus::Authorized | MembershipStatus::Joined) => return Ok(()),
            Some(MembershipStatus::Invited) => (),
            Some(MembershipStatus::Refused | MembershipStatus::Released) | None => {
                self.invite_member(main, company, now)?;
            }
        }
        self.answer_invitation(main, company, true, now)
    }

    fn make_official_seal(
        &mut self,
        on_behalf: &OnBehalf,
        moment: Moment<'_>,
        outbox: &mut Outbox,
    ) -> Result<(), Refusal> {
        let company = &on_behalf.organization;
        let official = |seal: &SealKind| *seal == SealKind::Official;
        if self.directory.seals.iter().any(|seal| &seal.organization == company && official(&seal.kind)) {
            return Ok(());
        }
        let wanted = NewSeal {
            organization: company.clone(),
            name: "公章".to_owned(),
            kind: SealKind::Official,
            look: NewLook::Drawn { shape: Shape::Round, size: None, across: String::new() },
            own_kind: String::new(),
            description: String::new(),
            creator: on_behalf.user.clone(),
            application: on_behalf.application.clone(),
        };
        self.make_seal(wanted, moment.now, outbox).map(drop)
    }

    /// The partner, and the platform's application where that was said, may have contracts sealed by the company's machine.
    fn grant_partners(
        &mut self,
        wanted: &SetUp,
        on_behalf: &OnBehalf,
        moment: Moment<'_>,
        outbox: &mut Outbox,
    ) -> Result<(), Refusal> {
        let application = moment.application.and_then(|id| self.directory.applications.get(id.as_str()));
        let platform = application.filter(|_| wanted.platform).map(|application| (application.owner.clone(), true));
        let partner = wanted.partner.clone().map(|partner| (partner, false));
        for (partner, to_platform) in partner.into_iter().chain(platform) {
            let granting = on_behalf.organization.clone();
            let key = PartnerGrant::key(&granting, &partner);
            let known = self.directory.partner_grants.get(key.as_str());
            if granting == partner || known.is_some_and(|grant| grant.is_given()) {
                continue;
            }
            self.directory.partner_grants.insert(PartnerGrant {
                key: key.clone(),
                granting,
                partner,
                application: on_behalf.application.clone(),
                seals: Vec::new(),
                to_platform,
                signed_by: None,
                state: GrantState::Pending { until: moment.now },
            });
            self.give_partner_grants(&[key], &[], on_behalf, moment.now, outbox)?;
        }
        Ok(())
    }
}
