//! A company acts for itself, or for a member of its holding group: `Operator` or `Caller`, and `Agent.ProxyOrganizationId`.

use std::sync::Arc;

use ess_schemas::{ActionContract, IdentityClass};
use serde_json::Value;

use super::text;
use crate::domain::employee::Employee;
use crate::domain::ids::OrganizationId;
use crate::domain::organization::Organization;
use crate::domain::refusal::Refusal;
use crate::domain::right::Rights;
use crate::engine::call::Caller;
use crate::engine::world::World;

/// What a company's request says about who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CompanyClaim {
    operator: Option<String>,
    operator_required: bool,
    /// The member company of a group to act for.
    member: Option<String>,
}

impl CompanyClaim {
    pub(super) fn read(parameters: &Value, contract: &ActionContract) -> Self {
        let (operator, operator_required) = match contract.identity {
            IdentityClass::Operator { required, .. } => (text(parameters, "/Operator/UserId"), required),
            IdentityClass::Caller { required, .. } => (text(parameters, "/Caller/OperatorId"), required),
            IdentityClass::Agent { .. } | IdentityClass::None => (None, false),
        };
        Self { operator, operator_required, member: text(parameters, "/Agent/ProxyOrganizationId") }
    }

    /// Finds the company of the key and the employee that acts for it; or the member of its holding group that it acts
    /// for, and the account of the operator there.
    pub(super) fn resolve(&self, world: &World, key: &OrganizationId) -> Result<Caller, Refusal> {
        let organizations = &world.directory.organizations;
        let unknown = |id: &str| Refusal::SubOrganizationUnknown { organization: id.to_owned() };
        let own = organizations.get(key.as_str()).ok_or_else(|| unknown(key.as_str()))?;
        let member = self.member.as_deref().filter(|member| *member != key.as_str());
        let organization = match member {
            None => own,
            Some(member) => {
                let found = organizations.get(member).filter(|one| one.has_joined(key));
                let found = found.ok_or_else(|| unknown(member))?;
                if found.holding.as_ref().is_some_and(|holding| holding.has_expired(world.now)) {
                    return Err(Refusal::SubOrganizationLicenseExpired { organization: member.to_owned() });
                }
                found
            }
        };
        organization.ensure_active()?;
        let (operator, rights) = match &self.operator {
            None if self.operator_required => return Err(Refusal::OperatorEmpty),
            None => (None, Rights::NONE),
            Some(id) => {
                let named = named(world, id, organization, own)?;
                let operator = account_in(world, named, organization)?;
                let rights = world.directory.rights_of(&operator);
                // In a member, their roles for the group count beside those of their account there.
                (Some(operator), rights.and(world.directory.rights_in_member(named, &organization.id)))
            }
        };
        Ok(Caller { organization: organization.clone(), operator, rights, agent: None })
    }
}

/// The employee who is meant: of `acting` (`api CreateFlowByFiles`: a member's employee may be named), or of the main company
/// `own`.
fn named<'a>(
    world: &'a World,
    id: &str,
    acting: &Organization,
    own: &Organization,
) -> Result<&'a Arc<Employee>, Refusal> {
    let employee = world.directory.employees.get(id);
    let employee = employee.filter(|one| one.organization == acting.id || one.organization == own.id);
    let employee = employee.filter(|one| one.is_present());
    let employee = employee.ok_or_else(|| Refusal::OperatorUnknown { user: id.to_owned() })?;
    if employee.verified { Ok(employee) } else { Err(Refusal::OperatorNotVerified { user: id.to_owned() }) }
}

/// Their account in the company that acts: their own, or the one a main company's employee has in the member.
fn account_in(world: &World, employee: &Arc<Employee>, acting: &Organization) -> Result<Arc<Employee>, Refusal> {
    if employee.organization == acting.id {
        return Ok(employee.clone());
    }
    let shadow = acting.holding.as_ref().and_then(|holding| holding.shadows.get(employee.id.as_str()));
    let shadow = shadow.and_then(|shadow| world.directory.employees.get(shadow.as_str()));
    shadow.cloned().ok_or_else(|| Refusal::NoShadowAccount { user: employee.id.to_string() })
}

#[cfg(test)]
mod tests {
    use ess_schemas::{Service, action};
    use serde_json::json;

    use super::*;
    use crate::engine::world_file::{DEMO, WorldFile};
    use crate::identity::Claim;

    fn resolve(parameters: &Value, name: &str) -> Result<Caller, Refusal> {
        let file = WorldFile::parse("demo", DEMO).unwrap();
        let world = file.build(1, crate::domain::time::Timestamp::default());
        let contract = action(Service::Ess, name).unwrap();
        Claim::read(parameters, contract).resolve(&world, &file.organizations[0].id.as_str().into())
    }

    fn demo_employee(organization: usize, place: usize) -> String {
        WorldFile::parse("demo", DEMO).unwrap().organizations[organization].employees[place].id.clone()
    }

    #[test]
    fn the_operator_is_an_employee_of_the_keys_company() {
        let caller = resolve(&json!({"Operator": {"UserId": demo_employee(0, 0)}}), "CancelFlow").unwrap();
        assert_eq!(caller.operator().unwrap().name, "典子谦");
    }

    #[test]
    fn nobody_strangers_and_the_unverified_are_refused() {
        assert_eq!(resolve(&json!({"Operator": {"UserId": ""}}), "CancelFlow").unwrap_err(), Refusal::OperatorEmpty);
        let foreign = demo_employee(1, 0);
        for stranger in ["nobody", foreign.as_str()] {
            let refused = resolve(&json!({"Operator": {"UserId": stranger}}), "CancelFlow").unwrap_err();
            assert_eq!(refused, Refusal::OperatorUnknown { user: stranger.into() });
        }
        let unverified = demo_employee(0, 2);
        let refused = resolve(&json!({"Operator": {"UserId": unverified}}), "CancelFlow").unwrap_err();
        assert_eq!(refused, Refusal::OperatorNotVerified { user: unverified });
    }

    #[test]
    fn an_optional_operator_may_be_left_out() {
        assert!(resolve(&json!({}), "CreateFlowSignUrl").unwrap().operator.is_none());
    }

    #[test]
    fn uploads_name_their_operator_in_caller() {
        let caller = resolve(&json!({"Caller": {"OperatorId": demo_employee(0, 0)}}), "UploadFiles").unwrap();
        assert_eq!(caller.operator().unwrap().name, "典子谦");
    }

    fn for_member(member: &str, operator: &str) -> Result<Caller, Refusal> {
        let agent = json!({"ProxyOrganizationId": member});
        resolve(&json!({"Agent": agent, "Operator": {"UserId": operator}}), "CancelFlow")
    }

    fn demo_company(place: usize) -> String {
        WorldFile::parse("demo", DEMO).unwrap().organizations[place].id.clone()
    }

    #[test]
    fn a_company_that_is_no_member_of_the_group_is_refused() {
        for stranger in ["x".to_owned(), demo_company(1)] {
            let refused = for_member(&stranger, &demo_employee(0, 0)).unwrap_err();
            assert_eq!(refused, Refusal::SubOrganizationUnknown { organization: stranger });
        }
    }

    #[test]
    fn the_main_company_acts_for_a_member_through_the_operators_account_there() {
        let (member, admin) = (demo_company(3), demo_employee(0, 0));
        let caller = for_member(&member, &admin).unwrap();
        assert_eq!(caller.organization().as_str(), member);
        let shadow = caller.operator().unwrap();
        assert_eq!((shadow.name.as_str(), shadow.organization.as_str()), ("典子谦", member.as_str()));
        assert_ne!(shadow.id.as_str(), admin, "ids are those of the member");

        let employee = demo_employee(3, 0);
        assert_eq!(for_member(&member, &employee).unwrap().operator().unwrap().id.as_str(), employee);
    }

    #[test]
    fn an_operator_without_an_account_in_the_member_is_refused() {
        let colleague = demo_employee(0, 1);
        assert!(for_member(&demo_company(3), &colleague).is_ok(), "every operator has one where the file names none");
        let refused = for_member(&demo_company(4), &colleague).unwrap_err();
        assert_eq!(refused, Refusal::NoShadowAccount { user: colleague });
    }

    #[test]
    fn until_it_has_joined_and_after_it_left_a_member_is_none() {
        use crate::domain::holding::MembershipStatus::{Authorized, Invited, Refused, Released};
        for status in [Invited, Authorized, Refused, Released] {
            let mut file = WorldFile::parse("demo", DEMO).unwrap();
            file.organizations[3].membership.status = status;
            let world = file.build(1, crate::domain::time::Timestamp::default());
            let parameters = json!({"Agent": {"ProxyOrganizationId": demo_company(3)}});
            let claim = Claim::read(&parameters, action(Service::Ess, "CreateFlowSignUrl").unwrap());
            assert!(claim.resolve(&world, &demo_company(0).as_str().into()).is_err(), "{status:?}");
        }
    }

    #[test]
    fn a_member_acts_for_nobody_else() {
        let file = WorldFile::parse("demo", DEMO).unwrap();
        let world = file.build(1, crate::domain::time::Timestamp::default());
        let contract = action(Service::Ess, "CreateFlowSignUrl").unwrap();
        for other in [0, 4] {
            let parameters = json!({"Agent": {"ProxyOrganizationId": demo_company(other)}});
            let refused = Claim::read(&parameters, contract).resolve(&world, &demo_company(3).as_str().into());
            assert_eq!(refused.unwrap_err(), Refusal::SubOrganizationUnknown { organization: demo_company(other) });
        }
    }

    #[test]
    fn a_company_that_is_not_activated_can_do_nothing() {
        let mut file = WorldFile::parse("demo", DEMO).unwrap();
        file.organizations[0].standing = crate::domain::organization::Standing::NotActivated;
        let world = file.build(1, crate::domain::time::Timestamp::default());
        let claim = Claim::read(&json!({}), action(Service::Ess, "CreateFlowSignUrl").unwrap());
        let refused = claim.resolve(&world, &demo_company(0).as_str().into()).unwrap_err();
        assert_eq!(refused, Refusal::OrganizationNotActivated { organization: demo_company(0) });
    }
}
