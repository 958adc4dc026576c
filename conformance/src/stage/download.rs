//! Fetching a file and looking into it.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{End, Stage, pdf};
use crate::suite::matcher::{self, Mismatch};
use crate::suite::step::Download;

impl Stage<'_> {
    pub(super) async fn download(&mut self, download: &Download) -> Result<(), End> {
        let url = self.names.text(&download.url)?;
        let (status, bytes) = self.world.fetch(&url).await.map_err(End::Broken)?;
        let differs = |place: &str, expected: String, actual: String| {
            End::Differs(vec![Mismatch { place: place.to_owned(), expected, actual }])
        };
        let wanted = download.status.unwrap_or(200);
        if status != wanted {
            return Err(differs("status", wanted.to_string(), status.to_string()));
        }
        if let Some(kind) = &download.kind
            && kind_of(&bytes) != Some(kind.as_str())
        {
            return Err(differs("kind", kind.clone(), kind_of(&bytes).unwrap_or("something else").to_owned()));
        }
        if download.pages.is_some() || !download.text.is_empty() || !download.lacks.is_empty() {
            let (pages, text) =
                pdf::read(&bytes).map_err(|error| differs("kind", "a readable PDF".to_owned(), error))?;
            if let Some(wanted) = &download.pages {
                let wanted = self.names.resolve(wanted)?;
                if !matcher::holds(&wanted, Some(&json!(pages))) {
                    return Err(differs("pages", matcher::shown(&wanted), pages.to_string()));
                }
            }
            for (texts, there) in [(&download.text, true), (&download.lacks, false)] {
                for wanted in texts {
                    let wanted = self.names.text(wanted)?;
                    let squeezed: String = wanted.chars().filter(|letter| !letter.is_whitespace()).collect();
                    if text.contains(&squeezed) != there {
                        let expected = if there { format!("{wanted:?} in it") } else { format!("no {wanted:?} in it") };
                        return Err(differs("text", expected, matcher::shown(&Value::String(text))));
                    }
                }
            }
        }
        let facts = json!({"sha256": Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>(), "size": bytes.len()});
        self.keep(&download.keep, &facts)
    }
}

fn kind_of(bytes: &[u8]) -> Option<&'static str> {
    let kinds: [(&[u8], &str); 4] =
        [(b"%PDF-", "pdf"), (b"\xff\xd8\xff", "jpg"), (b"\x89PNG", "png"), (b"PK\x03\x04", "zip")];
    let kind = kinds.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, kind)| *kind)?;
    // A workbook is an archive of such a part.
    let is_workbook = kind == "zip" && bytes.windows(3).any(|three| three == b"xl/");
    Some(if is_workbook { "xlsx" } else { kind })
}
