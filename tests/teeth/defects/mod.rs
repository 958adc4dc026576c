//! Every defect, a file per family.

mod acts;
mod administration;
mod callbacks;
mod carrying_out;
mod contracts;
mod delivery;
mod edits;
mod files;
mod gateway;
mod groups;
mod identity;
mod ignored;
mod limits;
mod links;
mod lists;
mod platforms;
mod refusals;
mod sealing;
mod shapes;
mod statuses;
mod time;
mod worlds;

use crate::defect::{Defect, Trick};

/// All there are.
pub(crate) fn all() -> Vec<Defect> {
    let families = [
        statuses::defects(),
        contracts::defects(),
        lists::defects(),
        shapes::defects(),
        refusals::defects(),
        limits::defects(),
        gateway::defects(),
        identity::defects(),
        ignored::defects(),
        carrying_out::defects(),
        groups::defects(),
        acts::defects(),
        time::defects(),
        links::defects(),
        files::defects(),
        callbacks::defects(),
        delivery::defects(),
        sealing::defects(),
        worlds::defects(),
        platforms::defects(),
        administration::defects(),
    ];
    families.into_iter().flatten().collect()
}

/// Those that only cases of the platform's side can notice.
pub(crate) fn of_platforms() -> Vec<&'static str> {
    platforms::defects().into_iter().map(|defect| defect.name).collect()
}

/// Those that only cases of a company's administration can notice, and the folders of these cases.
pub(crate) fn of_administration() -> (Vec<&'static str>, &'static [&'static str]) {
    (administration::defects().into_iter().map(|defect| defect.name).collect(), administration::CASES)
}

fn defect(name: &'static str, says: &'static str, trick: Trick) -> Defect {
    Defect { name, says, trick, survives: None }
}
