//! `ess-mock demo`
use std::path::Path;

pub(super) async fn demo(_pdf: Option<&Path>, _out: &Path) -> Result<(), String> {
    Err("soon".into())
}
