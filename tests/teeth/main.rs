//! The suite has teeth: it catches what a platform might do wrong.
//!
//! A saboteur stands between the suite and the fake ([`proxy`]) and does one thing wrong at a time ([`defects`], a file per family). For
//! each, the suite plays the cases that touch what is wrong, and must say so.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails where it stands")]

mod defect;
mod defects;
mod proxy;
mod table;
mod touch;
mod trial;

use ess_conformance::suite::Suite;
use ess_conformance::suite::folder::Folder;
use futures::{StreamExt as _, stream};

use crate::trial::{Verdict, play, try_defect};

/// How many defects at least.
const FEWEST: usize = 60;
/// How many of those that only a platform can notice.
const FEWEST_OF_PLATFORMS: usize = 20;
/// How many of those that only a company that administers itself can notice.
const FEWEST_OF_ADMINISTRATION: usize = 20;
/// How many of a hundred must be caught.
const SHARE: usize = 95;
/// How many are tried at once.
const AT_ONCE: usize = 2;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_suite_catches_what_the_saboteur_does() {
    let suite = Suite::read(Folder::BuiltIn).unwrap();
    everything_agrees_when_it_does_nothing(&suite).await;

    // Parts of names, separated by commas, while defects are written.
    let only = std::env::var("ESS_TEETH_ONLY").unwrap_or_default();
    let defects = defects::all().into_iter().filter(|defect| only.split(',').any(|part| defect.name.contains(part)));
    let verdicts: Vec<Verdict> =
        stream::iter(defects.map(|defect| try_defect(&suite, defect))).buffered(AT_ONCE).collect().await;

    let table = table::of(&verdicts);
    println!("{table}");
    let never_fired: Vec<&str> = verdicts.iter().filter(|one| one.fired == 0).map(|one| one.name).collect();
    assert!(never_fired.is_empty(), "defects that were never brought about show nothing: {never_fired:?}");
    let otherwise = verdicts.iter().filter(|one| one.caught_by.is_none() != one.survives.is_some());
    let otherwise: Vec<&str> = otherwise.map(|one| one.name).collect();
    assert!(otherwise.is_empty(), "whatever survives has a reason, and nothing else has: {otherwise:?}");
    let of_platforms = defects::of_platforms();
    let elsewhere = verdicts.iter().filter(|one| of_platforms.contains(&one.name));
    let elsewhere: Vec<_> =
        elsewhere.filter(|one| one.caught_by.as_ref().is_some_and(|id| !id.starts_with("essbasic/"))).collect();
    assert!(elsewhere.is_empty(), "caught by cases that are not a platform's: {elsewhere:#?}");
    let (of_administration, cases) = defects::of_administration();
    let stands_in = |id: &str, folder: &str| id.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    let administers =
        |id: &str| id.strip_prefix("ess/").is_some_and(|id| cases.iter().any(|one| id == *one || stands_in(id, one)));
    let elsewhere = verdicts.iter().filter(|one| of_administration.contains(&one.name));
    let elsewhere: Vec<_> = elsewhere.filter(|one| one.caught_by.as_ref().is_some_and(|id| !administers(id))).collect();
    assert!(elsewhere.is_empty(), "caught by cases that are not about administration: {elsewhere:#?}");
    if only.is_empty() {
        let caught = verdicts.iter().filter(|one| one.caught_by.is_some()).count();
        assert!(verdicts.len() >= FEWEST, "{} defects are too few", verdicts.len());
        assert!(of_platforms.len() >= FEWEST_OF_PLATFORMS, "{} of platforms are too few", of_platforms.len());
        assert!(of_administration.len() >= FEWEST_OF_ADMINISTRATION, "{} are too few", of_administration.len());
        assert!(caught * 100 >= verdicts.len() * SHARE, "{caught} of {} are too few", verdicts.len());
    }
}

/// Otherwise a case would seem to catch what it only stumbles over.
async fn everything_agrees_when_it_does_nothing(suite: &Suite) {
    let cases: Vec<_> = suite.cases().collect();
    let count = cases.len();
    let (results, fired) = play(suite, cases, None).await;
    let failed: Vec<_> = results.iter().filter(|result| result.fails(true)).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    assert_eq!((results.len(), fired), (count, 0));
}

#[test]
fn every_defect_has_a_name_of_its_own() {
    let mut names: Vec<&str> = defects::all().into_iter().map(|defect| defect.name).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
}
