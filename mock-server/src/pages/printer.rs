//! Drawing, off the async threads, a few at a time, the last results kept.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use bytes::Bytes;
use parking_lot::Mutex;
use tokio::sync::Semaphore;

use super::trouble::Trouble;
use crate::documents::{Fonts, preview_png};
use crate::domain::flow::Flow;
use crate::domain::ids::SealId;
use crate::rendering::Printable;

/// Drawings under way at once; the next one waits.
const AT_ONCE: usize = 2;
/// Bytes of stamped files kept, so that the pictures of one document's pages need one stamping.
const KEPT: usize = 8 * 1024 * 1024;

/// See the module's comment.
pub(super) struct Printer {
    fonts: Arc<Fonts>,
    room: Semaphore,
    shelf: Arc<Mutex<Shelf>>,
}

impl Printer {
    pub(super) fn new(fonts: Arc<Fonts>) -> Self {
        Self { fonts, room: Semaphore::new(AT_ONCE), shelf: Arc::default() }
    }

    /// The contract as signed so far.
    pub(super) async fn pdf(&self, printable: Printable) -> Result<Bytes, Trouble> {
        self.work(printable, Ok).await
    }

    /// A picture (PNG) of one page, from 1, of the contract as signed so far.
    pub(super) async fn picture(&self, printable: Printable, page: usize, width: u32) -> Result<Bytes, Trouble> {
        self.work(printable, move |pdf| {
            let picture = preview_png(&pdf, page, width).map_err(|why| Trouble::Undrawable(why.to_string()))?;
            Ok(Bytes::from(picture))
        })
        .await
    }

    async fn work(
        &self,
        printable: Printable,
        then: impl FnOnce(Bytes) -> Result<Bytes, Trouble> + Send + 'static,
    ) -> Result<Bytes, Trouble> {
        // Nobody closes the semaphore; and without it there would only be less order.
        let _place = self.room.acquire().await.ok();
        let (fonts, shelf) = (self.fonts.clone(), self.shelf.clone());
        let drawn = tokio::task::spawn_blocking(move || then(stamped(printable, &fonts, &shelf)?)).await;
        drawn.unwrap_or_else(|error| Err(Trouble::Undrawable(error.to_string())))
    }
}

fn stamped(printable: Printable, fonts: &Fonts, shelf: &Mutex<Shelf>) -> Result<Bytes, Trouble> {
    if let Some(pdf) = shelf.lock().find(&printable) {
        return Ok(pdf);
    }
    if printable.stamps().is_empty() && !printable.is_signed() {
        return Ok(printable.flow.content().map(|content| content.bytes.clone()).unwrap_or_default());
    }
    let stamped = printable.pdf(fonts).map_err(|why| Trouble::Undrawable(why.to_string()))?;
    let flow = &printable.flow.id;
    if !stamped.missing.is_empty() {
        let missing = stamped.missing.iter().collect::<String>();
        tracing::warn!(%flow, missing, "no typeface has these characters: boxes stand in their place; see --font");
    }
    let pdf = Bytes::from(stamped.pdf);
    shelf.lock().put(printable, pdf.clone());
    Ok(pdf)
}

/// The last stamped files. A contract is the same as long as its value is: every change makes a new one.
#[derive(Default)]
struct Shelf {
    files: VecDeque<(Arc<Flow>, BTreeMap<SealId, String>, Bytes)>,
}

impl Shelf {
    fn find(&self, wanted: &Printable) -> Option<Bytes> {
        let same = |flow: &Arc<Flow>, seals| Arc::ptr_eq(flow, &wanted.flow) && seals == &wanted.seal_names;
        self.files.iter().find(|(flow, seals, _)| same(flow, seals)).map(|(_, _, pdf)| pdf.clone())
    }

    fn put(&mut self, printable: Printable, pdf: Bytes) {
        self.files.push_back((printable.flow, printable.seal_names, pdf));
        // What is kept also keeps the upload it came from alive.
        let held = |(flow, _, pdf): &(Arc<Flow>, _, Bytes)| {
            flow.content().map_or(0, |content| content.bytes.len()) + pdf.len()
        };
        let mut held_now: usize = self.files.iter().map(held).sum();
        while held_now > KEPT
            && let Some(oldest) = self.files.pop_front()
        {
            held_now -= held(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{directory, flow_of_three};
    use crate::engine::world::World;

    fn printable() -> Printable {
        let mut world = World::new(7);
        world.directory = directory();
        Printable::of(&Arc::new(flow_of_three(true)), &world)
    }

    #[test]
    fn a_contract_is_found_again_until_it_changes() {
        let mut shelf = Shelf::default();
        let one = printable();
        shelf.put(one.clone(), Bytes::from_static(b"pdf"));

        assert_eq!(shelf.find(&one), Some(Bytes::from_static(b"pdf")));
        assert_eq!(shelf.find(&printable()), None, "an equal contract may be another upload after a reset");
        let renamed = Printable { seal_names: [("seal".into(), "新".into())].into(), ..one };
        assert_eq!(shelf.find(&renamed), None);
    }

    #[test]
    fn the_shelf_never_holds_more_than_its_share() {
        let mut shelf = Shelf::default();
        for _ in 0..20 {
            shelf.put(printable(), Bytes::from(vec![0; KEPT / 4]));
        }
        assert_eq!(shelf.files.len(), 3, "three and their uploads fit");
        shelf.put(printable(), Bytes::from(vec![0; KEPT + 1]));
        assert!(shelf.files.is_empty(), "what is larger than the shelf is not kept");
    }
}
