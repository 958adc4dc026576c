//! Uploaded files inside a world: kept, given to contracts, forgotten.

use super::world::World;
use crate::domain::file::UploadedFile;
use crate::domain::flow::Flow;
use crate::domain::refusal::Refusal;
use crate::domain::time::{HOUR, Timestamp};

impl World {
    /// Keeps an uploaded file, and forgets those that expired an hour ago or earlier: until then their ids are answered
    /// as removed, later as unknown (`api UploadFiles`: cleaned up some time after they expire; the hour is ASSUMED).
    /// Contracts keep the content they were made from.
    pub fn add_file(&mut self, file: UploadedFile, now: Timestamp) {
        while let Some((expired_at, id)) = self.file_expiries.get_min().cloned() {
            if expired_at.plus(HOUR) > now {
                break;
            }
            self.file_expiries.remove(&(expired_at, id.clone()));
            self.files.remove(id.as_str());
        }
        self.file_expiries.insert((file.expires_at, file.id.clone()));
        self.files.insert(file);
    }

    /// Lets a contract hold the uploaded files its values name.
    ///
    /// # Errors
    /// There is no such file.
    pub fn keep_files(&self, flow: &mut Flow) -> Result<(), Refusal> {
        flow.keep_files(|id| self.files.get(id).map(|file| file.content.clone()))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use bytes::Bytes;

    use super::*;
    use crate::domain::file::{Content, Purpose};

    fn file(id: &str, expires_at: i64) -> UploadedFile {
        UploadedFile {
            id: id.into(),
            owner: "own".into(),
            application: None,
            name: "a.pdf".into(),
            purpose: Purpose::Document,
            content: Arc::new(Content::new(Bytes::new(), None)),
            expires_at: Timestamp::from_seconds(expires_at),
        }
    }

    #[test]
    fn a_file_is_forgotten_an_hour_after_it_expired_whatever_lives_longer() {
        let mut world = World::new(1);
        world.add_file(file("long", 1_000_000), Timestamp::from_seconds(0));
        world.add_file(file("short", 100), Timestamp::from_seconds(0));
        world.add_file(file("later", 5000), Timestamp::from_seconds(3699));
        assert!(world.files.get("short").is_some(), "still answered as removed");

        world.add_file(file("last", 9000), Timestamp::from_seconds(3700));

        assert!(world.files.get("short").is_none());
        assert_eq!(world.files.len(), 3);
    }
}
