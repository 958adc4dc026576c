//! A message of another shape than documented, well encrypted and signed.

use serde_json::Value;
use serde_json::value::RawValue;

use super::super::fields::Fields;
use super::super::sealing::Sealing;
use super::super::transmission::Transmission;

pub(super) fn unknown_type(made: &Sealing<'_>) -> Result<Transmission, String> {
    change(made, |message| message.set("MsgType", "InventedTomorrow"))
}

pub(super) fn unknown_fields(made: &Sealing<'_>) -> Result<Transmission, String> {
    change_data(made, |data| data.set("AddedTomorrow", serde_json::json!({ "Level": 1, "Words": ["新字段"] })))
        .and_then(|text| change_text(&text, |message| message.set("TraceId", "0af7651916cd43dd8448eb211c80319c")))
        .and_then(|text| made.seal_text(text.as_bytes()))
}

pub(super) fn missing_fields(made: &Sealing<'_>) -> Result<Transmission, String> {
    let plain = |value: &str| !value.starts_with(['[', '{', 't', 'f']);
    seal_data(made, |data| data.retain(|_, value| plain(value) && value != r#""""#))
}

pub(super) fn numbers_as_texts(made: &Sealing<'_>) -> Result<Transmission, String> {
    seal_data(made, |data| {
        change_values(data, |value| value.parse::<i64>().ok().map(|number| Value::from(number.to_string())));
    })
}

pub(super) fn nulls(made: &Sealing<'_>) -> Result<Transmission, String> {
    seal_data(made, |data| change_values(data, |value| value.starts_with('"').then_some(Value::Null)))
}

pub(super) fn data_as_text(made: &Sealing<'_>) -> Result<Transmission, String> {
    with_envelope(made, |message| {
        let data = message.get("MsgData").unwrap_or("null").to_owned();
        message.set("MsgData", data);
    })
}

pub(super) fn data_missing(made: &Sealing<'_>) -> Result<Transmission, String> {
    with_envelope(made, |message| message.retain(|name, _| name != "MsgData"))
}

pub(super) fn duplicate_keys(made: &Sealing<'_>) -> Result<Transmission, String> {
    seal_data(made, |data| {
        let doubled: Vec<String> = data.names().map(str::to_owned).collect();
        for name in doubled.iter().rev() {
            match data.get(name).unwrap_or_default() {
                value if value.starts_with('"') => data.put_first(name, "an earlier value"),
                value if value.parse::<i64>().is_ok() => data.put_first(name, 0),
                _ => (),
            }
        }
    })
}

pub(super) fn reordered_fields(made: &Sealing<'_>) -> Result<Transmission, String> {
    let text = change_data(made, Fields::reverse)?;
    made.seal_text(change_text(&text, Fields::reverse)?.as_bytes())
}

/// JSON has these characters inside of texts only.
pub(super) fn escaped_characters(made: &Sealing<'_>) -> Result<Transmission, String> {
    let mut escaped = String::new();
    for character in text(made)?.chars() {
        match character {
            '/' => escaped.push_str(r"\/"),
            '<' | '>' | '&' | '\u{7f}'.. => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    escaped.push_str(&format!("\\u{unit:04x}"));
                }
            }
            character => escaped.push(character),
        }
    }
    made.seal_text(escaped.as_bytes())
}

pub(super) fn pretty_printed(made: &Sealing<'_>) -> Result<Transmission, String> {
    let pretty = |fields: &Fields| serde_json::to_string_pretty(fields).map_err(|error| error.to_string());
    let mut message = fields(made)?;
    if let Some(data) = message.get("MsgData") {
        let data = Fields::parse(data.as_bytes()).map_err(|error| error.to_string())?;
        message.set("MsgData", RawValue::from_string(pretty(&data)?).map_err(|error| error.to_string())?);
    }
    made.seal_text(pretty(&message)?.as_bytes())
}

pub(super) fn byte_order_mark(made: &Sealing<'_>) -> Result<Transmission, String> {
    made.seal_text(&["\u{feff}".as_bytes(), made.plaintext].concat())
}

/// Bytes of another encoding inside of the last text.
pub(super) fn not_utf8(made: &Sealing<'_>) -> Result<Transmission, String> {
    let at = text(made)?.rfind(":\"").map_or(1, |at| at + 2);
    let (before, after) = made.plaintext.split_at(at);
    // 合同 in GBK.
    made.seal_text(&[before, b"\xba\xcf\xcd\xac", after].concat())
}

pub(super) fn two_messages(made: &Sealing<'_>) -> Result<Transmission, String> {
    made.seal_text(&[made.plaintext, b"\n", made.older.unwrap_or(made.plaintext)].concat())
}

fn text<'a>(made: &Sealing<'a>) -> Result<&'a str, String> {
    std::str::from_utf8(made.plaintext).map_err(|error| format!("the message is no text: {error}"))
}

fn fields(made: &Sealing<'_>) -> Result<Fields, String> {
    Fields::parse(made.plaintext).map_err(|error| format!("the message is no JSON object: {error}"))
}

/// Changes the whole message.
fn change(made: &Sealing<'_>, change: impl FnOnce(&mut Fields)) -> Result<Transmission, String> {
    made.seal_text(change_text(text(made)?, change)?.as_bytes())
}

/// Changes the whole message, which must have an envelope.
fn with_envelope(made: &Sealing<'_>, by: impl FnOnce(&mut Fields)) -> Result<Transmission, String> {
    if !fields(made)?.has("MsgData") {
        return Err("a legacy contract message has no envelope around its data".to_owned());
    }
    change(made, by)
}

/// Changes the message's data.
pub(super) fn seal_data(made: &Sealing<'_>, change: impl FnOnce(&mut Fields)) -> Result<Transmission, String> {
    made.seal_text(change_data(made, change)?.as_bytes())
}

fn change_text(text: &str, change: impl FnOnce(&mut Fields)) -> Result<String, String> {
    let mut fields =
        Fields::parse(text.as_bytes()).map_err(|error| format!("the message is no JSON object: {error}"))?;
    change(&mut fields);
    Ok(fields.to_text())
}

/// The data stands under `MsgData`, in a bare legacy message everywhere.
pub(super) fn change_data(made: &Sealing<'_>, change: impl FnOnce(&mut Fields)) -> Result<String, String> {
    let mut message = fields(made)?;
    let Some(data) = message.get("MsgData") else {
        change(&mut message);
        return Ok(message.to_text());
    };
    let mut data = Fields::parse(data.as_bytes()).map_err(|error| format!("MsgData is no JSON object: {error}"))?;
    change(&mut data);
    message.set("MsgData", data);
    Ok(message.to_text())
}

/// Gives fields other values; `other` is given the value as JSON and answers with another one, or leaves it.
fn change_values(data: &mut Fields, other: impl Fn(&str) -> Option<Value>) {
    let changed: Vec<(String, Value)> =
        data.iter().filter_map(|(name, value)| Some((name.to_owned(), other(value)?))).collect();
    for (name, value) in changed {
        data.set(&name, value);
    }
}
