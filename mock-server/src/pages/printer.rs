//! Drawing, off the async threads, a few at a time, the last results kept.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use bytes::Bytes;
use parking_lot::Mutex;
use tokio::sync::Semaphore;

use super::trouble::Trouble;
use crate::documents::{
    Fonts, Mark, Unusable, bundle, mark_jpg, mark_png, page_jpg, picture_to_pdf, preview_png, spreadsheet,
};
use crate::domain::ids::SealId;
use crate::domain::seal::Seal;
use crate::rendering::Printable;
use crate::rendering::resource::{Body, Resource};
use crate::rendering::{comparison, reviews};

/// Drawings under way at once; the next one waits.
const AT_ONCE: usize = 2;
/// Bytes of stamped files kept, so that the pictures of one document's pages need one stamping.
const KEPT: usize = 8 * 1024 * 1024;

/// Pixels of a page's JPG to the point: 144 to the inch (ASSUMED).
const PIXELS_PER_POINT: f64 = 2.0;
/// Pixels along the sides of a seal's picture (ASSUMED).
const SEAL_SIDE: u32 = 500;

/// See the module's comment.
pub(super) struct Printer {
    room: Semaphore,
    desk: Desk,
}

impl Printer {
    pub(super) fn new(fonts: Arc<Fonts>) -> Self {
        Self { room: Semaphore::new(AT_ONCE), desk: Desk { fonts, shelf: Arc::default() } }
    }

    /// A download as it is; a contract as signed so far.
    pub(super) async fn file(&self, resource: Resource) -> Result<Bytes, Trouble> {
        self.work(move |desk| desk.file(resource)).await
    }

    /// One page of a download as JPG, from 0.
    pub(super) async fn page_jpg(&self, resource: Resource, page: usize) -> Result<Bytes, Trouble> {
        self.work(move |desk| {
            let pages = resource.pages().len();
            if let Body::Picture(mark) = &resource.body {
                return if page == 0 { desk.picture(mark, true) } else { Err(Trouble::UnknownPage) };
            }
            let wide = resource.pages().get(page).map(|size| (size.width * PIXELS_PER_POINT).round() as u32);
            let wide = wide.filter(|_| page < pages).ok_or(Trouble::UnknownPage)?;
            Ok(Bytes::from(page_jpg(&desk.file(resource)?, page + 1, wide).map_err(undrawable)?))
        })
        .await
    }

    /// A picture on a sheet of its own.
    pub(super) async fn picture_pdf(&self, resource: Resource) -> Result<Bytes, Trouble> {
        self.work(move |desk| Ok(Bytes::from(picture_to_pdf(&desk.file(resource)?).map_err(undrawable)?))).await
    }

    /// Several downloads in one ZIP.
    pub(super) async fn bundle(&self, resources: Vec<Resource>) -> Result<Bytes, Trouble> {
        self.work(move |desk| {
            let named = resources.into_iter().map(|one| {
                let name = format!("{}.{}", one.name, one.extension().to_ascii_lowercase());
                Ok((name, desk.file(one)?))
            });
            let files = named.collect::<Result<Vec<_>, Trouble>>()?;
            let files: Vec<(String, &[u8])> = files.iter().map(|(name, bytes)| (name.clone(), &bytes[..])).collect();
            Ok(Bytes::from(bundle(&files).map_err(|why| Trouble::Undrawable(why.to_string()))?))
        })
        .await
    }

    /// A picture (PNG) of one page, from 1, of the contract as signed so far.
    pub(super) async fn picture(&self, printable: Printable, page: usize, width: u32) -> Result<Bytes, Trouble> {
        self.work(move |desk| {
            Ok(Bytes::from(preview_png(&desk.contract(printable)?, page, width).map_err(undrawable)?))
        })
        .await
    }

    async fn work(
        &self,
        draw: impl FnOnce(&Desk) -> Result<Bytes, Trouble> + Send + 'static,
    ) -> Result<Bytes, Trouble> {
        // Nobody closes the semaphore; and without it there would only be less order.
        let _place = self.room.acquire().await.ok();
        let desk = self.desk.clone();
        let drawn = tokio::task::spawn_blocking(move || draw(&desk)).await;
        drawn.unwrap_or_else(|error| Err(Trouble::Undrawable(error.to_string())))
    }
}

/// Where the drawing is done.
#[derive(Clone)]
struct Desk {
    fonts: Arc<Fonts>,
    shelf: Arc<Mutex<Shelf>>,
}

impl Desk {
    fn file(&self, resource: Resource) -> Result<Bytes, Trouble> {
        match resource.body {
            Body::Contract(printable) => self.contract(printable),
            Body::File(content) | Body::Other(content, _) => Ok(content.bytes.clone()),
            Body::Notes(review) => Ok(Bytes::from(reviews::with_notes(&review).map_err(undrawable)?)),
            Body::Comparison(found) => Ok(Bytes::from(comparison::report(&found, &self.fonts).map_err(undrawable)?)),
            Body::Picture(mark) => self.picture(&mark, false),
            Body::Evidence(evidence) => Ok(Bytes::from(evidence.pdf(&self.fonts).map_err(undrawable)?)),
            Body::Table(rows) => {
                Ok(Bytes::from(spreadsheet(&rows).map_err(|why| Trouble::Undrawable(why.to_string()))?))
            }
        }
    }

    /// A mark as a picture of its own: PNG on nothing, or JPG on white.
    fn picture(&self, mark: &Mark, jpg: bool) -> Result<Bytes, Trouble> {
        let draw = if jpg { mark_jpg } else { mark_png };
        let height = (SEAL_SIDE as f32 * mark.flatness()).round() as u32;
        Ok(Bytes::from(draw(mark, SEAL_SIDE, height, &self.fonts).map_err(undrawable)?))
    }

    /// A contract as filled in and signed so far.
    fn contract(&self, printable: Printable) -> Result<Bytes, Trouble> {
        if let Some(pdf) = self.shelf.lock().find(&printable) {
            return Ok(pdf);
        }
        if printable.stamps().is_empty() && !printable.is_signed() {
            return Ok(printable.flow.content().map(|content| content.bytes.clone()).unwrap_or_default());
        }
        let stamped = printable.pdf(&self.fonts).map_err(undrawable)?;
        let flow = &printable.flow.id;
        if !stamped.missing.is_empty() {
            let missing = stamped.missing.iter().collect::<String>();
            tracing::warn!(%flow, missing, "no typeface has these characters: boxes stand in their place; see --font");
        }
        let pdf = Bytes::from(stamped.pdf);
        self.shelf.lock().put(printable, pdf.clone());
        Ok(pdf)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the shape `map_err` asks for")]
fn undrawable(why: Unusable) -> Trouble {
    Trouble::Undrawable(why.to_string())
}

/// The last stamped files. A contract is the same as long as its value is: every change makes a new one.
#[derive(Default)]
struct Shelf {
    files: VecDeque<(Printable, Bytes)>,
}

impl Shelf {
    fn find(&self, wanted: &Printable) -> Option<Bytes> {
        let same = |one: &Printable| Arc::ptr_eq(&one.flow, &wanted.flow) && are_same(&one.seals, &wanted.seals);
        self.files.iter().find(|(one, _)| same(one)).map(|(_, pdf)| pdf.clone())
    }

    fn put(&mut self, printable: Printable, pdf: Bytes) {
        self.files.push_back((printable, pdf));
        // What is kept also keeps the upload it came from alive.
        let held =
            |(one, pdf): &(Printable, Bytes)| one.flow.content().map_or(0, |content| content.bytes.len()) + pdf.len();
        let mut held_now: usize = self.files.iter().map(held).sum();
        while held_now > KEPT
            && let Some(oldest) = self.files.pop_front()
        {
            held_now -= held(&oldest);
        }
    }
}

/// Whether the same seals, unchanged, are meant: compared by place, as what they look like may be large.
fn are_same(one: &BTreeMap<SealId, Arc<Seal>>, other: &BTreeMap<SealId, Arc<Seal>>) -> bool {
    one.len() == other.len() && one.values().zip(other.values()).all(|(one, other)| Arc::ptr_eq(one, other))
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
        let seal = directory().seals.get("seal").unwrap().clone();
        let renamed = Printable { seals: [("seal".into(), seal)].into(), ..one };
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
