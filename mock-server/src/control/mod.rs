//! `/_mock/...`: everything a test needs that the vendor does not offer.
//!
//! A surface of its own, off the API's paths: it speaks plain JSON, plain HTTP statuses and plain English, and knows nothing
//! of the vendor's envelope. It shows what the domain knows and lets a test act as anybody; every change goes through the
//! world's one door like any call. [`openapi`] describes all of it, and a test holds that description, the routes and real
//! answers together.

mod acts;
mod addresses;
mod by_hand;
mod catalogues;
mod clock;
mod closing;
mod customers;
mod deliveries;
mod disorder;
mod employees;
mod errors;
mod faults;
mod flows;
mod guard;
mod health;
mod invalidation;
mod library;
mod members;
mod notices;
mod openapi;
mod quota;
mod request;
mod requests;
mod reset;
mod scenarios;
mod seals;
mod settings;
mod snapshots;
mod wait;
mod words;
mod world;
mod worlds;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::Router;
use axum::middleware;
use axum::routing::{MethodRouter, any, delete, get, patch, post, put};
use http::{Method, Uri};

use crate::engine::registry::Registry;
use crate::gateway::signature::SignatureClock;
use errors::Failure;

/// How the control API is protected, and what it says of the server.
#[derive(Clone, Default)]
pub struct ControlOptions {
    /// When set, every route but `/_mock/health` asks for it as `Authorization: Bearer <token>`.
    pub token: Option<String>,
    /// The clock that signatures expire by; shown by `/_mock/health`.
    pub signature_clock: SignatureClock,
}

impl std::fmt::Debug for ControlOptions {
    /// Without the token: secrets stay out of logs.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ControlOptions {{ token: {} }}", if self.token.is_some() { "set" } else { "none" })
    }
}

/// What every route may use.
struct Control {
    registry: Arc<Registry>,
    options: ControlOptions,
}

/// Everything under `/_mock`, to be merged into the server's router.
pub fn router(registry: Arc<Registry>, options: ControlOptions) -> Router {
    let control = Arc::new(Control { registry, options });
    let routes = routes().into_iter().fold(Router::new(), |router, (_, path, handler)| router.route(path, handler));
    routes
        .method_not_allowed_fallback(wrong_method)
        .route("/_mock", any(no_such_path))
        .route("/_mock/", any(no_such_path))
        .route("/_mock/{*rest}", any(no_such_path))
        .layer(middleware::from_fn_with_state(control.clone(), guard::guard))
        .with_state(control)
}

/// Every route, as [`openapi`] describes it.
fn routes() -> Vec<(Method, &'static str, MethodRouter<Arc<Control>>)> {
    vec![
        (Method::GET, "/_mock/health", get(health::show)),
        (Method::GET, "/_mock/openapi.json", get(openapi::show)),
        (Method::GET, "/_mock/world", get(world::show)),
        (Method::GET, "/_mock/worlds", get(worlds::list)),
        (Method::POST, "/_mock/worlds", post(worlds::add)),
        (Method::DELETE, "/_mock/worlds/{alias}", delete(worlds::remove)),
        (Method::GET, "/_mock/snapshots", get(snapshots::list)),
        (Method::POST, "/_mock/snapshots", post(snapshots::take)),
        (Method::GET, "/_mock/snapshots/{name}", get(snapshots::export)),
        (Method::PUT, "/_mock/snapshots/{name}", put(snapshots::import)),
        (Method::DELETE, "/_mock/snapshots/{name}", delete(snapshots::remove)),
        (Method::POST, "/_mock/snapshots/{name}/restore", post(snapshots::restore)),
        (Method::GET, "/_mock/clock", get(clock::show)),
        (Method::POST, "/_mock/clock", post(clock::change)),
        (Method::POST, "/_mock/wait", post(wait::wait)),
        (Method::POST, "/_mock/reset", post(reset::reset)),
        (Method::GET, "/_mock/flows", get(flows::list)),
        (Method::GET, "/_mock/flows/{id}", get(flows::show)),
        (Method::POST, "/_mock/flows/{id}/sign", post(acts::sign)),
        (Method::POST, "/_mock/flows/{id}/reject", post(acts::reject)),
        (Method::POST, "/_mock/flows/{id}/fill", post(acts::fill)),
        (Method::POST, "/_mock/flows/{id}/invalidate", post(invalidation::invalidate)),
        (Method::GET, "/_mock/employees", get(employees::list)),
        (Method::POST, "/_mock/employees", post(employees::ask)),
        (Method::POST, "/_mock/employees/{id}/admit", post(employees::admit)),
        (Method::POST, "/_mock/sign-on", post(employees::sign_on)),
        (Method::POST, "/_mock/auth-codes", post(employees::issue_code)),
        (Method::GET, "/_mock/callbacks/addresses", get(addresses::list)),
        (Method::POST, "/_mock/callbacks/addresses", post(addresses::add)),
        (Method::DELETE, "/_mock/callbacks/addresses/{id}", delete(addresses::remove)),
        (Method::PUT, "/_mock/callbacks/addresses/{id}", put(addresses::replace)),
        (Method::PATCH, "/_mock/callbacks/addresses/{id}", patch(addresses::change)),
        (Method::GET, "/_mock/callbacks/disorder", get(disorder::show)),
        (Method::PUT, "/_mock/callbacks/disorder", put(disorder::change)),
        (Method::GET, "/_mock/callbacks/deliveries", get(deliveries::list)),
        (Method::GET, "/_mock/callbacks/deliveries/{id}", get(deliveries::show)),
        (Method::POST, "/_mock/callbacks/deliveries/resend", post(deliveries::resend_range)),
        (Method::POST, "/_mock/callbacks/deliveries/{id}/resend", post(deliveries::resend)),
        (Method::POST, "/_mock/callbacks/send", post(by_hand::send)),
        (Method::GET, "/_mock/callbacks/messages", get(catalogues::messages)),
        (Method::GET, "/_mock/callbacks/hostile", get(catalogues::hostile)),
        (Method::POST, "/_mock/scenarios/record", post(scenarios::record)),
        (Method::GET, "/_mock/settings", get(settings::show)),
        (Method::PUT, "/_mock/settings", put(settings::change)),
        (Method::GET, "/_mock/faults", get(faults::list)),
        (Method::POST, "/_mock/faults", post(faults::add)),
        (Method::DELETE, "/_mock/faults", delete(faults::clear)),
        (Method::GET, "/_mock/faults/magic", get(faults::magic)),
        (Method::GET, "/_mock/faults/{id}", get(faults::show)),
        (Method::DELETE, "/_mock/faults/{id}", delete(faults::remove)),
        (Method::POST, "/_mock/library/{id}/claims", post(library::claim)),
        (Method::GET, "/_mock/organizations/{id}/quota", get(quota::show)),
        (Method::PUT, "/_mock/organizations/{id}/quota", put(quota::change)),
        (Method::POST, "/_mock/organizations/{id}/close", post(closing::close)),
        (Method::GET, "/_mock/members", get(members::list)),
        (Method::POST, "/_mock/members", post(members::happen)),
        (Method::GET, "/_mock/customers", get(customers::list)),
        (Method::POST, "/_mock/customers", post(customers::happen)),
        (Method::GET, "/_mock/seals", get(seals::list)),
        (Method::GET, "/_mock/seals/{id}", get(seals::show)),
        (Method::DELETE, "/_mock/seals/{id}", delete(seals::remove)),
        (Method::POST, "/_mock/seals/{id}/review", post(seals::review)),
        (Method::POST, "/_mock/seals/{id}/enable", post(seals::enable)),
        (Method::POST, "/_mock/seals/{id}/disable", post(seals::disable)),
        (Method::POST, "/_mock/flows/{id}/apply-for-seal", post(seals::apply)),
        (Method::GET, "/_mock/notices", get(notices::list)),
        (Method::GET, "/_mock/requests", get(requests::list)),
        (Method::DELETE, "/_mock/requests", delete(requests::clear)),
        (Method::POST, "/_mock/requests/verify", post(requests::verify)),
        (Method::GET, "/_mock/requests/{id}", get(requests::show)),
    ]
}

async fn no_such_path(uri: Uri) -> Failure {
    Failure::not_found(format!("There is no {}. What there is stands in /_mock/openapi.json.", uri.path()))
}

async fn wrong_method(method: Method, uri: Uri) -> Failure {
    let path = uri.path();
    Failure::wrong_method(format!(
        "{path} does not serve {method}. The header Allow names what it serves, /_mock/openapi.json describes it."
    ))
}
