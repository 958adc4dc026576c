//! What is wrong with a file is said with its place, and with what was expected.

use super::*;

/// The first mistake in the lease's file after this change.
fn mistake(from: &str, to: &str) -> String {
    let text = LEASE.replace(from, to);
    assert_ne!(text, LEASE, "`{from}` stands in the file");
    Scenario::parse("test.yaml", &text, 0).map(|_| ()).unwrap_err().to_string()
}

#[test]
fn every_mistake_names_its_place_and_what_was_expected() {
    let with_steps = |steps: &str| {
        Scenario::parse("test.yaml", &format!("{LEASE}steps:\n  - {steps}\n"), 0).map(|_| ()).unwrap_err().to_string()
    };
    let said = [
        mistake("contract: lease, operate: start", "contract: leese, operate: start"),
        mistake("operate: sign,", "operate: sing,"),
        mistake("signer: 0", "signer: 3"),
        mistake("operate: start, status: 1", "operate: start, FlowNam: x"),
        mistake("signer: 0", "reason: none"),
        mistake("status: 4", "status: 2"),
        mistake("FlowStatusChange: { contract: lease, operate: finish }", "FlowStatusChanged: { contract: lease }"),
        mistake(
            "FlowStatusChange: { contract: lease, operate: finish }",
            "FlowStatusChange: { contract: lease, operate: cancel }",
        ),
        mistake(
            "FlowStatusChange: { contract: lease, operate: finish }",
            "OperateSeal: { SealId: s, Operate: Create, SealNam: x }",
        ),
        mistake(
            "FlowStatusChange: { contract: lease, operate: finish }",
            "OperateSeal: { SealId: s, SealName: n, Operate: Destroy }",
        ),
        mistake("FlowStatusChange: { contract: lease, operate: finish }", "FlowCost: { FlowId: $lisse }"),
        mistake("FlowStatusChange: { contract: lease, operate: finish }", "plaintext: hello"),
        mistake("as: finished", "as: signed"),
        mistake("as: finished", "az: finished"),
        mistake("says:", "say:"),
        mistake("operate: finish", "operat: finish"),
        mistake("after: 1m", "after: soon"),
        mistake("mobile: \"13800000001\"", "mobile: \"138\""),
        with_steps("begun"),
        with_steps("{ send: begun }"),
        with_steps("{ sent: started }"),
        with_steps("{ send: started, hostile: wrong_keys }"),
        with_steps("{ send: started, expect: applause }"),
        with_steps("{ send: started, repeat: 0 }"),
        with_steps("{ send: started, lost: 6 }"),
        with_steps("{ send: started, every: 1s }"),
        with_steps("{ send: started, repeat: 200000 }"),
        with_steps("{ shuffle: [started] }"),
        with_steps("{ shuffle: [started, signed], hostile: wrong_key }"),
    ];
    insta::assert_snapshot!(said.join("\n"));
}
