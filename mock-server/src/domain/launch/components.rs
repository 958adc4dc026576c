//! What a party fills in and signs with: which components it may have, which seals, and where they stand.

use std::sync::Arc;

use super::{NewApprover, NewComponent};
use crate::documents::{Area, Layout, NotPlaced, Placement, position};
use crate::domain::approver::ApproverKind;
use crate::domain::component::{Component, ComponentKind};
use crate::domain::directory::Directory;
use crate::domain::file::Content;
use crate::domain::flow::Initiator;
use crate::domain::ids::SealId;
use crate::domain::refusal::Refusal;
use crate::domain::seal::{Seal, SealKind};
use crate::domain::time::Timestamp;

/// What one signer signs with, checked; where it stands is found later.
pub(super) fn check(
    wanted: &NewApprover,
    kind: ApproverKind,
    initiator: &Initiator,
    when: (&Directory, Timestamp),
    may_be_empty: bool,
) -> Result<Vec<Component>, Refusal> {
    let by_machine = kind == ApproverKind::OrganizationAutoSign;
    if wanted.components.is_empty() && (by_machine || !may_be_empty) {
        return Err(Refusal::SignComponentsMissing);
    }
    let combined = wanted.components.iter().any(|one| one.kind() == Ok(ComponentKind::SignCombination));
    let check = |one| check_component(one, kind, (combined, wanted.may_seal), initiator, when);
    let components = wanted.components.iter().map(check);
    let components = components.collect::<Result<Vec<_>, _>>()?;
    if by_machine && !components.iter().any(|one| one.kind.is_seal()) {
        return Err(Refusal::AutoSignSealMissing);
    }
    Ok(components)
}

/// What one signer fills in; it must come without values (`ex CreateFlowByFiles`; that values are refused is ASSUMED), but
/// where a page is prepared.
pub(super) fn fills(wanted: &NewApprover) -> Result<Vec<Component>, Refusal> {
    let valued = wanted.fills.iter().find(|one| !one.value.is_empty() && !wanted.may_preset);
    match valued {
        Some(one) => Err(Refusal::ComponentValueMismatch { component: one.kind.clone() }),
        None => wanted.fills.iter().map(fill).collect(),
    }
}

/// What the initiator fills in, with its values, where it stands; or runs over the pages as a watermark.
pub(super) fn initiators(wanted: &[NewComponent], content: &Content) -> Result<Vec<Component>, Refusal> {
    let mut fills = Vec::with_capacity(wanted.len());
    for one in wanted {
        let component = if one.kind()? == ComponentKind::Watermark { unplaced(one)? } else { fill(one)? };
        component.kind.check_value(&component.value)?;
        if component.required && component.value.is_empty() {
            return Err(Refusal::RequiredComponentEmpty { component: component.label().to_owned() });
        }
        fills.push(component);
    }
    locate(&mut fills, wanted, content)?;
    Ok(fills)
}

/// Finds the places of `components`, made from `wanted`, on the pages of `content`.
pub(in crate::domain) fn locate(
    components: &mut [Component],
    wanted: &[NewComponent],
    content: &Content,
) -> Result<(), Refusal> {
    for (component, wanted) in components.iter_mut().zip(wanted) {
        if component.kind == ComponentKind::Watermark {
            continue;
        }
        let Some(placement) = &wanted.placement else { continue };
        let searched = matches!(placement, Placement::Field { .. } | Placement::Keyword(_));
        let layout = if searched { content.layout() } else { content.pages_only() };
        let layout = layout.ok_or(Refusal::FileNotPdf { file: String::new() })?;
        if component.kind.is_paging() {
            component.areas = vec![at_the_edge(layout, placement, &wanted.kind)?];
            continue;
        }
        component.areas = match position(layout, placement) {
            Ok(areas) => areas,
            Err(NotPlaced::KeywordNotFound { .. }) if wanted.ignores_missing_keyword => Vec::new(),
            Err(NotPlaced::KeywordNotFound { keyword }) => return Err(Refusal::KeywordNotFound { keyword }),
            Err(NotPlaced::FieldNotFound { name }) => return Err(Refusal::FormFieldNotFound { field: name }),
            Err(NotPlaced::PageOutside { page, .. }) => return Err(Refusal::ComponentPageInvalid { page }),
            Err(NotPlaced::BadGeometry { x, y, width, height }) => {
                let detail = format!("{}: {x}, {y}, {width} x {height}", wanted.kind);
                return Err(Refusal::ComponentPositionInvalid { detail });
            }
        };
    }
    Ok(())
}

/// What runs over all pages is placed by its upper edge and its size alone (`api Component`: PosY, width and height). It is
/// kept as it would stand whole at the right edge of the first page.
fn at_the_edge(layout: &Layout, placement: &Placement, kind: &str) -> Result<Area, Refusal> {
    let detail = || format!("{kind}: ComponentPosY, ComponentWidth and ComponentHeight are needed");
    let unplaced = || Refusal::ComponentPositionInvalid { detail: detail() };
    let &Placement::Normal { y, width, height, .. } = placement else { return Err(unplaced()) };
    let first = layout.pages.first().ok_or_else(unplaced)?;
    let sound = y >= 0.0 && y < first.height && width > 0.0 && height > 0.0 && width <= first.width;
    let area = Area { page: 1, x: first.width - width, y, width, height };
    if sound { Ok(area) } else { Err(unplaced()) }
}

fn fill(wanted: &NewComponent) -> Result<Component, Refusal> {
    let component = unplaced(wanted)?;
    if component.kind.is_fill() {
        Ok(component)
    } else {
        Err(Refusal::ComponentTypeNotAllowed { kind: wanted.kind.clone() })
    }
}

fn check_component(
    wanted: &NewComponent,
    kind: ApproverKind,
    (combined, may_seal): (bool, bool),
    initiator: &Initiator,
    when: (&Directory, Timestamp),
) -> Result<Component, Refusal> {
    let mut component = unplaced(wanted)?;
    let machine = kind == ApproverKind::OrganizationAutoSign;
    if machine && component.kind.is_handwritten() {
        return Err(Refusal::AutoSignWithSignature);
    }
    // Parts of a combination are listed beside it (`ex CreateFlowByFiles`).
    let part = combined && component.kind.is_inside_only();
    let unnamed_seal = component.kind == ComponentKind::Seal && wanted.value.is_empty();
    let own_seal = may_seal && kind == ApproverKind::Person && unnamed_seal;
    if !part && !own_seal && !component.kind.may_sign_for(kind) {
        return Err(Refusal::ComponentTypeNotAllowed { kind: wanted.kind.clone() });
    }
    if component.kind.is_seal() && machine && wanted.value.is_empty() {
        let first = companys_seal(initiator, when).filter(|_| may_seal);
        component.value = first.ok_or(Refusal::AutoSignSealMissing)?.to_string();
    }
    if component.kind.is_seal() && !wanted.value.is_empty() {
        check_seal(&SealId::from(wanted.value.as_str()), machine, initiator, when)?;
    }
    Ok(component)
}

/// What a company's machine that joins a contract later signs with where no seal is named, as examples do (`ex
/// ChannelCreateDynamicFlowApprover`); that it is the first official one that may be used, else the first, is ASSUMED.
fn companys_seal<'a>(initiator: &Initiator, when: (&'a Directory, Timestamp)) -> Option<&'a SealId> {
    let own = |one: &&Arc<Seal>| one.organization == initiator.organization;
    let usable = || when.0.seals.iter().filter(own).filter(|one| one.is_usable() && may_be_used(one, initiator, when));
    usable().find(|one| one.kind == SealKind::Official).or_else(|| usable().next()).map(|one| &one.id)
}

fn unplaced(wanted: &NewComponent) -> Result<Component, Refusal> {
    if wanted.file_index != 0 {
        return Err(Refusal::ComponentFileIndexInvalid { index: wanted.file_index });
    }
    Ok(Component {
        kind: wanted.kind()?,
        id: wanted.id.clone(),
        name: wanted.name.clone(),
        value: wanted.value.clone(),
        required: wanted.required,
        extra: wanted.extra.clone(),
        areas: Vec::new(),
        files: wanted.files.clone(),
    })
}

/// A named seal must exist; a machine's must be enabled, and the initiating company's, whose operator may use it, or a partner's
/// who granted its use (`api CreatePartnerAutoSignAuthUrl`).
pub(super) fn check_seal(
    seal: &SealId,
    machine: bool,
    initiator: &Initiator,
    when: (&Directory, Timestamp),
) -> Result<(), Refusal> {
    match when.0.seals.get(seal.as_str()) {
        None => Err(Refusal::SealUnknown { seal: seal.to_string() }),
        Some(found) if machine && !(found.is_usable() && may_be_used(found, initiator, when)) => {
            Err(Refusal::AutoSignSealNotUsable { seal: seal.to_string() })
        }
        Some(_) => Ok(()),
    }
}

fn may_be_used(seal: &Seal, initiator: &Initiator, (directory, now): (&Directory, Timestamp)) -> bool {
    if seal.organization == initiator.organization {
        let operator = directory.employees.get(initiator.user.as_str());
        return operator.is_none_or(|operator| seal.is_open_to(operator, None, now));
    }
    directory.partner_grant(&seal.organization, initiator).is_some_and(|grant| grant.covers(seal.kind))
}
