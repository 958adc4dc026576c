//! Which deliveries are meant: the same words in a query and in a body.

use std::fmt;
use std::sync::Arc;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::super::errors::Failure;
use crate::callbacks::delivery::{Delivery, DeliveryState};
use crate::callbacks::desk::Desk;
use crate::callbacks::message::Operate;
use crate::domain::ids::FlowId;
use crate::domain::time::Timestamp;
use crate::engine::world_file::Moment;

/// Everything that is named must fit.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct Filter {
    flow: Option<String>,
    address: Option<String>,
    state: Option<State>,
    #[serde(rename = "type")]
    kind: Option<String>,
    operate: Option<Operate>,
    /// Whose event it is.
    organization: Option<String>,
    /// The `MsgId`.
    message: Option<String>,
    /// Made at this moment or later.
    since: Option<When>,
    /// Made before this moment.
    until: Option<When>,
    /// The id of a delivery: only later ones.
    after: Option<String>,
    limit: Option<usize>,
    /// Whether the bytes of every attempt are shown.
    #[serde(default)]
    requests: bool,
}

/// Where a delivery stands, in the words of the control API.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum State {
    Held,
    Waiting,
    Sending,
    Delivered,
    GivenUp,
    Lost,
    Dropped,
}

impl From<DeliveryState> for State {
    fn from(state: DeliveryState) -> Self {
        match state {
            DeliveryState::Held(_) => Self::Held,
            DeliveryState::Waiting(_) => Self::Waiting,
            DeliveryState::Sending => Self::Sending,
            DeliveryState::Delivered => Self::Delivered,
            DeliveryState::GivenUp => Self::GivenUp,
            DeliveryState::Lost => Self::Lost,
            DeliveryState::Dropped => Self::Dropped,
        }
    }
}

impl Filter {
    /// Those that fit, oldest first: the newest `limit`, or the first `limit` after the cursor.
    pub(super) fn find(&self, desk: &Desk) -> Result<Vec<(u64, Arc<Delivery>)>, Failure> {
        let limit = self.limit.unwrap_or(usize::MAX);
        let own = |(number, one): (u64, &Arc<Delivery>)| (number, one.clone());
        if let Some(cursor) = &self.after {
            let (number, _) = desk.delivery(cursor).ok_or_else(|| {
                Failure::bad_request(format!(
                    "after: the log has no delivery {cursor}, or no longer. Start again without it."
                ))
            })?;
            return Ok(desk.deliveries_after(number).filter(|(_, one)| self.fits(one)).take(limit).map(own).collect());
        }
        let newest = desk.deliveries().rev().filter(|(_, one)| self.fits(one)).take(limit);
        let mut found: Vec<_> = newest.map(own).collect();
        found.reverse();
        Ok(found)
    }

    /// Whether the bytes of every attempt are to be shown.
    pub(super) fn shows_requests(&self) -> bool {
        self.requests
    }

    fn fits(&self, delivery: &Delivery) -> bool {
        let message = &delivery.message;
        let is = |wanted: &Option<String>, value: &str| wanted.as_deref().is_none_or(|wanted| wanted == value);
        is(&self.flow, message.kind.flow_id().map_or("", FlowId::as_str))
            && is(&self.address, &delivery.address.id)
            && is(&self.kind, message.kind.name())
            && is(&self.organization, message.organization.as_str())
            && is(&self.message, message.id.as_str())
            && self.operate.is_none_or(|wanted| message.kind.operate() == Some(wanted))
            && self.state.is_none_or(|wanted| wanted == delivery.state.into())
            && self.since.is_none_or(|since| delivery.created_at >= since.0)
            && self.until.is_none_or(|until| delivery.created_at < until.0)
    }
}

/// A moment as answers show it (seconds since 1970, perhaps with a fraction), or as people write it.
#[derive(Clone, Copy)]
struct When(Timestamp);

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Written)
    }
}

struct Written;

impl Visitor<'_> for Written {
    type Value = When;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("seconds since 1970, or a moment such as 2027-01-01T00:00:00+08:00")
    }

    fn visit_f64<E: Error>(self, seconds: f64) -> Result<When, E> {
        if !seconds.is_finite() {
            return Err(E::invalid_value(serde::de::Unexpected::Float(seconds), &self));
        }
        #[allow(clippy::cast_possible_truncation, reason = "`as` saturates: no delivery is so old or so young")]
        Ok(When(Timestamp::from_millis((seconds * 1000.0).round() as i64)))
    }

    fn visit_i64<E: Error>(self, seconds: i64) -> Result<When, E> {
        Ok(When(Timestamp::from_seconds(seconds)))
    }

    fn visit_u64<E: Error>(self, seconds: u64) -> Result<When, E> {
        self.visit_i64(i64::try_from(seconds).unwrap_or(i64::MAX))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<When, E> {
        match text.parse::<f64>() {
            Ok(seconds) => self.visit_f64(seconds),
            Err(_) => Moment::try_from(text.to_owned()).map(|moment| When(moment.0)).map_err(E::custom),
        }
    }
}
