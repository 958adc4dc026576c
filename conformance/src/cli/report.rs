//! What a run reads besides the suite, and whom it tells what came of it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;

use ess_conformance::baseline::Baseline;
use ess_conformance::clock::{self, Stopwatch};
use ess_conformance::inbox::Inbox;
use ess_conformance::last_run::{Last, LastRun, write_file};
use ess_conformance::outcome::Outcome;
use ess_conformance::recording::Recording;
use ess_conformance::redaction::Redaction;
use ess_conformance::report::progress::Progress;
use ess_conformance::report::{About, Entry, Others, Report, github, html, json, junit, terminal};
use ess_conformance::rerun::{Settled, run_and_rerun};
use ess_conformance::run::{Plan, run};
use ess_conformance::stage::watch::Nobody;
use ess_conformance::suite::Suite;
use ess_conformance::suite::case::Case;
use ess_conformance::target::Target;
use jiff::ToSpan as _;

use super::{AGREE, DIFFERENCE};

/// How long an entry of a baseline is accepted unless somebody says otherwise.
const ACCEPTED_DAYS: i32 = 90;

/// How results are told, kept and compared.
#[derive(clap::Args)]
pub(super) struct ReportArguments {
    /// Reports besides the terminal's, such as `junit=target/junit.xml,html=report.html,json=report.json,github`
    #[arg(long, value_name = "KIND=FILE", value_delimiter = ',')]
    report: Vec<ReportTo>,
    /// Only what failed when it was run last at this target
    #[arg(long)]
    rerun_failed: bool,
    /// How often a case that differs is run again; outcomes that disagree are `flaky`
    #[arg(long, value_name = "N", default_value_t = 1)]
    reruns: usize,
    /// Where what came of each case is kept between runs
    #[arg(long, value_name = "FILE", default_value = "target/ess-conformance/last-run.json")]
    state: PathBuf,
    /// Accepted differences, each with reason and expiry; only others fail the run
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write a baseline that accepts what fails now, for you to give reasons in
    #[arg(long, value_name = "FILE")]
    write_baseline: Option<PathBuf>,
    /// Run the same cases on the fake too, and tell who differs: the fake, the document or nobody
    #[arg(long)]
    compare_fake: bool,
    /// A recording of the same target, to see what has changed since; without it, the last run is what counts
    #[arg(long, value_name = "DIR", requires = "compare_fake")]
    since: Option<PathBuf>,
}

/// One report, and where it goes.
#[derive(Clone, Debug)]
enum ReportTo {
    Junit(PathBuf),
    Json(PathBuf),
    Html(PathBuf),
    Github,
}

impl FromStr for ReportTo {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once('=') {
            None if text == "github" => Ok(Self::Github),
            Some(("junit", file)) if !file.is_empty() => Ok(Self::Junit(file.into())),
            Some(("json", file)) if !file.is_empty() => Ok(Self::Json(file.into())),
            Some(("html", file)) if !file.is_empty() => Ok(Self::Html(file.into())),
            Some(_) | None => Err("expected junit=FILE, json=FILE, html=FILE or github".to_owned()),
        }
    }
}

/// What was read for a run, before anything is sent.
pub(super) struct Reporting {
    arguments: ReportArguments,
    baseline: Baseline,
    last: LastRun,
    since: Option<Recording>,
    suite: String,
}

impl ReportArguments {
    /// Reads what a run needs.
    ///
    /// # Errors
    /// Every mistake in it, a line each.
    pub(super) fn open(self, suite: &Suite, folder: Option<&PathBuf>) -> Result<Reporting, Vec<String>> {
        let baseline = match &self.baseline {
            Some(file) => read_baseline(file, suite)?,
            None => Baseline::default(),
        };
        let last = LastRun::read(&self.state).map_err(|why| vec![why])?;
        let since = self.since.as_deref().map(Recording::read).transpose().map_err(|why| vec![why])?;
        let suite = folder.map_or_else(|| "conformance".to_owned(), |folder| folder.display().to_string());
        Ok(Reporting { arguments: self, baseline, last, since, suite })
    }
}

fn read_baseline(file: &PathBuf, suite: &Suite) -> Result<Baseline, Vec<String>> {
    let name = file.display().to_string();
    let text = std::fs::read_to_string(file).map_err(|error| vec![format!("{name}: cannot be read: {error}")])?;
    let is_case = |id: &str| suite.cases().any(|case| case.id == id);
    Baseline::read(&name, &text, today(), is_case)
        .map_err(|mistakes| mistakes.iter().map(ToString::to_string).collect())
}

/// The day, in UTC.
pub(super) fn today() -> jiff::civil::Date {
    clock::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

impl Reporting {
    /// How often a case may be run again.
    pub(super) fn reruns(&self) -> usize {
        self.arguments.reruns
    }

    /// Whether a target can be told about as was asked for.
    ///
    /// # Errors
    /// It is the fake, which cannot be compared with itself.
    pub(super) fn suits(&self, target: &Target) -> Result<(), String> {
        match self.arguments.compare_fake && target.is_fake() {
            true => Err("--compare-fake compares another target with the fake: say which by --target".to_owned()),
            false => Ok(()),
        }
    }

    /// The cases to run: all that were selected, or those of them that failed last.
    ///
    /// # Errors
    /// Nothing is known of a last run.
    pub(super) fn narrowed(&self, cases: Vec<Case>, target: &Target) -> Result<Vec<Case>, String> {
        if !self.arguments.rerun_failed {
            return Ok(cases);
        }
        let failed = self.last.failed(&target.name).ok_or_else(|| {
            let state = self.arguments.state.display();
            format!("nothing was run on {} yet, as far as {state} knows: run without --rerun-failed first", target.name)
        })?;
        Ok(cases.into_iter().filter(|case| failed.contains(case.id.as_str())).collect())
    }

    /// Runs cases, tells what came of them, and keeps it. The answer is the exit code.
    ///
    /// # Errors
    /// A report cannot be written, or the fake does not start.
    #[expect(clippy::print_stdout, reason = "a command's answer")]
    pub(super) async fn run(
        mut self,
        suite: &Suite,
        target: &Target,
        cases: Vec<Case>,
        plan: &Plan,
    ) -> Result<u8, String> {
        if cases.is_empty() {
            println!("nothing of it failed when it was run last on {}", target.name);
            return Ok(AGREE);
        }
        let (began, clock) = (clock::now(), Stopwatch::start());
        let progress = Progress::of(cases.len());
        let tell = |result: &_| progress.tell(result);
        let settled = run_and_rerun(suite, target, cases.clone(), plan, self.arguments.reruns, &tell).await;
        progress.finish();

        let redaction = Redaction::of(&target.profile);
        let beside =
            if self.arguments.compare_fake { Some(beside(suite, &settled, cases, plan.jobs).await?) } else { None };
        let others = beside.as_ref().map(|(fake, redaction)| Others {
            fake: fake.clone(),
            fake_redaction: redaction,
            before: self.since.as_ref().map_or_else(|| self.last.seen(&target.name), Recording::seen),
        });
        let about = About {
            target: &target.name,
            is_fake: target.is_fake(),
            began: began.to_string(),
            took_ms: u64::try_from(clock.elapsed().as_millis()).unwrap_or(u64::MAX),
            suite: self.suite.clone(),
            redaction: &redaction,
            baseline: &self.baseline,
            others,
        };
        let report = Report::of(&settled, about);
        print!("{}", terminal::terminal(&report));
        self.tell(&report)?;

        let last = |(entry, settled): (&Entry, &Settled)| {
            let seen = settled.seen(&redaction).pop()?;
            Some((entry.id.clone(), Last { seen, failed: entry.fails }))
        };
        let now: BTreeMap<String, Last> = report.cases.iter().zip(&settled).filter_map(last).collect();
        let known: std::collections::BTreeSet<String> = suite.cases().map(|case| case.id).collect();
        self.last.keep(&target.name, now, |id| known.contains(id))?;
        Ok(if report.fails() { DIFFERENCE } else { AGREE })
    }

    /// Writes every report that was asked for.
    #[expect(clippy::print_stdout, reason = "a command's answer")]
    fn tell(&self, report: &Report) -> Result<(), String> {
        for to in &self.arguments.report {
            match to {
                ReportTo::Github => print!("{}", github::github(report)),
                ReportTo::Json(file) => write_file(file, &json::json(report).map_err(|error| error.to_string())?)?,
                ReportTo::Html(file) => write_file(file, &html::html(report).map_err(|error| error.to_string())?)?,
                ReportTo::Junit(file) => write_file(file, &junit::junit(report).map_err(|error| error.to_string())?)?,
            }
        }
        if let Some(file) = &self.arguments.baseline {
            for (line, case) in self.baseline.outlived(report) {
                println!("{}:{line}: {case} is as it says: take the entry out", file.display());
            }
        }
        if let Some(file) = &self.arguments.write_baseline {
            let expires = today().saturating_add(ACCEPTED_DAYS.days());
            write_file(file, &self.baseline.written_for(report, expires))?;
            println!("{}: give a reason for each entry that has none", file.display());
        }
        Ok(())
    }
}

/// The fake's results of every case that the target could try, by id.
async fn beside(
    suite: &Suite,
    settled: &[Settled],
    cases: Vec<Case>,
    jobs: usize,
) -> Result<(BTreeMap<String, Settled>, Redaction), String> {
    let target = Target::fake(&suite.folder).await?;
    let inbox = Inbox::start(([127, 0, 0, 1], 0).into(), None).await.map_err(|error| error.to_string())?;
    let plan = Plan { jobs, fail_fast: false, watch: Arc::new(Nobody), inbox: Some(inbox) };
    let tried = |case: &Case| {
        let at = settled.binary_search_by(|one| one.result.id.cmp(&case.id));
        at.is_ok_and(|at| !matches!(settled[at].result.outcome, Outcome::Skipped { .. }))
    };
    let cases = cases.into_iter().filter(tried).collect();
    let results = run(suite, &target, cases, &plan, &|_| {}).await;
    let by_id = results.into_iter().map(|result| (result.id.clone(), Settled::once(result))).collect();
    Ok((by_id, Redaction::of(&target.profile)))
}
