//! Putting the fake into a state that only time or the vendor could bring about elsewhere.

use serde_json::Value;

use super::{End, Stage};
use crate::suite::step::Arrange;

impl Stage<'_> {
    pub(super) async fn arrange(&mut self, arrange: &Arrange) -> Result<(), End> {
        let fake = self.world.fake.as_ref().ok_or_else(|| End::Skipped("the target cannot be arranged".to_owned()))?;
        let quota = format!("/_mock/organizations/{}/quota", fake.organization);
        let wanted = [
            ("PUT", quota.as_str(), &arrange.quota),
            ("PUT", "/_mock/settings", &arrange.settings),
            ("PUT", "/_mock/callbacks/disorder", &arrange.disorder),
            ("POST", "/_mock/faults", &arrange.fault),
        ];
        for (method, path, value) in wanted {
            if let Some(value) = value {
                let value: Value = self.names.resolve(value)?;
                fake.control(method, path, Some(value)).await.map_err(End::Broken)?;
            }
        }
        Ok(())
    }
}
