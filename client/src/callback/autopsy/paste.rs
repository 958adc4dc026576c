//! What people paste: a body, and what a log, a shell or a program put around it.

use std::borrow::Cow;
use std::fmt;

use percent_encoding::percent_decode;
use serde_json::{Map, Value};

use super::KeyFault;

/// What a body is by its shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A JSON object with a text `encrypt`.
    Wrapped,
    /// Bare base64.
    Bare,
    /// A message in JSON, not encrypted.
    Plain,
    /// `{}` or any other JSON object: the platform asks whether somebody listens.
    Probe,
    /// Anything else.
    Junk,
}

impl fmt::Display for Form {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Wrapped => "encrypted, in {\"encrypt\":\"...\"}",
            Self::Bare => "encrypted, bare base64",
            Self::Plain => "a message without encryption",
            Self::Probe => "a probe: the platform asks whether somebody listens; answer 200",
            Self::Junk => "no callback",
        })
    }
}

/// What had to be taken off or set right before there was a body.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Remark {
    /// A byte order mark before it.
    ByteOrderMark,
    /// The lines of an HTTP request before it.
    RequestHead,
    /// Quotes around it.
    Quotes,
    /// Backslashes before its quotes: a text inside of a text.
    Escapes,
    /// Single quotes where JSON has double ones, as a program prints a dictionary.
    SingleQuotes,
    /// The wrapper is not closed.
    WrapperOpen,
    /// Braces around `"encrypt":"..."` are missing.
    BracesMissing,
    /// `encrypt=` before the text, as in a form.
    FormField,
    /// Line breaks and blanks inside the encrypted text, this many.
    Blanks(usize),
    /// Blanks where a form decoder turned `+` into them, this many.
    BlanksForPlus(usize),
    /// `%2B` and the like.
    PercentCodes,
    /// `-` and `_` where the platform writes `+` and `/`.
    UrlAlphabet,
    /// The `=` at the end were missing.
    PaddingMissing,
    /// The key was amended.
    Key(KeyFault),
}

impl fmt::Display for Remark {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ByteOrderMark => out.write_str("taken off: a byte order mark"),
            Self::RequestHead => out.write_str("taken off: the head of the HTTP request"),
            Self::Quotes => out.write_str("taken off: quotes around the body"),
            Self::Escapes => out.write_str("taken off: backslashes before quotes, the body stood in a JSON text"),
            Self::SingleQuotes => out.write_str("read as JSON although its quotes are single ones"),
            Self::WrapperOpen => out.write_str("the wrapper {\"encrypt\":\"...\"} is not closed: the body was cut off"),
            Self::BracesMissing => out.write_str("read as {\"encrypt\":\"...\"} although the braces are missing"),
            Self::FormField => out.write_str("taken off: `encrypt=` before the text; the platform sends no form"),
            Self::Blanks(count) => {
                write!(out, "taken off: {count} blanks and line breaks inside of the encrypted text")
            }
            Self::BlanksForPlus(count) => {
                write!(out, "{count} blanks read as `+`: a form decoder had turned them into blanks")
            }
            Self::PercentCodes => out.write_str("decoded: `%2B` and the like, the text had been in an URL or a form"),
            Self::UrlAlphabet => {
                out.write_str("`-` and `_` read as `+` and `/`: the platform does not write base64 for URLs")
            }
            Self::PaddingMissing => out.write_str("added: the `=` missing at the end of the encrypted text"),
            Self::Key(fault) => fault.fmt(out),
        }
    }
}

/// What was pasted, taken apart.
pub(super) struct Pasted {
    pub(super) remarks: Vec<Remark>,
    pub(super) form: Form,
    /// The body, as it probably travelled.
    pub(super) body: Vec<u8>,
    /// The encrypted text in it.
    pub(super) text: String,
    /// `Content-Signature`, where the head of the request was pasted too.
    pub(super) signature: Option<String>,
}

impl Pasted {
    pub(super) fn read(bytes: &[u8]) -> Self {
        let mut remarks = Vec::new();
        let mut rest = bytes.trim_ascii();
        if let Some(after) = rest.strip_prefix("\u{feff}".as_bytes()) {
            remarks.push(Remark::ByteOrderMark);
            rest = after.trim_ascii();
        }
        let mut signature = None;
        if let Some((head, body)) = without_head(rest) {
            remarks.push(Remark::RequestHead);
            signature = in_head(&head, super::super::HEADER);
            rest = body.trim_ascii();
        }
        let body = without_quotes(rest, &mut remarks);
        let (form, text) = read(&body, &mut remarks);
        let text = text.map(|text| clean(&text, &mut remarks)).unwrap_or_default();
        let body = match form {
            // What was broken or put around the text was no part of the body.
            Form::Wrapped if serde_json::from_slice::<Value>(&body).is_err() => wrapped(&text),
            Form::Bare => text.clone().into_bytes(),
            Form::Wrapped | Form::Plain | Form::Probe | Form::Junk => body.into_owned(),
        };
        Self { remarks, form, body, text, signature }
    }
}

/// The wrapper around an encrypted text.
pub(super) fn wrapped(text: &str) -> Vec<u8> {
    format!(r#"{{"encrypt":"{text}"}}"#).into_bytes()
}

/// The first characters of something, for a message.
pub(super) fn beginning(bytes: &[u8]) -> String {
    const SHOWN: usize = 24;
    let text = String::from_utf8_lossy(bytes);
    let mut shown: String = text.chars().take(SHOWN).flat_map(char::escape_debug).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push_str("...");
    }
    shown
}

/// Splits a whole HTTP request: a first line or headers, an empty line, the body.
fn without_head(bytes: &[u8]) -> Option<(String, &[u8])> {
    let text = std::str::from_utf8(bytes).ok()?;
    let first = text.lines().next()?;
    let is_header = |line: &str| {
        line.split_once(':').is_some_and(|(name, _)| {
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        })
    };
    if !first.starts_with("POST ") && !is_header(first) {
        return None;
    }
    let end = ["\r\n\r\n", "\n\n"].iter().filter_map(|gap| Some((text.find(gap)?, gap.len()))).min()?;
    Some((text[..end.0].to_owned(), &bytes[end.0 + end.1..]))
}

fn in_head(head: &str, name: &str) -> Option<String> {
    head.lines().find_map(|line| {
        let (found, value) = line.split_once(':')?;
        found.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    })
}

/// Takes off quotes of shells, logs and programs, and the backslashes inside of them.
fn without_quotes<'a>(bytes: &'a [u8], remarks: &mut Vec<Remark>) -> Cow<'a, [u8]> {
    let mut rest = Cow::Borrowed(bytes);
    if let Ok(inner) = serde_json::from_slice::<String>(&rest) {
        remarks.push(Remark::Quotes);
        if inner.contains('"') {
            remarks.push(Remark::Escapes);
        }
        return Cow::Owned(inner.trim().to_owned().into_bytes());
    }
    for quote in [b'"', b'\'', b'`'] {
        if rest.len() >= 2 && rest.first() == Some(&quote) && rest.last() == Some(&quote) {
            remarks.push(Remark::Quotes);
            rest = Cow::Owned(rest[1..rest.len() - 1].trim_ascii().to_vec());
            break;
        }
    }
    let escaped = rest.starts_with(br#"{\""#) || rest.starts_with(br#"\"encrypt"#);
    if escaped && let Ok(text) = std::str::from_utf8(&rest) {
        remarks.push(Remark::Escapes);
        rest = Cow::Owned(text.replace("\\\"", "\"").replace("\\\\", "\\").into_bytes());
    }
    rest
}

/// What a body is, and the encrypted text in it.
fn read(body: &[u8], remarks: &mut Vec<Remark>) -> (Form, Option<String>) {
    if let Ok(mut object) = serde_json::from_slice::<Map<String, Value>>(body) {
        return match object.remove("encrypt") {
            Some(Value::String(text)) => (Form::Wrapped, Some(text)),
            _ if object.contains_key("MsgType") || object.contains_key("FlowId") => (Form::Plain, None),
            _ => (Form::Probe, None),
        };
    }
    let Ok(text) = std::str::from_utf8(body) else { return (Form::Junk, None) };
    if let Some(text) = text.strip_prefix("encrypt=") {
        remarks.push(Remark::FormField);
        return (Form::Wrapped, Some(text.to_owned()));
    }
    if let Some(text) = broken_wrapper(text, remarks) {
        return (Form::Wrapped, Some(text));
    }
    if text.starts_with('{') && (text.contains("\"MsgType\"") || text.contains("\"FlowId\"")) {
        return (Form::Plain, None);
    }
    let like_base64 = |character: char| character.is_ascii_alphanumeric() || "+/=-_%| \t\r\n".contains(character);
    let odd = text.chars().filter(|character| !like_base64(*character)).count();
    // One odd character in thirty-two may be damage; more is another kind of text. A few words are no base64 either.
    let long = text.len() >= 20 && !text.split_ascii_whitespace().any(|word| word.len() < 12) || !text.contains(' ');
    let bare = !text.is_empty() && odd * 32 <= text.chars().count() && long;
    if bare { (Form::Bare, Some(text.to_owned())) } else { (Form::Junk, None) }
}

/// The text in a wrapper that is no JSON: cut off, without braces, or in single quotes.
fn broken_wrapper(text: &str, remarks: &mut Vec<Remark>) -> Option<String> {
    let inner = text.strip_prefix('{').unwrap_or(text).trim_start();
    let (quote, after) = if let Some(after) = inner.strip_prefix("\"encrypt\"") {
        ('"', after)
    } else {
        ('\'', inner.strip_prefix("'encrypt'")?)
    };
    let text_and_rest = after.trim_start().strip_prefix(':')?.trim_start().strip_prefix(quote)?;
    if quote == '\'' {
        remarks.push(Remark::SingleQuotes);
    }
    let open = text.starts_with('{');
    match text_and_rest.split_once(quote) {
        Some((found, rest)) => {
            match (open, rest.trim_start().starts_with('}')) {
                (false, _) => remarks.push(Remark::BracesMissing),
                (true, false) => remarks.push(Remark::WrapperOpen),
                (true, true) => {}
            }
            Some(found.to_owned())
        }
        None => {
            remarks.push(Remark::WrapperOpen);
            Some(text_and_rest.to_owned())
        }
    }
}

/// The encrypted text without what forms, URLs and line breaks did to it.
fn clean(text: &str, remarks: &mut Vec<Remark>) -> String {
    let mut text = text.trim().to_owned();
    if text.contains('%')
        && let Ok(decoded) = percent_decode(text.as_bytes()).decode_utf8()
        && !decoded.contains('%')
    {
        remarks.push(Remark::PercentCodes);
        text = decoded.into_owned();
    }
    let count = |sought: fn(char) -> bool| text.chars().filter(|character| sought(*character)).count();
    let (blanks, breaks) = (count(|one| one == ' '), count(|one| matches!(one, '\r' | '\n' | '\t')));
    let kept = text.len() - blanks - breaks;
    if blanks > 0 && !kept.is_multiple_of(4) && (kept + blanks).is_multiple_of(4) {
        remarks.push(Remark::BlanksForPlus(blanks));
        text = text.replace(' ', "+");
    }
    let before = text.len();
    text.retain(|character| !character.is_ascii_whitespace());
    if text.len() < before {
        remarks.push(Remark::Blanks(before - text.len()));
    }
    if text.contains(['-', '_']) && !text.contains(['+', '/']) {
        remarks.push(Remark::UrlAlphabet);
        text = text.replace('-', "+").replace('_', "/");
    }
    if text.is_ascii() && matches!(text.len() % 4, 2 | 3) && !text.contains('=') {
        let bytes = text.len() * 3 / 4;
        if bytes.is_multiple_of(super::blocks::BLOCK) {
            remarks.push(Remark::PaddingMissing);
            text.push_str(if text.len() % 4 == 2 { "==" } else { "=" });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "7QH+cnoW/D03cwXgPIHc67cktuatLn5zXMJvl7cXHdA=";

    fn wrapper() -> String {
        String::from_utf8(wrapped(TEXT)).unwrap()
    }

    #[test]
    fn a_body_is_found_in_whatever_was_put_around_it() {
        use Remark::{
            Blanks, BlanksForPlus, BracesMissing, ByteOrderMark, Escapes, FormField, PaddingMissing, PercentCodes,
            Quotes, RequestHead, SingleQuotes, UrlAlphabet, WrapperOpen,
        };
        let wrapper = wrapper();
        let cases: [(String, &[Remark]); 16] = [
            (wrapper.clone(), &[]),
            (format!("\n  {wrapper}\r\n"), &[]),
            (format!("\u{feff}{wrapper}"), &[ByteOrderMark]),
            (format!("'{wrapper}'"), &[Quotes]),
            (serde_json::to_string(&wrapper).unwrap(), &[Quotes, Escapes]),
            (wrapper.replace('"', "\\\""), &[Escapes]),
            (wrapper.replace('"', "'"), &[SingleQuotes]),
            (format!("\"encrypt\": \"{TEXT}\","), &[BracesMissing]),
            (format!("{{\"encrypt\":\"{TEXT}"), &[WrapperOpen]),
            (format!("encrypt={}", TEXT.replace('+', "%2B").replace('=', "%3D")), &[FormField, PercentCodes]),
            (format!("{{\"encrypt\":\"{}\"}}", TEXT.replace('+', " ")), &[BlanksForPlus(1)]),
            (format!("POST /cb HTTP/1.1\r\nHost: x\r\ncontent-signature: sha256=00\r\n\r\n{wrapper}"), &[RequestHead]),
            (format!("{}\n{}", &TEXT[..20], &TEXT[20..]), &[Blanks(1)]),
            (TEXT.replace('+', "-").replace('/', "_"), &[UrlAlphabet]),
            (TEXT.replace('=', ""), &[PaddingMissing]),
            (format!("\"{TEXT}\""), &[Quotes]),
        ];
        for (given, remarks) in cases {
            let pasted = Pasted::read(given.as_bytes());
            assert_eq!((pasted.text.as_str(), pasted.remarks.as_slice()), (TEXT, remarks), "{given}");
        }
    }

    #[test]
    fn the_signature_of_a_pasted_request_is_found() {
        let pasted = Pasted::read(b"Content-Type: application/json\nContent-Signature: sha256=12\n\n{}");

        assert_eq!((pasted.form, pasted.signature.as_deref()), (Form::Probe, Some("sha256=12")));
        assert_eq!(pasted.body, b"{}");
    }

    #[test]
    fn what_is_no_callback_is_no_callback() {
        for junk in ["", "hello world", "<html></html>", "你好", "[1]", "null"] {
            let pasted = Pasted::read(junk.as_bytes());
            assert_eq!(pasted.form, if junk == "null" { Form::Bare } else { Form::Junk }, "{junk}");
        }
        assert_eq!(Pasted::read(b"{}").form, Form::Probe);
        assert_eq!(Pasted::read(br#"{"MsgType":"X"}"#).form, Form::Plain);
        assert_eq!(Pasted::read(br#"{"MsgType":"X""#).form, Form::Plain, "a message cut off");
    }
}
