//! A call whose answer was lost: where it shows whether it was carried out.
//!
//! The vendor offers no idempotency: `ClientToken` is accepted and ignored, and a second `CreateFlowByFiles` makes a second contract. (api
//! CreateFlow; gw) So this client repeats no call that changes something and may have been carried out. [`Error::what_to_check`] says
//! instead where to look.
//!
//! ```no_run
//! use ess_client::lost::Way;
//! use ess_client::schemas::ess;
//! use ess_client::{Client, Error};
//!
//! # async fn example(client: Client, request: ess::CreateFlowByFilesRequest) -> Result<(), Error> {
//! match client.call(&request).await {
//!     Ok(reply) => println!("launched {}", reply.flow_id),
//!     Err(error) => match error.what_to_check() {
//!         // Nothing happened, or nothing that needs looking for.
//!         None => return Err(error),
//!         // Put a number of your own into UserData, and it comes back in every callback of the contract.
//!         Some(check) => {
//!             println!("perhaps launched: {check}");
//!             for way in check.ways {
//!                 match way {
//!                     Way::Callback { message, field } => println!("wait for {message} and compare {field}"),
//!                     Way::Describe { action, by, shows } => println!("call {action} by {by} and compare {shows}"),
//!                 }
//!             }
//!         }
//!     },
//! }
//! # Ok(())
//! # }
//! ```

mod ess;
mod essbasic;

use std::fmt;

use ess_schemas::{ActionContract, Service};

use crate::{Error, Outcome};

/// How to find out whether a call was carried out, and what calling again would do if it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WhatToCheck {
    /// Where it shows, the surest first. Empty if no action and no callback shows it: only the vendor's console does.
    pub ways: &'static [Way],
    /// What calling again does, if the call was carried out.
    pub again: Again,
}

/// A place where it shows whether something was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The answer of a reading action of the same service.
    Describe {
        /// The action to call.
        action: &'static str,
        /// The parameter that finds the thing.
        by: &'static str,
        /// The field of the answer that shows it; levels are separated by dots.
        shows: &'static str,
    },
    /// A callback. It can take a while, and can be lost.
    Callback {
        /// Its `MsgType`.
        message: &'static str,
        /// The field of `MsgData` by which to know it again.
        field: &'static str,
    },
}

/// What calling again does, if the first call was carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// Makes or does it a second time, which somebody notices: another contract, charge or notice.
    Twice,
    /// Makes a second one that binds nobody: a link, a file, a draft, the result of a computation. Notices that were asked for go out again.
    Spare,
    /// Nothing more: the state asked for is there already, or the call is refused because of it.
    Same,
}

impl Error {
    /// Where to look before this call is made again. None if it was surely not carried out, or changes nothing.
    pub fn what_to_check(&self) -> Option<&'static WhatToCheck> {
        match self.outcome() {
            Outcome::NotCarriedOut => None,
            Outcome::CarriedOut | Outcome::Unknown => what_to_check(self.contract),
        }
    }
}

/// The check for an action; none for one that reads.
pub fn what_to_check(action: &ActionContract) -> Option<&'static WhatToCheck> {
    let rows = match action.service {
        Service::Ess => ess::ROWS,
        Service::Essbasic => essbasic::ROWS,
    };
    rows.iter().find(|row| row.actions.contains(&action.name)).map(|row| &row.check)
}

/// Actions whose answers are looked for in the same way.
struct Row {
    actions: &'static [&'static str],
    check: WhatToCheck,
}

const fn row(again: Again, ways: &'static [Way], actions: &'static [&'static str]) -> Row {
    Row { actions, check: WhatToCheck { ways, again } }
}

const fn look(action: &'static str, by: &'static str, shows: &'static str) -> Way {
    Way::Describe { action, by, shows }
}

const fn told(message: &'static str, field: &'static str) -> Way {
    Way::Callback { message, field }
}

impl fmt::Display for WhatToCheck {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, way) in self.ways.iter().enumerate() {
            write!(out, "{}{way}", if number == 0 { "look at " } else { ", or at " })?;
        }
        if self.ways.is_empty() {
            write!(out, "no action and no callback shows whether it was done")?;
        }
        let again = match self.again {
            Again::Twice => "calling again does it twice, if it was done",
            Again::Spare => "calling again does no harm",
            Again::Same => "calling again changes nothing, if it was done",
        };
        write!(out, "; {again}")
    }
}

impl fmt::Display for Way {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Describe { action, by, shows } => write!(out, "{shows} of {action} by {by}"),
            Self::Callback { message, field } => write!(out, "{field} of the callback {message}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use ess_schemas::callbacks::{self, Generation};
    use ess_schemas::contract::StructContract;

    use super::*;

    fn rows(service: Service) -> &'static [Row] {
        match service {
            Service::Ess => super::ess::ROWS,
            Service::Essbasic => super::essbasic::ROWS,
        }
    }

    fn has_path(contract: &'static StructContract, path: &str) -> bool {
        let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
        contract.field(first).is_some_and(|field| {
            rest.is_none_or(|rest| field.kind.structure().is_some_and(|inner| has_path(inner, rest)))
        })
    }

    #[test]
    fn every_action_that_changes_something_has_one_row_and_no_other_action_has() {
        for service in Service::ALL {
            for action in ess_schemas::actions(service) {
                let count =
                    rows(service).iter().flat_map(|row| row.actions).filter(|name| **name == action.name).count();
                assert_eq!(count, usize::from(!action.reads), "{} {}", service.name(), action.name);
            }
            for name in rows(service).iter().flat_map(|row| row.actions) {
                assert!(ess_schemas::action(service, name).is_some(), "{} has no {name}", service.name());
            }
        }
    }

    #[test]
    fn every_way_is_a_reading_action_or_a_callback_that_has_the_fields() {
        for service in Service::ALL {
            let generation = match service {
                Service::Ess => Generation::Company,
                Service::Essbasic => Generation::Partner,
            };
            for way in rows(service).iter().flat_map(|row| row.check.ways) {
                let fits = match way {
                    Way::Describe { action, by, shows } => ess_schemas::action(service, action).is_some_and(|action| {
                        action.reads && has_path(action.request, by) && has_path(action.response, shows)
                    }),
                    Way::Callback { message, field } => callbacks::message(generation, message)
                        .is_some_and(|message| message.schema.contains(&format!("\"{field}\""))),
                };
                assert!(fits, "{}: {way}", service.name());
            }
        }
    }

    #[test]
    fn a_check_reads_as_a_sentence() {
        let check = |name| what_to_check(ess_schemas::action(Service::Ess, name).unwrap()).unwrap().to_string();

        assert_eq!(
            check("CreateFlowByFiles"),
            "look at UserData of the callback FlowStatusChange, or at Details.FlowName of DescribeBillUsageDetail by StartTime; \
             calling again does it twice, if it was done"
        );
        assert_eq!(
            check("CreateFlowReminds"),
            "no action and no callback shows whether it was done; calling again does it twice, if it was done"
        );
    }
}
