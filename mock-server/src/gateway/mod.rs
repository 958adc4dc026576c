//! What the vendor's gateway does before any business rule: read the request, find the action, check who signed it,
//! count the calls, check the shape, and wrap the answer.
//!
//! Each step is a pure function of what it is given, stands in a file of its own and happens once for all actions. The
//! gateway knows no world and reads no clock: the edge hands it the bytes, the key that a SecretId stands for and the
//! machine's time, and gets back either the next step's input or a [`Fault`](fault::Fault).
//!
//! The order of the checks is behaviour (ASSUMED, no source fixes it): transport, common
//! parameters, version and action, credential, timestamp, signature, rate, parameters.
//!
//! | step | function |
//! |---|---|
//! | bytes | [`body::read`] |
//! | common parameters | [`read::read`] |
//! | action | [`product::contract`] |
//! | credential | [`credential::read`] |
//! | signature | [`signature::verify`] |
//! | rate | [`rate::RateWindows::admit`] |
//! | parameters | [`shape::read`] |
//! | answer | [`envelope::success`], [`envelope::failure`], [`envelope::response`] |

pub mod body;
pub mod credential;
pub mod envelope;
pub mod fault;
mod flat;
mod headers;
pub mod incoming;
mod json;
pub mod language;
pub mod multipart;
pub mod pairs;
mod path;
pub mod product;
pub mod rate;
pub mod read;
pub mod refusal;
pub mod shape;
pub mod signature;
pub mod synthesized;

#[cfg(test)]
mod tests;

pub(crate) use path::Path;
