//! Whom to ask where a contract stands.

use std::pin::Pin;

use ess_schemas::{ess, essbasic};

use crate::tracker::Report;
use crate::{Client, Error};

/// An answer to come: the report, nothing if the service does not show such a contract, or why there is no answer.
pub type Asked<'a> = Pin<Box<dyn Future<Output = Result<Option<Report>, Error>> + Send + 'a>>;

/// Somebody who knows where contracts stand: [`CompanyFlows`], [`PlatformFlows`], or your own.
pub trait FlowSource: Sync {
    /// Asks once.
    fn describe<'a>(&'a self, flow_id: &'a str) -> Asked<'a>;
}

/// A company's contracts: `DescribeFlowBriefs`, or `DescribeFlowInfo` with the signers.
#[derive(Clone, Debug)]
pub struct CompanyFlows<'c> {
    client: &'c Client,
    operator: ess::UserInfo,
    agent: Option<ess::Agent>,
    with_signers: bool,
}

impl<'c> CompanyFlows<'c> {
    /// Asks for the status alone, as `operator`.
    pub fn new(client: &'c Client, operator: ess::UserInfo) -> Self {
        Self { client, operator, agent: None, with_signers: false }
    }

    /// Asks on behalf of a member organization of the group.
    pub fn on_behalf_of(self, agent: ess::Agent) -> Self {
        Self { agent: Some(agent), ..self }
    }

    /// Asks for the signers too. The vendor allows fewer such calls a second. (page of each action)
    pub fn with_signers(self) -> Self {
        Self { with_signers: true, ..self }
    }
}

impl FlowSource for CompanyFlows<'_> {
    fn describe<'a>(&'a self, flow_id: &'a str) -> Asked<'a> {
        let flow_ids = vec![flow_id.to_owned()];
        let (operator, agent) = (self.operator.clone(), self.agent.clone());
        if self.with_signers {
            let request = ess::DescribeFlowInfoRequest {
                operator: Some(operator),
                flow_ids: Some(flow_ids),
                agent,
                ..Default::default()
            };
            return Box::pin(async move {
                let reply = self.client.call(&request).await?;
                Ok(reply.flow_detail_infos.iter().find(|flow| flow.flow_id == flow_id).map(Report::from))
            });
        }
        let request = ess::DescribeFlowBriefsRequest { operator, flow_ids, agent };
        Box::pin(async move {
            let reply = self.client.call(&request).await?;
            Ok(reply.flow_briefs.iter().find(|flow| flow.flow_id == flow_id).map(Report::from))
        })
    }
}

/// The contracts of a platform's customer: `DescribeFlowDetailInfo` of `essbasic`.
#[derive(Clone, Debug)]
pub struct PlatformFlows<'c> {
    client: &'c Client,
    agent: essbasic::Agent,
}

impl<'c> PlatformFlows<'c> {
    /// Asks as the customer that `agent` names.
    pub fn new(client: &'c Client, agent: essbasic::Agent) -> Self {
        Self { client, agent }
    }
}

impl FlowSource for PlatformFlows<'_> {
    fn describe<'a>(&'a self, flow_id: &'a str) -> Asked<'a> {
        let request = essbasic::DescribeFlowDetailInfoRequest {
            agent: self.agent.clone(),
            flow_ids: Some(vec![flow_id.to_owned()]),
            ..Default::default()
        };
        Box::pin(async move {
            let reply = self.client.call(&request).await?;
            Ok(reply.flow_info.iter().find(|flow| flow.flow_id == flow_id).map(Report::from))
        })
    }
}
