//! A unified diff in which secrets are masked.

use std::io::{self, Write};

use pmta_analysis::document::Document;
use pmta_analysis::secrets::Secrets;
use pmta_analysis::text::TextRange;
use similar::{ChangeTag, TextDiff};

use crate::cli::output::printable;
use crate::mask::MASK;

/// Lines shown before and behind a change.
const CONTEXT: usize = 3;

/// Prints the difference of two states of a file.
///
/// # Errors
/// If writing fails.
pub(crate) fn print(
    name: &str,
    before: &Document,
    after: &Document,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (old, new) = (before.rope().to_string(), after.rope().to_string());
    let (old_lines, new_lines): (Vec<&str>, Vec<&str>) = (lines(&old), lines(&new));
    let diff = TextDiff::from_slices(&old_lines, &new_lines);
    let (old_shown, new_shown) = (masked(before, &old_lines), masked(after, &new_lines));
    writeln!(out, "--- {}", printable(name))?;
    writeln!(out, "+++ {}", printable(name))?;
    for group in diff.grouped_ops(CONTEXT) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else {
            continue;
        };
        let span = |start: usize, end: usize| match end.saturating_sub(start) {
            1 => format!("{}", start.saturating_add(1)),
            // Of no lines the one before is named.
            0 => format!("{start},0"),
            count => format!("{},{count}", start.saturating_add(1)),
        };
        writeln!(
            out,
            "@@ -{} +{} @@",
            span(first.old_range().start, last.old_range().end),
            span(first.new_range().start, last.new_range().end)
        )?;
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let (sign, shown) = match change.tag() {
                ChangeTag::Equal => (' ', change.old_index().and_then(|it| old_shown.get(it))),
                ChangeTag::Delete => ('-', change.old_index().and_then(|it| old_shown.get(it))),
                ChangeTag::Insert => ('+', change.new_index().and_then(|it| new_shown.get(it))),
            };
            let shown = shown.map(String::as_str).unwrap_or_default();
            writeln!(
                out,
                "{sign}{}",
                printable(shown.trim_end_matches(['\n', '\r']))
            )?;
            if !shown.ends_with(['\n', '\r']) {
                writeln!(out, "\\ No newline at end of file")?;
            }
        }
    }
    Ok(())
}

/// The lines of a text with their ends.
fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// The lines as they may be shown.
fn masked(document: &Document, lines: &[&str]) -> Vec<String> {
    let all = TextRange::of(0, document.rope().len_bytes());
    let secrets = Secrets::new(document).within(all);
    let mut start: usize = 0;
    let mut shown = Vec::with_capacity(lines.len());
    for line in lines {
        let end = start.saturating_add(line.len());
        let range = TextRange::of(start, end);
        let first = secrets.partition_point(|secret| secret.end <= range.start);
        let inside = secrets.get(first..).unwrap_or_default().iter();
        let mut text = String::with_capacity(line.len());
        let mut at: usize = 0;
        for secret in inside.take_while(|secret| secret.start < range.end) {
            let from = (secret.start as usize).saturating_sub(start);
            let to = (secret.end as usize).saturating_sub(start).min(line.len());
            text.push_str(line.get(at..from.max(at)).unwrap_or_default());
            text.push_str(MASK);
            at = to;
        }
        text.push_str(line.get(at..).unwrap_or_default());
        shown.push(text);
        start = end;
    }
    shown
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    fn shown(before: &str, after: &str) -> String {
        let mut out = Vec::new();
        print(
            "a.conf",
            &Document::new(before),
            &Document::new(after),
            &mut out,
        )
        .unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn changes_with_their_surroundings() {
        expect![[r#"
            --- a.conf
            +++ a.conf
            @@ -1,4 +1,4 @@
            -run-as-root on
            +run-as-root yes
             # 2
             # 3
             # 4
            @@ -8,3 +8,4 @@
             # 8
             # 9
             <domain x>
            +</domain>
            \ No newline at end of file
        "#]]
        .assert_eq(&shown(
            "run-as-root on\n# 2\n# 3\n# 4\n# 5\n# 6\n# 7\n# 8\n# 9\n<domain x>\n",
            "run-as-root yes\n# 2\n# 3\n# 4\n# 5\n# 6\n# 7\n# 8\n# 9\n<domain x>\n</domain>",
        ));
    }

    #[test]
    fn secrets_are_masked() {
        let before = "<smtp-user a>\npassword = hunter2-QzX\n</smtp-user>\n";
        let after = "<smtp-user a>\npassword hunter2-QzX\n</smtp-user>\n";
        let shown = shown(before, after);
        assert!(!shown.contains("hunter2"), "{shown}");
        assert!(
            shown.contains("-password = ••••\n+password ••••\n"),
            "{shown}"
        );
    }
}
