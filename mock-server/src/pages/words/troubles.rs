//! What is in a visitor's way: a headline and a sentence.

use super::Language;
use crate::domain::qr_code::NotAdmitted;
use crate::domain::time::Timestamp;
use crate::pages::trouble::{Part, Trouble};

impl Language {
    /// What is in the way: a headline and a sentence.
    pub(in crate::pages) fn trouble(self, trouble: &Trouble) -> (&'static str, String) {
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
            Trouble::MustNotForward => (
                self.pick("不能转他人处理", "You cannot hand this on"),
                self.pick("此签署任务不允许转他人处理。", "This task stays with whoever has it."),
            ),
            Trouble::NoColleague => (
                self.pick("未找到该同事", "No such colleague"),
                self.pick(
                    "只能转给本企业已加入并实名的员工，请检查姓名和手机号。",
                    "A task goes to a verified employee of the same company. Check name and mobile number.",
                ),
            ),
            Trouble::Refused(_, why) => {
                return (self.pick("不能发起", "This cannot be launched"), why.clone());
            }
            Trouble::CannotBeDone(_, why) => {
                return (self.pick("无法完成", "This cannot be done"), why.clone());
            }
            Trouble::NoAccess => (
                self.pick("无权查看该内容", "This is not for you"),
                self.pick(
                    "仅企业的超级管理员或法人可以进行此操作。",
                    "Only the company's super administrator or legal person may do this.",
                ),
            ),
            Trouble::TemplateUnfit(unfit) => {
                return (self.pick("模板不符合要求", "A template cannot be so"), self.unfit(unfit));
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
            Trouble::AnswerUnfit(prompt) => {
                return (self.pick("回答未通过核验", "The answer does not pass"), prompt.clone());
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
}
