//! Ids in the vendor's shape, as a function of (seed, kind, how many of that kind came before).
//!
//! Each kind counts for itself, so a read, a refused call or another world never shifts a contract's id. Shape (from 333
//! ids of official examples): `yD`, 3 characters of a time bucket, `UU`, `ckp`, 6 of `[0-9a-z]`, `U`, 15 alphanumerics.

use std::collections::BTreeMap;

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

const ALPHANUMERIC: &[u8; 62] = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const LOWER: &[u8] = ALPHANUMERIC.split_at(36).0;
const HEX: &[u8] = ALPHANUMERIC.split_at(16).0;

/// What an id is for; each kind draws from a stream of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Contracts.
    Flow,
    /// Electronic documents.
    Document,
    /// Signing slots.
    Recipient,
    /// Signers' tasks.
    Sign,
    /// Uploaded files.
    File,
    /// Links.
    Link,
    /// Callback messages.
    Message,
    /// Deliveries in the callback log.
    Delivery,
    /// Callback addresses.
    Address,
    /// Keys of new worlds.
    Key,
    /// Templates, their slots and files.
    Slot,
    /// Groups of contracts.
    FlowGroup,
    /// Tasks, reports and whatever else is looked up later.
    Task,
    /// Conversions of files.
    Conversion,
    /// Contracts archived here, signed elsewhere.
    ArchivedFlow,
    /// Accounts people get in other companies of their group.
    Account,
    /// Reports on how contracts were signed.
    EvidenceReport,
    /// QR codes that strangers sign by.
    QrCode,
    /// Attempts of companies to prove who they are, and what comes of them.
    Authorization,
    /// Roles companies make for themselves.
    Role,
    /// Seals.
    Seal,
    /// Departments.
    Department,
}

impl Kind {
    /// Every kind.
    const ALL: [Self; KINDS] = [
        Self::Flow,
        Self::Document,
        Self::Recipient,
        Self::Sign,
        Self::File,
        Self::Link,
        Self::Message,
        Self::Delivery,
        Self::Address,
        Self::Key,
        Self::Slot,
        Self::FlowGroup,
        Self::Task,
        Self::Conversion,
        Self::ArchivedFlow,
        Self::Account,
        Self::EvidenceReport,
        Self::QrCode,
        Self::Authorization,
        Self::Role,
        Self::Seal,
        Self::Department,
    ];
}

const KINDS: usize = 22;
/// How many 32-bit words of the stream one id may use: enough for the longest text drawn, with none left over to overlap.
const WORDS_PER_ID: u128 = 256;

/// As many for the chances of a message with the most copies: each draws a gap and a rank, of two words each.
const WORDS_PER_MESSAGE: u128 = 1024;

/// The counters of a world.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(from = "Written", into = "Written")]
pub struct Ids {
    seed: u64,
    /// The seed of the keys that seal files and downloads: what was sealed before a branch stays sealed in it.
    sealed_by: u64,
    /// The three characters all ids of this world share.
    bucket: String,
    counters: [u64; KINDS],
}

impl Ids {
    /// Fresh counters.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { seed, sealed_by: seed, bucket: bucket(seed), counters: [0; KINDS] }
    }

    /// Draws from another seed from now on.
    pub fn reseed(&mut self, seed: u64) {
        self.seed = seed;
        self.bucket = bucket(seed);
    }

    /// The next id of this kind: 32 characters.
    pub fn next(&mut self, kind: Kind) -> String {
        let mut draw = self.draw(kind);
        let bucket = &self.bucket;
        format!("yD{bucket}UUckp{}U{}", draw.text(LOWER, 6), draw.text(ALPHANUMERIC, 15))
    }

    /// What seals download keys.
    pub(super) fn download_key(&self) -> [u8; 32] {
        let mut key = [0; 32];
        Draw::new(self.sealed_by, STREAM_OF_DOWNLOADS, 0).0.fill_bytes(&mut key);
        key
    }

    /// What seals signed files.
    #[must_use]
    pub fn sealing_key(&self) -> [u8; 32] {
        let mut key = [0; 32];
        Draw::new(self.sealed_by, STREAM_OF_SEALS, 0).0.fill_bytes(&mut key);
        key
    }

    /// What the key of the world's authority follows from.
    #[must_use]
    pub fn authority_seed(&self) -> [u8; 32] {
        let mut seed = [0; 32];
        Draw::new(self.sealed_by, STREAM_OF_AUTHORITIES, 0).0.fill_bytes(&mut seed);
        seed
    }

    /// Three draws from [0, 1) for the `call`-th call a fault rule looks at. They are a function of both numbers, so no rule
    /// disturbs another, nor any id.
    #[must_use]
    pub fn dice(&self, rule: u64, call: u64) -> [f64; 3] {
        let mut draw = Draw::new(self.seed, STREAM_OF_FAULTS.wrapping_add(rule), call);
        std::array::from_fn(|_| f64::from(draw.0.next_u32()) / (f64::from(u32::MAX) + 1.0))
    }

    /// What a callback policy leaves to chance about the message with this number, on its way to this address: a stream per
    /// address, apart from every id.
    #[must_use]
    pub fn chances(&self, address: u64, message: u64) -> Draw {
        let mut chances = ChaCha8Rng::seed_from_u64(self.seed);
        chances.set_stream(STREAM_OF_CHANCES.wrapping_add(address));
        chances.set_word_pos(u128::from(message) * WORDS_PER_MESSAGE);
        Draw(chances)
    }

    /// The next number of this kind and the letters that go with it.
    pub fn draw(&mut self, kind: Kind) -> Draw {
        let counter = &mut self.counters[kind as usize];
        let draw = Draw::new(self.seed, kind as u64, *counter);
        *counter += 1;
        draw
    }
}

/// The counters as they are written down: how many ids of each kind were drawn. Kinds nobody drew from are left out.
#[derive(serde::Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields)]
struct Written {
    seed: u64,
    sealed_by: u64,
    drawn: BTreeMap<Kind, u64>,
}

impl From<Written> for Ids {
    fn from(written: Written) -> Self {
        let mut ids = Self { sealed_by: written.sealed_by, ..Self::new(written.seed) };
        for (kind, drawn) in written.drawn {
            ids.counters[kind as usize] = drawn;
        }
        ids
    }
}

impl From<Ids> for Written {
    fn from(ids: Ids) -> Self {
        let drawn = Kind::ALL.into_iter().map(|kind| (kind, ids.counters[kind as usize]));
        Self { seed: ids.seed, sealed_by: ids.sealed_by, drawn: drawn.filter(|(_, drawn)| *drawn > 0).collect() }
    }
}

fn bucket(seed: u64) -> String {
    Draw::new(seed, STREAM_OF_BUCKETS, 0).text(ALPHANUMERIC, 3)
}

const STREAM_OF_BUCKETS: u64 = 1 << 32;
const STREAM_OF_REQUESTS: u64 = STREAM_OF_BUCKETS + 1;
const STREAM_OF_DOWNLOADS: u64 = STREAM_OF_BUCKETS + 2;
const STREAM_OF_SEALS: u64 = STREAM_OF_BUCKETS + 3;
const STREAM_APART: u64 = STREAM_OF_BUCKETS + 4;
const STREAM_OF_AUTHORITIES: u64 = STREAM_OF_BUCKETS + 5;
/// A stream for each fault rule from here on.
const STREAM_OF_FAULTS: u64 = 1 << 33;
/// A stream for each callback address from here on.
const STREAM_OF_CHANCES: u64 = 1 << 34;

/// Letters drawn for one id.
pub struct Draw(ChaCha8Rng);

impl Draw {
    /// Letters that shift no id: those of hostile bodies and of messages by hand.
    #[must_use]
    pub fn apart(seed: u64, number: u64) -> Self {
        Self::new(seed, STREAM_APART, number)
    }

    fn new(seed: u64, stream: u64, number: u64) -> Self {
        let mut stream_of_letters = ChaCha8Rng::seed_from_u64(seed);
        stream_of_letters.set_stream(stream);
        stream_of_letters.set_word_pos(u128::from(number) * WORDS_PER_ID);
        Self(stream_of_letters)
    }

    /// `length` characters of this alphabet (at most 62 letters; the bias of a 32-bit draw is below one in sixty million).
    pub fn text(&mut self, alphabet: &[u8], length: usize) -> String {
        (0..length).map(|_| char::from(alphabet[self.0.next_u32() as usize % alphabet.len()])).collect()
    }

    /// Any number.
    pub fn number(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A number from 0 to just below 1.
    #[allow(clippy::cast_precision_loss, reason = "53 bits are what a float holds")]
    pub fn fraction(&mut self) -> f64 {
        (self.number() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// `length` letters and digits.
    pub fn alphanumeric(&mut self, length: usize) -> String {
        self.text(ALPHANUMERIC, length)
    }

    /// `length` lower-case hexadecimal digits.
    pub fn hex(&mut self, length: usize) -> String {
        self.text(HEX, length)
    }
}

/// RequestIds, apart from everything else. Handled calls get `s` and 19 digits that look like nanoseconds, refusals of the
/// gateway a version-4 UUID (both shapes from official examples; which goes where is ASSUMED).
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct RequestIds {
    seed: u64,
    next: u64,
}

impl RequestIds {
    /// Fresh counter.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { seed, next: 0 }
    }

    /// For a call that reached its action at `millis` since 1970. Unique, because the number only grows.
    pub fn handled(&mut self, millis: i64) -> String {
        self.next += 1;
        let nanoseconds = u64::try_from(millis).unwrap_or(0).saturating_mul(1_000_000).saturating_add(self.next);
        format!("s{nanoseconds:019}")
    }

    /// For a call the gateway turned away.
    pub fn refused(&mut self) -> String {
        self.next += 1;
        let mut draw = Draw::new(self.seed, STREAM_OF_REQUESTS, self.next);
        let variant = draw.text(b"89ab", 1);
        let mut hex = |length| draw.hex(length);
        format!("{}-{}-4{}-{variant}{}-{}", hex(8), hex(4), hex(3), hex(3), hex(12))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn ids_have_the_vendors_shape() {
        let id = Ids::new(7).next(Kind::Flow);
        assert_eq!(id.len(), 32);
        assert!(id.starts_with("yD") && &id[5..10] == "UUckp" && &id[16..17] == "U", "{id}");
        assert!(id.chars().all(|sign| sign.is_ascii_alphanumeric()));
    }

    #[test]
    fn the_same_seed_gives_the_same_ids_and_kinds_do_not_disturb_each_other() {
        let mut quiet = Ids::new(7);
        let mut busy = Ids::new(7);
        for _ in 0..100 {
            busy.next(Kind::Link);
        }
        assert_eq!(quiet.next(Kind::Flow), busy.next(Kind::Flow));
        assert_ne!(Ids::new(8).next(Kind::Flow), Ids::new(7).next(Kind::Flow));
    }

    #[test]
    fn no_two_ids_are_alike() {
        let mut ids = Ids::new(7);
        let kinds = [Kind::Flow, Kind::Document, Kind::Recipient, Kind::Sign];
        let drawn: HashSet<_> = (0..1000).flat_map(|_| kinds.map(|kind| ids.next(kind))).collect();
        assert_eq!(drawn.len(), 4000);
    }

    #[test]
    fn request_ids_are_unique_on_a_clock_that_stands_still() {
        let mut requests = RequestIds::new(7);
        let first = requests.handled(1_700_000_000_000);
        assert_eq!(first, "s1700000000000000001");
        assert_ne!(first, requests.handled(1_700_000_000_000));
        let uuid = requests.refused();
        assert_eq!(uuid.len(), 36);
        assert_eq!(&uuid[14..15], "4");
    }
}
