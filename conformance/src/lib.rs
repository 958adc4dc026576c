//! One suite for the fake and for the vendor's test environment, and a judge of callback receivers.
