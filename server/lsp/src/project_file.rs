//! A `pmta-ls.toml` that the editor has open: its text, and what the client is told of it.

use std::path::{Path, PathBuf};

use pmta_analysis::document::Document;
use pmta_analysis::text::TextRange;
use tower_lsp::ls_types::Diagnostic;

use crate::capabilities::Client;
use crate::files::DiskFiles;
use crate::{project, project_check, to_proto};

/// The open file. It is no configuration of PowerMTA, so no feature but diagnostics looks at it.
#[derive(Clone, Debug)]
pub struct ProjectFile {
    /// Its path.
    pub path: PathBuf,
    /// Its version.
    pub version: i32,
    /// Its text. What else a document knows means nothing here.
    pub document: Document,
}

/// Whether a path is that of a project's configuration.
#[must_use]
pub fn is_project_file(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.to_str() == Some(project::NAME))
}

/// What is wrong in the file, as the client can take it.
#[must_use]
pub fn diagnostics(file: &ProjectFile, client: &Client) -> Vec<Diagnostic> {
    let rope = file.document.rope();
    let mistakes = project_check::check(&rope.to_string(), &file.path, &DiskFiles::default());
    let diagnostics = mistakes.into_iter().map(|mistake| {
        let range = TextRange::of(mistake.range.start, mistake.range.end);
        Diagnostic {
            range: client.encoding.range(rope, range),
            severity: Some(to_proto::severity(mistake.severity)),
            source: Some(to_proto::SOURCE.to_owned()),
            message: mistake.message,
            ..Diagnostic::default()
        }
    });
    diagnostics.collect()
}
