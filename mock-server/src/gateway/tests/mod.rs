//! The gateway as a whole, from bytes to a checked call.
