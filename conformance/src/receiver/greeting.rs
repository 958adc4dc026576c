//! Whether somebody listens at all, can be asked, and has not heard of this run's contracts before.

use ess_mock_server::scenario::schedule::{Sending, plan};
use ess_mock_server::scenario::{Hostile, Outcome, Scenario, Story};

use super::Failure;
use super::stories::body_text;
use super::trial::Judge;

/// A contract that is only there to begin with.
#[derive(Debug)]
pub struct Greeting {
    scenario: Scenario,
    plan: Vec<Sending>,
}

impl Greeting {
    /// The greeting of a run.
    ///
    /// # Errors
    /// Its story has a mistake.
    pub fn of(seed: u64) -> Result<Self, Failure> {
        let scenario = Story::read("greeting", &body_text(Hostile::Probe))?.tell(seed)?;
        let plan = plan(&scenario, seed);
        Ok(Self { scenario, plan })
    }

    /// Asks as the platform does whether somebody listens; any answer will do.
    ///
    /// # Errors
    /// Nobody does.
    pub async fn knock(&self, judge: &Judge) -> Result<(), Failure> {
        let knocks = self.plan.iter().find(|one| one.hostile.is_some());
        self.send(judge, knocks).await
    }

    /// Asks what is held of a contract before and after its launch is told. The answer is not judged, but the receiver keeps it: another run with
    /// this seed finds it.
    ///
    /// # Errors
    /// The probe cannot be asked, or knows what nobody has told yet.
    pub async fn introduce(&self, judge: &Judge, seed: u64) -> Result<(), Failure> {
        for contract in &self.scenario.contracts {
            if let Some(status) = judge.ask(&contract.id).await?.status {
                return Err(Failure::Misuse(format!(
                    "the probe says {status} of contract {}, of which nothing was told yet: either it answers the same whatever it is asked, or \
                     the receiver was judged with --seed {seed} before; expected {{\"status\": null}} or 404",
                    contract.id
                )));
            }
        }
        self.send(judge, self.plan.first()).await
    }

    async fn send(&self, judge: &Judge, sending: Option<&Sending>) -> Result<(), Failure> {
        let Some(sending) = sending else { return Ok(()) };
        match judge.send(&self.scenario, sending).await.map_err(Failure::Misuse)? {
            Outcome::Unreachable(why) => {
                Err(Failure::Unreachable(format!("nobody answers at {}: {why}", judge.receiver.url)))
            }
            Outcome::Answered(_) | Outcome::Silence | Outcome::Lost | Outcome::AnswerLost(_) => Ok(()),
        }
    }
}
