//! `--fix`: makes what can be fixed, in memory, until nothing is left; then writes or shows it.
//!
//! Files are changed in which findings are reported, and no others: those that are named, and those of
//! the configurations that are named or found. What `--baseline` knows stays as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use pmta_analysis::diagnostics::Finding;
use pmta_analysis::document::Document;
use pmta_analysis::fixing;
use pmta_analysis::workspace::Files;

use super::baseline::Baseline;
use super::diff;
use super::report::{self, Reported};
use super::selection::{Selected, Selection};
use crate::cli::arguments::Check;
use crate::cli::output::complain;
use crate::files::DiskFiles;
use crate::write;

/// UTF-8's byte-order mark.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// What fixing has changed.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// By path.
    changed: BTreeMap<PathBuf, Change>,
}

/// The change of one file.
#[derive(Debug)]
struct Change {
    /// Name of the file in the output.
    name: String,
    before: Document,
}

/// Makes the fixes that the arguments ask for, in the texts that `files` holds. The selection is then
/// one of the fixed files.
pub(crate) fn fix(
    arguments: &Check,
    selection: &mut Selection,
    files: &mut DiskFiles,
    baseline: Option<&Baseline>,
) -> Changes {
    let mut changes = Changes::default();
    let mut refused = BTreeSet::new();
    for _ in 0..fixing::MOST_ROUNDS {
        let fixed = fix_once(
            arguments,
            selection,
            files,
            baseline,
            &mut changes,
            &mut refused,
        );
        if fixed.is_empty() {
            break;
        }
        for (path, bytes) in fixed {
            files.replace(&path, bytes);
        }
        *selection = Selection::again(arguments, files);
    }
    for name in refused {
        complain(&format!("{name} is not fixed, for it is not UTF-8"));
    }
    changes
}

/// The files that can be fixed, with their new content.
fn fix_once(
    arguments: &Check,
    selection: &Selection,
    files: &DiskFiles,
    baseline: Option<&Baseline>,
    changes: &mut Changes,
    refused: &mut BTreeSet<String>,
) -> Vec<(PathBuf, Vec<u8>)> {
    let reported = report::report(selection.files());
    let reported = match baseline {
        Some(baseline) => baseline.unknown(reported),
        None => reported,
    };
    let mut fixed = Vec::new();
    for of_file in reported.chunk_by(|one, other| one.path == other.path) {
        let Some(first) = of_file.first() else {
            continue;
        };
        let Some(path) = path_of(&first.selected) else {
            continue;
        };
        let findings: Vec<&Finding> = of_file.iter().map(|it| &it.finding).collect();
        let edits = fixing::edits(findings, arguments.unsafe_fixes);
        if edits.is_empty() {
            continue;
        }
        let Some(mark) = byte_order_mark(path, first, files) else {
            refused.insert(first.path.to_owned());
            continue;
        };
        let text = fixing::apply(&first.document.rope().to_string(), &edits);
        fixed.push((path.to_path_buf(), [mark, text.as_bytes()].concat()));
        changes
            .changed
            .entry(path.to_path_buf())
            .or_insert_with(|| Change {
                name: first.path.to_owned(),
                before: first.document.clone(),
            });
    }
    fixed
}

fn path_of<'a>(selected: &Selected<'a>) -> Option<&'a Path> {
    selected.workspace.path(selected.file)
}

/// The byte-order mark to write in front of a file, which may be empty; none: it is not UTF-8.
fn byte_order_mark(
    path: &Path,
    reported: &Reported<'_>,
    files: &DiskFiles,
) -> Option<&'static [u8]> {
    let bytes = files.read(path).ok()?;
    let (mark, text) = match bytes.strip_prefix(MARK) {
        Some(text) => (MARK, text),
        None => (&b""[..], bytes.as_slice()),
    };
    let is_text = std::str::from_utf8(text).is_ok();
    (is_text && reported.document.encoding().first_invalid.is_none()).then_some(mark)
}

impl Changes {
    /// How many files have changed.
    #[must_use]
    pub(crate) fn count(&self) -> usize {
        self.changed.len()
    }

    /// Writes the changed files, except that of standard input; whether all could be written. Those
    /// that could not be are in `files` as they are on disk, and the selection is one of them.
    pub(crate) fn write(
        &mut self,
        arguments: &Check,
        selection: &mut Selection,
        files: &mut DiskFiles,
        standard_input: Option<&Path>,
    ) -> bool {
        let mut unwritten = Vec::new();
        for (path, change) in &self.changed {
            if Some(path.as_path()) == standard_input {
                continue;
            }
            let written = files
                .read(path)
                .map_err(|error| error.to_string())
                .and_then(|bytes| write::replace(path, &bytes).map_err(|error| error.to_string()));
            if let Err(error) = written {
                complain(&format!("cannot write {}: {error}", change.name));
                unwritten.push(path.clone());
            }
        }
        for path in &unwritten {
            self.changed.remove(path);
            files.forget(path);
        }
        if !unwritten.is_empty() {
            *selection = Selection::again(arguments, files);
        }
        unwritten.is_empty()
    }

    /// Prints what has changed as a unified diff. Secrets are masked.
    ///
    /// # Errors
    /// If writing fails.
    pub(crate) fn print_diff(&self, selection: &Selection, out: &mut dyn Write) -> io::Result<()> {
        for (path, change) in &self.changed {
            let after = selection
                .files()
                .find(|file| path_of(file) == Some(path.as_path()));
            if let Some(after) = after {
                diff::print(&change.name, &change.before, after.document, out)?;
            }
        }
        Ok(())
    }
}
