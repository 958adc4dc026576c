//! `ess` 2020-11-11: a company signs for itself.

pub mod approver;
pub mod billing;
pub mod callback;
pub mod cancel;
pub mod console;
pub mod department;
pub mod dialect;
pub mod digital;
pub mod embed;
pub mod evidence;
pub mod file;
pub mod flow;
pub mod intelligence;
pub mod link;
pub mod onboarding;
pub mod organization;
pub mod prepare;
pub mod qr_code;
pub mod review;
pub mod seal;
pub mod service;
pub mod staff;
pub mod template;
pub mod verification;

use super::{Handler, in_chapter};

/// The handlers of this service, chapter by chapter.
pub(super) fn handlers() -> Vec<Handler> {
    let chapters = [
        in_chapter("approver", approver::handlers()),
        in_chapter("billing", billing::handlers()),
        in_chapter("callback", callback::handlers()),
        in_chapter("cancel", cancel::handlers()),
        in_chapter("console", console::handlers()),
        in_chapter("department", department::handlers()),
        in_chapter("digital", digital::handlers()),
        in_chapter("embed", embed::handlers()),
        in_chapter("evidence", evidence::handlers()),
        in_chapter("file", file::handlers()),
        in_chapter("flow", flow::handlers()),
        in_chapter("intelligence", intelligence::handlers()),
        in_chapter("link", link::handlers()),
        in_chapter("onboarding", onboarding::handlers()),
        in_chapter("organization", organization::handlers()),
        in_chapter("review", review::handlers()),
        in_chapter("staff", staff::handlers()),
        in_chapter("verification", verification::handlers()),
        in_chapter("prepare", prepare::handlers()),
        in_chapter("service", service::handlers()),
        in_chapter("template", template::handlers()),
        in_chapter("seal", seal::handlers()),
        in_chapter("qr_code", qr_code::handlers()),
    ];
    chapters.into_iter().flatten().collect()
}
