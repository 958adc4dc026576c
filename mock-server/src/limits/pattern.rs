//! Patterns of the contract, each compiled when it is first needed and then kept.

use std::collections::HashMap;
use std::sync::{LazyLock, PoisonError, RwLock};

use regex::Regex;

/// The patterns are `&'static` and few (the contract has a dozen), so the cache is bounded by the contract.
static COMPILED: LazyLock<RwLock<HashMap<&'static str, Option<Regex>>>> = LazyLock::new(RwLock::default);

/// Whether `text` matches. A pattern that cannot be compiled matches everything: a test compiles all of them, and a
/// caller is not to suffer for our mistake.
pub(super) fn matches(pattern: &'static str, text: &str) -> bool {
    let known = COMPILED.read().unwrap_or_else(PoisonError::into_inner);
    if let Some(regex) = known.get(pattern) {
        return regex.as_ref().is_none_or(|regex| regex.is_match(text));
    }
    drop(known);
    let regex = compile(pattern).ok();
    let fits = regex.as_ref().is_none_or(|regex| regex.is_match(text));
    COMPILED.write().unwrap_or_else(PoisonError::into_inner).insert(pattern, regex);
    fits
}

/// Compiles a pattern as JSON Schema means it: `\d` is a digit of ASCII.
fn compile(pattern: &str) -> Result<Regex, regex::Error> {
    Regex::new(&pattern.replace(r"\d", "[0-9]"))
}

#[cfg(test)]
mod tests {
    use ess_schemas::contract::{Kind, Service, StructContract, actions};

    use super::*;

    #[test]
    fn every_pattern_of_the_contract_compiles() {
        fn visit(contract: &'static StructContract, seen: &mut Vec<&'static str>, patterns: &mut Vec<&'static str>) {
            if seen.contains(&contract.name) {
                return;
            }
            seen.push(contract.name);
            for field in contract.fields {
                patterns.extend(field.limits.and_then(|limits| limits.pattern));
                let mut kind = field.kind;
                while let Kind::List(item) = kind {
                    kind = *item;
                }
                if let Kind::Struct(inner) = kind {
                    visit(inner, seen, patterns);
                }
            }
        }
        let mut patterns = Vec::new();
        for service in Service::ALL {
            let mut seen = Vec::new();
            for action in actions(service) {
                visit(action.request, &mut seen, &mut patterns);
            }
        }
        for pattern in patterns {
            assert!(compile(pattern).is_ok(), "{pattern}");
        }
    }

    #[test]
    fn unicode_classes_and_escapes_are_understood() {
        let text = r"^[\p{Han}\u3000-\u303F\uFF00-\uFFEF\u2018\u2019\u00B7A-Za-z0-9 ()\[\]\-_,;.&+]*$";

        assert!(matches(text, "劳动合同（2026）·A-1"));
        assert!(!matches(text, "合同😀"));
        assert!(!matches(text, "合同<b>"));
    }
}
