//! Why the domain says no, in its own words.
//!
//! Each variant has a row of the same name in `schemas/<service>/<version>/refusals.yaml`, where the vendor's code and
//! message for it stand, per action and with their sources; a test holds the two together. The values a variant carries
//! fill the placeholders of that row's message.

use super::flow::Ended;

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident $({ $($field:ident : $kind:ty),* $(,)? })?),* $(,)?) => {
        /// A refusal. See the module's comment for how it becomes an answer.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Refusal {
            $($(#[$doc])* $name $({ $(#[allow(missing_docs, reason = "the variant says it")] $field: $kind),* })?),*
        }

        impl Refusal {
            /// Every row the domain may ask for.
            pub const ROWS: &[&str] = &[$(stringify!($name)),*];

            /// The row of `refusals.yaml` that answers this refusal.
            #[must_use]
            pub fn row(&self) -> &'static str {
                match self {
                    $(Self::$name $({ $($field: _),* })? => stringify!($name)),*
                }
            }

            /// What fills the placeholders of the row's message.
            #[must_use]
            pub fn values(&self) -> Vec<(&'static str, String)> {
                match self {
                    $(Self::$name $({ $($field),* })? => vec![$($((stringify!($field), $field.to_string())),*)?]),*
                }
            }
        }
    };
}

refusals! {
    /// Days of a count that are none, in the wrong order, or too many.
    DateInvalid,
    /// There is no such kind of page.
    ThemeTypeInvalid { theme: String },
    /// Encrypted requests are not agreed upon.
    EncryptionNotAgreed,
    /// An encrypted request that does not open.
    EncryptionInvalid { detail: &'static str },
    /// A platform's call without its application.
    AppIdEmpty,
    /// There is no such application, or it is another platform's, or the customer has another id with the platform's service.
    AppUnknown { application: String },
    /// The vendor has banned the application.
    AppBanned { application: String },
    /// A platform's call without the customer that acts.
    OrganizationOpenIdEmpty,
    /// The application has no such customer.
    OrganizationUnknown { organization: String },
    /// The customer has not proved who it is.
    OrganizationNotVerified { organization: String },
    /// What the customer wants to do about proving who it is does not fit how far it is.
    VerificationStateWrong { detail: String },
    /// The company is a verified customer already; its super administrator is named.
    OrganizationAlreadyVerified { admin: String },
    /// There is no such attempt of a company to prove who it is.
    AuthorizationUnknown { authorization: String },
    /// The employee has joined already.
    StaffAlreadyVerified,
    /// Nobody of that name is proving who a company is.
    NoRunningAuthorization { name: String },
    /// No employees to take in, change or let go.
    OperatorsEmpty,
    /// Something else than taking in, changing and letting go.
    OperateTypeInvalid { kind: String },
    /// A business licence that is no picture.
    BusinessLicenseInvalid { detail: String },
    /// A name no person can have, of somebody who is to prove who they are.
    NameInvalid { name: String },
    /// Two companies of one name in a batch.
    RegistrationRepeated { name: String },
    /// No such batch of companies, or no such company of one.
    RegistrationUnknown { task: String },
    /// A licence that cannot be given or prolonged.
    LicenceWrong { organization: String, detail: &'static str },
    /// The platform has fewer licences left than are wanted.
    LicencesExhausted { left: u64, wanted: u64 },
    /// The customer keeps the platform from downloading its contracts.
    DownloadServiceClosed,
    /// No operator was named.
    OperatorEmpty,
    /// The operator is nobody the company knows.
    OperatorUnknown { user: String },
    /// The operator has not proved who they are.
    OperatorNotVerified { user: String },
    /// The operator may not do this.
    OperatorLacksPermission { user: String },
    /// The named member company does not exist or has not joined.
    SubOrganizationUnknown { organization: String },
    /// The company has used up the contracts it bought.
    QuotaExhausted,
    /// No contract was named.
    FlowIdEmpty,
    /// There is no such contract.
    FlowUnknown { flow: String },
    /// The contract is another company's.
    FlowOfAnotherOrganization { flow: String },
    /// These contracts are none of the caller's; their ids as a JSON list.
    FlowsOfAnotherOrganization { flows: String },
    /// The contract waits for nobody who could pick it up.
    FlowNotClaimable { flow: String },
    /// Somebody of the company has picked the contract up already, or was named from the start.
    FlowAlreadyClaimed { flow: String },
    /// Nobody may look at this contract from here.
    NoViewPermission { flow: String },
    /// Everybody has signed already.
    FlowCompleted,
    /// The contract has ended in another way.
    FlowEnded { state: Ended },
    /// No such signer in this contract.
    ApproverUnknown { approver: String },
    /// The person of a link does not take part in the contract. The values are those asked for.
    NotAParticipant {
        flow: String,
        name: String,
        mobile: String,
        id_card_type: &'static str,
        id_card_number: String,
        approver_type: i64,
    },
    /// The person is no signer of these contracts; their ids, with one blank between.
    NotTheirContracts { flows: String },
    /// It is not this signer's turn, or they have acted already.
    ApproverNotWaiting { approver: String },
    /// The contract forbids this signer to refuse.
    RefusalForbidden { approver: String },
    /// The contract forbids this signer to hand their task on.
    TransferForbidden { approver: String },
    /// The contract's deadline is not in the future.
    DeadlineInvalid,
    /// A signer's own deadline is past, or later than the contract's.
    ApproverDeadlineInvalid,
    /// No contracts to launch, or too many at once.
    FlowInfosInvalid,
    /// Fewer contracts than a group has.
    FlowGroupSizeInvalid,
    /// A contract without signers.
    ApproversEmpty,
    /// A kind of signer that does not exist.
    ApproverTypeInvalid { kind: i64 },
    /// A signer without a name.
    ApproverNameMissing,
    /// A signer without a mobile number.
    ApproverMobileMissing,
    /// A name no person can have.
    ApproverNameInvalid { name: String },
    /// Not a mainland mobile number.
    MobileInvalid { mobile: String },
    /// A company signer without the company's name.
    OrganizationNameMissing,
    /// A company name as no register has it.
    OrganizationNameInvalid { name: String },
    /// A person signer with a company name.
    PersonWithOrganizationName,
    /// The same signer twice.
    ApproverRepeated { name: String },
    /// The same copy recipient twice, or one who signs too.
    CcRepeated { name: String },
    /// A cancellation without a reason.
    CancelReasonMissing,
    /// The company has not switched auto-sign on.
    AutoSignNotOpened,
    /// The employee was not given the company's machine.
    AutoSignNotGranted { user: String },
    /// An auto-sign seal component without a seal.
    AutoSignSealMissing,
    /// A seal that may not be used for auto-sign.
    AutoSignSealNotUsable { seal: String },
    /// A machine cannot write by hand.
    AutoSignWithSignature,
    /// Nobody may fill in a contract that signs itself.
    AutoSignWithFillComponents,
    /// A signer without anything to sign.
    SignComponentsMissing,
    /// A component that does not exist.
    ComponentTypeUnknown { kind: String },
    /// A component this party may not have.
    ComponentTypeNotAllowed { kind: String },
    /// A component on a page the document does not have.
    ComponentPageInvalid { page: i64 },
    /// A component outside of its page, or without size.
    ComponentPositionInvalid { detail: String },
    /// Contracts have one file, number 0.
    ComponentFileIndexInvalid { index: i64 },
    /// A keyword the document does not contain.
    KeywordNotFound { keyword: String },
    /// A form field the document does not have.
    FormFieldNotFound { field: String },
    /// No such seal.
    SealUnknown { seal: String },
    /// No seal was named.
    SealIdEmpty,
    /// A seal without a name.
    SealNameMissing,
    /// The company has a seal of this name.
    SealNameExists { name: String },
    /// A second seal of a kind there is one of.
    SealAlreadyExists { kind: &'static str },
    /// A seal of an uploaded picture without it.
    SealImageMissing,
    /// A picture that cannot be a seal's.
    SealImageInvalid { detail: String },
    /// The seal's state does not allow this.
    SealStatusWrong { seal: String },
    /// The seal may not be used.
    SealNotUsable { seal: String },
    /// The employee may not use the seal.
    SealNotGranted { seal: String, user: String },
    /// A grant to somebody who does not work for the company.
    SealPolicyUserUnknown { user: String },
    /// No such grant of a seal of the company's, or one that is over.
    SealPolicyUnknown { policy: String },
    /// No such request to use a seal, or the operator does not decide on it.
    SealWorkflowUnknown { workflow: String },
    /// No service of this name.
    ExtendedServiceUnknown { value: String },
    /// The grant to this partner was asked for, or given.
    PartnerGrantExists { partner: String },
    /// There is no grant to this partner that could be changed.
    PartnerGrantUnknown { partner: String },
    /// No number of an identity card of this kind.
    CardNumberInvalid { card: String },
    /// The person has opened auto-sign.
    PersonAutoSignAlreadyEnabled,
    /// No link by which this person could open auto-sign.
    PersonAutoSignLinkUnknown,
    /// The company is not on the vendor's list for persons' auto-sign.
    NotInAutoSignWhiteList,
    /// The licence cannot be made longer.
    AutoSignLicenseExhausted,
    /// A contract without a file.
    FileIdsEmpty,
    /// A contract with several files.
    TooManyFileIds,
    /// No such file.
    FileUnknown { file: String },
    /// The file has expired.
    FileRemoved { file: String },
    /// The file is another company's.
    FileOfAnotherOrganization { file: String },
    /// The file is no PDF.
    FileNotPdf { file: String },
    /// An upload whose name, kind or body is not what it should be.
    FileContentRefused { detail: String },
    /// An upload over the documented size.
    FileTooLarge { detail: String },
    /// Too many files in one upload.
    TooManyFiles { limit: usize },
    /// Nothing of that id can be downloaded here.
    ResourceUnknown { id: String },
    /// The document is not composed yet.
    DocumentNotComposed,
    /// A kind of download that does not exist.
    BusinessTypeInvalid { kind: String },
    /// No ids, or too many.
    BusinessIdInvalid,
    /// A value from outside the documented ones.
    ValueNotAllowed { field: String, detail: String },
    /// More than the documented number.
    ListTooLong { field: String, limit: usize },
    /// A link's end outside the documented range.
    LinkExpiryInvalid { detail: String },
    /// A page that demands a contract, and none was named.
    FlowIdMissing,
    /// The H5 page does not take this kind of identity card.
    H5CardNotSupported { card: &'static str },
    /// The H5 page does not sign with this kind of component.
    H5ComponentNotSupported { kind: &'static str },
    /// A signature is to be recorded, without the face check as the only one.
    RecordingNeedsFaceCheck,
    /// Somebody picks up a slot that is meant for others.
    ClaimantNotMeant,
    /// A page the mini program does not have.
    PathTypeInvalid { kind: u64 },
    /// A page that cannot be reached in this way.
    JumpPageNotSupported,
    /// Only the super admin or the legal person may do this.
    OperatorNotAdministrator { user: String },
    /// The operator has no account in the member company they act for.
    NoShadowAccount { user: String },
    /// The company has not been activated.
    OrganizationNotActivated { organization: String },
    /// The official register has another name for the company.
    OrganizationNameChanged { name: String },
    /// The company is being closed.
    OrganizationClosing { organization: String },
    /// The company's edition does not have this.
    EditionLacksFeature { feature: &'static str },
    /// A feature the vendor switches on for single companies, and has not for this one.
    FeatureNotAllowListed { feature: &'static str },
    /// A parameter that is needed here is missing.
    ParameterMissing { field: &'static str },
    /// A parameter whose value does not go with the others or with the world.
    ParameterInvalid { field: &'static str, detail: String },
    /// Both a contract and a group were named where one of them is asked for.
    FlowIdAndFlowGroupId,
    /// The same contract twice in a list.
    FlowIdRepeated { flow: String },
    /// There is no such group of contracts.
    FlowGroupUnknown { group: String },
    /// The contract belongs to a group, which this cannot do.
    FlowInGroup { flow: String },
    /// The contract's state does not allow this, although it has not ended.
    FlowStatusWrong,
    /// The contract has been started before.
    FlowAlreadyStarted { flow: String },
    /// The contract has its document already.
    FlowHasDocument { flow: String },
    /// The contract has no document yet.
    FlowHasNoDocument { flow: String },
    /// Somebody is named for the slot already.
    SlotTaken { approver: String },
    /// A signer who was reminded as often as one may.
    RemindedTooOften { name: String },
    /// The contract does not take signers while it runs.
    FlowNotDynamic { flow: String },
    /// A new deadline that is past, not later than the old one, or outside of its neighbours'.
    DeadlineNotLater { detail: String },
    /// A page template with a variable that does not exist.
    CustomShowMapInvalid { detail: String },
    /// No preview could be made.
    PreviewFailed { detail: String },
    /// More signers than a contract may have.
    TooManyApprovers { limit: usize },
    /// A person who signs by machine, without the scene they allowed it for.
    PersonAutoSignSceneMissing,
    /// The person has not switched auto-sign on.
    PersonAutoSignNotEnabled { name: String },
    /// The person has no signature a machine could use.
    PersonHasNoSignature { name: String },
    /// The person is of no age to sign at.
    ApproverAgeNotAllowed { name: String },
    /// The person is from abroad.
    ApproverFromAbroad { name: String },
    /// The person's identity card is no longer valid.
    IdCardExpired { name: String },
    /// The company may not send copies.
    CcForbidden,
    /// A value of another kind than the component's.
    ComponentValueMismatch { component: String },
    /// No such component in the document.
    ComponentUnknown { component: String },
    /// A component that must have a value, without one.
    RequiredComponentEmpty { component: String },
    /// No template was named.
    TemplateIdEmpty,
    /// No such template.
    TemplateUnknown { template: String },
    /// The customer was not granted the platform's template.
    TemplateNotGranted { organization: String },
    /// A published template is offered to others than before.
    TemplateAuthTagInvalid,
    /// A template without a file.
    TemplateHasNoFile { template: String },
    /// A template's party for which no signer was named.
    RecipientMissing,
    /// Signers of another number, order or kind than the template's parties.
    ApproversDoNotMatchTemplate { detail: String },
    /// No resource was named.
    ResourceIdMissing,
    /// A resource without a name.
    ResourceNameMissing,
    /// A name that does not fit the kind of file.
    ResourceNameInvalid { name: String },
    /// No such conversion.
    ConvertTaskUnknown { task: String },
    /// This slot takes its signer by their id in the company's own directory.
    ApproverNeedsCustomUserId { recipient: String },
    /// Nobody of this name and card whom the platform knows.
    PersonUnknown { name: String },
    /// A contract in which nobody is due whom a reminder could reach.
    NobodyToRemind { flow: String },
    /// Nobody a contract can be handed to.
    ForwardTargetInvalid { user: String },
    /// A contract that cannot be signed together with others.
    BatchSignNotSupported { flow: String, detail: String },
    /// A bill of no days, of too many, or of two months.
    BillTimeInvalid,
    /// A page that is to hold nothing.
    LimitInvalid,
    /// No such task of cancellations.
    CancelTaskUnknown { task: String },
    /// A release that names another person in a person's place.
    ReleaseReplacesPerson,
    /// This contract may not be released, or not again.
    ReleaseNotAllowed { flow: String },
    /// The contract waits for an approval inside of the company.
    ReviewNotPassed,
    /// Nothing about this contract is to be approved.
    ReviewNotAvailable,
    /// An approval that does not say which signer it is about.
    ReviewedRecipientMissing,
    /// A negative decision without its reason.
    ReviewMessageMissing,
    /// A remark that cannot be written there.
    RemarkInvalid { detail: String },
    /// No QR code was named.
    QrCodeIdEmpty,
    /// No such QR code.
    QrCodeUnknown { code: String },
    /// The QR code's time is over.
    QrCodeExpired { code: String },
    /// The QR code has been withdrawn or used up.
    QrCodeInvalid { code: String },
    /// A template that cannot be signed by scanning.
    QrCodeTemplateUnsuitable { template: String },
    /// A template whose initiator would have to fill something in at every scan.
    QrCodeTemplateHasInitiatorComponents { template: String },
    /// A template without anybody who could scan.
    QrCodeTemplateHasNoSigner { template: String },
    /// A QR code's end outside of the documented range.
    QrExpiryInvalid { detail: String },
    /// The company has used up the evidence reports it bought.
    EvidenceQuotaExhausted,
    /// The company has no such checklist.
    ChecklistUnknown { checklist: String },
    /// The company has no such review of a contract.
    ReviewUnknown { task: String },
    /// The review has not ended, or has failed.
    ReviewNotDone { task: String },
    /// Nothing of this id was found by a review of the company.
    RiskUnknown { risk: String },
    /// The company has used up the tasks of contract intelligence it bought.
    IntelligenceUnitsExhausted,
    /// The company has no such task of contract intelligence, or no such result of one.
    IntelligenceTaskUnknown { task: String },
    /// A task of contract intelligence has not come to a good end, or not yet.
    IntelligenceTaskNotDone { task: String },
    /// No such evidence report.
    ReportUnknown { report: String },
    /// No such archive task.
    ArchiveTaskUnknown { task: String },
    /// No recording of this signer's face, or no longer.
    FaceVideoUnavailable { detail: &'static str },
    /// No such task that signs a file.
    CounterSignUnknown { task: String },
    /// The world's authority could not sign.
    DataNotSigned { detail: String },
    /// No callback address of the company has this URL.
    CallbackAddressUnknown,
    /// The company has no such department.
    DepartmentUnknown { department: String },
    /// There is a department of this name, or with this id of the company's own.
    DepartmentExists { department: String },
    /// The root of a company's departments is the company.
    DepartmentIsRoot,
    /// Others stand below a department that is to be deleted.
    DepartmentHasChildren { department: String },
    /// The company has no such role.
    RoleUnknown { role: String },
    /// A role of the vendor's, which nobody changes, or one that goes with being super administrator or legal person.
    RoleProtected { role: String },
    /// Another role is called so.
    RoleNameTaken { name: String },
    /// Nobody of the company is called so, or they have left.
    EmployeeUnknown { user: String },
    /// They have not proved who they are.
    EmployeeNotVerified { user: String },
    /// Super administrator and legal person hand their part over before they leave.
    EmployeeIsAdministrator { user: String },
    /// A colleague has this mobile number.
    EmployeeMobileTaken { mobile: String },
    /// A mobile number that was called as often as one may on a day.
    InvitedTooOften { mobile: String },
    /// Contracts wait for them, and nobody was named to take those over.
    EmployeeHasOpenFlows { user: String },
    /// Nobody who could take contracts over.
    ReceiverInvalid { user: String },
    /// The id in the company's own system is a colleague's.
    OpenIdBoundToAnother { open_id: String },
    /// It is theirs already.
    OpenIdAlreadyBound { open_id: String },
    /// It is not theirs.
    OpenIdNotBound { open_id: String },
    /// Whoever opened the page says other things of themselves than are known.
    IdentityDiffers,
    /// The company has used up the checks of people's identities it bought.
    IdentityChecksExhausted,
    /// No code to ask with.
    AuthCodeMissing,
    /// There is no such code, or it was asked for, or it is over.
    AuthCodeUsed,
    /// The id is somebody else's who signs on through the company.
    SsoOpenIdTaken { open_id: String },
    /// Somebody else who signs on through the company has this mobile number.
    SsoMobileTaken { mobile: String },
    /// Nobody of this id signs on through the company.
    SsoEmployeeUnknown { open_id: String },
    /// They have signed on, and are an employee like any other.
    SsoEmployeeBound { open_id: String },
    /// Nobody waits to be super administrator by this name and number.
    SuccessionUnknown { name: String },
    /// A link that cannot be opened there with what else was asked for.
    EndpointInvalid { value: String },
    /// Nothing can jump to there.
    JumpUrlInvalid { value: String },
    /// A way to be certified that does not go together with the rest.
    AuthorizationTypeInvalid { value: String },
    /// A company is asked for without anything that says which.
    OrganizationNamesMissing,
    /// An attempt to be certified that is not there any more.
    AuthorizationDeleted,
    /// A member's licence is over, so that its main company acts for it no more.
    SubOrganizationLicenseExpired { organization: String },
    /// The company is not the main company of a holding group.
    NoHoldingGroup { organization: String },
    /// A company's membership in a holding group does not fit.
    MembershipStateWrong { status: &'static str },
    /// A member does not let its main company change its super administrator.
    AdminChangeNotAllowed { organization: String, main: String },
    /// A guided company handed something in otherwise than its guide said and locked it.
    GuidedDatumDiffers { datum: &'static str, expected: String },
    /// The company's data are so already.
    OrganizationNotChanged,
    /// A kind of company it cannot become.
    OrganizationTypeNotSupported,
    /// Contracts of the company's are open.
    OrganizationHasOpenFlows { count: usize },
    /// This stand-in does not model it, and says so rather than pretend.
    NotModelled { what: String },
}
