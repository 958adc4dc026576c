//! The autopilot: signers who act by themselves, for people who test their own system end to end. Off while there are no
//! rules.
//!
//! A rule names whom it is for and what they do. For somebody who is due, the first rule that fits decides; a rule that
//! signs does not fit somebody who has to fill in first, nor the other way round, so a contract to fill in wants two. Nobody
//! picks an open slot up by themselves, and a review is not passed by itself.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::approver::Approver;
use super::component::{Component, ComponentKind};
use super::flow::Flow;
use super::life::filling::Fill;
use super::time::{Timestamp, beijing};

/// What some signers do by themselves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AutopilotRule {
    /// Only for companies, or only for persons.
    #[serde(default)]
    pub who: Option<Who>,
    /// Only for the signer of this name.
    #[serde(default)]
    pub name: Option<String>,
    /// Only for the signer with this mobile number.
    #[serde(default)]
    pub mobile: Option<String>,
    /// Only in the contract of this id, or in those whose name fits: `*` stands for anything.
    #[serde(default)]
    pub contract: Option<String>,
    /// What they do.
    pub act: Deed,
    /// How long after it became their turn, in seconds.
    #[serde(default)]
    pub after: u32,
    /// What they fill in, by the component's id or name; the rest is made up.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
    /// Why they refuse.
    #[serde(default)]
    pub reason: String,
}

/// Whom a rule is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// Who signs for a company.
    Organization,
    /// Who signs for themselves.
    Person,
}

/// What somebody does by themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deed {
    /// They sign.
    Sign,
    /// They fill in.
    Fill,
    /// They refuse to sign or to fill in.
    Reject,
}

impl AutopilotRule {
    /// How long it waits.
    #[must_use]
    pub fn delay(&self) -> Duration {
        Duration::from_secs(self.after.into())
    }

    /// Whether this signer does it now.
    #[must_use]
    pub fn applies_to(&self, flow: &Flow, one: &Approver) -> bool {
        let can = match self.act {
            Deed::Sign => one.is_due() && !one.is_blocked(),
            Deed::Fill => one.is_due_to_fill(),
            Deed::Reject => (one.is_due() || one.is_due_to_fill()) && !one.no_refuse,
        };
        let who = self.who.is_none_or(|who| (who == Who::Organization) == one.kind.is_organization());
        can && who
            && !one.is_vacant()
            && !one.kind.is_machine()
            && self.name.as_ref().is_none_or(|name| name == &one.person.name)
            && self.mobile.as_ref().is_none_or(|mobile| mobile == &one.person.mobile)
            && self.contract.as_ref().is_none_or(|wanted| wanted == flow.id.as_str() || fits(wanted, &flow.name))
    }

    /// What this signer fills in at `now`: the given values, and made-up ones where a component must have one.
    #[must_use]
    pub fn values_for(&self, one: &Approver, now: Timestamp) -> Vec<Fill> {
        let given = |component: &Component| self.values.get(&component.id).or_else(|| self.values.get(&component.name));
        let value = |component: &Component| match given(component) {
            Some(value) => Some(value.clone()),
            None if component.required => made_up(component.kind, now),
            None => None,
        };
        let filled = one.fills.iter().filter_map(|component| {
            let by = if component.id.is_empty() { &component.name } else { &component.id };
            Some(Fill { component: by.clone(), value: value(component)? })
        });
        filled.collect()
    }
}

/// A value a component of this kind takes; nothing where it would have to name an uploaded file.
fn made_up(kind: ComponentKind, now: Timestamp) -> Option<String> {
    match kind {
        ComponentKind::CheckBox => Some("true".into()),
        ComponentKind::Date => Some(chinese_date(now)),
        ComponentKind::District => Some("广东省深圳市南山区".into()),
        ComponentKind::DynamicTable => Some(r#"{"headers":[{"content":"项目"}],"cells":[]}"#.into()),
        ComponentKind::FillImage | ComponentKind::Attachment => None,
        ComponentKind::Text | ComponentKind::MultiLineText | ComponentKind::Selector | ComponentKind::Combination => {
            Some("自动填写".into())
        }
        // Nobody fills these in.
        ComponentKind::Seal
        | ComponentKind::Signature
        | ComponentKind::SignDate
        | ComponentKind::LegalPersonSeal
        | ComponentKind::PagingSeal
        | ComponentKind::PagingSignature
        | ComponentKind::Opinion
        | ComponentKind::SignCombination
        | ComponentKind::SignMultiLineText
        | ComponentKind::SignSelector
        | ComponentKind::Watermark => None,
    }
}

fn chinese_date(at: Timestamp) -> String {
    let day = beijing(at);
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// Whether `name` fits a pattern in which `*` stands for anything.
pub(crate) fn fits(pattern: &str, name: &str) -> bool {
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first) else { return false };
    let mut pieces: Vec<&str> = pieces.collect();
    let Some(last) = pieces.pop() else { return rest.is_empty() };
    for piece in pieces {
        let Some(found) = rest.find(piece) else { return false };
        rest = &rest[found + piece.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{at, flow_of_three, flow_to_fill};

    fn rule(act: Deed) -> AutopilotRule {
        AutopilotRule {
            who: None,
            name: None,
            mobile: None,
            contract: None,
            act,
            after: 0,
            values: BTreeMap::new(),
            reason: String::new(),
        }
    }

    fn acting(rule: &AutopilotRule, flow: &Flow) -> Vec<usize> {
        (0..flow.approvers.len()).filter(|place| rule.applies_to(flow, &flow.approvers[*place])).collect()
    }

    #[test]
    fn a_rule_is_for_those_it_names_and_never_for_machines() {
        let flow = flow_of_three(true);
        assert_eq!(acting(&rule(Deed::Sign), &flow), [0, 1]);
        assert_eq!(acting(&AutopilotRule { who: Some(Who::Person), ..rule(Deed::Sign) }, &flow), [1]);
        assert_eq!(
            acting(&AutopilotRule { mobile: Some(flow.approvers[1].person.mobile.clone()), ..rule(Deed::Sign) }, &flow),
            [1]
        );
        assert_eq!(acting(&AutopilotRule { name: Some("典子谦".into()), ..rule(Deed::Reject) }, &flow), [0]);
        assert!(acting(&AutopilotRule { contract: Some("销售*".into()), ..rule(Deed::Sign) }, &flow).is_empty());
        assert_eq!(acting(&AutopilotRule { contract: Some("flow".into()), ..rule(Deed::Sign) }, &flow), [0, 1]);
        assert!(acting(&rule(Deed::Fill), &flow).is_empty(), "nobody has anything to fill in");
        assert!(acting(&rule(Deed::Sign), &flow_to_fill(true)).is_empty(), "fill in first");
    }

    #[test]
    fn patterns() {
        for (pattern, name, expected) in [
            ("采购合同", "采购合同", true),
            ("采购", "采购合同", false),
            ("采购*", "采购合同", true),
            ("*合同", "采购合同", true),
            ("*购*", "采购合同", true),
            ("*", "", true),
            ("采*采*", "采购合同", false),
            ("合同*合同", "合同", false),
        ] {
            assert_eq!(fits(pattern, name), expected, "{pattern} {name}");
        }
    }

    #[test]
    fn made_up_values_are_valid() {
        for kind in ComponentKind::ALL.iter().filter(|kind| kind.is_fill()) {
            if let Some(value) = made_up(*kind, at(0)) {
                assert_eq!(kind.check_value(&value), Ok(()), "{kind:?}");
            }
        }
    }

    #[test]
    fn given_values_go_before_made_up_ones() {
        let flow = flow_to_fill(true);
        let mut rule = rule(Deed::Fill);
        assert_eq!(rule.values_for(&flow.approvers[0], at(0))[0].value, "自动填写");
        rule.values.insert("地址".into(), "深圳".into());
        assert_eq!(rule.values_for(&flow.approvers[0], at(0))[0].value, "深圳");
    }
}
