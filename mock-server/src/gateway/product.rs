//! Which product and which action a request means. The version tells the product; the host and the credential scope do
//! not, because SDKs put anything there (wire: `127`, `localhost:8480`, `file`).

use ess_schemas::contract::{self, ActionContract, Service};

use super::fault::Fault;

/// Both products.
const SERVICES: [Service; 2] = [Service::Ess, Service::Essbasic];

/// The contract of the action that `version` and `action` name.
pub fn contract(version: &str, action: &str) -> Result<&'static ActionContract, Fault> {
    let service = SERVICES.into_iter().find(|service| service.version() == version).ok_or_else(|| {
        Fault::NoSuchVersion { version: version.to_owned(), service: probable_service(version, action) }
    })?;
    contract::action(service, current(service, action))
        .ok_or_else(|| Fault::InvalidAction { action: action.to_owned(), service })
}

/// The name an action has today. Two of `essbasic` are retired, and all official kits still call them; they are answered like
/// their successors, whose parameters they share (ASSUMED: `sdk` has both generations).
fn current(service: Service, action: &str) -> &str {
    match (service, action) {
        (Service::Essbasic, "ChannelCreateConvertTaskApi") => "CreateFileConvertTask",
        (Service::Essbasic, "ChannelGetTaskResultApi") => "DescribeFileConvertTask",
        (Service::Ess | Service::Essbasic, _) => action,
    }
}

/// The product that an unknown version was probably meant for, to name it in the fault.
fn probable_service(version: &str, action: &str) -> Service {
    // essbasic had this version before the one served here (sdk).
    let older_essbasic = version == "2020-12-22";
    let only_in_essbasic =
        contract::action(Service::Ess, action).is_none() && contract::action(Service::Essbasic, action).is_some();
    if older_essbasic || only_in_essbasic { Service::Essbasic } else { Service::Ess }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_that_both_products_have_is_told_apart_by_its_version() {
        assert_eq!(
            contract("2020-11-11", "CreateSealByImage").map(|it| it.service),
            Err(Fault::InvalidAction { action: "CreateSealByImage".into(), service: Service::Ess })
        );
        assert_eq!(contract("2020-11-11", "CreatePreparedPersonalEsign").unwrap().service, Service::Ess);
        assert_eq!(contract("2020-11-11", "ModifyFlowDeadline").unwrap().service, Service::Ess);
        assert_eq!(contract("2021-05-26", "ModifyFlowDeadline").unwrap().service, Service::Essbasic);
    }

    #[test]
    fn retired_names_mean_their_successors() {
        let name = |version, action| contract(version, action).map(|it| it.name);
        assert_eq!(name("2021-05-26", "ChannelCreateConvertTaskApi"), Ok("CreateFileConvertTask"));
        assert_eq!(name("2021-05-26", "ChannelGetTaskResultApi"), Ok("DescribeFileConvertTask"));
        assert!(name("2020-11-11", "ChannelGetTaskResultApi").is_err(), "they are essbasic's alone");
    }

    #[test]
    fn an_unknown_version_is_refused_in_the_name_of_the_product_that_has_the_action() {
        let refused = |version: &str, action: &str| contract(version, action).unwrap_err();

        assert_eq!(
            refused("2019-01-01", "StartFlow"),
            Fault::NoSuchVersion { version: "2019-01-01".into(), service: Service::Ess }
        );
        assert_eq!(
            refused("2019-01-01", "ChannelCreateFlowByFiles"),
            Fault::NoSuchVersion { version: "2019-01-01".into(), service: Service::Essbasic }
        );
    }
}
