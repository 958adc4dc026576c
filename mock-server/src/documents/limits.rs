//! How much a document may cost us. All ASSUMED: the vendor publishes no such numbers; these are far above real
//! contracts and keep one hostile upload from taking the server's memory. Effort is counted, never timed, so the
//! same file always gets the same answer.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::unusable::Unusable;

/// Most pages of one document.
pub const MAX_PAGES: usize = 2_000;
/// Most indirect objects of one document.
pub const MAX_OBJECTS: usize = 500_000;
/// Longest side of a page in its own units: the limit PDF viewers share (ISO 32000-1, annex C.2).
pub const MAX_PAGE_SIDE: f64 = 14_400.0;
/// Most bytes all packed streams of a document may unpack to.
pub const MAX_INFLATED: usize = 256 * 1024 * 1024;
/// Most pixels (width times height) all pictures of a document may declare together.
pub const MAX_IMAGE_PIXELS: u64 = 1 << 30;
/// Most drawing steps of all pages that are read in one go: glyphs, paths, clips, pictures, each as often as it is drawn.
/// A thousand pages of dense text take two million; a character kept takes about 100 bytes.
pub(super) const MAX_STEPS: usize = 3_000_000;

/// Thrown through the interpreter, which has no way to be stopped, once the steps are used up.
struct Exhausted;

/// Counts drawing steps and stops the work at [`MAX_STEPS`].
#[derive(Default)]
pub(super) struct Effort(usize);

impl Effort {
    /// Counts `steps`. Only below [`contain`], which turns the stop into [`Unusable::TooMuchWork`].
    pub(super) fn spend(&mut self, steps: usize) {
        self.0 = self.0.saturating_add(steps);
        if self.0 > MAX_STEPS {
            std::panic::resume_unwind(Box::new(Exhausted));
        }
    }
}

/// Runs `work`, in which foreign readers handle bytes of unknown origin: a panic in one of them is the document's
/// fault, and the caller gets an error instead.
pub(super) fn contain<T>(work: impl FnOnce() -> Result<T, Unusable>) -> Result<T, Unusable> {
    // Whatever a panic leaves half done is owned by `work` and dropped with it.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|thrown| {
        if thrown.is::<Exhausted>() {
            Err(Unusable::TooMuchWork)
        } else {
            Err(Unusable::Damaged { what: "a reader gave up on it" })
        }
    })
}
