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
//! - A request's type decides everything about its call: the service, the host, the answer's type, and whether it may be repeated.
//! - An [`Error`] says whose fault it is, whether the service did anything, and what to quote to the vendor.
//! - The vendor offers no idempotency. So a call that changes something is repeated only if it was surely not carried out.
//! - [`signature`] and [`callback`] are pure functions of bytes, and stand on their own.

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

pub use builder::{ClientBuilder, Language};
pub use client::Client;
pub use clock::{Clock, SystemClock};
pub use credentials::Credentials;
pub use envelope::Reply;
pub use error::{BuildError, Error, ErrorKind, Fault, Outcome};
pub use ess_schemas as schemas;
pub use ess_schemas::{Action, Service};
pub use retry::RetryPolicy;
