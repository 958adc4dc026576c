//! Single headers of a request. Names compare without case (the current Go SDK sends `X-Tc-Action`, wire); values may
//! be raw UTF-8.

use http::HeaderMap;

use super::fault::Fault;

/// The value of a header that may stand once, without surrounding space; an empty one counts as absent (Java sends
/// `X-TC-Region: ` for no region, wire). `shown` is the header's name in a fault.
pub(super) fn single<'a>(headers: &'a HeaderMap, name: &str, shown: &str) -> Result<Option<&'a str>, Fault> {
    let mut values = headers.get_all(name).iter();
    let Some(value) = values.next() else { return Ok(None) };
    if values.next().is_some() {
        return Err(Fault::Repeated { name: shown.to_owned() });
    }
    let text = std::str::from_utf8(value.as_bytes()).map_err(|_| Fault::NotUtf8 { name: shown.to_owned() })?;
    Ok(Some(text.trim()).filter(|text| !text.is_empty()))
}
