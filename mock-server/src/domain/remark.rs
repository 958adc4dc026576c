//! Notes on contracts and on groups of them (备注): five at most, of 50 characters at most (`api OperateFlowRemarks`; the
//! limits stand in the contract's overlays).

use super::refusal::Refusal;

/// How many notes there may be.
const REMARKS: usize = 5;

/// What to do with the notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RemarkChange {
    /// `CREATE`: these instead of all there are.
    Replace(Vec<String>),
    /// `UPDATE`: another text for the note at this place, counted from 0.
    Rewrite(usize, String),
    /// `DELETE`: the note at this place goes; those behind it move up (ASSUMED).
    Remove(usize),
}

impl RemarkChange {
    /// The notes after it.
    ///
    /// # Errors
    /// No notes or too many, an empty one (ASSUMED), or a place where there is none (ASSUMED).
    pub fn apply(self, remarks: &[String]) -> Result<Vec<String>, Refusal> {
        let invalid = |detail: String| Err(Refusal::RemarkInvalid { detail });
        let mut remarks = remarks.to_vec();
        match self {
            Self::Replace(all) if all.is_empty() || all.len() > REMARKS => {
                return invalid(format!("1 to {REMARKS} remarks at once"));
            }
            Self::Replace(all) => remarks = all,
            Self::Rewrite(place, _) | Self::Remove(place) if place >= remarks.len() => {
                return invalid(format!("there is no remark {place}"));
            }
            Self::Rewrite(place, text) => remarks[place] = text,
            Self::Remove(place) => _ = remarks.remove(place),
        }
        if remarks.iter().any(String::is_empty) {
            return invalid("a remark must say something".to_owned());
        }
        Ok(remarks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(remarks: &[&str]) -> Vec<String> {
        remarks.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn notes_are_replaced_rewritten_and_removed() {
        let there = texts(&["急", "法务已看"]);
        let after = |change: RemarkChange| change.apply(&there).unwrap();
        assert_eq!(after(RemarkChange::Replace(texts(&["新"]))), ["新"]);
        assert_eq!(after(RemarkChange::Rewrite(1, "法务已审".into())), ["急", "法务已审"]);
        assert_eq!(after(RemarkChange::Remove(0)), ["法务已看"]);
    }

    #[test]
    fn nothing_is_written_where_there_is_no_note() {
        let there = texts(&["急"]);
        for change in [
            RemarkChange::Replace(Vec::new()),
            RemarkChange::Replace(texts(&["1", "2", "3", "4", "5", "6"])),
            RemarkChange::Replace(texts(&[""])),
            RemarkChange::Rewrite(1, "x".into()),
            RemarkChange::Rewrite(0, String::new()),
            RemarkChange::Remove(1),
        ] {
            let refused = change.clone().apply(&there);
            assert!(matches!(refused, Err(Refusal::RemarkInvalid { .. })), "{change:?}: {refused:?}");
        }
    }
}
