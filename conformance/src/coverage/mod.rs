//! What the suite would notice: each transition of a contract's life, each reason a call is refused for, each numeric limit from both sides,
//! with the cases that test it. What none tests is explained in `unmatched.yaml`, or it is missing.

mod limits;
mod refusals;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use ess_schemas::Service;
use serde::Serialize;

use crate::suite::Suite;
use crate::suite::case::Case;
use crate::suite::marks::Transition;
use crate::suite::mistake::{self, Mistake};

/// Something a suite should notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Item {
    /// Its name: `T7`, `FlowUnknown`, `CancelFlow OperationDenied.Forbid`, `CancelFlowRequest.CancelMessage max_length beyond`.
    pub name: String,
    /// What it is, in a few words.
    pub what: String,
    /// The cases that test it, by id.
    pub cases: Vec<String>,
    /// Why none does.
    pub because: Option<String>,
}

impl Item {
    /// Whether nothing tests it and nobody says why.
    pub fn is_missing(&self) -> bool {
        self.cases.is_empty() && self.because.is_none()
    }
}

/// One kind of them.
#[derive(Clone, Debug, Serialize)]
pub struct Section {
    /// What they are.
    pub title: &'static str,
    /// Each of them.
    pub items: Vec<Item>,
}

/// Everything a suite should notice.
#[derive(Clone, Debug, Serialize)]
pub struct Coverage {
    /// By kind.
    pub sections: Vec<Section>,
    /// Explanations of what is tested after all, or is nothing.
    pub idle: Vec<String>,
}

impl Coverage {
    /// What a suite tests.
    ///
    /// # Errors
    /// `unmatched.yaml` cannot be read.
    pub fn of(suite: &Suite) -> Result<Self, Mistake> {
        let explanations = suite.folder.text("unmatched.yaml")?;
        let explained: BTreeMap<String, Vec<String>> = mistake::parse("unmatched.yaml", &explanations)?;
        let cases: Vec<Case> = suite.cases().collect();
        let mut sections = vec![
            Section { title: "transitions of a contract's life", items: transitions(&cases) },
            Section { title: "reasons a call is refused for", items: refusals::reasons(Service::Ess, &cases) },
            Section { title: "codes an action answers", items: refusals::codes(Service::Ess, &cases) },
            Section { title: "limits, from each side", items: limits::sides(Service::Ess, &cases) },
            Section {
                title: "reasons a call of essbasic is refused for",
                items: refusals::reasons(Service::Essbasic, &cases),
            },
            Section { title: "codes an action of essbasic answers", items: refusals::codes(Service::Essbasic, &cases) },
            Section { title: "limits of essbasic, from each side", items: limits::sides(Service::Essbasic, &cases) },
        ];
        let mut idle: BTreeSet<&str> = explained.values().flatten().map(String::as_str).collect();
        for item in sections.iter_mut().flat_map(|section| &mut section.items).filter(|item| item.cases.is_empty()) {
            let why = explained.iter().find(|(_, names)| names.contains(&item.name));
            item.because = why.map(|(why, _)| why.clone());
        }
        for item in sections.iter().flat_map(|section| &section.items).filter(|item| item.because.is_some()) {
            idle.remove(item.name.as_str());
        }
        let idle = idle.into_iter().map(str::to_owned).collect();
        Ok(Self { sections, idle })
    }

    /// What nothing tests and nobody explains.
    pub fn missing(&self) -> impl Iterator<Item = &Item> {
        self.sections.iter().flat_map(|section| &section.items).filter(|item| item.is_missing())
    }

    /// As a table to read.
    pub fn table(&self) -> String {
        table::write(self)
    }
}

/// What the platform's service has stands under the service's name; many names are the same in both.
fn named(service: Service, what: impl Display) -> String {
    match service {
        Service::Ess => what.to_string(),
        Service::Essbasic => format!("essbasic.{what}"),
    }
}

fn stateful(service: Service) -> impl Iterator<Item = ess_mock_server::coverage::Coverage> {
    ess_mock_server::coverage::all().filter(move |one| one.stateful && one.contract.service == service)
}

fn transitions(cases: &[Case]) -> Vec<Item> {
    let item = |(name, what): &(&str, &str)| {
        let covers = |case: &&Case| case.covers().any(|transition| transition.0 == *name);
        let cases = cases.iter().filter(covers).map(|case| case.id.clone()).collect();
        Item { name: (*name).to_owned(), what: (*what).to_owned(), cases, because: None }
    };
    Transition::ALL.iter().map(item).collect()
}
