//! A world: everybody and everything in it, as one value that costs next to nothing to clone.
//!
//! What happens inside of it stands beside, a file per subject: `uploading`, `changing`, `linking`, `cancelling`, ...

use std::sync::Arc;

use imbl::{OrdMap, OrdSet, Vector};

use super::answers::Answers;
use super::ids::Ids;
use super::open_flows::OpenFlows;
use super::settings::Settings;
use super::timers::Timers;
use crate::callbacks::desk::Desk;
use crate::callbacks::hearing::Hearing;
use crate::domain::archive::{ArchiveTask, ArchivedFlow};
use crate::domain::bill::BillRow;
use crate::domain::cancel_task::CancelTask;
use crate::domain::conversion::Conversion;
use crate::domain::counter_sign::CounterSign;
use crate::domain::directory::Directory;
use crate::domain::event::Event;
use crate::domain::evidence::EvidenceReports;
use crate::domain::file::UploadedFile;
use crate::domain::flow::Flow;
use crate::domain::group::FlowGroup;
use crate::domain::ids::{DocumentId, FileId};
use crate::domain::intelligence::Intelligence;
use crate::domain::link::Link;
use crate::domain::notice::Notice;
use crate::domain::onboarding::registration::{Registration, RegistrationBatch};
use crate::domain::preparation::Preparation;
use crate::domain::preview::Preview;
use crate::domain::qr_code::QrCode;
use crate::domain::register::Register;
use crate::domain::time::Timestamp;
use crate::faults::Faults;

/// A world. See the module's comment.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct World {
    /// The latest moment anything happened; a world's time never runs backwards.
    pub now: Timestamp,
    /// Companies, people, seals, templates, applications.
    pub directory: Directory,
    /// Uploaded files.
    pub files: Register<UploadedFile>,
    /// When which file expires, so that expired ones can go.
    #[serde(skip)]
    pub(super) file_expiries: OrdSet<(Timestamp, FileId)>,
    /// Files on their way to become PDF.
    pub conversions: Register<Conversion>,
    /// Tasks that sign files with the platform's own certificate.
    #[serde(default, skip_serializing_if = "Register::is_empty")]
    pub counter_signs: Register<CounterSign>,
    /// Tasks that archive contracts signed elsewhere.
    pub archive_tasks: Register<ArchiveTask>,
    /// Contracts signed elsewhere and archived here.
    pub archived: Register<ArchivedFlow>,
    /// Contracts.
    pub flows: Register<Flow>,
    /// Which contracts have not ended.
    #[serde(skip)]
    pub open_flows: OpenFlows,
    /// Groups of contracts.
    pub groups: Register<FlowGroup>,
    /// Tasks that withdraw contracts.
    pub cancel_tasks: Register<CancelTask>,
    /// Batches of companies that are to become customers.
    #[serde(default)]
    pub registration_batches: Register<RegistrationBatch>,
    /// Their companies.
    #[serde(default)]
    pub registrations: Register<Registration>,
    /// Contracts that wait to be launched on a page.
    pub preparations: Register<Preparation>,
    /// Reports on how contracts were signed.
    pub evidence: EvidenceReports,
    /// Tasks of contract intelligence.
    #[serde(default)]
    pub intelligence: Intelligence,
    /// QR codes that strangers sign by.
    pub qr_codes: Register<QrCode>,
    /// Which contract's document has which id.
    #[serde(skip)]
    pub(super) documents: OrdMap<DocumentId, u64>,
    /// Contracts somebody looked at without launching them.
    pub previews: Register<Preview>,
    /// Answers to calls that may be repeated.
    pub answers: Answers,
    /// Links people were given.
    pub links: Register<Link>,
    /// What contracts have cost, oldest first.
    #[serde(default, skip_serializing_if = "Vector::is_empty")]
    pub bill: Vector<BillRow>,
    /// What would have gone out by SMS and mail.
    pub notices: Vector<Arc<Notice>>,
    /// Callback addresses, deliveries, lanes.
    pub callbacks: Desk,
    /// Named assumptions.
    pub settings: Settings,
    /// Which calls fail on purpose.
    pub faults: Faults,
    /// What happens by itself.
    pub timers: Timers,
    /// Where ids come from.
    pub ids: Ids,
}

/// Events collected while a world is open; they become messages when it closes.
pub type Outbox = Vec<Event>;

impl World {
    /// An empty world.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            now: Timestamp::default(),
            directory: Directory::default(),
            files: Register::default(),
            file_expiries: OrdSet::new(),
            conversions: Register::default(),
            counter_signs: Register::default(),
            archive_tasks: Register::default(),
            archived: Register::default(),
            flows: Register::default(),
            open_flows: OpenFlows::default(),
            groups: Register::default(),
            cancel_tasks: Register::default(),
            registration_batches: Register::default(),
            registrations: Register::default(),
            preparations: Register::default(),
            evidence: EvidenceReports::default(),
            intelligence: Intelligence::default(),
            qr_codes: Register::default(),
            documents: OrdMap::new(),
            previews: Register::default(),
            answers: Answers::default(),
            links: Register::default(),
            bill: Vector::new(),
            notices: Vector::new(),
            callbacks: Desk::default(),
            settings: Settings::default(),
            faults: Faults::default(),
            timers: Timers::default(),
            ids: Ids::new(seed),
        }
    }

    /// Turns the collected events into messages and puts them into their lanes.
    pub fn tell(&mut self, outbox: Outbox) {
        for event in outbox {
            let hearing = Hearing::of(&event.about, &self.directory);
            self.callbacks.tell(event, &hearing, &self.settings, &mut self.ids, &mut self.timers);
        }
    }
}
