//! The page this server was made for: pasted without its line breaks, with XML comments, invented
//! directives and a section that nothing ends.

use std::collections::BTreeMap;

use expect_test::expect;
use pmta_analysis::diagnostics::{Finding, Fix, Safety};
use pmta_analysis::document::Document;

/// A comment that swallowed two directives.
const COMMENT: &str =
    "# Settings of accounts auth_type = \"auth_file\" auth_file = \"/etc/pmta/accounts\"\n";

/// A section on one line, with comments of another language.
const DOMAIN: &str = "<!-- The big ones: Gmail --> <domain gmail.com> max-msg-rate 80/s <!-- Don't hurry --> \
    max-rcpt-per-transaction 90 <!-- A batch --> max-smtp-out 25 <!-- At the same time --> retry-after 15m \
    dkim-sign yes dkim-identity @yourdomain.com dkim-selector mail dkim-key-file /etc/pmta/dkim.key </domain>\n";

/// An invented section, cut off by a note of the page.
const SENDER: &str = "<sender orders@service.example.com> vmta txn-vmta max-msg-rate 2500/hour max-conn 60 \
    bounce-sender bounces+service@example.com Can\u{2019}t copy the link right now\n";

/// Groups of rules that one file alone answers.
const GROUPS: [&str; 4] = ["structure", "names", "syntax", "values"];

fn findings(text: &str) -> Vec<Finding> {
    let mut findings = Document::new(text).findings();
    findings.retain(|finding| GROUPS.contains(&finding.rule.group.name()));
    findings
}

/// How often each code is reported on each line.
fn counted(text: &str) -> BTreeMap<(usize, &'static str), usize> {
    let mut counts = BTreeMap::new();
    for finding in findings(text) {
        let before = &text[..finding.range.start as usize];
        let line = before.matches('\n').count().saturating_add(1);
        let count: &mut usize = counts.entry((line, finding.rule.code)).or_default();
        *count = count.saturating_add(1);
    }
    counts
}

/// What each code's findings cover.
fn covered<'a>(text: &'a str, code: &str) -> Vec<&'a str> {
    findings(text)
        .iter()
        .filter(|finding| finding.rule.code == code)
        .map(|finding| finding.range.slice(text))
        .collect()
}

/// Codes and counts on the three lines, whatever their words are.
const TABLE: [((usize, &str), usize); 10] = [
    ((1, "directives-in-comment"), 1),
    ((2, "folklore-directive"), 2),
    ((2, "several-directives-on-one-line"), 1),
    ((2, "xml-comment"), 4),
    ((3, "folklore-directive"), 3),
    ((3, "folklore-section"), 1),
    ((3, "invalid-unit"), 1),
    ((3, "page-debris"), 1),
    ((3, "several-directives-on-one-line"), 1),
    ((3, "unclosed-section"), 1),
];

#[test]
fn the_page_as_it_is_pasted() {
    assert_eq!(
        counted(&[COMMENT, DOMAIN, SENDER].concat()),
        BTreeMap::from(TABLE)
    );
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the page is a file, where it is at hand"
)]
fn the_page_itself() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/folklore/samples/02-seed-flattened.conf"
    );
    let Ok(text) = std::fs::read_to_string(path) else {
        return;
    };
    assert_eq!(counted(&text), BTreeMap::from(TABLE));
}

#[test]
fn each_finding_covers_its_construct_only() {
    assert_eq!(
        covered(COMMENT, "directives-in-comment"),
        ["auth_type = \"auth_file\" auth_file = \"/etc/pmta/accounts\""]
    );
    assert_eq!(
        covered(DOMAIN, "xml-comment"),
        [
            "<!-- The big ones: Gmail -->",
            "<!-- Don't hurry -->",
            "<!-- A batch -->",
            "<!-- At the same time -->"
        ]
    );
    assert_eq!(
        covered(DOMAIN, "folklore-directive"),
        ["dkim-selector", "dkim-key-file"]
    );
    assert_eq!(covered(SENDER, "folklore-section"), ["<sender"]);
    assert_eq!(
        covered(SENDER, "folklore-directive"),
        ["vmta", "max-conn", "bounce-sender"]
    );
    assert_eq!(covered(SENDER, "invalid-unit"), ["/hour"]);
    assert_eq!(
        covered(SENDER, "page-debris"),
        ["Can\u{2019}t copy the link right now"]
    );
}

#[test]
fn both_dkim_lines_offer_the_same_key() {
    let offered: Vec<Fix> = findings(DOMAIN)
        .into_iter()
        .filter(|finding| finding.rule.code == "folklore-directive")
        .map(|finding| finding.fixes.into_iter().next().expect("a fix"))
        .collect();
    let [first, second] = offered.as_slice() else {
        panic!("two lines, not {}", offered.len())
    };
    assert_eq!(first, second);
    let inserted = "domain-key mail,yourdomain.com,/etc/pmta/dkim.key";
    assert!(
        first.edits.iter().any(|edit| edit.text.contains(inserted)),
        "{first:?}"
    );
}

/// More fixes than this mean that they undo each other.
const MOST_FIXES: usize = 64;

/// The text after fixes were applied one by one, safe ones first, until none is left.
fn repaired(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..MOST_FIXES {
        let findings = findings(&text);
        let fix_of = |safety: Safety| {
            findings
                .iter()
                .find_map(|finding| finding.fixes.iter().find(|fix| fix.safety == safety))
        };
        let Some(fix) = fix_of(Safety::Safe).or_else(|| fix_of(Safety::Unsafe)) else {
            return text;
        };
        let mut edits = fix.edits.clone();
        edits.sort_by_key(|edit| edit.range);
        for edit in edits.iter().rev() {
            text.replace_range(edit.range.as_usize(), &edit.text);
        }
    }
    text
}

#[test]
fn the_flattened_section_is_repaired() {
    let text = repaired(DOMAIN);
    expect![[r#"
        # The big ones: Gmail
        domain-key mail,yourdomain.com,/etc/pmta/dkim.key
        <domain gmail.com>
            max-msg-rate 80/s # Don't hurry
            max-rcpt-per-transaction 90 # A batch
            max-smtp-out 25 # At the same time
            retry-after 15m
            dkim-sign yes
            dkim-identity @yourdomain.com
        </domain>
    "#]]
    .assert_eq(&text);
    assert!(findings(&text).is_empty());
}

#[test]
fn the_comment_is_split() {
    let fix = findings(COMMENT)
        .into_iter()
        .flat_map(|finding| finding.fixes)
        .next()
        .expect("a fix");
    assert_eq!(fix.safety, Safety::Unsafe);
    let mut text = COMMENT.to_owned();
    for edit in fix.edits.iter().rev() {
        text.replace_range(edit.range.as_usize(), &edit.text);
    }
    assert_eq!(
        text,
        "# Settings of accounts\nauth_type = \"auth_file\"\nauth_file = \"/etc/pmta/accounts\"\n"
    );
}
