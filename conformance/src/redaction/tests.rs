//! Nobody survives being recorded.

use ess_schemas::{ActionContract, Kind, Service, actions};
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::outcome::StepName;

/// People, cards and keys of the world the suite plays in.
const OF_THE_WORLD: [&str; 9] = [
    "卫国安",
    "沈知远",
    "北辰样品有限公司",
    "13100000001",
    "13800000001",
    "110101199003070011",
    "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE",
    "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE",
    "own-secret-4711",
];

fn redaction() -> Redaction {
    let text = "
says: somebody
capabilities: []
keys:
  own: { secret_id: AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE, secret_key: Gu5t9xGARNpq86cd98joQYCN3EXAMPLE }
  other: { secret_key: own-secret-4711 }
values:
  seal: seal
  organization: { name: 北辰样品有限公司 }
  signatory: { name: 卫国安, mobile: '13100000001', card: '110101199003070011' }
  second_signatory: { name: 沈知远 }
";
    Redaction::of(&Profile::read("profile.yaml", text, |_| None).unwrap())
}

/// Something that belongs to somebody.
fn secret() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(&OF_THE_WORLD[..]).prop_map(str::to_owned),
        "1[3-9][0-9]{9}",
        "[1-9][0-9]{16}[0-9X]",
        "yD[0-9][A-Za-z0-9]{29}",
        "AKID[A-Za-z0-9]{32}",
        "[a-z]{3,8}[0-9]{2}@example\\.com",
        "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}",
        "https://quick\\.test\\.qian\\.tencent\\.cn/s/[A-Za-z0-9]{12}",
    ]
}

/// The next secret, alone or in a sentence.
fn text(secrets: &[String], used: &mut usize) -> String {
    *used += 1;
    let secret = &secrets[*used % secrets.len()];
    if used.is_multiple_of(3) { format!("合同{secret}不存在, see {secret}") } else { secret.clone() }
}

/// An answer of an action with a secret in every text, and in fields nobody published.
fn answer(of: &'static StructContract, secrets: &[String], used: &mut usize, depth: usize) -> Value {
    let unheard = json!({"Of": text(secrets, used), "Many": [text(secrets, used)], text(secrets, used): 1});
    let mut map = Map::from_iter([("Unheard".to_owned(), unheard)]);
    for field in of.fields {
        let value = match (field.kind, field.kind.structure()) {
            (_, Some(_)) if depth == 0 => Value::Null,
            (Kind::List(_), Some(inner)) => Value::Array(vec![answer(inner, secrets, used, depth - 1)]),
            (_, Some(inner)) => answer(inner, secrets, used, depth - 1),
            (Kind::List(_), None) => json!([text(secrets, used)]),
            (Kind::Int64 | Kind::Uint64 | Kind::Float, None) => json!(13_800_000_001_u64),
            (Kind::Bool, None) => json!(true),
            (Kind::String | Kind::Struct(_), None) => json!(text(secrets, used)),
        };
        map.insert(field.name.to_owned(), value);
    }
    Value::Object(map)
}

fn action() -> impl Strategy<Value = &'static ActionContract> {
    let all: Vec<&'static ActionContract> = Service::ALL.into_iter().flat_map(actions).collect();
    prop::sample::select(all)
}

fn name(contract: &ActionContract) -> String {
    match contract.service {
        Service::Ess => contract.name.to_owned(),
        Service::Essbasic => format!("essbasic.{}", contract.name),
    }
}

proptest! {
    #[test]
    fn no_mobile_id_or_secret_survives_in_an_answer(
        contract in action(),
        secrets in prop::collection::vec(secret(), 1..6),
    ) {
        let observation = Observation {
            action: name(contract),
            answer: Answer::Answered(answer(contract.response, &secrets, &mut 0, 3)),
        };

        let kept = serde_json::to_string(&redaction().observation(&observation)).unwrap();

        for secret in secrets.iter().map(String::as_str).chain(["13800000001"]) {
            prop_assert!(!kept.contains(secret), "{secret} is in {kept}");
        }
    }

    #[test]
    fn none_survives_in_a_refusal_or_an_outcome(secrets in prop::collection::vec(secret(), 3)) {
        let sentence = format!("合同{}不存在，{}: {}", secrets[0], secrets[1], secrets[2]);
        let quoted = Value::from(sentence.as_str()).to_string();
        let whole = json!({"FlowName": sentence, "Unheard": {"Of": secrets}}).to_string();
        let step = StepName::default();
        let difference = |place: &str, actual: &str| Mismatch {
            place: place.to_owned(),
            expected: quoted.clone(),
            actual: actual.to_owned(),
        };
        let redaction = redaction();
        let cut: String = whole.chars().take(30).chain(" ...".chars()).collect();
        let outcomes = [
            Outcome::Declined { step: step.clone(), refusal: sentence.clone() },
            Outcome::Broken { step: step.clone(), reason: sentence.clone() },
            Outcome::Skipped { reason: sentence.clone() },
            Outcome::Differs { step, differences: vec![
                difference("Error.Message", &quoted),
                difference("FlowDetailInfos[0].FlowName", &quoted),
                difference("", &format!("success: {whole}")),
                difference("Flow", &whole),
                difference("Flow", &cut),
            ] },
        ];

        let answer = Answer::Refused { code: "ResourceNotFound.Flow".to_owned(), message: sentence };
        let refused = redaction.observation(&Observation { action: "CancelFlow".to_owned(), answer });
        let outcomes: Vec<Outcome> = outcomes.iter().map(|outcome| redaction.outcome(outcome)).collect();
        for outcome in &outcomes {
            prop_assert_eq!(&Redaction::default().outcome(outcome), outcome, "what a recording holds is compared as it is");
        }
        let kept = format!("{} {}", serde_json::to_string(&refused).unwrap(), serde_json::to_string(&outcomes).unwrap());

        for secret in &secrets {
            prop_assert!(!kept.contains(secret.as_str()), "{secret} is in {kept}");
        }
    }

    #[test]
    fn what_was_redacted_stays_as_it_is(secrets in prop::collection::vec(secret(), 1..6), contract in action()) {
        let answer = Answer::Answered(answer(contract.response, &secrets, &mut 0, 2));
        let once = redaction().observation(&Observation { action: name(contract), answer });

        prop_assert_eq!(&redaction().observation(&once).answer, &once.answer);
    }
}

#[test]
fn shapes_lengths_words_and_counts_stay() {
    let answer = json!({
        "FlowDetailInfos": [{
            "FlowId": "yDwFmUUckpstqfvzUE1h3jo1f3cqjkGm",
            "FlowName": "采购合同",
            "FlowStatus": 4,
            "CreatedOn": 1_700_000_000,
            "FlowMessage": "",
            "FlowApproverInfos": [{ "ApproveType": "NORMAL", "Mobile": "13800000001", "ApproveStatus": 3 }],
            "Unheard": { "Of": null }
        }],
        "RequestId": "s1700000000-0001"
    });
    let observation = Observation { action: "DescribeFlowInfo".to_owned(), answer: Answer::Answered(answer) };

    let Answer::Answered(kept) = redaction().observation(&observation).answer else { panic!("an answer") };

    assert_eq!(
        kept,
        json!({
            "FlowDetailInfos": [{
                "FlowId": "<id 32>",
                "FlowName": "<name 4>",
                "FlowStatus": 4,
                "CreatedOn": "<integer 10>",
                "FlowMessage": "",
                "FlowApproverInfos": [{ "ApproveType": "NORMAL", "Mobile": "<mobile 11>", "ApproveStatus": 3 }],
                "Unheard": { "Of": null }
            }],
            "RequestId": "<id 16>"
        })
    );
}

#[test]
fn sentences_call_people_by_their_place_in_the_profile() {
    assert_eq!(
        redaction().text("卫国安 of 北辰样品有限公司 has no seal 'seal', call 13100000001"),
        "<signatory.name> of <organization.name> has no seal 'seal', call <signatory.mobile>"
    );
}
