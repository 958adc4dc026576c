//! The words by which a case says what it needs and what it would notice.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

/// Something a target can do beyond answering calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Capability {
    /// Its time can be moved.
    Clock,
    /// Somebody signs when told to.
    Signer,
    /// Its callbacks reach the suite.
    Callbacks,
    /// Its links can be opened by a program.
    Pages,
    /// It has templates of the profile's names.
    Template,
    /// It has seals of the profile's names.
    Seal,
    /// Its company is in a holding group.
    Group,
    /// Its company is a platform with customers.
    Partner,
    /// What a company may still use can be set.
    Quota,
    /// What nobody published can be chosen.
    Settings,
    /// Callbacks can be made to come otherwise than in order.
    Disorder,
    /// Calls can be made to fail.
    Faults,
    /// Contracts can be reviewed before they start.
    Review,
    /// Something outside can make a contract void.
    Invalidation,
    /// The account is the suite's alone: a call may touch everything in it.
    Exclusive,
}

impl Capability {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::Clock,
        Self::Signer,
        Self::Callbacks,
        Self::Pages,
        Self::Template,
        Self::Seal,
        Self::Group,
        Self::Partner,
        Self::Quota,
        Self::Settings,
        Self::Disorder,
        Self::Faults,
        Self::Review,
        Self::Invalidation,
        Self::Exclusive,
    ];

    /// The word of the format.
    pub fn word(self) -> &'static str {
        match self {
            Self::Clock => "clock",
            Self::Signer => "signer",
            Self::Callbacks => "callbacks",
            Self::Pages => "pages",
            Self::Template => "template",
            Self::Seal => "seal",
            Self::Group => "group",
            Self::Partner => "partner",
            Self::Quota => "quota",
            Self::Settings => "settings",
            Self::Disorder => "disorder",
            Self::Faults => "faults",
            Self::Review => "review",
            Self::Invalidation => "invalidation",
            Self::Exclusive => "exclusive",
        }
    }
}

impl fmt::Display for Capability {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.word())
    }
}

/// A transition of a contract's life, such as `T7`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Transition(pub String);

impl Transition {
    /// Those there are, and what each is.
    pub const ALL: [(&'static str, &'static str); 27] = [
        ("T1", "a contract is created without a document"),
        ("T2", "a document is made from a template"),
        ("T3", "a contract is started"),
        ("T3b", "a start waits for the company's review"),
        ("T4", "a contract is launched from a file"),
        ("T5", "a signer fills in"),
        ("T6", "filling in is refused"),
        ("T7", "one of several signs"),
        ("T8", "the last one signs"),
        ("T8d", "the last known one signs an open-ended contract"),
        ("T9", "a machine signs"),
        ("T10", "signing is refused"),
        ("T11", "a review passes"),
        ("T12", "a review rejects"),
        ("T13", "a review refuses the signature"),
        ("T14", "a contract is cancelled"),
        ("T15", "a contract expires"),
        ("T16", "a signer's own deadline passes"),
        ("T17", "something outside makes a contract void"),
        ("T18", "a deadline is moved"),
        ("T19", "a task is handed on"),
        ("T20", "a release agreement is launched"),
        ("T21", "a release agreement is signed by all"),
        ("T22", "a release agreement ends otherwise"),
        ("T23", "a signer is added to an open-ended contract"),
        ("T24", "an open-ended contract is closed"),
        ("T25", "an open slot gets its person"),
    ];
}

impl<'de> Deserialize<'de> for Transition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        if Self::ALL.iter().any(|(known, _)| *known == name) {
            return Ok(Self(name));
        }
        Err(serde::de::Error::custom(format!("unknown transition `{name}`, expected T1 to T25 (and T3b, T8d)")))
    }
}

/// `CancelFlowRequest.CancelMessage max_length beyond`: a limit of the contract, and from which side it is tested.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LimitMark {
    /// The struct, or `<Action>Request`.
    pub structure: String,
    /// Its field.
    pub field: String,
    /// Which of the field's limits.
    pub bound: Bound,
    /// From which side.
    pub side: Side,
}

/// A kind of limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "as in the contract's `Limits`")]
pub enum Bound {
    MaxLength,
    MinLength,
    ItemMaxLength,
    MaxItems,
    MinItems,
    Minimum,
    Maximum,
    Allowed,
    Pattern,
    Format,
}

/// A side of a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The last value that is taken.
    Within,
    /// The first that is not.
    Beyond,
}

impl<'de> Deserialize<'de> for LimitMark {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let words: Vec<&str> = text.split_whitespace().collect();
        let wrong = |what: &str| {
            serde::de::Error::custom(format!(
                "{what}; expected `<Struct>.<Field> <bound> within|beyond`, such as `CancelFlowRequest.CancelMessage max_length beyond`"
            ))
        };
        let [of, bound, side] = words[..] else { return Err(wrong("a limit is three words")) };
        let (structure, field) = of.split_once('.').ok_or_else(|| wrong("the first word has no `.`"))?;
        let word = |text: &str| serde_json::Value::String(text.to_owned());
        Ok(Self {
            structure: structure.to_owned(),
            field: field.to_owned(),
            bound: serde_json::from_value(word(bound)).map_err(|error| wrong(&error.to_string()))?,
            side: serde_json::from_value(word(side)).map_err(|error| wrong(&error.to_string()))?,
        })
    }
}
