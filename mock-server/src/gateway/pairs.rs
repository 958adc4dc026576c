//! `key=value&key=value`, as a query and a form carry it: percent-escapes and `+` decoded, order kept.

use std::borrow::Cow;
use std::collections::HashSet;

use percent_encoding::percent_decode_str;

use super::fault::Fault;

/// Decoded pairs, in the order sent.
pub type Pairs<'a> = Vec<(Cow<'a, str>, Cow<'a, str>)>;

/// Decodes a query or a form. A piece without `=` is the vendor's fault; an empty piece (a trailing `&`) is none.
pub(super) fn decode(text: &str) -> Result<Pairs<'_>, Fault> {
    let mut pairs = Pairs::new();
    for piece in text.split('&').filter(|piece| !piece.is_empty()) {
        let (key, value) = piece.split_once('=').ok_or(Fault::NotPairs)?;
        let key = unescape(key).ok_or_else(|| Fault::NotUtf8 { name: lossy(key) })?;
        let value = unescape(value).ok_or_else(|| Fault::NotUtf8 { name: key.clone().into_owned() })?;
        pairs.push((key, value));
    }
    no_repeated_key(&pairs)?;
    Ok(pairs)
}

/// The value of one key.
pub(super) fn find<'p>(pairs: &'p Pairs<'_>, name: &str) -> Option<&'p str> {
    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_ref())
}

/// A key that stands twice has no single meaning, and neither signature method says which one is signed.
fn no_repeated_key(pairs: &Pairs<'_>) -> Result<(), Fault> {
    let mut seen = HashSet::with_capacity(pairs.len());
    match pairs.iter().find(|(key, _)| !seen.insert(key.as_ref())) {
        None => Ok(()),
        Some((key, _)) => Err(Fault::Repeated { name: key.clone().into_owned() }),
    }
}

fn unescape(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('+') {
        return percent_decode_str(text).decode_utf8().ok();
    }
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8().ok().map(|decoded| Cow::Owned(decoded.into_owned()))
}

fn lossy(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_plus_signs_are_decoded_and_an_equals_sign_in_a_value_is_kept() {
        let pairs = decode("FlowName=%E5%90%88%E5%90%8C+1&Sign=YQ==&Empty=&").unwrap();

        assert_eq!(find(&pairs, "FlowName"), Some("合同 1"));
        assert_eq!(find(&pairs, "Sign"), Some("YQ=="));
        assert_eq!(find(&pairs, "Empty"), Some(""));
        assert_eq!(pairs.len(), 3);
    }

    #[test]
    fn raw_utf8_is_accepted_like_its_escapes() {
        assert_eq!(decode("FlowName=合同"), decode("FlowName=%E5%90%88%E5%90%8C"));
    }

    #[test]
    fn a_piece_without_an_equals_sign_is_refused() {
        assert_eq!(decode("Action=A&nonsense"), Err(Fault::NotPairs));
    }

    #[test]
    fn a_key_that_stands_twice_is_refused_by_name() {
        assert_eq!(decode("Limit=1&Limit=2"), Err(Fault::Repeated { name: "Limit".into() }));
    }

    #[test]
    fn a_value_that_is_no_utf8_is_refused_by_name() {
        assert_eq!(decode("Name=%FF"), Err(Fault::NotUtf8 { name: "Name".into() }));
    }
}
