//! A stateful stand-in for Tencent E-Sign (腾讯电子签) that unmodified official SDKs talk to.
//!
//! ```
//! # tokio::runtime::Runtime::new().unwrap().block_on(async {
//! use ess_mock_server::MockServer;
//!
//! let server = MockServer::builder().frozen().start().await.unwrap();
//! println!("point your SDK at {}", server.url());
//! server.stop().await;
//! # });
//! ```
//!
//! ARCHITECTURE.md at the repository's root has the map.

pub mod actions;
pub mod authority;
pub mod callbacks;
pub mod config;
pub mod control;
pub mod coverage;
pub mod documents;
pub mod domain;
pub mod edge;
pub mod engine;
pub mod faults;
pub mod gateway;
pub mod identity;
pub mod journal;
pub mod limits;
mod listener;
pub mod pages;
pub mod rendering;
pub mod scenario;
mod server;
pub mod span;

pub use server::{Builder, MockServer, StartError};
