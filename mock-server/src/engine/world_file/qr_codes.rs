//! QR codes of a world file that strangers sign by.

use serde::Deserialize;

use super::WorldFile;
use super::contracts::initiator;
use super::span::Span;
use crate::domain::flow::Noun;
use crate::domain::qr_code::QrCode;
use crate::domain::time::DAY;
use crate::engine::world::World;

/// A QR code.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "see `QrCode`")]
pub struct QrCodeRow {
    pub id: String,
    pub template: String,
    /// The company that launches; the first one when left out.
    #[serde(default)]
    pub initiator: Option<String>,
    /// The platform's application it was made in.
    #[serde(default)]
    pub application: Option<String>,
    #[serde(default = "contract")]
    pub name: String,
    /// How many contracts it launches.
    #[serde(default = "five")]
    pub most: u64,
    /// How long after the world's beginning it can be scanned; `7d` when left out.
    #[serde(default)]
    pub lasts: Option<Span>,
    #[serde(default)]
    pub cancelled: bool,
    /// See the setting `qr_callback_url`.
    #[serde(default)]
    pub callback_url: Option<String>,
}

fn contract() -> String {
    "合同".into()
}

fn five() -> u64 {
    5
}

impl QrCodeRow {
    /// Puts the code into the world.
    ///
    /// # Errors
    /// A template or a company that is not there, or a template nobody can sign by scanning.
    pub(super) fn settle(&self, file: &WorldFile, world: &mut World) -> Result<(), String> {
        let template = world.directory.templates.get(self.template.as_str()).cloned();
        let template = template.ok_or_else(|| format!("template: there is no `{}`", self.template))?;
        QrCode::suits(&template).map_err(|refusal| format!("a rule refuses it: {refusal:?}"))?;
        let (initiator, operator) =
            initiator((self.initiator.as_deref(), None), self.application.as_deref(), file, world)?;
        world.add_qr_code(QrCode {
            id: self.id.as_str().into(),
            initiator,
            operator,
            template,
            flow_name: self.name.clone(),
            appends_scanner: false,
            user_data: String::new(),
            noun: Noun::default(),
            callback_url: self.callback_url.clone(),
            most: self.most,
            flow_lasts: 7 * DAY,
            expires_at: world.now.plus(self.lasts.map_or(7 * DAY, |span| span.0)),
            invited: Vec::new(),
            once_each: false,
            scans: imbl::Vector::new(),
            cancelled: self.cancelled,
        });
        Ok(())
    }
}
