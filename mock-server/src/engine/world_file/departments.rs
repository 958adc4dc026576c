//! Departments of a company in a world file.

use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;

use super::OrganizationRow;
use crate::domain::department::Department;
use crate::domain::ids::OrganizationId;
use crate::engine::world::World;

/// A department.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `Department`")]
pub struct DepartmentRow {
    pub id: String,
    pub name: String,
    /// The root when left out.
    #[serde(default)]
    pub parent: Option<String>,
    #[serde(default)]
    pub open_id: String,
    #[serde(default)]
    pub order: u64,
}

/// What is said of a company's root, which is there anyway.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs, reason = "see `Department`")]
pub struct RootDepartmentRow {
    pub open_id: String,
    pub order: u64,
}

impl OrganizationRow {
    /// Puts the company's departments into the world.
    pub(super) fn settle_departments(&self, world: &mut World) {
        let company = OrganizationId::from(self.id.as_str());
        let departments = &mut world.directory.departments;
        if let Some(row) = &self.root_department {
            departments.insert(Department {
                id: Department::root_of(&company),
                organization: company.clone(),
                name: self.name.clone(),
                parent: None,
                open_id: row.open_id.clone(),
                order: row.order,
            });
        }
        for row in &self.departments {
            let parent = row.parent.as_deref().map(Into::into);
            departments.insert(Department {
                id: row.id.as_str().into(),
                organization: company.clone(),
                name: row.name.clone(),
                parent: Some(parent.unwrap_or_else(|| Department::root_of(&company))),
                open_id: row.open_id.clone(),
                order: row.order,
            });
        }
    }

    /// Parents and people's departments are the company's own, and no department stands below itself.
    pub(super) fn contradiction_of_departments(&self) -> Option<String> {
        let parents: BTreeMap<&str, Option<&str>> =
            self.departments.iter().map(|row| (row.id.as_str(), row.parent.as_deref())).collect();
        let own = format!("expected one of the departments of `{}`", self.id);
        for row in &self.departments {
            let mut passed = HashSet::new();
            let mut at = row.id.as_str();
            while let Some(parent) = parents.get(at).copied().flatten() {
                if !parents.contains_key(parent) {
                    return Some(format!(
                        "organizations: `{}`: department `{at}` stands below `{parent}`; {own}",
                        self.id
                    ));
                }
                if !passed.insert(at) {
                    return Some(format!("organizations: `{}`: department `{at}` stands below itself", self.id));
                }
                at = parent;
            }
        }
        self.employees.iter().find_map(|employee| {
            let department = employee.department.as_deref().filter(|id| !parents.contains_key(id))?;
            Some(format!(
                "organizations: `{}`: employee `{}` is in department `{department}`; {own}",
                self.id, employee.id
            ))
        })
    }
}
