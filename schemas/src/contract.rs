//! The contract as tables: what each action takes, gives and may answer.
//!
//! Everything is `&'static`, built at compile time: looking something up allocates nothing, and starting costs nothing.

use crate::{ess, essbasic};

/// One of the two APIs, in the one version each that is spoken here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Service {
    /// A company signs for itself.
    Ess,
    /// A platform signs for its customers.
    Essbasic,
}

impl Service {
    /// Both services.
    pub const ALL: [Service; 2] = [Service::Ess, Service::Essbasic];

    /// The service's name, as hosts and signatures carry it.
    pub const fn name(self) -> &'static str {
        match self {
            Service::Ess => "ess",
            Service::Essbasic => "essbasic",
        }
    }

    /// The API version, as `X-TC-Version` carries it.
    pub const fn version(self) -> &'static str {
        match self {
            Service::Ess => "2020-11-11",
            Service::Essbasic => "2021-05-26",
        }
    }
}

/// What is published about an action.
#[derive(Debug)]
pub struct ActionContract {
    /// The service that has this action.
    pub service: Service,
    /// The action's name.
    pub name: &'static str,
    /// The top-level parameters.
    pub request: &'static StructContract,
    /// The fields of the answer, without RequestId.
    pub response: &'static StructContract,
    /// The codes this action may answer, sorted: the published ones and those an official example shows.
    pub codes: &'static [&'static str],
    /// Who acts.
    pub identity: IdentityClass,
    /// Whether the action changes nothing, so that asking twice does no harm.
    pub reads: bool,
    /// The largest request body, in bytes.
    pub body_limit: usize,
}

impl ActionContract {
    /// Whether the action may answer this code.
    pub fn lists(&self, code: &str) -> bool {
        self.codes.binary_search(&code).is_ok()
    }
}

/// Which parameter says who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentityClass {
    /// `Operator.UserId`, an employee of the key's organization.
    Operator {
        /// Whether the definition demands the parameter.
        required: bool,
        /// Whether `Agent` may name a member organization of the group to act for.
        agent: bool,
    },
    /// `Caller.OperatorId`, the older spelling of the same.
    Caller {
        /// Whether the definition demands the parameter.
        required: bool,
        /// Whether `Agent` may name a member organization of the group to act for.
        agent: bool,
    },
    /// `Agent` alone: a platform acts for its customer.
    Agent {
        /// Whether the definition demands the parameter.
        required: bool,
        /// What must be named in it.
        needs: AgentNeeds,
    },
    /// The key alone.
    None,
}

/// What `Agent` must name, and in which state that must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgentNeeds {
    /// ess: nothing; it only chooses a member organization of a group.
    Delegation,
    /// The app.
    App,
    /// The app; a customer organization too, if one is named, and then a verified one.
    AppMaybeOrganization,
    /// The app and the name of a customer organization, which may only come to be by this call.
    NewOrganization,
    /// The app and a verified customer organization.
    VerifiedOrganization,
    /// The app and a verified customer organization; its employee too, if one is named, and then a verified one.
    VerifiedOrganizationMaybeEmployee,
    /// The app and the names of a customer organization and its employee, who may only come to be by this call.
    NewEmployee,
    /// The app, a customer organization and its employee, verified or not.
    Employee,
    /// The app, a verified customer organization and its verified employee.
    VerifiedEmployee,
    /// The same; the organization may be left out, and then is the employee's.
    VerifiedEmployeeAlone,
}

/// A request, a response, or a struct inside them.
pub struct StructContract {
    /// The vendor's name.
    pub name: &'static str,
    /// The fields in declared order.
    pub fields: &'static [FieldContract],
}

impl StructContract {
    /// The field of this wire name.
    pub fn field(&self, name: &str) -> Option<&'static FieldContract> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// Shallow on purpose: structs contain structs, and some contain themselves.
impl std::fmt::Debug for StructContract {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "StructContract({})", self.name)
    }
}

/// One field of a struct.
#[derive(Debug)]
pub struct FieldContract {
    /// The name on the wire.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// A request must have it.
    pub required: bool,
    /// Every response has it.
    pub always: bool,
    /// A response may have `null` here.
    pub nullable: bool,
    /// The vendor does not act on it; requests may still carry it.
    pub disabled: bool,
    /// What its value must be like.
    pub limits: Option<&'static Limits>,
    /// What an absent value means.
    pub default: Option<Literal>,
    /// Lifts `required` when another field has one of these values.
    pub required_unless: Option<&'static Condition>,
}

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Text.
    String,
    /// A signed integer.
    Int64,
    /// An integer from 0.
    Uint64,
    /// A number.
    Float,
    /// `true` or `false`.
    Bool,
    /// An object.
    Struct(&'static StructContract),
    /// An array.
    List(&'static Kind),
}

impl Kind {
    /// The struct this is made of, however many lists are around it.
    pub fn structure(&self) -> Option<&'static StructContract> {
        match self {
            Kind::Struct(inner) => Some(inner),
            Kind::List(item) => item.structure(),
            Kind::String | Kind::Int64 | Kind::Uint64 | Kind::Float | Kind::Bool => None,
        }
    }
}

/// What a value must be like. A limit applies only where the field is present and not empty.
///
/// Of a list, `pattern`, `format`, `allowed`, `minimum` and `maximum` speak of each item.
#[derive(Debug)]
pub struct Limits {
    /// The longest text, in characters.
    pub max_length: Option<usize>,
    /// The shortest text, in characters.
    pub min_length: Option<usize>,
    /// The longest item of a list of texts, in characters.
    pub item_max_length: Option<usize>,
    /// A regular expression the text must match.
    pub pattern: Option<&'static str>,
    /// A named shape of the text, such as `base64`.
    pub format: Option<&'static str>,
    /// The values listed; empty when any will do.
    pub allowed: &'static [Literal],
    /// The smallest number.
    pub minimum: Option<f64>,
    /// The largest number.
    pub maximum: Option<f64>,
    /// The fewest items.
    pub min_items: Option<usize>,
    /// The most items.
    pub max_items: Option<usize>,
    /// The row of `refusals.yaml` that says how a violation is answered.
    pub refusal: &'static str,
    /// Where this is known from.
    pub source: &'static str,
}

/// A value named by the contract.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Literal {
    /// Text.
    Text(&'static str),
    /// An integer.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// `true` or `false`.
    Bool(bool),
}

/// Another field of the same struct, having one of these values.
#[derive(Debug)]
pub struct Condition {
    /// The other field's wire name.
    pub field: &'static str,
    /// The values that make the condition true.
    pub values: &'static [&'static str],
}

/// All actions of a service, sorted by name.
pub fn actions(service: Service) -> &'static [ActionContract] {
    match service {
        Service::Ess => ess::tables::ACTIONS,
        Service::Essbasic => essbasic::tables::ACTIONS,
    }
}

/// The action of this name.
pub fn action(service: Service, name: &str) -> Option<&'static ActionContract> {
    let all = actions(service);
    all.binary_search_by_key(&name, |action| action.name).ok().map(|index| &all[index])
}
