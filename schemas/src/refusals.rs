//! Why a call is refused, as rows that turn a reason into one of the action's own codes.

use crate::contract::{ActionContract, Service};

/// One reason to refuse a call.
#[derive(Debug)]
pub struct RefusalRow {
    /// The reason's name, such as `FlowUnknown`.
    pub name: &'static str,
    /// Codes in order of preference; the first that the action lists is answered.
    pub chain: &'static [&'static str],
    /// The common code for actions that list none of them.
    pub otherwise: &'static str,
    /// What is said, with `{placeholders}`; without it, the code's published description.
    pub message: Option<&'static str>,
    /// Where this is known from, or ASSUMED.
    pub source: &'static str,
    /// Actions known to answer something else, sorted by action.
    pub exceptions: &'static [Exception],
    /// How the service puts a value of a placeholder: placeholder, our word, the service's.
    pub words: &'static [(&'static str, &'static str, &'static str)],
}

/// What one action is known to answer for a reason.
#[derive(Debug)]
pub struct Exception {
    /// The action.
    pub action: &'static str,
    /// Its code.
    pub code: &'static str,
    /// Its message, with `{placeholders}`; without it, the code's published description.
    pub message: Option<&'static str>,
    /// Where this is known from.
    pub source: &'static str,
}

impl RefusalRow {
    /// What this action is known to answer, if it is no ordinary case.
    pub fn exception_for(&self, action: &ActionContract) -> Option<&'static Exception> {
        self.exceptions
            .binary_search_by_key(&action.name, |exception| exception.action)
            .ok()
            .map(|index| &self.exceptions[index])
    }

    /// The code this action answers: its exception's, else the first of the chain it lists, else the common one.
    pub fn code_for(&self, action: &ActionContract) -> &'static str {
        match self.exception_for(action) {
            Some(exception) => exception.code,
            None => self.chain.iter().copied().find(|code| action.lists(code)).unwrap_or(self.otherwise),
        }
    }

    /// A placeholder's value in the service's words: as it is, unless the row says otherwise.
    pub fn word<'v>(&self, placeholder: &str, value: &'v str) -> &'v str {
        let known = self.words.iter().find(|(of, ours, _)| *of == placeholder && *ours == value);
        known.map_or(value, |(_, _, theirs)| theirs)
    }

    /// The message template this action answers: its exception's, else the row's, else the description of the code.
    pub fn message_for(&self, action: &ActionContract) -> Option<&'static str> {
        let known = match self.exception_for(action) {
            Some(exception) => exception.message,
            None => self.message,
        };
        known.or_else(|| describe(action.service, self.code_for(action)))
    }
}

/// The row of this name.
pub fn refusal(service: Service, name: &str) -> Option<&'static RefusalRow> {
    let all = refusals(service);
    all.binary_search_by_key(&name, |row| row.name).ok().map(|index| &all[index])
}

/// All rows of a service, sorted by name.
pub fn refusals(service: Service) -> &'static [RefusalRow] {
    match service {
        Service::Ess => ess::ROWS,
        Service::Essbasic => essbasic::ROWS,
    }
}

/// What the vendor's SDK says about a code: the default message.
pub fn describe(service: Service, code: &str) -> Option<&'static str> {
    let all = match service {
        Service::Ess => ess::DESCRIPTIONS,
        Service::Essbasic => essbasic::DESCRIPTIONS,
    };
    all.binary_search_by_key(&code, |(known, _)| known).ok().map(|index| all[index].1)
}

mod ess {
    use super::{Exception, RefusalRow};
    include!(concat!(env!("OUT_DIR"), "/ess_refusals.rs"));
}

mod essbasic {
    use super::{Exception, RefusalRow};
    include!(concat!(env!("OUT_DIR"), "/essbasic_refusals.rs"));
}
