//! A message's data as the type its `MsgType` and generation promise.

use ess_schemas::callbacks::{self, legacy, partner};
use serde_json::{Map, Value};

/// What happened, typed. Fields a message lacks have their default; the message's `data` always keeps what really came.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// Told to a company's own app.
    Company(callbacks::AnyMessage),
    /// Told to a platform's app.
    Partner(partner::AnyMessage),
    /// Told to a company of the legacy generation, in a shape only that one has. Its other messages are as [`Company`](Self::Company).
    Legacy(legacy::AnyMessage),
    /// A type nobody here knows yet. Answer 200 and look at the data.
    Unknown,
    /// A known type whose data is not as documented; what is wrong with it.
    Misshapen(String),
}

impl Event {
    /// Reads `data` by the envelope around it. `kind` and `version` are `MsgType` and `MsgVersion`.
    pub(super) fn read(kind: Option<&str>, version: Option<&str>, data: &Map<String, Value>) -> Self {
        let value = || Value::Object(data.clone());
        let read = match (version, kind) {
            (None, None) if data.contains_key("FlowId") => in_legacy("FlowInfo", value()),
            (None, Some(kind)) => in_legacy(kind, value()).or_else(|| in_company(kind, value())),
            (Some("ThirdPartyApp"), Some(kind)) if !of_company(kind, data) => in_partner(kind, value()),
            (Some("CustomApp" | "ThirdPartyApp"), Some(kind)) => in_company(kind, value()),
            (None | Some(_), _) => None,
        };
        match read {
            Some(Ok(event)) => event,
            Some(Err(error)) => Self::Misshapen(error.to_string()),
            None => Self::Unknown,
        }
    }
}

/// No source shows the contract message of a platform's app; it may be the company's under the platform's envelope. (ASSUMED: the setting `partner_flow_payload` of ess-mock chooses)
/// `FlowStatus` is in one and `FlowCallbackStatus` in the other.
fn of_company(kind: &str, data: &Map<String, Value>) -> bool {
    kind == "FlowStatusChange" && data.contains_key("FlowCallbackStatus") && !data.contains_key("FlowStatus")
}

/// None for a type the generation does not have.
type Read = Option<Result<Event, serde_json::Error>>;

fn in_company(kind: &str, data: Value) -> Read {
    callbacks::AnyMessage::read(kind, data).transpose().map(|read| read.map(Event::Company))
}

fn in_partner(kind: &str, data: Value) -> Read {
    partner::AnyMessage::read(kind, data).transpose().map(|read| read.map(Event::Partner))
}

fn in_legacy(kind: &str, data: Value) -> Read {
    legacy::AnyMessage::read(kind, data).transpose().map(|read| read.map(Event::Legacy))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::Message;
    use super::*;

    fn event(message: Value) -> Event {
        Message::parse(message.to_string()).unwrap().event().clone()
    }

    #[test]
    fn a_contract_message_is_typed_by_its_generation() {
        let company = event(json!({"MsgId": "1", "MsgType": "FlowStatusChange", "MsgVersion": "CustomApp",
            "MsgData": {"FlowId": "yD", "FlowCallbackStatus": 4, "Approvers": [{"ApproverName": "张三"}]}}));
        let Event::Company(callbacks::AnyMessage::FlowStatusChange(change)) = company else { panic!("{company:?}") };
        assert_eq!((change.flow_callback_status, change.approvers[0].approver_name.as_str()), (4, "张三"));

        let partner = event(json!({"MsgId": "1", "MsgType": "FlowStatusChange", "MsgVersion": "ThirdPartyApp",
            "MsgData": {"FlowId": "yD", "FlowStatus": "ALL"}}));
        let Event::Partner(partner::AnyMessage::FlowStatusChange(change)) = partner else { panic!("{partner:?}") };
        assert_eq!(change.flow_status, "ALL");

        let legacy = event(json!({"FlowId": "yD", "FlowCallbackStatus": 4}));
        let Event::Legacy(legacy::AnyMessage::FlowInfo(flow)) = legacy else { panic!("{legacy:?}") };
        assert_eq!(flow.flow_callback_status, 4);
    }

    #[test]
    fn a_platforms_contract_message_with_the_companys_fields_is_read_as_the_companys() {
        let event = event(json!({"MsgId": "1", "MsgType": "FlowStatusChange", "MsgVersion": "ThirdPartyApp",
            "MsgData": {"FlowId": "yD", "FlowCallbackStatus": 4}}));

        assert!(matches!(event, Event::Company(callbacks::AnyMessage::FlowStatusChange(_))), "{event:?}");
    }

    #[test]
    fn a_legacy_message_is_read_as_the_companys_unless_the_legacy_one_differs() {
        let cost = event(json!({"MsgId": "1", "MsgType": "FlowCost", "MsgData": {"Cost": 1}}));
        assert!(matches!(cost, Event::Company(callbacks::AnyMessage::FlowCost(_))), "{cost:?}");

        let seal = event(json!({"MsgId": "1", "MsgType": "OperateSeal", "MsgData": {"SealId": "yD"}}));
        assert!(matches!(seal, Event::Legacy(legacy::AnyMessage::OperateSeal(_))), "{seal:?}");
    }

    #[test]
    fn what_is_not_known_is_kept_and_never_refused() {
        for unknown in [
            json!({"MsgType": "InventedTomorrow", "MsgVersion": "CustomApp", "MsgData": {}}),
            json!({"MsgType": "FlowCost", "MsgVersion": "NextGeneration", "MsgData": {}}),
            json!({"MsgType": "OrgAuth", "MsgVersion": "CustomApp", "MsgData": {}}),
            json!({"MsgId": "m-32"}),
            json!({}),
        ] {
            assert_eq!(event(unknown.clone()), Event::Unknown, "{unknown}");
        }
    }

    #[test]
    fn data_of_another_shape_says_what_is_wrong_with_it() {
        let wrong = event(json!({"MsgType": "FlowCost", "MsgVersion": "CustomApp", "MsgData": {"Cost": "one"}}));
        let Event::Misshapen(problem) = wrong else { panic!("{wrong:?}") };
        assert!(problem.contains("invalid type: string \"one\""), "{problem}");

        let not_an_object = event(json!({"MsgType": "FlowCost", "MsgVersion": "CustomApp", "MsgData": [1]}));
        assert!(matches!(not_an_object, Event::Misshapen(_)), "{not_an_object:?}");
    }
}
