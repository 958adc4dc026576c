//! The `ComponentExtra` of a component: JSON, written by hand and read with patience (`api Component`).
//!
//! What cannot be read counts as left out. Font is read by nobody: there is one typeface.

use serde_json::Value;

use crate::documents::{Align, Colour, TextStyle};

/// `FontSize` (`api Component`).
const SIZES: std::ops::RangeInclusive<f64> = 6.0..=72.0;

/// An extra.
pub(super) struct Extra(Value);

impl Extra {
    pub(super) fn read(text: &str) -> Self {
        Self(serde_json::from_str(text).unwrap_or(Value::Null))
    }

    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    pub(super) fn list(&self, name: &str) -> Option<&Vec<Value>> {
        self.0.get(name)?.as_array()
    }

    /// Numbers come as numbers or as text.
    pub(super) fn number(&self, name: &str) -> Option<f64> {
        let value = self.0.get(name)?;
        value.as_f64().or_else(|| value.as_str()?.trim().parse().ok()).filter(|number| number.is_finite())
    }

    /// So do truths.
    pub(super) fn flag(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|value| value == true || value == "true" || value == 1)
    }

    /// How text looks, where `usual` is how it looks when nothing is said.
    pub(super) fn style(&self, usual: TextStyle) -> TextStyle {
        TextStyle {
            size: self.number("FontSize").filter(|size| SIZES.contains(size)).unwrap_or(usual.size),
            align: match self.text("FontAlign") {
                Some("Left") => Align::Left,
                Some("Right") => Align::Right,
                Some("Center") => Align::Center,
                Some(_) | None => usual.align,
            },
            colour: self.text("FontColor").and_then(colour).unwrap_or(usual.colour),
            bold: usual.bold || self.flag("Bold"),
        }
    }
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

    #[test]
    fn numbers_and_truths_may_be_written_as_text() {
        let extra = Extra::read(r#"{"FontSize":"20","FontAlign":"Right","FontColor":"255, 0,10","Bold":"true"}"#);
        let colour = Colour { red: 255, green: 0, blue: 10 };
        let expected = TextStyle { size: 20.0, align: Align::Right, colour, bold: true };
        assert_eq!(extra.style(TextStyle::default()), expected);
    }

    #[test]
    fn what_cannot_be_read_is_left_out() {
        let usual = TextStyle::default();
        for extra in ["", "[]", "{broken", r#"{"FontSize":500,"FontAlign":"Top","FontColor":"red","Bold":0}"#] {
            assert_eq!(Extra::read(extra).style(usual), usual, "{extra}");
        }
    }
}
