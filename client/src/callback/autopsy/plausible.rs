//! How much a decrypted block looks like a piece of a message.
//!
//! A block of ciphertext that was changed decrypts to sixteen bytes of chance: about ten of them cannot stand in JSON. A piece of a message
//! has none. So a sum over bytes tells them apart, without knowing what the message says.

/// What a byte costs that no message has: a control character, or a part of no UTF-8 character.
const FOREIGN: u32 = 8;

/// From here on a block is noise: five foreign bytes. Chance has fewer once in some 200 blocks.
const NOISE: u32 = 5 * FOREIGN;

/// How foreign a piece of a message looks; 0 for text. It may begin and end inside of a character.
pub(super) fn cost(piece: &[u8]) -> u32 {
    let continued = |byte: &u8| byte & 0xc0 == 0x80;
    let mut rest = piece;
    // What a character of the block before left over.
    for _ in 0..3 {
        match rest.split_first() {
            Some((first, after)) if continued(first) => rest = after,
            Some(_) | None => break,
        }
    }
    let mut cost = u32::from(rest.len() < piece.len());
    while let Some((first, after)) = rest.split_first() {
        match first {
            b' '..=b'~' => rest = after,
            b'\n' | b'\r' | b'\t' => {
                cost += 2;
                rest = after;
            }
            _ => {
                let length = match first {
                    0xc2..=0xdf => 2,
                    0xe0..=0xef => 3,
                    0xf0..=0xf4 => 4,
                    _ => 0,
                };
                let character = &rest[..length.min(rest.len())];
                let whole = length > 0 && character[1..].iter().all(continued);
                // Chinese text has characters of three bytes; any other kind is rarer.
                cost += if whole { u32::from(length != 3) } else { FOREIGN };
                rest = if whole { &rest[character.len()..] } else { after };
            }
        }
    }
    cost
}

/// Whether a block is chance.
pub(super) fn is_noise(piece: &[u8]) -> bool {
    cost(piece) >= NOISE
}

/// How many bytes of padding end the last block, if they do.
pub(super) fn padding(last: &[u8]) -> Option<usize> {
    let count = usize::from(*last.last()?);
    let padded =
        (1..=last.len()).contains(&count) && last[last.len() - count..].iter().all(|byte| usize::from(*byte) == count);
    padded.then_some(count)
}

/// How foreign the last piece looks, with its padding; without one it is as bad as noise.
pub(super) fn cost_of_last(piece: &[u8]) -> u32 {
    match padding(piece) {
        Some(count) => cost(&piece[..piece.len() - count]),
        None => cost(piece) + NOISE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_costs_nothing_and_chance_much() {
        assert_eq!(cost(br#"{"FlowId":"yDRtr"#), 0);
        assert_eq!(cost("测试流程,ab".as_bytes()), 0);
        assert_eq!(cost(&"测试".as_bytes()[1..]), 1, "begins inside of a character");
        assert_eq!(cost(&"a测试".as_bytes()[..6]), 0, "ends inside of one");
        assert!(is_noise(&[0x00, 0x81, 0xff, 0x1f, 0x7f, 0xfe, 0xc0, 0x05]));
        assert!(!is_noise(b"\r\n\t{\n"));
    }

    #[test]
    fn the_padding_is_1_to_16_bytes_that_say_how_many_they_are() {
        assert_eq!(padding(&[16; 16]), Some(16));
        assert_eq!(padding(b"abcdefghijklmno\x01"), Some(1));
        assert_eq!(padding(b"abcdefghijklm\x02\x03\x03"), None);
        assert_eq!(padding(&[17; 16]), None);
        assert_eq!(padding(&[0; 16]), None);
    }
}
