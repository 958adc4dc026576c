//! Random stories behave at a target that is not ours as cases do.

use super::CASES;
use super::stand::{Stand, stderr, stdout};

#[tokio::test(flavor = "multi_thread")]
async fn a_game_says_what_it_will_create_and_sends_nothing_unasked() {
    let stand = Stand::set(&CASES[..1]).await;

    let output = stand.model(&["--stories", "3", "--seed", "4"]).await;

    let said = stderr(&output);
    assert!(said.contains("cases played       3, with ") && said.contains("nothing was sent"), "{said}");
    assert_eq!((output.status.code(), stand.proxy.calls()), (Some(2), Vec::new()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_game_is_played_without_the_moves_that_the_target_lacks_and_takes_back_what_it_created() {
    let stand = Stand::set(&CASES[..1]).await;
    let planned = stand.model(&["--stories", "3", "--seed", "4", "--dry-run"]).await;

    let output = stand.model(&["--stories", "3", "--seed", "4", "--yes"]).await;

    let said = stdout(&output);
    assert!(said.contains("3 stories of up to 20 moves end as the model says (seed 4)"), "{said}{}", stderr(&output));
    assert!(said.ends_with("residue: 0\n"), "{said}");
    assert_eq!(output.status.code(), Some(0));
    let created = stand.contracts().await.len();
    assert!(stdout(&planned).contains(&format!("contracts created  {created}\n")), "{}", stdout(&planned));
    assert_eq!(stand.open_contracts().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shortened_story_is_in_the_bound_of_the_plan() {
    let stand = Stand::set(&CASES[..1]).await;

    let output = stand.model(&["--stories", "1", "--longest", "1", "--shrinks", "5", "--dry-run"]).await;

    assert!(stdout(&output).contains("contract quota     1, at most 6 if cases differ\n"), "{}", stdout(&output));
}
