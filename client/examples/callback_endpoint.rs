//! Receives callbacks with axum and waits for a contract by them: `cargo run -p ess-client --features axum --example callback_endpoint`.

#![allow(clippy::print_stdout, reason = "printing is what an example is for")]

mod setting;

use std::time::Duration;

use axum::Router;
use axum::extract::{FromRef, State};
use axum::http::StatusCode;
use axum::routing::post;
use ess_client::callback::{CallbackKey, Message, Received, Receiver};
use ess_client::tracker::FlowTracker;
use ess_client::waiting::{CompanyFlows, PollPolicy, wait_for_flow};
use serde_json::json;
use setting::{Outcome, Setting};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

#[derive(Clone)]
struct App {
    receiver: Receiver,
    queue: mpsc::Sender<Message>,
}

impl FromRef<App> for Receiver {
    fn from_ref(app: &App) -> Self {
        app.receiver.clone()
    }
}

/// What was not signed and encrypted rightly does not come here. Whoever must lose no message writes it down before answering 200: that is
/// the last time it was sent.
async fn callback(State(app): State<App>, received: Received) -> StatusCode {
    match received {
        Received::Probe => StatusCode::OK,
        Received::Message(message) => {
            println!("<- {} {}", message.kind().unwrap_or("contract"), message.id().unwrap_or("without an id"));
            match app.queue.try_send(message) {
                Ok(()) => StatusCode::OK,
                Err(_) => StatusCode::SERVICE_UNAVAILABLE,
            }
        }
    }
}

#[tokio::main]
async fn main() -> Outcome {
    let setting = Setting::find().await?;
    let mock =
        setting.mock.as_ref().ok_or("the vendor cannot reach this port: enter a public address in its console")?;
    let receiver =
        Receiver::new().with_key(CallbackKey::new(&mock.told("CALLBACK_KEY"))?).with_token(mock.told("CALLBACK_TOKEN"));
    let (queue, mut messages) = mpsc::channel(1024);
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = format!("http://{}/callback", listener.local_addr()?);
    let router = Router::new().route("/callback", post(callback)).with_state(App { receiver, queue });
    tokio::spawn(async move { axum::serve(listener, router).await });
    mock.post("callbacks/addresses", json!({ "url": address })).await?;

    let flow_id = setting.launch("采购合同").await?;

    // Callbacks tell at once; asking now and then finds out what got lost.
    let flows = CompanyFlows::new(&setting.client, setting.operator.clone());
    let polling = PollPolicy { first_pause: Duration::from_secs(30), ..PollPolicy::default() };
    let mut tracker = FlowTracker::new();
    let wait = wait_for_flow(&flow_id, &mut tracker).told_by(&mut messages).asking(&flows).polling(polling);
    let signed = async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        mock.sign(&flow_id).await
    };
    let (waited, signed) = tokio::join!(wait.within(Duration::from_secs(60)), signed);
    signed?;
    println!("{flow_id} is {:?}", waited?.flow.status);
    Ok(())
}
