//! Components (控件): what a party fills in and signs with, and who may have which (`components`).

use std::sync::Arc;

use super::approver::ApproverKind;
use super::file::Content;
use crate::documents::Area;

/// A component on the pages of a document, already positioned: a keyword may have put it in several places.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Component {
    /// What it is.
    pub kind: ComponentKind,
    /// The caller's id for it.
    pub id: String,
    /// The caller's name for it.
    pub name: String,
    /// Its value: what was filled in, or the seal of an auto-sign party; empty otherwise.
    pub value: String,
    /// Whether it must have a value before its owner is done (`ComponentRequired`).
    pub required: bool,
    /// Its `ComponentExtra`, unread: how text in it looks.
    pub extra: String,
    /// Where it stands.
    pub areas: Vec<Area>,
    /// The uploaded files its value names: a contract keeps them when the uploads expire.
    pub files: Vec<Arc<Content>>,
}

macro_rules! component_kinds {
    ($($(#[$doc:meta])* $name:ident = $wire:literal),* $(,)?) => {
        /// Kinds of components (`api Component.ComponentType`).
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum ComponentKind {
            $($(#[$doc])* $name),*
        }

        impl ComponentKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The kind with this wire name.
            #[must_use]
            pub fn from_wire(name: &str) -> Option<Self> {
                match name {
                    $($wire => Some(Self::$name),)*
                    _ => None,
                }
            }

            /// The wire name.
            #[must_use]
            pub fn wire(self) -> &'static str {
                match self {
                    $(Self::$name => $wire),*
                }
            }
        }

        impl serde::Serialize for ComponentKind {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.wire())
            }
        }

        impl<'de> serde::Deserialize<'de> for ComponentKind {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let name = <String as serde::Deserialize>::deserialize(deserializer)?;
                Self::from_wire(&name).ok_or_else(|| serde::de::Error::unknown_variant(&name, &[$($wire),*]))
            }
        }
    };
}

component_kinds! {
    /// `SIGN_SEAL` 印章
    Seal = "SIGN_SEAL",
    /// `SIGN_SIGNATURE` 手写签名
    Signature = "SIGN_SIGNATURE",
    /// `SIGN_DATE` 签署日期
    SignDate = "SIGN_DATE",
    /// `SIGN_LEGAL_PERSON_SEAL` 法定代表人章
    LegalPersonSeal = "SIGN_LEGAL_PERSON_SEAL",
    /// `SIGN_PAGING_SEAL` 骑缝章
    PagingSeal = "SIGN_PAGING_SEAL",
    /// `SIGN_PAGING_SIGNATURE` 骑缝签名
    PagingSignature = "SIGN_PAGING_SIGNATURE",
    /// `SIGN_OPINION` 签署意见
    Opinion = "SIGN_OPINION",
    /// `SIGN_VIRTUAL_COMBINATION` 签批控件
    SignCombination = "SIGN_VIRTUAL_COMBINATION",
    /// `SIGN_MULTI_LINE_TEXT`, inside of a combination only
    SignMultiLineText = "SIGN_MULTI_LINE_TEXT",
    /// `SIGN_SELECTOR`, inside of a combination only
    SignSelector = "SIGN_SELECTOR",
    /// `TEXT` 单行文本
    Text = "TEXT",
    /// `MULTI_LINE_TEXT` 多行文本
    MultiLineText = "MULTI_LINE_TEXT",
    /// `CHECK_BOX` 勾选框
    CheckBox = "CHECK_BOX",
    /// `FILL_IMAGE` 图片
    FillImage = "FILL_IMAGE",
    /// `ATTACHMENT` 附件
    Attachment = "ATTACHMENT",
    /// `SELECTOR` 选择器
    Selector = "SELECTOR",
    /// `DATE` 日期
    Date = "DATE",
    /// `DISTRICT` 省市区
    District = "DISTRICT",
    /// `DYNAMIC_TABLE` 动态表格
    DynamicTable = "DYNAMIC_TABLE",
    /// `VIRTUAL_COMBINATION` 组合控件
    Combination = "VIRTUAL_COMBINATION",
    /// `WATERMARK` 水印
    Watermark = "WATERMARK",
}

impl ComponentKind {
    /// Whether somebody fills it in, rather than signs with it.
    #[must_use]
    pub fn is_fill(self) -> bool {
        matches!(
            self,
            Self::Text
                | Self::MultiLineText
                | Self::CheckBox
                | Self::FillImage
                | Self::Attachment
                | Self::Selector
                | Self::Date
                | Self::District
                | Self::DynamicTable
                | Self::Combination
        )
    }

    /// Whether this party may sign with it: a person has no seals (`seed scenario-guide`), a machine no hand (`seed
    /// scenario-guide`) and no opinion; dates and a legal person's seal for a machine are ASSUMED allowed.
    #[must_use]
    pub fn may_sign_for(self, kind: ApproverKind) -> bool {
        if self.is_inside_only() || self.is_fill() || self == Self::Watermark {
            return false;
        }
        let of_company = matches!(self, Self::Seal | Self::PagingSeal | Self::LegalPersonSeal);
        let by_hand = self.is_handwritten() || matches!(self, Self::Opinion | Self::SignCombination);
        match kind {
            ApproverKind::Organization => true,
            ApproverKind::OrganizationAutoSign
            | ApproverKind::OwnOrganizationPin
            | ApproverKind::OtherOrganizationPin => !by_hand,
            ApproverKind::Person => !of_company,
            // A person's machine uses the signature kept for it (`api ApproverInfo`, AutoSignScene).
            ApproverKind::PersonAutoSign | ApproverKind::PersonPin => {
                !of_company && !matches!(self, Self::Opinion | Self::SignCombination)
            }
        }
    }

    /// Whether it stands inside of another component only.
    #[must_use]
    pub fn is_inside_only(self) -> bool {
        matches!(self, Self::SignMultiLineText | Self::SignSelector)
    }

    /// Whether a person writes it by hand.
    #[must_use]
    pub fn is_handwritten(self) -> bool {
        matches!(self, Self::Signature | Self::PagingSignature)
    }

    /// Whether a company's seal fills it.
    #[must_use]
    pub fn is_seal(self) -> bool {
        matches!(self, Self::Seal | Self::PagingSeal)
    }

    /// Whether it runs over all pages instead of standing on one.
    #[must_use]
    pub fn is_paging(self) -> bool {
        matches!(self, Self::PagingSeal | Self::PagingSignature)
    }
}
