//! Limits of single fields: lengths, alphabets, listed values, sizes of lists, ranges.
//!
//! The limits are data of the contract, and each names the refusal it causes; nothing here knows a field by name. A
//! limit applies only where the field is present and not empty (ASSUMED: official examples send `""` and `[]` where
//! they mean nothing). Lengths count characters. The first limit broken in the contract's order is the one reported,
//! whatever order the client sent its members in.
//!
//! The value must have passed [`shape`](crate::gateway::shape) before: types are taken for granted.

mod breach;
mod format;
mod one;
mod pattern;

use ess_schemas::contract::{ActionContract, Kind, Limits, StructContract};
use serde_json::{Map, Value};

use crate::gateway::Path;

pub use breach::{Breach, Broken};

/// Holds the parameters of a call against the limits of its action.
pub fn check(parameters: &Value, contract: &ActionContract) -> Result<(), Breach> {
    match parameters.as_object() {
        Some(members) => check_struct(members, contract.request, &Path::Root),
        None => Ok(()),
    }
}

fn check_struct(members: &Map<String, Value>, contract: &StructContract, path: &Path<'_>) -> Result<(), Breach> {
    for field in contract.fields {
        let inner = inner_struct(field.kind);
        if field.limits.is_none() && inner.is_none() {
            continue;
        }
        let Some(value) = members.get(field.name).filter(|value| !is_empty(value)) else { continue };
        let path = Path::Field(path, field.name);
        if let Some(limits) = field.limits {
            check_field(value, limits, &path)?;
        }
        if let Some(contract) = inner {
            check_inside(value, contract, &path)?;
        }
    }
    Ok(())
}

/// The structs in a value: itself, or the items of a list.
fn check_inside(value: &Value, contract: &StructContract, path: &Path<'_>) -> Result<(), Breach> {
    match value {
        Value::Object(members) => check_struct(members, contract, path),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .try_for_each(|(index, item)| check_inside(item, contract, &Path::Item(path, index))),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Ok(()),
    }
}

fn check_field(value: &Value, limits: &'static Limits, path: &Path<'_>) -> Result<(), Breach> {
    let Value::Array(items) = value else {
        return one::check(value, limits.max_length, limits).map_err(|broken| Breach::new(limits, path, value, broken));
    };
    size(items.len(), limits).map_err(|broken| Breach::new(limits, path, value, broken))?;
    items.iter().enumerate().filter(|(_, item)| !is_empty(item)).try_for_each(|(index, item)| {
        one::check(item, limits.item_max_length, limits)
            .map_err(|broken| Breach::new(limits, &Path::Item(path, index), item, broken))
    })
}

fn size(found: usize, limits: &Limits) -> Result<(), Broken> {
    match (limits.min_items, limits.max_items) {
        (_, Some(most)) if found > most => Err(Broken::TooManyItems { most, found }),
        (Some(least), _) if found < least => Err(Broken::TooFewItems { least, found }),
        _ => Ok(()),
    }
}

fn inner_struct(kind: Kind) -> Option<&'static StructContract> {
    match kind {
        Kind::Struct(contract) => Some(contract),
        Kind::List(item) => inner_struct(*item),
        Kind::String | Kind::Int64 | Kind::Uint64 | Kind::Float | Kind::Bool => None,
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use ess_schemas::contract::{FieldContract, Literal};
    use serde_json::json;

    use super::*;

    const NONE: Limits = Limits {
        max_length: None,
        min_length: None,
        item_max_length: None,
        pattern: None,
        format: None,
        allowed: &[],
        minimum: None,
        maximum: None,
        min_items: None,
        max_items: None,
        refusal: "TextInvalid",
        source: "test",
    };

    const fn field(name: &'static str, kind: Kind, limits: Option<&'static Limits>) -> FieldContract {
        FieldContract {
            name,
            kind,
            required: false,
            always: false,
            nullable: false,
            disabled: false,
            limits,
            default: None,
            required_unless: None,
        }
    }

    static PARTY: StructContract = StructContract {
        name: "Party",
        fields: &[
            field(
                "Name",
                Kind::String,
                Some(&Limits {
                    max_length: Some(4),
                    pattern: Some(r"^[\p{Han}A-Z\u3000-\u303F]*$"),
                    refusal: "ApproverNameInvalid",
                    ..NONE
                }),
            ),
            field(
                "Mobile",
                Kind::String,
                Some(&Limits { pattern: Some(r"^\d{11}$"), refusal: "MobileInvalid", ..NONE }),
            ),
        ],
    };

    static REQUEST: StructContract = StructContract {
        name: "Request",
        fields: &[
            field(
                "Ids",
                Kind::List(&Kind::String),
                Some(&Limits {
                    min_items: Some(2),
                    max_items: Some(3),
                    item_max_length: Some(2),
                    refusal: "ListTooLong",
                    ..NONE
                }),
            ),
            field(
                "Type",
                Kind::Int64,
                Some(&Limits {
                    allowed: &[Literal::Integer(0), Literal::Integer(3)],
                    refusal: "ValueNotAllowed",
                    ..NONE
                }),
            ),
            field("Days", Kind::Int64, Some(&Limits { minimum: Some(1.0), maximum: Some(30.0), ..NONE })),
            field("Parties", Kind::List(&Kind::Struct(&PARTY)), None),
        ],
    };

    fn broken(parameters: Value) -> Option<(&'static str, String)> {
        let members = parameters.as_object().unwrap();
        check_struct(members, &REQUEST, &Path::Root).err().map(|breach| (breach.refusal, breach.path))
    }

    #[test]
    fn a_broken_limit_names_its_refusal_and_its_field() {
        assert_eq!(
            broken(json!({"Parties": [{"Name": "张三"}, {"Name": "张三张三张"}]})),
            Some(("ApproverNameInvalid", "Parties.1.Name".into()))
        );
        assert_eq!(broken(json!({"Parties": [{"Name": "a"}]})), Some(("ApproverNameInvalid", "Parties.0.Name".into())));
        assert_eq!(
            broken(json!({"Parties": [{"Mobile": "1380000000"}]})),
            Some(("MobileInvalid", "Parties.0.Mobile".into()))
        );
        assert_eq!(broken(json!({"Ids": ["1", "2", "3", "4"]})), Some(("ListTooLong", "Ids".into())));
        assert_eq!(broken(json!({"Ids": ["1"]})), Some(("ListTooLong", "Ids".into())));
        assert_eq!(broken(json!({"Ids": ["1", "123"]})), Some(("ListTooLong", "Ids.1".into())));
        assert_eq!(broken(json!({"Type": 1})), Some(("ValueNotAllowed", "Type".into())));
        assert_eq!(broken(json!({"Days": 31})), Some(("TextInvalid", "Days".into())));
        assert_eq!(broken(json!({"Days": 0})), Some(("TextInvalid", "Days".into())));
    }

    #[test]
    fn what_is_absent_null_or_empty_breaks_no_limit() {
        assert_eq!(broken(json!({"Ids": [], "Type": null, "Parties": [{"Name": "", "Mobile": null}]})), None);
        assert_eq!(broken(json!({})), None);
    }

    #[test]
    fn lengths_count_characters_not_bytes() {
        assert_eq!(broken(json!({"Parties": [{"Name": "张三李四"}]})), None);
    }

    #[test]
    fn digits_of_other_scripts_are_no_digits() {
        assert!(broken(json!({"Parties": [{"Mobile": "١٣٨٠٠٠٠٠٠٠٠"}]})).is_some());
        assert!(broken(json!({"Parties": [{"Mobile": "13800000000"}]})).is_none());
    }

    #[test]
    fn the_first_breach_in_the_contracts_order_is_reported() {
        assert_eq!(broken(json!({"Days": 31, "Type": 1})), Some(("ValueNotAllowed", "Type".into())));
    }
}
