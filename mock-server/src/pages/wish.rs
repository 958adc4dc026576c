//! What a visitor of a contract wants.

use std::collections::BTreeMap;

use axum::extract::Request;
use serde::Deserialize;

use super::posted::posted_flat;
use super::trouble::Trouble;

/// How a form names what is filled into the n-th component.
pub(super) const FIELD: &str = "field.";

/// How a form names the answer to the n-th prompt before the camera.
pub(super) const ANSWER: &str = "answer.";

/// What somebody wants to do.
#[derive(Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "action", rename_all = "lowercase", deny_unknown_fields)]
pub(super) enum Wish {
    /// Sign, all that wait when there are several; with an answer to each prompt, where there are some.
    Sign {
        #[serde(default)]
        answers: Vec<String>,
    },
    /// Refuse, saying why.
    Reject {
        #[serde(default)]
        message: String,
    },
    /// Fill in: components by id or name, or by number as forms do.
    Fill {
        #[serde(default)]
        fields: BTreeMap<String, String>,
    },
    /// Pick open slots up.
    Claim(Identity),
    /// Hand the task on to a colleague.
    Forward(Colleague),
}

/// Who somebody says they are.
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Identity {
    pub(super) name: String,
    pub(super) mobile: String,
    pub(super) id_card: String,
    pub(super) organization: String,
}

/// Whom a task is handed on to.
#[derive(Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Colleague {
    pub(super) name: String,
    pub(super) mobile: String,
}

impl Wish {
    /// Reads what was posted.
    ///
    /// # Errors
    /// It is too large, or nothing a visitor can want.
    pub(super) async fn read(request: Request) -> Result<Self, Trouble> {
        posted_flat(request, Self::of_form).await
    }

    /// A page has one form with several buttons: what was written for another of them is passed over.
    fn of_form(pairs: Vec<(String, String)>) -> Result<Self, String> {
        let mut given = BTreeMap::new();
        for (name, value) in pairs {
            if given.contains_key(&name) {
                return Err(format!("`{name}` twice"));
            }
            given.insert(name, value);
        }
        let (mut fields, mut texts, mut answers) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for (name, value) in given {
            match name.as_str() {
                "action" | "message" | "name" | "mobile" | "id_card" | "organization" => {
                    texts.insert(name, value);
                }
                _ if name.starts_with(FIELD) => {
                    fields.insert(name, value);
                }
                _ => {
                    let place = name.strip_prefix(ANSWER).and_then(|place| place.parse::<usize>().ok());
                    answers.insert(place.ok_or_else(|| format!("unknown field `{name}`"))?, value);
                }
            }
        }
        let mut text = |name: &str| texts.remove(name).unwrap_or_default();
        match text("action").as_str() {
            "sign" => Ok(Self::Sign { answers: answers.into_values().collect() }),
            "reject" => Ok(Self::Reject { message: text("message") }),
            "fill" => Ok(Self::Fill { fields }),
            "forward" => Ok(Self::Forward(Colleague {
                name: text("name").trim().to_owned(),
                mobile: text("mobile").trim().to_owned(),
            })),
            "claim" => Ok(Self::Claim(Identity {
                name: text("name").trim().to_owned(),
                mobile: text("mobile").trim().to_owned(),
                id_card: text("id_card").trim().to_owned(),
                organization: text("organization").trim().to_owned(),
            })),
            other => Err(format!("unknown action `{other}`")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Result<Wish, String> {
        Wish::of_form(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn a_form_is_read_by_the_button_that_was_pressed() {
        assert_eq!(form(&[("message", ""), ("action", "sign")]), Ok(Wish::Sign { answers: vec![] }));
        let answers = vec!["同意".to_owned(), "清楚".to_owned()];
        let answered = [("answer.1", "清楚"), ("answer.0", "同意"), ("action", "sign")];
        assert_eq!(form(&answered), Ok(Wish::Sign { answers }));
        assert_eq!(form(&[("message", "贵"), ("action", "reject")]), Ok(Wish::Reject { message: "贵".into() }));
        let fields = BTreeMap::from([("field.0".to_owned(), "深圳".to_owned())]);
        assert_eq!(form(&[("field.0", "深圳"), ("message", ""), ("action", "fill")]), Ok(Wish::Fill { fields }));
        let who = Identity { name: "李四".into(), mobile: "13900000000".into(), ..Identity::default() };
        assert_eq!(form(&[("name", " 李四 "), ("mobile", "13900000000"), ("action", "claim")]), Ok(Wish::Claim(who)));
    }

    #[test]
    fn what_a_page_cannot_send_is_not_read() {
        for pairs in [&[][..], &[("action", "burn")], &[("action", "sign"), ("action", "reject")], &[("colour", "red")]]
        {
            assert!(form(pairs).is_err(), "{pairs:?}");
        }
    }

    #[test]
    fn json_says_the_same() {
        let read = |text: &str| serde_json::from_str::<Wish>(text);
        assert_eq!(read(r#"{"action":"sign"}"#).unwrap(), Wish::Sign { answers: vec![] });
        let answers = vec!["同意".to_owned()];
        assert_eq!(read(r#"{"action":"sign","answers":["同意"]}"#).unwrap(), Wish::Sign { answers });
        assert!(matches!(read(r#"{"action":"claim","name":"李四","mobile":"1"}"#), Ok(Wish::Claim(_))));
        assert!(matches!(read(r#"{"action":"fill","fields":{"地址":"深圳"}}"#), Ok(Wish::Fill { .. })));
        for bad in [r#"{"action":"burn"}"#, r#"{"action":"sign","colour":1}"#, r#"{"action":"claim","colour":1}"#, "{}"]
        {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
