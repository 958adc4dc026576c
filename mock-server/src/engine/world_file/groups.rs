//! Groups of contracts of a world file.

use serde::Deserialize;

use super::WorldFile;
use super::contracts::ContractRow;
use crate::domain::flow::Membership;
use crate::domain::group::FlowGroup;
use crate::engine::world::World;

/// A group of contracts.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `FlowGroup`")]
pub struct GroupRow {
    pub id: String,
    #[serde(default = "group")]
    pub name: String,
    pub contracts: Vec<ContractRow>,
    #[serde(default)]
    pub remarks: Vec<String>,
}

fn group() -> String {
    "合同组".into()
}

impl GroupRow {
    /// Puts the group and its contracts into the world.
    ///
    /// # Errors
    /// It has no contract, or what is wrong with one.
    pub(super) fn settle(&self, file: &WorldFile, world: &mut World) -> Result<(), String> {
        let membership = Membership { id: self.id.as_str().into(), name: self.name.clone() };
        let mut flows = Vec::new();
        for row in &self.contracts {
            let id =
                row.settle(file, world, Some(&membership)).map_err(|what| format!("contract `{}`: {what}", row.id))?;
            flows.push(id);
        }
        let first =
            flows.first().and_then(|id| world.flows.get(id.as_str())).ok_or("contracts: at least one is needed")?;
        let group = FlowGroup {
            id: membership.id,
            name: membership.name,
            initiator: first.initiator.clone(),
            copies: Vec::new(),
            remarks: self.remarks.clone(),
            created_at: first.created_at,
            flows,
        };
        world.groups.insert(group);
        Ok(())
    }
}
