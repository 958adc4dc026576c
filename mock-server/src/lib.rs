//! A stateful stand-in for Tencent E-Sign.
