//! Deployments that say they are clean have no finding of severity warning or above.

use pmta_analysis::diagnostics::Severity;
use pmta_analysis::document::Document;
use pmta_ls_tests::{deployments, files_below};

#[test]
fn clean_deployments_are_clean() {
    let mut read = 0;
    let mut found = Vec::new();
    for folder in std::fs::read_dir(deployments())
        .expect("our deployments")
        .flatten()
    {
        let Ok(about) = std::fs::read_to_string(folder.path().join("README.md")) else {
            continue;
        };
        if !about.to_lowercase().contains("clean: yes") {
            continue;
        }
        for path in files_below(&folder.path()) {
            read += 1;
            let document = Document::from_bytes(&std::fs::read(&path).expect("a readable file"));
            for finding in document.findings() {
                if finding.rule.severity >= Severity::Warning {
                    let line = document.rope().byte_to_line(finding.range.start as usize) + 1;
                    found.push(format!(
                        "{}:{line}: {} {}",
                        path.display(),
                        finding.rule.code,
                        finding.message
                    ));
                }
            }
        }
    }
    println!("clean: {read} files");
    assert!(read > 0, "no file to read");
    assert!(found.is_empty(), "{}", found.join("\n"));
}
