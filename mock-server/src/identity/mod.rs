//! Who acts: `Operator`, `Caller` and `Agent` become a [`Caller`], by the action's identity class, which is data. No
//! handler reads these fields.

mod company;
mod platform;
#[cfg(test)]
mod properties;
mod right_for;

use ess_schemas::{ActionContract, IdentityClass, Service};
use serde_json::Value;

use self::company::CompanyClaim;
use self::platform::PlatformClaim;
pub use self::right_for::{needs_a_right, right_for};
use crate::domain::ids::OrganizationId;
use crate::domain::refusal::Refusal;
use crate::domain::right::Right;
use crate::engine::call::Caller;
use crate::engine::world::World;

/// What a request says about who acts, read before its parameters are taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    who: Kind,
    /// What the employee's roles must allow.
    right: Option<Right>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    /// A company for itself, or for a member of its group.
    Company(CompanyClaim),
    /// A platform for its customer.
    Platform(PlatformClaim),
}

impl Claim {
    /// Reads the claim out of an action's parameters.
    #[must_use]
    pub fn read(parameters: &Value, contract: &ActionContract) -> Self {
        let who = match (contract.service, contract.identity) {
            (Service::Essbasic, IdentityClass::Agent { needs, .. }) => {
                Kind::Platform(PlatformClaim::read(parameters, needs))
            }
            (Service::Ess, _) | (Service::Essbasic, _) => Kind::Company(CompanyClaim::read(parameters, contract)),
        };
        Self { who, right: right_for(contract, parameters) }
    }

    /// Finds out who acts, for the owner of a key of the company `key`.
    ///
    /// # Errors
    /// Of a company: the member company has not joined the key's group, the company that acts is not activated; nobody was
    /// named where somebody must be, or the operator is unknown, another company's, unverified, or without an account in the
    /// member. Of a platform: a part of `Agent` that the action needs is missing, unknown, somebody else's, unverified, banned
    /// or being closed. Of either: the employee's roles do not allow it.
    pub fn resolve(&self, world: &World, key: &OrganizationId) -> Result<Caller, Refusal> {
        let caller = match &self.who {
            Kind::Company(claim) => claim.resolve(world, key),
            Kind::Platform(claim) => claim.resolve(world, key),
        }?;
        if let Some(right) = self.right.filter(|_| caller.operator.is_some()) {
            caller.with_right(right)?;
        }
        Ok(caller)
    }
}

/// A text parameter that is there and says something.
fn text(parameters: &Value, pointer: &str) -> Option<String> {
    let text = parameters.pointer(pointer).and_then(Value::as_str);
    text.filter(|text| !text.is_empty()).map(ToOwned::to_owned)
}
