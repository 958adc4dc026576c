//! Components of a world file's contracts and templates: what is signed with, and what is filled in.

use serde::{Deserialize, Serialize};

use crate::documents::{Keyword, Placement, position};
use crate::domain::component::{Component, ComponentKind};
use crate::domain::file::Content;
use crate::domain::launch::NewComponent;

/// A component, by coordinates (upper left corner, pt), by a word of the document or by a form field.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `Component`")]
pub struct ComponentRow {
    /// As the API calls it: `SIGN_SEAL`, `TEXT`.
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(default)]
    pub id: String,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub value: String,
    #[serde(default)]
    pub required: bool,
    #[serde(default)]
    pub extra: String,
    #[serde(default = "first")]
    pub page: i64,
    #[serde(default = "inch")]
    pub x: f64,
    #[serde(default = "inch")]
    pub y: f64,
    #[serde(default = "wide")]
    pub width: f64,
    #[serde(default = "high")]
    pub height: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keyword: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

fn first() -> i64 {
    1
}

fn inch() -> f64 {
    72.0
}

fn wide() -> f64 {
    120.0
}

fn high() -> f64 {
    60.0
}

impl ComponentRow {
    /// One of this type, somewhere on the first page.
    #[must_use]
    pub fn of(kind: &str, value: &str) -> Self {
        Self {
            kind: kind.into(),
            id: String::new(),
            name: String::new(),
            value: value.into(),
            required: false,
            extra: String::new(),
            page: first(),
            x: inch(),
            y: inch(),
            width: wide(),
            height: high(),
            keyword: None,
            field: None,
        }
    }

    /// A component as it stands on a document, in its first place.
    #[must_use]
    pub fn standing(component: &Component) -> Self {
        let row = Self {
            id: component.id.clone(),
            name: component.name.clone(),
            required: component.required,
            extra: component.extra.clone(),
            ..Self::of(component.kind.wire(), &component.value)
        };
        let Some(area) = component.areas.first() else { return row };
        let page = i64::try_from(area.page).unwrap_or(i64::MAX);
        Self { page, x: area.x, y: area.y, width: area.width, height: area.height, ..row }
    }

    /// The component as somebody who launches a contract asks for it.
    #[must_use]
    pub fn wanted(&self) -> NewComponent {
        NewComponent {
            kind: self.kind.clone(),
            id: self.id.clone(),
            name: self.name.clone(),
            value: self.value.clone(),
            required: self.required,
            extra: self.extra.clone(),
            placement: Some(self.placement()),
            ..NewComponent::default()
        }
    }

    /// The component on this document.
    ///
    /// # Errors
    /// There is no such type, or no such place.
    pub(super) fn placed(&self, content: &Content) -> Result<Component, String> {
        let kind = ComponentKind::from_wire(&self.kind).ok_or_else(|| format!("type: there is no `{}`", self.kind))?;
        let layout = content.layout().ok_or("its document cannot be read")?;
        let areas = position(layout, &self.placement()).map_err(|error| format!("{}: {error:?}", self.kind))?;
        Ok(Component {
            kind,
            id: self.id.clone(),
            name: self.name.clone(),
            value: self.value.clone(),
            required: self.required,
            extra: self.extra.clone(),
            areas,
            files: Vec::new(),
        })
    }

    fn placement(&self) -> Placement {
        match (&self.keyword, &self.field) {
            (Some(word), _) => {
                Placement::Keyword(Keyword { width: Some(self.width), height: Some(self.height), ..Keyword::new(word) })
            }
            (None, Some(name)) => Placement::Field { name: name.clone() },
            (None, None) => {
                Placement::Normal { page: self.page, x: self.x, y: self.y, width: self.width, height: self.height }
            }
        }
    }
}
