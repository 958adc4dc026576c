//! What the page shows.

use askama::Template;
use serde_json::{Value, json};

use crate::domain::consent::{Consent, OnBehalf};
use crate::domain::ids::OrganizationId;
use crate::domain::seal::{Applied, SealKind};
use crate::engine::world::World;
use crate::pages::manner::Refresh;
use crate::pages::place::Place;
use crate::pages::words::Language;

/// What is asked, and whether it was answered.
pub(super) struct Sight {
    /// Whether the answer was given.
    pub(super) done: bool,
    headline: &'static str,
    rows: Vec<(&'static str, String)>,
    asks: Asks,
    can_refuse: bool,
}

/// What the visitor must say of themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asks {
    Nothing,
    Name,
    Mobile,
}

impl Sight {
    pub(super) fn of(world: &World, consent: &Consent, done: bool, language: Language) -> Self {
        let company = |id: &OrganizationId| {
            world.directory.organizations.get(id.as_str()).map(|one| one.name.clone()).unwrap_or_default()
        };
        let who = |on_behalf: &OnBehalf| (language.pick("企业", "Company"), company(&on_behalf.organization));
        let mut sight = Self { done, headline: "", rows: Vec::new(), asks: Asks::Nothing, can_refuse: false };
        match consent {
            Consent::Service { service, on_behalf } => {
                sight.headline = language.pick("开通扩展服务", "Open a service");
                sight.rows = vec![who(on_behalf), (language.pick("服务", "Service"), service.label().to_owned())];
            }
            Consent::PartnerGrants { grants, seals, .. } => {
                sight.headline = language.pick("授权合作企业自动签署", "Let partners' contracts be sealed");
                let found = grants.iter().filter_map(|key| world.directory.partner_grants.get(key.as_str()));
                let row = |granting: &OrganizationId, partner: &OrganizationId| {
                    (language.pick("授权", "Grant"), format!("{} → {}", company(granting), company(partner)))
                };
                sight.rows = found.map(|one| row(&one.granting, &one.partner)).collect();
                sight.rows.push((language.pick("印章", "Seals"), kinds(seals, language)));
            }
            Consent::AutoSign { key } | Consent::AutoSignSeal { key } => {
                let opens = matches!(consent, Consent::AutoSign { .. });
                sight.headline = if opens {
                    language.pick("开通个人自动签", "Let a machine sign for you")
                } else {
                    language.pick("设置自动签印章", "Choose what it signs with")
                };
                if let Some(one) = world.directory.auto_signs.get(key.as_str()) {
                    sight.rows = vec![
                        (language.pick("企业", "Company"), company(&one.organization)),
                        (language.pick("姓名", "Name"), one.person.name.clone()),
                        (language.pick("场景", "Scene"), one.scene.clone()),
                    ];
                }
                sight.asks = if opens { Asks::Mobile } else { Asks::Nothing };
            }
            Consent::SealUse { workflow } => {
                sight.headline = language.pick("用印审批", "May this seal be used?");
                sight.can_refuse = true;
                if let Some(one) = world.directory.seal_workflows.get(workflow.as_str()) {
                    let seal = world.directory.seals.get(one.seal.as_str()).map(|seal| seal.name.clone());
                    let flow = world.flows.get(one.flow.as_str()).map(|flow| flow.name.clone());
                    let applicant = world.directory.employees.get(one.applicant.as_str()).map(|one| one.name.clone());
                    sight.rows = vec![
                        (language.pick("印章", "Seal"), seal.unwrap_or_default()),
                        (language.pick("合同", "Contract"), flow.unwrap_or_default()),
                        (language.pick("申请人", "Who asks"), applicant.unwrap_or_default()),
                    ];
                    sight.done = sight.done || one.applied != Applied::Waiting;
                }
            }
            Consent::LegalSeal { on_behalf } => {
                sight.headline = language.pick("创建法定代表人章", "Make the legal person's seal");
                sight.rows = vec![who(on_behalf)];
                sight.asks = Asks::Name;
            }
            Consent::EmployeeSeal { on_behalf, hint, .. } => {
                sight.headline = language.pick("授权员工执业章", "Lend the seal of your profession");
                sight.rows = vec![who(on_behalf), (language.pick("说明", "Note"), hint.clone())];
                sight.asks = Asks::Mobile;
            }
        }
        sight
    }

    /// The same for scripts.
    pub(super) fn twin(&self, href: String) -> Value {
        let body = match self.asks {
            Asks::Nothing => json!({ "action": "agree" }),
            Asks::Name => json!({ "action": "agree", "name": "<name>" }),
            Asks::Mobile => json!({ "action": "agree", "mobile": "<mobile>" }),
        };
        let agree = json!({ "action": "agree", "method": "POST", "href": href, "body": body });
        let refuse = json!({ "action": "refuse", "method": "POST", "href": href, "body": { "action": "refuse" } });
        let offered = (!self.done).then_some(agree).into_iter();
        let offered = offered.chain((!self.done && self.can_refuse).then_some(refuse));
        json!({
            "page": self.headline,
            "done": self.done,
            "shows": self.rows.iter().map(|(name, detail)| json!({ "name": name, "detail": detail })).collect::<Vec<_>>(),
            "actions": offered.collect::<Vec<_>>(),
        })
    }
}

fn kinds(seals: &[SealKind], language: Language) -> String {
    if seals.is_empty() {
        return language.pick("全部", "all").to_owned();
    }
    seals.iter().map(|kind| kind.wire()).collect::<Vec<_>>().join(language.pick("、", ", "))
}

/// The page, ready to be filled in.
#[derive(Template)]
#[template(path = "consent.html")]
pub(super) struct ConsentPage<'a> {
    language: Language,
    root: &'static str,
    switch: Option<String>,
    refresh: Option<Refresh>,
    headline: &'static str,
    done: bool,
    rows: &'a [(&'static str, String)],
    asks_name: bool,
    asks_mobile: bool,
    can_refuse: bool,
    form: String,
    back: Option<&'a str>,
}

impl<'a> ConsentPage<'a> {
    pub(super) fn new(sight: &'a Sight, place: &Place, back: Option<&'a str>) -> Self {
        Self {
            language: place.language,
            root: place.root,
            switch: place.switch(),
            refresh: None,
            headline: sight.headline,
            done: sight.done,
            rows: &sight.rows,
            asks_name: sight.asks == Asks::Name,
            asks_mobile: sight.asks == Asks::Mobile,
            can_refuse: sight.can_refuse,
            form: place.href(),
            back,
        }
    }
}
