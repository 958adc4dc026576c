//! The command line, a file per command.

mod cleanup;
mod coverage;
mod diff;
mod flight;
mod list;
mod model;
mod receiver;
mod record;
mod report;
mod run;
mod target;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Cases agree.
pub(crate) const AGREE: u8 = 0;
/// Something is otherwise than a case says.
pub(crate) const DIFFERENCE: u8 = 1;
/// The command was used wrongly, or the suite has mistakes.
pub(crate) const USAGE: u8 = 2;
/// Nothing answers where the target should be.
pub(crate) const UNREACHABLE: u8 = 3;

/// One suite for the fake and for the vendor's test environment of Tencent E-Sign, and a judge of callback receivers
#[derive(Parser)]
#[command(name = "ess-conformance", version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run cases against a target; the fake, in this process, without one
    Run(run::RunArguments),
    /// Take back what a run has left at a target that is not ours
    Cleanup(cleanup::CleanupArguments),
    /// What the suite would notice: transitions, refusals and limits, with the cases that test them
    Coverage(coverage::CoverageArguments),
    /// Tell random stories, and see whether they end as a small model of contracts says
    Model(model::ModelArguments),
    /// Keep a target's answers, without secrets and personal data
    Record(record::RecordArguments),
    /// Compare a recording with the fake
    Diff(diff::DiffArguments),
    /// List the cases
    List(list::ListArguments),
    /// Judge a callback receiver: scenarios, hostile bodies, and every order of a contract's messages
    Receiver(Box<receiver::ReceiverArguments>),
}

/// Does what the command line says.
pub(crate) async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let code = match arguments.command {
        Command::Run(arguments) => arguments.run().await,
        Command::Cleanup(arguments) => arguments.run().await,
        Command::Coverage(arguments) => arguments.run(),
        Command::Model(arguments) => arguments.run().await,
        Command::Record(arguments) => arguments.run().await,
        Command::Diff(arguments) => arguments.run().await,
        Command::List(arguments) => arguments.run(),
        Command::Receiver(arguments) => arguments.run().await,
    };
    ExitCode::from(code)
}
