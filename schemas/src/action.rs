//! The one trait that ties an action's request, response and contract together.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::contract::{ActionContract, Service};

/// A request of either service. Implemented by every generated `...Request` type, and by nothing else.
///
/// `decode` and `encode` look redundant beside the serde bounds. They are there because their bodies are not generic: the serde code of
/// 256 actions is compiled once, in this crate, and not again wherever a client or a server is instantiated.
pub trait Action: Sized + Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The service that has this action.
    const SERVICE: Service;
    /// The API version, as `X-TC-Version` carries it.
    const VERSION: &'static str;
    /// The action's name, as `X-TC-Action` carries it.
    const NAME: &'static str;
    /// What the action answers, without the RequestId, which belongs to the envelope.
    type Response: Serialize + DeserializeOwned + Default + Send + 'static;

    /// Reads a request body. Unknown parameters are refused; `null` counts as absent.
    fn decode(bytes: &[u8]) -> Result<Self, serde_json::Error>;

    /// Appends the response as JSON.
    fn encode(response: &Self::Response, out: &mut Vec<u8>) -> Result<(), serde_json::Error>;

    /// The row of this action in [`actions`](crate::actions).
    fn contract() -> &'static ActionContract;
}
