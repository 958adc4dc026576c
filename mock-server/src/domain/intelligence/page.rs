//! The pages of contract intelligence that are embedded into other sites; a link to one opens once.

use std::time::Duration;

use crate::domain::ids::{ChecklistId, TaskId};
use crate::domain::time::MINUTE;

/// How long one can be opened (`api CreateContractDiffTaskWebUrl`).
pub const LIFETIME: Duration = Duration::from_secs(5 * MINUTE.as_secs());

/// What a page shows.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum IntelligencePage {
    /// A review is asked for.
    NewReview {
        /// What its receivers get back.
        user_data: String,
        /// What the page hides.
        hides: ReviewHides,
    },
    /// What came of a review, or how far it is.
    Review(TaskId, ReviewHides),
    /// All reviews of the company.
    Reviews,
    /// A checklist is made.
    NewChecklist,
    /// A checklist.
    Checklist(ChecklistId),
    /// All checklists of the company; whether the way to make one is hidden.
    Checklists(bool),
    /// Two files are chosen to be compared.
    NewComparison {
        /// What its receivers get back.
        user_data: String,
    },
    /// What came of a comparison, or how far it is.
    Comparison(TaskId),
    /// Files and fields are chosen to be searched for.
    NewExtraction {
        /// Files that were named, by id.
        files: Vec<String>,
        /// What its receivers get back.
        user_data: String,
    },
    /// What came of a search for fields, or how far it is.
    Extraction(TaskId),
    /// All searches of the company.
    Extractions,
}

/// What a review's page hides (`api ContractReviewWebUrlOption`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct ReviewHides {
    /// The way to keep it for later.
    pub store: bool,
    /// The way to fetch it as a file.
    pub export: bool,
    /// The way to have it done again.
    pub again: bool,
    /// The QR code it is shared by.
    pub qr_code: bool,
}
