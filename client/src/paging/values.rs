//! The spellings of a number and of a list in requests and answers.

/// A number as a request or an answer has it: signed or not, optional or not, once as a text.
pub(super) trait Number {
    fn of(number: u64) -> Self;
    /// None where there is none, or one below zero.
    fn value(&self) -> Option<u64>;
}

impl Number for u64 {
    fn of(number: u64) -> Self {
        number
    }

    fn value(&self) -> Option<u64> {
        Some(*self)
    }
}

impl Number for i64 {
    fn of(number: u64) -> Self {
        Self::try_from(number).unwrap_or(Self::MAX)
    }

    fn value(&self) -> Option<u64> {
        u64::try_from(*self).ok()
    }
}

/// `Limit` of `ChannelDescribeRoles`. (api ChannelDescribeRoles)
impl Number for String {
    fn of(number: u64) -> Self {
        number.to_string()
    }

    fn value(&self) -> Option<u64> {
        self.parse().ok()
    }
}

impl<N: Number> Number for Option<N> {
    fn of(number: u64) -> Self {
        Some(N::of(number))
    }

    fn value(&self) -> Option<u64> {
        self.as_ref().and_then(Number::value)
    }
}

/// A list that may be left out.
pub(super) trait List<T> {
    fn items(self) -> Vec<T>;
}

impl<T> List<T> for Vec<T> {
    fn items(self) -> Vec<T> {
        self
    }
}

impl<T> List<T> for Option<Vec<T>> {
    fn items(self) -> Vec<T> {
        self.unwrap_or_default()
    }
}
