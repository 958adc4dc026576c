//! What a signer signs with: which components a party may have, and which seals.

use super::{NewApprover, NewComponent};
use crate::domain::approver::ApproverKind;
use crate::domain::component::{Component, ComponentKind};
use crate::domain::directory::Directory;
use crate::domain::flow::Initiator;
use crate::domain::ids::SealId;
use crate::domain::refusal::Refusal;

/// The components of one signer, checked; where they stand is found later.
pub(super) fn check(
    wanted: &NewApprover,
    kind: ApproverKind,
    initiator: &Initiator,
    directory: &Directory,
    may_be_empty: bool,
) -> Result<Vec<Component>, Refusal> {
    if wanted.components.is_empty() && !(may_be_empty && kind != ApproverKind::OrganizationAutoSign) {
        return Err(Refusal::SignComponentsMissing);
    }
    let components = wanted.components.iter().map(|one| check_component(one, kind, initiator, directory));
    let components = components.collect::<Result<Vec<_>, _>>()?;
    if kind == ApproverKind::OrganizationAutoSign && !components.iter().any(|one| one.kind.is_seal()) {
        return Err(Refusal::AutoSignSealMissing);
    }
    Ok(components)
}

fn check_component(
    wanted: &NewComponent,
    kind: ApproverKind,
    initiator: &Initiator,
    directory: &Directory,
) -> Result<Component, Refusal> {
    if wanted.file_index != 0 {
        return Err(Refusal::ComponentFileIndexInvalid { index: wanted.file_index });
    }
    let component = ComponentKind::from_wire(&wanted.kind).ok_or_else(|| match wanted.kind.as_str() {
        "SIGN_PAGING_SEAL" | "SIGN_PAGING_SIGNATURE" | "SIGN_OPINION" | "SIGN_VIRTUAL_COMBINATION" => {
            Refusal::NotModelled { what: wanted.kind.clone() }
        }
        "SIGN_MULTI_LINE_TEXT" | "SIGN_SELECTOR" => Refusal::ComponentTypeNotAllowed { kind: wanted.kind.clone() },
        _ => Refusal::ComponentTypeUnknown { kind: wanted.kind.clone() },
    })?;
    let machine = kind == ApproverKind::OrganizationAutoSign;
    if machine && component.is_handwritten() {
        return Err(Refusal::AutoSignWithSignature);
    }
    if !component.allowed_for(kind) {
        return Err(Refusal::ComponentTypeNotAllowed { kind: wanted.kind.clone() });
    }
    if component.is_seal() && machine && wanted.value.is_empty() {
        return Err(Refusal::AutoSignSealMissing);
    }
    if component.is_seal() && !wanted.value.is_empty() {
        check_seal(&SealId::from(wanted.value.as_str()), machine, initiator, directory)?;
    }
    Ok(Component {
        kind: component,
        id: wanted.id.clone(),
        name: wanted.name.clone(),
        value: wanted.value.clone(),
        extra: wanted.extra.clone(),
        areas: Vec::new(),
    })
}

/// A named seal must exist; a machine's must be the own company's and enabled.
fn check_seal(seal: &SealId, machine: bool, initiator: &Initiator, directory: &Directory) -> Result<(), Refusal> {
    match directory.seals.get(seal.as_str()) {
        None => Err(Refusal::SealUnknown { seal: seal.to_string() }),
        Some(found) if machine && !(found.enabled && found.organization == initiator.organization) => {
            Err(Refusal::AutoSignSealNotUsable { seal: seal.to_string() })
        }
        Some(_) => Ok(()),
    }
}
