//! Callback messages: what the vendor POSTs to an application.
//!
//! Three generations differ in envelope and names. The types of company applications stand here; those of platforms' applications in
//! [`partner`]; the older company messages, where they differ, in [`legacy`]. Fields are written in the order of the schema's
//! properties, which is the order seen on the wire where one was seen. Many payloads are published nowhere: [`MessageContract::basis`]
//! says which are our own guess.

// Hundreds of fields whose wire name is all there is to say.
#![allow(missing_docs)]

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

pub use legacy::FlowInfo;

/// What carries a message's data, in all generations but for the legacy contract message, which comes bare.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Envelope<Data> {
    /// Different for every message; the same for every attempt to deliver it.
    #[serde(rename = "MsgId")]
    pub msg_id: String,
    /// Which message this is.
    #[serde(rename = "MsgType")]
    pub msg_type: String,
    /// `CustomApp` or `ThirdPartyApp`; legacy messages have none.
    #[serde(rename = "MsgVersion", default, skip_serializing_if = "Option::is_none")]
    pub msg_version: Option<String>,
    /// The message itself.
    #[serde(rename = "MsgData")]
    pub msg_data: Data,
}

/// Who a message is for, and with which envelope it comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Generation {
    /// A company's own application, since May 2023.
    Company,
    /// A platform's application.
    Partner,
    /// A company's own application from before.
    Legacy,
}

impl Generation {
    /// All generations.
    pub const ALL: [Generation; 3] = [Generation::Company, Generation::Partner, Generation::Legacy];

    /// What `MsgVersion` says, where there is one.
    pub const fn msg_version(self) -> Option<&'static str> {
        match self {
            Generation::Company => Some("CustomApp"),
            Generation::Partner => Some("ThirdPartyApp"),
            Generation::Legacy => None,
        }
    }
}

/// The data of one kind of message.
pub trait Message: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// What `MsgType` says.
    const MSG_TYPE: &'static str;
    /// Which envelope it comes in.
    const GENERATION: Generation;

    /// Puts this data into its envelope.
    fn in_envelope(self, msg_id: String) -> Envelope<Self>
    where
        Self: Sized,
    {
        let msg_version = Self::GENERATION.msg_version().map(str::to_owned);
        Envelope { msg_id, msg_type: Self::MSG_TYPE.to_owned(), msg_version, msg_data: self }
    }
}

/// How well a message's fields are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// A published page names them.
    Documented,
    /// Recorded messages show them.
    Sampled,
    /// No source shows them: names modelled on the API.
    Assumed,
}

/// What is known about a kind of message.
#[derive(Debug)]
pub struct MessageContract {
    /// What `MsgType` says.
    pub msg_type: &'static str,
    /// Who it is for.
    pub generation: Generation,
    /// How well its fields are known.
    pub basis: Basis,
    /// Where they are known from.
    pub source: &'static str,
    /// The JSON Schema of the data, as text.
    pub schema: &'static str,
}

/// All messages of a generation, sorted by type.
pub fn messages(generation: Generation) -> &'static [MessageContract] {
    match generation {
        Generation::Company => company::MESSAGES,
        Generation::Partner => partner::MESSAGES,
        Generation::Legacy => legacy::MESSAGES,
    }
}

/// The message of this type.
pub fn message(generation: Generation, msg_type: &str) -> Option<&'static MessageContract> {
    let all = messages(generation);
    all.binary_search_by_key(&msg_type, |message| message.msg_type).ok().map(|index| &all[index])
}

mod company {
    include!(concat!(env!("OUT_DIR"), "/callbacks_company.rs"));
}

pub use company::*;

/// Messages to a platform's application.
pub mod partner {
    include!(concat!(env!("OUT_DIR"), "/callbacks_partner.rs"));
}

/// Messages to a company's application from before May 2023, where they differ from the later ones.
pub mod legacy {
    include!(concat!(env!("OUT_DIR"), "/callbacks_legacy.rs"));
}
