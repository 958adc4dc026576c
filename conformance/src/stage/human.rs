//! A human who acts where no program can: shown the link, waited for.

use std::sync::Arc;
use std::time::Duration;

use ess_client::raw::RawRequest;
use ess_schemas::Service;
use serde_json::{Value, json};

use super::exchange::exchange;
use super::{End, Stage};
use crate::outcome::Answer;
use crate::suite::rehearsal::OWN_KEY;
use crate::suite::step::Act;

/// Somebody who sits in front of the run.
#[derive(Clone)]
pub struct Human {
    /// Shows them something.
    pub show: Arc<dyn Fn(&str) + Send + Sync>,
    /// How long an act of theirs may take.
    pub patience: Duration,
    /// How long until it is looked again.
    pub pause: Duration,
}

/// `ApproveStatus` of one who has signed, and of one who has refused to sign or to fill in. (api FlowApproverDetail)
const SIGNED: i64 = 3;
const REFUSED: [i64; 2] = [4, 10];
/// Of one whose turn it is: to sign, to fill in, in the middle of filling in.
const DUE: [i64; 3] = [2, 8, 9];

impl Stage<'_> {
    /// Asks for an act, and waits until the contract shows it.
    pub(super) async fn ask(&self, human: &Human, act: &Act, flow: &str) -> Result<(), End> {
        if act.fails {
            return Err(End::Skipped("nobody is asked to try what must fail".to_owned()));
        }
        let wanted = act.approver.as_ref().map(|approver| self.names.resolve(approver)).transpose()?;
        let contract = self.contract(flow).await?;
        let (number, before) = find(&contract, wanted.as_ref())
            .ok_or_else(|| End::Broken(format!("the contract {flow} has no such approver: {contract}")))?;
        let link = self.link(flow, &before).await?;
        (human.show)(&invitation(&act.verb.value, &contract, &before, &link));
        let tries = human.patience.as_millis() / human.pause.as_millis().max(1);
        for _ in 0..=tries {
            let status = self.contract(flow).await?["FlowApproverInfos"][number]["ApproveStatus"].as_i64();
            let done = match act.verb.value.as_str() {
                "sign" => status == Some(SIGNED),
                "reject" => status.is_some_and(|status| REFUSED.contains(&status)),
                _ => status != before["ApproveStatus"].as_i64(),
            };
            match status {
                _ if done => return Ok(()),
                Some(status) if status == SIGNED || REFUSED.contains(&status) => {
                    return Err(End::Broken(format!(
                        "asked to {}, they did something else: status {status}",
                        act.verb.value
                    )));
                }
                Some(_) | None => tokio::time::sleep(human.pause).await,
            }
        }
        Err(End::Skipped(format!("nobody did it within {} s", human.patience.as_secs())))
    }

    async fn contract(&self, flow: &str) -> Result<Value, End> {
        let mut answer = self.own_call("DescribeFlowInfo", json!({"FlowIds": [flow]})).await?;
        Ok(answer["FlowDetailInfos"][0].take())
    }

    async fn link(&self, flow: &str, approver: &Value) -> Result<String, End> {
        let mut request = json!({"FlowId": flow, "PathType": 1, "EndPoint": "HTTP_SHORT_URL"});
        let given = [("Name", "ApproveName"), ("Mobile", "Mobile"), ("OrganizationName", "OrganizationName")];
        for (field, from) in given {
            if approver[from].as_str().is_some_and(|text| !text.is_empty()) {
                request[field] = approver[from].clone();
            }
        }
        let answer = self.own_call("CreateSchemeUrl", request).await?;
        let url = answer["SchemeUrl"].as_str().map(str::to_owned);
        url.ok_or_else(|| End::Broken(format!("CreateSchemeUrl gives no link: {answer}")))
    }

    /// A call of the run's own, in the profile's operator's name.
    async fn own_call(&self, action: &str, mut request: Value) -> Result<Value, End> {
        request["Operator"] = json!({"UserId": self.world.values.get("operator").cloned().unwrap_or_default()});
        let client = self.client(OWN_KEY)?;
        match exchange(&client, &RawRequest::new(Service::Ess, action, request)).await.0 {
            Answer::Answered(answer) => Ok(answer),
            Answer::Refused { code, message } => Err(End::Declined(format!("{action}: {code}: {message}"))),
            Answer::Lost(why) => Err(End::Broken(format!("{action}: {why}"))),
        }
    }
}

/// Whom a step means: a number from 0, a RecipientId, a SignId, or nobody in particular: whose turn it is.
fn find(contract: &Value, wanted: Option<&Value>) -> Option<(usize, Value)> {
    let approvers = contract["FlowApproverInfos"].as_array()?;
    let number = match wanted {
        Some(Value::Number(number)) => usize::try_from(number.as_u64()?).ok()?,
        Some(id) => approvers.iter().position(|one| &one["RecipientId"] == id || &one["SignId"] == id)?,
        None => approvers
            .iter()
            .position(|one| one["ApproveStatus"].as_i64().is_some_and(|status| DUE.contains(&status)))?,
    };
    Some((number, approvers.get(number)?.clone()))
}

fn invitation(verb: &str, contract: &Value, approver: &Value, link: &str) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let who = format!("{} {}", text(&approver["ApproveName"]), text(&approver["Mobile"]));
    let code = qrcode::QrCode::new(link).map_or_else(
        |error| format!("(no QR code: {error})\n"),
        |code| code.render::<qrcode::render::unicode::Dense1x2>().build(),
    );
    format!("Please {verb} {} as {}:\n{code}\n{link}", text(&contract["FlowName"]), who.trim())
}
