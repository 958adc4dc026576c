//! Names and numbers of people as others may see them: `张*`, `典*谦`, `188****8888` (`ex DescribeChannelOrganizations`,
//! `ex DescribeBatchOrganizationRegistrationTasks`).

/// A name with all but its first sign and, of three or more, its last behind stars.
#[must_use]
pub fn name(name: &str) -> String {
    let signs: Vec<char> = name.chars().collect();
    let last = signs.len().saturating_sub(1);
    let shown = |place: usize| place == 0 || (place == last && signs.len() > 2);
    signs.iter().enumerate().map(|(place, sign)| if shown(place) { *sign } else { '*' }).collect()
}

/// A mobile number with four signs in its middle behind stars.
#[must_use]
pub fn mobile(mobile: &str) -> String {
    mobile.chars().enumerate().map(|(place, sign)| if (3..7).contains(&place) { '*' } else { sign }).collect()
}

/// An e-mail address with all of its name but the first sign behind stars.
#[must_use]
pub fn email(email: &str) -> String {
    match email.split_once('@') {
        Some((name, host)) => format!("{}****@{host}", name.chars().take(1).collect::<String>()),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_shown_as_in_the_examples() {
        assert_eq!([name("张三"), name("典子谦"), name(""), name("李")], ["张*", "典*谦", "", "李"]);
        assert_eq!([email("zhang@example.com"), email("")], ["z****@example.com", ""]);
        assert_eq!([mobile("18888888888"), mobile("12"), mobile("")], ["188****8888", "12", ""]);
    }
}
