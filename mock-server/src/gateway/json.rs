//! JSON bodies, read with more care than `serde_json::Value` takes: a member that stands twice is refused instead of
//! the last one winning, nesting is bounded, and so is the number of values (90 MB of `0,0,0` would fill gigabytes).

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::Path;
use super::fault::Fault;

/// Levels of nesting we read. The deepest documented parameter needs 8; serde_json itself would stop at 128.
pub(super) const MAX_DEPTH: usize = 32;

/// Values we read in one body. The largest request anybody sends has some ten thousand.
const MAX_VALUES: u32 = 1_000_000;

/// Reads the parameters of a JSON body. An empty body has none (ASSUMED).
pub(super) fn read_object(body: &[u8]) -> Result<Value, Fault> {
    if body.trim_ascii().is_empty() {
        return Ok(Value::Object(Map::new()));
    }
    match read_value(body, &Path::Root)? {
        object @ Value::Object(_) => Ok(object),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Err(Fault::NotJson),
    }
}

/// Reads any JSON value that stands at `path`.
pub(super) fn read_value(text: &[u8], path: &Path<'_>) -> Result<Value, Fault> {
    let fault = RefCell::new(None);
    let mut source = serde_json::Deserializer::from_slice(text);
    let left = Cell::new(MAX_VALUES);
    let reader = Reader { path: *path, depth: 0, left: &left, fault: &fault };
    match reader.deserialize(&mut source).and_then(|value| source.end().map(|()| value)) {
        Ok(value) => Ok(value),
        Err(_) => Err(fault.into_inner().unwrap_or(Fault::NotJson)),
    }
}

/// Reads one value; what it refuses by itself it leaves in `fault`, because serde's error only carries text.
struct Reader<'p> {
    path: Path<'p>,
    depth: usize,
    left: &'p Cell<u32>,
    fault: &'p RefCell<Option<Fault>>,
}

impl<'p> Reader<'p> {
    fn refuse<E: serde::de::Error>(&self, fault: Fault) -> E {
        *self.fault.borrow_mut() = Some(fault);
        E::custom("refused")
    }

    fn below<'q>(&'q self, path: Path<'q>) -> Reader<'q> {
        Reader { path, depth: self.depth + 1, left: self.left, fault: self.fault }
    }
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, source: D) -> Result<Value, D::Error> {
        match self.left.get().checked_sub(1) {
            None => Err(self.refuse(Fault::TooMany)),
            Some(left) => {
                self.left.set(left);
                source.deserialize_any(self)
            }
        }
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Value;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| E::custom("not a finite number"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        if self.depth == MAX_DEPTH {
            return Err(self.refuse(Fault::TooDeep));
        }
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self.below(Path::Item(&self.path, list.len())))? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        if self.depth == MAX_DEPTH {
            return Err(self.refuse(Fault::TooDeep));
        }
        let mut object = Map::new();
        while let Some(name) = members.next_key::<Cow<'de, str>>()? {
            let name = name.into_owned();
            let path = Path::Field(&self.path, &name);
            if object.contains_key(&name) {
                return Err(self.refuse(Fault::Repeated { name: path.to_string() }));
            }
            let value = members.next_value_seed(self.below(path))?;
            object.insert(name, value);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_body_is_read_as_serde_json_reads_it() {
        let text = r#"{"FlowId":"合\u540c","Limit":10,"Min":-1,"X":1.5,"Deep":{"List":[null,true,{"A":"\n"}]}}"#;

        assert_eq!(read_object(text.as_bytes()).unwrap(), serde_json::from_str::<Value>(text).unwrap());
    }

    #[test]
    fn an_empty_body_has_no_parameters() {
        assert_eq!(read_object(b" \r\n").unwrap(), json!({}));
    }

    #[test]
    fn a_member_that_stands_twice_is_refused_by_its_path() {
        let fault = read_object(br#"{"Approvers":[{"Name":"a"},{"Name":"a","Name":"b"}]}"#).unwrap_err();

        assert_eq!(fault, Fault::Repeated { name: "Approvers.1.Name".into() });
    }

    #[test]
    fn what_is_no_json_object_is_refused() {
        for body in ["[]", "1", "null", "\"x\"", "{", "{\"A\":}", "{} {}", "{\"A\":1e999}", "\u{feff}{}"] {
            assert_eq!(read_object(body.as_bytes()).unwrap_err(), Fault::NotJson, "{body}");
        }
        assert_eq!(read_object(b"{\"A\":\"\xff\"}").unwrap_err(), Fault::NotJson);
    }

    #[test]
    fn nesting_is_bounded() {
        let deep = |levels: usize| format!("{{\"A\":{}{}}}", "[".repeat(levels), "]".repeat(levels));

        assert!(read_object(deep(MAX_DEPTH - 1).as_bytes()).is_ok());
        assert_eq!(read_object(deep(MAX_DEPTH).as_bytes()).unwrap_err(), Fault::TooDeep);
        assert_eq!(read_object(deep(100_000).as_bytes()).unwrap_err(), Fault::TooDeep);
    }

    #[test]
    fn the_number_of_values_is_bounded() {
        let many = |values: usize| format!("{{\"A\":[{}0]}}", "0,".repeat(values - 3));
        let bound = usize::try_from(MAX_VALUES).unwrap();

        assert!(read_object(many(bound).as_bytes()).is_ok());
        assert_eq!(read_object(many(bound + 1).as_bytes()).unwrap_err(), Fault::TooMany);
    }
}
