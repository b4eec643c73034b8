//! `xml-comment`: a comment is written `<!-- … -->`.

use super::{CommentSite, Finding, Fix, Group, Item, Rule, Safety, Severity};
use crate::syntax::CommentForm;
use crate::text::TextRange;

/// The rule.
pub static RULE: Rule = Rule {
    code: "xml-comment",
    severity: Severity::Warning,
    group: Group::Syntax,
    summary: "a comment is written `<!-- … -->`",
    documentation: "The tags make the file look like XML, but it is none: a comment begins with `#` and ends with its
line.

```pmta
<!-- large providers -->
<domain gmail.com>
    max-smtp-out 20 <!-- no more than that -->
</domain>
```

```pmta
# large providers
<domain gmail.com>
    max-smtp-out 20 # no more than that
</domain>
```",
};

pub(crate) fn check(site: &CommentSite<'_>, findings: &mut Vec<Finding>) {
    if site.form != CommentForm::Xml {
        return;
    }
    findings.push(
        Finding::new(
            &RULE,
            site.entry.range,
            "XML comments are text to PowerMTA: a comment begins with `#`.",
        )
        .with_fix(conversion(site)),
    );
}

/// The comment as PowerMTA reads it. What follows on its last line gets a line of its own, since a
/// `#` would swallow it.
fn conversion(site: &CommentSite<'_>) -> Fix {
    let item = site.item;
    let range = site.entry.range;
    let after = range
        .end
        .saturating_add(leading_blanks(rest_of_line(item, range.end)));
    let rest = rest_of_line(item, after);
    let lines = lines(site);
    if lines.is_empty() {
        return Fix::replace(
            "Delete the empty comment",
            Safety::Safe,
            deletion(site, after),
            "",
        );
    }
    let separator = format!("{}{}", item.line_break(), item.indentation(range.start));
    let mut text = lines.join(&separator);
    let mut replaced = range;
    if site.is_trailing() {
        replaced.start = start_of_blanks(item, range.start);
        text.insert(0, ' ');
    }
    if !rest.is_empty() && !rest.starts_with('#') {
        replaced.end = after;
        text.push_str(&separator);
        text.push_str(&"    ".repeat(opened_on_line(site)));
    }
    Fix::replace("Write the comment with `#`", Safety::Safe, replaced, text)
}

/// What goes with an empty comment: its line if nothing else stands there, else blanks on one side.
fn deletion(site: &CommentSite<'_>, after: u32) -> TextRange {
    let range = site.entry.range;
    let is_last = rest_of_line(site.item, after).is_empty();
    match (site.is_trailing(), is_last) {
        (false, true) => site.item.whole_lines(range),
        (true, true) => TextRange::new(start_of_blanks(site.item, range.start), range.end),
        (_, false) => TextRange::new(range.start, after),
    }
}

/// The lines of the comment, each with its `#`; without the empty first and last, and without the
/// indentation they share.
fn lines(site: &CommentSite<'_>) -> Vec<String> {
    let text = site.text();
    let begins = ["<!--", "!--", "&lt;!--"]
        .iter()
        .find_map(|sign| text.strip_prefix(sign));
    let inner = begins.unwrap_or(text);
    let ends = ["-->", "--&gt;"]
        .iter()
        .find_map(|sign| inner.strip_suffix(sign));
    let inner = ends.unwrap_or(inner);
    let mut lines: Vec<&str> = inner.lines().map(str::trim_end).collect();
    if let Some(first) = lines.first_mut() {
        *first = first.trim_start();
    }
    while lines.last().is_some_and(|last| last.is_empty()) {
        lines.pop();
    }
    let shared = lines
        .iter()
        .skip(1)
        .filter(|line| !line.is_empty())
        .map(|line| leading_blanks(line) as usize)
        .min()
        .unwrap_or_default();
    lines
        .iter()
        .enumerate()
        .skip_while(|(_, line)| line.is_empty())
        .map(|(index, line)| {
            let line = if index == 0 {
                *line
            } else {
                line.get(shared..).unwrap_or_default()
            };
            format!("# {line}").trim_end().to_owned()
        })
        .collect()
}

/// How many sections opened earlier on the comment's first line are still open behind it.
fn opened_on_line(site: &CommentSite<'_>) -> usize {
    let (line, _) = site.item.line_around(site.entry.range.start);
    site.item
        .view
        .ancestors(site.entry)
        .take_while(|(_, section)| line.contains_range(section.open.range))
        .count()
}

fn rest_of_line(item: Item<'_>, at: u32) -> &str {
    let rest = item.text.get(at as usize..).unwrap_or_default();
    rest.split(['\n', '\r']).next().unwrap_or_default()
}

fn leading_blanks(text: &str) -> u32 {
    TextRange::of(
        0,
        text.len()
            .saturating_sub(text.trim_start_matches([' ', '\t']).len()),
    )
    .end
}

/// Where the blanks that end at `at` begin.
fn start_of_blanks(item: Item<'_>, at: u32) -> u32 {
    let before = item.text.get(..at as usize).unwrap_or_default();
    TextRange::of(0, before.trim_end_matches([' ', '\t']).len()).end
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    fn converted(text: &str) -> String {
        fixed(text, "xml-comment")
    }

    #[test]
    fn each_comment_is_one_finding() {
        expect![[r#"
            1:1-15 warning xml-comment: XML comments are text to PowerMTA: a comment begins with `#`.
            3:21-35 warning xml-comment: XML comments are text to PowerMTA: a comment begins with `#`.
            5:1-7:4 warning xml-comment: XML comments are text to PowerMTA: a comment begins with `#`.
            8:1-15 warning xml-comment: XML comments are text to PowerMTA: a comment begins with `#`.
        "#]].assert_eq(&findings(
            "<!-- large -->\n<domain gmail.com>\n    max-smtp-out 20 <!-- don't -->\n</domain>\n<!--\nlong\n-->\n!-- broken -->\n",
        ));
    }

    #[test]
    fn a_line_of_its_own() {
        assert_eq!(
            converted("  <!-- large -->\nrun-as-root no\n"),
            "  # large\nrun-as-root no\n"
        );
        assert_eq!(
            converted("&lt;!-- encoded --&gt;\nrun-as-root no\n"),
            "# encoded\nrun-as-root no\n"
        );
        assert_eq!(
            converted("!-- broken -->\nrun-as-root no\n"),
            "# broken\nrun-as-root no\n"
        );
        assert_eq!(
            converted("<!-- no end\nrun-as-root no\n"),
            "# no end\nrun-as-root no\n"
        );
    }

    #[test]
    fn behind_a_directive() {
        assert_eq!(
            converted("run-as-root no   <!-- never -->\n"),
            "run-as-root no # never\n"
        );
        assert_eq!(
            converted("run-as-root no<!-- never -->\r\n"),
            "run-as-root no # never\r\n"
        );
        assert_eq!(
            converted("run-as-root no <!-- never --> # ever\n"),
            "run-as-root no # never # ever\n"
        );
        assert_eq!(
            converted("<!-- a --> <!-- b -->\r\nrun-as-root no\r\n"),
            "# a\r\n<!-- b -->\r\nrun-as-root no\r\n"
        );
    }

    #[test]
    fn what_follows_gets_its_own_line() {
        expect![[r#"
            # large
            <domain gmail.com> max-smtp-out 20 </domain>
        "#]]
        .assert_eq(&converted(
            "<!-- large --> <domain gmail.com> max-smtp-out 20 </domain>\n",
        ));
        expect![[r#"
            <domain gmail.com> max-smtp-out 20 # low
                retry-after 10m </domain>
        "#]]
        .assert_eq(&converted(
            "<domain gmail.com> max-smtp-out 20 <!-- low --> retry-after 10m </domain>\n",
        ));
    }

    #[test]
    fn several_lines() {
        expect![[r#"
            # <domain x>
            #     max-smtp-out 1
            #
            # </domain>
            run-as-root no
        "#]]
        .assert_eq(&converted(
            "<!--\n  <domain x>\n      max-smtp-out 1\n\n  </domain>\n-->\nrun-as-root no\n",
        ));
        assert_eq!(
            converted("  <!-- first\n       second -->\n  run-as-root no\n"),
            "  # first\n  # second\n  run-as-root no\n"
        );
    }

    #[test]
    fn empty_comments_go() {
        assert_eq!(converted("<!-- -->\nrun-as-root no\n"), "run-as-root no\n");
        assert_eq!(converted("run-as-root no <!---->\n"), "run-as-root no\n");
        assert_eq!(converted("<!-- --> run-as-root no\n"), "run-as-root no\n");
    }
}
