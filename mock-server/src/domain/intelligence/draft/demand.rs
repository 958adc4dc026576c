//! What somebody wants, as far as it can be told from their words. How is ASSUMED: the vendor's model is not known, so the rules are
//! few and can be foreseen.

use std::sync::LazyLock;

use regex::Regex;

use crate::domain::intelligence::Failed;

/// What nobody drafts a contract about (`ex DescribeDraftContractByPromptsTask` shows the refusal; the words are ASSUMED).
const FORBIDDEN: &[&str] =
    &["毒品", "枪支", "弹药", "假币", "洗钱", "走私", "赌博", "人口买卖", "买卖人口", "器官买卖", "买卖器官"];

/// What somebody wants.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Demand {
    /// What the contract is called.
    pub name: Option<String>,
    /// The parties, in order; two at most.
    pub parties: Vec<String>,
    /// The first sum of money.
    pub sum: Option<String>,
    /// What it is to say, clause by clause.
    pub clauses: Vec<String>,
}

/// A pattern of ours.
#[expect(clippy::expect_used, reason = "the patterns are constants, and the tests use each")]
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a constant pattern")
}

/// `一份软件开发服务合同`, or the same in English.
static NAME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:一份|一个|签订|签署|起草|拟定|订立)(?:一份|一个)?([\p{Han}A-Za-z0-9]{0,20}?(?:合同|协议书|协议))")
});
static ENGLISH_NAME: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b((?:[A-Z][A-Za-z-]*\s+){0,5}(?:Agreement|Contract))\b"));
static LABELLED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:甲方|乙方|Party\s+[AB])\s*[：:]\s*([^\n，。；,;]+)"));
static COMPANY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"[\p{Han}A-Za-z0-9]{2,40}?(?:（\p{Han}{1,8}）)?(?:有限责任公司|股份有限公司|有限公司|事务所)|(?:[A-Z][A-Za-z&-]*\s+){1,6}(?:Co\.,?\s*Ltd\.?|Ltd\.?|Inc\.?|LLC)",
    )
});
static SUM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:人民币)?[0-9][0-9,]*(?:\.[0-9]+)?\s*(?:万元|亿元|元|美元|yuan|dollars)|(?:RMB|CNY|USD|¥|\$)\s*[0-9][0-9,]*(?:\.[0-9]+)?",
    )
});
static CLAUSE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?m)^\s*(?:\d+[.、)）]|[（(]\d+[)）]|[-•])\s*(.+?)\s*$"));

/// The first forbidden thing somebody wants.
///
/// # Errors
/// There is one.
pub fn forbidden(words: &str) -> Result<(), Failed> {
    match FORBIDDEN.iter().find(|one| words.contains(**one)) {
        None => Ok(()),
        Some(what) => {
            let message = format!("需求校验未通过: 该需求涉及“{what}”，内容违法违规，无法用于生成任何合同。");
            Err(Failed { message })
        }
    }
}

impl Demand {
    /// Reads what somebody wants.
    #[must_use]
    pub fn read(words: &str) -> Self {
        let first = |pattern: &Regex| Some(pattern.captures(words)?.get(1)?.as_str().to_owned());
        Self {
            name: first(&NAME).or_else(|| first(&ENGLISH_NAME)),
            parties: parties(words),
            sum: SUM.find(words).map(|one| one.as_str().to_owned()),
            clauses: clauses(words),
        }
    }
}

/// Those that are labelled, else companies in the order they are named.
fn parties(words: &str) -> Vec<String> {
    let labelled = LABELLED.captures_iter(words).filter_map(|one| Some(one.get(1)?.as_str().trim().to_owned()));
    let mut parties: Vec<String> = labelled.collect();
    if parties.is_empty() {
        parties.extend(COMPANY.find_iter(words).map(|one| own_name(one.as_str()).to_owned()));
    }
    let mut named = Vec::new();
    for one in parties {
        if !one.is_empty() && !named.contains(&one) {
            named.push(one);
        }
    }
    named.truncate(2);
    named
}

/// Without the words that lead to a company's name: `需要与`.
fn own_name(text: &str) -> &str {
    text.rsplit(['与', '和', '同', '跟', '向', '由', '为', '给']).next().unwrap_or(text).trim()
}

/// Numbered lines; without any, every sentence.
fn clauses(words: &str) -> Vec<String> {
    let numbered: Vec<String> =
        CLAUSE.captures_iter(words).filter_map(|one| Some(one.get(1)?.as_str().to_owned())).collect();
    if !numbered.is_empty() {
        return numbered;
    }
    let sentences = words.split_inclusive(['。', '；', ';', '\n', '！', '!']).map(str::trim);
    sentences.filter(|one| !one.is_empty()).map(ToOwned::to_owned).collect()
}
