//! The reference client of Tencent E-Sign.

pub mod signature;
