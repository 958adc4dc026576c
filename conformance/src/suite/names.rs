//! Values with names: `${flow.id}` and what else may stand between the braces.

use std::fmt;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::folder::Folder;

/// How a generated text begins whose characters nobody chose.
const FILLER: &str = "合同";
/// No list or text of a request is made longer than this.
const MOST: usize = 100_000;

/// Stands for what only an answer will say, before there is one: an object replacement character, which no case writes.
pub const UNKNOWN: &str = "\u{fffc}";

/// What names stand for, in one case's world.
#[derive(Clone, Debug)]
pub struct Names {
    /// Values by their first name.
    pub values: Map<String, Value>,
    /// The target's time, in unix seconds.
    pub now: i64,
    /// A text no other case has.
    pub unique: String,
    /// Where files come from; without it, they are not looked at.
    pub folder: Option<Folder>,
}

/// A name that stands for nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unresolved {
    /// What stands between the braces.
    pub name: String,
    /// Why it stands for nothing.
    pub why: String,
}

impl fmt::Display for Unresolved {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "${{{}}}: {}", self.name, self.why)
    }
}

impl Names {
    /// Puts values in place of their names, all the way down.
    ///
    /// # Errors
    /// A name stands for nothing.
    pub fn resolve(&self, value: &Value) -> Result<Value, Unresolved> {
        self.resolve_at(value, None)
    }

    /// The same for what must become a text.
    ///
    /// # Errors
    /// A name stands for nothing, or for something that is no text.
    pub fn text(&self, value: &Value) -> Result<String, Unresolved> {
        match self.resolve(value)? {
            Value::String(text) => Ok(text),
            Value::Number(number) => Ok(number.to_string()),
            other @ (Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_)) => {
                Err(Unresolved { name: value.to_string(), why: format!("a text is needed here, this is {other}") })
            }
        }
    }

    /// Binds a dotted name.
    pub fn bind(&mut self, name: &str, value: Value) {
        let (first, rest) = name.split_once('.').unwrap_or((name, ""));
        let mut at = self.values.entry(first).or_insert(Value::Null);
        for piece in rest.split('.').filter(|piece| !piece.is_empty()) {
            if !at.is_object() {
                *at = Value::Object(Map::new());
            }
            at = &mut at[piece];
        }
        *at = value;
    }

    fn resolve_at(&self, value: &Value, index: Option<usize>) -> Result<Value, Unresolved> {
        match value {
            Value::String(text) => self.in_text(text, index),
            Value::Array(items) => items.iter().map(|item| self.resolve_at(item, index)).collect(),
            Value::Object(map) => match (map.len(), map.get("repeat"), map.get("times")) {
                (2, Some(item), Some(times)) => self.repeat(item, times),
                _ => {
                    let pairs = map.iter().map(|(key, value)| Ok((key.clone(), self.resolve_at(value, index)?)));
                    Ok(Value::Object(pairs.collect::<Result<_, _>>()?))
                }
            },
            Value::Null | Value::Bool(_) | Value::Number(_) => Ok(value.clone()),
        }
    }

    fn repeat(&self, item: &Value, times: &Value) -> Result<Value, Unresolved> {
        let times = self.resolve(times)?;
        if times == UNKNOWN {
            return Ok(times);
        }
        let count = times.as_u64().and_then(|count| usize::try_from(count).ok()).filter(|count| *count <= MOST);
        let count =
            count.ok_or_else(|| Unresolved { name: "times".to_owned(), why: format!("expected 0 to {MOST}") })?;
        (0..count).map(|index| self.resolve_at(item, Some(index))).collect()
    }

    fn in_text(&self, text: &str, index: Option<usize>) -> Result<Value, Unresolved> {
        let pieces = pieces(text);
        if let [Piece::Name(name)] = pieces[..] {
            return self.named(name, index);
        }
        let mut whole = String::new();
        for piece in pieces {
            match piece {
                Piece::Text(text) => whole.push_str(text),
                Piece::Name(name) => match self.named(name, index)? {
                    Value::String(text) => whole.push_str(&text),
                    other @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => {
                        whole.push_str(&other.to_string())
                    }
                },
            }
        }
        Ok(Value::String(whole))
    }

    /// What stands between braces.
    fn named(&self, name: &str, index: Option<usize>) -> Result<Value, Unresolved> {
        let wrong = |why: &str| Unresolved { name: name.to_owned(), why: why.to_owned() };
        match Expression::read(name).map_err(|why| wrong(&why))? {
            Expression::Now(offset) => Ok((self.now + offset).into()),
            Expression::Unique => Ok(self.unique.clone().into()),
            Expression::Index(first) => {
                let index = index.ok_or_else(|| wrong("counts only inside of `repeat`"))?;
                Ok((first + index).into())
            }
            Expression::Text(filler, length) => Ok(filler.chars().cycle().take(length).collect::<String>().into()),
            Expression::Base64(text) => Ok(BASE64_STANDARD.encode(text).into()),
            Expression::File(file) => {
                let Some(folder) = &self.folder else { return Ok(UNKNOWN.into()) };
                let bytes = folder.bytes("files", file).map_err(|mistake| wrong(&mistake.to_string()))?;
                Ok(BASE64_STANDARD.encode(bytes).into())
            }
            Expression::Path(path) => {
                let mut at = self.values.get(path[0]).ok_or_else(|| wrong("nothing has this name"))?;
                for piece in &path[1..] {
                    if *at == UNKNOWN {
                        break;
                    }
                    let inner = match (at, piece.parse::<usize>()) {
                        (Value::Array(items), Ok(number)) => items.get(number),
                        (at, _) => at.get(piece),
                    };
                    at = inner.ok_or_else(|| wrong(&format!("there is no `{piece}` in it")))?;
                }
                Ok(at.clone())
            }
        }
    }
}

/// What may stand between braces.
#[derive(Debug, PartialEq, Eq)]
pub enum Expression<'a> {
    /// The target's time, so many seconds off.
    Now(i64),
    /// A text no other case has.
    Unique,
    /// Which item of a repetition this is, counted from there.
    Index(usize),
    /// A text of so many characters.
    Text(&'a str, usize),
    /// A text as base64.
    Base64(&'a str),
    /// A file as base64.
    File(&'a str),
    /// A value by its name, and the way into it.
    Path(Vec<&'a str>),
}

impl<'a> Expression<'a> {
    /// Reads what stands between the braces.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(text: &'a str) -> Result<Self, String> {
        let text = text.trim();
        let (word, rest) = text.split_once(' ').map_or((text, ""), |(word, rest)| (word, rest.trim()));
        match (word, rest) {
            ("now", "") => Ok(Self::Now(0)),
            ("now", offset) => {
                let (sign, span) = offset.split_at(1);
                let span = Span::parse(span.trim())?;
                match sign {
                    "+" => Ok(Self::Now(span.seconds)),
                    "-" => Ok(Self::Now(-span.seconds)),
                    _ => Err("expected `now + 30d` or `now - 1s`".to_owned()),
                }
            }
            ("unique", "") => Ok(Self::Unique),
            ("index", "") => Ok(Self::Index(0)),
            ("index", rest) => {
                let first = rest.strip_prefix('+').and_then(|first| first.trim().parse().ok());
                first.map(Self::Index).ok_or_else(|| "expected `index` or `index + 10`".to_owned())
            }
            ("file", name) if !name.is_empty() => Ok(Self::File(name)),
            ("base64", text) => Ok(Self::Base64(text)),
            ("text", rest) => {
                let (filler, length) = rest.rsplit_once(' ').unwrap_or((FILLER, rest));
                let length = length.parse().ok().filter(|length| *length <= MOST);
                length
                    .map(|length| Self::Text(filler, length))
                    .ok_or_else(|| "expected `text 201` or `text 合 201`".to_owned())
            }
            (_, "") => {
                let path: Vec<&str> = text.split(['.', '[']).map(|piece| piece.trim_end_matches(']')).collect();
                if path.iter().any(|piece| piece.is_empty()) {
                    return Err("expected a name, such as `flow.id` or `approvers[0].sign`".to_owned());
                }
                Ok(Self::Path(path))
            }
            _ => Err("expected a name, or one of `now`, `unique`, `index`, `text`, `base64`, `file`".to_owned()),
        }
    }
}

/// A piece of a text with names in it.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// As it stands.
    Text(&'a str),
    /// Between braces.
    Name(&'a str),
}

/// Takes a text apart at `${` and `}`.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let Some((name, behind)) = after.split_once('}') else { break };
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        pieces.push(Piece::Name(name));
        rest = behind;
    }
    if !rest.is_empty() || pieces.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

/// Every name a value speaks of, all the way down.
pub fn names_in<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::String(text) => found.extend(pieces(text).into_iter().filter_map(|piece| match piece {
            Piece::Name(name) => Some(name),
            Piece::Text(_) => None,
        })),
        Value::Array(items) => items.iter().for_each(|item| names_in(item, found)),
        Value::Object(map) => map.values().for_each(|value| names_in(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A span of time, such as `30m`, `1h30m` or `0.5s`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// As written, which the fake's clock reads too.
    pub text: String,
    /// In whole seconds, rounded up.
    pub seconds: i64,
}

impl Span {
    /// Reads one.
    ///
    /// # Errors
    /// It is none.
    pub fn parse(text: &str) -> Result<Self, String> {
        let parsed = ess_mock_server::span::parse(text)
            .ok_or_else(|| format!("expected a span such as `30m`, `1h30m` or `3s`, found `{text}`"))?;
        let seconds = parsed.as_secs() + u64::from(parsed.subsec_nanos() > 0);
        Ok(Self { text: text.to_owned(), seconds: i64::try_from(seconds).unwrap_or(i64::MAX) })
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn names() -> Names {
        let Value::Object(values) = json!({"flow": {"id": "yD", "count": 3, "list": ["a", "b"]}, "operator": "yU"})
        else {
            panic!("a map")
        };
        Names { values, now: 1000, unique: "u1".to_owned(), folder: Some(Folder::BuiltIn) }
    }

    #[test]
    fn a_value_keeps_its_type_where_it_stands_alone_and_becomes_text_inside_of_one() {
        let resolved = names()
            .resolve(&json!({"A": "${flow.count}", "B": "n ${flow.count}/${flow.list[1]}", "C": ["${operator}"]}));

        assert_eq!(resolved.unwrap(), json!({"A": 3, "B": "n 3/b", "C": ["yU"]}));
    }

    #[test]
    fn what_has_no_value_is_named() {
        let unresolved = names().resolve(&json!({"A": ["${flow.nothing}"]})).unwrap_err();

        assert_eq!(unresolved.to_string(), "${flow.nothing}: there is no `nothing` in it");
    }

    #[test]
    fn times_texts_and_lists_are_made() {
        let wanted = json!(["${now + 1h}", "${now - 1s}", "${text 3}", "${text ab 3}", "${base64 hi}", {"repeat": "x${index}${index + 10}", "times": 2}]);

        assert_eq!(names().resolve(&wanted).unwrap(), json!([4600, 999, "合同合", "aba", "aGk=", ["x010", "x111"]]));
    }

    #[test]
    fn a_dotted_name_is_bound_beside_its_neighbours() {
        let mut names = names();

        names.bind("flow.other.deep", json!(1));
        names.bind("fresh", json!(2));

        assert_eq!(names.resolve(&json!("${flow.id}${flow.other.deep}${fresh}")).unwrap(), json!("yD12"));
    }
}
