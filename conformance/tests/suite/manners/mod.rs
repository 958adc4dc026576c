//! How the suite behaves at a target that is not ours. The fake poses as one.

mod cleaning;
mod game;
mod hosts;
mod human;
mod plan;
mod proxy;
mod refusing;
mod stand;

use ess_client::http::{Trust, client_builder};

/// Five cases in the order in which they are played: contracts, a draft, a group, a QR code.
const CASES: [(&str, &str); 5] = [
    ("ess/some/a_contract", "[{ use: running_contract }]"),
    ("ess/some/b_draft", "[{ use: draft_contract }]"),
    ("ess/some/c_group", "[{ use: group }]"),
    ("ess/some/d_code", "[{ use: qr_code }]"),
    ("ess/some/e_contract", "[{ use: running_contract }]"),
];

fn http() -> reqwest::Client {
    client_builder(Trust::Nobody).unwrap().build().unwrap()
}
