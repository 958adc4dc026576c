//! Who people are, as they prove it to the platform, and what companies hear of it that sent them there.

use serde::{Deserialize, Serialize};

use super::employee::Card;
use super::ids::{OrganizationId, UserId};
use super::register::Registered;
use super::time::Timestamp;

/// What happened to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdentityChange {
    /// They proved who they are.
    Verified,
    /// They have another mobile number.
    MobileChanged,
    /// They have another name.
    NameChanged,
}

/// Somebody, as they were right after it, for the company whose link they followed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityNews {
    /// Who gave the link out.
    pub organization: OrganizationId,
    /// Who they are.
    pub user: UserId,
    /// Their name.
    pub name: String,
    /// Their mobile number.
    pub mobile: String,
    /// What the company gave the link, to have it back (`UserData`).
    pub user_data: String,
}

/// What somebody says of themselves, or somebody else of them; what nobody said is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaidOfPerson {
    /// Their name.
    pub name: String,
    /// Their mobile number.
    pub mobile: String,
    /// Their identity card.
    pub card: Card,
}

impl SaidOfPerson {
    /// Whether nothing of this contradicts what somebody else says.
    #[must_use]
    pub fn agrees_with(&self, other: &Self) -> bool {
        let agree = |own: &str, other: &str| own.is_empty() || other.is_empty() || own == other;
        agree(&self.name, &other.name)
            && agree(&self.mobile, &other.mobile)
            && agree(&self.card.number, &other.card.number)
    }

    /// The same, completed by what somebody else says.
    #[must_use]
    pub fn or(self, other: &Self) -> Self {
        let or = |own: String, other: &String| if own.is_empty() { other.clone() } else { own };
        let card = if self.card.number.is_empty() { other.card.clone() } else { self.card };
        Self { name: or(self.name, &other.name), mobile: or(self.mobile, &other.mobile), card }
    }
}

/// A code by which a company asks once whether whoever came back with it has proved who they are
/// (`api DescribeThirdPartyAuthCode`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthCode {
    /// The code.
    pub code: String,
    /// Who may ask.
    pub organization: OrganizationId,
    /// Whether they have.
    pub verified: bool,
    /// Whether somebody has asked.
    pub used: bool,
    /// Until when it can be asked for (ASSUMED: an hour; the vendor says that codes run out, not when).
    pub expires_at: Timestamp,
}

impl AuthCode {
    /// Whether it can be asked for at `now`.
    #[must_use]
    pub fn is_good(&self, now: Timestamp) -> bool {
        !self.used && now < self.expires_at
    }
}

impl Registered for AuthCode {
    type Id = String;
    fn id(&self) -> &String {
        &self.code
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(name: &str, mobile: &str, card: &str) -> SaidOfPerson {
        let card = Card { number: card.into(), ..Card::default() };
        SaidOfPerson { name: name.into(), mobile: mobile.into(), card }
    }

    #[test]
    fn only_what_both_say_can_contradict() {
        let known = said("典子谦", "13200000015", "");
        assert!(known.agrees_with(&said("典子谦", "13200000015", "420101199003070018")));
        assert!(known.agrees_with(&said("", "", "420101199003070018")));
        assert!(!known.agrees_with(&said("张三", "", "")));
        assert!(!known.agrees_with(&said("", "13200000016", "")));
        assert_eq!(said("", "1", "").or(&said("典子谦", "2", "3")), said("典子谦", "1", "3"));
    }
}
