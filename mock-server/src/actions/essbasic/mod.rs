//! `essbasic` 2021-05-26: a platform signs for its customers.
//!
//! The same contracts as in `ess`, by the same rules. What differs is who acts ([`crate::identity`] has found that out), and the
//! words, which stand in [`dialect`]: an action that differs from its twin in nothing else contains nothing else.

pub mod approver;
pub mod billing;
pub mod cancel;
pub mod console;
pub mod dialect;
pub mod embed;
pub mod evidence;
pub mod file;
pub mod flow;
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

use super::Handler;

/// The handlers of this service, chapter by chapter.
pub(super) fn handlers() -> Vec<Handler> {
    let chapters = [
        approver::handlers(),
        billing::handlers(),
        cancel::handlers(),
        console::handlers(),
        embed::handlers(),
        evidence::handlers(),
        file::handlers(),
        flow::handlers(),
        link::handlers(),
        onboarding::handlers(),
        organization::handlers(),
        prepare::handlers(),
        qr_code::handlers(),
        review::handlers(),
        seal::handlers(),
        service::handlers(),
        staff::handlers(),
        template::handlers(),
    ];
    chapters.into_iter().flatten().collect()
}
