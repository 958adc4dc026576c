//! `ess-mock demo`: one contract's whole life, played through the reference client with a built-in callback receiver.
//!
//! The clock stands still and is moved by the demo, so that nobody waits for "seconds later".

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use ess_client::callback::{self, CallbackKey, Received, Receiver};
use ess_client::http::Trust;
use ess_client::schemas::ess::{
    ApproverInfo, Caller, CancelFlowRequest, Component, CreateFlowByFilesRequest, CreateFlowSignUrlRequest,
    CreateSchemeUrlRequest, DescribeFileUrlsRequest, DescribeFlowBriefsRequest, DescribeFlowInfoRequest,
    FlowCreateApprover, UploadFile, UploadFilesRequest, UserInfo,
};
use ess_client::{Action, Client, Credentials, Reply, RetryPolicy};
use ess_mock_server::MockServer;
use ess_mock_server::documents::sample_contract;
use ess_mock_server::engine::advance::{Target, advance};
use ess_mock_server::engine::clock::EdgeTime;
use tokio::net::TcpListener;

use super::say;

/// Everything the story needs.
struct Stage {
    server: MockServer,
    client: Client,
    browser: reqwest::Client,
    cast: Cast,
    /// Whether the document is the built-in sample, whose words are known.
    sample: bool,
}

/// Who plays.
struct Cast {
    operator: UserInfo,
    operator_name: String,
    operator_mobile: String,
    organization: String,
    seal: String,
}

pub(super) async fn demo(pdf: Option<&Path>, out: &Path) -> Result<(), String> {
    let document = match pdf {
        Some(path) => std::fs::read(path).map_err(|error| format!("--pdf {}: {error}", path.display()))?,
        None => sample_contract().to_vec(),
    };
    let stage = Stage::set(pdf.is_none()).await?;
    let signed = stage.play(&document).await?;
    std::fs::write(out, &signed).map_err(|error| format!("--out {}: {error}", out.display()))?;
    say(&format!("\n签署完成的合同 the signed contract: {} ({} bytes)", out.display(), signed.len()));
    stage.server.stop().await;
    Ok(())
}

impl Stage {
    async fn set(sample: bool) -> Result<Self, String> {
        let listener =
            TcpListener::bind("127.0.0.1:0").await.map_err(|error| format!("no port for the receiver: {error}"))?;
        let receiver = listener.local_addr().map_err(|error| error.to_string())?;
        let server = MockServer::builder()
            .frozen()
            .callback_url(format!("http://{receiver}/callback"))
            .start()
            .await
            .map_err(|error| error.to_string())?;
        let key = server.key().ok_or("the demo world has no key")?;
        let file = server.registry().file();
        let opener = Receiver::new()
            .with_key(CallbackKey::new(&file.callback_key).map_err(|error| error.to_string())?)
            .with_token(file.callback_token.clone());
        let inbox = Router::new().route("/callback", post(receive)).with_state(Arc::new(opener));
        tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, inbox).await {
                tracing::error!(%error, "the demo's receiver has ended");
            }
        });
        let client = Client::builder(Credentials::new(&key.secret_id, &key.secret_key))
            .server(server.url())
            .retry(RetryPolicy::never())
            .build()
            .map_err(|error| error.to_string())?;
        let browser = ess_client::http::client_builder(Trust::Nobody)
            .map_err(|error| error.to_string())?
            .build()
            .map_err(|error| error.to_string())?;
        let cast = Cast::of(&server).ok_or("the demo world lacks an operator or a seal")?;
        Ok(Self { server, client, browser, cast, sample })
    }

    async fn play(&self, document: &[u8]) -> Result<Vec<u8>, String> {
        say(&format!(
            "服务 server {}   回调接收器 receiver ready, key and token from the demo world\n",
            self.server.url()
        ));
        let file = self.upload(document).await?;
        let flow = self.launch(file).await?;
        self.settle(Duration::ZERO).await;
        self.show(&flow).await?;
        self.sign(&flow, &self.cast.operator_name, &self.cast.operator_mobile, Some(&self.cast.organization)).await?;
        self.sign(&flow, "张三", "18888888888", None).await?;
        say("\n-- 时钟前进 3 秒：轮到自动签 the clock moves 3 s: the machine's turn");
        self.settle(Duration::from_secs(3)).await;
        self.show(&flow).await?;
        say("\n-- 时钟再前进 3 秒：合成文件 the clock moves 3 s: the document is composed");
        self.settle(Duration::from_secs(3)).await;
        let signed = self.download(&flow).await?;
        self.try_to_cancel(&flow).await?;
        Ok(signed)
    }

    async fn upload(&self, document: &[u8]) -> Result<String, String> {
        let request = UploadFilesRequest {
            business_type: "DOCUMENT".into(),
            caller: Some(Caller { operator_id: self.cast.operator.user_id.clone(), ..Caller::default() }),
            file_infos: Some(vec![UploadFile {
                file_body: STANDARD.encode(document),
                file_name: Some("合同.pdf".into()),
            }]),
            ..UploadFilesRequest::default()
        };
        let reply = self.call(&request).await?;
        reply.file_ids.first().cloned().ok_or_else(|| "UploadFiles answered no file".to_owned())
    }

    async fn launch(&self, file: String) -> Result<String, String> {
        let [company, person, machine] = self.components();
        let request = CreateFlowByFilesRequest {
            operator: self.cast.operator.clone(),
            flow_name: "技术服务合同".into(),
            file_ids: vec![file],
            approvers: Some(vec![
                ApproverInfo {
                    approver_type: 0,
                    organization_name: Some(self.cast.organization.clone()),
                    approver_name: Some(self.cast.operator_name.clone()),
                    approver_mobile: Some(self.cast.operator_mobile.clone()),
                    sign_components: Some(company),
                    ..ApproverInfo::default()
                },
                ApproverInfo {
                    approver_type: 1,
                    approver_name: Some("张三".into()),
                    approver_mobile: Some("18888888888".into()),
                    sign_components: Some(person),
                    ..ApproverInfo::default()
                },
                ApproverInfo { approver_type: 3, sign_components: Some(machine), ..ApproverInfo::default() },
            ]),
            ..CreateFlowByFilesRequest::default()
        };
        Ok(self.call(&request).await?.response.flow_id)
    }

    /// What the company, the person and the company's machine sign with: beside the sample's own words, or at the foot of
    /// somebody else's last page.
    fn components(&self) -> [Vec<Component>; 3] {
        let of = |kind: &str, width: f64, height: f64| Component {
            component_type: kind.into(),
            component_width: Some(width),
            component_height: Some(height),
            ..Component::default()
        };
        let placed = |component: Component, keyword: &str, index: i64, x: f64| {
            if self.sample {
                Component {
                    generate_mode: Some("KEYWORD".into()),
                    component_id: Some(keyword.into()),
                    keyword_indexes: Some(vec![index]),
                    relative_location: Some("Right".into()),
                    ..component
                }
            } else {
                Component {
                    component_page: Some(-1),
                    component_pos_x: Some(x),
                    component_pos_y: Some(640.0),
                    ..component
                }
            }
        };
        let seal = Component { component_value: Some(self.cast.seal.clone()), ..of("SIGN_SEAL", 90.0, 90.0) };
        [
            vec![placed(of("SIGN_SEAL", 110.0, 110.0), "甲方（盖章）", 0, 60.0)],
            vec![
                placed(of("SIGN_SIGNATURE", 100.0, 45.0), "乙方（签字）", 0, 200.0),
                placed(of("SIGN_DATE", 110.0, 20.0), "日期", 2, 310.0),
            ],
            vec![placed(seal, "为签署部分", 0, 450.0)],
        ]
    }

    /// What an integrator would poll.
    async fn show(&self, flow: &str) -> Result<(), String> {
        let briefs = DescribeFlowBriefsRequest {
            operator: self.cast.operator.clone(),
            flow_ids: vec![flow.to_owned()],
            ..DescribeFlowBriefsRequest::default()
        };
        let status = self.call(&briefs).await?.flow_briefs.first().map_or(-1, |brief| brief.flow_status);
        let info = DescribeFlowInfoRequest {
            operator: Some(self.cast.operator.clone()),
            flow_ids: Some(vec![flow.to_owned()]),
            ..DescribeFlowInfoRequest::default()
        };
        let reply = self.call(&info).await?;
        let approvers = reply.flow_detail_infos.iter().flat_map(|detail| &detail.flow_approver_infos);
        let approvers: Vec<_> = approvers.map(|one| format!("{} {}", one.approve_name, one.approve_status)).collect();
        say(&format!("   FlowStatus {status}   签署方 approvers: {}", approvers.join(" · ")));
        Ok(())
    }

    /// Makes a sign link for a signer, opens it and presses the button.
    async fn sign(&self, flow: &str, name: &str, mobile: &str, organization: Option<&str>) -> Result<(), String> {
        say("");
        let scheme = CreateSchemeUrlRequest {
            operator: self.cast.operator.clone(),
            flow_id: Some(flow.to_owned()),
            path_type: Some(1),
            end_point: Some("HTTP_SHORT_URL".into()),
            name: Some(name.to_owned()),
            mobile: Some(mobile.to_owned()),
            ..CreateSchemeUrlRequest::default()
        };
        say(&format!("   {}", self.call(&scheme).await?.scheme_url));
        let request = CreateFlowSignUrlRequest {
            flow_id: flow.to_owned(),
            operator: Some(self.cast.operator.clone()),
            flow_approver_infos: Some(vec![FlowCreateApprover {
                approver_type: i64::from(organization.is_none()),
                approver_name: Some(name.to_owned()),
                approver_mobile: Some(mobile.to_owned()),
                organization_name: organization.map(ToOwned::to_owned),
                ..FlowCreateApprover::default()
            }]),
            ..CreateFlowSignUrlRequest::default()
        };
        let reply = self.call(&request).await?;
        let url = reply.flow_approver_url_infos.first().map(|info| info.sign_url.clone()).ok_or("no sign URL")?;
        say(&format!("   {name} 打开 opens {url}"));
        let (page_url, page) = self.browse(self.browser.get(&url)).await?;
        let action = page.split("method=\"post\" action=\"").nth(1).and_then(|rest| rest.split('"').next());
        let action = action.ok_or("the page has no form to sign with")?.replace("&#38;", "&");
        let target = page_url.join(&action).map_err(|error| format!("the page's form: {error}"))?;
        let form = self.browser.post(target);
        let form = form.header("Content-Type", "application/x-www-form-urlencoded").body("action=sign");
        self.browse(form).await?;
        say(&format!("   {name} 签署 signs"));
        self.settle(Duration::ZERO).await;
        self.show(flow).await
    }

    async fn download(&self, flow: &str) -> Result<Vec<u8>, String> {
        let request = DescribeFileUrlsRequest {
            operator: self.cast.operator.clone(),
            business_type: "FLOW".into(),
            business_ids: vec![flow.to_owned()],
            ..DescribeFileUrlsRequest::default()
        };
        let reply = self.call(&request).await?;
        let url = reply.file_urls.first().map(|file| file.url.clone()).ok_or("no download URL")?;
        let answer = self.browser.get(&url).send().await.and_then(reqwest::Response::error_for_status);
        let bytes = answer.map_err(|error| format!("the download failed: {error}"))?.bytes().await;
        bytes.map(|bytes| bytes.to_vec()).map_err(|error| format!("the download broke off: {error}"))
    }

    /// Too late, and refused with the vendor's own code.
    async fn try_to_cancel(&self, flow: &str) -> Result<(), String> {
        let request = CancelFlowRequest {
            operator: self.cast.operator.clone(),
            flow_id: flow.to_owned(),
            cancel_message: "发错了".into(),
            ..CancelFlowRequest::default()
        };
        match self.client.call(&request).await {
            Err(error) if error.code() == Some("OperationDenied.FlowHasTerminated") => {
                say(&format!("\n-> CancelFlow\n   拒绝 refused, as it should be: {error}"));
                Ok(())
            }
            Err(error) => Err(format!("CancelFlow was refused differently than documented: {error}")),
            Ok(_) => Err("CancelFlow succeeded on a finished contract".to_owned()),
        }
    }

    async fn call<A: Action>(&self, request: &A) -> Result<Reply<A::Response>, String> {
        let reply = self.client.call(request).await.map_err(|error| format!("{}: {error}", A::NAME))?;
        say(&format!("-> {}   {}", A::NAME, reply.request_id));
        Ok(reply)
    }

    /// Where the browser ended up, and what it saw there.
    async fn browse(&self, request: reqwest::RequestBuilder) -> Result<(reqwest::Url, String), String> {
        let answer = request.send().await.and_then(reqwest::Response::error_for_status);
        let answer = answer.map_err(|error| format!("the signing page: {error}"))?;
        let url = answer.url().clone();
        let text = answer.text().await.map_err(|error| format!("the signing page: {error}"))?;
        Ok((url, text))
    }

    /// Moves the clock and waits until every callback that is due has arrived.
    async fn settle(&self, span: Duration) {
        for account in self.server.registry().accounts() {
            advance(&account, Target::By(span)).await;
        }
    }
}

impl Cast {
    fn of(server: &MockServer) -> Option<Self> {
        let (account, key) = (server.registry().first()?, server.key()?);
        account.enter(EdgeTime::read(), |world, _, _| {
            let directory = &world.directory;
            let operator = directory.employees.iter().find(|one| one.organization == key.organization)?;
            Some(Self {
                operator: UserInfo { user_id: Some(operator.id.to_string()), ..UserInfo::default() },
                operator_name: operator.name.clone(),
                operator_mobile: operator.mobile.clone(),
                organization: directory.organizations.get(key.organization.as_str())?.name.clone(),
                seal: directory.usable_seal(&key.organization)?.id.to_string(),
            })
        })
    }
}

/// The built-in receiver: verifies, decrypts, prints.
async fn receive(State(receiver): State<Arc<Receiver>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let signature = headers.get(callback::HEADER).and_then(|value| value.to_str().ok());
    match receiver.receive(&body, signature) {
        Ok(Received::Message(message)) => {
            say(&format!("   <- 回调 callback {}: {}", message.kind().unwrap_or("?"), brief(message.data())));
            StatusCode::OK
        }
        Ok(Received::Probe) => StatusCode::OK,
        Err(refusal) => {
            say(&format!("   <- 回调被拒 callback refused: {refusal}"));
            StatusCode::from_u16(refusal.http_status()).unwrap_or(StatusCode::BAD_REQUEST)
        }
    }
}

/// The few fields that tell the story.
fn brief(data: &serde_json::Value) -> String {
    let fields = ["Operate", "FlowCallbackStatus", "FlowCallbackShowStatus", "UseCount", "Cost", "RecipientId"];
    let shown = fields.iter().filter_map(|name| data.get(name).map(|value| format!("{name} {value}")));
    shown.collect::<Vec<_>>().join(", ")
}
