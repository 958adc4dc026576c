//! Everything the suite should notice is tested, or says why not.

use ess_conformance::coverage::Coverage;

use crate::suite;

#[test]
fn what_no_case_tests_is_explained_and_nothing_else_is() {
    let coverage = Coverage::of(&suite()).unwrap();
    println!("{}", coverage.table());

    let missing: Vec<&str> = coverage.missing().map(|item| item.name.as_str()).collect();

    assert_eq!(missing.join("\n"), "", "neither tested nor explained in unmatched.yaml");
    assert_eq!(coverage.idle.join("\n"), "", "explained in unmatched.yaml, and tested or no such thing");
}
