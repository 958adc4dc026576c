//! What pages look like (`api ChannelCreateWebThemeConfig`, `api CreateWebThemeConfig`): the last word on each kind of page counts.

use serde::{Deserialize, Serialize};

/// The themes of an application.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WebThemes {
    /// Of pages embedded in the platform's own, `EMBED_WEB_THEME`.
    pub embedded: Option<WebTheme>,
    /// Of the pages on which a company proves who it is, `COMPANY_AUTHENTICATE`.
    pub verification: Option<WebTheme>,
}

/// What pages look like; those without a theme are as ever.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WebTheme {
    /// Whether the vendor's logo is shown; hidden unless asked for (`api WebThemeConfig`).
    pub brand_logo: bool,
    /// The colour of what can be pressed.
    pub color: Option<Color>,
    /// The picture behind the verification.
    pub background: Option<Background>,
    /// Whether the verification hides its bar.
    pub hides_navigation: bool,
    /// Whether the verification hides its logo.
    pub hides_top_logo: bool,
}

/// A colour as pages write it: `#4de813`, `rgb(213, 73, 65)`. Nothing else gets into a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Color(String);

impl Color {
    /// What a colour looks like, for whoever wrote something else.
    pub const EXPECTED: &str = "# and 3, 4, 6 or 8 hexadecimal digits, or rgb(r, g, b)";

    /// Reads `#` and 3, 4, 6 or 8 hexadecimal digits, or `rgb` and three numbers up to 255 (`api WebThemeConfig`).
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        if let Some(digits) = text.strip_prefix('#') {
            let known = matches!(digits.len(), 3 | 4 | 6 | 8) && digits.bytes().all(|one| one.is_ascii_hexdigit());
            return known.then(|| Self(text.to_owned()));
        }
        let numbers = text.strip_prefix("rgb(")?.strip_suffix(')')?;
        let numbers: Option<Vec<u8>> = numbers.split(',').map(|number| number.trim().parse().ok()).collect();
        let [red, green, blue] = numbers?[..] else { return None };
        Some(Self(format!("rgb({red}, {green}, {blue})")))
    }

    /// As pages write it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Color {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::read(&text).ok_or_else(|| format!("`{text}` is no colour: expected {}", Color::EXPECTED))
    }
}

impl From<Color> for String {
    fn from(color: Color) -> Self {
        color.0
    }
}

/// The address of a picture, by https, with nothing in it that could end a text inside of a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Background(String);

impl Background {
    /// Reads an address.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("https://")?;
        let plain = |one: u8| one.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&*+,;=%".contains(&one);
        (!rest.is_empty() && rest.bytes().all(plain)).then(|| Self(text.to_owned()))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Background {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::read(&text).ok_or_else(|| format!("`{text}` is no https address"))
    }
}

impl From<Background> for String {
    fn from(background: Background) -> Self {
        background.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_a_colour_gets_into_a_page() {
        assert_eq!(Color::read("#4de813").unwrap().as_str(), "#4de813", "ex ChannelCreateWebThemeConfig");
        for text in ["#fff", "#FFFF", "#4de8", "#12345678"] {
            assert!(Color::read(text).is_some(), "{text}");
        }
        assert_eq!(Color::read("rgb(213,73, 65)").unwrap().as_str(), "rgb(213, 73, 65)", "api WebThemeConfig");
        for text in ["rgb(256, 0, 0)", "rgb(1, 2)", "rgb(1, 2, 3, 4)", "rgb(1, 2, 3);", "rgb(+1, -2, x)", "rgb()"] {
            assert_eq!(Color::read(text), None, "{text}");
        }
        for text in ["", "#", "4de813", "red", "#12345g", "#12345", "#fff;}"] {
            assert_eq!(Color::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_background_is_an_address_and_nothing_else() {
        assert!(Background::read("https://example.com/a.png?size=1").is_some());
        for text in
            ["", "https://", "http://example.com/a.png", "https://example.com/a\")", "https://x/ y", "https://x/)"]
        {
            assert_eq!(Background::read(text), None, "{text}");
        }
    }
}
