//! A request as the gateway sees it: the common parameters read, the others not yet.

use std::borrow::Cow;

use http::HeaderMap;

use super::language::Language;
use super::multipart::Part;
use super::pairs::Pairs;

/// One request, borrowed from its head and body.
#[derive(Debug)]
pub struct Incoming<'a> {
    /// Where the common parameters stand.
    pub protocol: Protocol,
    /// GET or POST.
    pub method: Method,
    /// The action asked for, not yet looked up.
    pub action: Cow<'a, str>,
    /// The version asked for, which tells the product.
    pub version: Cow<'a, str>,
    /// Seconds since 1970 by the client's clock.
    pub timestamp: i64,
    /// The region, which changes nothing here.
    pub region: Option<Cow<'a, str>>,
    /// The language of the gateway's messages.
    pub language: Language,
    /// The token of temporary credentials.
    pub token: Option<Cow<'a, str>>,
    /// The header Host, byte for byte; empty when there is none.
    pub host: &'a str,
    /// The header Content-Type with its parameters.
    pub content_type: Option<&'a str>,
    /// All headers.
    pub headers: &'a HeaderMap,
    /// The query of the request line, not decoded.
    pub query: &'a str,
    /// The body as it came.
    pub body: &'a [u8],
    /// The action's parameters, and with [`Protocol::V1`] the common ones among them.
    pub params: Params<'a>,
}

/// The two generations of the vendor's request form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// TC3-HMAC-SHA256: the common parameters are headers `X-TC-…`.
    V3,
    /// HmacSHA1 and HmacSHA256: the common parameters stand among the others, in the query or the form.
    V1,
}

/// The methods the vendor serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Parameters in the query.
    Get,
    /// Parameters in the body.
    Post,
}

impl Method {
    /// The name in the request line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// The action's parameters in the form they came in.
#[derive(Debug)]
pub enum Params<'a> {
    /// A JSON body, not yet parsed.
    Json(&'a [u8]),
    /// Flattened: `Approvers.0.ApproverName=…`.
    Pairs(Pairs<'a>),
    /// A multipart form, a part for each parameter.
    Parts(Vec<Part<'a>>),
}

/// The common parameters that stand among the others with [`Protocol::V1`]. No action has one of these names.
pub(super) const COMMON_PARAMETERS: [&str; 11] = [
    "Action",
    "Version",
    "Timestamp",
    "Nonce",
    "SecretId",
    "SignatureMethod",
    "Signature",
    "Region",
    "Language",
    "RequestClient",
    "Token",
];
