//! A story as a case file: each move a step, what the model expects beside it.

use serde_json::{Value, json};

use super::contract::Contract;
use super::moves::Move;

const HOUR: i64 = 3_600;
/// Deadlines lie beside whole minutes, so that no move meets one exactly: what holds in that very second is a case of its own.
const BESIDE: i64 = 30;
/// Who signs, by the profile's names.
const PERSONS: [&str; 3] = ["person", "second_person", "third_person"];

/// The story as YAML.
///
/// # Errors
/// It cannot be written.
pub(super) fn case(moves: &[Move], listens: bool, prelude: &[Value]) -> Result<String, String> {
    let mut story = Story { contracts: Vec::new(), now: 0, steps: prelude.to_vec() };
    for one in moves {
        story.tell(one);
    }
    if listens {
        story.what_was_told();
    }
    let file = json!({
        "says": "a random story ends as a small model of contracts says",
        "source": "api FlowBrief, api FlowApproverDetail; the status of others after a refusal ASSUMED",
        "basis": "assumed",
        "steps": story.steps,
    });
    serde_saphyr::to_string(&file).map_err(|error| error.to_string())
}

struct Story {
    contracts: Vec<Contract>,
    now: i64,
    steps: Vec<Value>,
}

impl Story {
    fn tell(&mut self, one: &Move) {
        match *one {
            Move::Launch { signers, ordered, hours } => self.launch(signers, ordered, hours),
            Move::Sign(number, signer) => self.act("sign", number, signer, Contract::sign),
            Move::Reject(number, signer) => self.act("reject", number, signer, Contract::reject),
            Move::Cancel(number) => {
                let number = number % self.contracts.len();
                let withdrawn = self.contracts[number].cancel();
                let with = json!({"Operator": "${operator}", "FlowId": id(number), "CancelMessage": "写错了"});
                self.call("CancelFlow", with, withdrawn, json!({"code": "OperationDenied.FlowHasTerminated"}));
            }
            Move::Extend(number, hours) => {
                let number = number % self.contracts.len();
                let deadline = self.now + hours * HOUR + BESIDE;
                let runs = self.contracts[number].runs();
                let moved = self.contracts[number].extend(deadline, self.now);
                let with =
                    json!({"Operator": "${operator}", "FlowId": id(number), "Deadline": in_time(deadline - self.now)});
                let code = if runs { "InvalidParameter.ParamError" } else { "FailedOperation" };
                self.call("ModifyFlowDeadline", with, moved, json!({"code": code}));
            }
            Move::Link(number, signer) => {
                let number = number % self.contracts.len();
                let signer = signer % self.contracts[number].signers.len();
                let turn = self.contracts[number].is_turn(signer);
                let person = PERSONS[signer];
                let with = json!({
                    "Operator": "${operator}", "FlowId": id(number),
                    "FlowApproverInfos": [{"ApproverType": 1, "ApproverName": format!("${{{person}.name}}"), "ApproverMobile": format!("${{{person}.mobile}}")}],
                });
                self.call("CreateFlowSignUrl", with, turn, json!({"code": {"matches": "."}}));
            }
            Move::Pass(minutes) => {
                self.now += minutes * 60;
                self.steps.push(json!({"clock": format!("{minutes}m")}));
                let now = self.now;
                self.contracts.iter_mut().for_each(|contract| contract.at(now));
                (0..self.contracts.len()).for_each(|number| self.look(number));
            }
        }
        // The contract it was about, which is the last one looked at.
        if let Some(number) = about(one, self.contracts.len()) {
            self.look(number);
        }
    }

    fn launch(&mut self, signers: usize, ordered: bool, hours: i64) {
        let number = self.contracts.len();
        let deadline = self.now + hours * HOUR + BESIDE;
        self.contracts.push(Contract::launched(signers, ordered, deadline));
        let approver = |person: &&str| {
            json!({
                "ApproverType": 1,
                "ApproverName": format!("${{{person}.name}}"),
                "ApproverMobile": format!("${{{person}.mobile}}"),
                "SignComponents": [{"ComponentType": "SIGN_SIGNATURE", "FileIndex": 0, "ComponentPage": 2, "ComponentPosX": 330, "ComponentPosY": 575, "ComponentWidth": 120, "ComponentHeight": 60}],
            })
        };
        // A file of its own: one is kept for an hour.
        self.steps.push(json!({"use": "uploaded_file", "as": format!("file_{number}")}));
        self.steps.push(json!({
            "call": "CreateFlowByFiles",
            "with": {
                "Operator": "${operator}", "FlowName": "${unique}", "FileIds": [format!("${{file_{number}.id}}")], "Unordered": !ordered,
                "Deadline": in_time(deadline - self.now),
                "Approvers": PERSONS.iter().take(signers).map(approver).collect::<Vec<_>>(),
            },
            "keep": {name(number): "FlowId"},
        }));
    }

    fn act(&mut self, verb: &str, number: usize, signer: usize, rule: fn(&mut Contract, usize) -> bool) {
        let number = number % self.contracts.len();
        let signer = signer % self.contracts[number].signers.len();
        let done = rule(&mut self.contracts[number], signer);
        let mut step = json!({"act": verb, "flow": id(number), "approver": signer});
        if verb == "reject" {
            step["message"] = json!("条款不符");
        }
        if !done {
            step["fails"] = json!(true);
        }
        self.steps.push(step);
    }

    fn call(&mut self, action: &str, with: Value, succeeds: bool, refused: Value) {
        let mut step = json!({"call": action, "with": with});
        if !succeeds {
            step["refused"] = refused;
        }
        self.steps.push(step);
    }

    /// The contract is as the model has it.
    fn look(&mut self, number: usize) {
        let contract = &self.contracts[number];
        self.steps.push(json!({
            "call": "DescribeFlowInfo",
            "with": {"Operator": "${operator}", "FlowIds": [id(number)]},
            "answers": {
                "FlowDetailInfos[0].FlowStatus": contract.status,
                "FlowDetailInfos[0].FlowApproverInfos[*].ApproveStatus": contract.signers,
            },
        }));
    }

    fn what_was_told(&mut self) {
        for (number, contract) in self.contracts.iter().enumerate() {
            let message = |(operate, status): &(&str, i64)| json!({"MsgData.Operate": operate, "MsgData.FlowCallbackStatus": status});
            let only: Vec<Value> = contract.told.iter().map(message).collect();
            self.steps.push(json!({"callbacks": {"about": id(number), "of": "FlowStatusChange", "only": only}}));
        }
    }
}

fn about(one: &Move, contracts: usize) -> Option<usize> {
    match one {
        Move::Launch { .. } => Some(contracts - 1),
        Move::Sign(number, _) | Move::Reject(number, _) | Move::Cancel(number) | Move::Extend(number, _) => {
            Some(number % contracts)
        }
        // Nothing changed, or all were looked at.
        Move::Link(..) | Move::Pass(_) => None,
    }
}

fn name(number: usize) -> String {
    format!("contract_{number}")
}

fn id(number: usize) -> String {
    format!("${{contract_{number}}}")
}

fn in_time(seconds: i64) -> String {
    format!("${{now + {seconds}s}}")
}
