//! What people know about the contract beyond the vendor's definition: `overlays/*.yaml`, merged.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::model::{Contract, Identity, Kind};
use crate::refusals::Refusals;
use crate::{Outcome, read};

/// struct -> field -> what is known about it
type ByField<T> = BTreeMap<String, BTreeMap<String, T>>;

/// One overlay file, or all of a folder together: every section may stand in any file.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Overlays {
    pub(crate) limits: ByField<Limits>,
    pub(crate) defaults: ByField<Default>,
    pub(crate) conditions: ByField<Condition>,
    /// Codes an official example shows beyond the published list, by action.
    pub(crate) example_codes: BTreeMap<String, Vec<ExampleCode>>,
    /// What `Agent` must name, where it is not the service's usual.
    pub(crate) agent_needs: Vec<AgentNeeds>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Limits {
    pub(crate) max_length: Option<usize>,
    pub(crate) min_length: Option<usize>,
    pub(crate) item_max_length: Option<usize>,
    pub(crate) pattern: Option<String>,
    pub(crate) format: Option<String>,
    #[serde(default)]
    pub(crate) allowed: Vec<Literal>,
    pub(crate) minimum: Option<f64>,
    pub(crate) maximum: Option<f64>,
    pub(crate) min_items: Option<usize>,
    pub(crate) max_items: Option<usize>,
    pub(crate) refusal: String,
    pub(crate) source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Default {
    pub(crate) value: Literal,
    #[serde(rename = "source")]
    _source: String,
}

#[derive(Clone, Deserialize)]
#[serde(untagged)]
pub(crate) enum Literal {
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Condition {
    /// The field is demanded unless this one has one of these values.
    pub(crate) required_unless: BTreeMap<String, Vec<String>>,
    #[serde(rename = "source")]
    _source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExampleCode {
    pub(crate) code: String,
    #[serde(rename = "source")]
    _source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AgentNeeds {
    pub(crate) needs: String,
    pub(crate) actions: Vec<String>,
    #[serde(rename = "source")]
    _source: String,
}

impl Overlays {
    pub(crate) fn read(folder: &Path) -> Outcome<Overlays> {
        let mut paths: Vec<_> = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Outcome<_>>()?;
        paths.sort();
        let mut all = Overlays::default();
        for path in paths {
            let named = |error: String| format!("{}: {error}", path.display());
            let file: Overlays = serde_saphyr::from_str(&read(&path)?).map_err(|error| named(error.to_string()))?;
            merge(&mut all.limits, file.limits).map_err(named)?;
            merge(&mut all.defaults, file.defaults).map_err(named)?;
            merge(&mut all.conditions, file.conditions).map_err(named)?;
            all.agent_needs.extend(file.agent_needs);
            for (action, codes) in file.example_codes {
                all.example_codes.entry(action).or_default().extend(codes);
            }
        }
        Ok(all)
    }

    /// Every row must speak of something that exists.
    pub(crate) fn check(&self, contract: &Contract, refusals: &Refusals) -> Outcome<()> {
        let rows = fields_of(&self.limits).chain(fields_of(&self.defaults)).chain(fields_of(&self.conditions));
        for (owner, field) in rows {
            let found =
                contract.structs.get(owner).and_then(|owner| owner.fields.iter().find(|known| known.name == *field));
            let Some(found) = found else { return Err(format!("overlays: there is no field {owner}.{field}").into()) };
            if let Some(condition) = self.condition(owner, field)
                && !condition
                    .required_unless
                    .keys()
                    .all(|other| contract.structs[owner].fields.iter().any(|f| f.name == *other))
            {
                return Err(
                    format!("overlays: the condition of {owner}.{field} names a field that does not exist").into()
                );
            }
            if self.default_of(owner, field).is_some_and(|value| !value.fits(&found.kind)) {
                return Err(
                    format!("overlays: the default of {owner}.{field} is of another type than the field").into()
                );
            }
            if let Some(limits) = self.limits(owner, field) {
                if !refusals.has(&limits.refusal) {
                    return Err(format!(
                        "overlays: {owner}.{field} names the refusal {}, which no row defines",
                        limits.refusal
                    )
                    .into());
                }
                limits.fit(&found.kind).map_err(|error| format!("overlays: {owner}.{field}: {error}"))?;
            }
        }
        let named: BTreeSet<&String> = self
            .example_codes
            .keys()
            .chain(self.agent_needs.iter().flat_map(|row| &row.actions))
            .chain(refusals.actions())
            .collect();
        match named.into_iter().find(|action| !contract.actions.contains_key(*action)) {
            Some(action) => Err(format!("overlays or refusals: there is no action {action}").into()),
            None => Ok(()),
        }
    }

    pub(crate) fn limits(&self, owner: &str, field: &str) -> Option<&Limits> {
        self.limits.get(owner)?.get(field)
    }

    pub(crate) fn default_of(&self, owner: &str, field: &str) -> Option<&Literal> {
        Some(&self.defaults.get(owner)?.get(field)?.value)
    }

    pub(crate) fn condition(&self, owner: &str, field: &str) -> Option<&Condition> {
        self.conditions.get(owner)?.get(field)
    }

    /// What `Agent` must name in this action: the row that lists it, else what is usual for the service.
    pub(crate) fn needs_of_agent(&self, service: &str, action: &str, identity: &Identity) -> Option<String> {
        let Identity::Agent { .. } = identity else { return None };
        let row = self.agent_needs.iter().find(|row| row.actions.iter().any(|listed| listed == action));
        let usual = if service == "ess" { "Delegation" } else { "VerifiedEmployee" };
        Some(row.map_or_else(|| usual.to_owned(), |row| row.needs.clone()))
    }
}

impl Limits {
    /// A limit must be one this kind of value can break; of a list, texts and numbers are limited item by item.
    fn fit(&self, kind: &Kind) -> Result<(), String> {
        let (list, item) = if let Kind::List(item) = kind { (true, item.as_ref()) } else { (false, kind) };
        let (text, number) = match item {
            Kind::String => (true, false),
            Kind::Int64 | Kind::Uint64 | Kind::Float => (false, true),
            Kind::Bool | Kind::Struct(_) | Kind::List(_) => (false, false),
        };
        let length = self.max_length.is_some() || self.min_length.is_some();
        if (length && (list || !text)) || (self.item_max_length.is_some() && !(list && text)) {
            return Err("length limits need a text, item_max_length a list of texts".to_owned());
        }
        if (self.pattern.is_some() || self.format.is_some()) && !text {
            return Err("pattern and format need a text".to_owned());
        }
        if (self.minimum.is_some() || self.maximum.is_some()) && !number {
            return Err("minimum and maximum need a number".to_owned());
        }
        if (self.min_items.is_some() || self.max_items.is_some()) && !list {
            return Err("min_items and max_items need a list".to_owned());
        }
        if !self.allowed.iter().all(|value| value.fits(item)) {
            return Err("an allowed value is of another type than the field".to_owned());
        }
        Ok(())
    }
}

impl Literal {
    fn fits(&self, kind: &Kind) -> bool {
        match kind {
            Kind::String => matches!(self, Literal::Text(_)),
            Kind::Int64 | Kind::Uint64 => matches!(self, Literal::Integer(_)),
            Kind::Float => matches!(self, Literal::Integer(_) | Literal::Float(_)),
            Kind::Bool => matches!(self, Literal::Bool(_)),
            Kind::Struct(_) | Kind::List(_) => false,
        }
    }
}

fn fields_of<T>(rows: &ByField<T>) -> impl Iterator<Item = (&String, &String)> {
    rows.iter().flat_map(|(owner, fields)| fields.keys().map(move |field| (owner, field)))
}

fn merge<T>(into: &mut ByField<T>, from: ByField<T>) -> Result<(), String> {
    for (owner, fields) in from {
        for (field, row) in fields {
            if into.entry(owner.clone()).or_default().insert(field.clone(), row).is_some() {
                return Err(format!("{owner}.{field} has a row in another file already"));
            }
        }
    }
    Ok(())
}
