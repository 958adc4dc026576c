//! What cannot run says why, by its exit code too.

use super::CASES;
use super::stand::{Stand, stderr};

#[tokio::test(flavor = "multi_thread")]
async fn no_case_at_all_is_a_mistake() {
    let stand = Stand::set(&CASES).await;

    let output = stand.run(&["--yes", "--only", "ess/other/**"]).await;

    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).starts_with("no case is selected, of 5 there are"), "{}", stderr(&output));
}

#[test]
fn a_target_without_credentials_says_which_variables_are_wanted() {
    let output = assert_cmd::Command::cargo_bin("ess-conformance")
        .unwrap()
        .args(["run", "--target", "tencent-test", "--yes"])
        .env_clear()
        .output()
        .unwrap();

    assert_eq!(output.status.code(), Some(2));
    let said = stderr(&output);
    assert!(said.contains("set ESS_SECRET_ID and ESS_SECRET_KEY in the environment"), "{said}");
    assert!(said.contains("ESS_PERSON_MOBILE"), "{said}");
}

#[test]
fn a_target_where_nothing_listens_is_told_from_a_difference() {
    // A port that was free a moment ago.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    for target in [format!("http://127.0.0.1:{port}"), format!("plain:http://127.0.0.1:{port}")] {
        let output = assert_cmd::Command::cargo_bin("ess-conformance")
            .unwrap()
            .args(["run", "--target", &target, "--yes"])
            .envs([("ESS_SECRET_ID", "id"), ("ESS_SECRET_KEY", "key")])
            .output()
            .unwrap();

        assert_eq!(output.status.code(), Some(3), "{target}: {}", stderr(&output));
    }
}
