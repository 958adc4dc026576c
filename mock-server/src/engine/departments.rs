//! Departments of a company inside a world: made, changed, moved, taken away.

use std::sync::Arc;

use super::call::Call;
use super::ids::Kind;
use crate::domain::department::Department;
use crate::domain::employee::Employee;
use crate::domain::ids::{DepartmentId, OrganizationId};
use crate::domain::refusal::Refusal;

/// A department as a caller names it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Named<'a> {
    /// By its id, which wins (`api CreateIntegrationDepartment`).
    pub id: Option<&'a String>,
    /// By the company's own id for it.
    pub open_id: Option<&'a String>,
}

/// What a department is to be; what is left out stays as it was.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// What it is called.
    pub name: Option<String>,
    /// The one it stands below; the root for a new one.
    pub parent: Option<DepartmentId>,
    /// The company's own id for it.
    pub open_id: Option<String>,
    /// Its place among its siblings; 0 for a new one (ASSUMED: as the root's, `ex DescribeIntegrationDepartments`).
    pub order: Option<u64>,
}

impl Call<'_> {
    /// A department of the caller's company, where one is named.
    ///
    /// # Errors
    /// It has no such department.
    pub fn named_department(&self, named: Named<'_>) -> Result<Option<Department>, Refusal> {
        let (company, directory) = (self.caller.organization(), &self.world.directory);
        match (named.id, named.open_id) {
            (Some(id), _) => directory.department(company, id).map(Some),
            (None, Some(open_id)) => directory.department_called(company, open_id).map(Some),
            (None, None) => Ok(None),
        }
    }

    /// Makes a department.
    ///
    /// # Errors
    /// There is such a one already.
    pub fn make_department(&mut self, wanted: Wanted) -> Result<DepartmentId, Refusal> {
        let company: &OrganizationId = self.caller.organization();
        let mut department = Department {
            // Its id is drawn once it is sure that there will be one: a refused call shifts none.
            id: DepartmentId::from(""),
            organization: company.clone(),
            name: wanted.name.unwrap_or_default(),
            parent: Some(wanted.parent.unwrap_or_else(|| Department::root_of(company))),
            open_id: wanted.open_id.unwrap_or_default(),
            order: wanted.order.unwrap_or(0),
        };
        self.world.directory.ensure_department_is_new(&department)?;
        let id = DepartmentId::from(self.world.ids.next(Kind::Department));
        department.id = id.clone();
        self.world.directory.departments.insert(department);
        Ok(id)
    }

    /// Changes a department, or moves it with everything below it. Of the root only its own id and number can be changed: it is the
    /// company (ASSUMED).
    ///
    /// # Errors
    /// There is none, there is such a one already, it would stand below itself, or the root is to be moved or renamed.
    pub fn change_department(&mut self, id: &str, wanted: Wanted) -> Result<(), Refusal> {
        let known = self.world.directory.department(self.caller.organization(), id)?;
        if known.is_root() && (wanted.parent.is_some() || wanted.name.as_ref().is_some_and(|name| *name != known.name))
        {
            return Err(Refusal::DepartmentIsRoot);
        }
        if wanted.parent.as_ref().is_some_and(|parent| self.world.directory.is_within(parent, &known.id)) {
            let detail = "a department cannot stand below itself".to_owned();
            return Err(Refusal::ParameterInvalid { field: "ParentDeptId", detail });
        }
        let changed = Department {
            name: wanted.name.unwrap_or_else(|| known.name.clone()),
            parent: wanted.parent.or_else(|| known.parent.clone()),
            open_id: wanted.open_id.unwrap_or_else(|| known.open_id.clone()),
            order: wanted.order.unwrap_or(known.order),
            ..known
        };
        self.world.directory.ensure_department_is_new(&changed)?;
        self.world.directory.departments.insert(changed);
        Ok(())
    }

    /// Takes a department away. Its people go to `receiver`, and what belongs to it goes with them. One with others below it stays
    /// until they are gone (ASSUMED: nothing says what would become of them).
    ///
    /// # Errors
    /// There is no such department, it is the root, has others below it, or would be its own receiver.
    pub fn remove_department(&mut self, id: &str, receiver: Named<'_>) -> Result<(), Refusal> {
        let company = self.caller.organization();
        let gone = self.world.directory.department(company, id)?;
        let receiver = self.named_department(receiver)?;
        if gone.is_root() {
            return Err(Refusal::DepartmentIsRoot);
        }
        if receiver.as_ref().is_some_and(|receiver| receiver.id == gone.id) {
            let detail = "a department that is deleted receives nothing".to_owned();
            return Err(Refusal::ParameterInvalid { field: "ReceiveDeptId", detail });
        }
        if !self.world.directory.departments_below(&gone.id).is_empty() {
            return Err(Refusal::DepartmentHasChildren { department: gone.name });
        }
        let to = receiver.filter(|receiver| !receiver.is_root()).map(|receiver| receiver.id);
        let employees = &mut self.world.directory.employees;
        let people: Vec<Arc<Employee>> =
            employees.iter().filter(|one| one.department.as_ref() == Some(&gone.id)).cloned().collect();
        for one in people {
            employees.insert(Employee { department: to.clone(), ..(*one).clone() });
        }
        self.world.directory.departments.remove(gone.id.as_str());
        Ok(())
    }
}
