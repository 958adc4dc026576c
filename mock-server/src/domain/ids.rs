//! Identifiers as types, so that a signature's id cannot stand where a contract's belongs.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

macro_rules! id_types {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The id as the wire has it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text.into())
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
    )*};
}

id_types! {
    /// A contract (合同流程).
    FlowId,
    /// The electronic document of a contract.
    DocumentId,
    /// A signing slot (签署区, 参与方位置); unique per contract in file mode.
    RecipientId,
    /// One signer's task in one contract; unique everywhere.
    SignId,
    /// An uploaded file.
    FileId,
    /// A conversion of a file to PDF.
    ConversionId,
    /// A report on how a contract was signed.
    ReportId,
    /// A task that signs a file with the platform's certificate.
    CounterSignId,
    /// A task that archives contracts signed elsewhere.
    ArchiveTaskId,
    /// A company.
    OrganizationId,
    /// An employee, or a person the platform knows.
    UserId,
    /// A company's seal (印章).
    SealId,
    /// A role in a company (角色).
    RoleId,
    /// A department of a company (部门).
    DepartmentId,
    /// A contract template.
    TemplateId,
    /// A group of contracts signed together (合同组).
    FlowGroupId,
    /// A contract somebody looked at without launching it.
    PreviewId,
    /// A third-party application of a platform.
    ApplicationId,
    /// A platform's own id for a customer, or for an employee of one.
    OpenId,
    /// One attempt of a company to prove who it is (认证流).
    AuthorizationId,
    /// A batch of companies to be registered, or one of them.
    RegistrationId,
    /// A task of contract intelligence (合同智能).
    TaskId,
    /// A list of points to review contracts by (审查清单).
    ChecklistId,
    /// A task that withdraws contracts (批量撤销任务).
    CancelTaskId,
    /// A contract, group or draft waiting to be launched on a page.
    PreparationId,
    /// A QR code that strangers sign by (一码多签).
    QrCodeId,
    /// A callback message; the same on every attempt and address.
    MessageId,
}
