//! Files are signed with the platform's own certificate, and paid for (`api CreateFileCounterSign`).

use std::sync::Arc;

use super::call::Call;
use super::ids::Kind;
use crate::domain::counter_sign::CounterSign;
use crate::domain::file::{Content, LIFETIME, UploadedFile};
use crate::domain::ids::FileId;
use crate::domain::organization::Organization;
use crate::domain::refusal::Refusal;

/// How many tasks are remembered; the oldest go first.
const TASKS_KEPT: usize = 10_000;

impl Call<'_> {
    /// Begins to sign a file, or does so at once. The signed file can be used as long as one that is uploaded when it is there.
    ///
    /// # Errors
    /// The company has used up what it bought.
    pub fn counter_sign(
        &mut self,
        source: &UploadedFile,
        signed: Content,
        at_once: bool,
    ) -> Result<CounterSign, Refusal> {
        let companies = &mut self.world.directory.organizations;
        let company = companies.get(self.caller.organization().as_str()).filter(|one| one.counter_signs > 0);
        let company = company.map(|one| Organization::clone(one)).ok_or(Refusal::QuotaExhausted)?;
        companies.insert(Organization { counter_signs: company.counter_signs - 1, ..company });
        let ends_at = if at_once { self.now } else { self.now.plus(CounterSign::duration(source.content.bytes.len())) };
        let result = FileId::from(self.world.ids.next(Kind::File));
        let file = UploadedFile {
            id: result.clone(),
            content: Arc::new(signed),
            expires_at: ends_at.plus(LIFETIME),
            ..source.clone()
        };
        self.world.add_file(file, self.now);
        let task = CounterSign {
            id: self.world.ids.next(Kind::Task).into(),
            owner: self.caller.organization().clone(),
            source: source.id.clone(),
            ends_at,
            outcome: Ok(result),
        };
        self.world.counter_signs.insert_keeping(task.clone(), TASKS_KEPT);
        Ok(task)
    }
}
