//! Who signs in a slot that was left open at launch (`api CreateFlowApprovers`).

use super::NewApprover;
use super::signer::{named, party_named};
use crate::domain::approver::{Approver, Party, Person};
use crate::domain::directory::Directory;
use crate::domain::employee::Card;
use crate::domain::flow::Flow;
use crate::domain::ids::RecipientId;
use crate::domain::refusal::Refusal;

/// Somebody named for a slot while the contract runs.
#[derive(Clone, Debug, Default)]
pub struct NamedLater {
    /// Their id in the caller's own WeCom.
    pub custom_user: Option<String>,
    /// Their name.
    pub name: Option<String>,
    /// Their mobile number.
    pub mobile: Option<String>,
    /// Their identity card: with it the platform finds the number of somebody it knows.
    pub card: Option<Card>,
    /// Their company, where the slot left that open too.
    pub organization_name: Option<String>,
}

impl NamedLater {
    /// Finds who that is, and the company where the slot has none yet.
    ///
    /// # Errors
    /// No such slot; a slot for people of the caller's WeCom and no id from there (`ex CreateFlowApprovers`); a name, number
    /// or company that cannot be; a card nobody has whom the platform knows; or a signer of the contract already.
    pub fn find(
        self,
        flow: &Flow,
        recipient: &RecipientId,
        directory: &Directory,
    ) -> Result<(Option<Party>, Person), Refusal> {
        let slot = flow.approver(recipient.as_str());
        let slot = slot.ok_or_else(|| Refusal::ApproverUnknown { approver: recipient.to_string() })?;
        if slot.labels.is_wecom() && self.custom_user.is_none() {
            return Err(Refusal::ApproverNeedsCustomUserId { recipient: recipient.to_string() });
        }
        let party = self.party(slot, directory)?;
        let company = party.as_ref().or(slot.organization.as_ref());
        let person = match (self.custom_user, self.mobile, self.card) {
            // There is no WeCom here to ask for a name, so the id is shown as one (ASSUMED).
            (Some(custom_user), ..) => Person { name: custom_user.clone(), custom_user, ..Person::default() },
            (None, None, Some(card)) => holder(directory, self.name.as_deref(), &card)?,
            (None, mobile, card) => named(&NewApprover { name: self.name, mobile, card, ..NewApprover::default() })?,
        };
        let employee = company
            .and_then(|company| directory.employee_by_mobile(company.id.as_ref()?, &person.mobile))
            .filter(|employee| employee.name == person.name);
        let person = employee.map_or(person, Person::of);
        let same = |one: &Approver| {
            one.kind == slot.kind && one.organization.as_ref() == company && one.person.mobile == person.mobile
        };
        if !person.mobile.is_empty() && flow.approvers.iter().any(|one| &one.recipient != recipient && same(one)) {
            return Err(Refusal::ApproverRepeated { name: person.name });
        }
        Ok((party, person))
    }

    /// The company, where the slot waits for one; another than the slot's own is a mistake.
    fn party(&self, slot: &Approver, directory: &Directory) -> Result<Option<Party>, Refusal> {
        match (&slot.organization, &self.organization_name) {
            (None, Some(_)) if !slot.kind.is_organization() => Err(Refusal::PersonWithOrganizationName),
            (None, Some(name)) => party_named(name, directory).map(Some),
            (None, None) if slot.kind.is_organization() => Err(Refusal::OrganizationNameMissing),
            (Some(party), Some(name)) if &party.name != name => {
                let detail = "the slot is another company's".to_owned();
                Err(Refusal::ParameterInvalid { field: "OrganizationName", detail })
            }
            _ => Ok(None),
        }
    }
}

/// The person with this card, among those who proved who they are (`api FillApproverInfo`).
fn holder(directory: &Directory, name: Option<&str>, card: &Card) -> Result<Person, Refusal> {
    let name = name.ok_or(Refusal::ApproverNameMissing)?;
    let found = directory
        .employees
        .iter()
        .find(|one| one.is_present() && one.verified && one.name == name && &one.card == card);
    let found = found.ok_or_else(|| Refusal::PersonUnknown { name: name.to_owned() })?;
    Ok(Person { user: None, ..Person::of(found) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::approver::Slot;
    use crate::domain::samples::{directory, flow_of_three};

    fn open_flow(source: &str) -> (Flow, RecipientId) {
        let mut flow = flow_of_three(true);
        flow.approvers[0].slot = Slot::Open;
        flow.approvers[0].person = Person::default();
        flow.approvers[0].labels.source = source.into();
        let recipient = flow.approvers[0].recipient.clone();
        (flow, recipient)
    }

    fn wanted(name: &str, mobile: &str) -> NamedLater {
        NamedLater { name: Some(name.into()), mobile: Some(mobile.into()), ..NamedLater::default() }
    }

    #[test]
    fn an_employee_is_recognized_and_a_stranger_taken_as_named() {
        let (flow, slot) = open_flow("");
        let find = |who: NamedLater| who.find(&flow, &slot, &directory()).unwrap().1;
        assert_eq!(find(wanted("典子谦", "13200000000")).user, Some("operator".into()));
        assert_eq!(find(wanted("李四", "13900000001")).user, None);
    }

    #[test]
    fn a_wecom_slot_takes_ids_of_wecom_only() {
        let (flow, slot) = open_flow("WEWORKAPP");
        let refused = wanted("李四", "13900000001").find(&flow, &slot, &directory());
        assert_eq!(refused, Err(Refusal::ApproverNeedsCustomUserId { recipient: slot.to_string() }));
        let by_id = NamedLater { custom_user: Some("lisi".into()), ..NamedLater::default() };
        assert_eq!(by_id.find(&flow, &slot, &directory()).unwrap().1.custom_user, "lisi");
    }

    #[test]
    fn a_company_is_named_where_it_was_open_and_nowhere_else() {
        let (mut flow, slot) = open_flow("");
        let of = |name: &str| NamedLater { organization_name: Some(name.into()), ..wanted("李四", "13900000001") };
        assert!(of("别的公司").find(&flow, &slot, &directory()).is_err(), "another company's slot");
        flow.approvers[0].organization = None;
        assert_eq!(of("示例企业").find(&flow, &slot, &directory()).unwrap().0.unwrap().id, Some("own".into()));
        let refused = wanted("李四", "13900000001").find(&flow, &slot, &directory());
        assert_eq!(refused, Err(Refusal::OrganizationNameMissing));
    }

    #[test]
    fn nobody_signs_twice_and_a_card_must_be_known() {
        let (flow, slot) = open_flow("");
        let mut second = flow.clone();
        second.approvers[1] = Approver { recipient: "other".into(), ..flow_of_three(true).approvers[0].clone() };
        let refused = wanted("典子谦", "13200000000").find(&second, &slot, &directory());
        assert_eq!(refused, Err(Refusal::ApproverRepeated { name: "典子谦".into() }));
        let card = Card { number: "110101199003070011".into(), ..Card::default() };
        let by_card = NamedLater { name: Some("李四".into()), card: Some(card), ..NamedLater::default() };
        assert_eq!(by_card.find(&flow, &slot, &directory()), Err(Refusal::PersonUnknown { name: "李四".into() }));
    }
}
