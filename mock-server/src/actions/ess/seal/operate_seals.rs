//! `OperateSeals` switches seals on (`Act` 1) or off (2): all of them or none (ASSUMED), each told of by itself.
//!
//! What is on already is not switched on again (ASSUMED: the state of a seal either allows it or not).

use ess_schemas::ess::{OperateSealsRequest, OperateSealsResponse};

use crate::domain::refusal::Refusal;
use crate::domain::seal::Seal;
use crate::engine::call::Call;
use crate::engine::seals::SealHand;

/// `Act` of switching on.
const ENABLE: i64 = 1;

/// See the module's comment.
///
/// # Errors
/// Nothing is said to be done or of which seals, no such seal, or one that is on or off already.
pub fn operate_seals(call: &mut Call<'_>, request: OperateSealsRequest) -> Result<OperateSealsResponse, Refusal> {
    let act = request.act.ok_or(Refusal::ParameterMissing { field: "Act" })?;
    let ids = request.seal_ids.unwrap_or_default();
    if ids.is_empty() {
        return Err(Refusal::SealIdEmpty);
    }
    let company = call.caller.organization().clone();
    let hand = SealHand::from(call.caller.actor()?);
    let switch = |seal: &mut Seal| if act == ENABLE { seal.enable() } else { seal.disable() };
    for (place, id) in ids.iter().enumerate() {
        let mut seal = call.world.seal_of(&company, id)?.as_ref().clone();
        // A seal named twice would be switched twice.
        if ids.iter().take(place).any(|earlier| earlier == id) {
            switch(&mut seal)?;
        }
        switch(&mut seal)?;
    }
    for id in &ids {
        let when = (call.now, &mut *call.outbox);
        call.world.change_seal(&company, id, Some(hand.clone()), when, |seal| Ok(vec![switch(seal)?]))?;
    }
    Ok(OperateSealsResponse { seal_operator_verify_path: None, seal_operator_verify_qrcode_url: None })
}
