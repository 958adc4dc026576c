//! Somebody picks an open slot up: who they say they are, and whom a link lets do so.

use super::approver::{Party, Person};
use super::employee::Card;
use super::launch::{is_mobile, is_organization_name, is_person_name};
use super::refusal::Refusal;

/// Who picks a slot up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Claimant {
    /// The person.
    pub person: Person,
    /// The company they sign for.
    pub organization: Option<Party>,
}

impl Claimant {
    /// Asks whether somebody can be called so: the same rules as for signers named at launch.
    ///
    /// # Errors
    /// A name, mobile number or company name that is missing or cannot be.
    pub fn check(&self) -> Result<(), Refusal> {
        let (name, mobile) = (&self.person.name, &self.person.mobile);
        if name.is_empty() {
            return Err(Refusal::ApproverNameMissing);
        }
        if !is_person_name(name) {
            return Err(Refusal::ApproverNameInvalid { name: name.clone() });
        }
        if !is_mobile(mobile) {
            return Err(Refusal::MobileInvalid { mobile: mobile.clone() });
        }
        match &self.organization {
            Some(party) if !is_organization_name(&party.name) => {
                Err(Refusal::OrganizationNameInvalid { name: party.name.clone() })
            }
            _ => Ok(()),
        }
    }
}

/// Whom a link lets pick up; what is left open, anybody may fill (`api CreateSchemeUrl`: "only who fits may").
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Preset {
    /// Their name.
    pub name: Option<String>,
    /// Their mobile number.
    pub mobile: Option<String>,
    /// Their identity card.
    pub card: Option<Card>,
    /// Their company.
    pub organization: Option<String>,
    /// Whether they must be known as an employee of that company first (`PickUpAfterJoined`).
    pub employees_only: bool,
}

impl Preset {
    /// Asks whether this is who was meant.
    ///
    /// # Errors
    /// It is not.
    pub fn check(&self, claimant: &Claimant) -> Result<(), Refusal> {
        let is = |wanted: &Option<String>, own: &String| wanted.as_ref().is_none_or(|wanted| wanted == own);
        let company = claimant.organization.as_ref().map(|party| &party.name);
        let fits = is(&self.name, &claimant.person.name)
            && is(&self.mobile, &claimant.person.mobile)
            && self.card.as_ref().is_none_or(|card| card == &claimant.person.card)
            && self.organization.as_ref().is_none_or(|wanted| Some(wanted) == company)
            && (!self.employees_only || claimant.person.user.is_some());
        if fits { Ok(()) } else { Err(Refusal::ClaimantNotMeant) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::person;

    fn claimant(name: &str) -> Claimant {
        Claimant { person: person(name), organization: Some(Party { id: None, name: "示例企业".into() }) }
    }

    #[test]
    fn only_who_fits_what_is_preset_may() {
        let one = claimant("李四");
        assert_eq!(Preset::default().check(&one), Ok(()));
        let fitting =
            Preset { name: Some("李四".into()), organization: Some("示例企业".into()), ..Preset::default() };
        assert_eq!(fitting.check(&one), Ok(()));
        for other in [
            Preset { name: Some("王五".into()), ..Preset::default() },
            Preset { mobile: Some("13900000001".into()), ..Preset::default() },
            Preset { organization: Some("别的企业".into()), ..Preset::default() },
            Preset { card: Some(Card { number: "620000198802020000".into(), ..Card::default() }), ..Preset::default() },
            Preset { employees_only: true, ..Preset::default() },
        ] {
            assert_eq!(other.check(&one), Err(Refusal::ClaimantNotMeant), "{other:?}");
        }
    }

    #[test]
    fn nobody_is_called_by_what_is_no_name() {
        assert_eq!(claimant("李四").check(), Ok(()));
        assert_eq!(claimant("").check(), Err(Refusal::ApproverNameMissing));
        assert_eq!(claimant("李&四").check(), Err(Refusal::ApproverNameInvalid { name: "李&四".into() }));
        let mut one = claimant("李四");
        one.person.mobile = "139".into();
        assert_eq!(one.check(), Err(Refusal::MobileInvalid { mobile: "139".into() }));
    }
}
