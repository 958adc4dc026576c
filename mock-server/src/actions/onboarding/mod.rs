//! What both services do for companies that are to prove who they are: a platform for its customers, a company for those it guides.
//! Both keep them in an [`Application`](crate::domain::application::Application); which one is all that differs.

pub(in crate::actions) mod letter_again;
pub(in crate::actions) mod registrations;
pub(in crate::actions) mod wiping;
