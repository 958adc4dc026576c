//! Where a value stands among the parameters: `Approvers.0.ApproverName`.
//!
//! A path lives on the stack, one link a level, and becomes text only for a fault: a good request allocates nothing.

use std::fmt;

/// One link of a path, pointing at its parent.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Path<'a> {
    /// The parameters as a whole.
    Root,
    /// A field of a struct.
    Field(&'a Path<'a>, &'a str),
    /// An item of a list.
    Item(&'a Path<'a>, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Path::Root => Ok(()),
            Path::Field(Path::Root, name) => out.write_str(name),
            Path::Field(parent, name) => write!(out, "{parent}.{name}"),
            Path::Item(Path::Root, index) => write!(out, "{index}"),
            Path::Item(parent, index) => write!(out, "{parent}.{index}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Path;

    #[test]
    fn a_path_is_written_as_the_vendor_writes_it() {
        let list = Path::Field(&Path::Root, "Approvers");
        let item = Path::Item(&list, 0);

        assert_eq!(Path::Field(&item, "ApproverName").to_string(), "Approvers.0.ApproverName");
    }
}
