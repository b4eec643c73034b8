//! Genuine configurations: what is reported in them, file by file, was looked at by a person.

use std::collections::BTreeMap;

use pmta_analysis::diagnostics::Severity;
use pmta_analysis::document::Document;
use pmta_analysis::findings::findings;
use pmta_analysis::workspace::Workspace;
use pmta_ls_tests::{corpus, files_below};

/// Files of the corpus in which errors are true defects, and how many there are. The rest of the
/// genuine files has none.
const WITH_ERRORS: [(&str, usize); 8] = [
    // Expressions broken over two lines by a copy: neither line is closed.
    ("002-kira-mid-isp-backoff.conf", 7),
    // `http-access #YOUR_IP admin`: the comment takes the value.
    ("004-vendor-sample-2012-edited.conf", 1),
    // `password ## … ##` and `api-key ## … ##`: the comment takes the value.
    ("005-signals-demo.conf", 2),
    // Expressions broken over two lines by a copy.
    ("018-potoki-mailru-patch.conf", 2),
    ("024-iresponse-bounce-rules-custom.conf", 2),
    // `smtp-source-host yourip …`: a placeholder where an address must stand.
    ("036-roseman-utf8-mojibake.conf", 1),
    // A panel cut every value to two words: expressions without end, rules without result.
    ("044-manager-mock-truncated-patterns.conf", 97),
    // The same panel: `smtp-source-host` without host name.
    ("046-manager-pool-4-vmtas.conf", 4),
];

#[test]
fn errors_in_genuine_files_are_known_defects() {
    let Some(corpus) = corpus() else {
        println!("genuine: 0 files (the corpus is not beside this checkout)");
        return;
    };
    let files = files_below(&corpus.join("genuine"));
    println!("genuine: {} files", files.len());
    assert!(!files.is_empty(), "no file to read");
    let mut wrong = Vec::new();
    for path in files {
        let document = Document::from_bytes(&std::fs::read(&path).expect("a readable file"));
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let errors: Vec<_> = document
            .findings()
            .into_iter()
            .filter(|finding| finding.rule.severity == Severity::Error)
            .collect();
        let expected = WITH_ERRORS
            .iter()
            .find(|(file, _)| *file == name)
            .map_or(0, |(_, count)| *count);
        if errors.len() != expected {
            for finding in &errors {
                let line = document.rope().byte_to_line(finding.range.start as usize) + 1;
                wrong.push(format!(
                    "{name}:{line}: {} {}",
                    finding.rule.code, finding.message
                ));
            }
            wrong.push(format!(
                "{name}: {} errors instead of {expected}",
                errors.len()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Warnings that are right about these files. No name in a genuine file is unknown, misplaced or
/// invented.
const WITH_WARNINGS: [(&str, &str, usize); 5] = [
    // A copy joined two rules on one line.
    (
        "024-iresponse-bounce-rules-custom.conf",
        "several-directives-on-one-line",
        1,
    ),
    // Comments in GBK.
    ("040-yuweng-gbk.conf", "invalid-encoding", 1),
    // `\(#5.1.1\)` in an expression.
    (
        "044-manager-mock-truncated-patterns.conf",
        "regex-cut-by-comment",
        1,
    ),
    // A password for a host elsewhere, without TLS.
    ("055-xoauth-relay-vmta.conf", "plain-auth-unencrypted", 1),
    // The same, where TLS is used but not insisted on.
    ("058-iis-php-generator.conf", "plain-auth-unencrypted", 2),
];

#[test]
fn warnings_in_genuine_files_are_right() {
    let Some(corpus) = corpus() else {
        println!("genuine warnings: 0 files (the corpus is not beside this checkout)");
        return;
    };
    let mut seen = Vec::new();
    let files = files_below(&corpus.join("genuine"));
    println!("genuine warnings: {} files", files.len());
    for path in files {
        let document = Document::from_bytes(&std::fs::read(&path).expect("a readable file"));
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        for finding in document.findings() {
            if finding.rule.severity == Severity::Warning {
                seen.push((name.clone(), finding.rule.code));
            }
        }
    }
    let expected: Vec<_> = WITH_WARNINGS
        .iter()
        .flat_map(|(file, code, count)| std::iter::repeat_n(((*file).to_owned(), *code), *count))
        .collect();
    assert_eq!(seen, expected);
}

/// Files that open a server to strangers, in what one file alone can tell.
const EXPOSED: [(&str, &str, usize); 15] = [
    // `http-access 0.0.0.0/0 admin`
    ("002-kira-mid-isp-backoff.conf", "open-admin-access", 1),
    // `http-access 0/0 admin`
    ("004-vendor-sample-2012-edited.conf", "open-admin-access", 1),
    // `allow-unencrypted-plain-auth yes` for all addresses, or for hosts that are not this one.
    ("018-potoki-mailru-patch.conf", "plain-auth-unencrypted", 1),
    ("021-zakaria-php-template.conf", "plain-auth-unencrypted", 1),
    (
        "036-roseman-utf8-mojibake.conf",
        "plain-auth-unencrypted",
        1,
    ),
    (
        "039-blingnova-warmup-crlf.conf",
        "plain-auth-unencrypted",
        1,
    ),
    // `<source 0/0>` relays for everybody who reaches the address it listens on.
    ("040-yuweng-gbk.conf", "open-relay", 1),
    ("040-yuweng-gbk.conf", "plain-auth-unencrypted", 1),
    ("041-yuweng-utf8-template.conf", "open-relay", 1),
    ("041-yuweng-utf8-template.conf", "plain-auth-unencrypted", 1),
    (
        "044-manager-mock-truncated-patterns.conf",
        "plain-auth-unencrypted",
        3,
    ),
    ("055-xoauth-relay-vmta.conf", "plain-auth-unencrypted", 1),
    ("056-bam-exim-relay.conf", "plain-auth-unencrypted", 1),
    ("057-enterprise-c-txt.conf", "plain-auth-unencrypted", 1),
    ("058-iis-php-generator.conf", "plain-auth-unencrypted", 4),
];

#[test]
fn servers_open_to_strangers_are_known() {
    let Some(corpus) = corpus() else {
        println!("exposed: 0 files (the corpus is not beside this checkout)");
        return;
    };
    let mut seen: BTreeMap<(String, &str), usize> = BTreeMap::new();
    for path in files_below(&corpus.join("genuine")) {
        let document = Document::from_bytes(&std::fs::read(&path).expect("a readable file"));
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let (workspace, file) = Workspace::alone(path.clone(), document);
        for finding in findings(&workspace, file) {
            let code = finding.rule.code;
            if matches!(
                code,
                "open-admin-access" | "open-relay" | "plain-auth-unencrypted"
            ) {
                let count = seen.entry((name.clone().into_owned(), code)).or_default();
                *count = count.saturating_add(1);
            }
        }
    }
    let expected = EXPOSED.map(|(file, code, count)| ((file.to_owned(), code), count));
    assert_eq!(seen, BTreeMap::from(expected));
}
