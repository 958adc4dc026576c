//! What is played at a receiver: the shipped scenarios, and every hostile body about a contract of its own.

use ess_client::callback::Generation;
use ess_mock_server::scenario::{Duty, Hostile, Mistake, Story};
use include_dir::{Dir, include_dir};

static SHIPPED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../fixtures/scenarios");
const BODY: &str = include_str!("body.yaml");
/// The story whose messages come in every order.
pub const ORDERS: &str = include_str!("orders.yaml");

/// Something to be played.
#[derive(Debug)]
pub struct Piece {
    /// What it is called.
    pub name: String,
    /// The body it is there for; none for a scenario.
    pub body: Option<Hostile>,
    /// What happens.
    pub story: Story,
}

impl Piece {
    /// A scenario file.
    ///
    /// # Errors
    /// It is none.
    pub fn scenario(file: &str, text: &str) -> Result<Self, Mistake> {
        let story = Story::read(file, text)?;
        Ok(Self { name: story.tell(0)?.name, body: None, story })
    }

    fn body(body: Hostile) -> Result<Self, Mistake> {
        let story = Story::read(body.name(), &body_text(body))?;
        Ok(Self { name: body.name().to_owned(), body: Some(body), story })
    }
}

/// The shipped scenarios, by name.
///
/// # Errors
/// One of them has a mistake.
pub fn shipped() -> Result<Vec<Piece>, Mistake> {
    let files = SHIPPED.files().filter(|file| file.path().extension().is_some_and(|end| end == "yaml"));
    let mut pieces = files
        .map(|file| Piece::scenario(&file.path().display().to_string(), file.contents_utf8().unwrap_or_default()))
        .collect::<Result<Vec<Piece>, Mistake>>()?;
    pieces.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(pieces)
}

/// Every hostile body, each about a contract of its own.
///
/// # Errors
/// The story around them has a mistake.
pub fn bodies() -> Result<Vec<Piece>, Mistake> {
    Hostile::ALL.iter().map(|body| Piece::body(*body)).collect()
}

/// The scenario file of one body: a good message before it, and one after it that must still count.
#[must_use]
pub fn body_text(body: Hostile) -> String {
    let name = body.name();
    let spoiled = format!("{{ send: signed, hostile: {name} }}");
    let of_the_ended = matches!(body, Hostile::Replayed | Hostile::StaleStatus | Hostile::EndedTwice);
    let steps = match body.expected().duty {
        Duty::Accept | Duty::Keep | Duty::Ignore | Duty::Refuse if of_the_ended => {
            ["started", "signed", &spoiled, "finished"]
        }
        // The good message under the same id may be taken for a duplicate; of the legacy generation, under another time, for another one.
        Duty::Accept if body == Hostile::TimesInMilliseconds => ["started", &spoiled, "finished", "finished"],
        Duty::Keep => ["started", &spoiled, "finished", "finished"],
        Duty::Accept => ["started", &spoiled, "signed", "finished"],
        Duty::Refuse | Duty::Ignore => ["started", &spoiled, "signed", "signed"],
    };
    let lines: String = steps.iter().map(|step| format!("  - {step}\n")).collect();
    format!("{BODY}defaults: {{ retry: false }}\nsteps:\n{lines}")
}

/// Why a scenario is not played to a receiver of this generation, if it is not: its messages are those of another one.
#[must_use]
pub fn of_another_generation(told_by: Generation, spoken: Generation) -> Option<String> {
    let another = told_by != Generation::Company && told_by != spoken;
    another.then(|| format!("it is told by the {0} generation; --generation {0} plays it", name_of(told_by)))
}

/// What a generation is called in files and flags.
#[must_use]
pub fn name_of(generation: Generation) -> &'static str {
    match generation {
        Generation::Company => "company",
        Generation::Partner => "partner",
        Generation::Legacy => "legacy",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_shipped_can_be_played() {
        let (scenarios, bodies) = (shipped().unwrap(), bodies().unwrap());

        assert!(scenarios.len() >= 19, "{}", scenarios.len());
        assert_eq!(bodies.len(), Hostile::ALL.len());
        for piece in scenarios.iter().chain(&bodies) {
            let scenario = piece.story.tell(7).unwrap_or_else(|mistake| panic!("{mistake}"));
            assert!(!scenario.moves.is_empty(), "{}", piece.name);
        }
    }

    #[test]
    fn the_life_that_is_told_in_every_order_has_six_messages_about_one_contract() {
        let scenario = Story::read("orders", ORDERS).unwrap().tell(0).unwrap();

        let service = scenario.contracts.iter().find(|one| one.name == "service").unwrap();
        assert_eq!(service.status, 21);
        let about =
            scenario.messages.iter().filter(|one| one.flow.as_ref().is_some_and(|id| id.as_str() == service.id));
        assert_eq!(about.count(), 6);
    }

    #[test]
    fn a_scenario_of_the_company_is_spoken_by_every_generation() {
        assert_eq!(of_another_generation(Generation::Company, Generation::Partner), None);
        assert_eq!(of_another_generation(Generation::Legacy, Generation::Legacy), None);
        assert!(
            of_another_generation(Generation::Partner, Generation::Company).unwrap().contains("--generation partner")
        );
    }
}
