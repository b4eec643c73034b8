//! Comments that turn formatting off and on.

/// Whether a comment turns formatting on or off; none: it says something else.
pub(crate) fn switch(comment: &str) -> Option<bool> {
    let said = comment.strip_prefix('#')?.trim_start();
    let order = said.strip_prefix("pmta-ls:")?.trim();
    let (first, second) = order.split_once([' ', '\t'])?;
    match (first, second.trim_start()) {
        ("format", "off") => Some(false),
        ("format", "on") => Some(true),
        _ => None,
    }
}
