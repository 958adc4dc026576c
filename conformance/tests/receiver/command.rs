//! `ess-conformance receiver`: what it prints, saves and exits with.

use std::process::Output;

use assert_cmd::Command;

use super::*;

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("ess-conformance").unwrap();
    command
        .arg("receiver")
        .args(arguments)
        .env_remove("ESS_CALLBACK_KEY")
        .env_remove("ESS_CALLBACK_TOKEN")
        .output()
        .unwrap()
}

async fn at(root: &str, more: &[&str]) -> Output {
    let (url, probe) = (format!("{root}/callback"), format!("{root}/state/{{flow}}"));
    let more: Vec<String> = more.iter().map(|one| (*one).to_owned()).collect();
    let judging = tokio::task::spawn_blocking(move || {
        let mut arguments = vec!["--url", &url, "--key", KEY, "--token", TOKEN, "--probe", &probe, "--settle", "0s"];
        arguments.extend(more.iter().map(String::as_str));
        run(&arguments)
    });
    judging.await.unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_good_receiver_ends_with_0_and_a_wrong_one_with_1_and_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("order.yaml");
    let (good, wrong) =
        (serve(correct_receiver::app(key(), TOKEN)).await, serve(naive_receiver::app(key(), TOKEN)).await);

    let kept = at(&good, &["--only", "bodies", "--seed", "3"]).await;
    let broken = at(&wrong, &["--only", "orders", "--seed", "3", "--save", file.to_str().unwrap()]).await;

    assert_eq!((kept.status.code(), broken.status.code()), (Some(0), Some(1)), "{}", text(&kept.stdout));
    assert!(text(&kept.stdout).contains("55 hostile bodies: 55 good, 0 broken, 0 skipped"), "{}", text(&kept.stdout));
    assert!(text(&broken.stdout).contains("play it again: ess-mock replay"), "{}", text(&broken.stdout));
    let saved = std::fs::read_to_string(&file).unwrap();
    assert!(saved.contains("steps:\n  - released\n  - started\n"), "{saved}");

    let again = at(&wrong, &["--seed", "4", "--format", "json", "--scenario", file.to_str().unwrap()]).await;
    assert_eq!(again.status.code(), Some(1), "{}", text(&again.stdout));
    let verdict: serde_json::Value = serde_json::from_slice(&again.stdout).unwrap();
    assert_eq!(verdict["played"][0]["breach"]["rule"], "never_backwards");
}

#[test]
fn nobody_listening_ends_with_3_and_says_where() {
    let output = run(&["--url", "http://127.0.0.1:1/", "--key", KEY, "--probe", "http://127.0.0.1:1/{flow}"]);

    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output.stderr).contains("nobody answers at http://127.0.0.1:1/"), "{}", text(&output.stderr));
}

#[test]
fn what_cannot_be_done_ends_with_2_and_says_what_was_expected() {
    for (arguments, expected) in [
        (["--url", "127.0.0.1:9000", "--key", KEY, "--probe", "true"], "expected a URL such as"),
        (["--url", "http://127.0.0.1:9", "--key", "short", "--probe", "true"], "32"),
        (["--url", "http://127.0.0.1:9", "--key", KEY, "--probe", "http://127.0.0.1:9/state"], "a URL needs {flow}"),
    ] {
        let output = run(&arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).contains(expected), "{}", text(&output.stderr));
    }
}
