//! A company takes somebody in: it says who they are and has them called; behind the link they prove it.
//!
//! Sources: `api CreateIntegrationEmployees`, `ex CreateIntegrationEmployees`.

use std::time::Duration;

use super::employee::Employee;
use super::ids::{DepartmentId, OpenId};
use super::launch::{is_mobile, is_person_name};
use super::refusal::Refusal;
use super::time::{DAY, Timestamp, beijing};

/// How often one mobile number may be called on a day (`api CreateIntegrationEmployees`).
const CALLS_A_DAY: usize = 3;

/// What a company says of somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Invitee {
    /// Their name; empty when only their WeCom is known.
    pub name: String,
    /// Their mobile number; likewise.
    pub mobile: String,
    /// Their e-mail address; empty when it does not say.
    pub email: String,
    /// Their id in the company's own system.
    pub open_id: Option<OpenId>,
    /// Their id in the company's WeCom; empty for everybody else.
    pub wecom_id: String,
    /// The department they are to be in, which is there.
    pub department: Option<DepartmentId>,
}

impl Invitee {
    /// Asks whether somebody can be called so: a name and a number, or their WeCom alone.
    ///
    /// # Errors
    /// They cannot, and what is wrong.
    pub fn check(&self) -> Result<(), Refusal> {
        let known_there = !self.wecom_id.is_empty();
        if !(is_person_name(&self.name) && (known_there || !self.name.is_empty())) {
            return Err(Refusal::ApproverNameInvalid { name: self.name.clone() });
        }
        if !(is_mobile(&self.mobile) || known_there && self.mobile.is_empty()) {
            return Err(Refusal::MobileInvalid { mobile: self.mobile.clone() });
        }
        ensure_open_id(self.open_id.as_ref())?;
        Ok(())
    }

    /// Whether the company said the same of this employee before.
    #[must_use]
    pub fn is(&self, employee: &Employee) -> bool {
        let same_id = self.open_id.is_none() || self.open_id == employee.open_id;
        let same_mail = self.email.is_empty() || self.email == employee.email;
        let same_department = self.department.is_none() || self.department == employee.department;
        let same = (&self.name, &self.mobile, &self.wecom_id);
        same == (&employee.name, &employee.mobile, &employee.wecom_id) && same_id && same_mail && same_department
    }

    /// Writes down what is said; what is not said stays.
    pub fn describe(&self, employee: &mut Employee) {
        let said = [
            (&self.name, &mut employee.name),
            (&self.mobile, &mut employee.mobile),
            (&self.email, &mut employee.email),
            (&self.wecom_id, &mut employee.wecom_id),
        ];
        for (text, place) in said {
            if !text.is_empty() {
                place.clone_from(text);
            }
        }
        if self.open_id.is_some() {
            employee.open_id.clone_from(&self.open_id);
        }
        if self.department.is_some() {
            employee.department.clone_from(&self.department);
        }
    }
}

/// Ids of a company's own system are letters and digits, 64 at most (`api BindEmployeeUserIdWithClientOpenId`).
///
/// # Errors
/// This is none.
pub fn ensure_open_id(open_id: Option<&OpenId>) -> Result<(), Refusal> {
    let sound =
        |id: &OpenId| id.as_str().chars().count() <= 64 && id.as_str().bytes().all(|sign| sign.is_ascii_alphanumeric());
    match open_id.filter(|id| !sound(id)) {
        Some(id) => Err(Refusal::ParameterInvalid { field: "OpenId", detail: id.to_string() }),
        None => Ok(()),
    }
}

/// How somebody is called (`api CreateIntegrationEmployees.InvitationNotifyType`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CalledBy {
    /// `SMS`: by the platform; in WeCom whom it knows there alone.
    #[default]
    Platform,
    /// `H5`: by the company, with a page for a browser.
    Browser,
    /// `NONE`: by the company, with a link of its choice.
    Company,
}

impl CalledBy {
    /// The way with this name.
    #[must_use]
    pub fn from_wire(word: &str) -> Option<Self> {
        match word {
            "SMS" => Some(Self::Platform),
            "H5" => Some(Self::Browser),
            "NONE" => Some(Self::Company),
            _ => None,
        }
    }

    /// How long the link lives: 30 days in a browser, one day otherwise (`api SuccessCreateStaffData.Url`).
    #[must_use]
    pub fn lifetime(self) -> Duration {
        match self {
            Self::Browser => 30 * DAY,
            Self::Platform | Self::Company => DAY,
        }
    }
}

/// Whether a number that was called at these moments may be called again at `now`: three times on one day of the vendor's
/// calendar (`api CreateIntegrationEmployees`; that a day begins at midnight ASSUMED).
///
/// # Errors
/// It may not.
pub fn ensure_may_be_called(
    mobile: &str,
    called: impl Iterator<Item = Timestamp>,
    now: Timestamp,
) -> Result<(), Refusal> {
    let today = beijing(now).date();
    let count = called.filter(|at| beijing(*at).date() == today).count();
    if count < CALLS_A_DAY { Ok(()) } else { Err(Refusal::InvitedTooOften { mobile: mobile.to_owned() }) }
}

impl Employee {
    /// They are called at `now`.
    pub fn call(&mut self, now: Timestamp) {
        self.called.push(now);
        let old = self.called.len().saturating_sub(CALLS_A_DAY);
        self.called.drain(..old);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::at;

    fn somebody(name: &str, mobile: &str, wecom_id: &str) -> Invitee {
        Invitee { name: name.into(), mobile: mobile.into(), wecom_id: wecom_id.into(), ..Invitee::default() }
    }

    /// `api CreateIntegrationEmployees`; `ex CreateIntegrationEmployees`, where the brackets are refused.
    #[test]
    fn a_name_and_a_number_or_a_wecom_id_alone() {
        for fit in
            [somebody("张三", "18560000000", ""), somebody("", "", "woed0S"), somebody("张三", "18560000000", "w")]
        {
            assert_eq!(fit.check(), Ok(()), "{fit:?}");
        }
        let unfit =
            [("张三（广东）", "18560000000"), ("", "18560000000"), ("张三", ""), ("张三", "1856000000"), ("", "")];
        for (name, mobile) in unfit {
            assert!(somebody(name, mobile, "").check().is_err(), "{name} {mobile}");
        }
        assert!(somebody("", "1856000000", "w").check().is_err(), "a number that is given is looked at");
    }

    #[test]
    fn ids_of_the_companys_system_are_64_letters_and_digits() {
        let refused = |id: &str| ensure_open_id(Some(&id.into())).is_err();
        assert!(!refused(&"a1".repeat(32)));
        assert!(refused(&"a".repeat(65)) && refused("n_9527") && refused("员工"));
    }

    #[test]
    fn a_number_is_called_three_times_a_day() {
        let day = |hour: i64| Timestamp::from_seconds(1_700_000_000 + hour * 3600);
        let called = [day(0), day(1), day(2)];
        assert!(ensure_may_be_called("1", called[..2].iter().copied(), day(3)).is_ok());
        assert!(ensure_may_be_called("1", called.into_iter(), day(3)).is_err());
        assert!(ensure_may_be_called("1", called.into_iter(), day(18)).is_ok(), "it is after midnight in Beijing");
    }

    #[test]
    fn only_the_latest_calls_are_kept() {
        let mut one = Employee::new("u".into(), "o".into(), "张三".into(), "18560000000".into(), at(0));
        (1..=5).for_each(|second| one.call(at(second)));
        assert_eq!(one.called, [at(3), at(4), at(5)]);
    }
}
