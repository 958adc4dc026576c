//! What can be downloaded, whatever it is: contracts, templates, seals, files, archived contracts.

use std::sync::Arc;

use super::Printable;
use super::certificate::PersonCertificate;
use super::evidence::{Evidence, Paper};
use super::members::members_table;
use super::reviews;
use super::seal_picture::{SealPreview, picture};
use super::{comparison, extraction};
use crate::documents::{Mark, PageSize};
use crate::domain::file::Content;
use crate::domain::ids::OrganizationId;
use crate::domain::intelligence::comparison::Comparison;
use crate::domain::intelligence::review::task::Review;
use crate::engine::world::World;

/// Kinds of downloads (`api DescribeFileUrls.BusinessType`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResourceKind {
    /// A contract, by its id.
    Flow,
    /// A contract, by its document's id.
    Document,
    /// A template's document.
    Template,
    /// A seal's picture.
    Seal,
    /// A file that is to be, or was, signed by the platform's own certificate (加签文件).
    DigitFile,
    /// A contract that was signed elsewhere and archived here.
    Archive,
    /// A contract that was looked at and not launched; for whoever has its key.
    Preview,
    /// A picture somebody filled in, by the contract's id and its number in [`crate::domain::flow::Flow::fills`], with a dot
    /// between. Found by its link alone.
    FilledPicture,
    /// A report on how a contract was signed; no `BusinessType`.
    EvidenceReport,
    /// A signed contract's certificate, by the contract's id; no `BusinessType`.
    Certificate,
    /// The members of a holding group, by the main company's id; no `BusinessType`.
    GroupMembers,
    /// A seal that was looked at and not made; its id says what it would be. No `BusinessType`.
    SealPreview,
    /// A person's certificate; its id says whose. No `BusinessType`.
    PersonCertificate,
    /// A reviewed contract with a note at every risk, by the review's id; no `BusinessType`.
    ReviewNotes,
    /// What a review found and read, as a table; no `BusinessType`.
    ReviewResult,
    /// The file that was reviewed; no `BusinessType`.
    ReviewedFile,
    /// A table of risks somebody marked; no `BusinessType`.
    MarkedRisks,
    /// The newer of two compared contracts with its differences; no `BusinessType`.
    ComparisonReport,
    /// A table of the differences of two contracts; no `BusinessType`.
    ComparisonTable,
    /// A table of what a search for fields found; no `BusinessType`.
    ExtractionTable,
    /// A drafted contract; no `BusinessType`.
    Draft,
}

impl ResourceKind {
    /// The kind with this wire name.
    #[must_use]
    pub fn from_wire(name: &str) -> Option<Self> {
        let all = [
            Self::Flow,
            Self::Document,
            Self::Template,
            Self::Seal,
            Self::DigitFile,
            Self::Archive,
            Self::Preview,
            Self::FilledPicture,
            Self::EvidenceReport,
            Self::Certificate,
            Self::GroupMembers,
            Self::SealPreview,
            Self::PersonCertificate,
            Self::ReviewNotes,
            Self::ReviewResult,
            Self::ReviewedFile,
            Self::MarkedRisks,
            Self::ComparisonReport,
            Self::ComparisonTable,
            Self::ExtractionTable,
            Self::Draft,
        ];
        all.into_iter().find(|kind| kind.wire() == name)
    }

    /// Whether `DescribeFileUrls` takes it; the others have actions of their own.
    #[must_use]
    pub fn is_business_type(self) -> bool {
        match self {
            Self::Flow | Self::Document | Self::Template | Self::Seal | Self::DigitFile | Self::Archive => true,
            Self::Preview
            | Self::FilledPicture
            | Self::EvidenceReport
            | Self::Certificate
            | Self::GroupMembers
            | Self::SealPreview
            | Self::PersonCertificate
            | Self::ReviewNotes
            | Self::ReviewResult
            | Self::ReviewedFile
            | Self::MarkedRisks
            | Self::ComparisonReport
            | Self::ComparisonTable
            | Self::ExtractionTable
            | Self::Draft => false,
        }
    }

    /// The wire name, which addresses of downloads carry, too.
    #[must_use]
    pub const fn wire(self) -> &'static str {
        match self {
            Self::Flow => "FLOW",
            Self::Document => "DOCUMENT",
            Self::Template => "TEMPLATE",
            Self::Seal => "SEAL",
            Self::DigitFile => "DIGITFILE",
            Self::Archive => "ARCHIVE",
            Self::Preview => "PREVIEW",
            Self::FilledPicture => "COMPONENT",
            Self::EvidenceReport => "EVIDENCE",
            Self::Certificate => "CERTIFICATE",
            Self::GroupMembers => "MEMBERS",
            Self::SealPreview => "SEALPREVIEW",
            Self::PersonCertificate => "PERSONCERT",
            Self::ReviewNotes => "REVIEWNOTES",
            Self::ReviewResult => "REVIEWRESULT",
            Self::ReviewedFile => "REVIEWED",
            Self::MarkedRisks => "MARKEDRISKS",
            Self::ComparisonReport => "COMPARISON",
            Self::ComparisonTable => "DIFFERENCES",
            Self::ExtractionTable => "EXTRACTION",
            Self::Draft => "DRAFT",
        }
    }
}

/// Something to download.
#[derive(Clone, Debug)]
pub struct Resource {
    /// What it is called, without extension.
    pub name: String,
    /// What it holds.
    pub body: Body,
}

/// What a download holds.
#[derive(Clone, Debug)]
pub enum Body {
    /// A contract, printed when it is fetched.
    Contract(Printable),
    /// A file as it is.
    File(Arc<Content>),
    /// A picture to draw.
    Picture(Mark),
    /// Evidence about a contract, written when it is fetched.
    Evidence(Evidence),
    /// A table, by rows; the first names the columns.
    Table(Vec<Vec<String>>),
    /// A reviewed contract with its notes.
    Notes(Arc<Review>),
    /// The newer of two compared contracts, with its differences.
    Comparison(Arc<Comparison>),
    /// A file as it is, of this extension.
    Other(Arc<Content>, &'static str),
}

impl Resource {
    /// Finds what a company may download; one whose content is not there yet is found all the same.
    #[must_use]
    pub fn of_company(world: &World, kind: ResourceKind, id: &str, company: &OrganizationId) -> Option<Self> {
        let own = |owner: &OrganizationId| owner == company;
        let may = match kind {
            ResourceKind::Flow => world.flows.get(id)?.involves(company),
            ResourceKind::Document => world.flow_of_document(id)?.involves(company),
            ResourceKind::Template => own(&world.directory.templates.get(id)?.organization),
            ResourceKind::Seal => own(&world.directory.seals.get(id)?.organization),
            ResourceKind::DigitFile => own(&world.files.get(id)?.owner),
            ResourceKind::Archive => own(&world.archived.get(id)?.owner),
            ResourceKind::Preview
            | ResourceKind::FilledPicture
            | ResourceKind::SealPreview
            | ResourceKind::PersonCertificate => false,
            ResourceKind::EvidenceReport => own(&world.evidence.get(id)?.owner),
            ResourceKind::Certificate => world.flows.get(id)?.involves(company),
            ResourceKind::GroupMembers => id == company.as_str(),
            ResourceKind::ReviewNotes | ResourceKind::ReviewResult | ResourceKind::ReviewedFile => {
                own(&world.intelligence.reviews.get(id)?.task.organization)
            }
            ResourceKind::MarkedRisks => own(&world.intelligence.risk_exports.get(id)?.organization),
            ResourceKind::ComparisonReport | ResourceKind::ComparisonTable => {
                own(&world.intelligence.comparisons.get(id)?.task.organization)
            }
            ResourceKind::ExtractionTable => own(&world.intelligence.extractions.get(id)?.task.organization),
            ResourceKind::Draft => own(&world.intelligence.drafts.get(id)?.task.organization),
        };
        if may { Self::find(world, kind, id) } else { None }
    }

    /// Finds it, whoever asks.
    #[must_use]
    pub fn find(world: &World, kind: ResourceKind, id: &str) -> Option<Self> {
        match kind {
            ResourceKind::Flow | ResourceKind::Document => {
                let by_flow = kind == ResourceKind::Flow;
                let flow = if by_flow { world.flows.get(id) } else { world.flow_of_document(id) }?;
                Some(Self { name: flow.name.clone(), body: Body::Contract(Printable::of(flow, world)) })
            }
            ResourceKind::Template => {
                let template = world.directory.templates.get(id)?;
                Some(Self { name: template.name.clone(), body: Body::File(template.content.clone()?) })
            }
            ResourceKind::Seal => {
                let seal = world.directory.seals.get(id)?;
                let company = world.directory.organizations.get(seal.organization.as_str())?;
                Some(Self { name: seal.name.clone(), body: picture(seal, &company.name) })
            }
            ResourceKind::SealPreview => {
                let preview = SealPreview::of(id)?;
                let company = world.directory.organizations.get(preview.organization.as_str())?;
                Some(Self { name: preview.name.clone(), body: Body::Picture(preview.mark(&company.name)) })
            }
            ResourceKind::PersonCertificate => {
                let certificate = PersonCertificate::of(id)?;
                Some(Self { name: certificate.person.name.clone(), body: Body::Picture(certificate.mark()) })
            }
            ResourceKind::DigitFile => {
                let file = world.files.get(id)?;
                let name = file.name.rsplit_once('.').map_or(file.name.as_str(), |(stem, _)| stem).to_owned();
                Some(Self { name, body: Body::File(file.content.clone()) })
            }
            ResourceKind::Preview => {
                let flow = &world.previews.get(id)?.flow;
                Some(Self { name: flow.name.clone(), body: Body::Contract(Printable::of(flow, world)) })
            }
            ResourceKind::Archive => {
                let archived = world.archived.get(id)?;
                Some(Self { name: archived.name.clone(), body: Body::File(archived.content.clone()) })
            }
            ResourceKind::FilledPicture => {
                let (flow, number) = id.split_once('.')?;
                let component = world.flows.get(flow)?.fills().nth(number.parse().ok()?)?;
                Some(Self { name: component.label().to_owned(), body: Body::File(component.files.first()?.clone()) })
            }
            ResourceKind::EvidenceReport => {
                let report = world.evidence.get(id)?;
                let (number, flow) = (report.id.to_string(), report.flow.clone());
                Some(Self::of_evidence(Evidence { paper: Paper::Report, number, flow, ordered_at: report.ordered_at }))
            }
            ResourceKind::Certificate => {
                let flow = world.flows.get(id)?.clone();
                let (number, ordered_at) = (flow.id.to_string(), flow.updated_at);
                Some(Self::of_evidence(Evidence { paper: Paper::Certificate, number, flow, ordered_at }))
            }
            ResourceKind::ReviewNotes => Some(reviews::notes(world.intelligence.reviews.get(id)?)),
            ResourceKind::ReviewResult => Some(reviews::result(world.intelligence.reviews.get(id)?)),
            ResourceKind::ReviewedFile => Some(reviews::original(world.intelligence.reviews.get(id)?)),
            ResourceKind::MarkedRisks => {
                let export = world.intelligence.risk_exports.get(id)?;
                Some(Self { name: "合同审查标注风险".into(), body: Body::Table(export.rows.clone()) })
            }
            ResourceKind::ComparisonReport => {
                let comparison = world.intelligence.comparisons.get(id)?;
                Some(Self { name: comparison.task.name.clone(), body: Body::Comparison(comparison.clone()) })
            }
            ResourceKind::ComparisonTable => {
                let comparison = world.intelligence.comparisons.get(id)?;
                Some(Self { name: "合同对比结果".into(), body: Body::Table(comparison::table(comparison)) })
            }
            ResourceKind::ExtractionTable => {
                let table = extraction::table(&world.intelligence, world.intelligence.extractions.get(id)?);
                Some(Self { name: "合同智能提取结果".into(), body: Body::Table(table) })
            }
            ResourceKind::Draft => {
                let draft = world.intelligence.drafts.get(id)?;
                let content = draft.outcome.as_ref().ok()?.content.clone();
                Some(Self { name: draft.task.name.clone(), body: Body::Other(content, "DOCX") })
            }
            ResourceKind::GroupMembers => {
                let main = &world.directory.organizations.get(id)?.id;
                Some(Self {
                    name: "集团成员企业".into(), body: Body::Table(members_table(&world.directory, main))
                })
            }
        }
    }

    fn of_evidence(evidence: Evidence) -> Self {
        Self { name: format!("{}-{}", evidence.title(), evidence.flow.name), body: Body::Evidence(evidence) }
    }

    /// The file it is made of, where it is made of one.
    #[must_use]
    pub fn content(&self) -> Option<&Arc<Content>> {
        match &self.body {
            Body::Contract(contract) => contract.flow.content(),
            Body::File(content) | Body::Other(content, _) => Some(content),
            Body::Picture(_) | Body::Evidence(_) | Body::Table(_) | Body::Notes(_) | Body::Comparison(_) => None,
        }
    }

    /// Its pages; none when it is no PDF.
    #[must_use]
    pub fn pages(&self) -> &[PageSize] {
        self.content().and_then(|content| content.pages.as_deref()).unwrap_or_default()
    }

    /// The extension of the file itself.
    #[must_use]
    pub fn extension(&self) -> &'static str {
        match &self.body {
            Body::Picture(_) => "PNG",
            Body::Table(_) => "XLSX",
            Body::Notes(review) => reviews::extension(review),
            Body::Contract(_) | Body::Evidence(_) | Body::Comparison(_) => "PDF",
            Body::Other(_, extension) => extension,
            Body::File(content) if content.pages.is_some() => "PDF",
            Body::File(content) => match &content.bytes[..] {
                [b'P', b'K', ..] => "ZIP",
                [0x89, ..] => "PNG",
                [0xff, 0xd8, ..] => "JPG",
                [..] => "BIN",
            },
        }
    }
}
