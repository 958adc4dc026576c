//! A company's data change, and what hangs on them does.

use super::deeds::Moment;
use super::ids::Kind;
use super::world::{Outbox, World};
use crate::domain::flow::Flow;
use crate::domain::ids::OrganizationId;
use crate::domain::onboarding::progress::Progress;
use crate::domain::onboarding::record::CompanyData;
use crate::domain::refusal::Refusal;
use crate::domain::role::Role;
use crate::domain::seal::Seal;
use crate::domain::time::Timestamp;

impl World {
    /// Changes what is known of a company; what is empty in `said` stays (`api ModifyOrganizationBusinessInfo`). A new name waits
    /// until its open contracts have ended; a new legal person takes the part of the former, who stays an employee.
    ///
    /// # Errors
    /// Nothing would change, or open contracts carry the old name.
    pub fn change_company(
        &mut self,
        company: &OrganizationId,
        said: &CompanyData,
        moment: Moment<'_>,
        outbox: &mut Outbox,
    ) -> Result<(), Refusal> {
        let known = self.directory.organizations.get(company.as_str());
        let known = known.ok_or_else(|| Refusal::OrganizationUnknown { organization: company.to_string() })?;
        let (before, after) = (known.data(), said.clone().or(&known.data()));
        if after == before {
            return Err(Refusal::OrganizationNotChanged);
        }
        let open = self.open_flows.of(company).count();
        if after.name != before.name && open > 0 {
            return Err(Refusal::OrganizationHasOpenFlows { count: open });
        }
        let mut changed = (**known).clone();
        changed.take(&after);
        self.directory.organizations.insert(changed);
        if after.legal_name != before.legal_name {
            self.dismiss_legal_person(company, &after.legal_name, moment, outbox);
        }
        self.tell_of_company(company, Progress::DataChanged, moment, outbox);
        if after.name != before.name {
            self.renew_seals(company, moment.now, outbox);
        }
        Ok(())
    }

    /// A new name has the official seal and those for contracts drawn anew (`api CreateOrganizationInfoChangeUrl`; which others is
    /// told differently). The old one is deleted; the new one has its name, who might use it, and is switched off where it was (all
    /// ASSUMED). A picture somebody brought stays what it is (ASSUMED).
    fn renew_seals(&mut self, company: &OrganizationId, now: Timestamp, outbox: &mut Outbox) {
        let own = self.directory.seals.iter().filter(|seal| &seal.organization == company && seal.bears_the_name());
        for seal in own.cloned().collect::<Vec<_>>() {
            self.take_seal_away(&seal, now, outbox);
            let new = Seal { id: self.ids.next(Kind::Seal).into(), created_at: now, ..(*seal).clone() };
            self.keep_seal(new, now, outbox);
        }
    }

    /// Whoever was legal person under another name is an ordinary employee from now on.
    fn dismiss_legal_person(&mut self, company: &OrganizationId, name: &str, moment: Moment<'_>, outbox: &mut Outbox) {
        let Some(former) = self.directory.employee_with(company, Role::LegalPerson).cloned() else { return };
        if former.name == name {
            return;
        }
        let left = former.roles.iter().filter(|role| **role != Role::LegalPerson).cloned().collect();
        self.set_roles(&former.id, left, moment.application, moment.now, outbox);
    }

    /// The company's contracts that have not ended, oldest first.
    pub fn open_contracts<'a>(&'a self, company: &'a OrganizationId) -> impl Iterator<Item = &'a Flow> {
        self.open_flows.of(company).filter_map(|number| self.flows.at(number)).map(AsRef::as_ref)
    }
}
