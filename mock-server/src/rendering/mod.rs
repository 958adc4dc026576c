//! A contract on paper: which marks its values and signatures leave, and where.
//!
//! Pure: what is needed is taken out of the world as a [`Printable`]; drawing it then costs nobody the lock. What was
//! filled in comes first, watermarks and all, and what was signed on top of it, as it came about. A file with a signature
//! is sealed, so that this server knows it again ([`crate::documents::authenticity`]).

pub mod agreement;
pub mod certificate;
pub mod comparison;
mod date;
pub mod evidence;
mod extra;
mod extraction;
mod fill;
pub mod letter;
pub mod members;
mod place;
pub mod resource;
pub mod reviews;
pub mod seal_picture;
mod sheet;
mod table;

use std::collections::BTreeMap;
use std::sync::Arc;

use self::extra::Extra;
use self::seal_picture::drawn;
use crate::documents::{
    Area, Fit, Fonts, Mark, PageSize, SealingKey, Setting, Stamp, Stamped, TextStyle, Unusable, seal, stamp,
};
use crate::domain::approver::{Approver, Signature};
use crate::domain::component::{Component, ComponentKind};
use crate::domain::flow::Flow;
use crate::domain::ids::SealId;
use crate::domain::seal::{Look, Seal};
use crate::engine::world::World;

/// A contract with what is needed to print it.
#[derive(Clone, Debug)]
pub struct Printable {
    /// The contract, as it was.
    pub flow: Arc<Flow>,
    /// The seals it was signed with, as far as they are still there.
    pub seals: BTreeMap<SealId, Arc<Seal>>,
    /// What signed files of its world are sealed with.
    pub key: SealingKey,
}

/// A signature and its place on paper.
#[derive(Clone, Copy, Debug)]
pub struct Signed<'a> {
    /// Who signed.
    pub approver: &'a Approver,
    /// When, and with what.
    pub signature: &'a Signature,
    /// Where it stands.
    pub area: Area,
}

impl Printable {
    /// Takes a contract and its seals out of its world.
    #[must_use]
    pub fn of(flow: &Arc<Flow>, world: &World) -> Self {
        let signatures = flow.approvers.iter().filter_map(|one| Some((one, one.signature.as_ref()?)));
        let used = signatures.flat_map(|(one, signature)| {
            let named = one.components.iter().filter_map(|component| seal_of(component, signature));
            named.chain(signature.seal.clone())
        });
        let seals = used.filter_map(|id| Some((id.clone(), world.directory.seals.get(id.as_str())?.clone())));
        Self { flow: flow.clone(), seals: seals.collect(), key: world.ids.sealing_key() }
    }

    /// What was filled in and signed so far: values of the initiator, then of the signers, then signatures.
    #[must_use]
    pub fn stamps(&self) -> Vec<Stamp> {
        let pages = self.pages();
        let mut stamps: Vec<Stamp> = self.flow.fills().flat_map(|component| fill::stamps(component, pages)).collect();
        for (place, approver) in self.flow.approvers.iter().enumerate() {
            let Some(signature) = &approver.signature else { continue };
            if approver.components.is_empty() {
                stamps.extend(self.at_the_foot(place, approver, signature));
            }
            for component in &approver.components {
                let Some(mark) = self.mark(component, approver, signature) else { continue };
                stamps.extend(place::stamps(component, mark, pages));
            }
        }
        stamps
    }

    /// Where each signature made so far stands: a component to an entry, a paging seal by its place on the first page.
    #[must_use]
    pub fn signed(&self) -> Vec<Signed<'_>> {
        let mut signed = Vec::new();
        for (place, approver) in self.flow.approvers.iter().enumerate() {
            let Some(signature) = &approver.signature else { continue };
            let at_foot = self.at_the_foot(place, approver, signature).filter(|_| approver.components.is_empty());
            let components = approver.components.iter().flat_map(|component| component.areas.iter().copied());
            let areas = components.chain(at_foot.map(|stamp| stamp.area));
            signed.extend(areas.map(|area| Signed { approver, signature, area }));
        }
        signed
    }

    /// Whether somebody has signed.
    #[must_use]
    pub fn is_signed(&self) -> bool {
        self.flow.approvers.iter().any(|one| one.signature.is_some())
    }

    /// The uploaded file with everything filled in and signed so far, sealed once there is a signature; as it was uploaded
    /// while there is nothing. Characters no typeface has are reported, not refused.
    ///
    /// # Errors
    /// The file cannot be stamped.
    pub fn pdf(&self, fonts: &Fonts) -> Result<Stamped, Unusable> {
        let content = self.flow.content().ok_or(Unusable::Damaged { what: "it has no document yet" })?;
        let mut stamped = stamp(&content.bytes, &self.stamps(), fonts)?;
        if self.is_signed() {
            stamped.pdf = seal(stamped.pdf, self.flow.id.as_str(), &self.key);
        }
        Ok(stamped)
    }

    fn pages(&self) -> &[PageSize] {
        self.flow.content().and_then(|content| content.pages.as_deref()).unwrap_or_default()
    }

    fn mark(&self, component: &Component, approver: &Approver, signature: &Signature) -> Option<Mark> {
        let name = || approver.person.name.clone();
        match component.kind {
            ComponentKind::Seal | ComponentKind::PagingSeal => {
                Some(self.seal(approver, seal_of(component, signature).as_ref()))
            }
            ComponentKind::Signature | ComponentKind::PagingSignature => Some(Mark::Signature { name: name() }),
            ComponentKind::SignDate => Some(date::mark(signature.at, &component.extra)),
            // The world knows no legal representatives; the signer's name stands for theirs (ASSUMED).
            ComponentKind::LegalPersonSeal => Some(Mark::NameSeal { name: name() }),
            // The words the signer confirmed (`api Component`, Values), else that they agreed (ASSUMED).
            ComponentKind::Opinion => {
                let text = Extra::read(&component.extra).text("Values").unwrap_or("同意").to_owned();
                Some(Mark::Text { text, style: TextStyle::default(), setting: Setting::Broken })
            }
            ComponentKind::SignMultiLineText | ComponentKind::SignSelector if !component.value.is_empty() => {
                let style = Extra::read(&component.extra).style(fill::USUAL);
                Some(Mark::Text { text: component.value.clone(), style, setting: Setting::Paragraph })
            }
            // Holds other components and has no look of its own (`api Component`).
            ComponentKind::SignCombination
            | ComponentKind::SignMultiLineText
            | ComponentKind::SignSelector
            | ComponentKind::Text
            | ComponentKind::MultiLineText
            | ComponentKind::CheckBox
            | ComponentKind::FillImage
            | ComponentKind::Attachment
            | ComponentKind::Selector
            | ComponentKind::Date
            | ComponentKind::District
            | ComponentKind::DynamicTable
            | ComponentKind::Combination
            | ComponentKind::Watermark => None,
        }
    }

    /// A company's seal, or a person's with their name (ASSUMED: whose place it is says whose seal it is).
    fn seal(&self, approver: &Approver, seal: Option<&SealId>) -> Mark {
        let used = seal.and_then(|id| self.seals.get(id));
        match (&approver.organization, used.map(|seal| (&seal.look, seal))) {
            (_, Some((Look::Picture(content, _), _))) => {
                Mark::Picture { bytes: content.bytes.clone(), fit: Fit::Centred }
            }
            (Some(company), Some((Look::Drawn(drawing), seal))) => drawn(drawing, &company.name, &seal.name),
            (Some(company), None) => Mark::Seal { text: company.name.clone(), label: None },
            (None, _) => Mark::NameSeal { name: approver.person.name.clone() },
        }
    }

    /// A signer who may place their mark themselves (`api CreateFlowByFiles.SignBeanTag`) leaves it at the foot of the
    /// last page, side by side with the others: ASSUMED, since the stand-in's page has no dragging.
    fn at_the_foot(&self, place: usize, approver: &Approver, signature: &Signature) -> Option<Stamp> {
        let pages = self.pages();
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
        let mut world = World::new(7);
        world.directory = directory();
        Printable::of(&Arc::new(flow), &world)
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
    fn a_person_with_a_place_for_a_seal_leaves_their_own() {
        let mut flow = flow_of_three(true);
        flow.approvers[1].components[0].kind = ComponentKind::Seal;
        sign(&mut flow, 1, None);
        let marks: Vec<Mark> = signed(flow).stamps().into_iter().map(|one| one.mark).collect();
        assert_eq!(marks, [Mark::NameSeal { name: "张三".into() }]);
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

    #[test]
    fn what_is_signed_lies_over_what_was_filled_in() {
        let mut flow = flow_of_three(true);
        let written =
            Component { kind: ComponentKind::Text, value: "深圳".into(), ..flow.approvers[1].components[0].clone() };
        flow.document.as_mut().unwrap().fills.push(written);
        sign(&mut flow, 1, None);

        let stamps = signed(flow).stamps();

        assert!(matches!(&stamps[0].mark, Mark::Text { text, .. } if text == "深圳"), "{stamps:?}");
        assert!(matches!(stamps[1].mark, Mark::Signature { .. }));
    }

    #[test]
    fn a_paging_seal_lies_on_the_edge_of_every_page() {
        let mut flow = flow_of_three(true);
        flow.approvers[0].components[0].kind = ComponentKind::PagingSeal;
        sign(&mut flow, 0, Some("seal"));

        let stamps = signed(flow).stamps();

        let window = stamps[0].window.unwrap();
        assert_eq!((stamps.len(), window.x + window.width, window.y), (1, 595.0, 100.0));
    }
}
