//! Statuses of contracts and signers, as the vendor's console names them.

use super::Language;
use crate::domain::status::{ApproverStatus, FlowStatus};

impl Language {
    /// A contract's status, as the vendor's console names it.
    pub(in crate::pages) fn flow_status(self, status: FlowStatus) -> &'static str {
        match status {
            FlowStatus::NotStarted | FlowStatus::NotStartedWithFill => self.pick("未发起", "Not started"),
            FlowStatus::Signing => self.pick("待签署", "To be signed"),
            FlowStatus::PartlySigned => self.pick("部分签署", "Partly signed"),
            FlowStatus::Rejected => self.pick("已拒签", "Refused"),
            FlowStatus::Signed => self.pick("已签署", "Signed"),
            FlowStatus::Expired => self.pick("已过期", "Expired"),
            FlowStatus::Cancelled => self.pick("已撤销", "Withdrawn"),
            FlowStatus::Filling => self.pick("待填写", "To be filled in"),
            FlowStatus::PartlyFilled => self.pick("部分填写", "Partly filled in"),
            FlowStatus::FillRejected => self.pick("拒填", "Filling refused"),
            FlowStatus::Invalidated => self.pick("已失效", "Void"),
            FlowStatus::Released => self.pick("已解除", "Released"),
        }
    }

    /// A signer's status.
    pub(in crate::pages) fn approver_status(self, status: ApproverStatus) -> &'static str {
        match status {
            ApproverStatus::NotLaunched | ApproverStatus::NotPreLaunched => self.pick("未发起", "Not started"),
            ApproverStatus::NotYetDue => self.pick("等待中", "Waiting"),
            ApproverStatus::ToSign => self.pick("待签署", "To sign"),
            ApproverStatus::Signed => self.pick("已签署", "Signed"),
            ApproverStatus::Rejected => self.pick("已拒签", "Refused"),
            ApproverStatus::Expired => self.pick("已过期", "Expired"),
            ApproverStatus::Cancelled => self.pick("已撤销", "Withdrawn"),
            ApproverStatus::ToFill => self.pick("待填写", "To fill in"),
            ApproverStatus::Filled => self.pick("已填写", "Filled in"),
            ApproverStatus::Stopped => self.pick("已终止", "Stopped"),
            ApproverStatus::Released => self.pick("已解除", "Released"),
            ApproverStatus::Forwarded => self.pick("已转交", "Handed on"),
        }
    }
}
