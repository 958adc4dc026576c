//! A contract on paper: which marks its signatures leave, and where.
//!
//! Pure: what is needed is taken out of the world as a [`Printable`]; drawing it then costs nobody the lock.

mod date;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::documents::{Area, Fonts, Mark, PageSize, Stamp, Stamped, Unusable, stamp};
use crate::domain::approver::{Approver, Signature};
use crate::domain::component::{Component, ComponentKind};
use crate::domain::directory::Directory;
use crate::domain::flow::Flow;
use crate::domain::ids::SealId;

/// A contract with what is needed to print it.
#[derive(Clone, Debug)]
pub struct Printable {
    /// The contract, as it was.
    pub flow: Arc<Flow>,
    /// The names of the seals it was signed with.
    pub seal_names: BTreeMap<SealId, String>,
}

impl Printable {
    /// Takes a contract and the names of its seals out of a world.
    #[must_use]
    pub fn of(flow: &Arc<Flow>, directory: &Directory) -> Self {
        let signatures = flow.approvers.iter().filter_map(|one| Some((one, one.signature.as_ref()?)));
        let used = signatures.flat_map(|(one, signature)| {
            let named = one.components.iter().filter_map(|component| seal_of(component, signature));
            named.chain(signature.seal.clone())
        });
        let named = used.filter_map(|id| {
            let name = directory.seals.get(id.as_str())?.name.clone();
            Some((id, name))
        });
        Self { flow: flow.clone(), seal_names: named.collect() }
    }

    /// What the signatures made so far look like, in the order of the signers.
    #[must_use]
    pub fn stamps(&self) -> Vec<Stamp> {
        let mut stamps = Vec::new();
        for (place, approver) in self.flow.approvers.iter().enumerate() {
            let Some(signature) = &approver.signature else { continue };
            if approver.components.is_empty() {
                stamps.extend(self.at_the_foot(place, approver, signature));
            }
            for component in &approver.components {
                let Some(mark) = self.mark(component, approver, signature) else { continue };
                stamps.extend(component.areas.iter().map(|&area| Stamp::new(area, mark.clone())));
            }
        }
        stamps
    }

    /// The uploaded file with every signature made so far. Characters no typeface has are reported, not refused.
    ///
    /// # Errors
    /// The file cannot be stamped.
    pub fn pdf(&self, fonts: &Fonts) -> Result<Stamped, Unusable> {
        let content = self.flow.content().ok_or(Unusable::Damaged { what: "it has no document yet" })?;
        stamp(&content.bytes, &self.stamps(), fonts)
    }

    fn mark(&self, component: &Component, approver: &Approver, signature: &Signature) -> Option<Mark> {
        let name = || approver.person.name.clone();
        Some(match component.kind {
            ComponentKind::Seal => self.seal(approver, seal_of(component, signature).as_ref()),
            ComponentKind::Signature => Mark::Signature { name: name() },
            ComponentKind::SignDate => date::mark(signature.at, &component.extra),
            // The world knows no legal representatives; the signer's name stands for theirs (ASSUMED).
            ComponentKind::LegalPersonSeal => Mark::NameSeal { name: name() },
            _ => return None,
        })
    }

    fn seal(&self, approver: &Approver, seal: Option<&SealId>) -> Mark {
        let text = approver.organization.as_ref().map_or_else(|| approver.person.name.clone(), |one| one.name.clone());
        Mark::Seal { text, label: seal.and_then(|id| self.seal_names.get(id)).cloned() }
    }

    /// A signer who may place their mark themselves (`api CreateFlowByFiles.SignBeanTag`) leaves it at the foot of the
    /// last page, side by side with the others: ASSUMED, since the stand-in's page has no dragging.
    fn at_the_foot(&self, place: usize, approver: &Approver, signature: &Signature) -> Option<Stamp> {
        let pages = self.flow.content()?.pages.as_ref()?;
        let &PageSize { width, height } = pages.last()?;
        let columns = ((width - 80.0) / 130.0).floor().max(1.0);
        let (column, row) = (place as f64 % columns, (place as f64 / columns).floor());
        let mark = match approver.kind {
            kind if kind.is_organization() => self.seal(approver, signature.seal.as_ref()),
            _ => Mark::Signature { name: approver.person.name.clone() },
        };
        let (x, y) = (40.0 + column * 130.0, (height - 160.0 - row * 130.0).max(0.0));
        Some(Stamp::new(Area { page: pages.len(), x, y, width: 120.0, height: 120.0 }, mark))
    }
}

/// The seal that fills a component: the one it names, else the one the signer used.
fn seal_of(component: &Component, signature: &Signature) -> Option<SealId> {
    let named = (component.kind.is_seal() && !component.value.is_empty()).then(|| component.value.as_str().into());
    named.or_else(|| signature.seal.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{at, directory, flow_of_three};

    fn signed(flow: Flow) -> Printable {
        Printable::of(&Arc::new(flow), &directory())
    }

    fn sign(flow: &mut Flow, index: usize, seal: Option<&str>) {
        let recipient = flow.approvers[index].recipient.clone();
        flow.sign(&recipient, seal.map(Into::into), at(1)).expect("it is their turn");
    }

    #[test]
    fn what_nobody_signed_carries_no_mark() {
        assert!(signed(flow_of_three(true)).stamps().is_empty());
    }

    #[test]
    fn a_company_leaves_its_seal_and_a_person_their_name() {
        let mut flow = flow_of_three(true);
        sign(&mut flow, 0, Some("seal"));
        sign(&mut flow, 1, None);

        let marks: Vec<Mark> = signed(flow).stamps().into_iter().map(|one| one.mark).collect();

        let seal = Mark::Seal { text: "示例企业".into(), label: Some("公章".into()) };
        assert_eq!(marks, [seal, Mark::Signature { name: "张三".into() }]);
    }

    #[test]
    fn a_component_stands_everywhere_it_was_placed() {
        let mut flow = flow_of_three(true);
        let first = flow.approvers[1].components[0].areas[0];
        flow.approvers[1].components[0].areas.push(Area { y: first.y + 300.0, ..first });
        sign(&mut flow, 1, None);
        assert_eq!(signed(flow).stamps().len(), 2);
    }

    #[test]
    fn who_places_their_own_mark_leaves_it_at_the_foot_of_the_last_page() {
        let mut flow = flow_of_three(true);
        flow.approvers[1].components.clear();
        sign(&mut flow, 1, None);

        let stamps = signed(flow).stamps();

        let areas: Vec<Area> = stamps.iter().map(|one| one.area).collect();
        assert_eq!(areas, [Area { page: 1, x: 170.0, y: 682.0, width: 120.0, height: 120.0 }]);
    }
}
