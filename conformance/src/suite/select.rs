//! Which cases are wanted.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::Suite;
use super::case::{Basis, Case};

/// What a case must be like to be wanted. Several of a kind: any of them; several kinds: all of them.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Selection {
    /// Only cases whose id fits, such as `ess/cancel_flow/**`; a folder or file alone stands for all in it
    #[arg(long = "only", value_name = "GLOB")]
    pub only: Vec<String>,
    /// No case whose id fits
    #[arg(long, value_name = "GLOB")]
    pub except: Vec<String>,
    /// Only cases with this tag
    #[arg(long, value_name = "TAG")]
    pub tag: Vec<String>,
    /// Only cases of this basis
    #[arg(long, value_name = "BASIS")]
    pub basis: Vec<Basis>,
    /// Only cases of this chapter, such as `cancel_flow`
    #[arg(long, value_name = "CHAPTER")]
    pub chapter: Vec<String>,
}

impl Selection {
    /// The wanted cases, by id.
    ///
    /// # Errors
    /// A glob is none, or nothing is selected.
    pub fn of(&self, suite: &Suite) -> Result<Vec<Case>, String> {
        let (only, except) = (globs(&self.only)?, globs(&self.except)?);
        let cases: Vec<Case> = suite
            .cases()
            .filter(|case| self.only.is_empty() || only.is_match(&case.id))
            .filter(|case| !except.is_match(&case.id))
            .filter(|case| any(&self.tag, case.tags()))
            .filter(|case| any(&self.chapter, std::iter::once(case.chapter())))
            .filter(|case| self.basis.is_empty() || self.basis.contains(&case.basis()))
            .collect();
        if cases.is_empty() {
            return Err(format!(
                "no case is selected, of {} there are; see `ess-conformance list`",
                suite.cases().count()
            ));
        }
        Ok(cases)
    }
}

/// Whether one of what a case has is wanted; everything is, where nothing is named.
fn any<'a>(wanted: &[String], mut has: impl Iterator<Item = &'a str>) -> bool {
    wanted.is_empty() || has.any(|one| wanted.iter().any(|wanted| wanted == one))
}

fn globs(wanted: &[String]) -> Result<GlobSet, String> {
    let mut set = GlobSetBuilder::new();
    for glob in wanted {
        for glob in [glob.clone(), format!("{}/**", glob.trim_end_matches('/'))] {
            let built = GlobBuilder::new(&glob).literal_separator(true).build();
            set.add(built.map_err(|error| format!("`{glob}` is no glob: {error}"))?);
        }
    }
    set.build().map_err(|error| error.to_string())
}
