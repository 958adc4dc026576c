//! A person lets a company's machine sign for them in one scene (个人自动签): asked by a link, opened on its page, until the
//! licence is over, or somebody ends it.
//!
//! One for each company, scene and person (`api ChannelCreateUserAutoSignEnableUrl`). A licence of kind 0 is bound to the person
//! for a year; with kind 1 there is none (`api AutoSignConfig.LicenseType`).

use std::time::Duration;

use super::employee::{Card, CardKind};
use super::ids::{ApplicationId, OrganizationId, SealId, UserId};
use super::refusal::Refusal;
use super::register::Registered;
use super::time::{DAY, Timestamp};

/// How long a licence holds (`api ChannelDescribeUserAutoSignStatus`).
pub const LICENCE: Duration = Duration::from_secs(365 * DAY.as_secs());
/// The age from which a machine may sign for a person, in years (ASSUMED: of age; `sdk OperationDenied.InvalidApproverAge` names
/// none).
const OF_AGE: i64 = 18;

/// Who somebody is: name and identity card (`api UserThreeFactor`).
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Identity {
    /// Their name.
    pub name: String,
    /// Their card.
    pub card: Card,
}

impl Identity {
    /// Asks whether somebody can be so.
    ///
    /// # Errors
    /// No name, or one no person has; no card number, or one that is none of its kind.
    pub fn ensure_possible(&self) -> Result<(), Refusal> {
        if self.name.trim().is_empty() {
            return Err(Refusal::ApproverNameMissing);
        }
        if !super::launch::is_person_name(&self.name) {
            return Err(Refusal::ApproverNameInvalid { name: self.name.clone() });
        }
        if self.card.is_well_formed() {
            Ok(())
        } else {
            Err(Refusal::CardNumberInvalid { card: self.card.number.clone() })
        }
    }

    /// Asks whether they are of age at `now`, as far as their card says.
    ///
    /// # Errors
    /// They are not.
    pub fn ensure_of_age(&self, now: Timestamp) -> Result<(), Refusal> {
        let young =
            self.card.born_at().is_some_and(|born| now < born.plus(Duration::from_secs(YEAR * OF_AGE.unsigned_abs())));
        if young { Err(Refusal::ApproverAgeNotAllowed { name: self.name.clone() }) } else { Ok(()) }
    }
}

/// A year in seconds, leap days spread over all.
const YEAR: u64 = 31_556_952;

impl Card {
    /// Whether its number is one of its kind (`api UserThreeFactor.IdCardNumber`).
    #[must_use]
    pub fn is_well_formed(&self) -> bool {
        let number = self.number.as_bytes();
        let digits = |bytes: &[u8]| bytes.iter().all(u8::is_ascii_digit);
        match self.kind {
            CardKind::IdCard | CardKind::HongkongMacaoAndTaiwan => {
                number.len() == 18 && digits(&number[..17]) && matches!(number[17], b'0'..=b'9' | b'X')
            }
            CardKind::HongkongAndMacao => {
                number.len() == 11 && matches!(number[0], b'H' | b'M') && digits(&number[1..])
            }
            CardKind::Other => !number.is_empty(),
        }
    }

    /// The day its holder was born, where the number says it.
    fn born_at(&self) -> Option<Timestamp> {
        let date = self.number.get(6..14).filter(|_| self.is_well_formed() && self.number.len() == 18)?;
        let number = |range| date.get(range).and_then(|text: &str| text.parse::<i8>().ok());
        let year = date.get(..4)?.parse().ok()?;
        let day = jiff::civil::Date::new(year, number(4..6)?, number(6..8)?).ok()?;
        let midnight = day.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(8))).ok()?;
        Some(Timestamp::from_seconds(midnight.timestamp().as_second()))
    }
}

/// A person's auto-sign. See the module's comment.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct AutoSign {
    /// By what it is found, as [`AutoSign::key`] makes it.
    pub key: String,
    /// The company whose machine signs.
    pub organization: OrganizationId,
    /// The platform's application it was asked for through.
    pub application: Option<ApplicationId>,
    /// The employee who asked for it.
    pub operator: UserId,
    /// The scene (`SceneKey`).
    pub scene: String,
    /// Who lets it sign.
    pub person: Identity,
    /// Their mobile number, once they gave it.
    pub mobile: String,
    /// How far it is.
    pub state: AutoSignState,
    /// What the company settled for it.
    pub terms: AutoSignTerms,
}

/// What a company settles when it asks (`api AutoSignConfig`).
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct AutoSignTerms {
    /// Whether a licence is bound to the person (`LicenseType` 0), or none is needed (1).
    pub unlicensed: bool,
    /// Whether the seal's picture goes into the message about it (`SealImgCallback`).
    pub tells_picture: bool,
    /// What comes back in messages (`UserData`).
    pub user_data: String,
}

/// How far a person's auto-sign is.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AutoSignState {
    /// A link was made, which is over then.
    Offered {
        /// The end of the link.
        until: Timestamp,
    },
    /// They opened it.
    Open {
        /// Since when.
        since: Timestamp,
        /// Until when the licence holds; for good without one.
        until: Option<Timestamp>,
        /// What the machine signs with.
        seal: SealId,
        /// Whether it was made longer, which is done once.
        renewed: bool,
    },
    /// It was ended.
    Closed,
    /// The link was taken back.
    Withdrawn,
}

/// What happened to a person's auto-sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AutoSignChange {
    /// The person opened it.
    Opened,
    /// What the machine signs with was settled.
    SealSet,
    /// It was ended.
    Disabled,
    /// Its link was taken back.
    Cancelled,
}

impl Registered for AutoSign {
    type Id = String;
    fn id(&self) -> &String {
        &self.key
    }
}

impl AutoSign {
    /// By what a person's auto-sign is found.
    #[must_use]
    pub fn key(organization: &OrganizationId, scene: &str, person: &Identity) -> String {
        format!("{organization}/{scene}/{}/{}/{}", person.card.kind.wire(), person.card.number, person.name)
    }

    /// Since when it is open, whether its licence holds still or not.
    #[must_use]
    pub fn opened_at(&self) -> Option<Timestamp> {
        match &self.state {
            AutoSignState::Open { since, .. } => Some(*since),
            AutoSignState::Offered { .. } | AutoSignState::Closed | AutoSignState::Withdrawn => None,
        }
    }

    /// Whether the machine may sign at `now`.
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        match &self.state {
            AutoSignState::Open { until, .. } => until.is_none_or(|until| now < until),
            AutoSignState::Offered { .. } | AutoSignState::Closed | AutoSignState::Withdrawn => false,
        }
    }

    /// Asks whether the machine may sign at `now`.
    ///
    /// # Errors
    /// It may not.
    pub fn ensure_open(&self, now: Timestamp) -> Result<(), Refusal> {
        if self.is_open(now) {
            Ok(())
        } else {
            Err(Refusal::PersonAutoSignNotEnabled { name: self.person.name.clone() })
        }
    }

    /// A link is made once more, or for the first time.
    ///
    /// # Errors
    /// It is open (ASSUMED: there is nothing to open then).
    pub fn ensure_not_open(&self, now: Timestamp) -> Result<(), Refusal> {
        if self.is_open(now) { Err(Refusal::PersonAutoSignAlreadyEnabled) } else { Ok(()) }
    }

    /// The person opens it.
    ///
    /// # Errors
    /// It was not offered, or is open, ended or withdrawn.
    pub fn open(&mut self, mobile: String, seal: SealId, now: Timestamp) -> Result<(), Refusal> {
        match self.state {
            AutoSignState::Offered { until } if now < until => (),
            AutoSignState::Offered { .. } | AutoSignState::Closed | AutoSignState::Withdrawn => {
                return Err(Refusal::PersonAutoSignLinkUnknown);
            }
            AutoSignState::Open { .. } => return Err(Refusal::PersonAutoSignAlreadyEnabled),
        }
        let until = (!self.terms.unlicensed).then(|| now.plus(LICENCE));
        self.mobile = mobile;
        self.state = AutoSignState::Open { since: now, until, seal, renewed: false };
        Ok(())
    }

    /// The person chooses another seal.
    ///
    /// # Errors
    /// It is not open.
    pub fn choose(&mut self, seal: SealId, now: Timestamp) -> Result<(), Refusal> {
        self.ensure_open(now)?;
        if let AutoSignState::Open { seal: own, .. } = &mut self.state {
            *own = seal;
        }
        Ok(())
    }

    /// The link is taken back.
    ///
    /// # Errors
    /// It was opened, or there is none that could be.
    pub fn withdraw(&mut self, now: Timestamp) -> Result<(), Refusal> {
        self.ensure_not_open(now)?;
        match self.state {
            AutoSignState::Offered { until } if now < until => {
                self.state = AutoSignState::Withdrawn;
                Ok(())
            }
            AutoSignState::Offered { .. }
            | AutoSignState::Open { .. }
            | AutoSignState::Closed
            | AutoSignState::Withdrawn => Err(Refusal::PersonAutoSignLinkUnknown),
        }
    }

    /// It is ended; the licence is not given back (`api ChannelDisableUserAutoSign`).
    ///
    /// # Errors
    /// It is not open.
    pub fn close(&mut self, now: Timestamp) -> Result<(), Refusal> {
        self.ensure_open(now)?;
        self.state = AutoSignState::Closed;
        Ok(())
    }

    /// A year more, once (`api ChannelRenewAutoSignLicense`). Answers the new end.
    ///
    /// # Errors
    /// It is not open, has no licence, or was made longer before.
    pub fn renew(&mut self, now: Timestamp) -> Result<Timestamp, Refusal> {
        self.ensure_open(now)?;
        match &mut self.state {
            AutoSignState::Open { until: Some(until), renewed: renewed @ false, .. } => {
                *until = until.plus(LICENCE);
                *renewed = true;
                Ok(*until)
            }
            AutoSignState::Open { .. }
            | AutoSignState::Offered { .. }
            | AutoSignState::Closed
            | AutoSignState::Withdrawn => Err(Refusal::AutoSignLicenseExhausted),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::at;

    fn identity(number: &str) -> Identity {
        Identity { name: "小明".into(), card: Card { kind: CardKind::IdCard, number: number.into() } }
    }

    fn offered() -> AutoSign {
        let person = identity("110101199003070011");
        AutoSign {
            key: AutoSign::key(&"own".into(), "OTHER", &person),
            organization: "own".into(),
            application: None,
            operator: "operator".into(),
            scene: "OTHER".into(),
            person,
            mobile: String::new(),
            state: AutoSignState::Offered { until: at(100) },
            terms: AutoSignTerms::default(),
        }
    }

    fn open() -> AutoSign {
        let mut one = offered();
        one.open("13100000001".into(), "seal".into(), at(10)).unwrap();
        one
    }

    #[test]
    fn it_is_open_from_the_persons_consent_to_the_end_of_the_licence() {
        let one = open();
        let end = at(10).plus(LICENCE);
        assert!(one.is_open(at(10)) && one.is_open(end.minus(Duration::from_secs(1))));
        assert!(!one.is_open(end));
        let mut late = offered();
        assert_eq!(late.open(String::new(), "seal".into(), at(100)), Err(Refusal::PersonAutoSignLinkUnknown));
    }

    #[test]
    fn a_year_more_is_given_once() {
        let mut one = open();
        assert_eq!(one.renew(at(20)).unwrap(), at(10).plus(LICENCE).plus(LICENCE));
        assert_eq!(one.renew(at(20)), Err(Refusal::AutoSignLicenseExhausted));
        let mut closed = open();
        closed.close(at(20)).unwrap();
        assert!(closed.renew(at(20)).is_err(), "what is ended is not made longer");
        assert!(closed.close(at(20)).is_err());
    }

    #[test]
    fn without_a_licence_it_has_no_end_and_nothing_to_renew() {
        let mut one = offered();
        one.terms.unlicensed = true;
        one.open(String::new(), "seal".into(), at(10)).unwrap();
        assert!(one.is_open(at(i64::MAX / 2000)));
        assert_eq!(one.renew(at(20)), Err(Refusal::AutoSignLicenseExhausted));
    }

    #[test]
    fn a_link_is_taken_back_until_it_is_used_or_over() {
        let mut one = offered();
        one.withdraw(at(99)).unwrap();
        assert_eq!(one.withdraw(at(99)), Err(Refusal::PersonAutoSignLinkUnknown));
        assert_eq!(open().withdraw(at(20)), Err(Refusal::PersonAutoSignAlreadyEnabled));
        assert_eq!(offered().withdraw(at(100)), Err(Refusal::PersonAutoSignLinkUnknown));
    }

    #[test]
    fn card_numbers_have_the_form_of_their_kind() {
        let of = |kind, number: &str| Card { kind, number: number.into() }.is_well_formed();
        assert!(of(CardKind::IdCard, "62000019880202000X"));
        assert!(!of(CardKind::IdCard, "6200001988020200001") && !of(CardKind::IdCard, "62000019880202000Y"));
        assert!(of(CardKind::HongkongAndMacao, "H1234567890") && !of(CardKind::HongkongAndMacao, "A1234567890"));
    }

    #[test]
    fn a_child_does_not_open_it() {
        let now = crate::domain::samples::NOW;
        assert!(identity("110101200601010011").ensure_of_age(now).is_err(), "born on new year's day of 2006");
        identity("110101200511010011").ensure_of_age(now).unwrap();
        identity("610000000000000000").ensure_of_age(now).unwrap();
    }
}
