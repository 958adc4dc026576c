//! `ess-mock [serve]`: serve, and say what a newcomer needs to point an SDK here.

use ess_mock_server::MockServer;
use ess_mock_server::config::Config;
use ess_mock_server::engine::clock::EdgeTime;
use ess_mock_server::gateway::signature::SignatureClock;

use super::say;

pub(super) async fn serve(config: &Config) -> Result<(), String> {
    let server = config.builder()?.start().await.map_err(|error| error.to_string())?;
    if !server.address().ip().is_loopback() && config.control_token.is_none() {
        tracing::warn!("other machines can reach {} and drive its control API: set --control-token", server.address());
    }
    say(&greeting(&server));
    if config.signature_clock == SignatureClock::World {
        say("  签名有效期按世界时钟计算 signatures expire by the world's clock: sign with the time of /_mock/clock\n");
    }
    if let Some(path) = &config.port_file {
        // Written aside and moved, so that whoever waits for the file never reads half a number.
        let draft = path.with_extension("tmp");
        let written =
            std::fs::write(&draft, server.address().port().to_string()).and_then(|()| std::fs::rename(&draft, path));
        written.map_err(|error| format!("--port-file {}: {error}", path.display()))?;
    }
    tokio::select! {
        ended = server.run() => ended.map_err(|error| format!("serving ended: {error}")),
        stopped = tokio::signal::ctrl_c() => stopped.map_err(|error| format!("cannot listen for Ctrl-C: {error}")),
    }
}

/// What is printed at the start: where, with which key, and a snippet that works as it stands.
fn greeting(server: &MockServer) -> String {
    let (Some(account), Some(key)) = (server.registry().first(), server.key()) else {
        return format!("ess-mock listens on {}", server.url());
    };
    let file = server.registry().file();
    let (operator, organization, template, seal) = account.enter(EdgeTime::read(), |world, _, _| {
        let directory = &world.directory;
        let own = directory.organizations.get(key.organization.as_str());
        let operator = directory.employees.iter().find(|one| one.organization == key.organization && one.verified);
        let template = directory.templates.iter().find(|one| one.organization == key.organization);
        (
            operator.map(|one| (one.id.to_string(), one.name.clone())).unwrap_or_default(),
            own.map(|one| one.name.clone()).unwrap_or_default(),
            template.map(|one| one.id.to_string()).unwrap_or_default(),
            directory.usable_seal(&key.organization).map(|one| one.id.to_string()).unwrap_or_default(),
        )
    });
    let (user, name) = operator;
    let authority = server.url().trim_start_matches("http://").trim_start_matches("https://");
    let scheme = if server.url().starts_with("https://") { "https" } else { "http" };
    format!(
        r#"ess-mock {version} 正在监听 listens on {url}   (世界 world `{alias}`，状态仅在内存中 state is in memory only)

  SecretId         {secret_id}
  SecretKey        {secret_key}
  企业 organization {organization}  {organization_id}
  经办人 operator   {name}  {user}
  模板 template     {template}
  印章 seal         {seal}
  回调 callback     key {callback_key}  token {callback_token}
  控制 control      {url}/_mock/openapi.json

  # pip install tencentcloud-sdk-python-ess
  from tencentcloud.common import credential
  from tencentcloud.common.profile.client_profile import ClientProfile
  from tencentcloud.common.profile.http_profile import HttpProfile
  from tencentcloud.ess.v20201111 import ess_client, models

  http = HttpProfile(endpoint="{authority}", protocol="{scheme}")
  key = credential.Credential("{secret_id}", "{secret_key}")
  client = ess_client.EssClient(key, "", ClientProfile(httpProfile=http))
  request = models.CreateSchemeUrlRequest()
  request.from_json_string('{{"Operator": {{"UserId": "{user}"}}}}')
  print(client.CreateSchemeUrl(request).SchemeUrl)
"#,
        version = env!("CARGO_PKG_VERSION"),
        url = server.url(),
        alias = account.alias,
        secret_id = key.secret_id,
        secret_key = key.secret_key,
        organization_id = key.organization,
        callback_key = file.callback_key,
        callback_token = file.callback_token,
    )
}
