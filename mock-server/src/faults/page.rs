//! What stands in a body that no SDK expects: pages as proxies and gateways put in the way.

/// A page that a proxy answers with 200, where an API client expects JSON (ASSUMED: ours, in the manner of office networks).
pub const LOGIN: &str = "<!DOCTYPE html>\n<html><head><title>Network sign-in</title></head>\n<body><h1>Sign in to use this \
    network</h1><p>Your session has ended.</p></body></html>\n";

/// The body nginx gives with this status, which is what most gateways in front of cloud APIs show (ASSUMED).
#[must_use]
pub fn gateway(status: u16) -> String {
    let said = match status {
        500 => "500 Internal Server Error",
        502 => "502 Bad Gateway",
        503 => "503 Service Temporarily Unavailable",
        504 => "504 Gateway Time-out",
        other => return format!("<html>\r\n<head><title>{other}</title></head>\r\n<body></body>\r\n</html>\r\n"),
    };
    format!(
        "<html>\r\n<head><title>{said}</title></head>\r\n<body>\r\n<center><h1>{said}</h1></center>\r\n\
         <hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
    )
}
