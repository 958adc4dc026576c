//! How calls meet the fault rules of their world.

use ess_schemas::ActionContract;

use super::world::World;
use crate::domain::ids::OrganizationId;
use crate::domain::link::Opens;
use crate::domain::time::Timestamp;
use crate::faults::mentions::Mentions;
use crate::faults::rule::{Rule, Sight};
use crate::faults::{MountedRule, Strike, check, magic};

impl World {
    /// Adds a rule.
    ///
    /// # Errors
    /// It makes no sense, it names a company that is not here, or there is no room.
    pub fn mount_fault(&mut self, rule: Rule, now: Timestamp) -> Result<&MountedRule, String> {
        check::check(&rule)?;
        if let Some(stranger) = rule.organization.as_deref().filter(|wanted| !self.is_company(wanted)) {
            let known: Vec<&str> = self.directory.organizations.iter().map(|one| one.name.as_str()).collect();
            return Err(format!(
                "organization: this world has no `{stranger}`; its companies are {}",
                known.join(", ")
            ));
        }
        self.faults.mount(rule, now)
    }

    /// What is to be done to a call by the owner of a key of `company`: what its rules say, else what a magic name asks for.
    pub fn strike(
        &mut self,
        contract: &'static ActionContract,
        company: &OrganizationId,
        mentions: &Mentions,
        now: Timestamp,
    ) -> Option<Strike> {
        let strike = if self.faults.is_empty() {
            None
        } else {
            let call = self.sight(contract, company, mentions);
            self.faults.weigh(&call, now, |rule, call| self.ids.dice(rule, call))
        };
        strike.or_else(|| self.settings.magic_inputs.is_on().then(|| magic::strike(contract, mentions)).flatten())
    }

    /// Does a call unless the strike comes before it, and says what came of it and which strike was carried out. A call that is
    /// refused is left alone by a strike that waits for it.
    pub fn meet<R, E>(
        &mut self,
        strike: Option<Strike>,
        call: impl FnOnce(&mut Self) -> Result<R, E>,
    ) -> (Option<Result<R, E>>, Option<Strike>) {
        let happens = strike.as_ref().is_none_or(|strike| strike.happens);
        let done = happens.then(|| call(self));
        let refused = matches!(done, Some(Err(_)));
        let strike = strike.filter(|strike| !(refused && strike.spares_refusals));
        if let Some(strike) = &strike {
            self.faults.struck(&strike.rule);
        }
        (done, strike)
    }

    /// When a signing link made now is over at the latest: at once for those whose links are dead.
    pub(super) fn limited(&self, opens: &Opens, expires_at: Timestamp) -> Timestamp {
        let Opens::Signing { flow, recipient } = opens else { return expires_at };
        let signer = self.flows.get(flow.as_str()).and_then(|flow| flow.approver(recipient.as_str()));
        let dead = self.settings.magic_inputs.is_on() && signer.is_some_and(|one| magic::has_dead_links(&one.person));
        if dead { expires_at.min(self.now) } else { expires_at }
    }

    fn sight<'a>(
        &self,
        contract: &'static ActionContract,
        company: &OrganizationId,
        mentions: &'a Mentions,
    ) -> Sight<'a> {
        let members = mentions.agents.iter().filter_map(|id| self.company_called(id));
        let companies = members.chain([company.clone()]).flat_map(|id| {
            let name = self.directory.organizations.get(id.as_str()).map(|one| one.name.clone());
            [Some(id.to_string()), name].into_iter().flatten()
        });
        let organizations = companies.chain(mentions.agents.iter().cloned()).collect();
        let mut flows: Vec<String> = Vec::new();
        let mut flow_names = mentions.flow_names.clone();
        for text in &mentions.texts {
            let group = self.groups.get(text.as_str()).map(|group| group.flows.as_slice()).unwrap_or_default();
            let named = self.flows.get(text.as_str()).map(|flow| flow.id.clone());
            for flow in named.iter().chain(group).filter_map(|id| self.flows.get(id.as_str())) {
                flows.push(flow.id.to_string());
                flow_names.push(flow.name.clone());
            }
        }
        Sight { contract, organizations, flows, flow_names, mentions }
    }

    /// The company of this id, of this name, or that a platform calls so.
    fn company_called(&self, text: &str) -> Option<OrganizationId> {
        let organizations = &self.directory.organizations;
        let mut applications = self.directory.applications.iter();
        let own =
            organizations.iter().find(|one| one.id.as_str() == text || one.name == text).map(|one| one.id.clone());
        own.or_else(|| Some(applications.find_map(|one| one.customers().get(text))?.organization.clone()))
    }

    fn is_company(&self, text: &str) -> bool {
        self.company_called(text).is_some()
    }
}
