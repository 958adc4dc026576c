//! Where a field's value stands: behind its name and a colon, on the same line or, when nothing is left there, on the next.
//!
//! The way is ASSUMED, and made to be foreseen. A name counts where no letter or digit stands right before it and a colon comes next
//! (`甲方：`, `甲方 :`). The value is what follows, up to `；`, `;`, `。` or two blanks; a line that is a label itself is no value. Of a
//! `DATE` the first day in it is taken (`2026年1月2日`, `2026-01-02`, `2026/1/2`, `2026.1.2`), of a `NUMBER` the first number with its
//! thousands and decimals, of an `OPTION` the choice that stands first. Every place where the name stands so has a value; the same
//! value counts once.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{Field, FieldKind};
use crate::documents::{Line, Place, Reading};

/// A value, and where it stands.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Found {
    /// The value, as it stands there.
    pub value: String,
    /// Where.
    pub place: Place,
}

/// A pattern of ours.
#[expect(clippy::expect_used, reason = "the patterns are constants, and a test compiles each")]
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a constant pattern")
}

static DAY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\d{4}\s*(?:年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|([-/.])\s*\d{1,2}\s*[-/.]\s*\d{1,2})"));
static NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(r"-?\d+(?:,\d{3})*(?:\.\d+)?"));
static END: LazyLock<Regex> = LazyLock::new(|| pattern(r"[；;。]|\s{2,}"));

/// The values of a field, in reading order.
#[must_use]
pub fn search(reading: &Reading, field: &Field) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for (number, line) in reading.lines.iter().enumerate() {
        for after in labels(&line.text, &field.name) {
            let here = value(line, after..line.text.len(), field);
            let below = || reading.lines.get(number + 1).filter(|next| !is_label(&next.text));
            let one = match here {
                Some(one) => Some(one),
                None if line.text[after..].trim().is_empty() => {
                    below().and_then(|next| value(next, 0..next.text.len(), field))
                }
                None => None,
            };
            found.extend(one.filter(|one| found.iter().all(|before| before.value != one.value)));
        }
    }
    found
}

/// Where what is behind this label begins, for every time it stands on the line.
fn labels<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = usize> + 'a {
    let named = text.match_indices(name).filter(|_| !name.is_empty());
    named.filter_map(|(at, _)| {
        let stands_alone = text[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric());
        let rest = &text[at + name.len()..];
        let colon = rest.trim_start().strip_prefix(['：', ':'])?;
        stands_alone.then_some(text.len() - colon.len())
    })
}

/// Whether a line begins with a label: words with a colon behind them and nothing that ends a sentence before it.
fn is_label(text: &str) -> bool {
    text.split_once(['：', ':']).is_some_and(|(label, _)| !label.is_empty() && !label.contains(['。', '；', '，', ',']))
}

/// What stands in these bytes of the line, as far as it is the field's value.
fn value(line: &Line, bytes: Range<usize>, field: &Field) -> Option<Found> {
    let skipped = line.text[bytes.clone()].len() - line.text[bytes.clone()].trim_start().len();
    let start = bytes.start + skipped;
    let rest = &line.text[start..bytes.end];
    let rest = END.find(rest).map_or(rest, |end| &rest[..end.start()]).trim_end();
    let within = match field.kind {
        FieldKind::Text => (!rest.is_empty()).then_some(0..rest.len()),
        FieldKind::Date => DAY.find(rest).map(|day| day.range()),
        FieldKind::Number => NUMBER.find(rest).map(|number| number.range()),
        FieldKind::Option => choice(rest, &field.choices),
    }?;
    let characters = |bytes: usize| line.text[..bytes].chars().count();
    let (from, to) = (start + within.start, start + within.end);
    Some(Found { value: line.text[from..to].to_owned(), place: line.place(characters(from)..characters(to)) })
}

/// The choice that stands first; of two that begin at one place, the longer.
fn choice(text: &str, choices: &[String]) -> Option<Range<usize>> {
    let there =
        choices.iter().filter(|one| !one.is_empty()).filter_map(|one| Some((text.find(one.as_str())?, one.len())));
    there.min_by_key(|(at, length)| (*at, usize::MAX - length)).map(|(at, length)| at..at + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(lines: &[&str], name: &str, kind: FieldKind, choices: &[&str]) -> Vec<String> {
        let lines: Vec<String> = lines.iter().map(|one| (*one).to_owned()).collect();
        let choices = choices.iter().map(|one| (*one).to_owned()).collect();
        let field = Field { name: name.into(), kind, description: String::new(), choices };
        search(&Reading::flowing(&lines), &field).into_iter().map(|one| one.value).collect()
    }

    fn texts(lines: &[&str], name: &str) -> Vec<String> {
        values(lines, name, FieldKind::Text, &[])
    }

    #[test]
    fn a_value_stands_behind_its_label_or_on_the_next_line() {
        assert_eq!(texts(&["甲方：深圳市示例公司；电话：1"], "甲方"), ["深圳市示例公司"]);
        assert_eq!(texts(&["1. 甲方 : 示例公司  地址：深圳"], "甲方"), ["示例公司"]);
        assert_eq!(texts(&["甲方：", "示例公司"], "甲方"), ["示例公司"]);
        assert_eq!(texts(&["甲方：", "乙方：另一公司"], "甲方"), [""; 0], "the next line has a label of its own");
        assert_eq!(texts(&["甲方"], "甲方"), [""; 0], "without a colon it is no label");
        assert_eq!(texts(&["甲方姓名：张三"], "姓名"), [""; 0], "it is another name");
    }

    #[test]
    fn every_label_has_a_value_and_the_same_counts_once() {
        assert_eq!(texts(&["电话：1", "电话：2", "电话：1"], "电话"), ["1", "2"]);
    }

    #[test]
    fn days_numbers_and_choices_are_found_in_what_stands_there() {
        let day = |text| values(&[text], "签订日期", FieldKind::Date, &[]);
        assert_eq!(day("签订日期：于2026年1月2日在深圳"), ["2026年1月2日"]);
        assert_eq!(day("签订日期：2026-01-02"), ["2026-01-02"]);
        assert_eq!(day("签订日期：待定"), [""; 0]);
        let number = |text| values(&[text], "金额", FieldKind::Number, &[]);
        assert_eq!(number("金额：人民币1,234,567.80元"), ["1,234,567.80"]);
        assert_eq!(number("金额：-5"), ["-5"]);
        let choice = |text| values(&[text], "付款方式", FieldKind::Option, &["转账", "银行转账", "现金"]);
        assert_eq!(choice("付款方式：银行转账或现金"), ["银行转账"]);
        assert_eq!(choice("付款方式：支票"), [""; 0]);
    }

    #[test]
    fn a_value_knows_where_it_stands() {
        let field =
            Field { name: "金额".into(), kind: FieldKind::Number, description: String::new(), choices: Vec::new() };
        let found = search(&Reading::flowing(&["合同".to_owned(), "金额：80万".to_owned()]), &field);
        assert_eq!((found[0].place.begin, found[0].place.end), (6, 8), "of all characters, the end of a line is one");
    }
}
