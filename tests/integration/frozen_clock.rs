//! Time passes when it is told to, exactly, and in one world alone.

use ess_mock_server::MockServer;
use ess_mock_server::domain::time::Timestamp;
use ess_mock_server::gateway::signature::SignatureClock;
use ess_schemas::Service;
use ess_tests::json_call;
use serde_json::{Value, json};

use crate::socket;
use crate::stage::{Stage, action, http, now};
use crate::whole_contract::Launched;

/// One look at the clock of the world with this alias.
async fn clock(stage: &Stage, world: &str) -> Value {
    let url = format!("{}/_mock/clock", stage.server.url());
    let answer = http().get(url).header("X-Mock-World", world).send().await.unwrap();
    serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap()
}

#[tokio::test]
async fn links_die_and_deadlines_pass_to_the_second_and_elsewhere_no_time_passes() {
    let launched = Launched::launch().await;
    let stage = &launched.stage;
    let elsewhere = stage.control("worlds", &json!({})).await["alias"].as_str().unwrap().to_owned();
    let before = clock(stage, &elsewhere).await;
    let link = launched.sign_url().await;
    let opened = async || http().get(&link).send().await.unwrap().status().as_u16();

    stage.advance("29m59s").await;
    assert_eq!(opened().await, 200, "api CreateFlowSignUrl: 30 minutes");
    stage.advance("2s").await;
    assert_eq!(opened().await, 410);

    stage.advance("365d").await;
    assert_eq!(launched.status().await, 5, "the deadline when none is given is 365 days");
    stage.advance("365d").await;
    let deadlines = launched.receiver.story().into_iter().filter(|told| told == "deadline").count();
    assert_eq!(deadlines, 1);
    assert_eq!(clock(stage, &elsewhere).await, before);
}

/// What a call answers that was signed at this moment.
async fn signed_at(stage: &Stage, moment: i64) -> String {
    let body = json!({"Operator": {"UserId": stage.value("OPERATOR_USER_ID")}}).to_string();
    let request = json_call(&stage.key, &stage.host, action(Service::Ess, "CreateSchemeUrl"), moment, body);
    socket::exchange(stage.server.address(), &request.bytes()).await.code()
}

#[tokio::test]
async fn the_signatures_window_follows_the_clock_it_is_bound_to() {
    const THEN: i64 = 1_800_000_000;
    let of = async |clock: SignatureClock| {
        let server = MockServer::builder().frozen_at(Timestamp::from_seconds(THEN)).signature_clock(clock);
        Stage::with(server.start().await.unwrap()).await
    };
    let expired = "AuthFailure.SignatureExpire";

    let real = of(SignatureClock::Real).await;
    assert_eq!((signed_at(&real, now()).await.as_str(), signed_at(&real, THEN).await.as_str()), ("", expired));

    let world = of(SignatureClock::World).await;
    assert_eq!((signed_at(&world, THEN).await.as_str(), signed_at(&world, now()).await.as_str()), ("", expired));
    world.advance("5m").await;
    assert_eq!(signed_at(&world, THEN).await, "", "five minutes are allowed (page TC3-HMAC-SHA256)");
    world.advance("1s").await;
    assert_eq!(signed_at(&world, THEN).await, expired);
    assert_eq!(signed_at(&world, THEN + 301).await, "");
}
