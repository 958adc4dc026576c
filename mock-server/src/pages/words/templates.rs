//! What the page of a template says, in both languages.

use super::Language;
use crate::domain::component::ComponentKind;
use crate::domain::new_template::{DESCRIPTION_LENGTH, NAME_LENGTH, ROLE_LENGTH, Unfit};

impl Language {
    /// The kinds of parties, by the names forms have for them.
    pub(in crate::pages) fn party_kinds(self) -> [(&'static str, &'static str); 3] {
        [
            ("organization", self.pick("企业", "company")),
            ("person", self.pick("个人", "person")),
            ("auto_sign", self.pick("本企业自动签署", "our machine")),
        ]
    }

    /// What a kind of component is called.
    pub(in crate::pages) fn component(self, kind: ComponentKind) -> &'static str {
        match kind {
            ComponentKind::Seal => self.pick("印章", "seal"),
            ComponentKind::Signature => self.pick("签名", "signature"),
            ComponentKind::SignDate => self.pick("签署日期", "date of signing"),
            ComponentKind::LegalPersonSeal => self.pick("法定代表人章", "legal person's seal"),
            ComponentKind::PagingSeal => self.pick("骑缝章", "seal over all pages"),
            ComponentKind::PagingSignature => self.pick("骑缝签名", "signature over all pages"),
            ComponentKind::Opinion => self.pick("签署意见", "opinion"),
            ComponentKind::SignCombination => self.pick("签批控件", "combination to sign"),
            ComponentKind::SignMultiLineText => self.pick("签批多行文本", "lines of a combination"),
            ComponentKind::SignSelector => self.pick("签批选择器", "choice of a combination"),
            ComponentKind::Text => self.pick("单行文本", "line of text"),
            ComponentKind::MultiLineText => self.pick("多行文本", "lines of text"),
            ComponentKind::CheckBox => self.pick("勾选框", "check box"),
            ComponentKind::FillImage => self.pick("图片", "picture"),
            ComponentKind::Attachment => self.pick("附件", "attachment"),
            ComponentKind::Selector => self.pick("选择器", "choice"),
            ComponentKind::Date => self.pick("日期", "date"),
            ComponentKind::District => self.pick("省市区", "district"),
            ComponentKind::DynamicTable => self.pick("动态表格", "table"),
            ComponentKind::Combination => self.pick("组合控件", "combination"),
            ComponentKind::Watermark => self.pick("水印", "watermark"),
        }
    }

    /// What is wrong with a template, and with what of it.
    pub(in crate::pages) fn unfit(self, unfit: &Unfit) -> String {
        let limit = |chinese: &str, english: &str, most: usize| match self {
            Self::Chinese => format!("{chinese}最多 {most} 个字符。"),
            Self::English => format!("{english} has {most} characters at most."),
        };
        let about =
            |what: &str, chinese, english| format!("{what}{}{}", self.pick("：", ": "), self.pick(chinese, english));
        match unfit {
            Unfit::NameMissing => self.pick("请填写模板名称。", "Give the template a name.").to_owned(),
            Unfit::NameInvalid => limit("模板名称不能含换行，", "The name is one line and", NAME_LENGTH),
            Unfit::DescriptionTooLong => limit("模板描述", "The description", DESCRIPTION_LENGTH),
            Unfit::DocumentMissing => {
                self.pick("请选择或上传模板文件（PDF）。", "Choose or upload a document (PDF).").to_owned()
            }
            Unfit::DocumentUnusable { file } => about(
                file,
                "文件不存在、已过期，或不是可读取的 PDF。",
                "there is no such file, its time is over, or it is no PDF that can be read.",
            ),
            Unfit::Gone => self.pick("模板已被删除。", "The template was deleted.").to_owned(),
            Unfit::PartiesMissing => self.pick("至少需要一个签署方。", "Somebody has to sign: add a party.").to_owned(),
            Unfit::TooManyParties => self.pick("签署方最多 50 个。", "There are 50 parties at most.").to_owned(),
            Unfit::RoleInvalid { role } => match self {
                Self::Chinese => format!("签署方名称“{role}”应为 1 至 {ROLE_LENGTH} 个汉字、字母、数字或下划线。"),
                Self::English => format!(
                    "The party's name “{role}” must be 1 to {ROLE_LENGTH} Chinese characters, letters, digits or underscores."
                ),
            },
            Unfit::RoleRepeated { role } => about(role, "签署方名称重复。", "two parties have this name."),
            Unfit::SlotUnknown { slot } => {
                about(slot, "不是此模板的参与方。", "it is no party of this template, or stands there twice.")
            }
            Unfit::AutoSignNotOpened => {
                self.pick("企业未开通自动签署。", "The company has not switched automatic signing on.").to_owned()
            }
            Unfit::FillsBesideMachine => self
                .pick(
                    "有自动签署方时，签署方不能填写控件。",
                    "Where a machine signs, no party can have anything to fill in.",
                )
                .to_owned(),
            Unfit::NothingToSignWith { role } => {
                about(role, "至少需要一个签署控件。", "it needs something to sign with.")
            }
            Unfit::MachineWithoutSeal { role } => about(role, "自动签署方需要印章控件。", "a machine needs a seal."),
            Unfit::TooManyComponents => self.pick("控件最多 200 个。", "There are 200 components at most.").to_owned(),
            Unfit::ComponentUnknown { kind } => {
                about(kind, "没有此类型的控件。", "there is no such type of component.")
            }
            Unfit::ComponentNotAllowed { component } => {
                about(component, "此参与方不能使用该类型的控件。", "its owner cannot have a component of this type.")
            }
            Unfit::ComponentIdInvalid { id } => about(
                id,
                "控件 ID 最多 30 个汉字、字母、数字或下划线。",
                "an id has at most 30 Chinese characters, letters, digits or underscores.",
            ),
            Unfit::ComponentIdRepeated { id } => about(id, "控件 ID 重复。", "two components have this id."),
            Unfit::ComponentNameInvalid { name } => about(
                name,
                "控件名称最多 20 个汉字、字母、数字或下划线。",
                "a component's name has at most 20 Chinese characters, letters, digits or underscores.",
            ),
            Unfit::Misplaced { component } => about(
                component,
                "位置不在文件页面之内，或没有大小。",
                "its place is not on a page of the document, or has no size.",
            ),
            Unfit::ValueUnfit { component } => {
                about(component, "不能预设这样的值。", "this value cannot stand there beforehand.")
            }
            Unfit::SealUnusable { component } => {
                about(component, "不是本企业可用的印章。", "it is no usable seal of the company.")
            }
            Unfit::ExtraUnfit { component } => {
                about(component, "扩展参数必须是 JSON，水印必填。", "details are JSON, and a watermark needs them.")
            }
        }
    }
}
