//! What a new seal must be like (`api CreateSealByImage`, `api CreateSeal`).

use std::sync::Arc;

use super::{Look, Seal, SealKind, SealStatus};
use crate::domain::directory::Directory;
use crate::domain::file::Content;
use crate::domain::ids::{ApplicationId, OrganizationId, SealId, UserId};
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;

/// Sizes of round seals the platform draws, in millimetres.
const ROUND: [u16; 6] = [38, 40, 42, 45, 50, 58];
/// Sizes of oval ones.
const OVAL: [(u16, u16); 2] = [(40, 30), (45, 30)];
/// Shortest and longest side of an uploaded one.
const PICTURE_SIDES: std::ops::RangeInclusive<u16> = 10..=100;

/// Width and height in millimetres.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Size {
    /// How wide.
    pub width: u16,
    /// How high.
    pub height: u16,
}

impl Size {
    /// Of `42_42`.
    #[must_use]
    pub fn from_wire(text: &str) -> Option<Self> {
        let (width, height) = text.split_once('_')?;
        Some(Self { width: width.parse().ok()?, height: height.parse().ok()? })
    }
}

/// The outline of a drawn seal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// A circle, as companies' seals are.
    #[default]
    Round,
    /// An ellipse.
    Oval,
    /// A square, as people's are.
    Square,
}

/// How the platform draws a seal.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Drawing {
    /// Its outline.
    pub shape: Shape,
    /// Its size.
    pub size: Size,
    /// What stands across it, instead of the seal's own name; empty when nobody said.
    pub across: String,
}

impl Drawing {
    /// A round one of the usual size, which is ASSUMED of the listed ones.
    pub const ROUND: Self = Self { shape: Shape::Round, size: Size { width: 42, height: 42 }, across: String::new() };
    /// A person's.
    pub const SQUARE: Self = Self { shape: Shape::Square, size: Size { width: 20, height: 20 }, across: String::new() };
}

impl Default for Drawing {
    fn default() -> Self {
        Self::ROUND
    }
}

/// What a new seal is to look like.
#[derive(Clone, Debug, PartialEq)]
pub enum NewLook {
    /// The platform draws it, of this size if one was asked for.
    Drawn {
        /// Its outline.
        shape: Shape,
        /// Its size; the usual one when nobody said.
        size: Option<Size>,
        /// What stands across it.
        across: String,
    },
    /// A picture, of this size if one was said.
    Picture(Arc<Content>, Option<Size>),
}

/// A seal somebody wants.
#[derive(Clone, Debug, PartialEq)]
pub struct NewSeal {
    /// Whose.
    pub organization: OrganizationId,
    /// What it is called.
    pub name: String,
    /// What it is for.
    pub kind: SealKind,
    /// What it looks like.
    pub look: NewLook,
    /// What the company calls its kind; empty where it is one of the listed.
    pub own_kind: String,
    /// What is noted about it.
    pub description: String,
    /// Who makes it.
    pub creator: UserId,
    /// Through which of a platform's applications.
    pub application: Option<ApplicationId>,
}

impl NewSeal {
    /// The seal, if it may be. A drawn one may be used at once, a picture waits to be looked at (`callback docs`).
    ///
    /// # Errors
    /// It has no name, the name is taken, there is a second seal of a kind there is one of, or it has an impossible size.
    pub fn make(self, id: SealId, directory: &Directory, now: Timestamp) -> Result<Seal, Refusal> {
        let look = self.check(directory)?;
        let status = match look {
            Look::Drawn(_) => SealStatus::Enabled,
            Look::Picture(..) => SealStatus::Checking,
        };
        Ok(Seal {
            name: self.name,
            kind: self.kind,
            status,
            creator: Some(self.creator),
            look,
            description: self.description,
            own_kind: self.own_kind,
            application: self.application,
            ..Seal::first(id, self.organization, now)
        })
    }

    /// What it would look like.
    ///
    /// # Errors
    /// As [`NewSeal::make`].
    pub fn check(&self, directory: &Directory) -> Result<Look, Refusal> {
        if self.name.trim().is_empty() {
            return Err(Refusal::SealNameMissing);
        }
        let own = || directory.seals.iter().filter(|seal| seal.organization == self.organization);
        if own().any(|seal| seal.name == self.name) {
            return Err(Refusal::SealNameExists { name: self.name.clone() });
        }
        if self.kind.is_unique() && own().any(|seal| seal.kind == self.kind && seal.status.counts()) {
            return Err(Refusal::SealAlreadyExists { kind: self.kind.wire() });
        }
        self.look()
    }

    fn look(&self) -> Result<Look, Refusal> {
        match &self.look {
            NewLook::Drawn { shape, size, across } => {
                let size = self.drawn_size(*shape, *size)?;
                Ok(Look::Drawn(Drawing { shape: *shape, size, across: across.clone() }))
            }
            NewLook::Picture(content, size) => {
                let fits = |size: &Size| {
                    PICTURE_SIDES.contains(&size.width)
                        && PICTURE_SIDES.contains(&size.height)
                        && size.width <= 10 * size.height
                        && size.height <= 10 * size.width
                };
                if size.as_ref().is_some_and(|size| !fits(size)) {
                    return Err(wrong_size("a picture is 10 to 100 mm on each side, one at most ten times the other"));
                }
                Ok(Look::Picture(content.clone(), *size))
            }
        }
    }

    fn drawn_size(&self, shape: Shape, size: Option<Size>) -> Result<Size, Refusal> {
        match shape {
            Shape::Oval if matches!(self.kind, SealKind::Official | SealKind::Contract) => {
                let detail = "official and contract seals are round".to_owned();
                Err(Refusal::ParameterInvalid { field: "SealStyle", detail })
            }
            Shape::Oval => match size {
                None => Ok(Size { width: 45, height: 30 }),
                Some(size) if OVAL.contains(&(size.width, size.height)) => Ok(size),
                Some(_) => Err(wrong_size("an oval seal is 40_30 or 45_30")),
            },
            Shape::Round => match size {
                None => Ok(Drawing::ROUND.size),
                Some(size) if size.width == size.height && ROUND.contains(&size.width) => Ok(size),
                Some(_) => Err(wrong_size("a round seal is 38_38, 40_40, 42_42, 45_45, 50_50 or 58_58")),
            },
            Shape::Square => Ok(size.unwrap_or(Drawing::SQUARE.size)),
        }
    }
}

fn wrong_size(detail: &str) -> Refusal {
    Refusal::ParameterInvalid { field: "SealSize", detail: detail.to_owned() }
}

impl SealKind {
    /// Whether a company has at most one (`api CreateSealByImage`, `api CreateLegalSealQrCode`).
    #[must_use]
    pub fn is_unique(self) -> bool {
        match self {
            Self::Official | Self::LegalPerson => true,
            Self::Contract
            | Self::Finance
            | Self::Personnel
            | Self::Invoice
            | Self::EmployeeQualification
            | Self::Other => false,
        }
    }
}

impl SealStatus {
    /// Whether the seal stands in the way of a second one of its kind: one that was turned down or ended does not (ASSUMED).
    fn counts(self) -> bool {
        match self {
            Self::Checking | Self::CheckingByAdministrator | Self::Enabled | Self::Disabled => true,
            Self::Refused | Self::Stopped | Self::Void | Self::Invalid => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{at, directory};

    fn wanted() -> NewSeal {
        NewSeal {
            organization: "own".into(),
            name: "合同专用章".into(),
            kind: SealKind::Contract,
            look: NewLook::Drawn { shape: Shape::Round, size: None, across: String::new() },
            own_kind: String::new(),
            description: String::new(),
            creator: "operator".into(),
            application: None,
        }
    }

    fn made(wanted: NewSeal) -> Result<Seal, Refusal> {
        wanted.make("new".into(), &directory(), at(0))
    }

    fn sized(shape: Shape, size: &str) -> Result<Seal, Refusal> {
        let look = NewLook::Drawn { shape, size: Size::from_wire(size), across: String::new() };
        made(NewSeal { look, kind: SealKind::Finance, ..wanted() })
    }

    #[test]
    fn a_drawn_seal_may_be_used_at_once_and_a_picture_is_looked_at() {
        assert!(made(wanted()).unwrap().is_usable());
        let picture = NewLook::Picture(Arc::new(Content::new(bytes::Bytes::from_static(b"PNG"), None)), None);
        assert_eq!(made(NewSeal { look: picture, ..wanted() }).unwrap().status, SealStatus::Checking);
    }

    #[test]
    fn names_and_official_seals_are_there_once() {
        let same = NewSeal { name: "公章".into(), ..wanted() };
        assert_eq!(made(same).unwrap_err(), Refusal::SealNameExists { name: "公章".into() });
        let official = NewSeal { kind: SealKind::Official, ..wanted() };
        assert_eq!(made(official).unwrap_err(), Refusal::SealAlreadyExists { kind: "OFFICIAL" });
        assert_eq!(made(NewSeal { name: " ".into(), ..wanted() }).unwrap_err(), Refusal::SealNameMissing);
    }

    #[test]
    fn drawn_seals_come_in_the_listed_sizes() {
        for size in ["38_38", "58_58"] {
            sized(Shape::Round, size).unwrap();
        }
        for (shape, size) in [(Shape::Round, "39_39"), (Shape::Round, "42_38"), (Shape::Oval, "42_42")] {
            assert!(sized(shape, size).is_err(), "{size}");
        }
        sized(Shape::Oval, "40_30").unwrap();
        let oval = NewLook::Drawn { shape: Shape::Oval, size: None, across: String::new() };
        assert!(made(NewSeal { look: oval, ..wanted() }).is_err(), "a contract seal is round");
    }

    #[test]
    fn pictures_have_bounds_on_both_sides() {
        let of = |size| {
            let content = Arc::new(Content::new(bytes::Bytes::from_static(b"PNG"), None));
            made(NewSeal { look: NewLook::Picture(content, Size::from_wire(size)), ..wanted() }).is_ok()
        };
        assert_eq!(["10_100", "100_10", "9_40", "40_101"].map(of), [true, true, false, false]);
    }
}
