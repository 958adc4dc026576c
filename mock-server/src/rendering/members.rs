//! The members of a holding group as a table, as the console's list of them has it (`seed scenario-guide`: the same
//! elements). The columns and their order are ASSUMED: those of the API's list that say something.

use crate::domain::directory::{Directory, Member};
use crate::domain::ids::OrganizationId;
use crate::domain::time::beijing;

/// The heads of the columns.
const HEADS: [&str; 7] =
    ["企业名称", "企业ID", "统一社会信用代码", "状态", "超级管理员", "超级管理员手机号", "加入时间"];

/// All members of this company's group, a row each, under the heads of the columns.
#[must_use]
pub fn members_table(directory: &Directory, main: &OrganizationId) -> Vec<Vec<String>> {
    let heads = HEADS.map(str::to_owned).to_vec();
    [heads].into_iter().chain(directory.members_of(main).iter().map(row)).collect()
}

fn row(member: &Member<'_>) -> Vec<String> {
    let Member { organization, holding, administrator } = member;
    vec![
        organization.name.clone(),
        organization.id.to_string(),
        organization.credit_code.clone(),
        holding.status.label().to_owned(),
        administrator.map(|one| one.name.clone()).unwrap_or_default(),
        administrator.map(|one| one.mobile.clone()).unwrap_or_default(),
        beijing(holding.joined_at).strftime("%Y-%m-%d %H:%M:%S").to_string(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::world_file::{DEMO, WorldFile};

    #[test]
    fn every_member_has_a_row_whatever_its_state() {
        let world = WorldFile::parse("demo", DEMO).unwrap().build(7, crate::domain::samples::NOW);
        let main = &world.directory.organizations.iter().next().unwrap().id;
        let table = members_table(&world.directory, main);
        insta::assert_snapshot!(table.iter().map(|row| row.join(" | ")).collect::<Vec<_>>().join("\n"));
        let nobody = members_table(&world.directory, &"nobody".into());
        assert_eq!(nobody.len(), 1, "the heads alone");
    }
}
