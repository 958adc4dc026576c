//! A recording: an MP4 file of one second that shows one picture, for whoever expects a video.
//!
//! The boxes are those of ISO/IEC 14496-12, the one sample is the JPEG as it is.

/// Ticks of a second, and how long the picture shows.
const SECOND: u32 = 1000;

/// An MP4 that shows this JPEG for a second.
#[must_use]
pub fn recording(jpeg: &[u8], width: u16, height: u16) -> Vec<u8> {
    let kind = atom(*b"ftyp", &[b"isom", &512_u32.to_be_bytes(), b"isom", b"mp41"]);
    let data = atom(*b"mdat", &[jpeg]);
    // The data begin behind the first box and the head of the second.
    let offset = u32::try_from(kind.len() + 8).unwrap_or_default();
    let size = u32::try_from(jpeg.len()).unwrap_or_default();
    [kind, data, movie(offset, size, width, height)].concat()
}

/// A box: its length, its kind, what is in it.
fn atom(kind: [u8; 4], parts: &[&[u8]]) -> Vec<u8> {
    let length = 8 + parts.iter().map(|part| part.len()).sum::<usize>();
    let mut bytes = u32::try_from(length).unwrap_or_default().to_be_bytes().to_vec();
    bytes.extend(kind);
    parts.iter().for_each(|part| bytes.extend(*part));
    bytes
}

/// Numbers of 32 bits, one after the other.
fn words(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
}

/// The picture upright, as it is.
const MATRIX: [u32; 9] = [0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000];

fn movie(offset: u32, size: u32, width: u16, height: u16) -> Vec<u8> {
    let (rate, volume, next_track) = (0x1_0000, 0x0100_0000, 2);
    let head =
        [words(&[0, 0, 0, SECOND, SECOND, rate, volume, 0, 0]), words(&MATRIX), words(&[0; 6]), words(&[next_track])];
    let head = atom(*b"mvhd", &[&head.concat()]);
    // Enabled, in the movie, in the preview; the first track.
    let sides = [u32::from(width) << 16, u32::from(height) << 16];
    let track = [words(&[7, 0, 0, 1, 0, SECOND, 0, 0, 0, 0]), words(&MATRIX), words(&sides)];
    let track = atom(*b"tkhd", &[&track.concat()]);
    // Of no language.
    let media = atom(*b"mdhd", &[&words(&[0, 0, 0, SECOND, SECOND, 0x55c4_0000])]);
    let handler = atom(*b"hdlr", &[&words(&[0, 0]), b"vide", &words(&[0; 3]), b"ess-mock\0"]);
    let video = atom(*b"vmhd", &[&words(&[1, 0, 0])]);
    let here = atom(*b"dref", &[&words(&[0, 1]), &atom(*b"url ", &[&words(&[1])])]);
    let information = atom(*b"minf", &[&video, &atom(*b"dinf", &[&here]), &samples(offset, size, width, height)]);
    let media = atom(*b"mdia", &[&media, &handler, &information]);
    atom(*b"moov", &[&head, &atom(*b"trak", &[&track, &media])])
}

/// The one sample: what it is, how long it shows, how large it is, where it begins.
fn samples(offset: u32, size: u32, width: u16, height: u16) -> Vec<u8> {
    let (dots_per_inch, frames, name, depth, no_colours) = (0x48_0000_u32, 1_u16, [0_u8; 32], 24_u16, u16::MAX);
    let picture = atom(
        *b"jpeg",
        &[
            &[0, 0, 0, 0, 0, 0, 0, 1],
            &[0; 16],
            &width.to_be_bytes(),
            &height.to_be_bytes(),
            &words(&[dots_per_inch, dots_per_inch, 0]),
            &frames.to_be_bytes(),
            &name,
            &depth.to_be_bytes(),
            &no_colours.to_be_bytes(),
        ],
    );
    atom(
        *b"stbl",
        &[
            &atom(*b"stsd", &[&words(&[0, 1]), &picture]),
            &atom(*b"stts", &[&words(&[0, 1, 1, SECOND])]),
            &atom(*b"stsc", &[&words(&[0, 1, 1, 1, 1])]),
            &atom(*b"stsz", &[&words(&[0, size, 1])]),
            &atom(*b"stco", &[&words(&[0, 1, offset])]),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The kinds of the boxes side by side, with their contents.
    fn boxes(mut bytes: &[u8]) -> Vec<(String, &[u8])> {
        let mut found = Vec::new();
        while !bytes.is_empty() {
            let length = u32::from_be_bytes(bytes[..4].try_into().unwrap()) as usize;
            found.push((String::from_utf8(bytes[4..8].to_vec()).unwrap(), &bytes[8..length]));
            bytes = &bytes[length..];
        }
        found
    }

    fn inside<'a>(bytes: &'a [u8], path: &[&str]) -> &'a [u8] {
        path.iter().fold(bytes, |bytes, kind| boxes(bytes).into_iter().find(|(own, _)| own == kind).unwrap().1)
    }

    #[test]
    fn every_box_ends_where_the_next_begins_and_the_sample_is_found() {
        let jpeg = [0xff, 0xd8, 1, 2, 3, 0xff, 0xd9];
        let video = recording(&jpeg, 64, 48);

        let kinds: Vec<_> = boxes(&video).into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds, ["ftyp", "mdat", "moov"]);
        let table = inside(&video, &["moov", "trak", "mdia", "minf", "stbl"]);
        let last = |kind: &str| {
            let bytes = inside(table, &[kind]);
            u32::from_be_bytes(bytes[bytes.len() - 4..].try_into().unwrap()) as usize
        };
        let offset = last("stco");
        assert_eq!(video[offset..offset + jpeg.len()], jpeg);
        assert_eq!(inside(&video, &["moov", "mvhd"]).len(), 100, "as long as the standard says");
        assert_eq!(inside(&video, &["moov", "trak", "tkhd"]).len(), 84);
        assert_eq!(inside(&video, &["moov", "trak", "mdia", "mdhd"]).len(), 24);
    }
}
