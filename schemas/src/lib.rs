//! The contract of both Tencent E-Sign APIs as Rust types and tables.
