//! What a company settles for another that it guides through certification (`api CreateOrganizationAuthUrl`).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::record::CompanyData;
use crate::domain::employee::Employee;
use crate::domain::ids::UserId;
use crate::domain::refusal::Refusal;

/// What was settled for one attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guided {
    /// The employee who asked for it; nobody else may wipe it (`api DeleteOrganizationAuthorizations`).
    pub by: UserId,
    /// Comes back once the company is certified (`UserData`).
    #[serde(default)]
    pub user_data: String,
    /// What must be handed in as it was said.
    #[serde(default)]
    pub locked: BTreeSet<Datum>,
    /// Whether the company gets a seal as soon as it is certified (`Initialization` 1).
    #[serde(default)]
    pub creates_seal: bool,
    /// Whether machines may seal for it from then on (`Initialization` 2).
    #[serde(default)]
    pub opens_auto_sign: bool,
}

/// Something that is handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Datum {
    /// `OrganizationNameSame`.
    OrganizationName,
    /// `UniformSocialCreditCodeSame`.
    CreditCode,
    /// `LegalNameSame`.
    LegalName,
    /// `AddressSame`.
    Address,
    /// `AdminNameSame`.
    AdminName,
    /// `AdminMobileSame`.
    AdminMobile,
    /// `AdminIdCardNumberSame`.
    AdminCard,
}

/// The company's data and its administrator's, as they were said or are handed in; what is empty is not known.
#[derive(Clone, Copy, Debug)]
pub struct Data<'a> {
    /// The company.
    pub company: &'a CompanyData,
    /// The administrator's name.
    pub name: &'a str,
    /// Their mobile number.
    pub mobile: &'a str,
    /// The number of their card.
    pub card: &'a str,
}

impl<'a> Data<'a> {
    /// What was said of a company and of its administrator.
    #[must_use]
    pub fn said(company: &'a CompanyData, admin: &'a Employee) -> Self {
        Self { company, name: &admin.name, mobile: &admin.mobile, card: &admin.card.number }
    }

    fn get(self, datum: Datum) -> (&'static str, &'a str) {
        match datum {
            Datum::OrganizationName => ("企业名称", &self.company.name),
            Datum::CreditCode => ("统一社会信用代码", &self.company.credit_code),
            Datum::LegalName => ("法定代表人姓名", &self.company.legal_name),
            Datum::Address => ("企业地址", &self.company.address),
            Datum::AdminName => ("认证人姓名", self.name),
            Datum::AdminMobile => ("认证人手机号", self.mobile),
            Datum::AdminCard => ("认证人证件号", self.card),
        }
    }
}

impl Guided {
    /// One that nothing was settled for but who asked for it.
    #[must_use]
    pub fn by(user: UserId) -> Self {
        Self {
            by: user,
            user_data: String::new(),
            locked: BTreeSet::new(),
            creates_seal: false,
            opens_auto_sign: false,
        }
    }

    /// Refuses what is handed in otherwise than it was said, where that was locked. What was not said is not locked (`api
    /// CreateOrganizationAuthUrl`), and what is left empty stays as it was said.
    ///
    /// # Errors
    /// Something differs.
    pub fn ensure_as_said(&self, said: Data<'_>, handed_in: Data<'_>) -> Result<(), Refusal> {
        for datum in &self.locked {
            let ((name, expected), (_, given)) = (said.get(*datum), handed_in.get(*datum));
            if !expected.is_empty() && !given.is_empty() && given != expected {
                return Err(Refusal::GuidedDatumDiffers { datum: name, expected: expected.to_owned() });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn company(name: &str, legal: &str) -> CompanyData {
        CompanyData { name: name.into(), legal_name: legal.into(), ..CompanyData::default() }
    }

    fn data<'a>(company: &'a CompanyData, mobile: &'a str) -> Data<'a> {
        Data { company, name: "", mobile, card: "" }
    }

    #[test]
    fn what_is_locked_is_handed_in_as_it_was_said() {
        let locked = [Datum::OrganizationName, Datum::LegalName, Datum::AdminMobile].into();
        let guided = Guided { locked, ..Guided::by("operator".into()) };
        let said = company("合作企业", "");
        let judge =
            |company: &CompanyData, mobile| guided.ensure_as_said(data(&said, "13800000001"), data(company, mobile));

        assert_eq!(judge(&company("合作企业", "黎明"), "13800000001"), Ok(()), "a legal person nobody said is free");
        assert_eq!(judge(&company("", ""), ""), Ok(()), "what is left empty stays");
        assert!(judge(&company("另一企业", "黎明"), "13800000001").is_err());
        let differs = judge(&company("合作企业", ""), "13800000002").unwrap_err();
        assert_eq!(differs, Refusal::GuidedDatumDiffers { datum: "认证人手机号", expected: "13800000001".to_owned() });
    }

    #[test]
    fn what_is_not_locked_may_differ() {
        let said = company("合作企业", "黎明");
        let handed_in = company("另一企业", "夜深");
        assert_eq!(Guided::by("operator".into()).ensure_as_said(data(&said, "1"), data(&handed_in, "2")), Ok(()));
    }
}
