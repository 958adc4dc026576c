//! What pages say, in both languages. Labels stand in the templates; sentences that depend on something stand here.

use std::time::Duration;

use super::address::Query;
use super::trouble::{Part, Trouble};
use super::visit::Standing;
use crate::domain::flow::Ended;
use crate::domain::qr_code::NotAdmitted;
use crate::domain::status::{ApproverStatus, FlowStatus};
use crate::domain::time::{Timestamp, beijing};

/// A language of the pages; the vendor's pages speak Chinese unless asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Language {
    #[default]
    Chinese,
    English,
}

impl Language {
    /// `?lang=en`.
    pub(super) fn of(query: &Query) -> Self {
        let english = query.get("lang").is_some_and(|lang| lang.to_ascii_lowercase().starts_with("en"));
        if english { Self::English } else { Self::Chinese }
    }

    /// How an address asks for it; nothing for the default.
    pub(super) fn parameter(self) -> Option<&'static str> {
        match self {
            Self::Chinese => None,
            Self::English => Some("en"),
        }
    }

    /// The name of the language for HTML.
    pub(super) fn tag(self) -> &'static str {
        self.pick("zh-CN", "en")
    }

    /// The other one.
    pub(super) fn other(self) -> Self {
        match self {
            Self::Chinese => Self::English,
            Self::English => Self::Chinese,
        }
    }

    /// The text in this language.
    pub(super) fn pick(self, chinese: &'static str, english: &'static str) -> &'static str {
        match self {
            Self::Chinese => chinese,
            Self::English => english,
        }
    }

    /// A moment on Beijing's clock.
    pub(super) fn moment(self, at: Timestamp) -> String {
        let zone = self.pick("", " UTC+8");
        format!("{}{zone}", beijing(at).strftime("%Y-%m-%d %H:%M:%S"))
    }

    /// How long something still lasts, in its two largest units.
    pub(super) fn span(self, left: Duration) -> String {
        let seconds = left.as_secs();
        let parts = [
            (seconds / 86_400, self.pick("天", "d")),
            (seconds / 3600 % 24, self.pick("小时", "h")),
            (seconds / 60 % 60, self.pick("分", "min")),
            (seconds % 60, self.pick("秒", "s")),
        ];
        let first = parts.iter().position(|(number, _)| *number > 0).unwrap_or(parts.len() - 1);
        let shown: Vec<String> =
            parts.iter().skip(first).take(2).map(|(number, unit)| format!("{number} {unit}")).collect();
        shown.join(" ")
    }

    /// Where the visitor stands: a headline and a sentence.
    pub(super) fn standing(self, standing: Standing) -> (&'static str, &'static str) {
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
    pub(super) fn standing_before_several(self, standing: Standing) -> (&'static str, &'static str) {
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

    /// How a signer will prove who they are (`api ApproverInfo.ApproverSignTypes`); the stand-in asks for nothing.
    pub(super) fn checks(self, kinds: &[i64]) -> String {
        let name = |kind: &i64| match kind {
            1 => self.pick("人脸", "face"),
            2 => self.pick("签署密码", "password"),
            3 => self.pick("运营商三要素", "mobile carrier"),
            5 => self.pick("设备指纹", "fingerprint"),
            6 => self.pick("设备面容", "face on the device"),
            _ => self.pick("其他", "other"),
        };
        kinds.iter().map(name).collect::<Vec<_>>().join(self.pick("、", ", "))
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

    /// What is in the way: a headline and a sentence.
    pub(super) fn trouble(self, trouble: &Trouble) -> (&'static str, String) {
        let (headline, sentence) = match trouble {
            Trouble::UnknownWorld | Trouble::UnknownLink => (
                self.pick("链接不存在", "No such link"),
                self.pick(
                    "没有发出过这个链接，或者数据已被重置。请检查链接是否完整。",
                    "Nobody was given this link, or the world was reset since. Check that it is complete.",
                ),
            ),
            Trouble::LinkExpired(at) => {
                return (self.pick("链接已失效", "This link has expired"), self.over_since(*at));
            }
            Trouble::KeyExpired(at) => {
                return (self.pick("下载链接已失效", "This download link has expired"), self.over_since(*at));
            }
            Trouble::UnknownContract => (
                self.pick("合同不存在", "No such contract"),
                self.pick("此链接没有对应的合同。", "This link opens no such contract."),
            ),
            Trouble::NotNow(standing) => self.standing(*standing),
            Trouble::MustNotReject => (
                self.pick("不能拒签", "You cannot refuse"),
                self.pick("发起方设置了此合同不允许您拒签。", "The initiator does not let you refuse this contract."),
            ),
            Trouble::Refused(_, why) => {
                return (self.pick("不能发起", "This cannot be launched"), why.clone());
            }
            Trouble::NotAdmitted(why) => {
                let headline = self.pick("不能扫码签署", "This code cannot be signed by");
                return (headline, self.not_admitted(*why).to_owned());
            }
            Trouble::AlreadyOpened => (
                self.pick("链接只能打开一次", "This link opens once"),
                self.pick("该链接已被打开过，请重新获取。", "It was opened before. Ask for a new one."),
            ),
            Trouble::AlreadyDone => (
                self.pick("已经完成", "This has been done"),
                self.pick(
                    "此页面上的操作已经完成，不能重复进行。",
                    "What this page offered has been done, and is done once.",
                ),
            ),
            Trouble::OneByOne => (
                self.pick("请逐份处理", "One by one"),
                self.pick("此操作需要打开合同逐份进行。", "This is done contract by contract: open each."),
            ),
            Trouble::AllOrNone => (
                self.pick("须全部领取", "All or none"),
                self.pick("此链接要求一次领取全部合同。", "The contracts of this link are taken all at once."),
            ),
            Trouble::NotForYou => (
                self.pick("您不能领取", "This is for somebody else"),
                self.pick("您的信息与发起方指定的签署方不一致。", "You are not who the initiator had in mind."),
            ),
            Trouble::SlotTaken => (
                self.pick("合同已被领取", "Somebody was faster"),
                self.pick("已有签署人领取了此合同。", "Somebody has taken this contract already."),
            ),
            Trouble::WhoUnfit(part) => (
                self.pick("信息有误", "This cannot be"),
                match part {
                    Part::Name => self.pick("请填写真实姓名。", "Give the name of a person."),
                    Part::Mobile => self.pick("请填写 11 位手机号。", "Give a mobile number of 11 digits."),
                    Part::Company => self.pick("请填写企业的注册名称。", "Give the company's registered name."),
                },
            ),
            Trouble::FieldEmpty(component) => {
                return (self.pick("有必填项未填写", "Something is missing"), component.clone());
            }
            Trouble::FieldUnfit(component) => {
                return (self.pick("填写的内容不符合要求", "What was filled in does not fit"), component.clone());
            }
            Trouble::ReasonMissing => (
                self.pick("请填写拒签理由", "A reason is needed"),
                self.pick("拒签时必须填写理由。", "To refuse, say why."),
            ),
            Trouble::ReasonTooLong(limit) => {
                let headline = self.pick("拒签理由过长", "The reason is too long");
                return (headline, format!("{} {limit}", self.pick("最多字符数：", "Characters at most:")));
            }
            Trouble::Unreadable(found) => {
                return (self.pick("无法读取提交的内容", "What was sent cannot be read"), found.clone());
            }
            Trouble::TooLarge => (
                self.pick("提交的内容过大", "What was sent is too large"),
                self.pick("请缩短内容后重试。", "Send less."),
            ),
            Trouble::KeyForged => (
                self.pick("下载链接无效", "This download link is not valid"),
                self.pick("密钥不正确，请重新获取下载链接。", "Its key is not one we made. Ask for a new link."),
            ),
            Trouble::UnknownFile => (
                self.pick("文件不存在", "No such file"),
                self.pick("请检查下载链接是否完整。", "Check that the download link is complete."),
            ),
            Trouble::UnknownPage => (
                self.pick("页面不存在", "No such page"),
                self.pick("文档没有这一页。", "The document has no such page."),
            ),
            Trouble::Undrawable(why) => {
                return (self.pick("文档无法显示", "The document cannot be shown"), why.clone());
            }
        };
        (headline, sentence.to_owned())
    }

    fn not_admitted(self, why: NotAdmitted) -> &'static str {
        match why {
            NotAdmitted::Cancelled => self.pick("二维码已被发起方取消。", "Its maker withdrew it."),
            NotAdmitted::Expired => self.pick("二维码已过期。", "Its time is over."),
            NotAdmitted::UsedUp => {
                self.pick("二维码发起的合同数量已达上限。", "It has launched as many contracts as it may.")
            }
            NotAdmitted::NotInvited => {
                self.pick("您不在允许扫码签署的名单中。", "It is for others; you are not on its list.")
            }
            NotAdmitted::Twice => {
                self.pick("您已扫码签署过，不能重复签署。", "You have used it before, and may once only.")
            }
        }
    }

    fn over_since(self, at: Timestamp) -> String {
        match self {
            Self::Chinese => format!("该链接已于 {} 失效，请向发起方重新获取。", self.moment(at)),
            Self::English => format!("It was good until {}. Ask the initiator for a new one.", self.moment(at)),
        }
    }

    /// A contract's status, as the vendor's console names it.
    pub(super) fn flow_status(self, status: FlowStatus) -> &'static str {
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
    pub(super) fn approver_status(self, status: ApproverStatus) -> &'static str {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_are_named_in_their_order() {
        assert_eq!(Language::Chinese.checks(&[3, 1]), "运营商三要素、人脸");
        assert_eq!(Language::English.checks(&[]), "");
    }

    #[test]
    fn a_span_is_said_in_its_two_largest_units() {
        for (seconds, chinese, english) in [
            (0, "0 秒", "0 s"),
            (59, "59 秒", "59 s"),
            (1799, "29 分 59 秒", "29 min 59 s"),
            (3600, "1 小时 0 分", "1 h 0 min"),
            (90 * 86_400, "90 天 0 小时", "90 d 0 h"),
        ] {
            assert_eq!(Language::Chinese.span(Duration::from_secs(seconds)), chinese);
            assert_eq!(Language::English.span(Duration::from_secs(seconds)), english);
        }
    }

    #[test]
    fn a_moment_is_told_by_beijings_clock() {
        let at = Timestamp::from_seconds(1_700_000_000);
        assert_eq!(Language::Chinese.moment(at), "2023-11-15 06:13:20");
        assert_eq!(Language::English.moment(at), "2023-11-15 06:13:20 UTC+8");
    }
}
