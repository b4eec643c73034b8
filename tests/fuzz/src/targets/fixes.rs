//! Fixing a text comes to an end: what safe fixes leave, they leave alone a second time.

use std::path::PathBuf;

use pmta_analysis::document::Document;
use pmta_analysis::findings::findings;
use pmta_analysis::fixing::fix_all;
use pmta_analysis::workspace::Workspace;

use crate::input::Input;

/// Runs it.
pub(super) fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let may_change_meaning = input.byte() % 2 == 1;
    // Files that are not UTF-8 are never fixed.
    let document = Document::new(&input.rest());
    let alone = |document: Document| Workspace::alone(PathBuf::from("/etc/pmta/config"), document);
    let (workspace, file) = alone(document);
    let Some(fixed) = fix_all(&workspace, file, may_change_meaning) else {
        return;
    };
    let text = fixed.rope().to_string();
    let (workspace, file) = alone(Document::new(&text));
    assert_eq!(
        findings(&workspace, file),
        findings(&alone(fixed).0, file),
        "the fixed document is not that of its text"
    );
    if let Some(again) = fix_all(&workspace, file, may_change_meaning) {
        assert_eq!(again.rope().to_string(), text, "a second time changes more");
    }
}
