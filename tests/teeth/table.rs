//! The table of defects: what was wrong, and who noticed.

use comfy_table::presets::NOTHING;
use comfy_table::{ContentArrangement, Table};

use crate::trial::Verdict;

pub(crate) fn of(verdicts: &[Verdict]) -> String {
    let mut table = Table::new();
    table.load_preset(NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(["defect", "what is wrong", "cases", "fired", "caught by"]);
    for one in verdicts {
        let unexplained = one.survives.map_or("SURVIVED".to_owned(), |reason| format!("survived: {reason}"));
        let caught = one.caught_by.as_ref().unwrap_or(&unexplained);
        table.add_row([one.name, one.says, &one.cases.to_string(), &one.fired.to_string(), caught]);
    }
    let caught = verdicts.iter().filter(|one| one.caught_by.is_some()).count();
    format!("{table}\n{caught} of {} defects are caught", verdicts.len())
}
