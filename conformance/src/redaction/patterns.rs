//! What secrets and personal data look like in a sentence: the net below the rules by field.

use std::collections::HashSet;
use std::sync::OnceLock;

use ess_schemas::{Service, actions};
use regex::{Captures, Regex};

/// An id has at least this many characters, with digits among them. (Ids of the vendor have 32, RequestIds 36.)
const SHORTEST_ID: usize = 16;
/// A word of letters alone is an id from here on, unless it is a word of the contract.
const SHORTEST_WORD_ID: usize = 24;
/// Digits in a row that are more than a count: mobiles, cards, times.
const SHORTEST_NUMBER: usize = 9;

/// A text without what looks like an id, a mobile, an id card, an address, a key, a link or a time. Cleaning twice changes nothing more.
pub fn cleaned(text: &str) -> String {
    match net() {
        Some(net) => net.replace_all(text, |found: &Captures<'_>| replacement(found)).into_owned(),
        // The pattern is ours; a text nobody could look through is not shown.
        None => format!("<text {}>", text.chars().count()),
    }
}

/// Whether there is nothing in a text to be cleaned.
pub fn is_clean(text: &str) -> bool {
    cleaned(text) == text
}

fn net() -> Option<&'static Regex> {
    static NET: OnceLock<Option<Regex>> = OnceLock::new();
    let parts = [
        r"(?P<link>[A-Za-z]{2,10}://[^\s'<>\x22，。；）]+)",
        r"(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)",
        r"(?P<key>AKID\w+)",
        r"(?P<token>eyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?)",
        r"(?P<masked>[0-9A-Za-z]{2,6}\*{3,}[0-9A-Za-z]{1,6})",
        r"(?P<time>\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(?::\d{2})?)",
        r"(?P<run>[A-Za-z0-9_-]{9,})",
    ];
    NET.get_or_init(|| Regex::new(&parts.join("|")).ok()).as_ref()
}

fn replacement(found: &Captures<'_>) -> String {
    let whole = found.get(0).map_or("", |whole| whole.as_str());
    let named = ["link", "mail", "key", "token", "masked", "time"];
    match named.into_iter().find(|name| found.name(name).is_some()) {
        Some(name) => format!("<{name}>"),
        None => run(whole),
    }
}

/// A run of letters, digits, hyphens and underscores.
fn run(text: &str) -> String {
    let length = text.len();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
    if digits == length {
        return match length {
            11 if text.starts_with('1') => "<mobile>".to_owned(),
            18 => "<card>".to_owned(),
            _ => format!("<digits {length}>"),
        };
    }
    if length == 18 && digits == 17 && text.ends_with(['X', 'x']) {
        return "<card>".to_owned();
    }
    if longest_number(text) >= SHORTEST_NUMBER || (length >= SHORTEST_ID && digits > 0 && letters > 0) {
        return format!("<id {length}>");
    }
    if letters == length && length >= SHORTEST_WORD_ID && is_mixed(text) && !contract_words().contains(text) {
        return format!("<id {length}>");
    }
    text.to_owned()
}

fn longest_number(text: &str) -> usize {
    text.split(|character: char| !character.is_ascii_digit()).map(str::len).max().unwrap_or_default()
}

fn is_mixed(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_lowercase()) && text.bytes().skip(1).any(|byte| byte.is_ascii_uppercase())
}

/// Long words that messages and codes are made of: actions, their fields, their codes.
fn contract_words() -> &'static HashSet<&'static str> {
    static WORDS: OnceLock<HashSet<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let actions = Service::ALL.into_iter().flat_map(actions);
        let words = actions.flat_map(|action| {
            let fields = action.request.fields.iter().chain(action.response.fields).map(|field| field.name);
            let codes = action.codes.iter().flat_map(|code| code.split('.'));
            fields.chain(codes).chain([action.name, action.request.name, action.response.name])
        });
        words.filter(|word| word.len() >= SHORTEST_WORD_ID).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_be_somebody_is_replaced_wherever_it_stands() {
        for (text, expected) in [
            ("手机号13800000001已存在", "手机号<mobile>已存在"),
            ("合同yDwFmUUckpstqfvzUE1h3jo1f3cqjkGm不存在", "合同<id 32>不存在"),
            ("card 11010119900307001X is over", "card <card> is over"),
            ("card 110101199003070011", "card <card>"),
            ("see https://quick.test.qian.tencent.cn/s?token=abc，please", "see <link>，please"),
            ("key AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", "key <key>"),
            ("of somebody@example.com", "of <mail>"),
            ("at 1700000000", "at <digits 10>"),
            ("8c5e4d28-0c4e-4c0f-9a43-0e33e6a3b8a1", "<id 36>"),
            ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "<token>"),
            ("138****0001", "<masked>"),
            ("until 2023-11-15 06:13:20", "until <time>"),
            ("QwErTyUiOpAsDfGhJkLzXcVbNm", "<id 26>"),
        ] {
            assert_eq!(cleaned(text), expected, "{text}");
        }
    }

    #[test]
    fn the_vendors_own_words_stay() {
        for text in [
            "OperationDenied.FlowHasTerminated: 此流程已经终止，当前所有参与者签署",
            "CreateBatchOrganizationAuthorizationUrl",
            "E_PRESCRIPTION_AUTO_SIGN",
            "2023-11-15",
            "`Approvers.0.ApproverMobile` has 201 characters",
        ] {
            assert!(is_clean(text), "{text} -> {}", cleaned(text));
        }
    }
}
