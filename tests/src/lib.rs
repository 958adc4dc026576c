//! What tests and benchmarks share: requests as they stand on the wire, signed.
//!
//! The steps of the signature are ess-client's. That they are the vendor's is shown elsewhere: by its vectors, and by the
//! official SDKs, which tests/python and tests/node use unchanged.

mod answer;
mod key;
mod request;

pub use answer::{body_of, whole_length};
pub use key::{Key, Signing};
pub use request::{Request, json_call};
