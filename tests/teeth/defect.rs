//! What a defect is: something a platform might do wrong, and where on the way between suite and platform it is done.

use serde_json::Value;

use crate::proxy::asked::Asked;
use crate::proxy::letter::Letter;
use crate::proxy::parcel::Page;

/// Something a platform might do wrong.
pub(crate) struct Defect {
    /// What it is called.
    pub(crate) name: &'static str,
    /// What is wrong, in a sentence.
    pub(crate) says: &'static str,
    /// How it is brought about.
    pub(crate) trick: Trick,
    /// Why the suite does not catch it.
    pub(crate) survives: Option<&'static str>,
}

impl Defect {
    /// Nothing in the suite catches it, for this reason.
    pub(crate) fn survives(self, reason: &'static str) -> Self {
        Self { survives: Some(reason), ..self }
    }
}

/// The names of actions; `*` stands for all of them.
pub(crate) type Actions = &'static [&'static str];

/// Changes what is asked.
pub(crate) type Alter = Box<dyn Fn(&mut Asked) + Send + Sync>;
/// Changes what is answered: the content of `Response`.
pub(crate) type Twist = Box<dyn Fn(&Asked, &mut Value) + Send + Sync>;
/// Changes what a visitor sees, given the method and the path.
pub(crate) type Paint = Box<dyn Fn(&str, &str, &mut Page) + Send + Sync>;
/// What is delivered in place of a message.
pub(crate) type Sort = Box<dyn Fn(&Letter) -> Vec<Letter> + Send + Sync>;
/// Which HTTP status the platform takes a receiver's for.
pub(crate) type Take = Box<dyn Fn(&Letter, u16) -> u16 + Send + Sync>;
/// How long time passes in place of a span.
pub(crate) type Pass = Box<dyn Fn(&str) -> String + Send + Sync>;

/// How a defect is brought about.
pub(crate) enum Trick {
    /// A call becomes another one on its way in, signed anew.
    Asked(Actions, Alter),
    /// A call that is refused with this code is changed until it is not, and carried out.
    Forgiven(Actions, &'static str, Alter),
    /// A call that is refused with this code is answered so, and a changed one carried out all the same.
    Despite(Actions, &'static str, Alter),
    /// A call is carried out twice, for nothing or elsewhere.
    Carried(Actions, Carried),
    /// The answer to a call is changed.
    Answered(Actions, Twist),
    /// Refusals come with this HTTP status.
    Status(u16),
    /// What a person does is not what happens.
    Acted(&'static str, Acted),
    /// A page shows something else.
    Visited(Paint),
    /// A download is something else.
    Fetched(Paint),
    /// Time passes otherwise.
    Clocked(Pass),
    /// Callbacks are delivered otherwise.
    Posted(Sort),
    /// The platform takes the receiver's answer for another one.
    Acknowledged(Take),
}

/// How a call is carried out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Carried {
    /// Twice. The second answer is given.
    Twice,
    /// In a copy of the world that is then thrown away: the answer is right, and nothing happened.
    ForNothing,
    /// Every so many calls, in the world of somebody else.
    Abroad(usize),
}

/// How a person's act is carried out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Acted {
    /// In a copy of the world that is then thrown away.
    ForNothing,
    /// Not at all when it is not allowed, and the answer is that it was done.
    Pretended,
    /// As another act.
    As(&'static str),
    /// Without this part of it.
    Without(&'static str),
}
