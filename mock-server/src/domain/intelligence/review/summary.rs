//! What a review reads in a text beside its clauses: the parties, amounts and dates that really stand there
//! (`api DescribeContractReviewTask.Summaries`). How they are recognized is ASSUMED.

use std::sync::LazyLock;

use regex::Regex;

use crate::documents::Reading;

/// The most entries of a kind.
const ENTRIES: usize = 20;

/// A party: a word for one at the beginning of a line, whatever stands in brackets behind it, a colon, a name.
const PARTY: &str = "^\\s*((?:[甲乙丙丁]|买|卖|供|需|出租|承租|委托|受托|采购|供应|发包|承包|授权|被授权)方)\\s*(?:[（(][^）)]*[）)])?\\s*[：:]\\s*(\\S[^，,；;。]*)";
/// An amount of money: digits with a unit behind, or a sign before.
const AMOUNT: &str =
    "(?:人民币|RMB|¥|￥)?\\s*[0-9][0-9,]*(?:\\.[0-9]+)?\\s*(?:亿元|万元|元)|(?:RMB|¥|￥)\\s*[0-9][0-9,]*(?:\\.[0-9]+)?";
/// A day.
const DAY: &str = "[0-9]{4}\\s*年\\s*[0-9]{1,2}\\s*月\\s*[0-9]{1,2}\\s*日|[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}";

/// What was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Summary {
    /// The text's first line.
    pub first_line: String,
    /// Parties: what each is, and its name.
    pub parties: Vec<(String, String)>,
    /// Amounts of money.
    pub amounts: Vec<String>,
    /// Days.
    pub days: Vec<String>,
}

/// Reads them, in the order they stand there, each once.
#[must_use]
pub fn summarize(reading: &Reading) -> Summary {
    let mut summary = Summary::default();
    let mut lines = reading.lines.iter().map(|line| line.text.as_str());
    summary.first_line = lines.next().unwrap_or_default().trim().to_owned();
    for line in reading.lines.iter().map(|line| line.text.as_str()) {
        if let Some(party) = PATTERNS.party.captures(line) {
            note(&mut summary.parties, (party[1].to_owned(), party[2].trim().to_owned()));
        }
        for amount in PATTERNS.amount.find_iter(line) {
            note(&mut summary.amounts, packed(amount.as_str()));
        }
        for day in PATTERNS.day.find_iter(line) {
            note(&mut summary.days, packed(day.as_str()));
        }
    }
    summary
}

fn note<T: PartialEq>(entries: &mut Vec<T>, entry: T) {
    if entries.len() < ENTRIES && !entries.contains(&entry) {
        entries.push(entry);
    }
}

fn packed(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_whitespace()).collect()
}

struct Patterns {
    party: Regex,
    amount: Regex,
    day: Regex,
}

#[expect(clippy::expect_used, reason = "the patterns are constants, and a test compiles them")]
static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| {
    let compiled = |pattern| Regex::new(pattern).expect("a constant pattern is a pattern");
    Patterns { party: compiled(PARTY), amount: compiled(AMOUNT), day: compiled(DAY) }
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::{plain_document, read_text};

    #[test]
    fn parties_amounts_and_days_are_those_that_stand_there() {
        let lines = [
            "采购合同",
            "甲方（买方）：深圳市示例科技有限公司",
            "乙方: 张三，身份证号略",
            "甲方应于2026年3月1日前付款人民币1,200.50元，余款 80 万元于 2026-04-01 付清。",
            "逾期一日付款¥100，并于2026年3月1日起算。",
            "甲方和乙方的权利与义务",
        ];
        let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        let text = read_text(&plain_document(1, &lines, &[]).unwrap()).unwrap();

        let summary = summarize(&Reading::of_pdf(&text));

        assert_eq!(summary.first_line, "采购合同");
        let party = |kind: &str, name: &str| (kind.to_owned(), name.to_owned());
        assert_eq!(summary.parties, [party("甲方", "深圳市示例科技有限公司"), party("乙方", "张三")]);
        assert_eq!(summary.amounts, ["人民币1,200.50元", "80万元", "¥100"]);
        assert_eq!(summary.days, ["2026年3月1日", "2026-04-01"]);
    }

    #[test]
    fn a_text_without_any_of_it_has_none() {
        let text = read_text(&plain_document(1, &["说明".to_owned()], &[]).unwrap()).unwrap();
        let summary = summarize(&Reading::of_pdf(&text));
        assert_eq!(summary, Summary { first_line: "说明".into(), ..Summary::default() });
    }
}
