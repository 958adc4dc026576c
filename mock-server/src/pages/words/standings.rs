//! Where a visitor stands: a headline and a sentence.

use super::Language;
use crate::domain::flow::Ended;
use crate::pages::visit::Standing;

impl Language {
    /// Where the visitor stands: a headline and a sentence.
    pub(in crate::pages) fn standing(self, standing: Standing) -> (&'static str, &'static str) {
        match standing {
            Standing::MaySign => (
                self.pick("请您签署", "Your signature is asked for"),
                self.pick("请阅读合同全文，然后签署或拒签。", "Read the contract, then sign or refuse."),
            ),
            Standing::MayClaim => (
                self.pick("请领取合同", "Nobody is named yet"),
                self.pick(
                    "填写您的信息并领取后，即可填写或签署。",
                    "Say who you are and take it; then you can fill in or sign.",
                ),
            ),
            Standing::MayFill => (
                self.pick("请您填写", "Something is to be filled in"),
                self.pick(
                    "请填写以下内容；各方填写完成后即可签署。",
                    "Fill in the following; everybody signs once all have filled in.",
                ),
            ),
            Standing::UnderReview => (
                self.pick("审批中", "Under review"),
                self.pick("企业内部审批通过后，才能签署。", "You can sign once the company has agreed."),
            ),
            Standing::Filled => (
                self.pick("您已填写", "You have filled in"),
                self.pick("其他填写方完成填写后，即可签署。", "Signing begins once the others have filled in."),
            ),
            Standing::MustChoose => (
                self.pick("您是哪一位签署人？", "Who are you?"),
                self.pick(
                    "此链接未指定签署人，请选择您的身份。",
                    "This link names no signer. Say who you are to go on.",
                ),
            ),
            Standing::NotYet => (
                self.pick("还没有轮到您", "It is not your turn yet"),
                self.pick(
                    "前面的签署方签署之后，再打开此链接即可签署。",
                    "Others sign first. Open this link again once they have.",
                ),
            ),
            Standing::Signed => (
                self.pick("您已签署", "You have signed"),
                self.pick(
                    "您的签署已记录，可以关闭此页面。",
                    "Your signature is on the contract. You may close this page.",
                ),
            ),
            Standing::Rejected => (
                self.pick("您已拒签", "You have refused"),
                self.pick("合同已终止，其他签署方不能再签署。", "The contract has ended; nobody can sign it any more."),
            ),
            Standing::Ended(how) => self.ended(how),
            Standing::Machine => (
                self.pick("自动签署", "A machine signs here"),
                self.pick("该签署方由系统自动签署，无需操作。", "This party signs by itself; there is nothing to do."),
            ),
            Standing::Looking => (
                self.pick("合同预览", "Preview"),
                self.pick("此页面仅供查看，不能签署。", "This page is for looking only; nobody can sign here."),
            ),
        }
    }

    /// Where the visitor stands before several contracts at once.
    pub(in crate::pages) fn standing_before_several(self, standing: Standing) -> (&'static str, &'static str) {
        match standing {
            Standing::MaySign => (
                self.pick("请您签署", "Your signature is asked for"),
                self.pick("请逐份查看合同，然后一次签署。", "Read each contract, then sign them all at once."),
            ),
            Standing::MayClaim => (
                self.pick("请领取合同", "Nobody is named yet"),
                self.pick("填写您的信息，一次领取以下合同。", "Say who you are and take all of them at once."),
            ),
            Standing::MayFill | Standing::MustChoose => (
                self.pick("请逐份处理", "One by one"),
                self.pick("请打开合同，逐份处理。", "Open the contracts and deal with each."),
            ),
            Standing::Signed => (
                self.pick("您已全部签署", "You have signed all"),
                self.pick("您的签署已记录，可以关闭此页面。", "Your signatures are recorded. You may close this page."),
            ),
            Standing::UnderReview
            | Standing::Filled
            | Standing::NotYet
            | Standing::Machine
            | Standing::Looking
            | Standing::Rejected
            | Standing::Ended(_) => self.standing(standing),
        }
    }

    fn ended(self, how: Ended) -> (&'static str, &'static str) {
        match how {
            Ended::Signed => (
                self.pick("合同已签署完成", "The contract is complete"),
                self.pick("各方均已签署。", "All parties have signed."),
            ),
            Ended::Rejected => (
                self.pick("合同已被拒签", "The contract was refused"),
                self.pick(
                    "有签署方拒签，合同已终止，不能再签署。",
                    "A party refused to sign, which ended the contract.",
                ),
            ),
            Ended::Expired => (
                self.pick("合同已过期", "The contract has expired"),
                self.pick("签署截止时间已过，不能再签署。", "The deadline for signing has passed."),
            ),
            Ended::FillRejected => (
                self.pick("合同已被拒填", "Somebody refused to fill in"),
                self.pick("有填写方拒填，合同已终止。", "A party refused to fill in, which ended the contract."),
            ),
            Ended::Invalidated => (
                self.pick("合同已失效", "The contract is void"),
                self.pick("合同已失效，不能再签署。", "The contract was made void and cannot be signed any more."),
            ),
            Ended::Released => (
                self.pick("合同已解除", "The contract was released"),
                self.pick("各方已签署解除协议。", "All parties signed an agreement to release it."),
            ),
            Ended::Cancelled => (
                self.pick("合同已撤销", "The contract was withdrawn"),
                self.pick("发起方撤销了合同，不能再签署。", "The initiator withdrew the contract."),
            ),
        }
    }
}
