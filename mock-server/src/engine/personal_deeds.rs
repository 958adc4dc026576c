//! What people do for themselves behind links: they prove who they are, and take other numbers and names.

use super::deeds::{Moment, Said};
use super::ids::Kind;
use super::world::{Outbox, World};
use crate::domain::deed::Mobile;
use crate::domain::employee::Employee;
use crate::domain::event::{About, Event};
use crate::domain::identity::{AuthCode, IdentityChange, IdentityNews, SaidOfPerson};
use crate::domain::ids::{OrganizationId, UserId};
use crate::domain::launch::{is_mobile, is_person_name};
use crate::domain::personal_deed::{Asking, PersonalDeed};
use crate::domain::private_person::PrivatePerson;
use crate::domain::refusal::Refusal;
use crate::domain::time::{HOUR, Timestamp};

/// How many codes a world keeps; the oldest go first.
const CODES_KEPT: usize = 10_000;

impl World {
    /// Does what a person was sent a link for.
    pub(super) fn perform_for_oneself(
        &mut self,
        deed: &PersonalDeed,
        said: &Said,
        moment: Moment<'_>,
        outbox: &mut Outbox,
    ) -> Result<(), Refusal> {
        let person = &said.person;
        match deed {
            PersonalDeed::Join(user) => self.join_company(user, person, moment, outbox),
            PersonalDeed::ProveIdentity(asking, known) => {
                if !person.agrees_with(known) {
                    return Err(Refusal::IdentityDiffers);
                }
                self.prove_identity(asking, known.clone().or(person), moment.now, outbox)
            }
            PersonalDeed::ChangeMobile(asking, user) => {
                let user = match user {
                    Some(user) => user.clone(),
                    None => self.person_known_as(person)?,
                };
                let mobile = said.mobile.as_ref().ok_or(Refusal::ParameterMissing { field: "mobile" })?;
                self.take_mobile(asking, &user, mobile, moment, outbox)
            }
            PersonalDeed::ChangeName(asking) => self.take_name(asking, &person.mobile, &person.name, moment, outbox),
        }
    }

    /// Somebody proves who they are; the company that sent them pays for it (`api CreateUserVerifyUrl`).
    fn prove_identity(
        &mut self,
        asking: &Asking,
        proved: SaidOfPerson,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<(), Refusal> {
        let SaidOfPerson { name, mobile, card } = proved;
        if name.is_empty() || !is_person_name(&name) {
            return Err(Refusal::ApproverNameInvalid { name });
        }
        if !is_mobile(&mobile) {
            return Err(Refusal::MobileInvalid { mobile });
        }
        if card.number.is_empty() {
            return Err(Refusal::CardNumberInvalid { card: card.number });
        }
        let known = self.directory.people.get(mobile.as_str()).map(|one| one.as_ref().clone());
        let mut person = known.unwrap_or_else(|| PrivatePerson::new(mobile, name.clone()));
        let another = |own: &str, other: &str| !own.is_empty() && own != other;
        if another(&person.name, &name) || another(&person.card.number, &card.number) {
            return Err(Refusal::IdentityDiffers);
        }
        self.pay_for_identity(&asking.organization)?;
        let user = person.user.clone().unwrap_or_else(|| UserId::from(self.ids.next(Kind::Account)));
        (person.card, person.user) = (card, Some(user.clone()));
        if !person.verified_through.contains(&asking.organization) {
            person.verified_through.push(asking.organization.clone());
        }
        let (name, mobile) = (person.name.clone(), person.mobile.clone());
        self.directory.people.insert(person);
        tell(asking, IdentityChange::Verified, (user, name, mobile), now, outbox);
        Ok(())
    }

    /// Takes one check of the company's package.
    fn pay_for_identity(&mut self, company: &OrganizationId) -> Result<(), Refusal> {
        let number = self.directory.organizations.number(company.as_str());
        let known = number.and_then(|number| self.directory.organizations.at_mut(number));
        let known = known.ok_or_else(|| Refusal::OrganizationUnknown { organization: company.to_string() })?;
        known.identity_checks = known.identity_checks.checked_sub(1).ok_or(Refusal::IdentityChecksExhausted)?;
        Ok(())
    }

    /// The one person with this name and card among those who have an account of their own.
    ///
    /// # Errors
    /// There is none.
    pub fn person_known_as(&self, said: &SaidOfPerson) -> Result<UserId, Refusal> {
        let same = |one: &PrivatePerson| {
            let by_number = !said.mobile.is_empty() && one.mobile == said.mobile;
            one.name == said.name && (by_number || !said.card.number.is_empty() && one.card.number == said.card.number)
        };
        let found = self.directory.people.iter().find(|one| same(one)).and_then(|one| one.user.clone());
        found.ok_or_else(|| Refusal::PersonUnknown { name: said.name.clone() })
    }

    /// An employee takes another number through their company's own link, nobody of whose colleagues has it
    /// (`api CreateEmployeeChangeUrl`).
    pub(super) fn change_mobile(
        &mut self,
        user: &UserId,
        mobile: Option<&Mobile>,
        moment: Moment<'_>,
        outbox: &mut Outbox,
    ) -> Result<(), Refusal> {
        let mobile = mobile.ok_or(Refusal::ParameterMissing { field: "mobile" })?;
        let employee = self.directory.employee(user.as_str());
        let employee = employee.cloned().ok_or_else(|| Refusal::EmployeeUnknown { user: user.to_string() })?;
        let asking = Asking { organization: employee.organization.clone(), user_data: String::new() };
        self.renumber_employee(&employee, mobile, moment.now, outbox)?;
        // Platforms have no such message.
        if moment.application.is_none() {
            let news = (user.clone(), employee.name, mobile.as_str().to_owned());
            tell(&asking, IdentityChange::MobileChanged, news, moment.now, outbox);
        }
        Ok(())
    }

    /// An employee or a person takes another number.
    fn take_mobile(
        &mut self,
        asking: &Asking,
        user: &UserId,
        mobile: &Mobile,
        moment: Moment<'_>,
        outbox: &mut Outbox,
    ) -> Result<(), Refusal> {
        let name = if let Some(employee) = self.directory.employee(user.as_str()).cloned() {
            self.renumber_employee(&employee, mobile, moment.now, outbox)?;
            employee.name
        } else {
            self.renumber_person(asking, user, mobile, moment.now, outbox)?
        };
        let news = (user.clone(), name, mobile.as_str().to_owned());
        tell(asking, IdentityChange::MobileChanged, news, moment.now, outbox);
        Ok(())
    }

    fn renumber_employee(
        &mut self,
        employee: &Employee,
        mobile: &Mobile,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<(), Refusal> {
        let mobile = mobile.as_str();
        let taken = self.directory.employee_by_mobile(&employee.organization, mobile);
        if taken.is_some_and(|one| one.id != employee.id) {
            return Err(Refusal::MobileInvalid { mobile: mobile.to_owned() });
        }
        self.directory.employees.insert(Employee { mobile: mobile.to_owned(), ..employee.clone() });
        let own = |user: Option<&UserId>, _: &str, _: &str| user == Some(&employee.id);
        self.renumber_signers(&employee.organization, own, mobile, now, outbox)
    }

    fn renumber_person(
        &mut self,
        asking: &Asking,
        user: &UserId,
        mobile: &Mobile,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<String, Refusal> {
        let mobile = mobile.as_str();
        let known = self.directory.people.iter().find(|one| one.user.as_ref() == Some(user)).cloned();
        let known = known.ok_or_else(|| Refusal::EmployeeUnknown { user: user.to_string() })?;
        if mobile != known.mobile && self.directory.people.get(mobile).is_some() {
            return Err(Refusal::MobileInvalid { mobile: mobile.to_owned() });
        }
        self.directory.people.remove(known.mobile.as_str());
        self.directory.people.insert(PrivatePerson { mobile: mobile.to_owned(), ..known.as_ref().clone() });
        let own = |_: Option<&UserId>, name: &str, former: &str| name == known.name && former == known.mobile;
        self.renumber_signers(&asking.organization, own, mobile, now, outbox)?;
        Ok(known.name.clone())
    }

    /// In the company's open contracts the new number holds for whoever is still to act (ASSUMED: one looks through one company's
    /// open contracts, not through everybody's).
    fn renumber_signers(
        &mut self,
        company: &OrganizationId,
        is_meant: impl Fn(Option<&UserId>, &str, &str) -> bool,
        mobile: &str,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<(), Refusal> {
        let open = self.open_flows.of(company).filter_map(|number| self.flows.at(number));
        let meant = open.flat_map(|flow| {
            let own = flow.approvers.iter().filter(|one| {
                let person = &one.person;
                one.has_yet_to_act() && is_meant(person.user.as_ref(), &person.name, &person.mobile)
            });
            own.map(|one| (flow.id.clone(), one.recipient.clone()))
        });
        for (flow, recipient) in meant.collect::<Vec<_>>() {
            self.change_flow(&flow, now, outbox, |flow| flow.renumber(&recipient, mobile, now))?;
        }
        Ok(())
    }

    /// Whoever has this number takes another name: their account, and wherever they work under the former one. What they signed or
    /// are to sign goes on naming them as it does (ASSUMED: a contract says what it said). The company pays for it
    /// (`api CreateUserNameChangeUrl`).
    fn take_name(
        &mut self,
        asking: &Asking,
        mobile: &str,
        name: &str,
        moment: Moment<'_>,
        outbox: &mut Outbox,
    ) -> Result<(), Refusal> {
        if name.is_empty() || !is_person_name(name) {
            return Err(Refusal::ApproverNameInvalid { name: name.to_owned() });
        }
        let person = self.directory.people.get(mobile).cloned();
        let working: Vec<Employee> = self
            .directory
            .employees
            .iter()
            .filter(|one| one.mobile == mobile && one.is_present() && one.verified)
            .map(|one| one.as_ref().clone())
            .collect();
        let user =
            person.as_ref().and_then(|one| one.user.clone()).or_else(|| working.first().map(|one| one.id.clone()));
        let user = user.ok_or_else(|| Refusal::PersonUnknown { name: mobile.to_owned() })?;
        self.pay_for_identity(&asking.organization)?;
        if let Some(person) = person {
            self.directory.people.insert(PrivatePerson { name: name.to_owned(), ..person.as_ref().clone() });
        }
        for employee in working {
            self.directory.employees.insert(Employee { name: name.to_owned(), ..employee });
        }
        let news = (user, name.to_owned(), mobile.to_owned());
        tell(asking, IdentityChange::NameChanged, news, moment.now, outbox);
        Ok(())
    }

    /// Whether somebody of this name and card has proved who they are through this company's link
    /// (`api DescribeUserVerifyStatus`).
    #[must_use]
    pub fn has_proved_through(&self, company: &OrganizationId, said: &SaidOfPerson) -> bool {
        let through = |one: &PrivatePerson| one.verified_through.contains(company);
        let same = |one: &PrivatePerson| one.name == said.name && one.card == said.card;
        self.directory.people.iter().any(|one| through(one) && same(one))
    }

    /// A code by which a company asks once whether somebody has proved who they are.
    pub fn issue_auth_code(&mut self, company: &OrganizationId, verified: bool, now: Timestamp) -> String {
        let code = format!("yD{}", self.ids.draw(Kind::Task).alphanumeric(18));
        let issued = AuthCode {
            code: code.clone(),
            organization: company.clone(),
            verified,
            used: false,
            expires_at: now.plus(HOUR),
        };
        self.directory.auth_codes.insert_keeping(issued, CODES_KEPT);
        code
    }

    /// Uses a company's code up; says whether they have.
    ///
    /// # Errors
    /// There is no such code, or it was used, or it is over.
    pub fn use_auth_code(&mut self, company: &OrganizationId, code: &str, now: Timestamp) -> Result<bool, Refusal> {
        let number = self.directory.auth_codes.number(code);
        let known = number.and_then(|number| self.directory.auth_codes.at_mut(number));
        let known =
            known.filter(|one| &one.organization == company && one.is_good(now)).ok_or(Refusal::AuthCodeUsed)?;
        known.used = true;
        Ok(known.verified)
    }
}

fn tell(
    asking: &Asking,
    change: IdentityChange,
    (user, name, mobile): (UserId, String, String),
    now: Timestamp,
    outbox: &mut Outbox,
) {
    let (organization, user_data) = (asking.organization.clone(), asking.user_data.clone());
    let news = IdentityNews { organization, user, name, mobile, user_data };
    outbox.push(Event { at: now, about: About::Identity(change, news.into()) });
}
