//! The reference client of Tencent E-Sign.
