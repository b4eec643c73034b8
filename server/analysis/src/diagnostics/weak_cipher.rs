//! `weak-cipher`: a cipher is allowed that is no longer safe.

use super::{DirectiveSite, Finding, Fix, Group, Rule, Safety, Severity};
use crate::catalog::ValueKind;
use crate::meaning::Meaning;
use crate::text::TextRange;

/// Parts of cipher names that tell that anybody can read or change what is sent.
const WEAK: [&str; 22] = [
    "NULL",
    "ENULL",
    "ANULL",
    "ADH",
    "AECDH",
    "EXP",
    "EXPORT",
    "EXPORT40",
    "EXPORT56",
    "EXP1024",
    "LOW",
    "MEDIUM",
    "RC2",
    "RC4",
    "DES",
    "3DES",
    "CBC3",
    "IDEA",
    "SEED",
    "MD5",
    "SSLV2",
    "COMPLEMENTOFALL",
];

/// The rule.
pub static RULE: Rule = Rule {
    code: "weak-cipher",
    severity: Severity::Information,
    group: Group::Security,
    summary: "a cipher is allowed that is no longer safe",
    documentation: "The list of ciphers lets in some that do not encrypt at all, do not tell who is at the other end, or
can be broken: `NULL`, `ADH`, `EXPORT`, `LOW`, `MEDIUM`, `RC4`, `DES`, `3DES`, `MD5` and their kin.

```pmta
smtp-server-tls-ciphers HIGH:MEDIUM:RC4-SHA
```

```pmta
smtp-server-tls-ciphers HIGH:!ADH:@STRENGTH
```

A word after `!` or `-` takes ciphers out and is no finding, and neither is one that such a word takes
out again.",
};

pub(crate) fn check(site: &DirectiveSite<'_>, findings: &mut Vec<Finding>) {
    let Meaning::Directive(found) = site.judged.meaning else {
        return;
    };
    if !matches!(found.value.kind, ValueKind::OpensslList) {
        return;
    }
    let value = site.value();
    let words = || value.split([':', ',', ' ', '"']);
    let excluded: Vec<String> = words()
        .filter_map(|word| word.strip_prefix(['!', '-']))
        .map(str::to_ascii_uppercase)
        .collect();
    let mut start = site.directive.value.start;
    for word in words() {
        let range = TextRange::of(0, word.len()).shifted(start);
        start = range.end.saturating_add(1);
        if is_weak(word, &excluded) {
            findings.push(finding(site, word, range));
        }
    }
}

/// Whether a word lets in weak ciphers that no other word takes out.
fn is_weak(word: &str, excluded: &[String]) -> bool {
    if word.starts_with(['!', '-', '+', '@']) {
        return false;
    }
    let word = word.to_ascii_uppercase();
    let mut parts = word.split(['-', '+', '_']);
    let is_excluded = parts
        .clone()
        .any(|part| excluded.iter().any(|word| word == part));
    parts.any(|part| WEAK.contains(&part)) && !is_excluded
}

fn finding(site: &DirectiveSite<'_>, word: &str, range: TextRange) -> Finding {
    let value = site.directive.value;
    let behind = TextRange::new(range.end, value.end);
    let before = TextRange::new(value.start, range.start);
    let deleted = if site.item.slice(behind).starts_with(':') {
        Some(TextRange::new(range.start, range.end.saturating_add(1)))
    } else if site.item.slice(before).ends_with(':') {
        Some(TextRange::new(range.start.saturating_sub(1), range.end))
    } else {
        None
    };
    let finding = Finding::new(
        &RULE,
        range,
        format!(
            "`{word}` lets in ciphers that are not safe: who listens in can read or change what \
             they protect."
        ),
    );
    match deleted {
        Some(deleted) => finding.with_fix(Fix::replace(
            format!("Delete `{word}`"),
            Safety::Alternative,
            deleted,
            "",
        )),
        None => finding,
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::{findings, fixed};

    #[test]
    fn each_weak_word_is_marked() {
        let text = "smtp-server-tls-ciphers HIGH:MEDIUM:aNULL\n<domain example.com>\n    smtp-tls-ciphers DES-CBC3-SHA\n</domain>\n";
        expect![[r#"
            1:30-36 information weak-cipher: `MEDIUM` lets in ciphers that are not safe: who listens in can read or change what they protect.
            1:37-42 information weak-cipher: `aNULL` lets in ciphers that are not safe: who listens in can read or change what they protect.
            3:22-34 information weak-cipher: `DES-CBC3-SHA` lets in ciphers that are not safe: who listens in can read or change what they protect.
        "#]]
        .assert_eq(&findings(text));
        expect![[r#"
            smtp-server-tls-ciphers HIGH:aNULL
            <domain example.com>
                smtp-tls-ciphers DES-CBC3-SHA
            </domain>
        "#]]
        .assert_eq(&fixed(text, "weak-cipher"));
    }

    #[test]
    fn words_that_take_ciphers_out() {
        expect![[""]].assert_eq(&findings(
            "smtp-server-tls-ciphers HIGH:!ADH:@STRENGTH\nhttp-tls-ciphers HIGH:RC4:!RC4:-MD5:+3DES\n",
        ));
    }
}
