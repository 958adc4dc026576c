//! A JSON object whose fields stay in their order, each value as the text it had: what is changed by hand keeps the rest of a
//! message as the platform would send it.

use std::fmt;

use serde::de::{MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::{RawValue, to_raw_value};

/// Fields in order. Names may come twice: hostile bodies do that.
#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<(String, Box<RawValue>)>);

impl Fields {
    /// Reads an object.
    ///
    /// # Errors
    /// The text is no JSON object.
    pub fn parse(text: &[u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(text)
    }

    /// As compact JSON.
    #[must_use]
    pub fn to_text(&self) -> String {
        let fields: Vec<String> =
            self.0.iter().map(|(name, value)| format!("{}:{}", quoted(name), value.get())).collect();
        format!("{{{}}}", fields.join(","))
    }

    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// Names and values as JSON, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.get()))
    }

    /// A field's value as JSON.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.get())
    }

    /// Whether there is such a field.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Gives a field another value where it stands, or adds it at the end.
    pub fn set(&mut self, name: &str, value: impl Serialize) {
        let value = raw(value);
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name.to_owned(), value)),
        }
    }

    /// The same with a value that is JSON already.
    pub fn set_json(&mut self, name: &str, json: String) {
        self.set(name, json_text(json));
    }

    /// Puts a field in front, whether or not its name is there already.
    pub fn put_first(&mut self, name: &str, value: impl Serialize) {
        self.0.insert(0, (name.to_owned(), raw(value)));
    }

    /// Keeps the fields that `wanted` says yes to; it is given the name and the value as JSON.
    pub fn retain(&mut self, mut wanted: impl FnMut(&str, &str) -> bool) {
        self.0.retain(|(name, value)| wanted(name, value.get()));
    }

    /// Turns the order round.
    pub fn reverse(&mut self) {
        self.0.reverse();
    }
}

#[expect(clippy::expect_used, reason = "what is written here are texts, numbers and JSON that was read before")]
fn raw(value: impl Serialize) -> Box<RawValue> {
    to_raw_value(&value).expect("texts, numbers and JSON values always serialise")
}

#[expect(clippy::expect_used, reason = "callers hand over what was read or written as JSON before")]
fn json_text(json: String) -> Box<RawValue> {
    RawValue::from_string(json).expect("callers hand over JSON")
}

fn quoted(name: &str) -> String {
    serde_json::Value::from(name).to_string()
}

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(InOrder)
    }
}

struct InOrder;

impl<'de> Visitor<'de> for InOrder {
    type Value = Fields;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a JSON object")
    }

    fn visit_map<Map: MapAccess<'de>>(self, mut map: Map) -> Result<Fields, Map::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        Ok(Fields(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_spelling_of_what_is_not_touched_stay() {
        let mut fields = Fields::parse(br#"{"b":1.50,"a":{"y":1,"x":2},"c":"\u4e2d"}"#).unwrap();

        fields.set("a", [1]);
        fields.set("d", "新");
        fields.put_first("b", 0);

        assert_eq!(fields.to_text(), r#"{"b":0,"b":1.50,"a":[1],"c":"\u4e2d","d":"新"}"#);
    }

    #[test]
    fn only_an_object_has_fields() {
        assert!(Fields::parse(b"[1]").is_err());
        assert!(Fields::parse(b"{} x").is_err());
    }
}
