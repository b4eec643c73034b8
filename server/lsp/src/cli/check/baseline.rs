//! `--baseline`: findings that were there before and are not to be reported.
//!
//! A finding is known again by its file, code, message and the text of its line, so that lines may be
//! added and removed around it.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use pmta_analysis::workspace::normalise;
use serde::{Deserialize, Serialize};

use super::report::Reported;
use crate::mask::MASK;

/// Version of the file's format.
const VERSION: u32 = 1;

/// The findings of a baseline.
#[derive(Debug)]
pub(crate) struct Baseline {
    folder: PathBuf,
    known: BTreeMap<Known, usize>,
}

/// The file as it is written.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Written {
    version: u32,
    findings: Vec<Entry>,
}

/// Findings that are alike.
#[derive(Debug, Deserialize, Serialize)]
struct Entry {
    #[serde(flatten)]
    known: Known,
    count: usize,
}

/// What a finding is known by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
struct Known {
    /// The file, seen from the folder of the baseline.
    path: String,
    code: String,
    message: String,
    /// A hash of the line, without blanks at its ends and without secrets.
    line: String,
}

impl Baseline {
    /// Reads a baseline; none: there is no such file.
    ///
    /// # Errors
    /// What is wrong with it, in half a sentence.
    pub(crate) fn read(path: &Path) -> Result<Option<Self>, String> {
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.to_string()),
        };
        let written: Written =
            serde_json::from_str(&text).map_err(|error| format!("it is no baseline: {error}"))?;
        if written.version != VERSION {
            return Err(format!(
                "it has version {} of the format, and this program reads version {VERSION}",
                written.version
            ));
        }
        let mut known = BTreeMap::new();
        for entry in written.findings {
            let count: &mut usize = known.entry(entry.known).or_default();
            *count = count.saturating_add(entry.count);
        }
        let folder = folder_of(path);
        Ok(Some(Self { folder, known }))
    }

    /// Writes the findings as a baseline.
    ///
    /// # Errors
    /// If the file cannot be made.
    pub(crate) fn write(path: &Path, reported: &[Reported<'_>]) -> io::Result<()> {
        let folder = folder_of(path);
        let mut known: BTreeMap<Known, usize> = BTreeMap::new();
        for finding in reported {
            let count = known.entry(known_by(finding, &folder)).or_default();
            *count = count.saturating_add(1);
        }
        let entries = known
            .into_iter()
            .map(|(known, count)| Entry { known, count });
        // One line for each, so that changes can be read.
        let lines: Vec<String> = entries
            .map(|entry| serde_json::to_string(&entry))
            .collect::<Result<_, _>>()?;
        let text = format!(
            "{{\"version\":{VERSION},\"findings\":[\n{}\n]}}\n",
            lines.join(",\n")
        );
        fs::write(path, text)
    }

    /// The findings that are not known.
    pub(crate) fn unknown<'a>(&self, reported: Vec<Reported<'a>>) -> Vec<Reported<'a>> {
        let mut left = self.known.clone();
        let mut unknown = reported;
        unknown.retain(|finding| {
            let count = left.get_mut(&known_by(finding, &self.folder));
            let is_known = count.as_ref().is_some_and(|count| **count > 0);
            if let Some(count) = count {
                *count = count.saturating_sub(1);
            }
            !is_known
        });
        unknown
    }
}

fn folder_of(path: &Path) -> PathBuf {
    let working = std::env::current_dir().unwrap_or_default();
    let path = normalise(&working.join(path));
    path.parent().map(Path::to_path_buf).unwrap_or_default()
}

fn known_by(reported: &Reported<'_>, folder: &Path) -> Known {
    let selected = &reported.selected;
    let path = selected
        .workspace
        .path(selected.file)
        .unwrap_or(Path::new(reported.path));
    Known {
        path: super::selection::relative(path, folder).replace('\\', "/"),
        code: reported.finding.rule.code.to_owned(),
        message: reported.finding.message.clone(),
        line: format!("{:016x}", hash(line_of(reported).trim())),
    }
}

/// The line in which a finding begins, without secrets.
fn line_of(reported: &Reported<'_>) -> String {
    let rope = reported.document.rope();
    let index = reported.start.line.saturating_sub(1);
    let start = rope.line_to_byte(index.min(rope.len_lines()));
    let mut line = rope.get_line(index).map(String::from).unwrap_or_default();
    for secret in reported.secrets.iter().rev() {
        let from = (secret.start as usize).saturating_sub(start);
        let to = (secret.end as usize).saturating_sub(start).min(line.len());
        if secret.start as usize >= start && line.get(from..to).is_some() {
            line.replace_range(from..to, MASK);
        }
    }
    line
}

/// FNV-1a: the same on every machine and in every version.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
