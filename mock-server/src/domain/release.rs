//! Who signs the agreement that releases a contract (解除协议), and how (`api CreateReleaseFlow`, `api ReleasedApprover`).

use super::approver::{Approver, ApproverKind};
use super::directory::Directory;
use super::flow::Flow;
use super::ids::{OrganizationId, RecipientId, SealId};
use super::launch::{NewApprover, NewComponent};
use super::refusal::Refusal;
use crate::documents::{Area, Placement};

/// What is asked for one signer of the original contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// Their slot in the original.
    pub recipient: RecipientId,
    /// Who signs instead.
    pub name: String,
    /// Their mobile number.
    pub mobile: String,
    /// How.
    pub manner: Manner,
    /// `ApproverSignComponentType`.
    pub component: Option<String>,
    /// `ApproverSignRole`: what the party is called in the agreement.
    pub role: Option<String>,
    /// `ApproverSignSealId`.
    pub seal: Option<SealId>,
}

/// How a company signs the agreement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Manner {
    /// `ORGANIZATION`: an employee.
    #[default]
    Employee,
    /// `ENTERPRISESERVER`: the own company's machine.
    Machine,
    /// `ORGANIZATION_PIN_CODE_SIGN`: by PIN.
    Pin,
}

/// What the parties are called, in order (`api CreateReleaseFlow`: 甲方, 乙方, 丙方 and so on).
const STEMS: [char; 10] = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'];

/// What the party at `place` is called; those beyond the ten stems by their number (ASSUMED).
fn role(place: usize, asked: Option<&Replacement>) -> String {
    let given = asked.and_then(|one| one.role.clone());
    given.unwrap_or_else(|| STEMS.get(place).map_or_else(|| format!("第{}方", place + 1), |stem| format!("{stem}方")))
}

/// How many parties sign on one page, and in how many columns.
const PARTIES_ON_A_PAGE: usize = 8;
const COLUMNS: usize = 2;

/// Where the party at `place` signs: below its label, on a page after the text.
#[must_use]
pub fn place_of(place: usize) -> Area {
    let (page, on_page) = (place / PARTIES_ON_A_PAGE, place % PARTIES_ON_A_PAGE);
    let (row, column) = (on_page / COLUMNS, on_page % COLUMNS);
    Area { page: page + 2, x: 70.0 + 260.0 * column as f64, y: 110.0 + 180.0 * row as f64, width: 110.0, height: 110.0 }
}

/// A party of the agreement, as its document names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// What it is called.
    pub role: String,
    /// The company, or the person.
    pub name: String,
}

/// The parties as the agreement's document names them.
#[must_use]
pub fn labels(original: &Flow, replacements: &[Replacement]) -> Vec<Label> {
    let label = |(place, one): (usize, &Approver)| {
        let name = one.organization.as_ref().map_or(&one.person.name, |party| &party.name);
        Label { role: role(place, replacement_of(one, replacements)), name: name.clone() }
    };
    original.approvers.iter().enumerate().map(label).collect()
}

fn replacement_of<'a>(approver: &Approver, replacements: &'a [Replacement]) -> Option<&'a Replacement> {
    replacements.iter().find(|one| one.recipient == approver.recipient)
}

/// The agreement's signers: the original's, in its order, but for who is replaced. What signed by machine there is signed by
/// hand here unless asked for (ASSUMED: a machine was allowed to agree to the contract, not to its end).
///
/// # Errors
/// A replacement names no signer of the original, another person in a person's place (`ex CreateReleaseFlow`), or the
/// machine of another company.
pub fn signers(
    original: &Flow,
    replacements: &[Replacement],
    own: &OrganizationId,
    directory: &Directory,
) -> Result<Vec<NewApprover>, Refusal> {
    let unknown = |one: &&Replacement| original.approver(one.recipient.as_str()).is_none();
    if let Some(stray) = replacements.iter().find(unknown) {
        return Err(Refusal::ApproverUnknown { approver: stray.recipient.to_string() });
    }
    let signer = |(place, one): (usize, &Approver)| {
        let asked = replacement_of(one, replacements);
        if !one.kind.is_organization() {
            let other = |asked: &Replacement| asked.name != one.person.name || asked.mobile != one.person.mobile;
            if asked.is_some_and(other) {
                return Err(Refusal::ReleaseReplacesPerson);
            }
        }
        let is_own = one.organization_id() == Some(own);
        let kind = match asked.map(|asked| asked.manner).unwrap_or_default() {
            _ if !one.kind.is_organization() => ApproverKind::Person,
            Manner::Employee => ApproverKind::Organization,
            Manner::Machine if !is_own => return Err(Refusal::AutoSignNotOpened),
            Manner::Machine => ApproverKind::OrganizationAutoSign,
            Manner::Pin if is_own => ApproverKind::OwnOrganizationPin,
            Manner::Pin => ApproverKind::OtherOrganizationPin,
        };
        Ok(NewApprover {
            kind: kind.code(),
            organization_name: one.organization.as_ref().map(|party| party.name.clone()),
            name: Some(asked.map_or(&one.person.name, |asked| &asked.name).clone()),
            mobile: Some(asked.map_or(&one.person.mobile, |asked| &asked.mobile).clone()),
            role_name: role(place, asked),
            components: vec![component(place, kind, asked, own, directory)],
            notify: one.notify,
            ..NewApprover::default()
        })
    };
    original.approvers.iter().enumerate().map(signer).collect()
}

/// A seal for companies unless a signature is asked for; persons write (`api ReleasedApprover`). A machine without a named
/// seal uses the company's first (ASSUMED, `ex CreateReleaseFlow` names none).
fn component(
    place: usize,
    kind: ApproverKind,
    asked: Option<&Replacement>,
    own: &OrganizationId,
    directory: &Directory,
) -> NewComponent {
    let asked_kind = asked.and_then(|one| one.component.as_deref()).filter(|_| kind.is_organization());
    let default = if kind.is_organization() { "SIGN_SEAL" } else { "SIGN_SIGNATURE" };
    let named = asked.and_then(|one| one.seal.as_ref()).map(ToString::to_string);
    let first = || directory.usable_seal(own).map(|seal| seal.id.to_string());
    let seal = named.or_else(|| (kind == ApproverKind::OrganizationAutoSign).then(first).flatten());
    let Area { page, x, y, width, height } = place_of(place);
    let page = i64::try_from(page).unwrap_or(i64::MAX);
    NewComponent {
        kind: asked_kind.unwrap_or(default).to_owned(),
        value: seal.unwrap_or_default(),
        placement: Some(Placement::Normal { page, x, y, width, height }),
        ..NewComponent::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{directory, flow_of_three};

    fn replacement(slot: &str, name: &str) -> Replacement {
        Replacement {
            recipient: slot.into(),
            name: name.into(),
            mobile: "13900000001".into(),
            manner: Manner::Employee,
            component: None,
            role: None,
            seal: None,
        }
    }

    fn made(replacements: &[Replacement]) -> Result<Vec<NewApprover>, Refusal> {
        signers(&flow_of_three(false), replacements, &"own".into(), &directory())
    }

    #[test]
    fn the_originals_signers_sign_with_roles_in_order() {
        let signers = made(&[]).unwrap();
        let shown: Vec<_> =
            signers.iter().map(|one| (one.kind, one.role_name.as_str(), one.components[0].kind.as_str())).collect();
        assert_eq!(shown, [(0, "甲方", "SIGN_SEAL"), (1, "乙方", "SIGN_SIGNATURE"), (0, "丙方", "SIGN_SEAL")]);
        assert_eq!(signers[0].name.as_deref(), Some("典子谦"));
    }

    #[test]
    fn a_companys_signer_is_replaced_and_a_person_never() {
        let by_machine = Replacement { manner: Manner::Machine, ..replacement("recipient-0", "李四") };
        let signers = made(&[by_machine, replacement("recipient-2", "王五")]).unwrap();
        assert_eq!((signers[0].kind, signers[0].components[0].value.as_str()), (3, "seal"), "the first usable seal");
        assert_eq!(signers[2].name.as_deref(), Some("王五"));
        assert_eq!(made(&[replacement("recipient-1", "李四")]).unwrap_err(), Refusal::ReleaseReplacesPerson);
        let same = Replacement {
            mobile: "18888888888".into(),
            role: Some("供应商".into()),
            ..replacement("recipient-1", "张三")
        };
        assert_eq!(made(&[same]).unwrap()[1].role_name, "供应商", "the same person is no replacement");
        assert!(made(&[replacement("nobody", "李四")]).is_err());
    }

    #[test]
    fn fifty_parties_have_places_of_their_own() {
        assert_eq!((role(0, None), role(9, None), role(10, None)), ("甲方".into(), "癸方".into(), "第11方".into()));
        let places: Vec<_> = (0..50).map(place_of).collect();
        for (index, place) in places.iter().enumerate() {
            assert!(place.x + place.width < 595.0 && place.y + place.height < 842.0, "{place:?}");
            assert!(!places[..index].contains(place));
        }
    }
}
