//! A company's extended services, and the seals it lets partners use, inside a world.

use std::sync::Arc;

use super::world::{Outbox, World};
use crate::domain::consent::OnBehalf;
use crate::domain::customer::Downloads;
use crate::domain::event::{About, Event};
use crate::domain::extended_service::{ExtendedService, ExtendedServices, Switched};
use crate::domain::ids::OrganizationId;
use crate::domain::organization::Feature;
use crate::domain::refusal::Refusal;
use crate::domain::seal::SealKind;
use crate::domain::time::Timestamp;

impl World {
    /// Switches a service, for a platform's customer or a company itself. Whoever opens one may use it (ASSUMED).
    ///
    /// # Errors
    /// There is no such company.
    pub fn switch_service(
        &mut self,
        service: ExtendedService,
        open: bool,
        on_behalf: &OnBehalf,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<(), Refusal> {
        let id = on_behalf.organization.as_str();
        let unknown = || Refusal::OrganizationUnknown { organization: id.to_owned() };
        let number = self.directory.organizations.number(id).ok_or_else(unknown)?;
        let company = self.directory.organizations.at_mut(number).ok_or_else(unknown)?;
        company.services.switch(service, open, on_behalf.user.clone(), now);
        if open {
            company.services.let_use(service, on_behalf.user.clone());
        }
        match service {
            ExtendedService::AutoSign => company.auto_sign = open,
            ExtendedService::MobileCheckApprover if open => {
                company.lacks.remove(&Feature::MobileCheck);
            }
            ExtendedService::MobileCheckApprover => {
                company.lacks.insert(Feature::MobileCheck);
            }
            ExtendedService::DownloadFlow => self.let_download(on_behalf, open),
            ExtendedService::OverseaSign
            | ExtendedService::PagingSeal
            | ExtendedService::AgeLimitExpansion
            | ExtendedService::HideOperatorDisplay
            | ExtendedService::BatchSign
            | ExtendedService::AutoSignCanFillIn
            | ExtendedService::OcrFallback
            | ExtendedService::SmsNotices
            | ExtendedService::EmailNotices
            | ExtendedService::FlowApproval
            | ExtendedService::PasswordGuide
            | ExtendedService::HandwritingOneByOne
            | ExtendedService::HandwritingByDefault
            | ExtendedService::AppLoginLimit
            | ExtendedService::PcLoginLimit => (),
        }
        outbox.push(Event { at: now, about: About::Service(service, open, on_behalf.clone()) });
        Ok(())
    }

    /// Changes who of a company may use its services.
    pub fn let_use_service(&mut self, company: &OrganizationId, change: impl FnOnce(&mut ExtendedServices)) {
        let number = self.directory.organizations.number(company.as_str());
        if let Some(company) = number.and_then(|number| self.directory.organizations.at_mut(number)) {
            change(&mut company.services);
        }
    }

    /// Whether a customer's platform may download is between the two.
    fn let_download(&mut self, on_behalf: &OnBehalf, open: bool) {
        let application = on_behalf.application.as_ref().and_then(|id| self.directory.applications.get(id.as_str()));
        let Some(mut application) = application.map(|application| application.as_ref().clone()) else { return };
        let customer =
            application.customer_id(&on_behalf.organization).and_then(|id| application.customers().get(id.as_str()));
        let Some(mut customer) = customer.map(|customer| customer.as_ref().clone()) else { return };
        customer.downloads = if open { Downloads::Opened } else { Downloads::Closed };
        application.put_customer(customer);
        self.directory.applications.insert(application);
    }

    /// Whether a service is on, and who switched it last; for a platform's customer, or a company itself.
    #[must_use]
    pub fn service(
        &self,
        service: ExtendedService,
        organization: &OrganizationId,
        downloads: Downloads,
    ) -> (bool, Option<Switched>) {
        let Some(company) = self.directory.organizations.get(organization.as_str()) else { return (false, None) };
        let open = match service {
            ExtendedService::AutoSign => company.auto_sign,
            ExtendedService::MobileCheckApprover => !company.lacks.contains(&Feature::MobileCheck),
            ExtendedService::DownloadFlow => downloads == Downloads::Opened,
            ExtendedService::OverseaSign
            | ExtendedService::PagingSeal
            | ExtendedService::AgeLimitExpansion
            | ExtendedService::HideOperatorDisplay
            | ExtendedService::BatchSign
            | ExtendedService::AutoSignCanFillIn
            | ExtendedService::OcrFallback
            | ExtendedService::SmsNotices
            | ExtendedService::EmailNotices
            | ExtendedService::FlowApproval
            | ExtendedService::PasswordGuide
            | ExtendedService::HandwritingOneByOne
            | ExtendedService::HandwritingByDefault
            | ExtendedService::AppLoginLimit
            | ExtendedService::PcLoginLimit => company.services.is_open(service),
        };
        (open, company.services.switched.get(&service).cloned())
    }

    /// The granting side signs: partners' contracts may be sealed with seals of these kinds.
    ///
    /// # Errors
    /// A grant is there no longer.
    pub fn give_partner_grants(
        &mut self,
        keys: &[String],
        seals: &[SealKind],
        on_behalf: &OnBehalf,
        now: Timestamp,
        outbox: &mut Outbox,
    ) -> Result<(), Refusal> {
        let unknown = |key: &String| Refusal::PartnerGrantUnknown { partner: key.clone() };
        let grants = keys.iter().map(|key| self.directory.partner_grants.get(key.as_str()).ok_or_else(|| unknown(key)));
        let grants: Vec<_> = grants.collect::<Result<Vec<_>, _>>()?.into_iter().cloned().collect();
        for grant in grants {
            // A company whose machine is not on opens it by the same signature (`api ModifyPartnerAutoSignAuthUrl`).
            let granting = self.directory.organizations.get(grant.granting.as_str());
            if granting.is_some_and(|company| !company.auto_sign) {
                self.switch_service(ExtendedService::AutoSign, true, on_behalf, now, outbox)?;
            }
            let mut grant = grant.as_ref().clone();
            grant.give(on_behalf.user.clone(), seals.to_vec(), now);
            self.directory.partner_grants.insert(grant.clone());
            let partner = self.directory.organizations.get(grant.partner.as_str());
            let name = partner.map(|partner| partner.name.clone()).unwrap_or_default();
            outbox.push(Event { at: now, about: About::PartnerGrant(Arc::new(grant), name) });
        }
        Ok(())
    }
}
