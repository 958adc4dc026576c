//! `multipart/form-data`, which the vendor's newer generation allows beside JSON (page request-structure). No official
//! client sends it to these products (wire), so this is the plain core of RFC 7578: one part for each parameter.

use super::fault::Fault;

/// More parts than any action has parameters, lists flattened included.
const MAX_PARTS: usize = 2_000;

/// One part of the form.
#[derive(Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// The parameter: `FileName`, or flattened `FileInfos.0.FileName`.
    pub name: &'a str,
    /// Its content, undecoded.
    pub content: &'a [u8],
}

/// Splits a body at the boundary its Content-Type names.
pub(crate) fn split<'a>(content_type: &str, body: &'a [u8]) -> Result<Vec<Part<'a>>, Fault> {
    let boundary = boundary(content_type).ok_or(Fault::BrokenMultipart)?;
    let opening = [b"--", boundary.as_bytes()].concat();
    let between = [b"\r\n--", boundary.as_bytes()].concat();

    let mut rest = body.strip_prefix(opening.as_slice()).ok_or(Fault::BrokenMultipart)?;
    let mut parts = Vec::new();
    while !rest.starts_with(b"--") {
        rest = rest.strip_prefix(b"\r\n").ok_or(Fault::BrokenMultipart)?;
        let end = find(rest, &between).ok_or(Fault::BrokenMultipart)?;
        let part = read_part(&rest[..end]).ok_or(Fault::BrokenMultipart)?;
        if parts.len() == MAX_PARTS {
            return Err(Fault::BrokenMultipart);
        }
        parts.push(part);
        rest = &rest[end + between.len()..];
    }
    let mut names: Vec<&str> = parts.iter().map(|part| part.name).collect();
    names.sort_unstable();
    match names.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(Fault::Repeated { name: pair[0].to_owned() }),
        None => Ok(parts),
    }
}

fn read_part(part: &[u8]) -> Option<Part<'_>> {
    let end_of_headers = find(part, b"\r\n\r\n")?;
    let headers = std::str::from_utf8(&part[..end_of_headers]).ok()?;
    let disposition = headers.split("\r\n").find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.trim().eq_ignore_ascii_case("content-disposition").then_some(value)
    })?;
    let name = parameter(disposition, "name")?;
    Some(Part { name, content: &part[end_of_headers + 4..] })
}

/// The boundary of a Content-Type; RFC 2046 allows 1 to 70 characters.
fn boundary(content_type: &str) -> Option<&str> {
    parameter(content_type, "boundary").filter(|boundary| (1..=70).contains(&boundary.len()))
}

/// The value of `name=value` or `name="value"` in a header.
fn parameter<'h>(header: &'h str, name: &str) -> Option<&'h str> {
    header.split(';').skip(1).find_map(|parameter| {
        let (key, value) = parameter.trim().split_once('=')?;
        let value = value.trim();
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim_matches('"'))
    })
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPE: &str = "multipart/form-data; boundary=\"XyZ\"";

    #[test]
    fn parts_are_found_with_their_names_and_raw_contents() {
        let body = b"--XyZ\r\nContent-Disposition: form-data; name=\"FlowName\"\r\n\r\n\xe5\x90\x88\xe5\x90\x8c\r\n\
            --XyZ\r\nContent-Type: application/json\r\ncontent-disposition: form-data; name=\"Operator\"\r\n\r\n{}\r\n--XyZ--\r\n";

        let parts = split(TYPE, body).unwrap();

        assert_eq!(parts[0], Part { name: "FlowName", content: "合同".as_bytes() });
        assert_eq!(parts[1], Part { name: "Operator", content: b"{}" });
    }

    #[test]
    fn a_form_that_breaks_its_own_rules_is_refused() {
        let part = "--XyZ\r\nContent-Disposition: form-data; name=\"A\"\r\n\r\n1\r\n";
        for body in ["", "hello", part, "--XyZ\r\n\r\n1\r\n--XyZ--", "--Other--"] {
            assert_eq!(split(TYPE, body.as_bytes()), Err(Fault::BrokenMultipart), "{body}");
        }
        assert_eq!(split("multipart/form-data", part.as_bytes()), Err(Fault::BrokenMultipart));
        assert_eq!(split(TYPE, format!("{part}{part}--XyZ--").as_bytes()), Err(Fault::Repeated { name: "A".into() }));
    }
}
