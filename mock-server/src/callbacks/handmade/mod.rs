//! Messages by hand: every MsgType of every generation, whether or not something in a world causes it.
//!
//! A message's data comes from three sources, the later over the earlier: what its schema asks for ([`defaults`]), what is
//! [`known`] of a contract, company, template or seal, and what the caller wants to stand there. Pure: a scenario without a
//! server makes its messages here, too.

mod check;
mod defaults;
pub mod known;
pub mod real;

use ess_client::callback::Generation;
use ess_schemas::callbacks::{self, MessageContract};

use super::fields::Fields;
use crate::domain::ids::FlowId;
use known::Known;

/// The contract message of the legacy generation: it comes bare, and its schema is called so.
const FLOW_INFO: &str = "FlowInfo";
const STATUS_CHANGE: &str = "FlowStatusChange";
/// What the legacy documents list beside the contract message (`seed scenario-guide`).
const LEGACY: [&str; 6] =
    ["OperateSeal", "TemplateAdd", "TemplateUpdate", "VerifyStaffInfo", "RolesChange", "FlowCost"];

/// A message that was put together by hand.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct HandMade {
    /// `MsgType`.
    pub msg_type: String,
    /// Whose envelope it has.
    pub generation: Generation,
    /// `MsgData` as JSON, in the order it is sent.
    pub data: String,
    /// The contract it says it is about; there need not be one.
    pub flow: Option<FlowId>,
}

/// What somebody wants to send.
#[derive(Debug)]
pub struct Wish<'a> {
    /// `MsgType`.
    pub msg_type: &'a str,
    /// Whose envelope and fields.
    pub generation: Generation,
    /// What must stand in the data.
    pub data: &'a Fields,
    /// Whether types, fields and values of no schema are wanted.
    pub unchecked: bool,
}

impl HandMade {
    /// Puts a message together.
    ///
    /// # Errors
    /// Says in words which type, field or value is none of the contract's, and what there is.
    pub fn make(wish: &Wish<'_>, known: &Known) -> Result<Self, String> {
        let data = match contract(wish.generation, wish.msg_type) {
            Some(contract) => {
                let schema = Fields::parse(contract.schema.as_bytes()).map_err(|error| error.to_string())?;
                let data = defaults::fill(&schema, known, wish.data);
                if !wish.unchecked {
                    check::check(contract, &data)?;
                }
                data
            }
            None if wish.unchecked => wish.data.to_text(),
            None => return Err(unknown_type(wish)),
        };
        let flow = Fields::parse(data.as_bytes()).ok().and_then(|data| defaults::text_of(&data, "FlowId"));
        let flow = flow.filter(|id| !id.is_empty()).map(|id| FlowId::from(id.as_str()));
        Ok(Self { msg_type: wish.msg_type.to_owned(), generation: wish.generation, data, flow })
    }

    /// The whole message, as an address with this URL is told it.
    #[must_use]
    pub fn plaintext(&self, id: &str, url: &str) -> Vec<u8> {
        let mut data = self.data.clone();
        // Each copy names its target (`callback samples`); one that was given by hand stays.
        if let Ok(mut fields) = Fields::parse(data.as_bytes())
            && fields.get("CallbackUrl") == Some(r#""""#)
        {
            fields.set("CallbackUrl", url);
            data = fields.to_text();
        }
        if self.is_bare() {
            return data.into_bytes();
        }
        let mut message = Fields::default();
        message.set("MsgId", id);
        message.set("MsgType", &self.msg_type);
        if let Some(version) = self.generation.message_version() {
            message.set("MsgVersion", version);
        }
        message.set_json("MsgData", data);
        message.to_text().into_bytes()
    }

    /// Whether it comes without an envelope, as the legacy contract message does.
    fn is_bare(&self) -> bool {
        self.generation == Generation::Legacy && is_legacy_contract(&self.msg_type)
    }
}

/// What the schemas say about a message.
#[must_use]
pub fn contract(generation: Generation, msg_type: &str) -> Option<&'static MessageContract> {
    match generation {
        Generation::Company => callbacks::message(callbacks::Generation::Company, msg_type),
        Generation::Partner => callbacks::message(callbacks::Generation::Partner, msg_type),
        Generation::Legacy if is_legacy_contract(msg_type) => {
            callbacks::message(callbacks::Generation::Legacy, FLOW_INFO)
        }
        Generation::Legacy if LEGACY.contains(&msg_type) => callbacks::message(callbacks::Generation::Legacy, msg_type)
            .or_else(|| callbacks::message(callbacks::Generation::Company, msg_type)),
        Generation::Legacy => None,
    }
}

/// Every type of a generation, sorted.
#[must_use]
pub fn types(generation: Generation) -> Vec<&'static str> {
    let of = |published| callbacks::messages(published).iter().map(|message| message.msg_type).collect();
    match generation {
        Generation::Company => of(callbacks::Generation::Company),
        Generation::Partner => of(callbacks::Generation::Partner),
        Generation::Legacy => {
            let mut all = LEGACY.to_vec();
            all.push(STATUS_CHANGE);
            all.sort_unstable();
            all
        }
    }
}

fn is_legacy_contract(msg_type: &str) -> bool {
    msg_type == STATUS_CHANGE || msg_type == FLOW_INFO
}

fn unknown_type(wish: &Wish<'_>) -> String {
    let known = types(wish.generation);
    let near = nearest(wish.msg_type, known.iter().copied()).join(", ");
    let others: Vec<&str> = [Generation::Company, Generation::Partner, Generation::Legacy]
        .into_iter()
        .filter(|other| contract(*other, wish.msg_type).is_some())
        .map(name_of)
        .collect();
    let elsewhere = if others.is_empty() {
        String::new()
    } else {
        format!(" It is a message of the generation {}.", others.join(" and "))
    };
    let generation = name_of(wish.generation);
    format!(
        "MsgType: the generation {generation} has no `{}`; nearest are {near}.{elsewhere} Say \"unchecked\": true to send it all the same.",
        wish.msg_type
    )
}

/// A generation's name in files and in the control API.
#[must_use]
pub fn name_of(generation: Generation) -> &'static str {
    match generation {
        Generation::Company => "company",
        Generation::Partner => "partner",
        Generation::Legacy => "legacy",
    }
}

/// The three names most like this one.
pub(super) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut near: Vec<(f64, &str)> = known.map(|one| (strsim::jaro_winkler(name, one), one)).collect();
    near.sort_by(|one, other| other.0.total_cmp(&one.0));
    near.into_iter().take(3).map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests;
