//! A stateful stand-in for Tencent E-Sign that unmodified official SDKs talk to.

pub mod actions;
pub mod callbacks;
pub mod documents;
pub mod domain;
pub mod engine;
pub mod gateway;
