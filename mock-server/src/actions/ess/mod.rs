//! `ess` 2020-11-11: a company signs for itself.

pub mod approver;
pub mod billing;
pub mod callback;
pub mod cancel;
pub mod console;
pub mod dialect;
pub mod embed;
pub mod evidence;
pub mod file;
pub mod flow;
pub mod link;
pub mod organization;
pub mod prepare;
pub mod qr_code;
pub mod review;
pub mod template;

use super::Handler;

/// The handlers of this service, chapter by chapter.
pub(super) fn handlers() -> Vec<Handler> {
    let chapters = [
        approver::handlers(),
        billing::handlers(),
        callback::handlers(),
        cancel::handlers(),
        console::handlers(),
        embed::handlers(),
        evidence::handlers(),
        file::handlers(),
        flow::handlers(),
        link::handlers(),
        organization::handlers(),
        review::handlers(),
        prepare::handlers(),
        template::handlers(),
        qr_code::handlers(),
    ];
    chapters.into_iter().flatten().collect()
}
