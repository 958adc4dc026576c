//! Whom and what the H5 pages and links of several contracts take.

use super::approver::Approver;
use super::component::ComponentKind;
use super::employee::CardKind;
use super::flow::Flow;
use super::refusal::Refusal;

/// The number of the face check in `ApproverSignTypes` (`api ApproverInfo`).
pub const FACE: i64 = 1;

/// Asks whether this signer can sign on an H5 page (`seed CreateFlowSignUrl`: mainland cards and residence permits; `api
/// CreateFlowSignUrl`: signatures, dates, seals and combinations, so no opinion).
///
/// # Errors
/// The page does not take their card, or what they sign with.
pub fn check_signer(approver: &Approver) -> Result<(), Refusal> {
    match approver.person.card.kind {
        CardKind::IdCard | CardKind::HongkongMacaoAndTaiwan => (),
        other @ (CardKind::HongkongAndMacao | CardKind::Other) => {
            return Err(Refusal::H5CardNotSupported { card: other.label() });
        }
    }
    match approver.components.iter().find(|one| one.kind == ComponentKind::Opinion) {
        Some(opinion) => Err(Refusal::H5ComponentNotSupported { kind: opinion.kind.wire() }),
        None => Ok(()),
    }
}

/// Asks whether this signer can sign the contract together with others on an H5 page (`seed CreateBatchQuickSignUrl`: nothing
/// to fill in, no combination, nothing to place oneself).
///
/// # Errors
/// They cannot, and why.
pub fn check_batch(flow: &Flow, approver: &Approver) -> Result<(), Refusal> {
    check_signer(approver)?;
    if !approver.fills.is_empty() {
        return Err(not_together(flow, "签署方有填写控件"));
    }
    check_together(flow, approver)
}

/// Asks whether this signer can sign the contract together with others (`api CreateBatchSignUrl`).
///
/// # Errors
/// They cannot, and why.
pub fn check_together(flow: &Flow, approver: &Approver) -> Result<(), Refusal> {
    let commented = |one: ComponentKind| matches!(one, ComponentKind::Opinion | ComponentKind::SignCombination);
    if approver.components.iter().any(|one| commented(one.kind)) {
        return Err(not_together(flow, "签署方有签批控件"));
    }
    // A signer without anything to sign with places it themselves: launching demands it of all others.
    if approver.components.is_empty() {
        return Err(not_together(flow, "签署方需自行添加签署控件"));
    }
    Ok(())
}

/// A recorded signature needs the face check, and that one alone (`api Intention`).
///
/// # Errors
/// Another check is asked for, or none.
pub fn check_recording(wanted: bool, sign_checks: &[i64]) -> Result<(), Refusal> {
    if wanted && sign_checks != [FACE] { Err(Refusal::RecordingNeedsFaceCheck) } else { Ok(()) }
}

fn not_together(flow: &Flow, detail: &str) -> Refusal {
    Refusal::BatchSignNotSupported { flow: flow.id.to_string(), detail: detail.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::samples::{flow_of_three, flow_to_fill};

    #[test]
    fn cards_from_outside_the_mainland_do_not_sign_on_h5() {
        let mut flow = flow_of_three(true);
        for (kind, taken) in [
            (CardKind::IdCard, true),
            (CardKind::HongkongMacaoAndTaiwan, true),
            (CardKind::HongkongAndMacao, false),
            (CardKind::Other, false),
        ] {
            flow.approvers[1].person.card.kind = kind;
            assert_eq!(check_signer(&flow.approvers[1]).is_ok(), taken, "{kind:?}");
        }
    }

    #[test]
    fn what_needs_the_signers_own_hand_is_signed_one_by_one() {
        let detail = |refused: Result<(), Refusal>| match refused {
            Err(Refusal::BatchSignNotSupported { detail, .. }) => detail,
            other => panic!("{other:?}"),
        };
        let filling = flow_to_fill(true);
        assert_eq!(detail(check_batch(&filling, &filling.approvers[1])), "签署方有填写控件");
        assert_eq!(
            check_together(&filling, &filling.approvers[1]),
            Ok(()),
            "the mini program signs what was filled in"
        );

        let mut flow = flow_of_three(true);
        assert_eq!(check_batch(&flow, &flow.approvers[1]), Ok(()));
        flow.approvers[1].components[0].kind = ComponentKind::SignCombination;
        assert_eq!(check_signer(&flow.approvers[1]), Ok(()), "one contract alone may have it");
        assert_eq!(detail(check_together(&flow, &flow.approvers[1])), "签署方有签批控件");
        flow.approvers[1].components.clear();
        assert_eq!(detail(check_batch(&flow, &flow.approvers[1])), "签署方需自行添加签署控件");
    }

    #[test]
    fn a_recording_needs_the_face_check_alone() {
        assert_eq!(check_recording(true, &[1]), Ok(()));
        assert_eq!(check_recording(false, &[1, 2]), Ok(()));
        for checks in [&[][..], &[2], &[1, 2]] {
            assert_eq!(check_recording(true, checks), Err(Refusal::RecordingNeedsFaceCheck));
        }
    }
}
