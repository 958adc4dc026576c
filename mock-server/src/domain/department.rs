//! Departments of a company: a tree with one root, the company itself.
//!
//! Every company has its root without anybody making it: its id follows from the company's, it is called as the company is, and its
//! `OrderNo` is 0 (`ex DescribeIntegrationDepartments`). A department stands below exactly one other of its company, and never below
//! itself. Whoever was put into none is in the root (ASSUMED: the console shows them there).
//!
//! Contracts, seals and templates have no department of their own here: they belong to the one of whoever launched or made them.

use std::cmp::Reverse;

use sha2::{Digest as _, Sha256};

use super::directory::Directory;
use super::employee::Employee;
use super::ids::{DepartmentId, OrganizationId};
use super::refusal::Refusal;
use super::register::Registered;

/// A department.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Department {
    /// Its id.
    pub id: DepartmentId,
    /// The company it belongs to.
    pub organization: OrganizationId,
    /// What it is called; no two below one parent are called alike (ASSUMED: `InvalidParameter.DataExists` says only that there is
    /// such a one already).
    pub name: String,
    /// The one it stands below; nothing for the root.
    pub parent: Option<DepartmentId>,
    /// The company's own id for it, empty when it has none; no two of a company share one (ASSUMED: it is looked up by it).
    pub open_id: String,
    /// The higher, the earlier among its siblings.
    pub order: u64,
}

impl Registered for Department {
    type Id = DepartmentId;
    fn id(&self) -> &DepartmentId {
        &self.id
    }
}

impl Department {
    /// The id of a company's root.
    #[must_use]
    pub fn root_of(company: &OrganizationId) -> DepartmentId {
        let digest = Sha256::digest(format!("{company}/root department"));
        digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect::<String>().into()
    }

    /// Whether everything else of its company stands below it.
    #[must_use]
    pub fn is_root(&self) -> bool {
        self.parent.is_none()
    }
}

impl Directory {
    /// The root of a company's tree, called as the company is now.
    #[must_use]
    pub fn root_department(&self, company: &OrganizationId) -> Department {
        let name = self.organizations.get(company.as_str()).map(|one| one.name.clone()).unwrap_or_default();
        let id = Department::root_of(company);
        let known = self.departments.get(id.as_str()).map(|one| Department::clone(one));
        let bare = Department {
            id,
            organization: company.clone(),
            name: String::new(),
            parent: None,
            open_id: String::new(),
            order: 0,
        };
        Department { name, ..known.unwrap_or(bare) }
    }

    /// A department of a company.
    ///
    /// # Errors
    /// It has none of this id.
    pub fn department(&self, company: &OrganizationId, id: &str) -> Result<Department, Refusal> {
        let root = self.root_department(company);
        if root.id.as_str() == id {
            return Ok(root);
        }
        let found = self.departments.get(id).filter(|one| &one.organization == company);
        found.map(|one| Department::clone(one)).ok_or_else(|| Refusal::DepartmentUnknown { department: id.to_owned() })
    }

    /// A department by the company's own id for it.
    ///
    /// # Errors
    /// It has none of this id.
    pub fn department_called(&self, company: &OrganizationId, open_id: &str) -> Result<Department, Refusal> {
        let called = |one: &Department| &one.organization == company && one.open_id == open_id;
        let found = self.departments.iter().find(|one| called(one));
        let id = found.map(|one| one.id.clone());
        let unknown = || Refusal::DepartmentUnknown { department: open_id.to_owned() };
        id.ok_or_else(unknown).and_then(|id| self.department(company, id.as_str()))
    }

    /// What stands right below a department: `OrderNo` descending, then as they were made (`api IntegrationDepartment.OrderNo`).
    #[must_use]
    pub fn departments_below(&self, id: &DepartmentId) -> Vec<&Department> {
        let all = self.departments.iter().map(AsRef::as_ref);
        let mut below: Vec<&Department> = all.filter(|one| one.parent.as_ref() == Some(id)).collect();
        below.sort_by_key(|one| Reverse(one.order));
        below
    }

    /// The department an employee is in.
    #[must_use]
    pub fn department_of(&self, employee: &Employee) -> Department {
        let company = &employee.organization;
        let own = employee.department.as_ref().and_then(|id| self.department(company, id.as_str()).ok());
        own.unwrap_or_else(|| self.root_department(company))
    }

    /// Whether a department is another one, or stands somewhere below it.
    #[must_use]
    pub fn is_within(&self, department: &DepartmentId, other: &DepartmentId) -> bool {
        let mut at = Some(department);
        while let Some(id) = at {
            if id == other {
                return true;
            }
            at = self.departments.get(id.as_str()).and_then(|one| one.parent.as_ref());
        }
        false
    }

    /// Whether a department stands below itself, which only a world that was written by hand can have.
    #[must_use]
    pub fn is_below_itself(&self, department: &Department) -> bool {
        let mut at = department.parent.as_ref();
        for _ in 0..=self.departments.len() {
            match at.and_then(|id| self.departments.get(id.as_str())) {
                Some(one) if one.id == department.id => return true,
                Some(one) => at = one.parent.as_ref(),
                None => return false,
            }
        }
        // It leads into a circle it is not part of.
        true
    }

    /// Asks whether a company may have this department: nothing below its parent is called alike, and nothing in the company has its
    /// id of the company's own.
    ///
    /// # Errors
    /// There is such a one.
    pub fn ensure_department_is_new(&self, wanted: &Department) -> Result<(), Refusal> {
        let others = || self.departments.iter().filter(|one| one.id != wanted.id);
        let named = others().any(|one| one.parent.is_some() && one.parent == wanted.parent && one.name == wanted.name);
        let mut own = others().filter(|one| one.organization == wanted.organization);
        let called = !wanted.open_id.is_empty() && own.any(|one| one.open_id == wanted.open_id);
        match (named, called) {
            (true, _) => Err(Refusal::DepartmentExists { department: wanted.name.clone() }),
            (false, true) => Err(Refusal::DepartmentExists { department: wanted.open_id.clone() }),
            (false, false) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{directory, operator};

    fn own() -> OrganizationId {
        "own".into()
    }

    fn below_root(id: &str, order: u64) -> Department {
        let parent = Some(Department::root_of(&own()));
        Department { id: id.into(), organization: own(), name: id.into(), parent, open_id: String::new(), order }
    }

    fn with(departments: impl IntoIterator<Item = Department>) -> Directory {
        let mut directory = directory();
        departments.into_iter().for_each(|one| _ = directory.departments.insert(one));
        directory
    }

    #[test]
    fn a_company_has_its_root_without_anybody_making_it() {
        let root = directory().root_department(&own());
        assert_eq!((root.name.as_str(), root.order, root.is_root()), ("示例企业", 0, true));
        assert_eq!(directory().department(&own(), root.id.as_str()), Ok(root.clone()));
        assert_ne!(root.id, Department::root_of(&"other".into()));
        let unknown = Refusal::DepartmentUnknown { department: root.id.to_string() };
        assert_eq!(directory().department(&"other".into(), root.id.as_str()), Err(unknown), "everybody has their own");
    }

    #[test]
    fn siblings_stand_by_their_numbers_downwards_and_then_as_they_were_made() {
        let directory = with([("first", 1), ("second", 7), ("third", 1)].map(|(id, order)| below_root(id, order)));
        let below = directory.departments_below(&Department::root_of(&own()));
        assert_eq!(below.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["second", "first", "third"]);
    }

    #[test]
    fn names_are_taken_below_one_parent_and_own_ids_in_the_whole_company() {
        let legal = Department { open_id: "legal".into(), ..below_root("法务", 1) };
        let directory = with([legal.clone()]);
        let wanted = Department { open_id: String::new(), id: "new".into(), ..legal.clone() };
        assert!(directory.ensure_department_is_new(&wanted).is_err());
        let deeper = Department { parent: Some(legal.id.clone()), ..wanted.clone() };
        assert_eq!(directory.ensure_department_is_new(&deeper), Ok(()));
        let called = Department { open_id: "legal".into(), ..deeper };
        assert!(directory.ensure_department_is_new(&called).is_err());
        assert_eq!(directory.ensure_department_is_new(&legal), Ok(()), "it is not in its own way");
    }

    #[test]
    fn whoever_was_put_into_none_is_in_the_root() {
        let directory = with([below_root("法务", 1)]);
        assert!(directory.department_of(&operator()).is_root());
        let employee = Employee { department: Some("法务".into()), ..operator() };
        assert_eq!(directory.department_of(&employee).id.as_str(), "法务");
        let gone = Employee { department: Some("gone".into()), ..operator() };
        assert!(directory.department_of(&gone).is_root());
    }

    #[test]
    fn what_stands_below_is_within() {
        let below = Department { parent: Some("法务".into()), ..below_root("合规", 1) };
        let directory = with([below_root("法务", 1), below]);
        let within = |one: &str, other: &str| directory.is_within(&one.into(), &other.into());
        assert!(within("合规", "法务") && within("法务", "法务"));
        assert!(!within("法务", "合规"));
        assert!(directory.is_within(&"合规".into(), &Department::root_of(&own())));
    }
}
