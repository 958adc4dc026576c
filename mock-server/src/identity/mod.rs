//! Who acts: `Operator`, `Caller` and `Agent` become a [`Caller`], by the action's identity class, which is data. No
//! handler reads these fields.

use ess_schemas::{ActionContract, IdentityClass, Service};
use serde_json::Value;

use crate::domain::ids::OrganizationId;
use crate::domain::refusal::Refusal;
use crate::engine::call::Caller;
use crate::engine::world::World;

/// What a request says about who acts, read before its parameters are taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    operator: Option<String>,
    operator_required: bool,
    /// The member company of a group to act for.
    member: Option<String>,
}

impl Claim {
    /// Reads the claim out of an action's parameters.
    #[must_use]
    pub fn read(parameters: &Value, contract: &ActionContract) -> Self {
        let text = |pointer: &str| {
            let text = parameters.pointer(pointer).and_then(Value::as_str);
            text.filter(|text| !text.is_empty()).map(ToOwned::to_owned)
        };
        let (operator, operator_required) = match contract.identity {
            IdentityClass::Operator { required, .. } => (text("/Operator/UserId"), required),
            IdentityClass::Caller { required, .. } => (text("/Caller/OperatorId"), required),
            IdentityClass::Agent { .. } | IdentityClass::None => (None, false),
        };
        let member = match contract.service {
            Service::Ess => text("/Agent/ProxyOrganizationId"),
            // Disabled there, and ignored (`essbasic Agent`); a platform's customers come with their own release.
            Service::Essbasic => None,
        };
        Self { operator, operator_required, member }
    }

    /// Finds the company of the key and the employee that acts for it.
    ///
    /// # Errors
    /// Nobody was named where somebody must be, the employee is unknown, another company's or unverified, or the member
    /// company is none of the group's. Groups are not modelled yet, so every other company is none.
    pub fn resolve(&self, world: &World, key: &OrganizationId) -> Result<Caller, Refusal> {
        let unknown = |id: &str| Refusal::SubOrganizationUnknown { organization: id.to_owned() };
        if let Some(member) = self.member.as_deref().filter(|member| *member != key.as_str()) {
            return Err(unknown(member));
        }
        let organization =
            world.directory.organizations.get(key.as_str()).cloned().ok_or_else(|| unknown(key.as_str()))?;
        organization.ensure_active()?;
        let operator = match &self.operator {
            None if self.operator_required => return Err(Refusal::OperatorEmpty),
            None => None,
            Some(id) => {
                let employee =
                    world.directory.employees.get(id.as_str()).filter(|one| one.organization == organization.id);
                let employee = employee.ok_or_else(|| Refusal::OperatorUnknown { user: id.clone() })?;
                if !employee.verified {
                    return Err(Refusal::OperatorNotVerified { user: id.clone() });
                }
                Some(employee.clone())
            }
        };
        Ok(Caller { organization, operator })
    }
}

#[cfg(test)]
mod tests {
    use ess_schemas::action;
    use serde_json::json;

    use super::*;
    use crate::engine::world_file::{DEMO, WorldFile};

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

    #[test]
    fn another_company_is_no_member_of_the_group() {
        let refused = resolve(&json!({"Agent": {"ProxyOrganizationId": "x"}}), "CreateFlowSignUrl").unwrap_err();
        assert_eq!(refused, Refusal::SubOrganizationUnknown { organization: "x".into() });
    }
}
