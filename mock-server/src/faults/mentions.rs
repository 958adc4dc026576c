//! Whom and what a request names: what rules look at, beside who calls.

use std::collections::HashSet;

use serde_json::Value;

/// Texts of more bytes than this name nobody: the longest names have 200 characters.
const LONGEST_TEXT: usize = 800;

/// What a request names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mentions {
    /// What contracts, or their group, are to be called.
    pub flow_names: Vec<String>,
    /// The companies to act for, by id or by the platform's id (`Agent`).
    pub agents: Vec<String>,
    /// Every short text, but those that say who calls. Ids of contracts and signers are among them, whatever the field is
    /// called: `FlowId`, `FlowIds`, `BusinessIds`, `ApproverMobile`.
    pub texts: HashSet<String>,
}

impl Mentions {
    /// Reads what is named; `thorough` says whether anybody will ask for the texts.
    #[must_use]
    pub fn read(parameters: &Value, thorough: bool) -> Self {
        let mut mentions = Self::default();
        let Value::Object(fields) = parameters else { return mentions };
        for (name, value) in fields {
            match name.as_str() {
                "Operator" | "Caller" => (),
                "Agent" => {
                    let named =
                        ["ProxyOrganizationId", "ProxyOrganizationOpenId"].into_iter().filter_map(|id| value.get(id));
                    mentions.agents.extend(named.filter_map(Value::as_str).map(ToOwned::to_owned));
                }
                _ => mentions.note(name, value, thorough),
            }
        }
        mentions
    }

    /// Parameters are no deeper than the gateway lets pass.
    fn note(&mut self, name: &str, value: &Value, thorough: bool) {
        match value {
            Value::String(text) if text.is_empty() || text.len() > LONGEST_TEXT => (),
            Value::String(text) => {
                if matches!(name, "FlowName" | "FlowGroupName") {
                    self.flow_names.push(text.clone());
                }
                if thorough {
                    self.texts.insert(text.clone());
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.note(name, item, thorough)),
            Value::Object(fields) => fields.iter().for_each(|(name, value)| self.note(name, value, thorough)),
            Value::Null | Value::Bool(_) | Value::Number(_) => (),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_request_names_contracts_and_people_at_any_depth_but_not_who_calls() {
        let request = json!({
            "Operator": {"UserId": "yDoperator"},
            "Agent": {"ProxyOrganizationOpenId": "customer", "ProxyOperator": {"OpenId": "clerk"}},
            "FlowName": "采购合同",
            "FlowIds": ["yDone", "yDtwo"],
            "Approvers": [{"ApproverMobile": "18888888888", "Nested": {"RecipientId": "yDslot"}}],
        });

        let mentions = Mentions::read(&request, true);

        assert_eq!(mentions.flow_names, ["采购合同"]);
        assert_eq!(mentions.agents, ["customer"]);
        for named in ["yDone", "yDtwo", "18888888888", "yDslot"] {
            assert!(mentions.texts.contains(named), "{named}");
        }
        for caller in ["yDoperator", "clerk"] {
            assert!(!mentions.texts.contains(caller), "{caller}");
        }
        assert!(Mentions::read(&request, false).texts.is_empty(), "nobody asked");
    }
}
