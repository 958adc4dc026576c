//! The reference client of Tencent E-Sign.

pub mod callback;
pub mod signature;
