//! A platform's library of templates: what it offers its customers, who may have what, and what is handed to them.
//!
//! A customer claims an offered template in its console, or gets it pushed (`api TemplateInfo.ChannelAutoSave`); from then on it
//! has one of its own, which stays when the grant is taken back (`api OperateChannelTemplate`).

use imbl::OrdSet;
use serde::{Deserialize, Serialize};

use super::application::Application;
use super::ids::{ApplicationId, OpenId, TemplateId};
use super::refusal::Refusal;
use super::register::Registered;

/// A template of the platform's, offered to customers of one of its applications.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LibraryTemplate {
    /// The platform's template.
    pub template: TemplateId,
    /// The application.
    pub application: ApplicationId,
    /// Whom it is offered to.
    pub audience: Audience,
    /// Those it is granted to, where the audience is chosen.
    pub granted: OrdSet<OpenId>,
    /// Whether whom it is granted to gets it at once.
    pub pushes: bool,
    /// Whether it was published; then the audience is settled (`api OperateChannelTemplate.AuthTag`).
    pub published: bool,
}

impl Registered for LibraryTemplate {
    type Id = TemplateId;
    fn id(&self) -> &TemplateId {
        &self.template
    }
}

/// Whom a template is offered to (`AuthTag`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Every customer of the application.
    All,
    /// Those it is granted to.
    #[default]
    Part,
}

impl Audience {
    /// `AuthTag`.
    #[must_use]
    pub const fn wire(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Part => "part",
        }
    }

    /// The audience of this name.
    #[must_use]
    pub fn from_wire(word: &str) -> Option<Self> {
        [Self::All, Self::Part].into_iter().find(|one| one.wire() == word)
    }
}

impl LibraryTemplate {
    /// The customers it is offered to, all of them or those it is granted to.
    #[must_use]
    pub fn audience_of(&self, application: &Application) -> Vec<OpenId> {
        match self.audience {
            Audience::All => application.customers().iter().map(|one| one.open_id.clone()).collect(),
            Audience::Part => self.granted.iter().cloned().collect(),
        }
    }

    /// Whether this customer may have it.
    #[must_use]
    pub fn is_offered_to(&self, customer: &OpenId) -> bool {
        self.audience == Audience::All || self.granted.contains(customer)
    }

    /// Offers it to another audience.
    ///
    /// # Errors
    /// It was published already.
    pub fn offer_to(&mut self, audience: Audience) -> Result<(), Refusal> {
        if self.published && audience != self.audience {
            return Err(Refusal::TemplateAuthTagInvalid);
        }
        self.audience = audience;
        Ok(())
    }

    /// Grants it to a customer; whether that is new. Twice is no mistake (ASSUMED).
    ///
    /// # Errors
    /// The application has no such customer.
    pub fn grant(&mut self, customer: &str, application: &Application) -> Result<bool, Refusal> {
        let known = application.customers().get(customer);
        let known = known.ok_or_else(|| Refusal::OrganizationUnknown { organization: customer.to_owned() })?;
        Ok(self.granted.insert(known.open_id.clone()).is_none())
    }

    /// Takes the grant back.
    ///
    /// # Errors
    /// The customer has none.
    pub fn revoke(&mut self, customer: &str) -> Result<(), Refusal> {
        let taken = self.granted.remove(&OpenId::from(customer));
        taken.map(|_| ()).ok_or_else(|| Refusal::TemplateNotGranted { organization: customer.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::customer::Customer;

    fn offered() -> LibraryTemplate {
        LibraryTemplate {
            template: "template".into(),
            application: "app".into(),
            audience: Audience::Part,
            granted: OrdSet::new(),
            pushes: false,
            published: false,
        }
    }

    fn application() -> Application {
        let mut application = Application::new("app".into(), "platform".into(), "应用".into());
        application.put_customer(Customer::new("first".into(), "first-company".into()));
        application.put_customer(Customer::new("second".into(), "second-company".into()));
        application
    }

    #[test]
    fn a_grant_is_one_customers_and_can_be_taken_back_once() {
        let (mut offered, application) = (offered(), application());
        assert_eq!(offered.grant("first", &application), Ok(true));
        assert_eq!(offered.grant("first", &application), Ok(false));
        assert!(offered.grant("nobody", &application).is_err());
        assert!(offered.is_offered_to(&"first".into()) && !offered.is_offered_to(&"second".into()));
        assert_eq!(offered.revoke("first"), Ok(()));
        assert_eq!(offered.revoke("first"), Err(Refusal::TemplateNotGranted { organization: "first".into() }));
        assert!(offered.audience_of(&application).is_empty());
    }

    #[test]
    fn the_audience_is_settled_once_published() {
        let (mut offered, application) = (offered(), application());
        offered.offer_to(Audience::All).unwrap();
        assert_eq!(offered.audience_of(&application).len(), 2);
        offered.published = true;
        assert_eq!(offered.offer_to(Audience::All), Ok(()));
        assert_eq!(offered.offer_to(Audience::Part), Err(Refusal::TemplateAuthTagInvalid));
        assert!(offered.is_offered_to(&"second".into()));
    }
}
