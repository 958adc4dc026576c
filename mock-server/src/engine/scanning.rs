//! QR codes that strangers sign by, inside a world.

use std::sync::Arc;

use super::ids::Kind;
use super::world::{Outbox, World};
use crate::domain::event::{About, Event, Scan};
use crate::domain::ids::{FlowId, QrCodeId};
use crate::domain::qr_code::{NotAdmitted, QrCode, Scanner};
use crate::domain::refusal::Refusal;
use crate::domain::time::Timestamp;

/// How many are remembered; the oldest go first.
const CODES_KEPT: usize = 100_000;

/// Why a scan came to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScanFailure {
    /// There is no such code.
    Unknown,
    /// The code does not let this person in.
    NotAdmitted(NotAdmitted),
    /// The contract could not be launched.
    Refused(Refusal),
}

impl World {
    /// Remembers a code.
    pub fn add_qr_code(&mut self, code: QrCode) {
        self.qr_codes.insert(code);
        if self.qr_codes.len() > CODES_KEPT {
            self.qr_codes.remove_first();
        }
    }

    /// Somebody scans at `now`: their contract is launched, and charged. When the company has none left, it is told so
    /// instead (`api CreateMultiFlowSignQRCode`).
    ///
    /// # Errors
    /// What is in the way.
    pub fn scan(
        &mut self,
        id: &QrCodeId,
        scanner: Scanner,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<FlowId, ScanFailure> {
        let code = self.qr_codes.get(id.as_str()).cloned().ok_or(ScanFailure::Unknown)?;
        code.admit(&scanner, now).map_err(ScanFailure::NotAdmitted)?;
        let before = self.ids.clone();
        let flow = FlowId::from(self.ids.next(Kind::Flow));
        let contract = code.contract_with(&scanner, flow.clone());
        if let Err(refusal) = self.launch_together(&contract, None, &[], now, outbox) {
            self.ids = before;
            if refusal == Refusal::QuotaExhausted {
                outbox.push(Event { at: now, about: About::Scan(Scan::WithoutQuota(scanner), code) });
            }
            return Err(ScanFailure::Refused(refusal));
        }
        outbox.push(Event { at: now, about: About::Scan(Scan::Charged(flow.clone()), code.clone()) });
        let mut code = Arc::unwrap_or_clone(code);
        code.scans.push_back((scanner, flow.clone()));
        self.qr_codes.insert(code);
        Ok(flow)
    }
}
