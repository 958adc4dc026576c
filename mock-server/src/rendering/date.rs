//! How a signing date reads: the `ComponentExtra` of `SIGN_DATE` (`api Component`).
//!
//! What cannot be read falls back to the defaults; a Format that does not exist makes the whole extra fall back.

use jiff::civil::DateTime;

use super::extra::Extra;
use crate::documents::{Mark, TextStyle};
use crate::domain::time::{Timestamp, beijing};

/// The date of a signature made at `at`, as the component's extra wants it, in Beijing's time.
pub(super) fn mark(at: Timestamp, extra: &str) -> Mark {
    let extra = Extra::read(extra);
    let gaps = extra.text("Gaps").and_then(gaps);
    let style = || extra.style(TextStyle::default());
    match extra.text("Format").map(|format| written(beijing(at), format, gaps)) {
        Some(Some(text)) => Mark::Date { text, style: style() },
        Some(None) => Mark::Date { text: usual(beijing(at)), style: TextStyle::default() },
        None => Mark::Date { text: usual(beijing(at)), style: style() },
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
    fn an_unreadable_format_makes_the_whole_extra_fall_back() {
        for extra in [r#"{"Format":"d.m.yyyy","FontSize":30}"#, "{broken", "", "[]", r#"{"FontSize":500}"#] {
            assert_eq!(date(extra), ("2023年11月15日".to_owned(), TextStyle::default()), "{extra}");
        }
    }
}
