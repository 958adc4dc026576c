//! The server as its users meet it: through the client, and as bytes over a socket.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails where it stands")]

mod callback_receiver;
mod examples;
mod faults;
mod frozen_clock;
mod hostile_input;
mod large_bodies;
mod odd_clients;
mod open_worlds;
mod raw_client;
mod socket;
mod stage;
mod whole_contract;
