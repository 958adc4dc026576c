//! Callbacks that say something else, or are not sent.

use serde_json::{Value, json};

use super::defect;
use super::edits::{remove, replace, set};
use crate::defect::{Defect, Trick};
use crate::proxy::letter::Letter;

pub(super) fn defects() -> Vec<Defect> {
    vec![
        unsent("start_not_told", "that a contract started is not told", |letter| operates(letter, "start")),
        unsent("signature_not_told", "that somebody signed is not told", |letter| operates(letter, "sign")),
        unsent("end_not_told", "that a contract is complete is not told", |letter| operates(letter, "finish")),
        unsent("cancellation_not_told", "that a contract was cancelled is not told", |letter| {
            operates(letter, "cancel")
        }),
        unsent("refusal_not_told", "that somebody refused is not told", |letter| operates(letter, "reject")),
        unsent("deadline_not_told", "that a contract expired is not told", |letter| operates(letter, "deadline")),
        unsent("filling_not_told", "that somebody filled in is not told", |letter| operates(letter, "fill")),
        unsent("cost_not_told", "that a contract was charged for is not told", |letter| is(letter, "FlowCost")),
        unsent("document_not_told", "that a document is composed is not told", |letter| is(letter, "DocumentFill")),
        unsent("forwarding_not_told", "that a task was handed on is not told", |letter| is(letter, "ForwardFLow")),
        unsent("receiving_not_told", "that somebody took an open slot is not told", |letter| is(letter, "ReceiveFlow")),
        said("complete_told_half_signed", "a complete contract is told as signed in part", |message| {
            replace(message, "MsgData.FlowCallbackStatus", 4, 2);
        }),
        said("refused_told_cancelled", "a refused contract is told as cancelled", |message| {
            replace(message, "MsgData.FlowCallbackStatus", 3, 6);
        }),
        said("status_told_as_text", "statuses are told as texts", |message| {
            if let Some(status) = message["MsgData"]["FlowCallbackStatus"].as_i64() {
                set(message, "MsgData.FlowCallbackStatus", status.to_string());
            }
        }),
        said("wrong_signer_told", "who acted is told to be the first signer", |message| {
            let first = message["MsgData"]["Approvers"][0]["RecipientId"].clone();
            if !first.is_null() && message["MsgData"]["RecipientId"].as_str().is_some_and(|id| !id.is_empty()) {
                set(message, "MsgData.RecipientId", first);
            }
        }),
        said("signers_not_told", "messages leave out the signers", |message| remove(message, "MsgData.Approvers")),
        said("reason_not_told", "messages leave out why", |message| set(message, "MsgData.FlowMessage", "")),
        said("other_contract_told", "messages name another contract", |message| {
            set(message, "MsgData.FlowId", "yDwfPUUckpstqqkqUEzQOcyTxcgA8i2U");
        }),
        said("other_generation", "messages are those of a platform's app", |message| {
            set(message, "MsgVersion", "ThirdPartyApp");
        }),
        said("data_as_text", "the data of a message is a text", |message| {
            if message["MsgData"].is_object() {
                message["MsgData"] = message["MsgData"].to_string().into();
            }
        }),
        said("type_in_capitals", "types of messages come in capitals", |message| {
            let kind = message["MsgType"].as_str().unwrap_or_default().to_uppercase();
            message["MsgType"] = kind.into();
        }),
        said("cost_of_two", "a contract is told to cost two", |message| replace(message, "MsgData.Cost", 1, 2)),
        said("free_contracts", "a contract is told to cost nothing", |message| replace(message, "MsgData.Cost", 1, 0)),
        said("operate_is_lost", "messages do not say what was done", |message| remove(message, "MsgData.Operate")),
        said("data_of_the_caller_lost", "messages leave out what the caller attached", |message| {
            remove(message, "MsgData.UserData");
        }),
        said("messages_without_data", "messages have no data", |message| message["MsgData"] = json!({})),
    ]
}

fn is(letter: &Letter, kind: &str) -> bool {
    letter.text("/MsgType") == kind
}

fn operates(letter: &Letter, what: &str) -> bool {
    is(letter, "FlowStatusChange") && letter.text("/MsgData/Operate") == what
}

fn unsent(name: &'static str, says: &'static str, which: fn(&Letter) -> bool) -> Defect {
    let sort = move |letter: &Letter| if which(letter) { Vec::new() } else { vec![letter.clone()] };
    defect(name, says, Trick::Posted(Box::new(sort)))
}

fn said(name: &'static str, says: &'static str, change: fn(&mut Value)) -> Defect {
    let sort = move |letter: &Letter| {
        let mut other = letter.clone();
        change(&mut other.message);
        vec![other]
    };
    defect(name, says, Trick::Posted(Box::new(sort)))
}
