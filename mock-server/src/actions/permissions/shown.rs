//! A tree of permissions as requests and answers of both services have it.

use ess_schemas::{ess, essbasic};

/// A group of permissions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownGroup {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) hide: i64,
    pub(super) entries: Vec<Shown>,
}

/// An entry of a group, with those below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub(super) key: String,
    pub(super) name: String,
    /// `Type`, `Hide`, `DataLabel`, `DataType`, `DataRange`.
    pub(super) numbers: [i64; 5],
    pub(super) data_to: String,
    pub(super) parent_key: String,
    pub(super) checked: bool,
    pub(super) children: Vec<Shown>,
}

macro_rules! permissions {
    ($service:ident) => {
        impl From<ShownGroup> for $service::PermissionGroup {
            fn from(group: ShownGroup) -> Self {
                Self {
                    group_name: Some(group.name),
                    group_key: Some(group.key),
                    hide: Some(group.hide),
                    permissions: Some(group.entries.into_iter().map(Into::into).collect()),
                }
            }
        }

        impl From<Shown> for $service::Permission {
            fn from(entry: Shown) -> Self {
                let [kind, hide, data_label, data_type, data_range] = entry.numbers.map(Some);
                Self {
                    name: Some(entry.name),
                    key: Some(entry.key),
                    r#type: kind,
                    hide,
                    data_label,
                    data_type,
                    data_range,
                    data_to: Some(entry.data_to),
                    parent_key: Some(entry.parent_key),
                    is_checked: Some(entry.checked),
                    children: Some(entry.children.into_iter().map(Into::into).collect()),
                }
            }
        }

        impl From<$service::PermissionGroup> for ShownGroup {
            fn from(group: $service::PermissionGroup) -> Self {
                Self {
                    key: group.group_key.unwrap_or_default(),
                    name: group.group_name.unwrap_or_default(),
                    hide: group.hide.unwrap_or_default(),
                    entries: group.permissions.into_iter().flatten().map(Into::into).collect(),
                }
            }
        }

        impl From<$service::Permission> for Shown {
            fn from(entry: $service::Permission) -> Self {
                let numbers = [entry.r#type, entry.hide, entry.data_label, entry.data_type, entry.data_range];
                Self {
                    key: entry.key.unwrap_or_default(),
                    name: entry.name.unwrap_or_default(),
                    numbers: numbers.map(Option::unwrap_or_default),
                    data_to: entry.data_to.unwrap_or_default(),
                    parent_key: entry.parent_key.unwrap_or_default(),
                    checked: entry.is_checked == Some(true),
                    children: entry.children.into_iter().flatten().map(Into::into).collect(),
                }
            }
        }
    };
}

permissions!(ess);
permissions!(essbasic);
