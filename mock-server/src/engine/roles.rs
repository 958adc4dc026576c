//! Roles of a company inside a world: made, changed, taken away, and given to people.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::call::Call;
use super::ids::Kind;
use super::world::{Outbox, World};
use crate::domain::employee::Employee;
use crate::domain::ids::{ApplicationId, OrganizationId, RoleId, UserId};
use crate::domain::refusal::Refusal;
use crate::domain::role::{CustomRole, Members, Role};
use crate::domain::staff_change::StaffChange;
use crate::domain::time::Timestamp;

/// What a role is to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// What it is called.
    pub name: String,
    /// What it is for; what it was, when left out.
    pub description: Option<String>,
    /// The entries of the console's tree that are checked; those that were, when left out, and none in a new one (ASSUMED).
    pub permissions: Option<BTreeSet<String>>,
    /// The members of the holding group a role for a group is for; those that were, when left out.
    pub members: Option<Members>,
}

impl World {
    /// What a role is called; nothing for one that is gone.
    #[must_use]
    pub fn role_name(&self, role: &Role) -> Option<String> {
        match role.preset_name() {
            Some(name) => Some(name.to_owned()),
            None => self.directory.roles.get(role.id().as_str()).map(|role| role.name.clone()),
        }
    }

    /// The names of somebody's roles.
    #[must_use]
    pub fn role_names(&self, employee: &Employee) -> Vec<String> {
        employee.roles.iter().filter_map(|role| self.role_name(role)).collect()
    }

    /// Gives an employee these roles in the place of those they have; receivers hear of it when anything changed.
    pub fn set_roles(
        &mut self,
        user: &UserId,
        roles: Vec<Role>,
        application: Option<&ApplicationId>,
        now: Timestamp,
        outbox: &mut Outbox,
    ) {
        let Some(employee) = self.directory.employees.get(user.as_str()).filter(|one| one.roles != roles) else {
            return;
        };
        let before = self.role_names(employee);
        let changed = Employee { roles, ..(**employee).clone() };
        let change = StaffChange::RolesChanged(before, self.role_names(&changed));
        self.directory.employees.insert(changed);
        self.tell_staff(application, user, change, now, outbox);
    }

    /// Takes a role away from the company, and from everybody who had it (ASSUMED: the vendor says only that it is gone).
    pub fn remove_role(
        &mut self,
        id: &RoleId,
        application: Option<&ApplicationId>,
        now: Timestamp,
        outbox: &mut Outbox,
    ) {
        let gone = Role::Custom(id.clone());
        let holders: Vec<Arc<Employee>> =
            self.directory.employees.iter().filter(|one| one.roles.contains(&gone)).cloned().collect();
        for holder in holders {
            let left = holder.roles.iter().filter(|role| **role != gone).cloned().collect();
            self.set_roles(&holder.id, left, application, now, outbox);
        }
        self.directory.roles.remove(id.as_str());
    }
}

impl Call<'_> {
    /// A role of the caller's company, the vendor's or its own.
    ///
    /// # Errors
    /// There is none.
    pub fn role(&self, id: &str) -> Result<Role, Refusal> {
        let own = || self.own_role(id).map(|role| Role::Custom(role.id.clone()));
        Role::preset(id).map_or_else(own, Ok)
    }

    /// A role the caller's company made for itself.
    ///
    /// # Errors
    /// There is none, or it is the vendor's.
    pub fn custom_role(&self, id: &str) -> Result<Arc<CustomRole>, Refusal> {
        match Role::preset(id) {
            Some(_) => Err(Refusal::RoleProtected { role: id.to_owned() }),
            None => self.own_role(id),
        }
    }

    fn own_role(&self, id: &str) -> Result<Arc<CustomRole>, Refusal> {
        let role = self.world.directory.roles.get(id).filter(|role| &role.organization == self.caller.organization());
        role.cloned().ok_or_else(|| Refusal::RoleUnknown { role: id.to_owned() })
    }

    /// Makes a role.
    ///
    /// # Errors
    /// Another one is called so.
    pub fn make_role(&mut self, wanted: Wanted) -> Result<RoleId, Refusal> {
        self.ensure_name_is_free(&wanted.name, None)?;
        let id = RoleId::from(self.world.ids.next(Kind::Role));
        self.world.directory.roles.insert(CustomRole {
            id: id.clone(),
            organization: self.caller.organization().clone(),
            name: wanted.name,
            description: wanted.description.unwrap_or_default(),
            permissions: wanted.permissions.unwrap_or_default(),
            enabled: true,
            created_at: self.now,
            members: wanted.members,
        });
        Ok(id)
    }

    /// Changes a role the company made; who has it may do what it allows from then on.
    ///
    /// # Errors
    /// There is none, it is the vendor's, or another one is called so.
    pub fn change_role(&mut self, id: &str, wanted: Wanted) -> Result<RoleId, Refusal> {
        let role = self.custom_role(id)?;
        self.ensure_name_is_free(&wanted.name, Some(&role.id))?;
        let Wanted { name, description, permissions, members } = wanted;
        let known = (*role).clone();
        self.world.directory.roles.insert(CustomRole {
            name,
            description: description.unwrap_or(known.description),
            permissions: permissions.unwrap_or(known.permissions),
            members: members.or(known.members),
            ..known
        });
        Ok(role.id.clone())
    }

    /// Takes roles away that the company made: all or none.
    ///
    /// # Errors
    /// One of them is not there, or the vendor's.
    pub fn remove_roles(&mut self, ids: &[String]) -> Result<(), Refusal> {
        let roles = ids.iter().map(|id| self.custom_role(id)).collect::<Result<Vec<_>, _>>()?;
        let application = self.caller.application().cloned();
        for role in roles {
            self.world.remove_role(&role.id, application.as_ref(), self.now, self.outbox);
        }
        Ok(())
    }

    /// Roles somebody may be given.
    ///
    /// # Errors
    /// One of them is not there, or goes with being super administrator or legal person.
    pub fn roles_to_give(&self, ids: &[String]) -> Result<Vec<Role>, Refusal> {
        ids.iter().map(|id| self.role(id).and_then(ensure_not_reserved)).collect()
    }

    /// A role somebody may be relieved of.
    ///
    /// # Errors
    /// As [`Self::roles_to_give`].
    pub fn role_to_take(&self, id: &str) -> Result<Role, Refusal> {
        self.role(id).and_then(ensure_not_reserved)
    }

    /// Gives an employee these roles beside those they have.
    pub fn give_roles(&mut self, employee: &Employee, roles: &[Role]) {
        let mut all = employee.roles.clone();
        all.extend(roles.iter().filter(|role| !employee.roles.contains(role)).cloned());
        self.put_roles(employee, all);
    }

    /// Takes a role from an employee, who need not have it.
    pub fn take_role(&mut self, employee: &Employee, role: &Role) {
        self.put_roles(employee, employee.roles.iter().filter(|one| *one != role).cloned().collect());
    }

    fn put_roles(&mut self, employee: &Employee, roles: Vec<Role>) {
        let application = self.caller.application().cloned();
        self.world.set_roles(&employee.id, roles, application.as_ref(), self.now, self.outbox);
    }

    /// No two roles of a company are called alike, nor as one of the vendor's (ASSUMED: people pick them by their names).
    fn ensure_name_is_free(&self, name: &str, but: Option<&RoleId>) -> Result<(), Refusal> {
        let presets = Role::OF_CUSTOMERS.into_iter().chain(Role::OF_COMPANIES).chain([Role::LegalPerson]);
        let vendors = presets.filter_map(|role| role.preset_name()).any(|taken| taken == name);
        let company: &OrganizationId = self.caller.organization();
        let own = self
            .world
            .directory
            .roles
            .iter()
            .any(|role| &role.organization == company && role.name == name && Some(&role.id) != but);
        if vendors || own { Err(Refusal::RoleNameTaken { name: name.to_owned() }) } else { Ok(()) }
    }
}

fn ensure_not_reserved(role: Role) -> Result<Role, Refusal> {
    if role.is_reserved() { Err(Refusal::RoleProtected { role: role.id().to_string() }) } else { Ok(role) }
}
