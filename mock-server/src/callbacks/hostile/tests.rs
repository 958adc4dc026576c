use ess_client::callback::{CallbackKey, Event, Generation, HEADER, Message, Received, Receiver};

use super::*;

const PLAINTEXT: &[u8] = r#"{"MsgId":"yDmessage","MsgType":"FlowStatusChange","MsgVersion":"CustomApp","MsgData":{"Approvers":[],"CallbackUrl":"http://127.0.0.1/","CreateOn":1700000000,"FlowCallbackStatus":2,"FlowId":"yDflow","FlowName":"合同<A&B>","OccurTime":1700000100,"Operate":"sign","Unordered":true}}"#.as_bytes();
const OLDER: &[u8] =
    br#"{"MsgId":"yDolder","MsgType":"FlowStatusChange","MsgVersion":"CustomApp","MsgData":{"FlowId":"yDflow"}}"#;

fn made() -> Sealing<'static> {
    Sealing {
        plaintext: PLAINTEXT,
        older: Some(OLDER),
        key: Some("h7Tq0ZpL2mXc9VbNs4RdKf6WgYj1EuAo"),
        token: Some("token"),
        generation: Generation::Company,
        content_type: "application/json",
        seed: 7,
    }
}

fn sent(hostile: Hostile, made: &Sealing<'_>) -> Transmission {
    hostile.distort(made).unwrap_or_else(|why| panic!("{hostile}: {why}"))
}

#[test]
fn no_two_send_the_same_and_none_sends_the_good_message() {
    let good = made().seal().unwrap();
    let all: Vec<Transmission> = Hostile::ALL.iter().map(|one| sent(*one, &made())).collect();

    for (index, one) in all.iter().enumerate() {
        assert_ne!(*one, good, "{}", Hostile::ALL[index]);
        let twin = all[..index].iter().position(|earlier| earlier == one);
        assert_eq!(twin.map(|twin| Hostile::ALL[twin]), None, "{} sends the same", Hostile::ALL[index]);
    }
}

#[test]
fn the_seed_alone_decides_what_is_drawn() {
    for hostile in Hostile::ALL {
        assert_eq!(sent(*hostile, &made()), sent(*hostile, &made()), "{hostile}");
    }
    let another = Sealing { seed: 8, ..made() };
    assert_ne!(sent(Hostile::WrongKey, &made()), sent(Hostile::WrongKey, &another));
}

#[test]
fn some_key_pads_by_chance_whatever_the_seed() {
    for seed in 0..20 {
        sent(Hostile::WrongKeyThatPads, &Sealing { seed, ..made() });
    }
}

#[test]
fn what_a_message_or_an_address_lacks_is_said() {
    let plain = Sealing { key: None, ..made() };
    let error = Hostile::WrongKey.distort(&plain).unwrap_err();
    assert_eq!(error, "the hostile body `wrong_key` needs an address with a key");

    let alike = Sealing { key: Some("0123456789abcdef0123456789ABCDEF"), ..made() };
    let error = Hostile::IvFromKeyEnd.distort(&alike).unwrap_err();
    assert!(error.contains("so alike that the message stays readable"), "{error}");

    let template = Sealing { plaintext: br#"{"MsgType":"TemplateAdd","MsgData":{"TemplateId":"yD"}}"#, ..made() };
    let error = Hostile::StaleStatus.distort(&template).unwrap_err();
    assert!(error.contains("tells no contract's status"), "{error}");
}

#[test]
fn every_body_says_what_a_good_receiver_does_and_why() {
    for hostile in Hostile::ALL {
        let expected = hostile.expected();
        assert!(hostile.what().ends_with('.') && expected.because.ends_with('.'), "{hostile}");
        assert!(!expected.source.is_empty(), "{hostile}");
    }
}

#[test]
fn names_are_the_same_in_files_and_in_words() {
    for hostile in Hostile::ALL {
        assert_eq!(serde_json::to_value(hostile).unwrap(), hostile.name());
        assert_eq!(hostile.name().parse(), Ok(*hostile));
    }
}

#[test]
fn a_name_that_is_none_meets_its_neighbours() {
    let error = "zeroiv".parse::<Hostile>().unwrap_err();
    assert!(error.contains("there is no hostile body `zeroiv`; nearest are zero_iv"), "{error}");
}

/// What the reference client's receiver makes of it.
fn received(hostile: Hostile) -> Result<Received, ess_client::callback::Refusal> {
    let made = made();
    let receiver =
        Receiver::new().with_key(CallbackKey::new(made.key.unwrap()).unwrap()).with_token(made.token.unwrap());
    let sent = sent(hostile, &made);
    receiver.receive(&sent.body, sent.header(HEADER))
}

#[test]
fn the_reference_clients_receiver_does_with_every_body_what_it_states() {
    let good = Message::parse(PLAINTEXT).unwrap();
    for hostile in Hostile::ALL {
        let received = received(*hostile);
        match hostile.expected().duty {
            Duty::Accept => {
                let Ok(Received::Message(message)) = received else { panic!("{hostile}: {received:?}") };
                assert_eq!(message.id(), good.id(), "{hostile}");
                assert!(matches!(message.event(), Event::Company(_)), "{hostile}: {:?}", message.event());
            }
            // To be kept as it came: it is typed only when it is another message of its own, which the contract's state judges.
            Duty::Keep => {
                let Ok(Received::Message(message)) = received else { panic!("{hostile}: {received:?}") };
                let untyped = matches!(message.event(), Event::Unknown | Event::Misshapen(_));
                assert!(untyped || message.id() != good.id(), "{hostile}: {:?}", message.event());
            }
            // A probe, or a message that was received before: its id says so.
            Duty::Ignore => match received {
                Ok(Received::Probe) => (),
                Ok(Received::Message(message)) => assert_eq!(message.id(), Some("yDolder"), "{hostile}"),
                Err(refusal) => panic!("{hostile}: {refusal:?}"),
            },
            Duty::Refuse => {
                let refusal = received.expect_err(hostile.name());
                assert_ne!(refusal.http_status(), 200, "{hostile}");
            }
        }
    }
}
