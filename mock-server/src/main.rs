//! The command line of `ess-mock`.

mod cli;

use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let filter =
        EnvFilter::try_from_env("ESS_MOCK_LOG").unwrap_or_else(|_| EnvFilter::new("warn,ess_mock_server=info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false).init();
    match cli::CommandLine::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("ess-mock: {sentence}");
            ExitCode::FAILURE
        }
    }
}
