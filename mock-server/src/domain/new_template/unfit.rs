//! Why a template cannot be so. Pages say it to whoever makes it; no action of the API does, so none of these has a code.

/// What is wrong with a template somebody wants. A `component` is named as people call it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the variant says what its values are")]
pub enum Unfit {
    /// It has no name.
    NameMissing,
    /// Its name is too long, or cannot be written.
    NameInvalid,
    /// Its description is too long.
    DescriptionTooLong,
    /// It has no document.
    DocumentMissing,
    /// There is no such upload of the company's, it is over, or it is no PDF.
    DocumentUnusable { file: String },
    /// Somebody deleted it meanwhile.
    Gone,
    /// Nobody signs.
    PartiesMissing,
    /// More parties than a contract may have.
    TooManyParties,
    /// A party without a name, or with one no party can have.
    RoleInvalid { role: String },
    /// Two parties of one name.
    RoleRepeated { role: String },
    /// A slot the template does not have, or twice.
    SlotUnknown { slot: String },
    /// The company's machine may not sign.
    AutoSignNotOpened,
    /// A signer fills in beside a machine.
    FillsBesideMachine,
    /// A party without anything to sign with.
    NothingToSignWith { role: String },
    /// A machine without a seal.
    MachineWithoutSeal { role: String },
    /// More components than a template may have.
    TooManyComponents,
    /// A kind of component that does not exist.
    ComponentUnknown { kind: String },
    /// A component its owner may not have.
    ComponentNotAllowed { component: String },
    /// An id that cannot be.
    ComponentIdInvalid { id: String },
    /// Two components of one id.
    ComponentIdRepeated { id: String },
    /// A name that cannot be.
    ComponentNameInvalid { name: String },
    /// A component outside of the document.
    Misplaced { component: String },
    /// A value that cannot stand there.
    ValueUnfit { component: String },
    /// A seal that does not exist, is another company's, or switched off.
    SealUnusable { component: String },
    /// Details of a component that cannot be read, or that it cannot do without.
    ExtraUnfit { component: String },
}

impl Unfit {
    /// Its name, for scripts.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::NameMissing => "name_missing",
            Self::NameInvalid => "name_invalid",
            Self::DescriptionTooLong => "description_too_long",
            Self::DocumentMissing => "document_missing",
            Self::DocumentUnusable { .. } => "document_unusable",
            Self::Gone => "template_gone",
            Self::PartiesMissing => "parties_missing",
            Self::TooManyParties => "too_many_parties",
            Self::RoleInvalid { .. } => "role_invalid",
            Self::RoleRepeated { .. } => "role_repeated",
            Self::SlotUnknown { .. } => "slot_unknown",
            Self::AutoSignNotOpened => "auto_sign_not_opened",
            Self::FillsBesideMachine => "fills_beside_machine",
            Self::NothingToSignWith { .. } => "nothing_to_sign_with",
            Self::MachineWithoutSeal { .. } => "machine_without_seal",
            Self::TooManyComponents => "too_many_components",
            Self::ComponentUnknown { .. } => "component_unknown",
            Self::ComponentNotAllowed { .. } => "component_not_allowed",
            Self::ComponentIdInvalid { .. } => "component_id_invalid",
            Self::ComponentIdRepeated { .. } => "component_id_repeated",
            Self::ComponentNameInvalid { .. } => "component_name_invalid",
            Self::Misplaced { .. } => "component_misplaced",
            Self::ValueUnfit { .. } => "value_unfit",
            Self::SealUnusable { .. } => "seal_unusable",
            Self::ExtraUnfit { .. } => "extra_unfit",
        }
    }
}
