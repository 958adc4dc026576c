//! What stands on the page behind which somebody does something for themselves.

use reqwest::Url;

use super::deed::{Fields, Rows};
use crate::domain::deed::Deed;
use crate::domain::employee::{Card, CardKind};
use crate::domain::identity::SaidOfPerson;
use crate::domain::ids::OrganizationId;
use crate::domain::link::Link;
use crate::domain::personal_deed::PersonalDeed;
use crate::domain::time::Timestamp;
use crate::engine::world::World;

/// What somebody posted of themselves. Which kind of card it is, is seen by its number.
pub(super) fn said(name: &str, mobile: &str, card: &str) -> SaidOfPerson {
    let number = card.trim().to_owned();
    let kind = if number.starts_with(['H', 'M']) { CardKind::HongkongAndMacao } else { CardKind::IdCard };
    SaidOfPerson { name: name.trim().to_owned(), mobile: mobile.trim().to_owned(), card: Card { kind, number } }
}

/// For which company or person, and what is to be filled in, with what is known already.
pub(super) fn look(world: &World, deed: &PersonalDeed) -> (Rows, Fields) {
    let company =
        |id: &OrganizationId| world.directory.organizations.get(id.as_str()).map(|one| (one.name.clone(), ""));
    match deed {
        PersonalDeed::Join(user) => {
            let employee = world.directory.employees.get(user.as_str());
            let known = employee.map(|one| (one.name.clone(), one.mobile.clone(), one.card.number.clone()));
            let (name, mobile, card) = known.unwrap_or_default();
            let rows = employee.and_then(|one| company(&one.organization)).into_iter().collect();
            (rows, vec![("person_name", name), ("own_mobile", mobile), ("card", card)])
        }
        PersonalDeed::ProveIdentity(asking, known) => {
            let known = known.clone();
            let fields = vec![("person_name", known.name), ("own_mobile", known.mobile), ("card", known.card.number)];
            (company(&asking.organization).into_iter().collect(), fields)
        }
        PersonalDeed::ChangeMobile(_, Some(user)) => {
            let employee = world.directory.employees.get(user.as_str()).map(|one| one.name.clone());
            let person = || world.directory.people.iter().find(|one| one.user.as_ref() == Some(user));
            let name = employee.or_else(|| person().map(|one| one.name.clone()));
            (name.map(|name| (name, "")).into_iter().collect(), vec![("mobile", String::new())])
        }
        PersonalDeed::ChangeMobile(asking, None) => {
            let blank = ["person_name", "card", "own_mobile", "mobile"].map(|name| (name, String::new()));
            (company(&asking.organization).into_iter().collect(), blank.to_vec())
        }
        PersonalDeed::ChangeName(asking) => {
            let blank = ["own_mobile", "person_name"].map(|name| (name, String::new()));
            (company(&asking.organization).into_iter().collect(), blank.to_vec())
        }
    }
}

/// Where the browser goes when it is done. Who proved who they are carries a code there, by which their company asks for it
/// (`api DescribeThirdPartyAuthCode`; that it is called `authCode` ASSUMED).
pub(super) fn way_back(world: &mut World, link: &Link, deed: &Deed, now: Timestamp) -> Option<String> {
    let to = link.jump_url.clone()?;
    let (Deed::Personal(PersonalDeed::ProveIdentity(asking, _)), Ok(mut url)) = (deed, Url::parse(&to)) else {
        return Some(to);
    };
    let code = world.issue_auth_code(&asking.organization, true, now);
    url.query_pairs_mut().append_pair("authCode", &code);
    Some(url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cards_kind_is_seen_by_its_number() {
        assert_eq!(said(" 张三 ", "1", "H1234567890").card.kind, CardKind::HongkongAndMacao);
        assert_eq!(said(" 张三 ", "1", "11010119900307001X").card.kind, CardKind::IdCard);
        assert_eq!(said(" 张三 ", "1", "").name, "张三");
    }
}
