//! What crosses crates: official SDKs against the fake, raw bytes on the wire.
