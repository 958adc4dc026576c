//! The careful reading: the parameters as a JSON value, held against the contract name by name and type by type.
//!
//! Null counts as absent. Every field of the contract is accepted, also a disabled one: official examples send them
//! (`Operator.ClientIp`). A required text may be empty here; what an empty value means is for the business rules.

use ess_schemas::contract::{ActionContract, Condition, FieldContract, Kind, StructContract};
use serde_json::{Map, Value};

use super::Path;
use super::fault::Fault;
use super::flat::{self, Given};
use super::incoming::{COMMON_PARAMETERS, Incoming, Params, Protocol};
use super::json;

/// Reads the parameters of a request and holds them against the action's contract.
pub fn read(incoming: &Incoming<'_>, contract: &ActionContract) -> Result<Value, Fault> {
    let value = match &incoming.params {
        Params::Json(body) => json::read_object(body)?,
        Params::Pairs(pairs) => {
            let common = |name: &str| incoming.protocol == Protocol::V1 && COMMON_PARAMETERS.contains(&name);
            let own = pairs.iter().filter(|(name, _)| !common(name));
            flat::assemble(own.map(|(name, text)| (name.as_ref(), Given::Text(text))), contract.request)?
        }
        Params::Parts(parts) => {
            flat::assemble(parts.iter().map(|part| (part.name, Given::Part(part.content))), contract.request)?
        }
    };
    check(&value, contract)?;
    Ok(value)
}

/// Reads a JSON body and holds it against the action's contract.
pub fn read_json(body: &[u8], contract: &ActionContract) -> Result<Value, Fault> {
    let value = json::read_object(body)?;
    check(&value, contract)?;
    Ok(value)
}

/// Holds a value against the action's contract.
pub fn check(value: &Value, contract: &ActionContract) -> Result<(), Fault> {
    match value {
        Value::Object(parameters) => check_struct(parameters, contract.request, &Path::Root, 0),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Err(Fault::NotJson),
    }
}

fn check_struct(
    members: &Map<String, Value>,
    contract: &StructContract,
    path: &Path<'_>,
    depth: usize,
) -> Result<(), Fault> {
    if depth > json::MAX_DEPTH {
        return Err(Fault::TooDeep);
    }
    for (name, value) in members {
        let path = Path::Field(path, name);
        let field = contract.field(name).ok_or_else(|| Fault::Unknown { path: path.to_string() })?;
        if !value.is_null() {
            check_value(value, field.kind, &path, depth)?;
        }
    }
    let is_missing = |field: &&FieldContract| {
        field.required
            && members.get(field.name).is_none_or(Value::is_null)
            && !field.required_unless.is_some_and(|condition| holds(condition, members))
    };
    match contract.fields.iter().find(is_missing) {
        None => Ok(()),
        Some(field) => Err(Fault::Missing { name: Path::Field(path, field.name).to_string() }),
    }
}

fn check_value(value: &Value, kind: Kind, path: &Path<'_>, depth: usize) -> Result<(), Fault> {
    let fits = match (kind, value) {
        (Kind::Struct(contract), Value::Object(members)) => return check_struct(members, contract, path, depth + 1),
        (Kind::List(kind), Value::Array(items)) => {
            let mut numbered = items.iter().enumerate();
            return numbered
                .try_for_each(|(index, item)| check_value(item, *kind, &Path::Item(path, index), depth + 1));
        }
        (Kind::String, value) => value.is_string(),
        (Kind::Int64, value) => value.is_i64(),
        // "Also for a negative unsigned integer": official examples of iai and bda GetGroupList.
        (Kind::Uint64, value) => value.is_u64(),
        (Kind::Float, value) => value.is_number(),
        (Kind::Bool, value) => value.is_boolean(),
        (Kind::Struct(_) | Kind::List(_), _) => false,
    };
    if fits { Ok(()) } else { Err(Fault::WrongType { path: path.to_string() }) }
}

fn holds(condition: &Condition, members: &Map<String, Value>) -> bool {
    match members.get(condition.field) {
        Some(Value::String(text)) => condition.values.contains(&text.as_str()),
        Some(Value::Number(number)) => condition.values.contains(&number.to_string().as_str()),
        Some(Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_)) | None => false,
    }
}

#[cfg(test)]
mod tests {
    use ess_schemas::contract::{Service, action};
    use serde_json::json;

    use super::*;

    fn checked(action_name: &str, parameters: &Value) -> Result<(), Fault> {
        check(parameters, action(Service::Ess, action_name).unwrap())
    }

    fn flow() -> Value {
        json!({
            "Operator": {"UserId": "yDR", "ClientIp": "1.2.3.4"},
            "FlowName": "合同",
            "FileIds": ["f"],
            "Approvers": [{"ApproverType": 1, "SignComponents": [{
                "ComponentType": "SIGN_SIGNATURE", "FileIndex": 0, "ComponentPage": 1, "ComponentPosX": 1,
                "ComponentPosY": 2.5, "ComponentWidth": 100, "ComponentHeight": 50,
            }]}],
        })
    }

    fn with(path: &str, value: Value) -> Value {
        let mut flow = flow();
        let (parent, name) = path.rsplit_once('/').unwrap();
        let parent = flow.pointer_mut(parent).unwrap();
        match name.parse::<usize>() {
            Ok(index) => parent[index] = value,
            Err(_) => parent[name] = value,
        }
        flow
    }

    #[test]
    fn good_parameters_pass_disabled_ones_and_nulls_included() {
        assert_eq!(checked("CreateFlowByFiles", &flow()), Ok(()));
        assert_eq!(checked("CreateFlowByFiles", &with("/Deadline", Value::Null)), Ok(()));
    }

    #[test]
    fn an_unknown_parameter_is_named_by_its_path() {
        let unknown = |path: &str| Err(Fault::Unknown { path: path.into() });

        assert_eq!(checked("CreateFlowByFiles", &with("/Nonsense", json!(1))), unknown("Nonsense"));
        assert_eq!(checked("CreateFlowByFiles", &with("/Approvers/0/X", json!(1))), unknown("Approvers.0.X"));
    }

    #[test]
    fn a_missing_parameter_is_named_by_its_path_and_null_is_missing() {
        let missing = |path: &str| Err(Fault::Missing { name: path.into() });

        assert_eq!(checked("CreateFlowByFiles", &with("/Operator", Value::Null)), missing("Operator"));
        assert_eq!(checked("CreateFlowByFiles", &with("/Approvers/0", json!({}))), missing("Approvers.0.ApproverType"));
    }

    #[test]
    fn a_wrong_type_is_named_by_its_path() {
        for (pointer, value, path) in [
            ("/FlowName", json!(1), "FlowName"),
            ("/Operator", json!("u"), "Operator"),
            ("/FileIds", json!("f"), "FileIds"),
            ("/FileIds/0", json!(7), "FileIds.0"),
            ("/FileIds/0", Value::Null, "FileIds.0"),
            ("/Unordered", json!("true"), "Unordered"),
            ("/Deadline", json!("1700000000"), "Deadline"),
            ("/Deadline", json!(1.0), "Deadline"),
            ("/Deadline", json!(u64::MAX), "Deadline"),
            ("/Approvers/0", json!([]), "Approvers.0"),
            ("/Approvers/0/SignComponents/0/ComponentPosX", json!("1"), "Approvers.0.SignComponents.0.ComponentPosX"),
        ] {
            let expected = Err(Fault::WrongType { path: path.into() });
            assert_eq!(checked("CreateFlowByFiles", &with(pointer, value.clone())), expected, "{pointer} {value}");
        }
    }

    #[test]
    fn a_negative_number_does_not_fit_an_unsigned_parameter() {
        let contract = action(Service::Ess, "DescribeFlowTemplates").unwrap();
        let parameters = |limit: i64| json!({"Operator": {"UserId": "u"}, "Limit": limit});

        assert_eq!(check(&parameters(20), contract), Ok(()));
        assert_eq!(check(&parameters(-1), contract), Err(Fault::WrongType { path: "Limit".into() }));
    }

    #[test]
    fn a_condition_lifts_a_requirement() {
        let component = |mode: &str| {
            let component = json!({"ComponentType": "SIGN_SEAL", "FileIndex": 0, "GenerateMode": mode});
            checked("CreateFlowByFiles", &with("/Approvers/0/SignComponents/0", component))
        };

        assert_eq!(component("KEYWORD"), Ok(()));
        let path = "Approvers.0.SignComponents.0.ComponentHeight";
        assert_eq!(component("NORMAL"), Err(Fault::Missing { name: path.into() }));
    }

    #[test]
    fn an_integer_keeps_all_its_digits() {
        assert_eq!(checked("CreateFlowByFiles", &with("/Deadline", json!(i64::MAX))), Ok(()));
        assert_eq!(checked("CreateFlowByFiles", &with("/Deadline", json!(i64::MIN))), Ok(()));
    }
}
