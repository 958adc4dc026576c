use super::*;
use crate::domain::samples::{NOW, at, launch_sample, sample_flow};
use crate::domain::status::FlowStatus;

fn refused(change: impl FnOnce(&mut NewFlow)) -> Refusal {
    let mut new = sample_flow();
    change(&mut new);
    launch_sample(new).unwrap_err()
}

#[test]
fn a_launched_contract_waits_for_its_first_signer() {
    let (flow, happened) = launch_sample(sample_flow()).unwrap();
    assert_eq!(flow.status(), FlowStatus::Signing);
    assert_eq!(flow.approvers.iter().map(|one| one.status.code()).collect::<Vec<_>>(), [2, 1, 1]);
    assert_eq!(flow.deadline, NOW.plus(365 * DAY), "a year when nothing is said");
    assert_eq!(happened, [Happening::Charged, Happening::Started]);
}

#[test]
fn the_machine_signs_in_the_operators_name_whatever_the_request_says() {
    let mut new = sample_flow();
    new.approvers[2].name = Some("别人".into());
    let (flow, _) = launch_sample(new).unwrap();
    assert_eq!(flow.approvers[2].person.name, "典子谦");
}

#[test]
fn a_user_id_beats_name_and_mobile() {
    let mut new = sample_flow();
    new.approvers[0].user = Some("operator".into());
    new.approvers[0].name = Some("别人".into());
    let (flow, _) = launch_sample(new).unwrap();
    assert_eq!(flow.approvers[0].person.name, "典子谦");
}

#[test]
fn every_mistake_has_its_own_refusal() {
    type Change = fn(&mut NewFlow);
    let cases: [(&str, Change, Refusal); 19] = [
        ("past deadline", |new| new.deadline = Some(NOW), Refusal::DeadlineInvalid),
        ("nobody", |new| new.approvers.clear(), Refusal::ApproversEmpty),
        ("unheard-of kind", |new| new.approvers[0].kind = 2, Refusal::ApproverTypeInvalid { kind: 2 }),
        ("no company", |new| new.approvers[0].organization_name = None, Refusal::OrganizationNameMissing),
        (
            "ASCII brackets",
            |new| new.approvers[0].organization_name = Some("示例(测试)公司".into()),
            Refusal::OrganizationNameInvalid { name: "示例(测试)公司".into() },
        ),
        (
            "a person with a company",
            |new| new.approvers[1].organization_name = Some("示例企业".into()),
            Refusal::PersonWithOrganizationName,
        ),
        ("no name", |new| new.approvers[1].name = None, Refusal::ApproverNameMissing),
        ("no mobile", |new| new.approvers[1].mobile = Some(String::new()), Refusal::ApproverMobileMissing),
        (
            "impossible name",
            |new| new.approvers[1].name = Some("典子谦&&&".into()),
            Refusal::ApproverNameInvalid { name: "典子谦&&&".into() },
        ),
        (
            "10 digits",
            |new| new.approvers[1].mobile = Some("1380000000".into()),
            Refusal::MobileInvalid { mobile: "1380000000".into() },
        ),
        (
            "the same twice",
            |new| new.approvers.insert(2, new.approvers[1].clone()),
            Refusal::ApproverRepeated { name: "张三".into() },
        ),
        (
            "own deadline after the contract's",
            |new| {
                new.deadline = Some(at(50));
                new.approvers[1].deadline = Some(at(51));
            },
            Refusal::ApproverDeadlineInvalid,
        ),
        ("nothing to sign", |new| new.approvers[1].components.clear(), Refusal::SignComponentsMissing),
        (
            "a person with a seal",
            |new| new.approvers[1].components[0].kind = "SIGN_SEAL".into(),
            Refusal::ComponentTypeNotAllowed { kind: "SIGN_SEAL".into() },
        ),
        (
            "a component nobody knows",
            |new| new.approvers[1].components[0].kind = "SIGN_X".into(),
            Refusal::ComponentTypeUnknown { kind: "SIGN_X".into() },
        ),
        (
            "a second file",
            |new| new.approvers[1].components[0].file_index = 1,
            Refusal::ComponentFileIndexInvalid { index: 1 },
        ),
        (
            "a machine with a hand",
            |new| new.approvers[2].components[0].kind = "SIGN_SIGNATURE".into(),
            Refusal::AutoSignWithSignature,
        ),
        ("a machine without a seal", |new| new.approvers[2].components[0].value.clear(), Refusal::AutoSignSealMissing),
        (
            "a seal nobody has",
            |new| new.approvers[2].components[0].value = "nobody's".into(),
            Refusal::SealUnknown { seal: "nobody's".into() },
        ),
    ];
    for (name, change, expected) in cases {
        assert_eq!(refused(change), expected, "{name}");
    }
}

#[test]
fn a_copy_recipient_may_neither_repeat_nor_sign() {
    let copy = |mobile: &str| CopyRecipient { name: "李四".into(), mobile: mobile.into(), organization_name: None };
    assert_eq!(
        refused(|new| new.copies = vec![copy("15100000000"), copy("15100000000")]),
        Refusal::CcRepeated { name: "李四".into() }
    );
    assert_eq!(refused(|new| new.copies = vec![copy("18888888888")]), Refusal::CcRepeated { name: "李四".into() });
}

#[test]
fn a_foreign_or_disabled_seal_is_not_for_the_machine() {
    for seal in ["foreign", "disabled"] {
        assert_eq!(
            refused(|new| new.approvers[2].components[0].value = seal.into()),
            Refusal::AutoSignSealNotUsable { seal: seal.into() }
        );
    }
}
