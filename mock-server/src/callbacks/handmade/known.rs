//! What is known under a field's name when a message is put together by hand.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::callbacks::fields::Fields;
use crate::domain::employee::Employee;
use crate::domain::flow::Flow;
use crate::domain::organization::Organization;
use crate::domain::seal::Seal;
use crate::domain::template::Template;
use crate::domain::time::Timestamp;
use crate::engine::ids::Draw;

/// Values by the names messages have for them.
#[derive(Clone, Debug)]
pub struct Known {
    now: Timestamp,
    seed: u64,
    values: BTreeMap<&'static str, Value>,
    /// The data a world's own builder made for just this message; it goes before the rest.
    told: Fields,
}

impl Known {
    /// Nothing but the time; ids are drawn from the seed.
    #[must_use]
    pub fn at(now: Timestamp, seed: u64) -> Self {
        Self { now, seed, values: BTreeMap::new(), told: Fields::default() }
    }

    /// Takes the data of a message that was built from real things.
    #[must_use]
    pub fn with_told(self, told: Fields) -> Self {
        Self { told, ..self }
    }

    /// Knows a company.
    pub fn organization(&mut self, organization: &Organization) {
        self.texts([
            ("OrganizationId", organization.id.to_string()),
            ("OrganizationName", organization.name.clone()),
            ("UniformSocialCreditCode", organization.credit_code.clone()),
            ("CreateOrganizationName", organization.name.clone()),
        ]);
    }

    /// Knows who acts.
    pub fn operator(&mut self, employee: &Employee) {
        self.texts([
            ("OperatorUserId", employee.id.to_string()),
            ("UserId", employee.id.to_string()),
            ("Name", employee.name.clone()),
            ("UserName", employee.name.clone()),
            ("Mobile", masked(&employee.mobile)),
            ("CreatorId", employee.id.to_string()),
            ("CreatorName", employee.name.clone()),
        ]);
    }

    /// Knows a contract.
    pub fn flow(&mut self, flow: &Flow) {
        self.texts([
            ("FlowId", flow.id.to_string()),
            ("FlowName", flow.name.clone()),
            ("FlowType", flow.kind.clone()),
            ("DocumentId", flow.document_id().to_owned()),
            ("UserData", flow.user_data.clone()),
        ]);
        if let Some(approver) = flow.approvers.first() {
            self.texts([
                ("RecipientId", approver.recipient.to_string()),
                ("ApproverName", approver.person.name.clone()),
                ("ApproverMobile", approver.person.mobile.clone()),
            ]);
        }
    }

    /// Knows a template.
    pub fn template(&mut self, template: &Template) {
        self.texts([("TemplateId", template.id.to_string()), ("TemplateName", template.name.clone())]);
    }

    /// Knows a seal.
    pub fn seal(&mut self, seal: &Seal) {
        self.texts([
            ("SealId", seal.id.to_string()),
            ("SealName", seal.name.clone()),
            ("SealType", seal.kind.wire().to_owned()),
        ]);
    }

    fn texts<const COUNT: usize>(&mut self, texts: [(&'static str, String); COUNT]) {
        self.values.extend(texts.into_iter().map(|(name, text)| (name, Value::from(text))));
    }

    pub(super) fn told(&self, name: &str) -> Option<String> {
        self.told.get(name).map(str::to_owned)
    }

    pub(super) fn value(&self, name: &str) -> Option<&Value> {
        self.values.get(name)
    }

    /// A text that must be there: an id is drawn by its field's name, so that one id is one thing all through a message.
    pub(super) fn text(&self, name: &str) -> String {
        match self.value(name).and_then(Value::as_str) {
            Some(text) => text.to_owned(),
            None if name.ends_with("Id") => {
                let number = name.bytes().fold(0_u64, |sum, byte| (sum * 31 + u64::from(byte)) % 1_000_003);
                format!("yD{}", Draw::apart(self.seed, number).alphanumeric(30))
            }
            None => String::new(),
        }
    }

    /// A number that must be there: times are now, amounts one.
    pub(super) fn number(&self, name: &str) -> i64 {
        let lower = name.to_ascii_lowercase();
        let is_time = ["on", "time", "deadline"].iter().any(|end| lower.ends_with(end));
        match () {
            () if is_time => self.now.seconds(),
            () if name == "Cost" || name == "UseCount" || name == "SignCount" => 1,
            () => 0,
        }
    }
}

/// The middle of a number hidden. ASSUMED: no message with this field was seen.
fn masked(mobile: &str) -> String {
    let digits: Vec<char> = mobile.chars().collect();
    digits.iter().enumerate().map(|(at, digit)| if (3..7).contains(&at) { '*' } else { *digit }).collect()
}
