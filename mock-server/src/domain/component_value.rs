//! What may stand in a component (`components`, values; `api FormField`).

use std::sync::Arc;

use super::component::{Component, ComponentKind};
use super::file::Content;
use super::flow::Flow;
use super::refusal::Refusal;

/// Columns of a dynamic table, and characters of one of its cells (`api FormField`).
const TABLE_COLUMNS: usize = 10;
const CELL_LENGTH: usize = 100;
/// Files of one attachment component (`api Component`).
const ATTACHED_FILES: usize = 6;

impl Component {
    /// What people call it: its name, else its id.
    #[must_use]
    pub fn label(&self) -> &str {
        if self.name.is_empty() { &self.id } else { &self.name }
    }

    /// The uploaded files its value names.
    pub fn file_ids(&self) -> impl Iterator<Item = &str> {
        let names_files = matches!(self.kind, ComponentKind::FillImage | ComponentKind::Attachment);
        let value = if names_files { self.value.as_str() } else { "" };
        value.split(',').map(str::trim).filter(|id| !id.is_empty())
    }
}

impl Flow {
    /// Takes hold of the uploaded files its values name, since uploads expire and contracts do not; `find` looks one up.
    ///
    /// # Errors
    /// A value names a file that does not exist, or no longer.
    pub fn keep_files(&mut self, find: impl Fn(&str) -> Option<Arc<Content>>) -> Result<(), Refusal> {
        let initiators = self.document.iter_mut().flat_map(|document| &mut document.fills);
        for component in initiators.chain(self.approvers.iter_mut().flat_map(|one| &mut one.fills)) {
            if component.file_ids().count() != component.files.len() {
                let found = |id: &str| find(id).ok_or_else(|| Refusal::FileUnknown { file: id.to_owned() });
                component.files = component.file_ids().map(found).collect::<Result<_, _>>()?;
            }
        }
        Ok(())
    }
}

impl ComponentKind {
    /// Asks whether `value` may stand in a component of this kind; an empty one always may.
    ///
    /// # Errors
    /// It may not.
    pub fn check_value(self, value: &str) -> Result<(), Refusal> {
        let fits = value.is_empty()
            || match self {
                Self::CheckBox => matches!(value, "true" | "false"),
                Self::Date => is_date(value),
                Self::FillImage => !value.contains(','),
                Self::Attachment => value.split(',').count() <= ATTACHED_FILES,
                Self::DynamicTable => is_table(value),
                Self::Text | Self::Selector | Self::District => {
                    !value.chars().any(|sign| is_emoji(sign) || sign == '\n')
                }
                Self::MultiLineText | Self::Combination | Self::Watermark => !value.chars().any(is_emoji),
                // What is signed with is a seal's id or nothing; that is looked up, not spelled.
                Self::Seal
                | Self::Signature
                | Self::SignDate
                | Self::LegalPersonSeal
                | Self::PagingSeal
                | Self::PagingSignature
                | Self::Opinion
                | Self::SignCombination
                | Self::SignMultiLineText
                | Self::SignSelector => true,
            };
        if fits { Ok(()) } else { Err(Refusal::ComponentValueMismatch { component: self.wire().to_owned() }) }
    }
}

/// `yyyy年mm月dd日`, and a day that exists.
fn is_date(text: &str) -> bool {
    let number = |text: &str, digits: usize| {
        let plain = text.len() <= digits && !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| text.parse::<i16>().ok()).flatten()
    };
    let parts = text.split_once('年').and_then(|(year, rest)| {
        let (month, day) = rest.split_once('月')?;
        Some((number(year, 4)?, number(month, 2)?, number(day.strip_suffix('日')?, 2)?))
    });
    parts.is_some_and(|(year, month, day)| {
        let small = |value: i16| i8::try_from(value).ok();
        small(month).zip(small(day)).is_some_and(|(month, day)| jiff::civil::Date::new(year, month, day).is_ok())
    })
}

/// JSON, with at most ten columns of cells of at most a hundred characters.
fn is_table(text: &str) -> bool {
    let Ok(table) = serde_json::from_str::<serde_json::Value>(text) else { return false };
    let headers = table.get("headers").and_then(serde_json::Value::as_array).map_or(0, Vec::len);
    headers <= TABLE_COLUMNS && cells_fit(&table)
}

fn cells_fit(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::String(text) => text.chars().count() <= CELL_LENGTH,
        serde_json::Value::Array(list) => list.iter().all(cells_fit),
        serde_json::Value::Object(map) => map.values().all(cells_fit),
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => true,
    }
}

/// Pictures among letters; the vendor's pages say "no emoji" without a list, the blocks are ours (ASSUMED).
fn is_emoji(sign: char) -> bool {
    matches!(u32::from(sign), 0x2600..=0x27BF | 0x1F000..=0x1FAFF | 0xFE0F | 0x200D)
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;
    use crate::domain::samples::flow_of_three;

    #[test]
    fn a_contract_keeps_the_files_its_values_name_and_refuses_others() {
        let mut flow = flow_of_three(true);
        let written = |value: &str| Component {
            kind: ComponentKind::Attachment,
            value: value.into(),
            ..flow_of_three(true).approvers[1].components[0].clone()
        };
        let file = Arc::new(Content::new(Bytes::new(), None));
        let find = |id: &str| (id == "a").then(|| file.clone());

        flow.approvers[1].fills = vec![written("a, a")];
        flow.keep_files(find).unwrap();
        assert_eq!(flow.approvers[1].fills[0].files.len(), 2);
        flow.keep_files(|_| None).expect("what is kept is not looked up again");

        flow.approvers[1].fills = vec![written("a,b")];
        assert_eq!(flow.keep_files(find), Err(Refusal::FileUnknown { file: "b".into() }));
    }

    #[test]
    fn every_kind_takes_what_it_should_and_nothing_else() {
        let cases = [
            (ComponentKind::CheckBox, "true", "yes"),
            (ComponentKind::Date, "2024年02月29日", "2023年02月29日"),
            (ComponentKind::Date, "2024年2月9日", "2024-02-09"),
            (ComponentKind::FillImage, "file", "a,b"),
            (ComponentKind::Attachment, "a,b,c,d,e,f", "a,b,c,d,e,f,g"),
            (ComponentKind::Text, "深圳市南山区（1号）", "好😀"),
            (ComponentKind::MultiLineText, "一\n二", "😀"),
            (ComponentKind::DynamicTable, r#"{"headers":[{"content":"品名"}],"cells":[]}"#, "品名,单价"),
        ];
        for (kind, good, bad) in cases {
            assert_eq!(kind.check_value(good), Ok(()), "{kind:?} {good}");
            assert!(kind.check_value(bad).is_err(), "{kind:?} {bad}");
            assert_eq!(kind.check_value(""), Ok(()));
        }
    }
}
