//! Long lists, page by page.
//!
//! Every list has `Offset` and `Limit`, and they do not mean the same everywhere: for some actions `Offset` counts records, for others pages.
//! [`Pages`] knows which, asks for the largest page the vendor gives unless the request names a `Limit`, and begins where the request's
//! `Offset` says.
//!
//! ```no_run
//! use ess_client::Client;
//! use ess_client::schemas::ess;
//!
//! # async fn example(client: Client, operator: ess::UserInfo) -> Result<(), ess_client::Error> {
//! let request = ess::DescribeFlowTemplatesRequest { operator, ..Default::default() };
//! let mut pages = client.pages(request);
//! while let Some(page) = pages.next().await? {
//!     for template in &page.items {
//!         println!("{} of {:?}: {}", pages.seen(), page.total, template.template_name);
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! A list can change while it is read: what is added or removed between two pages may be met twice or never. No action offers a
//! cursor that would help.

mod actions;
mod values;

pub use actions::PAGED;

use ess_schemas::Action;

use crate::{Client, Error};

/// An action that answers a list in pages.
pub trait Paged: Action {
    /// What the list is made of.
    type Item: Send;
    /// What `Offset` counts.
    const COUNTED: Counted;
    /// The longest page the vendor gives.
    const LARGEST: u64;

    /// `Offset` and `Limit` of the request; 0 for none.
    fn place(&self) -> Place;
    /// Turns the request to another page.
    fn turn(&mut self, to: Place);
    /// The page's items, and how many there are on all pages if the action says so.
    fn open(response: Self::Response) -> (Vec<Self::Item>, Option<u64>);
}

/// What `Offset` counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Records to be skipped.
    Records,
    /// Pages to be skipped, each as long as `Limit`.
    Pages,
}

/// A place in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// `Offset`
    pub offset: u64,
    /// `Limit`
    pub limit: u64,
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    /// What is on it; never nothing.
    pub items: Vec<T>,
    /// How many there are on all pages, if the action says so.
    pub total: Option<u64>,
    /// What to quote to the vendor.
    pub request_id: String,
}

/// A list being read.
#[derive(Debug)]
pub struct Pages<'c, A> {
    client: &'c Client,
    request: A,
    place: Place,
    seen: u64,
    ended: bool,
}

impl Client {
    /// Reads a list page by page.
    pub fn pages<A: Paged>(&self, request: A) -> Pages<'_, A> {
        let Place { offset, limit } = request.place();
        let place = Place { offset, limit: if limit == 0 { A::LARGEST } else { limit } };
        Pages { client: self, request, place, seen: 0, ended: false }
    }
}

impl<A: Paged> Pages<'_, A> {
    /// The next page; none after the last. A page that failed can be asked for again.
    pub async fn next(&mut self) -> Result<Option<Page<A::Item>>, Error> {
        if self.ended {
            return Ok(None);
        }
        self.request.turn(self.place);
        let reply = self.client.call(&self.request).await?;
        let (items, total) = A::open(reply.response);
        let count = items.len() as u64;
        self.seen += count;
        let place = self.place;
        self.place.offset = match A::COUNTED {
            // As many as came: a service that gives shorter pages than asked for is believed.
            Counted::Records => place.offset.saturating_add(count),
            Counted::Pages => place.offset.saturating_add(1),
        };
        let passed = match A::COUNTED {
            Counted::Records => self.place.offset,
            Counted::Pages => place.offset.saturating_mul(place.limit).saturating_add(count),
        };
        self.ended = count == 0 || total.map_or(count < place.limit, |total| passed >= total);
        Ok((count > 0).then_some(Page { items, total, request_id: reply.request_id }))
    }

    /// How many items the pages so far had.
    pub fn seen(&self) -> u64 {
        self.seen
    }

    /// Reads on until the list ends, or at least `enough` items are there.
    pub async fn collect(mut self, enough: usize) -> Result<Vec<A::Item>, Error> {
        let mut all = Vec::new();
        while all.len() < enough {
            let Some(page) = self.next().await? else { break };
            all.extend(page.items);
        }
        Ok(all)
    }
}
