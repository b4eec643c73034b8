//! Where a text may be cut into runs. A guess: `run.rs` makes sure of it.

/// Runs are at least this long, in bytes, where the text allows.
pub(super) const SHORTEST_RUN: usize = 4096;

/// The end of a part that begins at the start of `text` and has at least so many bytes, where the text
/// allows: the start of a line at which, by the look of it, no section is open.
pub(super) fn next(text: &str, least: usize) -> usize {
    let mut depth: i32 = 0;
    let mut at: usize = 0;
    let mut may_go_on = false;
    for line in text.split_inclusive('\n') {
        let code = line.trim_start_matches([' ', '\t']);
        let begins_plain = code.len() == line.len()
            && code.starts_with(|it: char| it.is_ascii_alphabetic() || it == '<' || it == '#');
        if at >= least && depth <= 0 && begins_plain && !may_go_on && !code.starts_with("</") {
            return at;
        }
        if code.starts_with("</") {
            depth = depth.saturating_sub(1).max(0);
        } else if code.starts_with('<')
            && code
                .get(1..2)
                .is_some_and(|it| it.starts_with(|it: char| it.is_ascii_alphabetic()))
        {
            if !code.contains("</") && !code.contains("/>") {
                depth = depth.saturating_add(1);
            }
        } else if code.contains(" <") && code.trim_end().ends_with('>') {
            depth = depth.saturating_add(1);
        }
        let end = code.trim_end();
        may_go_on = end.starts_with('#') || end.ends_with([',', '\\', '{']);
        at = at.saturating_add(line.len());
    }
    text.len()
}
