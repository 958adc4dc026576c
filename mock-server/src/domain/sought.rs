//! A signer as somebody outside describes them, for whom a link is asked.

use super::approver::Approver;
use super::flow::Flow;

/// By slot, by task, or by who they are; the first of these that is given counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sought {
    /// The slot.
    pub recipient: Option<String>,
    /// The task.
    pub sign: Option<String>,
    /// Their company; `None` for a person who signs for themselves.
    pub organization: Option<String>,
    /// Their name.
    pub name: Option<String>,
    /// Their mobile number.
    pub mobile: Option<String>,
    /// The number of their identity card.
    pub card: Option<String>,
}

impl Sought {
    /// The signer of `flow` who is meant.
    #[must_use]
    pub fn find<'a>(&self, flow: &'a Flow) -> Option<&'a Approver> {
        flow.approvers.iter().find(|one| self.is(one))
    }

    /// The same, where the card decides alone if it is known (`api CreateBatchSignUrl`, Mobile: it may differ from the
    /// contract's as long as the card is the same).
    #[must_use]
    pub fn without_mobile(&self) -> Self {
        Self { mobile: None, ..self.clone() }
    }

    /// Whatever is known on both sides must agree, and the mobile number or the card must be (`seed
    /// CreateBatchQuickSignUrl`: name and one of the two; a card nobody gave at launch proves nothing: ASSUMED).
    fn is(&self, approver: &Approver) -> bool {
        if let Some(recipient) = &self.recipient {
            return approver.recipient.as_str() == recipient;
        }
        if let Some(sign) = &self.sign {
            return approver.sign.as_str() == sign;
        }
        let company = approver.organization.as_ref().map(|party| &party.name);
        let person = &approver.person;
        let same_mobile = self.mobile.as_ref().map(|mobile| mobile == &person.mobile);
        let same_card = self.card.as_ref().filter(|_| !person.card.number.is_empty());
        let same_card = same_card.map(|card| card == &person.card.number);
        self.organization.as_ref() == company
            && self.name.as_ref() == Some(&person.name)
            && !approver.is_vacant()
            && [same_mobile, same_card].into_iter().flatten().all(|same| same)
            && (same_mobile.is_some() || same_card.is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::flow_of_three;

    fn named(name: &str) -> Sought {
        Sought { name: Some(name.into()), ..Sought::default() }
    }

    fn found(flow: &Flow, sought: &Sought) -> Option<usize> {
        sought.find(flow).and_then(|one| flow.position(&one.recipient))
    }

    #[test]
    fn a_person_is_known_by_name_and_number() {
        let flow = flow_of_three(true);
        let mobile = |mobile: &str| Sought { mobile: Some(mobile.into()), ..named("张三") };
        assert_eq!(found(&flow, &mobile("18888888888")), Some(1));
        assert_eq!(found(&flow, &mobile("18888888889")), None);
        assert_eq!(found(&flow, &named("张三")), None, "a name alone is nobody");
        let elsewhere = Sought { organization: Some("示例企业".into()), ..mobile("18888888888") };
        assert_eq!(found(&flow, &elsewhere), None, "张三 signs for himself");
    }

    #[test]
    fn a_card_counts_where_the_contract_has_one() {
        let mut flow = flow_of_three(true);
        let card =
            Sought { card: Some("620000198802020000".into()), mobile: Some("13711111111".into()), ..named("张三") };
        assert_eq!(found(&flow, &card.without_mobile()), None);
        flow.approvers[1].person.card.number = "620000198802020000".into();
        assert_eq!(found(&flow, &card), None, "another mobile number");
        assert_eq!(found(&flow, &card.without_mobile()), Some(1));
    }

    #[test]
    fn a_slot_or_a_task_names_its_signer() {
        let flow = flow_of_three(true);
        assert_eq!(found(&flow, &Sought { recipient: Some("recipient-2".into()), ..named("谁") }), Some(2));
        assert_eq!(found(&flow, &Sought { sign: Some("sign-0".into()), ..Sought::default() }), Some(0));
    }
}
