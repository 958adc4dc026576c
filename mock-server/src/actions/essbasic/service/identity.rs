//! Who a person is, as requests say it (`api UserThreeFactor`).

use ess_schemas::essbasic::UserThreeFactor;

use crate::actions::auto_signs::Wanted;
use crate::domain::auto_sign::Identity;
use crate::domain::employee::{Card, CardKind};

/// A card without a kind is an `ID_CARD`.
pub(super) fn identity(name: &str, kind: Option<&str>, number: &str) -> Identity {
    let kind = kind.and_then(CardKind::from_wire).unwrap_or_default();
    Identity { name: name.to_owned(), card: Card { kind, number: number.to_owned() } }
}

pub(super) fn wanted(scene: &str, person: &UserThreeFactor) -> Wanted {
    let person = identity(&person.name, Some(&person.id_card_type), &person.id_card_number);
    Wanted { scene: scene.to_owned(), person }
}
