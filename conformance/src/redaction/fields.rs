//! What a field of an answer holds, by its name in the contract. Whatever is not known to be harmless is replaced.

/// What becomes of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// One of the vendor's words, such as a status: kept.
    Word,
    /// A sentence of the vendor's: kept, with whatever looks like a person or a secret taken out.
    Sentence,
    /// Anything else: only what it is and how long it is are kept.
    Hidden(&'static str),
}

/// Fields that hold one of a few words, besides those whose name says so by its end.
const WORDS: [&str; 11] = [
    "AuthTag",
    "DeliveryMethod",
    "FlowChannel",
    "GenerateMode",
    "KeywordOrder",
    "OpState",
    "ResultCode",
    "RiskLevel",
    "SignAlgorithm",
    "SignPlatform",
    "TemplateVersion",
];

/// Fields in which the vendor explains itself.
const SENTENCES: [&str; 8] = [
    "ErrMessage",
    "ErrorDetail",
    "ErrorMessage",
    "ErrorMessages",
    "Errormessage",
    "FailMessages",
    "FailReason",
    "OperateResult",
];

/// Ends of names, the first that fits.
const HIDDEN: [(&str, &str); 26] = [
    ("Mobile", "mobile"),
    ("Email", "mail"),
    ("CardNumber", "card"),
    ("CreditCode", "card"),
    ("OrgCode", "card"),
    ("RegNo", "card"),
    ("License", "card"),
    ("Url", "url"),
    ("Urls", "url"),
    ("Link", "url"),
    ("Path", "url"),
    ("Video", "url"),
    ("Logo", "url"),
    ("Base64", "base64"),
    ("Name", "name"),
    ("Names", "name"),
    ("Id", "id"),
    ("Ids", "id"),
    ("IdList", "id"),
    ("Key", "key"),
    ("IV", "key"),
    ("Cert", "key"),
    ("CertSn", "key"),
    ("Md5", "key"),
    ("EncryptionSignature", "key"),
    ("Date", "date"),
];

impl Sort {
    /// What a field of this name holds.
    pub(super) fn of(field: &str) -> Self {
        if WORDS.contains(&field) || ["Status", "Type"].iter().any(|end| field.ends_with(end)) {
            return Self::Word;
        }
        if SENTENCES.contains(&field) {
            return Self::Sentence;
        }
        let hidden = HIDDEN.iter().find(|(end, _)| field.ends_with(end));
        Self::Hidden(hidden.map_or("text", |(_, kind)| kind))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use ess_schemas::{Kind, Service, StructContract, actions};

    use super::*;

    fn texts(of: &'static StructContract, seen: &mut BTreeSet<&'static str>, names: &mut BTreeSet<&'static str>) {
        if !seen.insert(of.name) {
            return;
        }
        for field in of.fields {
            match (field.kind, field.kind.structure()) {
                (_, Some(inner)) => texts(inner, seen, names),
                (Kind::String | Kind::List(Kind::String), None) => drop(names.insert(field.name)),
                (Kind::Int64 | Kind::Uint64 | Kind::Float | Kind::Bool | Kind::List(_) | Kind::Struct(_), None) => {}
            }
        }
    }

    #[test]
    fn every_text_of_an_answer_that_is_kept_is_on_this_list() {
        let (mut seen, mut names) = (BTreeSet::new(), BTreeSet::new());
        for action in Service::ALL.into_iter().flat_map(actions) {
            texts(action.response, &mut seen, &mut names);
        }

        let kept: Vec<&str> = names.into_iter().filter(|name| !matches!(Sort::of(name), Sort::Hidden(_))).collect();

        insta::assert_snapshot!(kept.join("\n"));
    }
}
