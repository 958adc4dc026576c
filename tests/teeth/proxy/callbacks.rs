//! Callbacks: every address the suite registers is replaced by one here, and what comes to it is passed on.

use std::sync::Mutex;

use http::{HeaderMap, StatusCode};
use serde_json::Value;

use super::Shared;
use super::letter::{Address, Letter};
use super::parcel::{Page, Parcel};
use crate::defect::Trick;

/// Where callbacks come in; the number of the address stands behind it.
pub(super) const RELAY: &str = "/_saboteur/relay/";

/// The addresses the suite registered.
#[derive(Default)]
pub(super) struct Addresses(Mutex<Vec<Address>>);

impl Addresses {
    /// The address to be registered in place of one.
    pub(super) fn divert(&self, own: &str, registered: &Value) -> String {
        let text = |name: &str| registered[name].as_str().unwrap_or_default().to_owned();
        let mut addresses = self.0.lock().unwrap();
        addresses.push(Address { url: text("url"), key: text("key"), token: text("token") });
        format!("{own}{RELAY}{}", addresses.len() - 1)
    }

    fn of(&self, number: usize) -> Option<Address> {
        self.0.lock().unwrap().get(number).cloned()
    }

    /// The newest that is not this one.
    fn other_than(&self, address: &Address) -> Option<Address> {
        self.0.lock().unwrap().iter().rev().find(|other| *other != address).cloned()
    }
}

pub(super) async fn pass(shared: &Shared, parcel: Parcel) -> reqwest::Result<Page> {
    let (number, query) = parcel.path[RELAY.len()..].split_once('?').unwrap_or((&parcel.path[RELAY.len()..], ""));
    let mut address = shared.addresses.of(number.parse().unwrap()).unwrap();
    // Cases tell addresses of their own apart by what stands behind the suite's.
    if !query.is_empty() {
        address.url = format!("{}?{query}", address.url);
    }
    // The platform asks whether anybody is there before it sends anything.
    let Some(letter) = Letter::read(&parcel, &address) else { return shared.deliver(&address, parcel).await };
    match shared.trick() {
        Some(Trick::Posted(sort)) => {
            let letters = sort(&letter);
            if letters == [letter.clone()] {
                return shared.deliver(&address, parcel).await;
            }
            shared.fire();
            let mut answer = nothing(StatusCode::OK);
            for other in letters {
                answer = shared.deliver_changed(&address, &parcel, &letter, other).await?;
            }
            Ok(answer)
        }
        Some(Trick::Acknowledged(takes)) => {
            let answer = shared.deliver(&address, parcel).await?;
            let taken = takes(&letter, answer.status.as_u16());
            Ok(shared.told(&answer, nothing(StatusCode::from_u16(taken).unwrap())))
        }
        Some(_) | None => shared.deliver(&address, parcel).await,
    }
}

fn nothing(status: StatusCode) -> Page {
    Page { status, headers: HeaderMap::new(), body: axum::body::Bytes::new() }
}

impl Shared {
    async fn deliver(&self, address: &Address, parcel: Parcel) -> reqwest::Result<Page> {
        let mut headers = parcel.headers;
        headers.remove("host");
        let request = self.http.request(parcel.method, &address.url).headers(headers).body(parcel.body);
        let answer = request.send().await?;
        let status = answer.status();
        Ok(Page { status, headers: HeaderMap::new(), body: answer.bytes().await? })
    }

    async fn deliver_changed(
        &self,
        address: &Address,
        parcel: &Parcel,
        letter: &Letter,
        other: Letter,
    ) -> reqwest::Result<Page> {
        if other == *letter {
            return self.deliver(address, parcel.clone()).await;
        }
        let to = if other.astray { self.addresses.other_than(address) } else { Some(address.clone()) };
        let Some(to) = to else { return Ok(nothing(StatusCode::OK)) };
        let (headers, body) = other.pack(&parcel.headers, &to);
        self.deliver(&to, Parcel { headers, body: body.into(), ..parcel.clone() }).await
    }
}
