//! The URL a QR code names for its failures, beside the company's registered addresses.
//!
//! `seed scenario-guide` has it told why a launch failed; the vendor has retired the field since, so that it is called with
//! the setting `qr_callback_url` alone. It is no registered address: it stands in no list, cannot be taken away, and is
//! called for nothing else.

use std::collections::BTreeSet;
use std::sync::Arc;

use ess_client::callback::Generation;

use super::address::{Address, Standing};
use crate::domain::event::{About, Event, Scan};

/// What messages are encrypted and signed with.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct Secrets {
    /// The AES key, 32 bytes; plain messages without one.
    pub key: Option<String>,
    /// The token that signs bodies; no `Content-Signature` without one.
    pub token: Option<String>,
}

/// Where the event is told beside these `listeners`: a scan without quota, to the URL its code names.
///
/// The message is of today's generation, which alone has it, under key and token of the company's first address of that
/// generation, or else the world's: ASSUMED, as a company has one configuration of them. A URL that is registered hears of
/// it anyway.
pub(super) fn named_by(event: &Event, listeners: &[Arc<Address>], world: &Secrets) -> Option<Arc<Address>> {
    let About::Scan(Scan::WithoutQuota(_), code) = &event.about else { return None };
    let (url, company) = (code.callback_url.as_ref()?, &code.initiator.organization);
    let is_todays = |one: &&Arc<Address>| one.organization == *company && one.generation == Generation::Company;
    if listeners.iter().filter(is_todays).any(|one| one.url == *url) {
        return None;
    }
    let own = listeners.iter().find(is_todays);
    let Secrets { key, token } =
        own.map_or_else(|| world.clone(), |own| Secrets { key: own.key.clone(), token: own.token.clone() });
    Some(Arc::new(Address {
        id: code.id.to_string(),
        organization: company.clone(),
        application: None,
        url: url.clone(),
        key,
        token,
        generation: Generation::Company,
        filter: BTreeSet::new(),
        disorder: None,
        standing: Standing::Named,
    }))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::callbacks::delivery::{Attempt, DeliveryState, Outcome};
    use crate::callbacks::desk::Desk;
    use crate::callbacks::hearing::Hearing;
    use crate::domain::qr_code::{QrCode, Scanner};
    use crate::domain::samples::NOW;
    use crate::engine::ids::Ids;
    use crate::engine::samples::{address, qr_code};
    use crate::engine::settings::{Settings, Switch};
    use crate::engine::timers::Timers;

    const URL: &str = "http://127.0.0.1:9/failures";

    /// A scan without quota, told to this desk.
    fn tell(desk: &mut Desk, qr_callback_url: Switch) {
        let code = Arc::new(QrCode { callback_url: Some(URL.into()), ..(*qr_code()).clone() });
        let about = About::Scan(Scan::WithoutQuota(Scanner::default()), code.clone());
        let settings = Settings { qr_callback_url, ..Settings::default() };
        let hearing = Hearing::Companies(vec![code.initiator.organization.clone()]);
        desk.tell(Event { at: NOW, about }, &hearing, &settings, &mut Ids::new(1), &mut Timers::default());
    }

    fn receivers(desk: &Desk) -> Vec<Arc<Address>> {
        desk.deliveries().map(|(_, one)| one.address.clone()).collect()
    }

    fn of_the_world() -> Secrets {
        Secrets { key: Some("k".repeat(32)), token: Some("token".into()) }
    }

    #[test]
    fn the_codes_own_url_is_told_when_the_setting_says_so() {
        let mut desk = Desk::default();
        desk.secrets = of_the_world();
        tell(&mut desk, Switch::Off);
        assert!(receivers(&desk).is_empty());
        tell(&mut desk, Switch::On);
        let [told] = &receivers(&desk)[..] else { panic!("one delivery: {:?}", receivers(&desk)) };
        assert_eq!((told.id.as_str(), told.url.as_str()), ("code", URL));
        assert_eq!((&told.key, &told.token), (&of_the_world().key, &of_the_world().token));
        assert_eq!(desk.addresses().count(), 0, "it becomes no registered address");
    }

    #[test]
    fn it_is_told_under_the_companys_own_key_and_never_twice() {
        let mut desk = Desk::default();
        desk.secrets = of_the_world();
        let company = qr_code().initiator.organization.clone();
        let own = Address { organization: company, key: Some("o".repeat(32)), ..address() };
        desk.add_address(own.clone());
        tell(&mut desk, Switch::On);
        let told = receivers(&desk);
        assert_eq!(told.iter().map(|one| one.url.as_str()).collect::<Vec<_>>(), [own.url.as_str(), URL]);
        assert_eq!((&told[1].key, &told[1].token), (&own.key, &None));

        let mut desk = Desk::default();
        desk.add_address(Address { url: URL.into(), ..own });
        tell(&mut desk, Switch::On);
        assert_eq!(receivers(&desk).len(), 1, "a registered URL hears of it anyway");
    }

    #[test]
    fn it_is_tried_again_like_any_other() {
        let (mut desk, mut timers) = (Desk::default(), Timers::default());
        tell(&mut desk, Switch::On);
        let due = desk.take_due(&BTreeSet::new(), NOW, &mut timers);
        let (outcome, address) = (Outcome::Answered(500), due[0].delivery.address.clone());
        desk.record(due[0].number, Attempt::new(NOW, outcome, Duration::ZERO, address), &mut timers);
        let again = NOW.plus(Duration::from_millis(500));
        assert_eq!(desk.deliveries().map(|(_, one)| one.state).collect::<Vec<_>>(), [DeliveryState::Waiting(again)]);
        assert_eq!(timers.next_at(), Some(again));
    }
}
