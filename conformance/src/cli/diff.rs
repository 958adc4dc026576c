//! `ess-conformance diff`: where a recording and the fake part.

use std::path::PathBuf;
use std::sync::Arc;

use ess_conformance::last_run::write_file;
use ess_conformance::recording::Recording;
use ess_conformance::recording::drift_report::DriftReport;
use ess_conformance::redaction::Redaction;
use ess_conformance::report::progress::Progress;
use ess_conformance::run::{Plan, run};
use ess_conformance::stage::watch::Nobody;
use ess_conformance::suite::Suite;
use ess_conformance::suite::select::Selection;

use super::run::read_suite;
use super::target::in_process;
use super::{AGREE, DIFFERENCE, UNREACHABLE, USAGE};

/// Which recording.
#[derive(clap::Args)]
pub(super) struct DiffArguments {
    /// The recording
    #[arg(value_name = "DIR")]
    recording: PathBuf,
    #[command(flatten)]
    selection: Selection,
    /// A suite on disk instead of the built-in one
    #[arg(long, value_name = "DIR")]
    suite: Option<PathBuf>,
    /// Write the drifts to a file, as JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// How many files of cases at once
    #[arg(long, default_value_t = 4)]
    jobs: usize,
}

impl DiffArguments {
    #[expect(clippy::print_stdout, reason = "a command's answer")]
    pub(super) async fn run(self) -> u8 {
        let Some(suite) = read_suite(self.suite.clone()) else { return USAGE };
        let recording = match Recording::read(&self.recording) {
            Ok(recording) => recording,
            Err(why) => {
                eprintln!("{why}");
                return USAGE;
            }
        };
        let report = match self.compare(&suite, &recording).await {
            Ok(report) => report,
            Err(code) => return code,
        };
        print!("{report}");
        let json = serde_json::to_string_pretty(&report).map_err(|error| error.to_string());
        if let Some(file) = &self.json
            && let Err(why) = json.and_then(|json| write_file(file, &(json + "\n")))
        {
            eprintln!("{why}");
            return USAGE;
        }
        if report.drifts.is_empty() { AGREE } else { DIFFERENCE }
    }

    /// Runs on the fake what was recorded and is wanted.
    async fn compare(&self, suite: &Suite, recording: &Recording) -> Result<DriftReport, u8> {
        let said = |code: u8| {
            move |why: String| {
                eprintln!("{why}");
                code
            }
        };
        let mut cases = self.selection.of(suite).map_err(said(USAGE))?;
        let known: std::collections::BTreeSet<&str> = recording.cases().map(|(id, _)| id).collect();
        cases.retain(|case| known.contains(case.id.as_str()));
        if cases.is_empty() {
            return Err(said(USAGE)("none of the selected cases is in the recording".to_owned()));
        }
        let (target, inbox) = in_process(suite).await.map_err(said(UNREACHABLE))?;
        let plan = Plan { jobs: self.jobs, fail_fast: false, watch: Arc::new(Nobody), inbox: Some(inbox) };
        let progress = Progress::of(cases.len());
        let results = run(suite, &target, cases, &plan, &|result| progress.tell(result)).await;
        progress.finish();
        let is_case = |id: &str| suite.cases().any(|case| case.id == id);
        Ok(DriftReport::of(recording, &results, &Redaction::of(&target.profile), is_case))
    }
}
