//! Writes a call per request type, so that a test can prove of each of them what no table can tell: that the Rust types read and write
//! what the contract says.

use crate::model::Contract;

pub(crate) fn write(contract: &Contract) -> String {
    let calls = contract
        .actions
        .values()
        .map(|action| format!("check::<crate::{}::{}>();\n", contract.service, action.request));
    format!("{{\n{}}}\n", calls.collect::<String>())
}
