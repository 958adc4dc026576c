//! Every type of link, a row each: made by its action, used on its page over HTTP, then what `DescribeFlowInfo` and
//! `DescribeFlowBriefs` say of the contracts, and what a receiver on a real port was told of them, in order.
//!
//! What each link refuses, and when it dies, stands beside (`links`, `embedding`, `cancelling`, `preparing`).

mod rows;

use reqwest::Url;
use serde_json::{Value, json};

use super::links::world_of_links;
use super::stage::Stage;
use crate::engine::clock::EdgeTime;

/// One type of link.
struct Row {
    action: &'static str,
    /// Its parameters; `$FILE` stands for a PDF that was uploaded.
    request: Value,
    /// Where the answer has the link.
    link: &'static str,
    /// What is chosen on the way from the page it opens, as the links there do.
    chosen: &'static str,
    /// What is submitted, one after the other, and what is shown then.
    acts: &'static [(&'static str, u16, &'static str)],
    /// How contracts stand after it: id or name, status, their signers' statuses.
    stands: &'static [(&'static str, i64, &'static [i64])],
    /// What was told: type and operation, contract, its status and its signers', by whom. Signers are counted from 0.
    told: &'static [&'static str],
}

impl Row {
    /// Plays it in a world of its own.
    async fn play(self) {
        let (action, request) = (self.action, self.request.to_string());
        let stage = world_of_links();
        let receiver = stage.receive().await;
        let mut parameters = self.request;
        replace(&mut parameters, "$FILE", &stage.upload().await);
        let answer = stage.make(action, parameters).await;
        let link = answer.pointer(self.link).and_then(Value::as_str).unwrap_or_else(|| panic!("{action}: {answer}"));
        let (page, shown) = stage.open(&address(link)).await;
        assert_eq!(shown.status, 200, "{action} {request}: {}", shown.text());
        assert_eq!(stage.received(&receiver).await, Vec::<Value>::new(), "{action}: looking tells nobody");

        for (form, status, sentence) in self.acts {
            stage.submit(&format!("{page}{}", self.chosen), form).await.says(*status, &[sentence]);
        }

        for (flow, status, signers) in self.stands {
            let expected = (*status, signers.to_vec());
            assert_eq!(stage.described(&stage.id_of(flow)).await, expected, "{action} {request}: {flow}");
        }
        let told: Vec<String> = stage.received(&receiver).await.iter().map(|one| stage.line(one)).collect();
        assert_eq!(told, self.told, "{action} {request}");
    }
}

/// A path of the mini program is opened by its stand-in.
fn address(link: &str) -> String {
    if link.starts_with("http") {
        return link.to_owned();
    }
    Url::parse_with_params("http://mock/mini/links", [("path", link)]).unwrap().into()
}

fn replace(value: &mut Value, mark: &str, text: &str) {
    match value {
        Value::String(one) if one == mark => text.clone_into(one),
        Value::Array(all) => all.iter_mut().for_each(|one| replace(one, mark, text)),
        Value::Object(all) => all.values_mut().for_each(|one| replace(one, mark, text)),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

impl Stage {
    /// The contract with this id or this name.
    fn id_of(&self, contract: &str) -> String {
        self.account().enter(EdgeTime::read(), |world, _, _| {
            let found = world.flows.iter().find(|flow| flow.id.as_str() == contract || flow.name == contract);
            found.unwrap_or_else(|| panic!("no contract {contract}")).id.to_string()
        })
    }

    /// Status of the contract and its signers, as both actions say it.
    async fn described(&self, flow: &str) -> (i64, Vec<i64>) {
        let info = self.make("DescribeFlowInfo", json!({"FlowIds": [flow]})).await["FlowDetailInfos"][0].take();
        let brief = self.make("DescribeFlowBriefs", json!({"FlowIds": [flow]})).await["FlowBriefs"][0].take();
        assert_eq!(info["FlowStatus"], brief["FlowStatus"]);
        let signers = info["FlowApproverInfos"].as_array().unwrap().iter();
        (info["FlowStatus"].as_i64().unwrap(), signers.map(|one| one["ApproveStatus"].as_i64().unwrap()).collect())
    }

    /// A message in one line.
    fn line(&self, message: &Value) -> String {
        let data = &message["MsgData"];
        let text = |field: &str| data[field].as_str().unwrap_or_default();
        let mut line = message["MsgType"].as_str().unwrap().to_owned();
        if line == "FlowStatusChange" {
            line = format!("{} {}", text("CallbackType"), text("Operate"));
        }
        self.account().enter(EdgeTime::read(), |world, _, _| {
            let Some(flow) = world.flows.get(text("FlowId")) else {
                return format!("{line} {}{}{}", text("FlowGroupName"), text("FlowGroupStatus"), text("TaskStatus"));
            };
            let drawn = flow.id.as_str().starts_with("yD");
            line = format!("{line} {}", if drawn { flow.name.as_str() } else { flow.id.as_str() });
            if let Some(signers) = data["Approvers"].as_array() {
                let signers: Vec<i64> =
                    signers.iter().map(|one| one["ApproveCallbackStatus"].as_i64().unwrap()).collect();
                line = format!("{line} {} {signers:?}", data["FlowCallbackStatus"]);
            }
            match flow.approvers.iter().position(|one| one.recipient.as_str() == text("RecipientId")) {
                Some(place) => format!("{line} by {place}"),
                None => line,
            }
        })
    }
}

async fn play(rows: impl IntoIterator<Item = Row>) {
    for row in rows {
        row.play().await;
    }
}
