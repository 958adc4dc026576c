//! The messages of a scenario: caused by what happened to its contracts, written out by hand, or recorded.

use std::sync::Arc;

use ess_client::callback::Generation;
use serde_json::{Map, Value};
use serde_saphyr::Spanned;

use super::check::Scenario;
use super::format::{Datum, MessageData};
use super::mistake::{Wrong, nearest};
use super::stage::{Stage, Told};
use crate::callbacks::address::Address;
use crate::callbacks::behalf::Behalf;
use crate::callbacks::fields::Fields;
use crate::callbacks::handmade::{self, HandMade, Wish};
use crate::callbacks::message::{Message as Sent, MessageKind};
use crate::callbacks::payload;
use crate::domain::ids::FlowId;
use crate::domain::time::Timestamp;
use crate::engine::ids::Kind;
use crate::engine::settings::Settings;

/// One thing the platform says.
#[derive(Clone, Debug)]
pub struct Message {
    /// What the file calls it, or `#3`.
    pub name: String,
    /// When it happened.
    pub at: Timestamp,
    /// Which generation says it, where not the file's.
    pub generation: Option<Generation>,
    /// What it says.
    pub content: Content,
    /// Which contract it is about.
    pub flow: Option<FlowId>,
}

/// What a message says.
#[derive(Clone, Debug)]
pub enum Content {
    /// What the mock would send, with these fields of `MsgData` written over.
    Made(Arc<Sent>, Vec<(String, Value)>),
    /// As recorded: `MsgType`, where there is one, and the text.
    Verbatim(Option<String>, String),
}

impl Message {
    /// `MsgType`; `FlowInfo` where a message has none.
    #[must_use]
    pub fn kind(&self) -> &str {
        match &self.content {
            Content::Made(message, _) => message.kind.name(),
            Content::Verbatim(kind, _) => kind.as_deref().unwrap_or("FlowInfo"),
        }
    }

    /// Whether this generation tells of it.
    #[must_use]
    pub fn is_known_to(&self, generation: Generation) -> bool {
        match &self.content {
            Content::Made(message, _) => {
                // What was written out has the fields of one generation.
                if let MessageKind::ByHand(made) = &message.kind {
                    made.generation == generation
                } else {
                    message.kind.is_known_to(generation)
                }
            }
            // What was recorded is sent as it was, whatever it is wrapped in.
            Content::Verbatim(..) => true,
        }
    }

    /// The message as this generation says it to that address. The same every time.
    #[must_use]
    pub fn plaintext(&self, url: &str, generation: Generation) -> Vec<u8> {
        match &self.content {
            Content::Made(message, over) => {
                let address = Address { url: url.to_owned(), ..Address::nowhere(generation) };
                written_over(payload::plaintext(message, &address, &Settings::default()), over)
            }
            Content::Verbatim(_, text) => text.clone().into_bytes(),
        }
    }
}

impl Scenario {
    /// The message a hostile body may replay: an earlier one about the same contract, or else the one before.
    #[must_use]
    pub fn older_than(&self, message: usize) -> Option<usize> {
        let own = self.messages.get(message)?.flow.as_ref();
        let of_the_same = |number: &usize| own.is_some() && self.messages[*number].flow.as_ref() == own;
        (0..message).rev().find(of_the_same).or_else(|| message.checked_sub(1))
    }
}

/// A message by its type and what it is about.
pub(super) fn typed(
    stage: &mut Stage<'_>,
    generation: Generation,
    kind: &Spanned<String>,
    data: &MessageData,
) -> Result<Message, Wrong> {
    if handmade::contract(generation, &kind.value).is_none() {
        return Err(Wrong::at(kind, unknown_type(generation, &kind.value)));
    }
    let happens = data.operate.is_some() || data.group.is_some();
    let told = if happens || (is_caused(&kind.value) && data.contract.is_some() && data.fields.is_empty()) {
        // The old contract message has no name on the wire; it says what this one says.
        let wire = if kind.value == "FlowInfo" { "FlowStatusChange" } else { &kind.value };
        check_names(generation, kind, data)?;
        stage.told(&Spanned::new(wire.to_owned(), kind.referenced, kind.defined), data)?
    } else {
        by_hand(stage, generation, kind, data)?
    };
    let over = if happens { fields(stage, data)? } else { Vec::new() };
    let Told { at, organization, kind: told } = told;
    let flow = told.flow_id().cloned();
    let (id, behalf) = (stage.world.ids.next(Kind::Message).into(), Behalf::default());
    let message = Sent { id, organization, behalf, at, kind: told };
    Ok(Message { name: String::new(), at, generation: None, content: Content::Made(Arc::new(message), over), flow })
}

/// A message whose fields are written out; what is not written is filled in.
fn by_hand(
    stage: &mut Stage<'_>,
    generation: Generation,
    kind: &Spanned<String>,
    data: &MessageData,
) -> Result<Told, Wrong> {
    let mut given = Fields::default();
    for (name, value) in fields(stage, data)? {
        given.set(&name, value);
    }
    let (known, signer) = stage.known(data)?;
    let schema = handmade::contract(generation, &kind.value).map_or("", |contract| contract.schema);
    if let Some(signer) = signer.filter(|_| schema.contains("\"RecipientId\"") && !given.has("RecipientId")) {
        given.set("RecipientId", signer.as_str());
    }
    let wish = Wish { msg_type: &kind.value, generation, data: &given, unchecked: false };
    let made = HandMade::make(&wish, &known).map_err(|what| {
        let what = what.replace("Say \"unchecked\": true", "Write the whole message as `plaintext`");
        let named =
            |one: &&Datum| what.contains(&format!("`{}`", one.name)) || what.contains(&format!("data.{}", one.name));
        let blamed = data.fields.iter().find(named);
        blamed.map_or_else(|| Wrong::at(kind, &what), |one| Wrong::at(&one.value, &what))
    })?;
    let organization = stage.initiator.organization.clone();
    Ok(Told { at: stage.world.now, organization, kind: MessageKind::ByHand(Arc::new(made)) })
}

/// A recorded message.
pub(super) fn verbatim(text: &Spanned<String>, generation: Generation, at: Timestamp) -> Result<Message, Wrong> {
    let read = ess_client::callback::Message::parse(text.value.as_str());
    let expected = "expected the JSON object that was sent";
    let read = read.map_err(|error| Wrong::at(text, format!("`plaintext` is no message: {error}; {expected}")))?;
    let id = read.data().get("FlowId").and_then(Value::as_str);
    if read.kind().is_none() && id.is_none() && generation != Generation::Legacy {
        return Err(Wrong::at(text, "`plaintext` has neither a MsgType nor, as the legacy contract message, a FlowId"));
    }
    let flow = id.map(FlowId::from);
    let content = Content::Verbatim(read.kind().map(str::to_owned), text.value.clone());
    Ok(Message { name: String::new(), at, generation: None, content, flow })
}

/// Types that follow from what happens to a contract or a group; the others are written out.
fn is_caused(kind: &str) -> bool {
    matches!(
        kind,
        "FlowStatusChange"
            | "FlowInfo"
            | "BillingUse"
            | "FlowCost"
            | "DocumentFill"
            | "ApproverDeadlineExpired"
            | "FlowGroupStatusChange"
    )
}

fn unknown_type(generation: Generation, kind: &str) -> String {
    let known = nearest(kind, handmade::types(generation));
    format!("the {} generation has no MsgType `{kind}`; {known}", handmade::name_of(generation))
}

/// Fields that are written over must be fields of the message.
fn check_names(generation: Generation, kind: &Spanned<String>, data: &MessageData) -> Result<(), Wrong> {
    let schema = handmade::contract(generation, &kind.value).map_or("{}", |contract| contract.schema);
    let part = |text: &str, name: &str| {
        Fields::parse(text.as_bytes()).ok().and_then(|fields| fields.get(name).map(str::to_owned)).unwrap_or_default()
    };
    let properties = Fields::parse(part(schema, "properties").as_bytes()).unwrap_or_default();
    match data.fields.iter().find(|one| !properties.has(&one.name)) {
        None => Ok(()),
        Some(odd) => {
            let near = nearest(&odd.name, properties.names());
            Err(Wrong::at(&odd.value, format!("`{}` has no field `{}`; {near}", kind.value, odd.name)))
        }
    }
}

/// The fields as they are written, `$names` resolved.
fn fields(stage: &mut Stage<'_>, data: &MessageData) -> Result<Vec<(String, Value)>, Wrong> {
    data.fields.iter().map(|one| Ok((one.name.clone(), resolved(stage, &one.value, &one.value.value)?))).collect()
}

fn resolved(stage: &mut Stage<'_>, place: &Spanned<Value>, value: &Value) -> Result<Value, Wrong> {
    Ok(match value {
        Value::String(text) => match text.strip_prefix('$') {
            Some(name) => {
                Value::String(stage.id_of(&Spanned::new(name.to_owned(), place.referenced, place.defined))?)
            }
            None => value.clone(),
        },
        Value::Array(items) => {
            Value::Array(items.iter().map(|item| resolved(stage, place, item)).collect::<Result<_, Wrong>>()?)
        }
        Value::Object(fields) => {
            let each = fields.iter().map(|(name, value)| Ok((name.clone(), resolved(stage, place, value)?)));
            Value::Object(each.collect::<Result<Map<String, Value>, Wrong>>()?)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    })
}

/// The message with these fields of its data written over.
fn written_over(plaintext: Vec<u8>, over: &[(String, Value)]) -> Vec<u8> {
    let read = |text: &[u8]| Fields::parse(text).ok().filter(|_| !over.is_empty());
    let Some(mut envelope) = read(&plaintext) else { return plaintext };
    let Some(mut data) = envelope.get("MsgData").and_then(|text| read(text.as_bytes())) else {
        // The old contract message is its own data.
        for (name, value) in over {
            envelope.set(name, value);
        }
        return envelope.to_text().into_bytes();
    };
    for (name, value) in over {
        data.set(name, value);
    }
    envelope.set("MsgData", &data);
    envelope.to_text().into_bytes()
}
