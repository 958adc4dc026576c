//! A file per API action, a folder per chapter.
//!
//! A handler reads like the documentation of its action: find, decide, answer. It gets a typed request and a
//! [`Call`], answers a typed response or a [`Refusal`], and does not wait. What is heavy (decoding uploads, searching a
//! document's text) is prepared before the world is opened.
//!
//! Whatever has no handler here is answered from its response schema and says so (`X-Mock-Fidelity: synthesized`).

mod auto_signs;
mod batch_links;
mod bills;
mod cancel_tasks;
mod certificates;
mod components;
mod consents;
mod conversion;
mod deed_links;
mod embedding;
pub mod enclosed;
pub mod ess;
pub mod essbasic;
mod evidence;
mod face_video;
mod filled;
mod filters;
mod flow_types;
mod forwarding;
mod h5_links;
mod joining;
mod letters;
mod naming;
mod onboarding;
mod partners;
pub mod permissions;
mod preparing;
mod qr_codes;
mod reading;
mod releasing;
mod reminding;
mod repeats;
mod reviews;
mod roles;
mod seals;
mod signers;
mod uploading;
mod verifying;
mod words;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use ess_schemas::{Action, ActionContract};
use serde_json::Value;

use crate::domain::refusal::Refusal;
use crate::engine::account::Account;
use crate::engine::call::Call;
use crate::engine::clock::EdgeTime;
use crate::gateway::refusal::answer;

use self::enclosed::Enclosed;

/// The rest of a call, to be done inside the world.
pub type Work = Box<dyn FnOnce(&mut Call<'_>) -> Result<Reply, Refusal> + Send>;

/// What a call comes to.
pub enum Reply {
    /// The response as JSON.
    Response(Vec<u8>),
    /// Another call that came inside of this one and is still to be made; its answer is closed for the response.
    Enclosed(Box<Enclosed>),
}

/// What is done outside of the world.
type Prepare = Box<dyn Fn(&Arc<Account>, EdgeTime, Value) -> Result<Work, serde_json::Error> + Send + Sync>;

/// What answers an action.
pub struct Handler {
    /// The action.
    pub contract: &'static ActionContract,
    /// The folder it lies in.
    pub chapter: &'static str,
    /// Whether what is done outside of the world takes so long that it must not be done on the threads that serve others.
    pub heavy: bool,
    prepare: Prepare,
}

impl Handler {
    /// Reads the parameters, which passed the gateway's checks, and does what can be done outside of the world.
    ///
    /// # Errors
    /// The parameters do not fit the type generated from the same contract: a defect of ours.
    pub fn prepare(
        &self,
        account: &Arc<Account>,
        edge: EdgeTime,
        parameters: Value,
    ) -> Result<Work, serde_json::Error> {
        (self.prepare)(account, edge, parameters)
    }
}

/// The handler of an action, if it has one.
#[must_use]
pub fn handler(contract: &ActionContract) -> Option<&'static Handler> {
    HANDLERS.get(&(contract.service.name(), contract.name))
}

/// Every action that has a handler.
pub fn handled() -> impl Iterator<Item = &'static ActionContract> {
    handlers().map(|handler| handler.contract)
}

/// Every handler there is.
pub fn handlers() -> impl Iterator<Item = &'static Handler> {
    HANDLERS.values()
}

static HANDLERS: LazyLock<BTreeMap<(&'static str, &'static str), Handler>> = LazyLock::new(|| {
    let handlers = ess::handlers().into_iter().chain(essbasic::handlers());
    handlers.map(|one| ((one.contract.service.name(), one.contract.name), one)).collect()
});

/// Handlers that lie in one folder.
fn in_chapter(chapter: &'static str, handlers: Vec<Handler>) -> Vec<Handler> {
    handlers.into_iter().map(|one| Handler { chapter, ..one }).collect()
}

/// A handler that needs nothing but the world.
fn quick<A: Action>(answer: fn(&mut Call<'_>, A) -> Result<A::Response, Refusal>) -> Handler {
    prepared(|_, _, _: &mut A| (), move |call, request, ()| answer(call, request))
}

/// A handler with something heavy to do before the world is opened.
fn prepared<A: Action, P: Send + 'static>(
    prepare: impl Fn(&Arc<Account>, EdgeTime, &mut A) -> P + Send + Sync + 'static,
    answer: impl Fn(&mut Call<'_>, A, P) -> Result<A::Response, Refusal> + Copy + Send + Sync + 'static,
) -> Handler {
    Handler {
        contract: A::contract(),
        chapter: "",
        heavy: false,
        prepare: Box::new(move |account, edge, parameters| {
            let token = repeats::token(&parameters);
            let mut request: A = serde_json::from_value(parameters)?;
            let ready = prepare(account, edge, &mut request);
            let work: Work = Box::new(move |call| {
                let response = answer(call, request, ready)?;
                let mut bytes = Vec::with_capacity(256);
                write(&response, &mut bytes, A::encode);
                Ok(Reply::Response(bytes))
            });
            Ok(repeats::once(A::contract().name, token, work))
        }),
    }
}

/// A handler that draws or reads whole documents before the world is opened.
fn heavy<A: Action, P: Send + 'static>(
    prepare: impl Fn(&Arc<Account>, EdgeTime, &mut A) -> P + Send + Sync + 'static,
    answer: impl Fn(&mut Call<'_>, A, P) -> Result<A::Response, Refusal> + Copy + Send + Sync + 'static,
) -> Handler {
    Handler { heavy: true, ..prepared(prepare, answer) }
}

/// A handler of calls that come with another one inside, which may be any: it is answered off the threads that serve others.
fn enclosing<A: Action>(open: fn(&mut Call<'_>, A) -> Result<Enclosed, Refusal>) -> Handler {
    Handler {
        contract: A::contract(),
        chapter: "",
        heavy: true,
        prepare: Box::new(move |_, _, parameters| {
            let request: A = serde_json::from_value(parameters)?;
            Ok(Box::new(move |call| open(call, request).map(|enclosed| Reply::Enclosed(Box::new(enclosed)))))
        }),
    }
}

/// The world has changed by now, so this must not fail, and cannot.
#[expect(clippy::expect_used, reason = "generated structs of texts, numbers and lists always serialise")]
fn write<R>(response: &R, bytes: &mut Vec<u8>, encode: fn(&R, &mut Vec<u8>) -> Result<(), serde_json::Error>) {
    encode(response, bytes).expect("generated structs of texts, numbers and lists always serialise");
}

/// A refusal of one item of a longer answer, in the words of the action `A`.
fn said<A: Action>(refusal: &Refusal) -> String {
    let values = refusal.values();
    let values: Vec<(&'static str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    answer(refusal.row(), &values, A::contract()).message.into_owned()
}

/// How an action's name becomes the name of its file; an abbreviation is one word.
#[must_use]
pub fn file_name(action: &str) -> String {
    let signs: Vec<char> = action.chars().collect();
    let mut name = String::new();
    for (index, sign) in signs.iter().enumerate() {
        let after_small = index > 0 && !signs[index - 1].is_uppercase();
        let before_small = index > 0 && signs.get(index + 1).is_some_and(|next| next.is_lowercase());
        if sign.is_uppercase() && (after_small || before_small) {
            name.push('_');
        }
        name.extend(sign.to_lowercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use ess_schemas::Service;

    use super::*;

    fn action_files(folder: &Path) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                names.extend(action_files(&path));
            } else {
                names.insert(path.file_stem().unwrap().to_str().unwrap().to_owned());
            }
        }
        names
    }

    #[test]
    fn folder_list_and_schemas_agree() {
        for service in Service::ALL {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/actions").join(service.name());
            if !folder.exists() {
                assert!(handled().all(|one| one.service != service));
                continue;
            }
            let known: BTreeSet<String> = ess_schemas::actions(service).iter().map(|one| file_name(one.name)).collect();
            let files: BTreeSet<String> = action_files(&folder).intersection(&known).cloned().collect();
            let listed: BTreeSet<String> =
                handled().filter(|one| one.service == service).map(|one| file_name(one.name)).collect();
            assert_eq!(files, listed, "every action's file is listed in its chapter, and nothing else is");
        }
    }

    #[test]
    fn a_path_can_be_guessed_from_the_action() {
        assert_eq!(file_name("CreateFlowSignUrl"), "create_flow_sign_url");
        assert_eq!(file_name("CancelMultiFlowSignQRCode"), "cancel_multi_flow_sign_qr_code");
    }
}
