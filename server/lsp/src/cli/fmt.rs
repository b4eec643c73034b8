//! `pmta-ls fmt`: formats configurations.

use std::io;
use std::path::{Path, PathBuf};

use pmta_analysis::diagnostics::Edit;
use pmta_analysis::document::Document;
use pmta_analysis::format::{self, FormatOptions, FormatStyle};
use pmta_analysis::secrets::Secrets;
use pmta_analysis::text::TextRange;
use pmta_analysis::workspace::{Files, normalise};
use similar::TextDiff;

use super::arguments::{Check, Fmt};
use super::check::selection::Selection;
use super::output::{Output, Status, complain, tell};
use crate::files::{DiskFiles, read_limited};
use crate::mask::MASK;
use crate::options::Options;
use crate::project::{self, Project};
use crate::write;

/// The mark at the beginning of some UTF-8 files.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Formats what the arguments name.
pub(crate) fn fmt(arguments: &Fmt) -> Status {
    let mut run = Run {
        arguments,
        output: Vec::new(),
        status: Status::Success,
        changed: 0,
        seen: 0,
    };
    let is_piped = |path: &&PathBuf| path.as_os_str() == "-";
    if arguments.paths.iter().any(|path| is_piped(&path)) {
        run.standard_input();
    }
    let named: Vec<PathBuf> = arguments
        .paths
        .iter()
        .filter(|path| !is_piped(path))
        .cloned()
        .collect();
    if !named.is_empty() || arguments.paths.is_empty() {
        run.files(named);
        tell(&run.summary());
    }
    let output = std::mem::take(&mut run.output);
    Output::standard().print(run.status, |out| out.write_all(&output))
}

/// A run of the command.
struct Run<'a> {
    arguments: &'a Fmt,
    /// What goes to standard output.
    output: Vec<u8>,
    status: Status,
    changed: usize,
    seen: usize,
}

impl Run<'_> {
    /// Whether files are only looked at.
    fn is_dry(&self) -> bool {
        self.arguments.check || self.arguments.diff
    }

    fn trouble(&mut self, sentence: &str) {
        complain(sentence);
        self.status = Status::Trouble;
    }

    fn standard_input(&mut self) {
        let bytes = match read_limited(io::stdin().lock()) {
            Ok(bytes) => bytes,
            Err(error) => return self.trouble(&format!("cannot read standard input: {error}")),
        };
        let document = Document::from_bytes(&bytes);
        let Some(before) = text_of(&bytes) else {
            return self.trouble("cannot format standard input: it is not UTF-8");
        };
        let folder = std::env::current_dir().unwrap_or_default();
        let options = match options(&folder, &DiskFiles::default()) {
            Ok(options) => options,
            Err(error) => return self.trouble(&format!("cannot format standard input: {error}")),
        };
        let edits = format::format(&document, &options);
        self.note(!edits.is_empty());
        if self.arguments.diff {
            self.diff("<stdin>", &document, &edits);
        } else if !self.arguments.check {
            self.output.extend(formatted(before, &edits).into_bytes());
        }
    }

    /// Formats the files that are named, or lie in folders that are; none named: those below the
    /// working directory.
    fn files(&mut self, named: Vec<PathBuf>) {
        let working_folder = std::env::current_dir().unwrap_or_default();
        let mut files = DiskFiles::default();
        let disk = DiskFiles::default();
        let identity = |path: &Path| disk.identity(&normalise(&working_folder.join(path)));
        let mut wanted: Vec<PathBuf> = named.iter().map(|path| identity(path)).collect();
        if wanted.is_empty() {
            wanted.push(identity(Path::new("")));
        }
        let selection = Selection::new(&Check::of(named), &mut files);
        if selection.has_trouble {
            self.status = Status::Trouble;
        }
        for file in selection.files() {
            let Some(path) = file.workspace.path(file.file) else {
                continue;
            };
            let is_wanted = wanted
                .iter()
                .any(|wanted| disk.identity(path).starts_with(wanted));
            if is_wanted {
                self.file(file.name, path, file.document, &disk);
            }
        }
    }

    fn file(&mut self, name: &str, path: &Path, document: &Document, disk: &DiskFiles) {
        let bytes = match disk.read(path) {
            Ok(bytes) => bytes,
            Err(error) => return self.trouble(&format!("cannot format {name}: {error}")),
        };
        let Some(before) = text_of(&bytes) else {
            return self.trouble(&format!(
                "cannot format {name}: it is not UTF-8, and such a file is never written"
            ));
        };
        let options = match options(path.parent().unwrap_or(path), disk) {
            Ok(options) => options,
            Err(error) => return self.trouble(&format!("cannot format {name}: {error}")),
        };
        let edits = format::format(document, &options);
        self.note(!edits.is_empty());
        if edits.is_empty() {
            return;
        }
        if self.arguments.diff {
            self.diff(name, document, &edits);
        } else if self.arguments.check {
            self.output
                .extend(format!("{}\n", super::output::printable(name)).into_bytes());
        }
        if self.is_dry() {
            return;
        }
        if let Err(error) = write::replace(path, formatted(before, &edits).as_bytes()) {
            self.trouble(&format!("cannot write {name}: {error}"));
        }
    }

    fn note(&mut self, is_changed: bool) {
        self.seen = self.seen.saturating_add(1);
        if is_changed {
            self.changed = self.changed.saturating_add(1);
            if self.arguments.check {
                self.status = self.status.max(Status::Failure);
            }
        }
    }

    /// Shows what would change, without secrets.
    fn diff(&mut self, name: &str, document: &Document, edits: &[Edit]) {
        let all = TextRange::of(0, document.rope().len_bytes());
        let text = document.rope().to_string();
        let secrets = Secrets::new(document).within(all);
        let masks: Vec<Edit> = secrets
            .into_iter()
            .map(|range| Edit {
                range,
                text: MASK.to_owned(),
            })
            .collect();
        let mut both = masks.clone();
        both.extend(edits.iter().filter(|edit| is_apart(edit, &masks)).cloned());
        both.sort_by_key(|edit| edit.range);
        let before = format::apply(&text, &masks);
        let after = format::apply(&text, &both);
        let name = super::output::printable(name);
        let diff = TextDiff::from_lines(&before, &after);
        let unified = diff
            .unified_diff()
            .header(&format!("a/{name}"), &format!("b/{name}"))
            .to_string();
        self.output.extend(shown(&unified).into_bytes());
    }

    fn summary(&self) -> String {
        let counted = |count: usize| match count {
            1 => "1 file".to_owned(),
            count => format!("{count} files"),
        };
        let unchanged = self.seen.saturating_sub(self.changed);
        let verb = if self.is_dry() {
            "would format"
        } else {
            "formatted"
        };
        format!(
            "{verb} {}, left {} as {}",
            counted(self.changed),
            counted(unchanged),
            if unchanged == 1 { "it is" } else { "they are" }
        )
    }
}

/// How files in a folder are formatted: as the nearest `pmta-ls.toml` says.
fn options(folder: &Path, disk: &DiskFiles) -> Result<FormatOptions, String> {
    let style = match project::nearest(folder, disk) {
        Some(path) => Project::read(&path, &Options::default(), disk)
            .map(|project| project.policy.format)
            .map_err(|error| format!("{} {error}", path.display()))?,
        None => FormatStyle::default(),
    };
    Ok(style.options(FormatOptions::default()))
}

/// Whether an edit touches none of the others.
fn is_apart(edit: &Edit, others: &[Edit]) -> bool {
    others
        .iter()
        .all(|other| edit.range.end <= other.range.start || other.range.end <= edit.range.start)
}

/// The text of a file, with its byte-order mark; none if it is not UTF-8.
fn text_of(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

/// The text with the edits applied, which do not count a byte-order mark.
fn formatted(text: &str, edits: &[Edit]) -> String {
    match text.strip_prefix(BYTE_ORDER_MARK) {
        Some(rest) => format!("{BYTE_ORDER_MARK}{}", format::apply(rest, edits)),
        None => format::apply(text, edits),
    }
}

/// The text without characters that steer a terminal.
fn shown(text: &str) -> String {
    let steers = |sign: char| sign.is_control() && !matches!(sign, '\n' | '\t' | '\r');
    text.chars()
        .map(|sign| {
            if steers(sign) {
                char::REPLACEMENT_CHARACTER
            } else {
                sign
            }
        })
        .collect()
}
