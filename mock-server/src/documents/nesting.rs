//! In what state a page's content leaves the page.

use hayro::hayro_syntax::page::Page;

/// What must be ended before anything can be drawn after a page's content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nesting {
    /// Everything the content restored it had saved.
    Open {
        /// Inside a text object.
        text: bool,
        /// Saved states not restored.
        saved: usize,
    },
    /// The content restores more than it saved: a `q` put before it would be used up.
    Broken,
}

impl Nesting {
    pub(super) fn of(page: &Page<'_>) -> Self {
        let (mut saved, mut text) = (0_usize, false);
        let mut operations = page.operations();
        while let Some(operation) = operations.next() {
            let operator: &[u8] = operation.operator.as_ref();
            match operator {
                b"q" => saved += 1,
                b"Q" => match saved.checked_sub(1) {
                    Some(left) => saved = left,
                    None => return Self::Broken,
                },
                b"BT" => text = true,
                b"ET" => text = false,
                _ => (),
            }
        }
        Self::Open { text, saved }
    }
}
