//! Random stories against a small model.

use std::sync::Arc;

use ess_conformance::inbox::Inbox;
use ess_conformance::model::{Ending, Game, play};
use ess_conformance::run::Plan;
use ess_conformance::stage::watch::Nobody;
use ess_conformance::target::Target;
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::suite;

async fn game(stories: u32, prelude: Vec<Value>) -> Result<Ending, String> {
    let suite = suite();
    let target = Target::fake(&suite.folder).await.unwrap();
    let inbox = Inbox::start(([127, 0, 0, 1], 0).into(), None).await.unwrap();
    let plan = Plan { jobs: 1, fail_fast: false, watch: Arc::new(Nobody), inbox: Some(inbox) };
    let game = Game { seed: 20_201_111, stories, longest: 20, shrinks: 400, prelude };
    play(&suite, &target, &plan, &game, &watch::channel(false).1)
}

#[tokio::test(flavor = "multi_thread")]
async fn random_stories_end_as_the_model_says() {
    let played = game(60, Vec::new()).await;

    assert!(matches!(played, Ok(Ending::AsTold(60))), "{played:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_surprise_shrinks_to_a_case_file_of_few_steps() {
    // A service that does not cancel although the contract runs.
    let fault = json!({"arrange": {"fault": {"action": "CancelFlow", "effect": {"error": {"code": "InternalError"}}}}});

    let Ok(Ending::Surprise(surprise)) = game(200, vec![fault]).await else { panic!("no surprise") };

    let calls = surprise.case.lines().filter_map(|line| line.split_once("call: ")).map(|(_, action)| action);
    // The model looks at a contract after every move.
    let expected = ["CreateFlowByFiles", "DescribeFlowInfo", "CancelFlow", "DescribeFlowInfo"];
    assert_eq!(calls.collect::<Vec<_>>(), expected, "{}", surprise.case);
}
