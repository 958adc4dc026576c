//! The client as its users see it: against vectors, and against a server that misbehaves on purpose.

mod callback_vectors;
mod signature_vectors;
