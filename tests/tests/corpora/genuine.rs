//! Genuine configurations: what is reported in them, file by file, was looked at by a person.

use pmta_analysis::diagnostics::Severity;
use pmta_analysis::document::Document;
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
const WITH_WARNINGS: [(&str, &str, usize); 3] = [
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
