//! Seals to look at: a company's, or one of them, with their pictures (`PREVIEW_SEAL_LIST`, `PREVIEW_SEAL_DETAIL`).

use serde::Serialize;

use crate::domain::ids::OrganizationId;
use crate::domain::seal::{Seal, SealKind, SealStatus};
use crate::domain::time::{MINUTE, Timestamp};
use crate::engine::urls::Urls;
use crate::engine::world::World;
use crate::pages::words::Language;
use crate::rendering::seal_picture;

/// A seal as the page shows it.
#[derive(Debug, Serialize)]
pub(in crate::pages) struct Shown {
    pub(in crate::pages) name: String,
    /// What is known of it, in words.
    pub(in crate::pages) detail: String,
    pub(in crate::pages) id: String,
    kind: &'static str,
    status: &'static str,
    /// Where its picture is, for five minutes.
    pub(in crate::pages) picture: String,
    /// Who may use it, besides the administrators.
    users: Vec<String>,
}

/// The company's seals; or the one of this id.
pub(in crate::pages) fn of(
    world: &World,
    now: Timestamp,
    urls: &Urls,
    (company, seal): (&OrganizationId, Option<&str>),
    language: Language,
) -> Vec<Shown> {
    let own = world.directory.seals.iter().filter(|one| &one.organization == company);
    let chosen = own.filter(|one| seal.is_none_or(|id| one.id.as_str() == id));
    chosen.map(|one| shown(world, now, urls, one, language)).collect()
}

fn shown(world: &World, now: Timestamp, urls: &Urls, seal: &Seal, language: Language) -> Shown {
    let name = |user: &str| world.directory.employees.get(user).map(|one| one.name.clone());
    let users: Vec<String> = seal.authorized(now).into_iter().filter_map(|user| name(user.as_str())).collect();
    let mut detail = format!("{} · {}", kind(seal.kind, language), status(seal.status, language));
    if !seal.fail_reason.is_empty() {
        detail = format!("{detail} · {}", seal.fail_reason);
    }
    if !users.is_empty() {
        let all = users.join(language.pick("、", ", "));
        detail = format!("{detail} · {}{all}", language.pick("授权员工：", "may be used by "));
    }
    Shown {
        name: seal.name.clone(),
        detail,
        id: seal.id.to_string(),
        kind: seal.kind.wire(),
        status: seal.status.wire(),
        picture: seal_picture::address(world, urls, seal, now.plus(5 * MINUTE)),
        users,
    }
}

/// What may be made on the page: names of the API and of people.
pub(super) fn kinds(language: Language) -> Vec<(&'static str, &'static str)> {
    let made = [
        SealKind::Official,
        SealKind::Contract,
        SealKind::Finance,
        SealKind::Personnel,
        SealKind::Invoice,
        SealKind::Other,
    ];
    made.into_iter().map(|one| (one.wire(), kind(one, language))).collect()
}

fn kind(kind: SealKind, language: Language) -> &'static str {
    match kind {
        SealKind::Official => language.pick("企业公章", "official seal"),
        SealKind::Contract => language.pick("合同专用章", "for contracts"),
        SealKind::Finance => language.pick("财务专用章", "for money"),
        SealKind::Personnel => language.pick("人事专用章", "for staff"),
        SealKind::Invoice => language.pick("发票专用章", "for invoices"),
        SealKind::LegalPerson => language.pick("法定代表人章", "legal person's seal"),
        SealKind::EmployeeQualification => language.pick("员工执业章", "of an employee's profession"),
        SealKind::Other => language.pick("其他类型印章", "another"),
    }
}

fn status(status: SealStatus, language: Language) -> &'static str {
    match status {
        SealStatus::Checking => language.pick("待审核", "being looked at"),
        SealStatus::CheckingByAdministrator => language.pick("待超管审核", "waits for an administrator"),
        SealStatus::Enabled => language.pick("可用", "usable"),
        SealStatus::Refused => language.pick("审核拒绝", "turned down"),
        SealStatus::Disabled => language.pick("已停用", "switched off"),
        SealStatus::Stopped => language.pick("已终止", "ended"),
        SealStatus::Void => language.pick("已作废", "void"),
        SealStatus::Invalid => language.pick("已失效", "not valid any more"),
    }
}
