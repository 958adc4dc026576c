//! Named shapes of values. A name that is not listed here demands nothing: `id32` is deliberately one of them, because
//! ids are not checked for length or alphabet before they are looked up (ASSUMED: an unknown id is unknown, however
//! it is written).

use serde_json::Number;

/// The last second of the year 9999. A time in milliseconds, a frequent slip, lies far beyond it.
const LAST_SECOND: i64 = 253_402_300_799;

/// Whether a text has the named shape.
pub(super) fn fits_text(name: &str, text: &str) -> bool {
    match name {
        "base64" => is_base64(text),
        "mobile-cn" => text.len() == 11 && text.bytes().all(|byte| byte.is_ascii_digit()),
        "email" => is_email(text),
        "url" => is_url(text),
        _ => true,
    }
}

/// Whether a number has the named shape.
pub(super) fn fits_number(name: &str, number: &Number) -> bool {
    match name {
        "unix-seconds" => number.as_i64().is_some_and(|seconds| (0..=LAST_SECOND).contains(&seconds)),
        _ => true,
    }
}

/// The standard alphabet without a data-URI head (api UploadFile). The padding may be left out, as official examples do
/// (ex CreateContractComparisonTask); where it is given it fills the last group.
fn is_base64(text: &str) -> bool {
    let bytes = text.as_bytes();
    let padding = bytes.iter().rev().take(2).take_while(|byte| **byte == b'=').count();
    let content = &bytes[..bytes.len() - padding];
    let whole = if padding == 0 { content.len() % 4 != 1 } else { bytes.len().is_multiple_of(4) };
    whole && content.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
}

/// An address with something on both sides of one `@`; whether it exists only a letter can tell.
fn is_email(text: &str) -> bool {
    let plain = !text.contains(|character: char| character.is_whitespace() || character.is_control());
    plain
        && text
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'))
}

/// A scheme and what follows it: jump targets may be web pages or apps (`weixin://`, `qianapp://`, api).
fn is_url(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, rest)| {
        let letters = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
        !scheme.is_empty() && scheme.bytes().all(letters) && !rest.is_empty() && !rest.contains(char::is_whitespace)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_has_its_alphabet_and_whole_groups_padded_or_not() {
        for good in ["YQ==", "YWI=", "YWJj", "+/+/", "YQ", "YWI"] {
            assert!(fits_text("base64", good), "{good}");
        }
        for bad in ["Y", "YQ=", "Y===", "a-_b", "data:image/png;base64,YWJj", "YQ== ", "中文中文"] {
            assert!(!fits_text("base64", bad), "{bad}");
        }
    }

    #[test]
    fn a_time_in_milliseconds_is_no_time_in_seconds() {
        assert!(fits_number("unix-seconds", &1_700_000_000.into()));
        assert!(!fits_number("unix-seconds", &1_700_000_000_000_i64.into()));
        assert!(!fits_number("unix-seconds", &(-1).into()));
    }

    #[test]
    fn addresses_are_told_from_other_text() {
        assert!(fits_text("url", "https://example.com/back?x=1"));
        assert!(fits_text("url", "qianapp://back"));
        assert!(!fits_text("url", "example.com"));
        assert!(fits_text("email", "a.b@example.com"));
        assert!(!fits_text("email", "a@b@example.com"));
        assert!(fits_text("mobile-cn", "13800000000"));
        assert!(!fits_text("mobile-cn", "+8613800000000"));
    }

    #[test]
    fn ids_are_not_looked_at() {
        assert!(fits_text("id32", "anything at all"));
    }
}
