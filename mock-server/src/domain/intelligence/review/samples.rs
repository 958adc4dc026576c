//! Reviews for tests.

use std::sync::Arc;

use bytes::Bytes;

use super::checklist::Level;
use super::judging::Risk;
use super::summary::Summary;
use super::task::{Item, Report, Review, Wanted};
use crate::domain::file::{Content, Purpose, UploadedFile};
use crate::domain::intelligence::Task;
use crate::domain::intelligence::timing::Timing;
use crate::domain::samples::at;
use crate::domain::time::Timestamp;

/// A risk of this name.
pub(crate) fn risk(name: &str) -> Risk {
    Risk {
        name: name.to_owned(),
        description: "说明".into(),
        level: Level::High,
        advice: "建议".into(),
        presentation: vec!["条款缺失".into()],
        labels: Vec::new(),
        clause: Vec::new(),
        basis: "依据".into(),
    }
}

/// A review that ended at once with these risks.
pub(crate) fn review(risks: Vec<Item<Risk>>) -> Review {
    let timing = Timing { created_at: at(0), ends_at: at(0) };
    Review {
        task: Task {
            id: "review".into(),
            organization: "own".into(),
            operator: "operator".into(),
            name: "合同.pdf".into(),
            user_data: String::new(),
            timing,
        },
        file: Arc::new(UploadedFile {
            id: "file".into(),
            owner: "own".into(),
            application: None,
            name: "合同.pdf".into(),
            purpose: Purpose::Document,
            content: Arc::new(Content::new(Bytes::new(), None)),
            expires_at: Timestamp::MAX,
        }),
        wanted: Wanted::default(),
        outcome: Ok(Report {
            checklists: Vec::new(),
            roles: Vec::new(),
            risks,
            passed: Vec::new(),
            summary: Summary::default(),
        }),
    }
}
