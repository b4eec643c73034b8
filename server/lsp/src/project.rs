//! `pmta-ls.toml`: what a project says about its configurations.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use pmta_analysis::workspace::{FileKind, Files, PathMapping, normalise};
use serde::Deserialize;

/// Name of the file.
pub const NAME: &str = "pmta-ls.toml";

/// A project's configuration.
#[derive(Debug, Default)]
pub struct Project {
    /// Its configurations.
    pub roots: Vec<PathBuf>,
    /// Where files of the server are here.
    pub mappings: Vec<PathMapping>,
}

/// The file as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Written {
    roots: Vec<String>,
    paths: BTreeMap<String, String>,
}

/// The project's configuration in a folder or the nearest one above it.
#[must_use]
pub fn nearest(folder: &Path, files: &dyn Files) -> Option<PathBuf> {
    let candidates = folder.ancestors().map(|folder| folder.join(NAME));
    candidates
        .into_iter()
        .find(|path| files.kind(path) == Some(FileKind::File))
}

impl Project {
    /// Reads a project's configuration. Paths in it are relative to its folder.
    ///
    /// # Errors
    /// What is wrong with it, in a sentence.
    pub fn read(path: &Path, files: &dyn Files) -> Result<Self, String> {
        let bytes = files
            .read(path)
            .map_err(|error| format!("cannot be read: {error}"))?;
        let text = String::from_utf8(bytes).map_err(|_| "is not UTF-8".to_owned())?;
        let written: Written = toml::from_str(&text).map_err(|error| {
            let before = error
                .span()
                .and_then(|span| text.get(..span.start))
                .unwrap_or_default();
            let line = before.matches('\n').count().saturating_add(1);
            format!("line {line}: {}", error.message().replace('\n', " "))
        })?;
        let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
        let here = |path: &String| normalise(&folder.join(path));
        let relative = written.paths.keys().find(|server| !is_absolute(server));
        if let Some(server) = relative {
            return Err(format!(
                "`[paths]` maps folders of the server, and `{server}` does not begin with `/`"
            ));
        }
        Ok(Self {
            roots: written.roots.iter().map(here).collect(),
            mappings: written
                .paths
                .iter()
                .map(|(server, path)| PathMapping {
                    server: server.clone(),
                    here: here(path),
                })
                .collect(),
        })
    }
}

/// Whether a path of the server, of either system, starts at the root of a disk.
pub(crate) fn is_absolute(path: &str) -> bool {
    let behind_drive = path
        .get(1..)
        .and_then(|rest| rest.strip_prefix(':'))
        .unwrap_or(path);
    behind_drive.starts_with(['/', '\\'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::DiskFiles;

    fn read(text: &str) -> Result<Project, String> {
        let mut files = DiskFiles::default();
        let path = Path::new("/nowhere/project/pmta-ls.toml");
        files.replace(path, text.as_bytes().to_vec());
        Project::read(path, &files)
    }

    #[test]
    fn roots_and_paths_are_relative_to_the_file() {
        let project = read("roots = [\"a/config\"]\n[paths]\n\"/etc/pmta\" = \"../b\"\n").unwrap();
        assert_eq!(project.roots, [PathBuf::from("/nowhere/project/a/config")]);
        let mapping = PathMapping {
            server: "/etc/pmta".to_owned(),
            here: "/nowhere/b".into(),
        };
        assert_eq!(project.mappings, [mapping]);
    }

    #[test]
    fn mistakes_are_told_with_their_line() {
        let error = read("roots = []\nroot = []\n").unwrap_err();
        assert_eq!(
            error,
            "line 2: unknown field `root`, expected `roots` or `paths`"
        );
        assert!(
            read("roots = 1")
                .unwrap_err()
                .starts_with("line 1: invalid type")
        );
        assert!(read("roots = [").unwrap_err().starts_with("line 1: "));
        assert!(
            read("[paths]\n\"etc\" = \"a\"")
                .unwrap_err()
                .contains("`etc` does not begin with `/`")
        );
    }
}
