//! An answer as bytes, told apart from what may follow it.

/// The length of the answer that begins here, head and body, once its head is complete.
///
/// # Panics
/// The head is no text, or announces no length: this server always does.
#[expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests and benchmarks stop where a server answers strangely"
)]
pub fn whole_length(read: &[u8]) -> Option<usize> {
    let head = end_of_head(read)?;
    let text = std::str::from_utf8(&read[..head]).unwrap();
    let length = text.lines().find_map(|line| line.strip_prefix("content-length: ")).expect("a content-length");
    Some(head + length.parse::<usize>().unwrap())
}

/// The body of a whole answer.
pub fn body_of(answer: &[u8]) -> &[u8] {
    &answer[end_of_head(answer).unwrap_or(answer.len())..]
}

fn end_of_head(read: &[u8]) -> Option<usize> {
    read.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4)
}
