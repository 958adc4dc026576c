//! What a good receiver knows, and what it owes to the next message: a fold over what it was sent.

use std::collections::BTreeMap;

use ess_client::callback::Message;
use ess_mock_server::scenario::Duty;
use serde_json::Value;

use super::status::{SignerStatus, Status};

/// A message as far as a receiver's state depends on it.
#[derive(Clone, Debug)]
pub struct Parcel {
    /// What tells it from every other message: `MsgId`; of a legacy contract message, which has none, contract, operation, signer and time.
    pub id: String,
    /// What it tells of a contract.
    pub news: Option<News>,
}

/// What a message tells of a contract.
#[derive(Clone, Debug, PartialEq)]
pub struct News {
    /// `FlowId`.
    pub flow: String,
    /// The contract's status then.
    pub status: Status,
    /// Each signer's status then, by `RecipientId`.
    pub approvers: BTreeMap<String, SignerStatus>,
}

/// What a receiver owes to a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// 200; what it tells becomes known.
    Take,
    /// 200; what it tells may become known: something with its `MsgId` came before, and was not as documented.
    TakeOrLeave,
    /// 200, and nothing changes: it came before, or tells nothing.
    Ignore,
    /// 200, and no contract changes.
    Keep,
    /// Not 200, and nothing changes.
    Refuse,
}

/// What is known of one contract.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Its status, by what was surely understood.
    pub status: Option<Status>,
    /// Its status, if what may be left was taken, too.
    pub perhaps: Option<Status>,
    /// Each signer's.
    pub approvers: BTreeMap<String, SignerStatus>,
}

/// What a good receiver knows.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    contracts: BTreeMap<String, Known>,
    heard: BTreeMap<String, Heard>,
}

/// How a message was heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Heard {
    Taken,
    Kept,
}

impl Parcel {
    /// Reads what the platform means to say, whatever is done to its bytes afterwards.
    #[must_use]
    pub fn read(plaintext: &[u8]) -> Self {
        let whole = || String::from_utf8_lossy(plaintext).into_owned();
        let Ok(message) = Message::parse(plaintext) else { return Self { id: whole(), news: None } };
        let told = matches!(message.kind(), None | Some("FlowStatusChange"));
        let id = match (message.id(), message.kind()) {
            (Some(id), _) => id.to_owned(),
            (None, Some(_)) => whole(),
            (None, None) => LEGACY_ID.map(|name| message.data()[name].to_string()).join(" "),
        };
        Self { id, news: if told { News::read(message.data()) } else { None } }
    }
}

/// What a legacy contract message is known by (the hostile body `replayed`).
const LEGACY_ID: [&str; 4] = ["FlowId", "Operate", "RecipientId", "UpdatedOn"];

impl News {
    fn read(data: &Value) -> Option<Self> {
        let by_number = || data.get("FlowCallbackStatus")?.as_i64().and_then(Status::of_number);
        let by_word = || data.get("FlowStatus")?.as_str().and_then(Status::of_word);
        let rows = data.get("Approvers").or_else(|| data.get("FlowApproverInfos")).and_then(Value::as_array);
        let approver = |row: &Value| {
            let status = row.get("ApproveCallbackStatus").or_else(|| row.get("ApproveStatus"))?;
            Some((row.get("RecipientId")?.as_str()?.to_owned(), SignerStatus::read(status)?))
        };
        Some(Self {
            flow: data.get("FlowId")?.as_str()?.to_owned(),
            status: by_number().or_else(by_word)?,
            approvers: rows.into_iter().flatten().filter_map(approver).collect(),
        })
    }
}

impl Known {
    fn learn(&mut self, news: &News) {
        let told = |known: Option<Status>| Some(known.map_or(news.status, |known| known.told(news.status)));
        self.status = told(self.status);
        self.perhaps = told(self.perhaps);
        for (recipient, status) in &news.approvers {
            let known = self.approvers.entry(recipient.clone()).or_insert(*status);
            *known = known.told(*status);
        }
    }
}

impl Ledger {
    /// What is owed to a message of which a good receiver does `duty` when it hears it for the first time.
    #[must_use]
    pub fn due(&self, parcel: &Parcel, duty: Duty) -> Due {
        match (duty, self.heard.get(&parcel.id)) {
            (Duty::Refuse, _) => Due::Refuse,
            (Duty::Keep, _) => Due::Keep,
            (Duty::Ignore, _) | (Duty::Accept, Some(Heard::Taken)) => Due::Ignore,
            (Duty::Accept, Some(Heard::Kept)) => Due::TakeOrLeave,
            (Duty::Accept, None) => Due::Take,
        }
    }

    /// Notes that a message was answered as is due.
    pub fn note(&mut self, parcel: &Parcel, due: Due) {
        match due {
            Due::Refuse | Due::Ignore => (),
            Due::Keep => {
                self.heard.entry(parcel.id.clone()).or_insert(Heard::Kept);
            }
            Due::Take => {
                self.heard.insert(parcel.id.clone(), Heard::Taken);
                if let Some(news) = &parcel.news {
                    self.contracts.entry(news.flow.clone()).or_default().learn(news);
                }
            }
            Due::TakeOrLeave => {
                if let Some(news) = &parcel.news {
                    let known = self.contracts.entry(news.flow.clone()).or_default();
                    known.perhaps = Some(known.perhaps.map_or(news.status, |one| one.told(news.status)));
                }
            }
        }
    }

    /// What is known of a contract.
    #[must_use]
    pub fn known(&self, flow: &str) -> Known {
        self.contracts.get(flow).cloned().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn parcel(id: &str, status: i64, signer: i64) -> Parcel {
        let approvers = json!([{"RecipientId": "yDr", "ApproveCallbackStatus": signer}]);
        let data = json!({"FlowId": "yDf", "FlowCallbackStatus": status, "Approvers": approvers});
        let message = json!({"MsgId": id, "MsgType": "FlowStatusChange", "MsgVersion": "CustomApp", "MsgData": data});
        Parcel::read(message.to_string().as_bytes())
    }

    fn hear(ledger: &mut Ledger, parcel: &Parcel, duty: Duty) -> Due {
        let due = ledger.due(parcel, duty);
        ledger.note(parcel, due);
        due
    }

    #[test]
    fn any_order_ends_the_same() {
        let messages = [parcel("a", 1, 2), parcel("b", 4, 3), parcel("c", 21, 15)];
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let mut ledger = Ledger::default();
            for place in order {
                assert_eq!(hear(&mut ledger, &messages[place], Duty::Accept), Due::Take);
            }
            let known = ledger.known("yDf");
            assert_eq!(
                (known.status, known.approvers["yDr"].to_string()),
                (Some(Status::Released), "15 (RELIEVED)".into())
            );
        }
    }

    #[test]
    fn what_was_taken_is_ignored_when_it_comes_again_and_what_was_refused_is_not() {
        let (mut ledger, signed) = (Ledger::default(), parcel("a", 4, 3));

        assert_eq!(hear(&mut ledger, &signed, Duty::Refuse), Due::Refuse);
        assert_eq!(ledger.known("yDf").status, None);
        assert_eq!(hear(&mut ledger, &signed, Duty::Accept), Due::Take);
        assert_eq!(hear(&mut ledger, &signed, Duty::Accept), Due::Ignore);
        assert_eq!(ledger.known("yDf").status, Some(Status::Signed));
    }

    #[test]
    fn what_was_kept_may_be_left_when_it_comes_as_documented() {
        let mut ledger = Ledger::default();
        hear(&mut ledger, &parcel("a", 1, 2), Duty::Accept);

        assert_eq!(hear(&mut ledger, &parcel("b", 4, 3), Duty::Keep), Due::Keep);
        assert_eq!(hear(&mut ledger, &parcel("b", 4, 3), Duty::Accept), Due::TakeOrLeave);
        let known = ledger.known("yDf");
        assert_eq!((known.status, known.perhaps), (Some(Status::Started), Some(Status::Signed)));
    }

    #[test]
    fn every_generation_tells_a_status() {
        let legacy = Parcel::read(br#"{"FlowId":"yDf","FlowCallbackStatus":4}"#);
        assert_eq!(legacy.news.unwrap().status, Status::Signed);
        let partner = json!({"MsgId": "p", "MsgType": "FlowStatusChange", "MsgVersion": "ThirdPartyApp",
            "MsgData": {"FlowId": "yDf", "FlowStatus": "PART", "FlowApproverInfos": [{"RecipientId": "yDr", "ApproveStatus": "ACCEPT"}]}});
        let news = Parcel::read(partner.to_string().as_bytes()).news.unwrap();
        assert_eq!((news.status, news.approvers["yDr"].to_string()), (Status::PartlySigned, "3 (ACCEPT)".into()));

        let billing = json!({"MsgId": "b", "MsgType": "BillingUse", "MsgData": {"FlowId": "yDf"}});
        assert_eq!(Parcel::read(billing.to_string().as_bytes()).news, None);
    }
}
