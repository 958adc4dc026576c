//! Where the browser goes after signing: the `JumpUrl` the caller gave, and nothing a browser would run as a script.

/// Schemes a browser opens within itself; none of them leads to the caller's page or app.
const WITHIN_THE_BROWSER: [&str; 9] =
    ["javascript", "vbscript", "data", "blob", "file", "filesystem", "about", "view-source", "jar"];

/// The address, when it is one to go to: `http(s)://...`, or an app's own scheme.
pub(super) fn safe(url: &str) -> Option<&str> {
    let (scheme, rest) = url.split_once(':')?;
    let well_formed = scheme.starts_with(|sign: char| sign.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    let scheme = scheme.to_ascii_lowercase();
    let web = matches!(scheme.as_str(), "http" | "https");
    let sound = well_formed
        && !WITHIN_THE_BROWSER.contains(&scheme.as_str())
        && (!web || rest.starts_with("//"))
        && !url.contains(|sign: char| sign.is_control());
    sound.then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_apps_are_gone_to() {
        for url in ["https://example.com/done?a=1", "http://127.0.0.1:3000/", "weixin://dl/business", "my-app.v2://x"] {
            assert_eq!(safe(url), Some(url));
        }
    }

    #[test]
    fn scripts_and_what_is_no_address_are_not() {
        for url in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "java\nscript:alert(1)",
            " javascript:alert(1)",
            "data:text/html,x",
            "https:evil",
            "https://a\r\nb",
            "/relative",
            "//host",
            "",
            "合同:x",
        ] {
            assert_eq!(safe(url), None, "{url:?}");
        }
    }
}
