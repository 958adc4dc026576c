//! How a signing date reads: the `ComponentExtra` of `SIGN_DATE` (`api Component`).
//!
//! What cannot be read falls back to the defaults; a Format that does not exist makes the whole extra fall back. Font is
//! read by nobody: there is one typeface.

use jiff::civil::DateTime;
use serde_json::Value;

use crate::documents::{Align, Colour, Mark, TextStyle};
use crate::domain::time::{Timestamp, beijing};

/// `FontSize` (`api Component`).
const SIZES: std::ops::RangeInclusive<f64> = 6.0..=72.0;

/// The date of a signature made at `at`, as the component's extra wants it, in Beijing's time.
pub(super) fn mark(at: Timestamp, extra: &str) -> Mark {
    let extra: Value = serde_json::from_str(extra).unwrap_or(Value::Null);
    let wanted = extra.get("Format").and_then(Value::as_str);
    let gaps = extra.get("Gaps").and_then(Value::as_str).and_then(gaps);
    match wanted.map(|format| written(beijing(at), format, gaps)) {
        Some(Some(text)) => Mark::Date { text, style: style(&extra) },
        Some(None) => Mark::Date { text: usual(beijing(at)), style: TextStyle::default() },
        None => Mark::Date { text: usual(beijing(at)), style: style(&extra) },
    }
}

fn usual(at: DateTime) -> String {
    format!("{}年{}月{}日", at.year(), at.month(), at.day())
}

/// The date in this format; `None` when there is no such format.
fn written(at: DateTime, format: &str, gaps: Option<(usize, usize)>) -> Option<String> {
    if format == "yyyy年m月d日" {
        return Some(usual(at));
    }
    let (date, with_time) = match format.strip_suffix(" HH:MM:SS") {
        Some(date) => (date, true),
        None => (format, false),
    };
    let (before_month, before_day) = match date {
        "yyyy m d" => {
            let (month, day) = gaps.unwrap_or((1, 1));
            (" ".repeat(month), " ".repeat(day))
        }
        "yyyy/m/d" => ("/".into(), "/".into()),
        "yyyy-m-d" => ("-".into(), "-".into()),
        "yyyy.m.d" => (".".into(), ".".into()),
        _ => return None,
    };
    let mut text = format!("{}{before_month}{}{before_day}{}", at.year(), at.month(), at.day());
    if with_time {
        text += &format!(" {:02}:{:02}:{:02}", at.hour(), at.minute(), at.second());
    }
    Some(text)
}

/// `n,m`: blanks between year and month, and between month and day. More than 20 are taken for a mistake (ASSUMED).
fn gaps(text: &str) -> Option<(usize, usize)> {
    let (month, day) = text.split_once(',')?;
    let number = |text: &str| text.trim().parse().ok().filter(|number| *number <= 20);
    Some((number(month)?, number(day)?))
}

fn style(extra: &Value) -> TextStyle {
    let usual = TextStyle::default();
    TextStyle {
        size: extra.get("FontSize").and_then(number).filter(|size| SIZES.contains(size)).unwrap_or(usual.size),
        align: match extra.get("FontAlign").and_then(Value::as_str) {
            Some("Left") => Align::Left,
            Some("Right") => Align::Right,
            Some("Center") => Align::Center,
            Some(_) | None => usual.align,
        },
        colour: extra.get("FontColor").and_then(Value::as_str).and_then(colour).unwrap_or(usual.colour),
        bold: extra.get("Bold").and_then(Value::as_bool).unwrap_or(usual.bold),
    }
}

/// Numbers come as numbers or as text: callers write the extra by hand.
fn number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.trim().parse().ok())
}

/// `R,G,B`, each 0 to 255.
fn colour(text: &str) -> Option<Colour> {
    let parts: Vec<u8> = text.split(',').map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
    match parts[..] {
        [red, green, blue] => Some(Colour { red, green, blue }),
        [..] => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2023-11-15 06:13:20 in Beijing, still the 14th in London.
    const AT: Timestamp = Timestamp::from_seconds(1_700_000_000);

    fn date(extra: &str) -> (String, TextStyle) {
        let Mark::Date { text, style } = mark(AT, extra) else { panic!("a date is drawn as a date") };
        (text, style)
    }

    #[test]
    fn every_format_of_the_vendor_is_written() {
        for (format, text) in [
            ("yyyy m d", "2023 11 15"),
            ("yyyy年m月d日", "2023年11月15日"),
            ("yyyy/m/d", "2023/11/15"),
            ("yyyy-m-d", "2023-11-15"),
            ("yyyy.m.d", "2023.11.15"),
            ("yyyy m d HH:MM:SS", "2023 11 15 06:13:20"),
            ("yyyy/m/d HH:MM:SS", "2023/11/15 06:13:20"),
            ("yyyy-m-d HH:MM:SS", "2023-11-15 06:13:20"),
            ("yyyy.m.d HH:MM:SS", "2023.11.15 06:13:20"),
        ] {
            assert_eq!(date(&format!(r#"{{"Format":"{format}"}}"#)).0, text, "{format}");
        }
    }

    #[test]
    fn gaps_part_the_numbers_of_one_format_only() {
        assert_eq!(date(r#"{"Format":"yyyy m d","Gaps":"2,3"}"#).0, "2023  11   15");
        assert_eq!(date(r#"{"Format":"yyyy-m-d","Gaps":"2,3"}"#).0, "2023-11-15");
        assert_eq!(date(r#"{"Format":"yyyy m d","Gaps":"many"}"#).0, "2023 11 15");
    }

    #[test]
    fn the_style_follows_the_extra() {
        let (text, style) = date(r#"{"FontSize":"20","FontAlign":"Right","FontColor":"255, 0,10","Bold":true}"#);
        assert_eq!(text, "2023年11月15日");
        let colour = Colour { red: 255, green: 0, blue: 10 };
        assert_eq!(style, TextStyle { size: 20.0, align: Align::Right, colour, bold: true });
    }

    #[test]
    fn an_unreadable_format_makes_the_whole_extra_fall_back() {
        for extra in [r#"{"Format":"d.m.yyyy","FontSize":30}"#, "{broken", "", "[]", r#"{"FontSize":500}"#] {
            assert_eq!(date(extra), ("2023年11月15日".to_owned(), TextStyle::default()), "{extra}");
        }
    }
}
