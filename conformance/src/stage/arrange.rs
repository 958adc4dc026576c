//! Putting the fake into a state that only time or the vendor could bring about elsewhere.

use serde_json::Value;

use super::{End, Stage};
use crate::suite::step::Arrange;

impl Stage<'_> {
    pub(super) async fn arrange(&mut self, arrange: &Arrange) -> Result<(), End> {
        let fake = self.world.fake.as_ref().ok_or_else(|| End::Skipped("the target cannot be arranged".to_owned()))?;
        let mut arrange = arrange.clone();
        // The company that acts, unless another is named.
        let named =
            arrange.quota.as_mut().and_then(Value::as_object_mut).and_then(|quota| quota.remove("organization"));
        let organization = named.map_or_else(|| Ok(fake.organization.clone()), |named| self.names.text(&named))?;
        let quota = format!("/_mock/organizations/{organization}/quota");
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
