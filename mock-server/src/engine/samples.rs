//! Small values for the engine's own tests.

use std::collections::BTreeSet;
use std::sync::Arc;

use ess_client::callback::Generation;

use crate::callbacks::address::{Address, Standing};
use crate::callbacks::behalf::Behalf;
use crate::callbacks::delivery::{Delivery, DeliveryState};
use crate::callbacks::disorder::plan::Fate;
use crate::callbacks::message::{CallbackType, Message, MessageKind, Operate, StatusChange};
use crate::domain::application::Application;
use crate::domain::auto_sign::{AutoSign, AutoSignChange, AutoSignState, AutoSignTerms, Identity};
use crate::domain::cancel_task::{CancelOutcome, CancelScope, CancelTask, NotCancelled};
use crate::domain::consent::OnBehalf;
use crate::domain::customer::{Customer, Staff};
use crate::domain::employee::Card;
use crate::domain::event::{About, SealNews};
use crate::domain::extended_service::ExtendedService;
use crate::domain::flow::Noun;
use crate::domain::identity::{IdentityChange, IdentityNews};
use crate::domain::onboarding::progress::{Applicant, Progress, RecordChange, Verdict};
use crate::domain::onboarding::record::{Record, Transfer};
use crate::domain::partner_grant::{GrantState, PartnerGrant};
use crate::domain::qr_code::QrCode;
use crate::domain::samples::{NOW, flow_of_three, initiator, operator, record, template};
use crate::domain::seal::{Applied, Grantee, Seal, SealChange, SealUse, SealWorkflow};
use crate::domain::staff_change::{Colleague, StaffChange, StaffMember};
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

/// The ids a platform is told with.
pub(crate) fn behalf() -> Behalf {
    let mut application = Application::new("app".into(), "platform".into(), "应用".into());
    application.put_customer(Customer::new("customer".into(), "own".into()));
    application.put_staff(Staff { open_id: "staff".into(), customer: "customer".into(), user: "operator".into() });
    let about = About::Onboarding(Progress::Granted, Arc::new(applicant()));
    Behalf::of(&application, &about)
}

/// A company that has become a customer.
pub(crate) fn applicant() -> Applicant {
    Applicant {
        organization: "own".into(),
        company: record().company,
        application: Some("app".into()),
        customer: Some("customer".into()),
        proxy_app: Some("proxy-app".into()),
        operator: Some("operator".into()),
        operator_open_id: Some("staff".into()),
        authorization: Some(record().id),
        user_data: None,
        main: None,
    }
}

/// The same of a company that another company guides.
pub(crate) fn guided_applicant() -> Applicant {
    Applicant { proxy_app: None, user_data: Some("eyJpZCI6IDF9".into()), ..applicant() }
}

/// Every message about a company on its way, and about its people.
pub(crate) fn onboarding_messages() -> Vec<MessageKind> {
    let refused = || Verdict::Refused("照片不清晰".into());
    let records = [
        RecordChange::Created,
        RecordChange::Voided,
        RecordChange::LetterSubmitted,
        RecordChange::LetterInvalidated,
        RecordChange::TransferChanged,
    ];
    let transfer = |change| (change == RecordChange::TransferChanged).then_some(Transfer::Received);
    let records = records.into_iter().map(|change| {
        let record = Record { transfer: transfer(change), ..record() };
        Progress::Record(change, Box::new(record))
    });
    let steps = [
        Progress::Granted,
        Progress::LetterJudged(refused()),
        Progress::LetterJudged(Verdict::Passed),
        Progress::Opened,
        Progress::RegistryJudged(refused()),
        Progress::DataChanged,
        Progress::Closed,
    ];
    let colleague = || Some(Colleague { user: "colleague".into(), open_id: Some("staff_2".into()) });
    let people = [
        StaffChange::Joined,
        StaffChange::Admitted,
        StaffChange::NotJoined("人脸核验未通过".into()),
        StaffChange::Authorized(true),
        StaffChange::Left(None),
        StaffChange::Left(colleague()),
        StaffChange::RolesChanged(vec!["经办人".into()], vec!["经办人".into(), "业务管理员".into()]),
        StaffChange::SuperAdminChanged(colleague()),
        StaffChange::LegalPersonChanged(None, true),
    ];
    let member = Arc::new(StaffMember {
        organization: "own".into(),
        user: "operator".into(),
        name: "王小明".into(),
        application: Some("app".into()),
        customer: Some("customer".into()),
        open_id: Some("staff".into()),
    });
    let applicant = Arc::new(applicant());
    let guided = Arc::new(guided_applicant());
    let guided = guided_steps().into_iter().map(|one| MessageKind::Onboarding(one, guided.clone()));
    let companies = steps.into_iter().chain(records).map(|one| MessageKind::Onboarding(one, applicant.clone()));
    let identity = Arc::new(IdentityNews {
        organization: "own".into(),
        user: "person".into(),
        name: "王小明".into(),
        mobile: "13800000001".into(),
        user_data: "TWFu".into(),
    });
    let changes = [IdentityChange::Verified, IdentityChange::MobileChanged, IdentityChange::NameChanged];
    let persons = changes.into_iter().map(|one| MessageKind::Identity(one, identity.clone()));
    let staff = people.into_iter().map(|one| MessageKind::Staff(one, member.clone()));
    companies.chain(guided).chain(staff).chain(persons).collect()
}

/// What only companies are told of those they guide, and of their groups.
fn guided_steps() -> [Progress; 5] {
    [
        Progress::LetterJudged(Verdict::Refused("照片不清晰".into())),
        Progress::LetterJudged(Verdict::Passed),
        Progress::Opened,
        Progress::JoinedGroup,
        Progress::LeftGroup,
    ]
}

/// A task of cancellations that has run.
pub(crate) fn cancel_task() -> Arc<CancelTask> {
    let failed = vec![("flow-2".into(), Some("采购合同".into()), NotCancelled::Ended)];
    Arc::new(CancelTask {
        id: "task".into(),
        organization: "own".into(),
        application: None,
        scope: CancelScope::Link { operator: Box::new(operator()), expires_at: NOW },
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

/// The message about something that happened to a seal, through an application or without.
pub(crate) fn seal_message(change: SealChange, application: Option<&str>) -> MessageKind {
    let seal = Arc::new(Seal::first("seal".into(), "own".into(), NOW));
    let application = application.map(Into::into);
    MessageKind::Seal(SealNews { change, seal, by: Some("operator".into()), application })
}

/// Every message about seals, services, partners and persons' machines.
pub(crate) fn seal_messages() -> Vec<MessageKind> {
    let grantees = || vec![Grantee { user: "user".into(), name: "王小明".into() }];
    let person = Identity { name: "小明".into(), card: Card::default() };
    let auto_sign = Arc::new(AutoSign {
        key: "key".into(),
        organization: "own".into(),
        application: None,
        operator: "operator".into(),
        scene: "OTHER".into(),
        person,
        mobile: String::new(),
        state: AutoSignState::Closed,
        terms: AutoSignTerms::default(),
    });
    let on_behalf = OnBehalf { organization: "own".into(), user: "operator".into(), application: None };
    let grant = PartnerGrant {
        key: "key".into(),
        granting: "own".into(),
        partner: "other".into(),
        application: None,
        seals: Vec::new(),
        to_platform: false,
        signed_by: None,
        state: GrantState::Given { at: NOW },
    };
    let workflow = SealWorkflow {
        id: "workflow".into(),
        organization: "own".into(),
        application: None,
        seal: "seal".into(),
        flow: "flow".into(),
        applicant: "user".into(),
        asked_at: NOW,
        applied: Applied::Waiting,
        token: "token".into(),
    };
    let used = SealUse {
        seal: Arc::new(Seal::first("seal".into(), "own".into(), NOW)),
        flow: Arc::new(flow_of_three(true)),
        creator_name: "王小明".into(),
        places: 1,
    };
    let person_changes =
        [AutoSignChange::Opened, AutoSignChange::SealSet, AutoSignChange::Disabled, AutoSignChange::Cancelled];
    let of_persons = person_changes.map(|change| MessageKind::UserAutoSign(change, auto_sign.clone(), None));
    let changes = [
        SealChange::Created,
        SealChange::Enabled,
        SealChange::Disabled,
        SealChange::Deleted,
        SealChange::Granted(grantees()),
        SealChange::Revoked(grantees()),
        SealChange::Lent("user".into()),
    ];
    let of_companies = changes.into_iter().map(|change| seal_message(change, None));
    let others = [
        seal_message(SealChange::Reviewed(true), Some("app")),
        MessageKind::SealPolicyWorkflow(Arc::new(workflow)),
        MessageKind::SealUse(Arc::new(used)),
        MessageKind::OperateExtendedService(ExtendedService::AutoSign, true, on_behalf),
        MessageKind::PartnerServerSignAuthorization(Arc::new(grant), "合作企业".into()),
    ];
    of_companies.chain(of_persons).chain(others).collect()
}
