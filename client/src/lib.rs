//! A typed client of Tencent E-Sign (腾讯电子签): `ess` 2020-11-11, with which a company signs for itself, and `essbasic` 2021-05-26, with which a
//! platform signs for its customers; and the callback half, for whoever is told what happened.
//!
//! ```no_run
//! use ess_client::{Client, Credentials, schemas::ess};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::builder(Credentials::new("AKID...", "secret")).server("http://127.0.0.1:8480").build()?;
//!
//! let request = ess::CancelFlowRequest {
//!     operator: ess::UserInfo { user_id: Some("yDR...".into()), ..Default::default() },
//!     flow_id: "yDR...".into(),
//!     cancel_message: "signed the wrong copy".into(),
//!     ..Default::default()
//! };
//! match client.call(&request).await {
//!     Ok(reply) => println!("cancelled, RequestId {}", reply.request_id),
//!     Err(error) if error.code() == Some("OperationDenied.FlowHasTerminated") => println!("too late: {error}"),
//!     Err(error) => return Err(error.into()),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! - A request's type decides everything about its call: the service, the host, the answer's type, and whether it may be repeated. All 256
//!   actions have one: action `CancelFlow` is [`ess::CancelFlowRequest`](schemas::ess::CancelFlowRequest).
//! - An [`Error`] says whose fault it is, whether the service did anything, and what to quote to the vendor.
//! - The vendor offers no idempotency. So a call that changes something is repeated only if it was surely not carried out; [`RetryPolicy`]
//!   has the table.
//! - [`signature`] and [`callback`] are pure functions of bytes, and stand on their own.
//!
//! # Jobs
//!
//! | job | with | example |
//! |---|---|---|
//! | launch a contract | [`Client::call`] | `launch_contract`, `launch_many` |
//! | send somebody the link to sign | [`Client::call`] | `sign_link` |
//! | wait until it is signed | [`waiting`] | `wait_for_completion` |
//! | be told what happens | [`callback`], and [`tracker`] for what it adds up to | `callback_endpoint`, `open_callback` |
//! | fetch the signed file | [`download`] | `download_contract` |
//! | read a long list | [`paging`] | `list_templates` |
//! | find out what became of a call | [`lost`] | `lost_answer` |
//! | act for a platform's customer | [`schemas::essbasic`] | `platform_console` |
//! | test a gateway | [`raw`] | |
//!
//! The examples play against `ess-mock serve` and need nothing else: `cargo run -p ess-client --example launch_contract`.
//!
//! # How the product works
//!
//! A **contract** (flow, 合同流程) is one or more PDF documents and the people who sign them. It comes from uploaded files (`UploadFiles`,
//! then `CreateFlowByFiles`: one call, and it is under way) or from a template (`CreateFlow`, `CreateDocument`, and `StartFlow` once the
//! document is composed, which takes seconds).
//!
//! An **approver** (签署方) is a place in it, known by its `RecipientId`: a person, a company through one of its employees, or a company's
//! machine (`ApproverType` 1, 0 and 3). Approvers sign in their order or, if it is unordered, as they like. Each gets a message of the
//! platform, or opens a link that you send: `CreateFlowSignUrl`, `CreateSchemeUrl`. Links expire: make one when it is needed.
//!
//! **Who calls** is told by three things. The key (SecretId) says which company calls. The `Operator` says which of its employees acts, and
//! it is that employee's rights that count. An `Agent` says for whom: for a member of the group in `ess`, for a customer of the platform in
//! `essbasic`.
//!
//! A contract **stands** somewhere, and never goes back:
//!
//! | | `FlowStatus` of `ess` | of `essbasic` |
//! |---|---|---|
//! | not started | 0, 7 | `INIT` |
//! | being filled in | 8, 9 | `INIT` |
//! | being signed | 1, then 2 | `INIT`, then `PART` |
//! | signed by all | 4 | `ALL` |
//! | refused | 3; 10 when filling in | `REJECT` |
//! | not signed in time | 5 | `DEADLINE` |
//! | withdrawn | 6 | `CANCEL` |
//! | void, for instance after a change of name | 16 | `INVALID` |
//! | released by another contract (`CreateReleaseFlow`) | 21, only after 4 | `RELIEVED` |
//!
//! **Callbacks** tell what happened: signed with a token, encrypted with a key, sent up to six times until somebody answers 200 within five
//! seconds, in no certain order. A [`callback::Receiver`] believes the right ones, a [`tracker::FlowTracker`] makes sense of them. What got
//! lost, `DescribeFlowInfo` still knows.
//!
//! **What costs**: launching takes one contract off the quota. Calls are limited by the second for each action; beyond that the answer is
//! `RequestLimitExceeded`, which this client waits out.
//!
//! # Where it can call
//!
//! The vendor's production if nothing is said; its test environment ([`ClientBuilder::test_environment`]); any server, such as a local
//! ess-mock ([`ClientBuilder::server`]). [`ClientBuilder::only_hosts`] makes sure that nothing goes elsewhere.
//!
//! # What it tells
//!
//! Each call is a [`tracing`] span `call` with service, action, attempts, RequestId and code, each attempt a span within; downloads and
//! raw requests have their own. No span, no event and no `Debug` of credentials, clients, receivers and downloads shows a key, a token, a
//! signature or a link.

#![deny(missing_docs)]

mod build_error;
mod builder;
pub mod callback;
mod client;
mod clock;
mod credentials;
pub mod download;
mod endpoint;
mod envelope;
mod error;
mod hosts;
pub mod http;
pub mod lost;
pub mod paging;
pub mod raw;
mod request;
mod retry;
pub mod signature;
mod spans;
pub mod tracker;
mod transport;
pub mod waiting;

pub use build_error::BuildError;
pub use builder::{ClientBuilder, Language};
pub use client::Client;
pub use clock::{Clock, SystemClock};
pub use credentials::Credentials;
pub use envelope::Reply;
pub use error::{Error, ErrorKind, Fault, Outcome};
pub use ess_schemas as schemas;
pub use ess_schemas::{Action, Service};
pub use retry::RetryPolicy;
