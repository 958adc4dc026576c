//! Callbacks that come in another order, twice, to somebody else, again and again, or never again.

use std::collections::HashSet;
use std::sync::Mutex;

use super::defect;
use crate::defect::{Defect, Trick};
use crate::proxy::letter::Letter;

pub(super) fn defects() -> Vec<Defect> {
    vec![
        defect("order_swapped", "of two messages the second comes first", {
            let held = Mutex::new(Vec::<Letter>::new());
            Trick::Posted(Box::new(move |letter| {
                let mut held = held.lock().unwrap();
                let same_world =
                    held.iter().position(|one| one.message["MsgData"]["FlowId"] == letter.message["MsgData"]["FlowId"]);
                match same_world {
                    Some(number) => vec![letter.clone(), held.remove(number)],
                    None => {
                        held.push(letter.clone());
                        Vec::new()
                    }
                }
            }))
        }),
        defect(
            "everything_comes_twice",
            "every message comes twice, each with an id of its own",
            Trick::Posted(Box::new(|letter| {
                let mut again = letter.clone();
                again.message["MsgId"] = format!("{}2", letter.text("/MsgId")).into();
                vec![letter.clone(), again]
            })),
        ),
        defect(
            "everything_is_repeated",
            "every message comes twice",
            Trick::Posted(Box::new(|letter| vec![letter.clone(), letter.clone()])),
        ),
        defect(
            "no_second_attempt",
            "what a receiver does not take is not sent again",
            Trick::Acknowledged(Box::new(|_, _| 200)),
        ),
        defect("taken_and_sent_again", "what a receiver took is sent once more", {
            let seen = Mutex::new(HashSet::new());
            Trick::Acknowledged(Box::new(move |letter, status| {
                let is_new = seen.lock().unwrap().insert(letter.text("/MsgId").to_owned());
                if is_new && status == 200 { 500 } else { status }
            }))
        }),
        defect(
            "never_satisfied",
            "a message is sent until all attempts are spent",
            Trick::Acknowledged(Box::new(|_, _| 500)),
        ),
        defect("new_id_for_each_attempt", "each attempt of a message has an id of its own", {
            let attempts = Mutex::new(HashSet::new());
            Trick::Posted(Box::new(move |letter| {
                let mut other = letter.clone();
                let mut attempts = attempts.lock().unwrap();
                if !attempts.insert(letter.text("/MsgId").to_owned()) {
                    other.message["MsgId"] = format!("{}{}", letter.text("/MsgId"), attempts.len()).into();
                }
                vec![other]
            }))
        }),
        defect(
            "one_id_for_all",
            "every message has the same id",
            Trick::Posted(Box::new(|letter| {
                let mut other = letter.clone();
                other.message["MsgId"] = "1790000000000000000".into();
                vec![other]
            })),
        ),
        defect(
            "to_somebody_else",
            "messages go to another caller's address",
            Trick::Posted(Box::new(|letter| vec![Letter { astray: true, ..letter.clone() }])),
        ),
    ]
}
