//! One contract from PDF to signed download, through the reference client.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use ess_client::callback::Event;
use ess_client::{Client, Error};
use ess_mock_server::documents::inspect;
use ess_schemas::callbacks::AnyMessage;
use ess_schemas::ess;
use serde_json::json;

use crate::callback_receiver::CallbackReceiver;
use crate::stage::{Stage, http};

const PDF: &[u8] = include_bytes!("../../fixtures/pdf/keywords.pdf");
const PERSON: (&str, &str) = ("张三", "15912345678");

/// A stage, a receiver it tells everything, and a contract: a person signs, then the company's seal is set by itself.
pub(crate) struct Launched {
    pub(crate) stage: Stage,
    pub(crate) receiver: CallbackReceiver,
    client: Client,
    flow: String,
}

impl Launched {
    pub(crate) async fn launch() -> Self {
        let stage = Stage::set().await;
        let receiver = CallbackReceiver::start(&stage.value("CALLBACK_KEY"), &stage.value("CALLBACK_TOKEN")).await;
        stage.control("callbacks/addresses", &json!({ "url": receiver.url })).await;
        let client = stage.client();
        let file = upload(&client).await;
        let request = ess::CreateFlowByFilesRequest {
            operator: stage.operator(),
            flow_name: "采购合同".into(),
            file_ids: vec![file],
            approvers: Some(vec![person(), auto_sign(&stage.value("SEAL_ID"))]),
            ..Default::default()
        };
        let flow = client.call(&request).await.unwrap().response.flow_id;
        Self { stage, receiver, client, flow }
    }

    pub(crate) async fn status(&self) -> i64 {
        let request = ess::DescribeFlowBriefsRequest {
            operator: self.stage.operator(),
            flow_ids: vec![self.flow.clone()],
            ..Default::default()
        };
        self.client.call(&request).await.unwrap().flow_briefs[0].flow_status
    }

    /// The person's link, made now.
    pub(crate) async fn sign_url(&self) -> String {
        let wanted = ess::FlowCreateApprover {
            approver_type: 1,
            approver_name: Some(PERSON.0.into()),
            approver_mobile: Some(PERSON.1.into()),
            ..Default::default()
        };
        let request = ess::CreateFlowSignUrlRequest {
            operator: Some(self.stage.operator()),
            flow_id: self.flow.clone(),
            flow_approver_infos: Some(vec![wanted]),
            ..Default::default()
        };
        self.client.call(&request).await.unwrap().flow_approver_url_infos[0].sign_url.clone()
    }

    /// Opens the person's link as their script would, and does `wish` there.
    async fn at_the_signing_page(&self, wish: serde_json::Value) -> serde_json::Value {
        let http = http();
        let page = http.get(self.sign_url().await).send().await.unwrap();
        let url = page.url().clone();
        assert!(page.text().await.unwrap().contains("采购合同"));
        let act = http.post(url).header("Content-Type", "application/json").body(wish.to_string());
        let answer = act.send().await.unwrap();
        assert_eq!(answer.status(), 200);
        serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap()
    }

    async fn cancel(&self) -> Result<(), Error> {
        let request = ess::CancelFlowRequest {
            operator: self.stage.operator(),
            flow_id: self.flow.clone(),
            cancel_message: "不签了".into(),
            ..Default::default()
        };
        self.client.call(&request).await.map(|_| ())
    }
}

async fn upload(client: &Client) -> String {
    let file = ess::UploadFile { file_name: Some("合同.pdf".into()), file_body: BASE64_STANDARD.encode(PDF) };
    let request = ess::UploadFilesRequest {
        business_type: "DOCUMENT".into(),
        file_infos: Some(vec![file]),
        ..Default::default()
    };
    client.call(&request).await.unwrap().file_ids[0].clone()
}

fn person() -> ess::ApproverInfo {
    let component = ess::Component {
        component_type: "SIGN_SIGNATURE".into(),
        component_page: Some(1),
        component_pos_x: Some(320.0),
        component_pos_y: Some(560.0),
        component_width: Some(120.0),
        component_height: Some(50.0),
        ..Default::default()
    };
    ess::ApproverInfo {
        approver_type: 1,
        approver_name: Some(PERSON.0.into()),
        approver_mobile: Some(PERSON.1.into()),
        sign_components: Some(vec![component]),
        ..Default::default()
    }
}

fn auto_sign(seal: &str) -> ess::ApproverInfo {
    let component = ess::Component {
        component_type: "SIGN_SEAL".into(),
        generate_mode: Some("KEYWORD".into()),
        component_id: Some("乙方签字".into()),
        component_width: Some(90.0),
        component_height: Some(90.0),
        component_value: Some(seal.into()),
        ..Default::default()
    };
    ess::ApproverInfo { approver_type: 3, sign_components: Some(vec![component]), ..Default::default() }
}

#[tokio::test]
async fn a_contract_goes_from_pdf_to_signed_download() {
    let launched = Launched::launch().await;
    assert_eq!(launched.status().await, 1);

    let page = launched.at_the_signing_page(json!({ "action": "sign" })).await;
    assert_eq!(page["standing"], "signed", "{page}");
    launched.stage.advance("10s").await;

    assert_eq!(launched.status().await, 4);
    assert_eq!(launched.receiver.story(), ["BillingUse", "FlowCost", "start", "sign", "sign", "finish"]);
    let last = launched.receiver.messages().pop().unwrap();
    let Event::Company(AnyMessage::FlowStatusChange(change)) = last.event() else { panic!("{last:?}") };
    assert_eq!((change.flow_id.as_str(), change.flow_callback_status), (launched.flow.as_str(), 4));

    let request = ess::DescribeFileUrlsRequest {
        operator: launched.stage.operator(),
        business_type: "FLOW".into(),
        business_ids: vec![launched.flow.clone()],
        ..Default::default()
    };
    let url = launched.client.call(&request).await.unwrap().file_urls[0].url.clone();
    let signed = http().get(url).send().await.unwrap().bytes().await.unwrap();
    assert!(signed.len() > PDF.len() && signed.starts_with(PDF), "the uploaded bytes stay a prefix");
    assert_eq!(inspect(&signed).unwrap().pages, inspect(PDF).unwrap().pages);

    let refused = launched.cancel().await.unwrap_err();
    assert_eq!(refused.code(), Some("OperationDenied.FlowHasTerminated"));
    assert_eq!(refused.message(), Some("此流程已经终止，当前所有参与者签署"));
    assert!(refused.request_id().is_some());
}

#[tokio::test]
async fn a_signer_rejects_with_a_reason() {
    let launched = Launched::launch().await;

    launched.at_the_signing_page(json!({ "action": "reject", "message": "价格不对" })).await;
    launched.stage.advance("0s").await;

    assert_eq!(launched.status().await, 3);
    let last = launched.receiver.messages().pop().unwrap();
    let Event::Company(AnyMessage::FlowStatusChange(change)) = last.event() else { panic!("{last:?}") };
    assert_eq!((change.operate.as_str(), change.flow_message.as_str()), ("reject", "价格不对"));
}

#[tokio::test]
async fn a_contract_is_withdrawn_once() {
    let launched = Launched::launch().await;

    launched.cancel().await.unwrap();

    assert_eq!(launched.status().await, 6);
    assert!(launched.cancel().await.is_err());
}
