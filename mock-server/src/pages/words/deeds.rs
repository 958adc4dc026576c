//! What the pages say behind which something is done about a company or one of its people.

use super::Language;
use crate::domain::deed::Deed;
use crate::domain::personal_deed::PersonalDeed;

impl Language {
    /// A headline, what will happen, and the words on the button.
    pub(in crate::pages) fn deed(self, deed: &Deed) -> (&'static str, &'static str, &'static str) {
        match deed {
            Deed::ChangeMobile { .. } => (
                self.pick("修改手机号", "Change of a mobile number"),
                self.pick("确认后，员工的手机号将变更为新的手机号。", "Once you confirm, the new number is theirs."),
                self.pick("确认修改", "Change it"),
            ),
            Deed::ChangeAdministrator(_) => (
                self.pick("变更超级管理员", "Another super administrator"),
                self.pick(
                    "请填写接任者的手机号，接任者须为本企业已实名的员工。",
                    "Give the mobile number of a verified colleague who takes the part over.",
                ),
                self.pick("确认变更", "Hand it over"),
            ),
            Deed::ChangeData(_) => (
                self.pick("变更企业信息", "Change of the company's data"),
                self.pick("仅填写发生变化的内容。", "Fill in what changes, and nothing else."),
                self.pick("确认变更", "Change it"),
            ),
            Deed::TakeOver(_) => (
                self.pick("接任超级管理员", "Become super administrator"),
                self.pick(
                    "确认后，您将成为以下企业的超级管理员。",
                    "Once you confirm, these companies are yours to administer.",
                ),
                self.pick("确认接任", "Take over"),
            ),
            Deed::Close(_) => (
                self.pick("注销企业", "Close the company"),
                self.pick(
                    "第一次确认后企业进入注销中状态，再次确认后注销完成，不能恢复。",
                    "Confirmed once, the company is being closed; confirmed again, it is gone for good.",
                ),
                self.pick("确认注销", "Close it"),
            ),
            Deed::OpenApplication(_) => (
                self.pick("开通第三方应用", "Open an application"),
                self.pick(
                    "确认后，集成方将为贵企业创建第三方应用，贵企业成为该应用的子客企业。",
                    "Once you confirm, an integrator makes an application for your company, which becomes a customer in it.",
                ),
                self.pick("确认授权", "Allow it"),
            ),
            Deed::SetUp(_) => (
                self.pick("企业初始化", "Set companies up"),
                self.pick(
                    "确认后，将为以下企业完成所选的初始化操作。",
                    "Once you confirm, what was chosen is done for each of these companies.",
                ),
                self.pick("确认", "Do it"),
            ),
            Deed::Personal(deed) => self.personal_deed(deed),
        }
    }

    fn personal_deed(self, deed: &PersonalDeed) -> (&'static str, &'static str, &'static str) {
        match deed {
            PersonalDeed::Join(_) => (
                self.pick("加入企业", "Join a company"),
                self.pick("企业邀请您加入，请完成实名认证。", "The company wants you to join. Prove who you are."),
                self.pick("认证并加入", "Join"),
            ),
            PersonalDeed::ProveIdentity(..) => (
                self.pick("个人实名认证", "Prove who you are"),
                self.pick("请填写您的身份信息，完成实名认证。", "Say who you are, as your identity card does."),
                self.pick("完成认证", "Prove it"),
            ),
            PersonalDeed::ChangeMobile(..) => (
                self.pick("修改手机号", "Change of a mobile number"),
                self.pick("确认后，您的手机号将变更为新的手机号。", "Once you confirm, the new number is yours."),
                self.pick("确认修改", "Change it"),
            ),
            PersonalDeed::ChangeName(_) => (
                self.pick("个人更名", "Change of a name"),
                self.pick("请填写您的手机号和变更后的姓名。", "Give your mobile number, and your name as it is now."),
                self.pick("确认更名", "Change it"),
            ),
        }
    }

    /// The label of something to fill in.
    pub(in crate::pages) fn deed_field(self, name: &str) -> &'static str {
        match name {
            "who" => {
                self.pick("您的手机号（超级管理员或法人）", "Your mobile number (super administrator or legal person)")
            }
            "mobile" => self.pick("手机号", "Mobile number"),
            "name" => self.pick("企业名称", "Name of the company"),
            "legal_name" => self.pick("法定代表人", "Legal person"),
            "address" => self.pick("企业地址", "Address"),
            "person_name" => self.pick("姓名", "Your name"),
            "own_mobile" => self.pick("您的手机号", "Your mobile number"),
            "card" => self.pick("证件号码", "Number of your identity card"),
            _ => "",
        }
    }
}
