//! Other spellings of a JSON body: what a client may have hashed before its HTTP library wrote the body anew.

use serde_json::Value;

/// The same JSON as other libraries write it, each with a name.
pub(super) fn spellings(body: &[u8]) -> Vec<(&'static str, String)> {
    let Ok(text) = std::str::from_utf8(body) else { return Vec::new() };
    if serde_json::from_str::<&serde_json::value::RawValue>(text).is_err() {
        return Vec::new();
    }
    let compact = respaced(text, "", "");
    let spaced = respaced(text, " ", " ");
    let mut all = vec![
        ("the JSON in ASCII with blanks (as Python's json.dumps writes it)", in_ascii(&spaced)),
        ("the JSON in ASCII without blanks", in_ascii(&compact)),
        ("the JSON with blanks", spaced),
        ("the JSON without blanks", compact),
    ];
    if let Ok(value) = serde_json::from_str::<Value>(text) {
        all.push(("the JSON with its keys sorted", value.to_string()));
        if let Ok(pretty) = serde_json::to_string_pretty(&value) {
            all.push(("the JSON in lines", pretty));
        }
    }
    all
}

/// The JSON with this behind every comma and every colon, and no other blanks. The text must be JSON.
fn respaced(text: &str, after_comma: &str, after_colon: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let (mut in_text, mut escaped) = (false, false);
    for sign in text.chars() {
        if in_text {
            out.push(sign);
            in_text = escaped || sign != '"';
            escaped = !escaped && sign == '\\';
            continue;
        }
        match sign {
            ' ' | '\t' | '\r' | '\n' => {}
            ',' => {
                out.push(',');
                out.push_str(after_comma);
            }
            ':' => {
                out.push(':');
                out.push_str(after_colon);
            }
            other => {
                in_text = other == '"';
                out.push(other);
            }
        }
    }
    out
}

/// The JSON with everything beyond ASCII as `\uXXXX`.
fn in_ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut units = [0; 2];
    for sign in text.chars() {
        if sign.is_ascii() {
            out.push(sign);
        } else {
            for unit in sign.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_inside_of_texts_stay() {
        let text = "{ \"a, b\" : [1,\n 2], \"q\\\": \" : \"签 😀\"}";

        assert_eq!(respaced(text, "", ""), "{\"a, b\":[1,2],\"q\\\": \":\"签 😀\"}");
        assert_eq!(respaced(text, " ", " "), "{\"a, b\": [1, 2], \"q\\\": \": \"签 😀\"}");
        assert_eq!(in_ascii("签😀"), "\\u7b7e\\ud83d\\ude00");
    }

    #[test]
    fn what_is_no_json_has_no_other_spelling() {
        assert!(spellings(b"a=b").is_empty());
        assert!(spellings(b"\xff").is_empty());
    }
}
