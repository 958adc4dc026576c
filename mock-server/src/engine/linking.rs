//! Links people were given, inside a world.

use std::sync::Arc;

use super::ids::Kind;
use super::world::World;
use crate::domain::link::{Link, Opens, Terms};
use crate::domain::time::Timestamp;

/// How many are remembered; the oldest go first.
const LINKS_KEPT: usize = 100_000;

impl World {
    /// Makes a link that dies at `expires_at`.
    pub fn add_link(&mut self, opens: Opens, expires_at: Timestamp, jump_url: Option<String>) -> Arc<Link> {
        self.add_link_on(Terms::default(), opens, expires_at, jump_url)
    }

    /// The same, with terms of its own.
    pub fn add_link_on(
        &mut self,
        terms: Terms,
        opens: Opens,
        expires_at: Timestamp,
        jump_url: Option<String>,
    ) -> Arc<Link> {
        let expires_at = self.limited(&opens, expires_at);
        let mut draw = self.ids.draw(Kind::Link);
        let token = draw.alphanumeric(10);
        let link = Link {
            code: format!("yD{token}{}", draw.alphanumeric(20)),
            short_key: format!("yD{token}{}", draw.alphanumeric(8)),
            token,
            opens,
            spent: false,
            done: false,
            expires_at,
            jump_url,
            terms,
        };
        let number = self.links.insert_keeping(link.clone(), LINKS_KEPT);
        self.links.at(number).cloned().unwrap_or_else(|| Arc::new(link))
    }

    /// Opens a link that opens once; says whether it had not been opened.
    pub fn spend_link(&mut self, token: &str) -> bool {
        let link = self.links.number(token).and_then(|number| self.links.at_mut(number));
        link.is_some_and(|link| !std::mem::replace(&mut link.spent, true))
    }
}
