//! A QR code that strangers sign by: every scan launches a contract of its own from the same template (一码多签).
//!
//! Sources: `api CreateMultiFlowSignQRCode`, `api CancelMultiFlowSignQRCode`, `seed scenario-guide`.

use std::sync::Arc;
use std::time::Duration;

use imbl::Vector;

use super::employee::{Card, Employee};
use super::flow::{Initiator, Noun, Wishes};
use super::ids::{FlowId, PreparationId, QrCodeId};
use super::launch::{NewApprover, NewFlow};
use super::preparation::{Preparation, PreparedFlow, Resource};
use super::refusal::Refusal;
use super::register::Registered;
use super::template::{PartyKind, Template};
use super::time::Timestamp;

/// A QR code.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct QrCode {
    /// Its id.
    pub id: QrCodeId,
    /// The company that launches.
    pub initiator: Initiator,
    /// The employee who asked for it, and signs for the company where it signs by hand.
    pub operator: Employee,
    /// What contracts are made from.
    pub template: Arc<Template>,
    /// What they are called.
    pub flow_name: String,
    /// Whether the scanner's name and the end of their number are added to it.
    pub appends_scanner: bool,
    /// What the caller wants back in callbacks.
    pub user_data: String,
    /// What people read instead of 合同.
    pub noun: Noun,
    /// Who else is told why a scan launched nothing, where such URLs are called.
    pub callback_url: Option<String>,
    /// How many contracts it launches.
    pub most: u64,
    /// How long their signers have.
    #[serde(with = "super::written::span")]
    pub flow_lasts: Duration,
    /// Until when it can be scanned.
    pub expires_at: Timestamp,
    /// Who may scan it; everybody when empty.
    pub invited: Vec<Invited>,
    /// Whether a person may scan it once only.
    pub once_each: bool,
    /// Who scanned it, and the contract that came of it.
    pub scans: Vector<(Scanner, FlowId)>,
    /// Whether it was withdrawn.
    pub cancelled: bool,
}

impl Registered for QrCode {
    type Id = QrCodeId;
    fn id(&self) -> &QrCodeId {
        &self.id
    }
}

/// Somebody who may scan; what is empty does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Invited {
    /// Their name.
    pub name: String,
    /// Their mobile number.
    pub mobile: String,
    /// The number of their identity card.
    pub card: String,
}

/// Somebody who scans.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Scanner {
    /// Their name.
    pub name: String,
    /// Their mobile number.
    pub mobile: String,
    /// Their identity card.
    pub card: Card,
}

/// Why a scan launches nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAdmitted {
    /// The code was withdrawn.
    Cancelled,
    /// Its time is over.
    Expired,
    /// It has launched as many contracts as it may.
    UsedUp,
    /// It is for others.
    NotInvited,
    /// They scanned it before.
    Twice,
}

impl QrCode {
    /// Asks whether contracts can be signed by scanning a code made from `template`: the scanner is its one person, whoever
    /// else signs is the own company, and not by hand before the scanner can.
    ///
    /// # Errors
    /// The initiator fills something in, nobody could scan, or the parties are none of these. More than one person, or more
    /// than one company that signs by hand, is ASSUMED to be none: a scan names one, the call the other.
    pub fn suits(template: &Template) -> Result<(), Refusal> {
        let id = || template.id.to_string();
        let of = |kind| template.parties.iter().filter(move |party| party.kind == kind);
        if !template.fills.is_empty() {
            return Err(Refusal::QrCodeTemplateHasInitiatorComponents { template: id() });
        }
        if of(PartyKind::Person).count() == 0 {
            return Err(Refusal::QrCodeTemplateHasNoSigner { template: id() });
        }
        let by_hand_first =
            !template.unordered && template.parties.first().is_some_and(|one| one.kind == PartyKind::Organization);
        let alone = of(PartyKind::Person).count() == 1 && of(PartyKind::Organization).count() <= 1;
        if by_hand_first || !alone || !template.enabled || template.content.is_none() {
            return Err(Refusal::QrCodeTemplateUnsuitable { template: id() });
        }
        Ok(())
    }

    /// Asks whether the code can be scanned at `now`.
    ///
    /// # Errors
    /// It was withdrawn, is over, or used up.
    pub fn ensure_open(&self, now: Timestamp) -> Result<(), NotAdmitted> {
        if self.cancelled {
            Err(NotAdmitted::Cancelled)
        } else if now >= self.expires_at {
            Err(NotAdmitted::Expired)
        } else if u64::try_from(self.scans.len()).is_ok_and(|scans| scans >= self.most) {
            Err(NotAdmitted::UsedUp)
        } else {
            Ok(())
        }
    }

    /// Asks whether this person may launch a contract at `now`.
    ///
    /// # Errors
    /// As [`QrCode::ensure_open`], or it is not for them, or not again.
    pub fn admit(&self, scanner: &Scanner, now: Timestamp) -> Result<(), NotAdmitted> {
        self.ensure_open(now)?;
        if !self.invited.is_empty() && !self.invited.iter().any(|one| one.is(scanner)) {
            return Err(NotAdmitted::NotInvited);
        }
        if self.once_each && self.scans.iter().any(|(earlier, _)| earlier.mobile == scanner.mobile) {
            return Err(NotAdmitted::Twice);
        }
        Ok(())
    }

    /// Withdraws the code at `now`.
    ///
    /// # Errors
    /// It was withdrawn before, or its time is over.
    pub fn cancel(&mut self, now: Timestamp) -> Result<(), Refusal> {
        let code = self.id.to_string();
        if self.cancelled {
            return Err(Refusal::QrCodeInvalid { code });
        }
        if now >= self.expires_at {
            return Err(Refusal::QrCodeExpired { code });
        }
        self.cancelled = true;
        Ok(())
    }

    /// The contract this person's scan launches, under `flow`.
    #[must_use]
    pub fn contract_with(&self, scanner: &Scanner, flow: FlowId) -> Preparation {
        let approvers = self.template.parties.iter().map(|party| NewApprover {
            recipient: Some(party.recipient.clone()),
            ..match party.kind {
                PartyKind::Person => scanner.approver(),
                PartyKind::Organization => self.companys_approver(),
                PartyKind::AutoSign => NewApprover { kind: 3, ..NewApprover::default() },
            }
        });
        let new = NewFlow {
            name: self.name_for(scanner),
            user_data: self.user_data.clone(),
            wishes: Wishes { noun: self.noun, ..Wishes::default() },
            approvers: approvers.collect(),
            ..NewFlow::default()
        };
        let resource = Some(Resource::Template(self.template.clone()));
        let lasts = Some(self.flow_lasts);
        Preparation {
            id: PreparationId::from(flow.as_str()),
            initiator: self.initiator.clone(),
            operator: self.operator.clone(),
            group: None,
            flows: vec![PreparedFlow { id: flow, resource, new, values: Vec::new(), lasts }],
            launched: false,
        }
    }

    /// `name-姓名-last four of the mobile number` where that is asked for (`api CreateMultiFlowSignQRCode`).
    fn name_for(&self, scanner: &Scanner) -> String {
        if !self.appends_scanner {
            return self.flow_name.clone();
        }
        let start = scanner.mobile.char_indices().rev().nth(3).map_or(0, |(start, _)| start);
        format!("{}-{}-{}", self.flow_name, scanner.name, &scanner.mobile[start..])
    }

    fn companys_approver(&self) -> NewApprover {
        NewApprover {
            kind: 0,
            organization_name: Some(self.initiator.organization_name.clone()),
            user: Some(self.operator.id.clone()),
            ..NewApprover::default()
        }
    }
}

impl Invited {
    fn is(&self, scanner: &Scanner) -> bool {
        let fits = |wanted: &str, given: &str| wanted.is_empty() || wanted == given;
        fits(&self.name, &scanner.name) && fits(&self.mobile, &scanner.mobile) && fits(&self.card, &scanner.card.number)
    }
}

impl Scanner {
    fn approver(&self) -> NewApprover {
        NewApprover {
            kind: 1,
            name: Some(self.name.clone()),
            mobile: Some(self.mobile.clone()),
            card: (!self.card.number.is_empty()).then(|| self.card.clone()),
            ..NewApprover::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{NOW, at, initiator, operator};
    use crate::domain::template::Party;
    use PartyKind::{AutoSign, Organization, Person};

    fn template(unordered: bool, kinds: &[PartyKind]) -> Template {
        let party = |(place, kind): (usize, &PartyKind)| Party {
            recipient: format!("slot-{place}").into(),
            role: String::new(),
            kind: *kind,
            components: Vec::new(),
            fills: Vec::new(),
        };
        Template {
            unordered,
            fills: Vec::new(),
            parties: kinds.iter().enumerate().map(party).collect(),
            ..crate::domain::samples::template()
        }
    }

    fn code() -> QrCode {
        QrCode {
            id: "code".into(),
            initiator: initiator(),
            operator: operator(),
            template: Arc::new(template(false, &[Person])),
            flow_name: "承诺书".into(),
            appends_scanner: false,
            user_data: String::new(),
            noun: Noun::default(),
            callback_url: None,
            most: 2,
            flow_lasts: Duration::from_secs(60),
            expires_at: at(100),
            invited: Vec::new(),
            once_each: false,
            scans: Vector::new(),
            cancelled: false,
        }
    }

    fn scanner(name: &str, mobile: &str) -> Scanner {
        Scanner { name: name.into(), mobile: mobile.into(), ..Scanner::default() }
    }

    #[test]
    fn the_scanner_is_the_one_person_and_signs_before_the_companys_hand() {
        for (unordered, kinds) in [
            (false, &[Person][..]),
            (true, &[Organization, Person]),
            (false, &[Person, Organization]),
            (false, &[AutoSign, Person]),
        ] {
            assert_eq!(QrCode::suits(&template(unordered, kinds)), Ok(()), "{unordered} {kinds:?}");
        }
        for (unordered, kinds) in [
            (false, &[Organization, Person][..]),
            (true, &[Organization, Organization, Person]),
            (true, &[Person, Person]),
        ] {
            let refused = QrCode::suits(&template(unordered, kinds)).unwrap_err();
            assert!(matches!(refused, Refusal::QrCodeTemplateUnsuitable { .. }), "{unordered} {kinds:?}");
        }
    }

    #[test]
    fn somebody_must_be_there_to_scan_and_nothing_left_to_fill_in() {
        let refused = QrCode::suits(&template(true, &[Organization])).unwrap_err();
        assert!(matches!(refused, Refusal::QrCodeTemplateHasNoSigner { .. }));
        let mut filled = template(false, &[Person]);
        filled.fills = crate::domain::samples::template().fills;
        let refused = QrCode::suits(&filled).unwrap_err();
        assert!(matches!(refused, Refusal::QrCodeTemplateHasInitiatorComponents { .. }));
    }

    #[test]
    fn a_code_is_open_until_it_is_over_used_up_or_withdrawn() {
        let (mut code, someone) = (code(), scanner("张三", "18888888888"));
        assert_eq!(code.admit(&someone, at(99)), Ok(()));
        assert_eq!(code.admit(&someone, at(100)), Err(NotAdmitted::Expired));
        code.scans.push_back((someone.clone(), "flow".into()));
        assert_eq!(code.admit(&someone, NOW), Ok(()), "as often as one likes");
        code.once_each = true;
        assert_eq!(code.admit(&someone, NOW), Err(NotAdmitted::Twice));
        code.scans.push_back((scanner("李四", "18888888889"), "flow".into()));
        assert_eq!(code.admit(&scanner("王五", "18888888880"), NOW), Err(NotAdmitted::UsedUp));
        code.cancel(NOW).unwrap();
        assert_eq!(code.admit(&someone, NOW), Err(NotAdmitted::Cancelled));
        assert_eq!(code.cancel(NOW), Err(Refusal::QrCodeInvalid { code: "code".into() }));
        assert_eq!(self::code().cancel(at(100)), Err(Refusal::QrCodeExpired { code: "code".into() }));
    }

    #[test]
    fn who_is_not_invited_stays_outside() {
        let mut code = code();
        code.invited = vec![Invited { mobile: "18888888888".into(), ..Invited::default() }];
        assert_eq!(code.admit(&scanner("张三", "18888888888"), NOW), Ok(()));
        assert_eq!(code.admit(&scanner("张三", "18888888889"), NOW), Err(NotAdmitted::NotInvited));
    }

    #[test]
    fn a_contract_may_be_named_after_its_scanner() {
        let mut code = code();
        code.appends_scanner = true;
        let contract = code.contract_with(&scanner("张三", "18888881234"), "flow".into());
        assert_eq!(contract.flows[0].new.name, "承诺书-张三-1234");
        assert_eq!(code.name_for(&scanner("张三", "12")), "承诺书-张三-12");
    }
}
