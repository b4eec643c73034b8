//! `directives-in-comment`: directives behind a `#` whose line breaks were lost.

use super::{CommentSite, Edit, Finding, Fix, Group, Rule, Safety, Severity};
use crate::catalog::{self, ValueSpec};
use crate::syntax::{CommentForm, normalise};
use crate::text::TextRange;
use crate::value::{self, Context};

/// The rule.
pub static RULE: Rule = Rule {
    code: "directives-in-comment",
    severity: Severity::Hint,
    group: Group::Syntax,
    summary: "a comment holds several directives, as if line breaks were lost",
    documentation: "A comment runs to the end of its line. When a page loses its line breaks, the directives that
followed a comment become part of it and do nothing.

```pmta
# Limits max-smtp-out 20 max-msg-rate 10/s
```

```pmta
# Limits
max-smtp-out 20
max-msg-rate 10/s
```",
};

/// A directive's name and value within the comment.
#[derive(Clone, Copy)]
struct Pair {
    name: TextRange,
    value: TextRange,
    /// Its value could hardly be anything else.
    is_sure: bool,
}

pub(crate) fn check(site: &CommentSite<'_>, findings: &mut Vec<Finding>) {
    if site.form != CommentForm::Hash {
        return;
    }
    let text = site.text();
    let pairs = longest_chain(text);
    let (Some(first), Some(last)) = (pairs.first(), pairs.last()) else {
        return;
    };
    if pairs.len() < 2 || !pairs.iter().any(|pair| pair.is_sure) {
        return;
    }
    let range = first.name.cover(last.value).shifted(site.entry.range.start);
    let names: Vec<String> = pairs
        .iter()
        .map(|pair| format!("`{}`", pair.name.slice(text)))
        .collect();
    let mut finding = Finding::new(
        &RULE,
        range,
        format!(
            "The comment runs to the end of the line, so {} do nothing: was a line break lost?",
            names.join(" and ")
        ),
    );
    if !text.contains('<') {
        finding = finding.with_fix(split(site, &pairs));
    }
    findings.push(finding);
}

/// Each directive on a line of its own behind the comment.
fn split(site: &CommentSite<'_>, pairs: &[Pair]) -> Fix {
    let text = site.text();
    let comment = site.entry.range;
    let line = format!(
        "{}{}",
        site.item.line_break(),
        site.item.indentation(comment.start)
    );
    let edits = pairs
        .iter()
        .map(|pair| {
            let before = text.get(..pair.name.start as usize).unwrap_or_default();
            let kept = before.trim_end();
            let name = pair.name.start.saturating_add(comment.start);
            if !kept.trim_start_matches('#').is_empty() {
                let end = comment
                    .start
                    .saturating_add(TextRange::of(0, kept.len()).end);
                Edit {
                    range: TextRange::new(end, name),
                    text: line.clone(),
                }
            } else if site.is_trailing() {
                Edit {
                    range: TextRange::new(end_of_code(site), name),
                    text: line.clone(),
                }
            } else {
                Edit {
                    range: TextRange::new(comment.start, name),
                    text: String::new(),
                }
            }
        })
        .collect();
    Fix {
        title: "Put each directive on its own line".to_owned(),
        safety: Safety::Unsafe,
        edits,
    }
}

/// The end of what stands before a comment on its line.
fn end_of_code(site: &CommentSite<'_>) -> u32 {
    let before = site
        .item
        .text
        .get(..site.entry.range.start as usize)
        .unwrap_or_default();
    TextRange::of(0, before.trim_end_matches([' ', '\t']).len()).end
}

/// The longest row of directives that directly follow each other.
fn longest_chain(text: &str) -> Vec<Pair> {
    let words = words(text);
    let mut longest = Vec::new();
    let mut chain: Vec<Pair> = Vec::new();
    let mut at: usize = 0;
    while at < words.len() {
        match pair_at(text, &words, at, !chain.is_empty()) {
            Some((pair, next, is_whole)) => {
                chain.push(pair);
                at = next;
                if is_whole {
                    continue;
                }
            }
            None => at = at.saturating_add(1),
        }
        if chain.len() > longest.len() {
            longest = std::mem::take(&mut chain);
        }
        chain.clear();
    }
    if chain.len() > longest.len() {
        chain
    } else {
        longest
    }
}

/// The directive whose name is the word at `at`; the word behind its value; and whether the value
/// reaches up to the next name.
fn pair_at(
    text: &str,
    words: &[TextRange],
    at: usize,
    is_behind_another: bool,
) -> Option<(Pair, usize, bool)> {
    let range = *words.get(at)?;
    let name = name_range(text, range);
    let written = name.slice(text);
    if !catalog::is_known_name(written) || !(is_behind_another || is_hyphenated(written)) {
        return None;
    }
    let next = at.saturating_add(1);
    let is_assigned =
        name.end < range.end || words.get(next).is_some_and(|word| word.slice(text) == "=");
    let is_sign = name.end == range.end && is_assigned;
    let first = if is_sign {
        next.saturating_add(1)
    } else {
        next
    };
    let start = words.get(first)?.start;
    let following = words
        .iter()
        .enumerate()
        .skip(first.saturating_add(1))
        .find(|(_, word)| {
            let name = name_range(text, **word).slice(text);
            catalog::is_known_name(name)
        })
        .map_or(words.len(), |(index, _)| index);
    let whole = TextRange::new(start, words.get(following.saturating_sub(1))?.end);
    let one_word = *words.get(first)?;
    let reading = reading(written, is_assigned, whole.slice(text));
    if let Reading::Fits { is_sure } = reading {
        return Some((
            Pair {
                name,
                value: whole,
                is_sure,
            },
            following,
            true,
        ));
    }
    if let Reading::Fits { is_sure } = self::reading(written, is_assigned, one_word.slice(text)) {
        let behind = first.saturating_add(1);
        return Some((
            Pair {
                name,
                value: one_word,
                is_sure,
            },
            behind,
            behind == following,
        ));
    }
    None
}

enum Reading {
    Fits { is_sure: bool },
    DoesNot,
}

/// Whether `value` can be the value of the directive `name`.
fn reading(name: &str, is_assigned: bool, value: &str) -> Reading {
    let entries = catalog::directives_named(&normalise(name));
    let is_quoted =
        value.len() > 2 && value.starts_with('"') && value.find('"') != value.rfind('"');
    let is_one = !value.contains([' ', '\t'])
        || (is_quoted && value.matches('"').count() == 2 && value.ends_with('"'));
    if entries.is_empty() {
        let starts_with_digit = value.starts_with(|first: char| first.is_ascii_digit());
        let is_sure = (is_assigned && is_quoted) || starts_with_digit;
        return if is_one {
            Reading::Fits { is_sure }
        } else {
            Reading::DoesNot
        };
    }
    if entries.iter().any(|entry| fits(&entry.value, value)) {
        let is_sure = entries.iter().all(|entry| !fits(&entry.value, "and"));
        return if is_sure || is_one {
            Reading::Fits { is_sure }
        } else {
            Reading::DoesNot
        };
    }
    let looks_measured = is_one
        && value.starts_with(|first: char| first.is_ascii_digit())
        && value.ends_with(|last: char| last.is_ascii_alphanumeric());
    if looks_measured {
        Reading::Fits { is_sure: false }
    } else {
        Reading::DoesNot
    }
}

fn fits(spec: &'static ValueSpec, value: &str) -> bool {
    let parsed = value::parse(spec, value, Context::default());
    parsed.problems.is_empty() && parsed.rest.is_empty()
}

fn is_hyphenated(name: &str) -> bool {
    name.contains(['-', '_'])
}

/// The word without the sign of an assignment behind it.
fn name_range(text: &str, word: TextRange) -> TextRange {
    let name = word.slice(text).trim_end_matches(['=', ':']);
    TextRange::new(
        word.start,
        word.start.saturating_add(TextRange::of(0, name.len()).end),
    )
}

/// The words of the comment; what stands between quotes is one.
fn words(text: &str) -> Vec<TextRange> {
    let mut words = Vec::new();
    let mut start = None;
    let mut is_quoted = false;
    for (at, character) in text.char_indices() {
        let is_blank = matches!(character, ' ' | '\t') && !is_quoted;
        match (start, is_blank) {
            (None, false) if character == '#' && words.is_empty() => {}
            (None, false) => {
                start = Some(at);
                is_quoted = character == '"' && closes(text, at);
            }
            (Some(from), true) => {
                words.push(TextRange::of(from, at));
                start = None;
            }
            (Some(_), false) if character == '"' => {
                is_quoted = !is_quoted && closes(text, at);
            }
            _ => {}
        }
    }
    words.extend(start.map(|from| TextRange::of(from, text.len())));
    words
}

/// Whether another quote follows the one at `at`.
fn closes(text: &str, at: usize) -> bool {
    text.get(at.saturating_add(1)..)
        .is_some_and(|rest| rest.contains('"'))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn directives_whose_line_breaks_were_lost() {
        expect![[r#"
            1:10-43 hint directives-in-comment: The comment runs to the end of the line, so `max-smtp-out` and `max-msg-rate` do nothing: was a line break lost?
            2:18-75 hint directives-in-comment: The comment runs to the end of the line, so `auth_type` and `auth_file` do nothing: was a line break lost?
        "#]].assert_eq(&findings(
            "# Limits max-smtp-out 20 max-msg-rate 10/s\n# Authentication auth_type = \"auth_file\" auth_file = \"/etc/pmta/auth_file\"\n",
        ));
    }

    #[test]
    fn ordinary_comments_are_left_alone() {
        expect![[""]].assert_eq(&findings(
            "# max-smtp-out 20\n#domain-key mail, example.com, /etc/pmta/mail.pem\n# use max-smtp-out and max-msg-rate together\n# max-msg-rate 10/s is more than max-connect-rate 5/s here\n# see log-file and spool\n# max-smtp-out 20, max-msg-rate 10/s\n",
        ));
    }

    #[test]
    fn each_gets_its_own_line() {
        assert_eq!(
            fixed(
                "  # Limits max-smtp-out 20 max-msg-rate 10/s\n",
                "directives-in-comment"
            ),
            "  # Limits\n  max-smtp-out 20\n  max-msg-rate 10/s\n"
        );
        expect![[r#"
            max-smtp-out 20
            max-msg-rate 10/s
        "#]]
        .assert_eq(&fixed(
            "# max-smtp-out 20 max-msg-rate 10/s\n",
            "directives-in-comment",
        ));
        expect![[r#"
            run-as-root no
            max-smtp-out 20
            max-msg-rate 10/s
        "#]]
        .assert_eq(&fixed(
            "run-as-root no # max-smtp-out 20 max-msg-rate 10/s\n",
            "directives-in-comment",
        ));
    }
}
