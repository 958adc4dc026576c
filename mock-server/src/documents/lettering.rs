//! Printed text in a box: dates, names in frames, what people filled in.

use super::pen::{ASCENT, Colour, DESCENT, Pen};

/// How printed text looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextStyle {
    /// Size in pt; text too long for its area is set smaller (ASSUMED).
    pub size: f64,
    /// Where lines stand between left and right.
    pub align: Align,
    /// Colour.
    pub colour: Colour,
    /// Bolder.
    pub bold: bool,
}

impl Default for TextStyle {
    /// What [api Component] gives for SIGN_DATE: 12 pt, centred.
    fn default() -> Self {
        Self { size: 12.0, align: Align::Center, colour: Colour::BLACK, bold: false }
    }
}

/// `FontAlign`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// At the left edge.
    Left,
    /// In the middle.
    Center,
    /// At the right edge.
    Right,
}

/// How text takes up its box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// Lines as they are, in the middle between top and bottom; a long one is set smaller.
    Plain,
    /// Long lines broken, in the middle between top and bottom.
    Broken,
    /// Long lines broken, from the top.
    Paragraph,
}

/// Distance of two baselines, in sizes.
const LEADING: f32 = 1.25;
/// Text is not set smaller than this part of its asked-for size by one step.
const STEP: f32 = 0.92;
/// Smallest size text shrinks to; what still does not fit is cut off at the area's edge.
const SMALLEST: f32 = 1.0;

/// Sets `text` inside `width` x `height`, as large as fits up to the style's size.
/// With `wrap`, long lines are broken; without, they are set smaller. `\n` always breaks.
pub(super) fn set(pen: &mut Pen<'_, '_>, text: &str, style: TextStyle, setting: Setting, width: f32, height: f32) {
    let wrap = setting != Setting::Plain;
    let mut size = (style.size as f32).clamp(SMALLEST, 1000.0);
    let mut lines = broken(pen, text, wrap.then_some(width / size));
    while size > SMALLEST && !fits(pen, &lines, size, width, height) {
        size = (size * STEP).max(SMALLEST);
        lines = broken(pen, text, wrap.then_some(width / size));
    }
    pen.set_colour(style.colour);
    pen.set_weight(if style.bold { size / 30.0 } else { 0.0 });
    let tall = block_height(lines.len(), size);
    let above = match setting {
        Setting::Plain | Setting::Broken => (height - tall) / 2.0,
        Setting::Paragraph => 0.0,
    };
    let mut baseline = above + ASCENT * size;
    for line in &lines {
        let room = width - pen.length(line) * size;
        let x = match style.align {
            Align::Left => 0.0,
            Align::Center => room / 2.0,
            Align::Right => room,
        };
        pen.text(line, x, baseline, size);
        baseline += LEADING * size;
    }
    pen.set_weight(0.0);
}

fn block_height(lines: usize, size: f32) -> f32 {
    (ASCENT + DESCENT) * size + LEADING * size * lines.saturating_sub(1) as f32
}

fn fits(pen: &Pen<'_, '_>, lines: &[String], size: f32, width: f32, height: f32) -> bool {
    block_height(lines.len(), size) <= height && lines.iter().all(|line| pen.length(line) * size <= width)
}

/// Breaks `text` at `\n`, and at `longest` (in sizes) where given: before a word of Latin letters or digits where one
/// can, else between any two characters, as Chinese is.
fn broken(pen: &Pen<'_, '_>, text: &str, longest: Option<f32>) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let Some(longest) = longest else {
            lines.push(paragraph.to_owned());
            continue;
        };
        let mut line = String::new();
        let mut length = 0.0;
        for word in words(paragraph) {
            let long = pen.length(word);
            if length + long > longest && !line.is_empty() {
                lines.push(std::mem::take(&mut line).trim_end().to_owned());
                length = 0.0;
            }
            for character in word.chars() {
                let advance = pen.advance(character);
                if length + advance > longest && !line.is_empty() {
                    lines.push(std::mem::take(&mut line));
                    length = 0.0;
                }
                line.push(character);
                length += advance;
            }
        }
        lines.push(line);
    }
    lines
}

/// Pieces that stay together: runs of Latin letters, digits and their signs; every other character alone.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, character) in text.char_indices() {
        let joined = before.is_some_and(|before| before.is_ascii_graphic() && character.is_ascii_graphic());
        if at > start && !joined {
            words.push(&text[start..at]);
            start = at;
        }
        before = Some(character);
    }
    if start < text.len() {
        words.push(&text[start..]);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_of_latin_letters_stay_together_and_chinese_breaks_anywhere() {
        assert_eq!(
            words("签于 2024-05-06 Party A，北京"),
            ["签", "于", " ", "2024-05-06", " ", "Party", " ", "A", "，", "北", "京"]
        );
        assert_eq!(words(""), [""; 0]);
    }
}
