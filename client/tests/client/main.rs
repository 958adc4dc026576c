//! The client as its users see it: against vectors, and against a server that misbehaves on purpose.

mod signature_vectors;
