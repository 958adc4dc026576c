//! What a seal looks like by itself, and what one would look like that is not made.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use super::resource::{Body, Resource, ResourceKind};
use crate::documents::Mark;
use crate::domain::ids::OrganizationId;
use crate::domain::seal::{Drawing, Look, Seal, Shape};
use crate::domain::time::Timestamp;
use crate::engine::download;
use crate::engine::urls::Urls;
use crate::engine::world::World;

/// The address of a seal's picture, until then.
#[must_use]
pub fn address(world: &World, urls: &Urls, seal: &Seal, until: Timestamp) -> String {
    let kind = ResourceKind::Seal.wire();
    let key = download::key(&world.ids, kind, seal.id.as_str(), until);
    let resource = Resource::find(world, ResourceKind::Seal, seal.id.as_str());
    let extension = resource.map_or("PNG", |resource| resource.extension());
    urls.file(kind, seal.id.as_str(), 0, extension, &key)
}

/// A seal's own picture.
#[must_use]
pub(super) fn picture(seal: &Seal, company: &str) -> Body {
    match &seal.look {
        Look::Drawn(drawing) => Body::Picture(drawn(drawing, company, &seal.name)),
        Look::Picture(content, _) => Body::File(content.clone()),
    }
}

/// A drawn seal of this name of a company's.
#[must_use]
pub(super) fn drawn(drawing: &Drawing, company: &str, name: &str) -> Mark {
    let across = if drawing.across.is_empty() { name } else { &drawing.across };
    match drawing.shape {
        Shape::Round => Mark::Seal { text: company.to_owned(), label: Some(across.to_owned()) },
        Shape::Oval => Mark::OvalSeal {
            text: company.to_owned(),
            label: Some(across.to_owned()),
            flatness: f32::from(drawing.size.height) / f32::from(drawing.size.width.max(1)),
        },
        Shape::Square => Mark::NameSeal { name: across.to_owned() },
    }
}

/// A seal somebody looks at before it is made. Nothing of it is kept: its address says it all.
#[derive(Debug, Serialize, Deserialize)]
pub struct SealPreview {
    /// Whose.
    pub organization: OrganizationId,
    /// What it would be called.
    pub name: String,
    /// How it would be drawn.
    pub drawing: Drawing,
}

impl SealPreview {
    /// As part of an address.
    #[must_use]
    #[expect(clippy::expect_used, reason = "a struct of texts and numbers always serialises")]
    pub fn id(&self) -> String {
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).expect("a struct of texts and numbers always serialises"))
    }

    /// Of an address.
    #[must_use]
    pub(super) fn of(id: &str) -> Option<Self> {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(id).ok()?).ok()
    }

    pub(super) fn mark(&self, company: &str) -> Mark {
        drawn(&self.drawing, company, &self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_a_seal_would_look_like() {
        let preview =
            SealPreview { organization: "own".into(), name: "财务专用章".into(), drawing: Drawing::ROUND };
        let read = SealPreview::of(&preview.id()).unwrap();
        assert_eq!(read.mark("示例企业"), Mark::Seal { text: "示例企业".into(), label: Some("财务专用章".into()) });
        assert!(SealPreview::of("nothing").is_none());
    }

    #[test]
    fn what_stands_across_takes_the_names_place_and_people_have_square_ones() {
        let drawing = Drawing { across: "横向文字".into(), ..Drawing::ROUND };
        assert_eq!(drawn(&drawing, "企业", "章"), Mark::Seal { text: "企业".into(), label: Some("横向文字".into()) });
        let square = Drawing { across: "张三".into(), ..Drawing::SQUARE };
        assert_eq!(drawn(&square, "企业", "法人章"), Mark::NameSeal { name: "张三".into() });
    }
}
