//! Holding groups (集团): a main company acts for the members that joined it (`seed scenario-guide`).

use std::collections::{BTreeMap, BTreeSet};

use super::deed::Succession;
use super::ids::{OrganizationId, UserId};
use super::refusal::Refusal;
use super::time::Timestamp;

/// How a company belongs to a holding group.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
pub struct HoldingMembership {
    /// The main company of the group.
    pub main: OrganizationId,
    /// How far the joining has come.
    pub status: MembershipStatus,
    /// When it joined.
    pub joined_at: Timestamp,
    /// The accounts employees of the main company have here: their id there, their id here.
    pub shadows: BTreeMap<UserId, UserId>,
    /// Until when its licence lasts; nothing when it needs none, as members of world files.
    #[serde(default)]
    pub licensed_until: Option<Timestamp>,
    /// Whether it lets the main company change its super administrator (`api CreateBatchInitOrganizationUrl`).
    #[serde(default)]
    pub admin_change: bool,
    /// Who is to be its super administrator once they agree.
    #[serde(default)]
    pub successor: Option<Succession>,
    /// What of it the main company does not hear of.
    #[serde(default)]
    pub withholds: BTreeSet<Matter>,
}

/// What a main company hears of its members, where they let it look at the same (`seed scenario-guide`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Matter {
    /// Contracts, and what goes with them: groups of them, codes, cancellations.
    Contracts,
    /// Templates.
    Templates,
    /// Seals.
    Seals,
}

/// What may happen to a membership.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MembershipStep {
    /// The company's administrator followed an invitation.
    Invite,
    /// They let the main company act.
    Authorize,
    /// They would not.
    Refuse,
    /// The main company activated it.
    Activate,
    /// It left, or was let go.
    Release,
}

impl HoldingMembership {
    /// One that has just been asked.
    #[must_use]
    pub fn invited(main: OrganizationId, now: Timestamp) -> Self {
        Self {
            main,
            status: MembershipStatus::Invited,
            joined_at: now,
            shadows: BTreeMap::new(),
            licensed_until: None,
            admin_change: false,
            successor: None,
            withholds: BTreeSet::new(),
        }
    }

    /// Takes a step: 1 → 2 → 5 → 4, 3 in the place of 2, and 3 and 4 may be invited again (`api GroupOrganization.Status`; what
    /// leads where is ASSUMED beyond the names).
    ///
    /// # Errors
    /// It does not fit; then nothing has changed.
    pub fn take(&mut self, step: MembershipStep, now: Timestamp) -> Result<(), Refusal> {
        use MembershipStatus::{Authorized, Invited, Joined, Refused, Released};
        self.status = match (step, self.status) {
            (MembershipStep::Invite, Refused | Released) => Invited,
            (MembershipStep::Authorize, Invited) => Authorized,
            (MembershipStep::Refuse, Invited) => Refused,
            (MembershipStep::Activate, Authorized) => Joined,
            (MembershipStep::Release, Authorized | Joined) => Released,
            (
                MembershipStep::Invite
                | MembershipStep::Authorize
                | MembershipStep::Refuse
                | MembershipStep::Activate
                | MembershipStep::Release,
                status,
            ) => return Err(Refusal::MembershipStateWrong { status: status.label() }),
        };
        self.joined_at = now;
        Ok(())
    }

    /// Whether its licence is over at `now`.
    #[must_use]
    pub fn has_expired(&self, now: Timestamp) -> bool {
        self.licensed_until.is_some_and(|end| now >= end)
    }

    /// Whether the main company may act for the member.
    #[must_use]
    pub fn is_in_force(&self) -> bool {
        self.status == MembershipStatus::Joined
    }
}

/// How far a company's joining has come (`api GroupOrganization.Status`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MembershipStatus {
    /// 1 待授权
    Invited,
    /// 2 已授权待激活
    Authorized,
    /// 3 拒绝授权
    Refused,
    /// 4 已解除
    Released,
    /// 5 已加入
    #[default]
    Joined,
}

impl MembershipStatus {
    /// The number on the wire.
    #[must_use]
    pub const fn code(self) -> u64 {
        match self {
            Self::Invited => 1,
            Self::Authorized => 2,
            Self::Refused => 3,
            Self::Released => 4,
            Self::Joined => 5,
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Invited => "待授权",
            Self::Authorized => "已授权待激活",
            Self::Refused => "拒绝授权",
            Self::Released => "已解除",
            Self::Joined => "已加入",
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::MembershipStatus::{Authorized, Invited, Joined, Refused, Released};
    use super::MembershipStep::{Activate, Authorize, Invite, Refuse, Release};
    use super::*;

    const TABLE: [(MembershipStatus, MembershipStep, MembershipStatus); 7] = [
        (Refused, Invite, Invited),
        (Released, Invite, Invited),
        (Invited, Authorize, Authorized),
        (Invited, Refuse, Refused),
        (Authorized, Activate, Joined),
        (Authorized, Release, Released),
        (Joined, Release, Released),
    ];

    proptest! {
        #[test]
        fn every_step_stands_in_the_table_or_is_refused_and_changes_nothing(
            steps in prop::collection::vec(prop::sample::select(vec![Invite, Authorize, Refuse, Activate, Release]), 1..30),
        ) {
            let mut membership = HoldingMembership::invited("main".into(), Timestamp::default());
            for (moment, step) in steps.into_iter().enumerate() {
                let before = membership.clone();
                let now = Timestamp::from_seconds(moment as i64);
                let row = TABLE.iter().find(|(from, by, _)| *from == before.status && *by == step);
                match membership.take(step, now) {
                    Ok(()) => prop_assert_eq!(Some(membership.status), row.map(|row| row.2)),
                    Err(_) => {
                        prop_assert_eq!(row, None);
                        prop_assert_eq!(&membership, &before, "a refused step leaves no trace");
                    }
                }
                prop_assert_eq!(membership.is_in_force(), membership.status == Joined);
            }
        }
    }
}
