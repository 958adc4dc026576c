//! Small values for the engine's own tests.

use std::collections::BTreeSet;
use std::sync::Arc;

use ess_client::callback::Generation;

use crate::callbacks::address::{Address, Standing};
use crate::callbacks::behalf::Behalf;
use crate::callbacks::delivery::{Delivery, DeliveryState};
use crate::callbacks::disorder::plan::Fate;
use crate::callbacks::message::{CallbackType, Message, MessageKind, Operate, StatusChange};
use crate::domain::cancel_task::{CancelOutcome, CancelScope, CancelTask, NotCancelled};
use crate::domain::flow::Noun;
use crate::domain::qr_code::QrCode;
use crate::domain::samples::{NOW, flow_of_three, initiator, operator, template};
use crate::domain::time::DAY;

/// An address that is never called.
pub(crate) fn address() -> Address {
    Address {
        id: "address".into(),
        organization: "own".into(),
        application: None,
        url: "http://127.0.0.1:9/".into(),
        key: None,
        token: None,
        generation: Generation::Company,
        standing: Standing::Registered,
        filter: BTreeSet::new(),
        disorder: None,
    }
}

/// The message of a launch.
pub(crate) fn message() -> Message {
    Message {
        id: "message".into(),
        organization: "own".into(),
        behalf: Behalf::default(),
        at: NOW,
        kind: MessageKind::FlowStatusChange(StatusChange {
            flow: Arc::new(flow_of_three(false)),
            operate: Operate::Start,
            callback_type: CallbackType::Sign,
            recipient: None,
        }),
    }
}

/// That message on its way there, untried.
pub(crate) fn delivery() -> Delivery {
    Delivery {
        id: "delivery".into(),
        message: Arc::new(message()),
        address: Arc::new(address()),
        hostile: None,
        older: None,
        created_at: NOW,
        attempts: Vec::new(),
        state: DeliveryState::Waiting(NOW),
        fate: Fate::default(),
    }
}

/// A task of cancellations that has run.
pub(crate) fn cancel_task() -> Arc<CancelTask> {
    let failed = vec![("flow-2".into(), Some("采购合同".into()), NotCancelled::Ended)];
    Arc::new(CancelTask {
        id: "task".into(),
        organization: "own".into(),
        application: None,
        scope: CancelScope::Link { operator: operator(), expires_at: NOW },
        flows: vec!["flow-1".into(), "flow-2".into()],
        outcome: Some(CancelOutcome { cancelled: vec!["flow-1".into()], failed }),
    })
}

/// A QR code that can be scanned.
pub(crate) fn qr_code() -> Arc<QrCode> {
    Arc::new(QrCode {
        id: "code".into(),
        initiator: initiator(),
        operator: operator(),
        template: Arc::new(template()),
        flow_name: "承诺书".into(),
        appends_scanner: false,
        user_data: String::new(),
        noun: Noun::default(),
        callback_url: None,
        most: 5,
        flow_lasts: DAY,
        expires_at: NOW.plus(DAY),
        invited: Vec::new(),
        once_each: false,
        scans: imbl::Vector::new(),
        cancelled: false,
    })
}
