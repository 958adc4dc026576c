//! What people do is not what happens.

use super::defect;
use crate::defect::{Acted, Defect, Trick};

pub(super) fn defects() -> Vec<Defect> {
    vec![
        acted("signed_for_nothing", "a signature is lost", "sign", Acted::ForNothing),
        acted("signed_out_of_turn", "whoever must not sign is told that they have", "sign", Acted::Pretended),
        acted("refused_for_nothing", "a refusal is lost", "reject", Acted::ForNothing),
        acted("refusing_signs", "who refuses has signed", "reject", Acted::As("sign")),
        acted("signing_refuses", "who signs has refused", "sign", Acted::As("reject")),
        acted("refusals_reason_lost", "why somebody refused is lost", "reject", Acted::Without("message")),
        acted("refused_out_of_turn", "whoever must not refuse is told that they have", "reject", Acted::Pretended),
        acted("filled_for_nothing", "what somebody filled in is lost", "fill", Acted::ForNothing),
        acted("filled_twice", "who has filled in may do so again", "fill", Acted::Pretended),
        acted(
            "somebody_else_signs",
            "whoever is due signs in place of whom it was",
            "sign",
            Acted::Without("approver"),
        ),
    ]
}

fn acted(name: &'static str, says: &'static str, verb: &'static str, how: Acted) -> Defect {
    defect(name, says, Trick::Acted(verb, how))
}
