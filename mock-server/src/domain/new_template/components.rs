//! The components of a template somebody wants: who may have which, what may stand in them, and where they stand.

use std::collections::BTreeSet;
use std::slice::{from_mut, from_ref};
use std::sync::Arc;

use serde::de::IgnoredAny;

use super::unfit::Unfit;
use super::{NewParty, is_word};
use crate::documents::{Area, Placement};
use crate::domain::component::{Component, ComponentKind};
use crate::domain::directory::Directory;
use crate::domain::file::Content;
use crate::domain::launch::{NewComponent, locate};
use crate::domain::template::{PartyKind, Template};

/// The most components of a template (ASSUMED: no number is published; nobody draws more on a page).
pub(super) const COMPONENTS: usize = 200;
/// The longest id and name of one, in characters (`api Component`).
const ID_LENGTH: usize = 30;
const LABEL_LENGTH: usize = 20;

/// Puts components on a document.
pub(super) struct Placing<'a> {
    template: &'a Template,
    content: &'a Arc<Content>,
    directory: &'a Directory,
    /// Whether it is the document the template has already.
    unchanged: bool,
    /// The ids given so far.
    ids: BTreeSet<String>,
    /// The number in the id drawn last.
    drawn: usize,
}

impl<'a> Placing<'a> {
    /// Of these on the document `content`; their ids must differ (`api Component`: one of an id in a PDF).
    pub(super) fn new(
        template: &'a Template,
        content: &'a Arc<Content>,
        directory: &'a Directory,
        fills: &[NewComponent],
        parties: &[NewParty],
    ) -> Result<Self, Unfit> {
        let all = || fills.iter().chain(parties.iter().flat_map(|one| one.fills.iter().chain(&one.components)));
        if all().count() > COMPONENTS {
            return Err(Unfit::TooManyComponents);
        }
        let mut ids = BTreeSet::new();
        for id in all().map(|one| &one.id).filter(|id| !id.is_empty()) {
            if !ids.insert(id.clone()) {
                return Err(Unfit::ComponentIdRepeated { id: id.clone() });
            }
        }
        let unchanged = template.content.as_ref().is_some_and(|own| Arc::ptr_eq(own, content));
        Ok(Self { template, content, directory, unchanged, ids, drawn: 0 })
    }

    /// What the initiator fills in, a preset value in it where there is one, and watermarks (`components`).
    pub(super) fn initiators(&mut self, wanted: &[NewComponent]) -> Result<Vec<Component>, Unfit> {
        let one = |one: &NewComponent| {
            let component = self.component(one)?;
            let named = component.label().to_owned();
            if component.kind == ComponentKind::Watermark {
                // Without its details there would be nothing to see (`components`).
                return if one.extra.is_empty() { Err(Unfit::ExtraUnfit { component: named }) } else { Ok(component) };
            }
            if !component.kind.is_fill() {
                return Err(Unfit::ComponentNotAllowed { component: named });
            }
            // An upload is over long before a template is (ASSUMED).
            if component.kind.check_value(&one.value).is_err() || component.file_ids().next().is_some() {
                return Err(Unfit::ValueUnfit { component: named });
            }
            Ok(component)
        };
        wanted.iter().map(one).collect()
    }

    /// What a signer fills in, which starts empty (ASSUMED, as in contracts made of files).
    pub(super) fn signers(&mut self, party: &NewParty) -> Result<Vec<Component>, Unfit> {
        let one = |one: &NewComponent| {
            let component = self.component(one)?;
            if !component.kind.is_fill() {
                return Err(Unfit::ComponentNotAllowed { component: component.label().to_owned() });
            }
            if !component.value.is_empty() {
                return Err(Unfit::ValueUnfit { component: component.label().to_owned() });
            }
            Ok(component)
        };
        party.fills.iter().map(one).collect()
    }

    /// What a party signs with: something (ASSUMED, as in contracts made of files), for a machine a seal, which may be left
    /// for the initiator to name (`api CreateDocument.FormFields`).
    pub(super) fn signs(&mut self, party: &NewParty) -> Result<Vec<Component>, Unfit> {
        let components: Vec<_> = party.components.iter().map(|one| self.component(one)).collect::<Result<_, _>>()?;
        let signer = party.kind.signer();
        // Parts of a combination are listed beside it (`ex CreateFlowByFiles`).
        let combined = components.iter().any(|one| one.kind == ComponentKind::SignCombination);
        for component in &components {
            let part = combined && component.kind.is_inside_only();
            if !part && !component.kind.may_sign_for(signer) {
                return Err(Unfit::ComponentNotAllowed { component: component.label().to_owned() });
            }
            self.check_seal(component)?;
        }
        let role = || party.role.trim().to_owned();
        if components.is_empty() {
            return Err(Unfit::NothingToSignWith { role: role() });
        }
        if party.kind == PartyKind::AutoSign && !components.iter().any(|one| one.kind.is_seal()) {
            return Err(Unfit::MachineWithoutSeal { role: role() });
        }
        Ok(components)
    }

    /// A value names a usable seal of the company's (`api ComponentLimit`: never another's); nothing else that is signed
    /// with has one.
    fn check_seal(&self, component: &Component) -> Result<(), Unfit> {
        let named = || component.label().to_owned();
        if component.value.is_empty() {
            return Ok(());
        }
        if !component.kind.is_seal() {
            return Err(Unfit::ValueUnfit { component: named() });
        }
        let seal = self.directory.seals.get(component.value.as_str());
        let usable = seal.is_some_and(|seal| seal.is_usable() && seal.organization == self.template.organization);
        if usable { Ok(()) } else { Err(Unfit::SealUnusable { component: named() }) }
    }

    fn component(&mut self, wanted: &NewComponent) -> Result<Component, Unfit> {
        let kind = ComponentKind::from_wire(&wanted.kind);
        let kind = kind.ok_or_else(|| Unfit::ComponentUnknown { kind: wanted.kind.clone() })?;
        if wanted.id.chars().count() > ID_LENGTH || !wanted.id.chars().all(is_word) {
            return Err(Unfit::ComponentIdInvalid { id: wanted.id.clone() });
        }
        let name = wanted.name.trim();
        if name.chars().count() > LABEL_LENGTH || !name.chars().all(is_word) {
            return Err(Unfit::ComponentNameInvalid { name: name.to_owned() });
        }
        let mut component = Component {
            kind,
            id: if wanted.id.is_empty() { self.draw_id() } else { wanted.id.clone() },
            name: name.to_owned(),
            value: wanted.value.clone(),
            required: wanted.required,
            extra: wanted.extra.clone(),
            areas: Vec::new(),
            files: Vec::new(),
        };
        let named = || component.label().to_owned();
        if !wanted.extra.is_empty() && serde_json::from_str::<IgnoredAny>(&wanted.extra).is_err() {
            return Err(Unfit::ExtraUnfit { component: named() });
        }
        if let Some(areas) = self.kept(kind, wanted) {
            component.areas = areas;
            return Ok(component);
        }
        let placed = locate(from_mut(&mut component), from_ref(wanted), self.content);
        if placed.is_err() || !component.areas.iter().all(|area| self.begins_on_its_page(area)) {
            return Err(Unfit::Misplaced { component: component.label().to_owned() });
        }
        Ok(component)
    }

    /// Nobody can draw a component beside the page (ASSUMED; contracts made of files are not asked).
    fn begins_on_its_page(&self, area: &Area) -> bool {
        let page = self.content.pages.as_ref().and_then(|pages| pages.get(area.page.checked_sub(1)?));
        page.is_some_and(|page| (0.0..page.width).contains(&area.x) && (0.0..page.height).contains(&area.y))
    }

    /// A keyword may have put one in several places: they stay as long as neither the document nor the first place changes.
    fn kept(&self, kind: ComponentKind, wanted: &NewComponent) -> Option<Vec<Area>> {
        let Some(&Placement::Normal { page, x, y, width, height }) = wanted.placement.as_ref() else { return None };
        let area = Area { page: usize::try_from(page).ok()?, x, y, width, height };
        let mut before = self.template.components().filter(|_| self.unchanged);
        before.find(|one| one.kind == kind && one.areas.first() == Some(&area)).map(|one| one.areas.clone())
    }

    /// An id nobody gave (its shape is ASSUMED).
    fn draw_id(&mut self) -> String {
        loop {
            self.drawn += 1;
            let id = format!("ComponentId_{}", self.drawn);
            if self.ids.insert(id.clone()) {
                return id;
            }
        }
    }
}
