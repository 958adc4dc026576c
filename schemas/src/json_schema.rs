//! The contract of one action as self-contained JSON Schema 2020-12, built from the tables when asked for.
//!
//! The files under `actions/` say the same with references into `structs.json`; a test holds both together. Compiling such a schema
//! takes milliseconds, so this is for suites and explanations, never for the way of a call.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::contract::{ActionContract, FieldContract, Kind, Limits, Literal, StructContract};

/// What a request must look like, with field limits.
pub fn request_schema(contract: &ActionContract) -> Value {
    Direction::Request.schema(contract.request)
}

/// What the content of `Response` must look like, RequestId included.
pub fn response_schema(contract: &ActionContract) -> Value {
    let mut schema = Direction::Response.schema(contract.response);
    schema["properties"]["RequestId"] = json!({"type": "string"});
    if let Some(required) = schema["required"].as_array_mut() {
        required.push(json!("RequestId"));
    }
    schema
}

/// Structs that occur both ways are demanded differently each way.
#[derive(Clone, Copy, PartialEq)]
enum Direction {
    Request,
    Response,
}

impl Direction {
    fn schema(self, root: &'static StructContract) -> Value {
        let mut structs = BTreeMap::new();
        collect(root, &mut structs);
        let defs: Map<String, Value> =
            structs.iter().map(|(name, inner)| ((*name).to_owned(), self.object(inner))).collect();
        let mut schema = self.object(root);
        schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
        schema["title"] = json!(root.name);
        if !defs.is_empty() {
            schema["$defs"] = Value::Object(defs);
        }
        schema
    }

    fn object(self, contract: &StructContract) -> Value {
        let properties: Map<String, Value> =
            contract.fields.iter().map(|field| (field.name.to_owned(), self.field(field))).collect();
        let conditional = contract.fields.iter().filter(|field| self == Direction::Request && field.required);
        let demanded: Vec<Value> = conditional.filter_map(demanded_unless).collect();
        let required: Vec<&str> = contract
            .fields
            .iter()
            .filter(|field| match self {
                Direction::Request => field.required && field.required_unless.is_none(),
                Direction::Response => field.always,
            })
            .map(|field| field.name)
            .collect();
        let mut schema = json!({"type": "object", "properties": properties, "required": required});
        if self == Direction::Request {
            schema["additionalProperties"] = json!(false);
        }
        if !demanded.is_empty() {
            schema["allOf"] = json!(demanded);
        }
        schema
    }

    fn field(self, field: &FieldContract) -> Value {
        let mut schema = kind(field.kind);
        match self {
            Direction::Request => {
                if let Some(limits) = field.limits {
                    schema = limited(schema, limits, field.kind);
                }
            }
            Direction::Response if field.nullable => schema = json!({"anyOf": [schema, {"type": "null"}]}),
            Direction::Response => (),
        }
        schema
    }
}

fn collect(owner: &'static StructContract, structs: &mut BTreeMap<&'static str, &'static StructContract>) {
    for field in owner.fields {
        if let Some(inner) = field.kind.structure()
            && structs.insert(inner.name, inner).is_none()
        {
            collect(inner, structs);
        }
    }
}

fn kind(kind: Kind) -> Value {
    match kind {
        Kind::String => json!({"type": "string"}),
        Kind::Int64 => json!({"type": "integer", "minimum": i64::MIN, "maximum": i64::MAX}),
        Kind::Uint64 => json!({"type": "integer", "minimum": 0, "maximum": u64::MAX}),
        Kind::Float => json!({"type": "number"}),
        Kind::Bool => json!({"type": "boolean"}),
        Kind::Struct(inner) => json!({"$ref": format!("#/$defs/{}", inner.name)}),
        Kind::List(item) => json!({"type": "array", "items": self::kind(*item)}),
    }
}

/// `{"if": <the other field has one of the values>, "else": {"required": [field]}}`
fn demanded_unless(field: &FieldContract) -> Option<Value> {
    let condition = field.required_unless?;
    Some(json!({
        "if": {"properties": {condition.field: {"enum": condition.values}}, "required": [condition.field]},
        "else": {"required": [field.name]},
    }))
}

/// Adds the limits. An empty text or list counts as absent, so it breaks none of them.
fn limited(bare: Value, limits: &Limits, kind: Kind) -> Value {
    let mut outer = Map::new();
    let mut inner = Map::new();
    let list = matches!(kind, Kind::List(_));
    if let Some(most) = limits.max_items {
        outer.insert("maxItems".to_owned(), json!(most));
    }
    if let Some(fewest) = limits.min_items {
        outer.insert("minItems".to_owned(), json!(fewest));
    }
    if let Some(longest) = if list { limits.item_max_length } else { limits.max_length } {
        inner.insert("maxLength".to_owned(), json!(longest));
    }
    if let Some(shortest) = limits.min_length {
        inner.insert("minLength".to_owned(), json!(shortest));
    }
    if let Some(pattern) = limits.pattern {
        inner.insert("pattern".to_owned(), json!(pattern));
    }
    if let Some(format) = limits.format {
        inner.insert("format".to_owned(), json!(format));
    }
    if let Some(smallest) = limits.minimum {
        inner.insert("minimum".to_owned(), json!(smallest));
    }
    if let Some(largest) = limits.maximum {
        inner.insert("maximum".to_owned(), json!(largest));
    }
    if !limits.allowed.is_empty() {
        inner.insert("enum".to_owned(), limits.allowed.iter().map(literal).collect());
    }
    if list && !inner.is_empty() {
        outer.insert("items".to_owned(), Value::Object(inner));
    } else {
        outer.extend(inner);
    }
    let empty = if list { json!([]) } else { json!("") };
    json!({"allOf": [bare, {"anyOf": [{"const": empty}, Value::Object(outer)]}]})
}

fn literal(value: &Literal) -> Value {
    match *value {
        Literal::Text(value) => json!(value),
        Literal::Integer(value) => json!(value),
        Literal::Float(value) => json!(value),
        Literal::Bool(value) => json!(value),
    }
}
