//! The console's tree of permissions: read from where it is written down, shown with a role's rights checked, and taken back from
//! whoever makes a role.
//!
//! A tree that is sent must be whole (`api ChannelCreateRole`). What whole means is ASSUMED strictly: every entry of the
//! published example, each below the one it belongs to, and none that does not exist; what only `ex ChannelDescribeRoles` has may
//! be left out. An entry counts when it is checked itself.

mod shown;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use self::shown::{Shown, ShownGroup};
use crate::domain::refusal::Refusal;

/// The tree of a platform's customers.
pub static CUSTOMERS: LazyLock<Tree> = LazyLock::new(|| Tree::read(include_str!("customers.tsv")));

/// The tree of companies with an account of their own. Roles for a group have another one (`api CreateIntegrationRole`), which is
/// published nowhere: they take this one, too (ASSUMED).
pub static COMPANIES: LazyLock<Tree> = LazyLock::new(|| Tree::read(include_str!("companies.tsv")));

/// A tree of permissions.
#[derive(Debug)]
pub struct Tree {
    groups: Vec<Group>,
}

#[derive(Debug)]
struct Group {
    key: String,
    name: String,
    hide: i64,
    optional: bool,
    entries: Vec<Entry>,
}

#[derive(Debug, Default)]
struct Entry {
    key: String,
    name: String,
    optional: bool,
    /// `Type`, `Hide`, `DataLabel`, `DataType`, `DataRange`.
    numbers: [i64; 5],
    data_to: String,
    parent_key: String,
    children: Vec<Entry>,
}

impl Tree {
    /// Reads what is written down.
    fn read(text: &str) -> Self {
        let mut groups: Vec<Group> = Vec::new();
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let depth = line.len() - line.trim_start().len();
            let entry = Entry::read(line.trim_start());
            match groups.last_mut().filter(|_| depth > 0) {
                Some(group) => below(&mut group.entries, depth / 2 - 1).push(entry),
                None => {
                    let Entry { key, name, optional, numbers: [_, hide, ..], .. } = entry;
                    groups.push(Group { key, name, hide, optional, entries: Vec::new() });
                }
            }
        }
        Self { groups }
    }

    /// The entries a role has checked, besides those above them: every one for whom everything is.
    #[must_use]
    pub fn shown<Written: From<ShownGroup>>(&self, checked: &dyn Fn(&str) -> bool) -> Vec<Written> {
        let groups = self.groups.iter().map(|group| ShownGroup {
            key: group.key.clone(),
            name: group.name.clone(),
            hide: group.hide,
            entries: group.entries.iter().map(|entry| entry.shown(checked)).collect(),
        });
        groups.map(Into::into).collect()
    }

    /// The keys that are checked in a tree that was sent.
    ///
    /// # Errors
    /// It is not whole, or has what does not exist.
    pub fn checked<Sent: Into<ShownGroup>>(&self, sent: Vec<Sent>) -> Result<BTreeSet<String>, Refusal> {
        let sent: Vec<ShownGroup> = sent.into_iter().map(Into::into).collect();
        let mut checked = BTreeSet::new();
        let known = |one: &'_ Group| (one.key.clone(), one.optional);
        for (group, sent) in paired(&self.groups, &sent, known, |group| &group.key)? {
            walk(&group.entries, &sent.entries, &mut checked)?;
        }
        Ok(checked)
    }
}

/// The list `depth` levels below this one.
fn below(entries: &mut Vec<Entry>, depth: usize) -> &mut Vec<Entry> {
    if depth == 0 || entries.is_empty() {
        return entries;
    }
    let last = entries.len() - 1;
    below(&mut entries[last].children, depth - 1)
}

fn walk(known: &[Entry], sent: &[Shown], checked: &mut BTreeSet<String>) -> Result<(), Refusal> {
    let known_as = |one: &Entry| (one.key.clone(), one.optional);
    for (entry, one) in paired(known, sent, known_as, |one| &one.key)? {
        if one.checked {
            checked.insert(entry.key.clone());
        }
        walk(&entry.children, &one.children, checked)?;
    }
    Ok(())
}

/// What was sent beside what it is.
fn paired<'a, Known, Sent>(
    known: &'a [Known],
    sent: &'a [Sent],
    described: impl Fn(&Known) -> (String, bool),
    key: impl Fn(&Sent) -> &String,
) -> Result<Vec<(&'a Known, &'a Sent)>, Refusal> {
    let wrong = |detail: String| Refusal::ParameterInvalid { field: "PermissionGroups", detail };
    let mut pairs: Vec<(&Known, &Sent)> = Vec::new();
    for one in sent {
        let key = key(one);
        let entry = known.iter().find(|entry| &described(entry).0 == key);
        let entry = entry.ok_or_else(|| wrong(format!("there is no entry `{key}` at this place")))?;
        if pairs.iter().any(|(other, _)| &described(other).0 == key) {
            return Err(wrong(format!("the entry `{key}` stands twice")));
        }
        pairs.push((entry, one));
    }
    let missing = known
        .iter()
        .map(&described)
        .find(|(key, optional)| !optional && !pairs.iter().any(|(entry, _)| described(entry).0 == *key));
    match missing {
        Some((key, _)) => Err(wrong(format!("the tree must be whole; the entry `{key}` is missing"))),
        None => Ok(pairs),
    }
}

impl Entry {
    fn read(line: &str) -> Self {
        let (optional, line) = line.strip_prefix('?').map_or((false, line), |rest| (true, rest));
        let mut cells = line.split('\t');
        let mut text = || cells.next().filter(|cell| *cell != "-").unwrap_or_default().to_owned();
        let (key, name, numbers) = (text(), text(), text());
        let mut given = numbers.split_whitespace().filter_map(|number| number.parse().ok());
        let numbers = [1, 0, 0, 0, 0].map(|usual| given.next().unwrap_or(usual));
        Self { key, name, optional, numbers, data_to: text(), parent_key: text(), children: Vec::new() }
    }

    fn shown(&self, checked: &dyn Fn(&str) -> bool) -> Shown {
        let children: Vec<Shown> = self.children.iter().map(|child| child.shown(checked)).collect();
        let below = children.iter().any(|child| child.checked);
        Shown {
            key: self.key.clone(),
            name: self.name.clone(),
            numbers: self.numbers,
            data_to: self.data_to.clone(),
            parent_key: self.parent_key.clone(),
            checked: below || checked(&self.key),
            children,
        }
    }
}

#[cfg(test)]
mod tests {
    use ess_schemas::{ess, essbasic};

    use super::*;
    use crate::domain::right::Right;

    fn keys(entries: &[Entry]) -> Vec<&str> {
        entries.iter().flat_map(|one| [one.key.as_str()].into_iter().chain(keys(&one.children))).collect()
    }

    /// With these checked and nothing else.
    fn tree(checked: &'static [&'static str]) -> Vec<essbasic::PermissionGroup> {
        CUSTOMERS.shown(&|key| checked.contains(&key))
    }

    #[test]
    fn the_tree_is_read_as_it_is_published() {
        let groups: Vec<&str> = CUSTOMERS.groups.iter().map(|group| group.key.as_str()).collect();
        assert_eq!(groups, ["bill", "channel", "ExpandService", "Flow", "Organization", "Seal", "Template"]);
        let all: Vec<&str> = CUSTOMERS.groups.iter().flat_map(|group| keys(&group.entries)).collect();
        assert_eq!(all.len(), 70, "ex ChannelDescribeRoles");
        let different: BTreeSet<&str> = all.iter().copied().collect();
        assert_eq!(different.len(), all.len());
        // Only the companies' tree knows how to release contracts, and what pages look like.
        let shown = |right: &Right| right.permissions().iter().any(|key| different.contains(key));
        let hidden: Vec<Right> = Right::ALL.into_iter().filter(|right| !shown(right)).collect();
        assert_eq!(hidden, [Right::ReleaseFlow, Right::StylePages]);
    }

    #[test]
    fn the_companies_tree_shows_every_right_there_is_an_action_for() {
        let all: Vec<&str> = COMPANIES.groups.iter().flat_map(|group| keys(&group.entries)).collect();
        assert_eq!(all.len(), 114, "ex CreateIntegrationRole");
        let hidden: Vec<&str> =
            COMPANIES.groups.iter().filter(|one| one.hide == 1).map(|one| one.key.as_str()).collect();
        assert_eq!(hidden, ["Company"]);
        let shown = |right: &Right| right.permissions().iter().any(|key| all.contains(key));
        let missing: Vec<Right> = Right::ALL.into_iter().filter(|right| !shown(right)).collect();
        // Only the customers' tree has an entry for them; whoever administers contracts may all the same.
        assert_eq!(missing, [Right::ClaimFlow, Right::OrderEvidence]);
    }

    #[test]
    fn a_companys_tree_is_taken_back_as_it_was_shown() {
        let tree: Vec<ess::PermissionGroup> = COMPANIES.shown(&|key| key == "ApplySealOnce");
        let checked = COMPANIES.checked(tree.clone()).unwrap();
        assert_eq!(checked, ["ApplySealOnce".to_owned(), "SealManagement".to_owned()].into());
        assert!(COMPANIES.checked(tree[1..].to_vec()).is_err(), "it must be whole");
    }

    #[test]
    fn what_is_checked_comes_back_with_what_stands_above_it() {
        let checked = CUSTOMERS.checked(tree(&["FlowByImportedFile"])).unwrap();
        assert_eq!(checked, ["CreateFlow".to_owned(), "FlowByImportedFile".to_owned()].into());
    }

    #[test]
    fn a_tree_that_is_not_whole_or_has_too_much_is_refused() {
        let mut short = tree(&[]);
        short.retain(|group| group.group_key.as_deref() != Some("Seal"));
        assert!(CUSTOMERS.checked(short).is_err());
        let mut twice = tree(&[]);
        twice.push(twice[0].clone());
        assert!(CUSTOMERS.checked(twice).is_err());
        let mut strange = tree(&[]);
        strange[0].permissions.as_mut().unwrap()[0].key = Some("Everything".into());
        assert!(CUSTOMERS.checked(strange).is_err());
        let mut without_services = tree(&[]);
        without_services.retain(|group| group.group_key.as_deref() != Some("ExpandService"));
        assert!(CUSTOMERS.checked(without_services).is_ok(), "as ex ChannelCreateRole");
    }
}
