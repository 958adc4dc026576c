//! What may stand in a component (`components`, values; `api FormField`).

use super::component::{Component, ComponentKind};
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
    use super::*;

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
