//! Persons who let a machine sign for them, and what it signs with, inside a world.

use std::sync::Arc;

use super::ids::Kind;
use super::world::{Outbox, World};
use crate::domain::auto_sign::{AutoSign, AutoSignChange, AutoSignState, Identity};
use crate::domain::event::{About, Event};
use crate::domain::file::Content;
use crate::domain::ids::{OrganizationId, SealId};
use crate::domain::personal_seal::PersonalSeal;
use crate::domain::private_person::PrivatePerson;
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;

impl World {
    /// Changes a person's auto-sign by one of the domain's rules, and tells of it.
    ///
    /// # Errors
    /// It was never asked for, in the words of `missing`, or what the rule refuses; nothing has changed then.
    pub fn change_auto_sign<T>(
        &mut self,
        key: &str,
        missing: Refusal,
        told: &[AutoSignChange],
        (now, outbox): (Timestamp, &mut Outbox),
        rule: impl FnOnce(&mut AutoSign) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let mut auto_sign = self.directory.auto_signs.get(key).ok_or(missing)?.as_ref().clone();
        let done = rule(&mut auto_sign)?;
        self.directory.auto_signs.insert(auto_sign.clone());
        let auto_sign = Arc::new(auto_sign);
        let seal = match &auto_sign.state {
            AutoSignState::Open { seal, .. } => self.directory.personal_seals.get(seal.as_str()).cloned(),
            AutoSignState::Offered { .. } | AutoSignState::Closed | AutoSignState::Withdrawn => None,
        };
        outbox.extend(
            told.iter()
                .map(|change| Event { at: now, about: About::AutoSign(*change, auto_sign.clone(), seal.clone()) }),
        );
        Ok(done)
    }

    /// A person opens it on its page, with the mobile number they give: they have an account from now on. The machine signs with
    /// the seal the company brought for them, else with their signature.
    ///
    /// # Errors
    /// As [`AutoSign::open`].
    pub fn open_auto_sign(
        &mut self,
        key: &str,
        mobile: &str,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<(), Refusal> {
        let asked = self.directory.auto_signs.get(key).cloned().ok_or(Refusal::PersonAutoSignLinkUnknown)?;
        asked.as_ref().clone().open(mobile.to_owned(), "".into(), now)?;
        let seal = self.seal_kept_for(&asked.organization, &asked.person).unwrap_or_else(|| {
            let name = format!("{}的签名", asked.person.name);
            self.keep_personal_seal(&asked.organization, name, asked.person.clone(), None, now)
        });
        let told = [AutoSignChange::Opened, AutoSignChange::SealSet];
        let missing = Refusal::PersonAutoSignLinkUnknown;
        self.change_auto_sign(key, missing, &told, (now, outbox), |one| one.open(mobile.to_owned(), seal, now))?;
        self.remember_person(mobile, &asked.person.name, key);
        Ok(())
    }

    fn remember_person(&mut self, mobile: &str, name: &str, key: &str) {
        let known = self.directory.people.get(mobile).filter(|one| one.name == name);
        let mut person =
            known.map_or_else(|| PrivatePerson::new(mobile.to_owned(), name.to_owned()), |one| one.as_ref().clone());
        person.has_signature = true;
        if !person.auto_signs.iter().any(|own| own == key) {
            person.auto_signs.push(key.to_owned());
        }
        self.directory.people.insert(person);
    }

    /// Keeps a seal of a person's.
    pub fn keep_personal_seal(
        &mut self,
        organization: &OrganizationId,
        name: String,
        person: Identity,
        picture: Option<Arc<Content>>,
        now: Timestamp,
    ) -> SealId {
        let id = SealId::from(self.ids.next(Kind::Seal));
        let organization = organization.clone();
        let seal = PersonalSeal { id: id.clone(), organization, name, person, picture, created_at: now };
        self.directory.personal_seals.insert(seal);
        id
    }

    /// The last seal this company keeps of this person's.
    #[must_use]
    pub fn seal_kept_for(&self, organization: &OrganizationId, person: &Identity) -> Option<SealId> {
        let own = |seal: &&Arc<PersonalSeal>| &seal.organization == organization && &seal.person == person;
        self.directory.personal_seals.iter().rev().find(own).map(|seal| seal.id.clone())
    }
}
