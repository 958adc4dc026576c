//! What pages say, in both languages. Labels stand in the templates; sentences that depend on something stand here.

mod deeds;
mod standings;
mod statuses;
mod templates;
mod troubles;

use std::time::Duration;

use super::address::Query;
use crate::domain::time::{Timestamp, beijing};

/// A language of the pages; the vendor's pages speak Chinese unless asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::pages) enum Language {
    #[default]
    Chinese,
    English,
}

impl Language {
    /// `?lang=en`.
    pub(in crate::pages) fn of(query: &Query) -> Self {
        let english = query.get("lang").is_some_and(|lang| lang.to_ascii_lowercase().starts_with("en"));
        if english { Self::English } else { Self::Chinese }
    }

    /// How an address asks for it; nothing for the default.
    pub(in crate::pages) fn parameter(self) -> Option<&'static str> {
        match self {
            Self::Chinese => None,
            Self::English => Some("en"),
        }
    }

    /// The name of the language for HTML.
    pub(in crate::pages) fn tag(self) -> &'static str {
        self.pick("zh-CN", "en")
    }

    /// The other one.
    pub(in crate::pages) fn other(self) -> Self {
        match self {
            Self::Chinese => Self::English,
            Self::English => Self::Chinese,
        }
    }

    /// The text in this language.
    pub(in crate::pages) fn pick(self, chinese: &'static str, english: &'static str) -> &'static str {
        match self {
            Self::Chinese => chinese,
            Self::English => english,
        }
    }

    /// A moment on Beijing's clock.
    pub(in crate::pages) fn moment(self, at: Timestamp) -> String {
        let zone = self.pick("", " UTC+8");
        format!("{}{zone}", beijing(at).strftime("%Y-%m-%d %H:%M:%S"))
    }

    /// How long something still lasts, in its two largest units.
    pub(in crate::pages) fn span(self, left: Duration) -> String {
        let seconds = left.as_secs();
        let parts = [
            (seconds / 86_400, self.pick("天", "d")),
            (seconds / 3600 % 24, self.pick("小时", "h")),
            (seconds / 60 % 60, self.pick("分", "min")),
            (seconds % 60, self.pick("秒", "s")),
        ];
        let first = parts.iter().position(|(number, _)| *number > 0).unwrap_or(parts.len() - 1);
        let shown: Vec<String> =
            parts.iter().skip(first).take(2).map(|(number, unit)| format!("{number} {unit}")).collect();
        shown.join(" ")
    }

    /// How a signer will prove who they are (`api ApproverInfo.ApproverSignTypes`); the stand-in asks for nothing.
    pub(in crate::pages) fn checks(self, kinds: &[i64]) -> String {
        let name = |kind: &i64| match kind {
            1 => self.pick("人脸", "face"),
            2 => self.pick("签署密码", "password"),
            3 => self.pick("运营商三要素", "mobile carrier"),
            5 => self.pick("设备指纹", "fingerprint"),
            6 => self.pick("设备面容", "face on the device"),
            _ => self.pick("其他", "other"),
        };
        kinds.iter().map(name).collect::<Vec<_>>().join(self.pick("、", ", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_are_named_in_their_order() {
        assert_eq!(Language::Chinese.checks(&[3, 1]), "运营商三要素、人脸");
        assert_eq!(Language::English.checks(&[]), "");
    }

    #[test]
    fn a_span_is_said_in_its_two_largest_units() {
        for (seconds, chinese, english) in [
            (0, "0 秒", "0 s"),
            (59, "59 秒", "59 s"),
            (1799, "29 分 59 秒", "29 min 59 s"),
            (3600, "1 小时 0 分", "1 h 0 min"),
            (90 * 86_400, "90 天 0 小时", "90 d 0 h"),
        ] {
            assert_eq!(Language::Chinese.span(Duration::from_secs(seconds)), chinese);
            assert_eq!(Language::English.span(Duration::from_secs(seconds)), english);
        }
    }

    #[test]
    fn a_moment_is_told_by_beijings_clock() {
        let at = Timestamp::from_seconds(1_700_000_000);
        assert_eq!(Language::Chinese.moment(at), "2023-11-15 06:13:20");
        assert_eq!(Language::English.moment(at), "2023-11-15 06:13:20 UTC+8");
    }
}
