//! Whatever is tried with several customers in whatever order: a legal entity is one verified customer of an application at most,
//! what is wiped is wiped, and what is refused leaves no trace.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::domain::customer::Verification;
use crate::domain::onboarding::certification::Certification;
use crate::domain::onboarding::licence::Licences;
use crate::domain::onboarding::progress::Verdict;
use crate::domain::samples::NOW;

/// Two that are one legal entity, and a third; each with its credit code.
const CUSTOMERS: [(&str, &str, &str); 3] = [
    ("one", "示例企业", "91440300MA00000011"),
    ("two", "示例企业", "91440300MA00000011"),
    ("three", "另一企业", "91440300MA00000022"),
];

fn key(customer: usize) -> CustomerKey {
    CustomerKey { application: "app".into(), customer: CUSTOMERS[customer].0.into() }
}

fn operator(customer: usize, operator: usize) -> OpenId {
    format!("{}-{operator}", CUSTOMERS[customer].0).into()
}

/// A platform with one licence, and three customers with two people each.
fn world() -> World {
    let mut world = World::new(7);
    let platform = CompanyData { name: "平台".into(), ..CompanyData::default() };
    world.directory.organizations.insert(Organization::told_of("platform".into(), &platform));
    let mut application = Application::new("app".into(), "platform".into(), "应用".into());
    application.activates = true;
    application.licences = Licences { bought: 1, gifted: 0, used: 0 };
    world.directory.applications.insert(application);
    for (customer, (_, name, code)) in CUSTOMERS.iter().enumerate() {
        let data = CompanyData { name: (*name).into(), credit_code: (*code).into(), ..CompanyData::default() };
        world.introduce_customer(&key(customer), &data).unwrap();
        for number in 0..2 {
            world.introduce_employee(&key(customer), &operator(customer, number), &Introduced::default(), NOW).unwrap();
        }
    }
    world
}

/// What is tried with a customer, by one of its people.
#[derive(Clone, Debug)]
enum Move {
    HandIn,
    ComeBack,
    Join,
    Take(Box<Step>),
}

/// Those that lead on come up more often than those that lead back.
fn moves() -> Vec<Move> {
    let take = |step| Move::Take(Box::new(step));
    let ask = take(Step::AskLegalPerson(VerificationMethod::LegalPerson));
    let complete = take(Step::LegalPersonCompletes);
    let upload = take(Step::UploadLetter { with_transfer: false });
    let pass = take(Step::JudgeLetter(Verdict::Passed));
    let refuse = take(Step::JudgeLetter(Verdict::Refused("照片不清晰".into())));
    let onward = [Move::HandIn, ask, complete, upload, pass];
    let back = [refuse, Move::ComeBack, Move::Join, take(Step::Void)];
    onward.iter().chain(&onward).chain(&back).cloned().collect()
}

fn attempt(
    world: &mut World,
    (customer, person, what): (usize, usize, Move),
    outbox: &mut Outbox,
) -> Result<(), Refusal> {
    let (key, open_id) = (key(customer), operator(customer, person));
    match what {
        Move::HandIn => world.hand_in(&key, &open_id, CompanyData::default(), &Introduced::default(), NOW, outbox),
        Move::ComeBack => {
            let user = world.customers_employee(&key, &open_id)?.id.clone();
            world.begin_anew(&key, &user, NOW, outbox)
        }
        Move::Join => world.join(&key, &open_id, NOW, outbox),
        Move::Take(step) => world.certify(&key, *step, NOW, outbox),
    }
}

fn customers(world: &World) -> Vec<Arc<Customer>> {
    world.directory.applications.get("app").unwrap().customers().iter().cloned().collect()
}

proptest! {
    #[test]
    fn a_legal_entity_is_one_verified_customer_at_most(
        moves in prop::collection::vec((0..3usize, 0..2usize, prop::sample::select(moves())), 1..60),
    ) {
        let (mut world, mut outbox) = (world(), Outbox::new());
        for one in moves {
            let (before, told) = (world.clone(), outbox.len());
            if attempt(&mut world, one.clone(), &mut outbox).is_err() {
                prop_assert!(world == before && outbox.len() == told, "{one:?}: a refused step leaves no trace");
            }
            let customers = customers(&world);
            let verified: Vec<_> = customers.iter().filter(|one| one.is_verified()).collect();
            let legal_entities: BTreeSet<String> = verified
                .iter()
                .map(|one| world.directory.organizations.get(one.organization.as_str()).unwrap().credit_code.clone())
                .collect();
            prop_assert_eq!(legal_entities.len(), verified.len(), "one legal entity, one verified customer");
            for one in &customers {
                if one.certification.status == Verification::Unverified {
                    prop_assert_eq!(&one.certification, &Certification::default(), "what is wiped is wiped");
                }
            }
            let opened = outbox.iter().filter(|event| matches!(event.about, About::Onboarding(Progress::Opened, _)));
            prop_assert_eq!(opened.count(), verified.len(), "OrgOpenTsignBiz once for each, and for nobody else");
            let licences = world.directory.applications.get("app").unwrap().licences;
            prop_assert!(licences.used <= licences.bought, "nobody has a licence that was not bought");
        }
    }
}
