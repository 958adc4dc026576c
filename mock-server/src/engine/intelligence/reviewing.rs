//! Reviews of contracts, checklists, and tables of marked risks inside a world.

use std::sync::Arc;

use super::{Ended, NewTask};
use crate::domain::file::{MEGABYTE, UploadedFile};
use crate::domain::ids::{ChecklistId, OrganizationId, TaskId, UserId};
use crate::domain::intelligence::news::News;
use crate::domain::intelligence::review::checklist::Checklist;
use crate::domain::intelligence::review::examining::{Examined, examine};
use crate::domain::intelligence::review::export::{Days, RiskExport, table};
use crate::domain::intelligence::review::task::{Item, Report, Review, Wanted};
use crate::domain::intelligence::review::{GENERAL, general};
use crate::domain::intelligence::timing::Timing;
use crate::domain::intelligence::{Failed, Outcome, TASKS_KEPT, TaskKind};
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;
use crate::engine::account::Account;
use crate::engine::clock::EdgeTime;
use crate::engine::ids::Kind;
use crate::engine::world::World;

/// Every file is smaller (`api CreateBatchContractReviewTask`).
const MOST_BYTES: usize = 10 * MEGABYTE;
/// What can be reviewed (`api CreateBatchContractReviewTask`).
const EXTENSIONS: [&str; 3] = ["pdf", "doc", "docx"];
/// The most lists a review goes by. ASSUMED: nothing is said; it keeps a review short.
const LISTS: usize = 10;
/// How many checklists a world keeps; the oldest go first.
const CHECKLISTS_KEPT: usize = 1_000;

/// What came of examining a file before the world was opened; nothing when there is no such file.
pub type Prepared = Option<Outcome<Examined>>;

/// Who asks for a review.
#[derive(Clone, Debug)]
pub struct Asking {
    /// The company.
    pub organization: OrganizationId,
    /// Its employee.
    pub operator: UserId,
    /// `UserData`.
    pub user_data: String,
}

/// Examines files, by their ids, outside of the world: it costs milliseconds and more.
#[must_use]
pub fn prepare(account: &Arc<Account>, edge: EdgeTime, files: &[String], wanted: &Wanted) -> Vec<Prepared> {
    if wanted.checklists.len() > LISTS {
        // It will be refused, so that nobody looks at it.
        return vec![None; files.len()];
    }
    let found: Vec<_> = account.enter(edge, |world, _, _| {
        let file = |id: &String| {
            let file = world.files.get(id.as_str())?.clone();
            let lists = world.checklists_of(&file.owner);
            Some((file, lists))
        };
        files.iter().map(file).collect()
    });
    let examined = |(file, lists): (Arc<UploadedFile>, Vec<Arc<Checklist>>)| {
        let lists: Vec<Checklist> = lists.iter().map(|list| list.as_ref().clone()).collect();
        match file.content.reading() {
            Ok(reading) if !reading.lines.is_empty() => Ok(examine(reading, &lists, wanted)),
            // A scan has no text either: nobody here recognizes letters in pictures.
            Ok(_) | Err(_) => Err(Failed::unreadable(&file.name)),
        }
    };
    found.into_iter().map(|one| one.filter(|(file, _)| ensure_reviewable(file).is_ok()).map(examined)).collect()
}

/// Refuses a file that cannot be reviewed.
///
/// # Errors
/// It is neither PDF nor Word, or too large.
pub fn ensure_reviewable(file: &UploadedFile) -> Result<(), Refusal> {
    let refused = |detail| Err(Refusal::ParameterInvalid { field: "ResourceId", detail });
    let extension = file.name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    let named_otherwise = extension.as_ref().is_some_and(|extension| !EXTENSIONS.contains(&extension.as_str()));
    // A name without extension says nothing; the content then does.
    if named_otherwise || (extension.is_none() && file.content.pages.is_none()) {
        return refused(format!("`{}` is neither PDF nor Word", file.name));
    }
    if file.content.bytes.len() >= MOST_BYTES {
        return refused(format!("`{}` has {MOST_BYTES} bytes or more", file.name));
    }
    Ok(())
}

impl World {
    /// A list a company may use: its own, or the vendor's.
    ///
    /// # Errors
    /// There is none.
    pub fn checklist(&self, id: &str, company: &OrganizationId) -> Result<Arc<Checklist>, Refusal> {
        if id == GENERAL {
            return Ok(Arc::new(general()));
        }
        let own = self.intelligence.checklists.get(id).filter(|list| list.is_open_to(company));
        own.cloned().ok_or_else(|| Refusal::ChecklistUnknown { checklist: id.to_owned() })
    }

    /// The lists of a company, oldest first.
    #[must_use]
    pub fn checklists_of(&self, company: &OrganizationId) -> Vec<Arc<Checklist>> {
        let all = self.intelligence.checklists.iter();
        all.filter(|list| list.organization.as_ref() == Some(company)).cloned().collect()
    }

    /// Keeps a list, new or changed. Its points get ids.
    pub fn keep_checklist(&mut self, mut list: Checklist) {
        for point in list.categories.iter_mut().flat_map(|category| &mut category.points) {
            if point.id.is_empty() {
                point.id = self.ids.next(Kind::Task);
            }
        }
        self.intelligence.checklists.insert_keeping(list, CHECKLISTS_KEPT);
    }

    /// Refuses lists a review cannot go by.
    ///
    /// # Errors
    /// One the company does not have, one that is switched off (ASSUMED), or too many.
    pub fn ensure_usable_checklists(&self, ids: &[ChecklistId], company: &OrganizationId) -> Result<(), Refusal> {
        let invalid = |detail| Refusal::ParameterInvalid { field: "ChecklistIds", detail };
        if ids.len() > LISTS {
            return Err(invalid(format!("{} lists, {LISTS} at most", ids.len())));
        }
        for id in ids {
            if !self.checklist(id.as_str(), company)?.enabled {
                return Err(invalid(format!("the checklist {id} is disabled")));
            }
        }
        Ok(())
    }

    /// Takes on a review of each file, and a unit for each; answers their ids. `prepared` stands in the files' order.
    ///
    /// # Errors
    /// Fewer units are left: then none begins (ASSUMED).
    pub fn begin_reviews(
        &mut self,
        files: Vec<(Arc<UploadedFile>, Prepared)>,
        asking: &Asking,
        wanted: &Wanted,
        now: Timestamp,
    ) -> Result<Vec<TaskId>, Refusal> {
        self.take_intelligence_units(&asking.organization, files.len() as u64)?;
        Ok(files.into_iter().map(|(file, prepared)| self.begin_review(file, prepared, asking, wanted, now)).collect())
    }

    /// Takes on a review of one file, and a unit for it.
    ///
    /// # Errors
    /// None is left.
    pub fn begin_one_review(
        &mut self,
        file: Arc<UploadedFile>,
        prepared: Prepared,
        asking: &Asking,
        wanted: &Wanted,
        now: Timestamp,
    ) -> Result<TaskId, Refusal> {
        self.take_intelligence_units(&asking.organization, 1)?;
        Ok(self.begin_review(file, prepared, asking, wanted, now))
    }

    fn begin_review(
        &mut self,
        file: Arc<UploadedFile>,
        prepared: Prepared,
        asking: &Asking,
        wanted: &Wanted,
        now: Timestamp,
    ) -> TaskId {
        let Asking { organization, operator, user_data } = asking.clone();
        let task = self.begin_task(NewTask { organization, operator, name: file.name.clone(), user_data }, now);
        let outcome = prepared.unwrap_or_else(|| Err(Failed::unreadable(&file.name)));
        let outcome = outcome.map(|examined| self.report(examined));
        let review = Review { task: task.clone(), file, wanted: wanted.clone(), outcome };
        let number = self.intelligence.reviews.insert_keeping(review, TASKS_KEPT);
        self.await_end_of_task(TaskKind::Review, number, &task);
        task.id
    }

    /// Gives whatever was found its id.
    pub(crate) fn report(&mut self, examined: Examined) -> Report {
        let Examined { checklists, roles, verdict, summary } = examined;
        let mut id = || self.ids.next(Kind::Task);
        let risks = verdict.risks.into_iter().map(|risk| Item::new(id(), risk)).collect();
        let passed = verdict.passed.into_iter().map(|passed| Item::new(id(), passed)).collect();
        Report { checklists, roles, risks, passed, summary }
    }

    pub(super) fn ended_review(&self, number: u64) -> Option<Ended> {
        let review = self.intelligence.reviews.at(number)?;
        let outcome = review.outcome.as_ref().map(|_| ()).map_err(Clone::clone);
        let failed = outcome.is_err();
        Some(Ended { task: review.task.clone(), news: Some(News::ReviewEnded(outcome)), failed })
    }

    /// A review of the company's.
    ///
    /// # Errors
    /// There is none.
    pub fn review(&self, id: &str, company: &OrganizationId) -> Result<Arc<Review>, Refusal> {
        let own = self.intelligence.reviews.get(id).filter(|review| &review.task.organization == company);
        own.cloned().ok_or_else(|| Refusal::ReviewUnknown { task: id.to_owned() })
    }

    /// Reviews of the company, oldest first.
    pub fn reviews_of<'a>(&'a self, company: &'a OrganizationId) -> impl DoubleEndedIterator<Item = &'a Arc<Review>> {
        self.intelligence.reviews.iter().filter(move |review| &review.task.organization == company)
    }

    /// The review of the company's that found this risk, or point that holds.
    ///
    /// # Errors
    /// None did, as far as is told by now.
    pub fn review_that_found(&self, item: &str, company: &OrganizationId, now: Timestamp) -> Result<TaskId, Refusal> {
        // Newest first: what people speak of was found lately.
        let found = self.reviews_of(company).rev().find(|review| review.has_found(item, now));
        found.map(|review| review.task.id.clone()).ok_or_else(|| Refusal::RiskUnknown { risk: item.to_owned() })
    }

    /// Changes a review by one of its rules.
    ///
    /// # Errors
    /// There is none, or the rule refuses.
    pub fn change_review(
        &mut self,
        id: &str,
        rule: impl FnOnce(&mut Review) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        let unknown = || Refusal::ReviewUnknown { task: id.to_owned() };
        let number = self.intelligence.reviews.number(id).ok_or_else(unknown)?;
        rule(self.intelligence.reviews.at_mut(number).ok_or_else(unknown)?)
    }

    /// Takes on a table of the risks a company marked on these days; answers its id.
    pub fn export_marked_risks(&mut self, company: &OrganizationId, days: Days, now: Timestamp) -> TaskId {
        let rows = table(self.reviews_of(company).map(AsRef::as_ref), days);
        let export = RiskExport {
            id: self.ids.next(Kind::Task).into(),
            organization: company.clone(),
            timing: Timing::begun(now, self.settings.intelligence_delay()),
            rows,
        };
        let id = export.id.clone();
        self.intelligence.risk_exports.insert_keeping(export, TASKS_KEPT);
        id
    }
}
