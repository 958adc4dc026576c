//! The commands, one file each.

mod callback;
mod coverage;
mod demo;
mod replay;
mod serve;
mod world;

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use ess_mock_server::config::Config;

/// A stateful stand-in for Tencent E-Sign (腾讯电子签): point an unmodified official SDK at it.
#[derive(Parser)]
#[command(name = "ess-mock", version, args_conflicts_with_subcommands = true)]
pub(crate) struct CommandLine {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    config: Config,
}

#[derive(Subcommand)]
enum Command {
    /// Serve (what happens without a command, too).
    Serve(Box<Config>),
    /// Play one contract's whole life, from PDF to signed download, and print every step.
    Demo {
        /// The PDF to sign; a built-in sample without it.
        #[arg(long, value_name = "FILE")]
        pdf: Option<PathBuf>,
        /// Where to put the signed PDF.
        #[arg(long, value_name = "FILE", default_value = "signed.pdf")]
        out: PathBuf,
    },
    /// Encrypt or decrypt one callback body by hand.
    #[command(subcommand)]
    Callback(callback::CallbackCommand),
    /// Play scenario files at a receiver and print what it answers.
    Replay(replay::Replay),
    /// Look at scenario files.
    #[command(subcommand)]
    Scenario(ScenarioCommand),
    /// Look at world files.
    #[command(subcommand)]
    World(WorldCommand),
    /// Which actions are stateful, which are answered from their schema alone, and which codes they answer.
    Coverage {
        /// How to print it.
        #[arg(long, value_enum, default_value = "table")]
        format: coverage::Format,
    },
}

#[derive(Subcommand)]
enum WorldCommand {
    /// Say whether a world file can be served, or a written snapshot brought along.
    Check {
        /// The file.
        file: PathBuf,
    },
}

#[derive(Subcommand)]
enum ScenarioCommand {
    /// Say whether scenario files can be played.
    Check {
        /// The files, or folders of them.
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
}

impl CommandLine {
    /// Does what was asked for.
    ///
    /// # Errors
    /// A sentence for the person at the terminal.
    pub(crate) fn run(self) -> Result<(), String> {
        match self.command {
            None => in_runtime(serve::serve(&self.config)),
            Some(Command::Serve(config)) => in_runtime(serve::serve(&config)),
            Some(Command::Demo { pdf, out }) => in_runtime(demo::demo(pdf.as_deref(), &out)),
            Some(Command::Callback(command)) => callback::run(command),
            Some(Command::Replay(replay)) => in_runtime(replay.run()),
            Some(Command::Scenario(ScenarioCommand::Check { files })) => replay::check(&files),
            Some(Command::World(WorldCommand::Check { file })) => world::check(&file),
            Some(Command::Coverage { format }) => coverage::print(format),
        }
    }
}

fn in_runtime(work: impl Future<Output = Result<(), String>>) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.map_err(|error| format!("cannot start: {error}"))?.block_on(work)
}

/// Writes to the terminal; a reader who left (`| head`) is no error.
fn say(text: &str) {
    use std::io::Write as _;
    let mut out = std::io::stdout().lock();
    // Nothing sensible can be done about a terminal that cannot be written to.
    drop(out.write_all(text.as_bytes()).and_then(|()| out.write_all(b"\n")).and_then(|()| out.flush()));
}
