//! A schedule as a scenario file that `ess-mock replay` plays: the story's own file, with other steps.

use std::fmt::Write as _;

use ess_mock_server::scenario::Story;

use super::trial::Delivery;

/// What the file begins with anew.
const REPLACED: [&str; 4] = ["name", "says", "defaults", "steps"];

/// The file of a failing schedule: what was seen at each delivery, the story, and the deliveries as its steps.
///
/// # Errors
/// The story's file is not written a key per line, so that its steps cannot be told from the rest.
pub fn file(story: &str, deliveries: &[Delivery], expected: &str) -> Result<String, String> {
    let mut text = String::from(
        "# Found by `ess-conformance receiver`: the shortest deliveries after which the receiver held what it must not.\n\
         #   ess-mock replay THIS_FILE --to URL --key KEY --token TOKEN --seed N            (every N is about another contract)\n\
         #   ess-conformance receiver --url URL --key KEY --token TOKEN --probe PROBE --scenario THIS_FILE\n#\n",
    );
    for (place, one) in deliveries.iter().enumerate() {
        let tells = one.tells.as_ref().map(|status| format!(" tells {status};")).unwrap_or_default();
        let holds = one.holds.as_deref().unwrap_or("unknown");
        let _ = writeln!(text, "# {}. {}:{tells} {}, then held: {holds}", place + 1, one.message, one.answer);
    }
    let _ = writeln!(text, "# expected: {expected}\n");
    let _ = writeln!(text, "name: failing_order");
    let _ = writeln!(text, "says: A receiver that heard of this contract in this order held what it must not.");
    text.push_str(&without(story, &REPLACED));
    text.push_str("defaults: { retry: false }\nsteps:\n");
    for one in deliveries {
        let _ = writeln!(text, "  - {}", quoted(&one.message));
    }
    match Story::read("failing order", &text).and_then(|story| story.tell(0)) {
        Ok(scenario) if scenario.moves.len() == deliveries.len() => Ok(text),
        Ok(_) => Err(unsaved("it would be sent more or less than failed")),
        Err(mistake) => Err(unsaved(&mistake.to_string())),
    }
}

fn unsaved(why: &str) -> String {
    format!(
        "the failing order cannot be written as a scenario file ({why}); write every key of the story's file on a line of its own"
    )
}

/// A YAML mapping without some of its top-level keys, and without what stands before the first.
fn without(text: &str, keys: &[&str]) -> String {
    let mut kept = String::new();
    let mut keeps = false;
    for line in text.lines() {
        let begins = line.starts_with(|first: char| first.is_alphabetic() || first == '"');
        if let Some((key, _)) = line.split_once(':').filter(|_| begins) {
            keeps = !keys.contains(&key.trim_matches('"'));
        }
        if keeps {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

/// A message without a name of its own is called `#3`, which YAML takes for a comment.
fn quoted(name: &str) -> String {
    let plain = name.chars().all(|one| one.is_alphanumeric() || one == '_') && !name.chars().all(char::is_numeric);
    if plain { name.to_owned() } else { format!("{name:?}") }
}

#[cfg(test)]
mod tests {
    use ess_mock_server::scenario::schedule::plan;

    use super::super::stories::ORDERS;
    use super::*;

    fn delivery(message: &str) -> Delivery {
        Delivery {
            message: message.to_owned(),
            hostile: None,
            tells: Some("4 (ALL)".to_owned()),
            again: false,
            answer: "answered 200".to_owned(),
            holds: Some("4 (ALL)".to_owned()),
        }
    }

    #[test]
    fn the_file_plays_exactly_the_schedule() {
        let deliveries = ["signed", "started", "signed"].map(delivery);

        let text = file(ORDERS, &deliveries, "still 4 (ALL)").unwrap();

        let scenario = Story::read("saved", &text).unwrap().tell(3).unwrap();
        let sent = plan(&scenario, 3).iter().map(|one| scenario.messages[one.message].name.clone()).collect::<Vec<_>>();
        assert_eq!(sent, ["signed", "started", "signed"]);
        assert!(plan(&scenario, 3).iter().all(|one| !one.retry));
        insta::assert_snapshot!(text);
    }

    #[test]
    fn lists_at_the_margin_and_messages_without_names_are_kept() {
        let story = "name: x\nsays: y\ncontracts:\n  lease: { signers: [{ kind: person, name: 张三, mobile: \"13800000001\" }] }\nmessages:\n- FlowStatusChange: { contract: lease, operate: start }\nsteps:\n- \"#1\"\n";

        let text = file(story, &["#1", "#1"].map(delivery), "nothing").unwrap();

        assert!(text.ends_with("steps:\n  - \"#1\"\n  - \"#1\"\n"), "{text}");
    }

    #[test]
    fn a_file_in_one_line_says_that_it_cannot_be_saved() {
        let story = r#"{"name": "x", "says": "y", "messages": []}"#;

        assert!(file(story, &[delivery("a")], "nothing").unwrap_err().contains("a line of its own"));
    }
}
