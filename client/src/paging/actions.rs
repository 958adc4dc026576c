//! Which actions answer lists, and how each counts. (api of each action; where a text only calls `Offset` an offset, it counts records:
//! ASSUMED, as the word says)
//!
//! Three actions with `Offset` and `Limit` are not here: `DescribeExtendedServiceAuthDetail` of both services answers two lists side by
//! side, `OperateChannelTemplate` changes something, and no source says what `DescribeEnterpriseContractReviewChecklists` counts.

use ess_schemas::{Action, Service, ess, essbasic};

use super::values::{List, Number};
use super::{Counted, Paged, Place};

macro_rules! paged {
    ($($service:ident::$request:ident: $list:ident of $item:ident, $counted:ident up to $largest:literal $(, of $total:ident)?;)*) => {
        /// Every action that can be read page by page.
        pub const PAGED: &[(Service, &str)] = &[$((<$service::$request as Action>::SERVICE, <$service::$request as Action>::NAME)),*];

        $(
            impl Paged for $service::$request {
                type Item = $service::$item;
                const COUNTED: Counted = Counted::$counted;
                const LARGEST: u64 = $largest;

                fn place(&self) -> Place {
                    let number = |number: Option<u64>| number.unwrap_or_default();
                    Place { offset: number(self.offset.value()), limit: number(self.limit.value()) }
                }

                fn turn(&mut self, to: Place) {
                    self.offset = Number::of(to.offset);
                    self.limit = Number::of(to.limit);
                }

                fn open(response: Self::Response) -> (Vec<Self::Item>, Option<u64>) {
                    let total: Option<u64> = None;
                    $(let total = total.or(response.$total.value());)?
                    (response.$list.items(), total)
                }
            }
        )*
    };
}

paged! {
    ess::DescribeBillUsageDetailRequest: details of BillUsageDetail, Pages up to 100, of total;
    ess::DescribeFileUrlsRequest: file_urls of FileUrl, Pages up to 100, of total_count;
    ess::DescribeFlowTemplatesRequest: templates of TemplateInfo, Records up to 200, of total_count;
    ess::DescribeIntegrationEmployeesRequest: employees of Staff, Records up to 20, of total_count;
    ess::DescribeIntegrationRolesRequest: integrate_roles of IntegrateRole, Records up to 200, of total_count;
    // The text says 200, an example of a refusal 1000: 200 is right either way.
    ess::DescribeOrganizationGroupOrganizationsRequest: list of GroupOrganization, Records up to 200, of total;
    ess::DescribeOrganizationSealsRequest: seals of OccupiedSeal, Pages up to 200, of total_count;
    ess::DescribeSingleSignOnEmployeesRequest: employees of SingleSignOnEmployees, Records up to 200;
    essbasic::ChannelDescribeBillUsageDetailRequest: details of ChannelBillUsageDetail, Pages up to 100, of total;
    essbasic::ChannelDescribeEmployeesRequest: employees of Staff, Records up to 20, of total_count;
    essbasic::ChannelDescribeOrganizationSealsRequest: seals of OccupiedSeal, Records up to 100, of total_count;
    essbasic::ChannelDescribeRolesRequest: channel_roles of ChannelRole, Pages up to 200, of total_count;
    essbasic::DescribeChannelOrganizationsRequest: channel_organization_infos of ChannelOrganizationInfo, Records up to 200, of total;
    essbasic::DescribeTemplatesRequest: templates of TemplateInfo, Records up to 100, of total_count;
    essbasic::DescribeUsageRequest: details of UsageDetail, Pages up to 1000, of total;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_with_offset_and_limit_is_paged_or_named_as_one_that_is_not() {
        let not_paged = [
            (Service::Ess, "DescribeExtendedServiceAuthDetail"),
            (Service::Essbasic, "DescribeExtendedServiceAuthDetail"),
            (Service::Essbasic, "OperateChannelTemplate"),
            (Service::Ess, "DescribeEnterpriseContractReviewChecklists"),
        ];
        let mut expected: Vec<_> = Service::ALL
            .into_iter()
            .flat_map(ess_schemas::actions)
            .filter(|action| ["Offset", "Limit"].iter().all(|name| action.request.field(name).is_some()))
            .map(|action| (action.service, action.name))
            .filter(|action| !not_paged.contains(action))
            .collect();
        expected.sort_by_key(|(service, name)| (service.name(), *name));

        assert_eq!(PAGED, expected);
    }

    #[test]
    fn a_place_goes_into_a_request_and_comes_back_whatever_the_types_of_its_fields() {
        fn through<A: Paged + Default>() {
            let mut request = A::default();
            assert_eq!(request.place(), Place { offset: 0, limit: 0 });
            request.turn(Place { offset: 7, limit: 50 });
            assert_eq!(request.place(), Place { offset: 7, limit: 50 });
        }
        through::<ess::DescribeFlowTemplatesRequest>();
        through::<ess::DescribeOrganizationSealsRequest>();
        through::<ess::DescribeOrganizationGroupOrganizationsRequest>();
        through::<essbasic::ChannelDescribeEmployeesRequest>();
        through::<essbasic::ChannelDescribeRolesRequest>();
    }
}
