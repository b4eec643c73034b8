//! `pmta-ls.toml`: what a project says about its configurations.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use pmta_analysis::policy::Policy;
use pmta_analysis::workspace::{FileKind, Files, PathMapping, normalise};

use crate::options::{self, Options};
use crate::reach;

/// Name of the file.
pub const NAME: &str = "pmta-ls.toml";

/// A project's configuration.
#[derive(Debug, Default)]
pub struct Project {
    /// Its configurations.
    pub roots: Vec<PathBuf>,
    /// Where files of the server are here.
    pub mappings: Vec<PathMapping>,
    /// What it says about findings.
    pub policy: Arc<Policy>,
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
    /// What options say about the configurations in a folder. Paths in them are relative to it.
    #[must_use]
    pub fn new(options: &Options, folder: &Path) -> Self {
        let here = |path: &String| normalise(&folder.join(path));
        let mapping = |(server, path): (&String, &String)| PathMapping {
            server: server.clone(),
            here: here(path),
        };
        Self {
            roots: options.roots.iter().flatten().map(here).collect(),
            mappings: options.paths.iter().map(mapping).collect(),
            policy: Arc::new(options.policy(folder)),
        }
    }

    /// Those of the files that the project does not exclude.
    #[must_use]
    pub fn included(&self, mut files: Vec<PathBuf>) -> Vec<PathBuf> {
        files.retain(|path| !self.policy.excludes(path));
        files
    }

    /// Reads a project's configuration; what it leaves open is as the options of an editor say. Paths
    /// are relative to its folder, and may not lead out of it.
    ///
    /// # Errors
    /// What is wrong with it, in a sentence.
    pub fn read(path: &Path, editor: &Options, files: &dyn Files) -> Result<Self, String> {
        let (text, options) = options_of(path, files)?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let refused = reach::refused(&options, folder, files);
        if !refused.is_empty() {
            return Err(options::told(&text, &refused));
        }
        Ok(Self::new(&options.over(editor), folder))
    }

    /// Reads a configuration that somebody has named, whose paths may lead anywhere.
    ///
    /// # Errors
    /// What is wrong with it, in a sentence.
    pub fn read_named(path: &Path, files: &dyn Files) -> Result<Self, String> {
        let (_, options) = options_of(path, files)?;
        Ok(Self::new(&options, path.parent().unwrap_or(Path::new(""))))
    }
}

/// The text of a project's configuration, and what it says.
fn options_of(path: &Path, files: &dyn Files) -> Result<(String, Options), String> {
    let bytes = files
        .read(path)
        .map_err(|error| format!("cannot be read: {error}"))?;
    let text = String::from_utf8(bytes).map_err(|_| "is not UTF-8".to_owned())?;
    let options = Options::from_toml(&text)?;
    Ok((text, options))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::DiskFiles;

    fn read(text: &str) -> Result<Project, String> {
        let mut files = DiskFiles::default();
        let path = Path::new("/nowhere/project/pmta-ls.toml");
        files.replace(path, text.as_bytes().to_vec());
        Project::read(path, &Options::default(), &files)
    }

    #[test]
    fn roots_and_paths_are_relative_to_the_file() {
        let project = read("roots = [\"a/config\"]\n[paths]\n\"/etc/pmta\" = \"b\"\n").unwrap();
        assert_eq!(project.roots, [PathBuf::from("/nowhere/project/a/config")]);
        let mapping = PathMapping {
            server: "/etc/pmta".to_owned(),
            here: "/nowhere/project/b".into(),
        };
        assert_eq!(project.mappings, [mapping]);
    }

    #[test]
    fn a_project_names_only_what_is_in_it_unless_somebody_has_named_the_project() {
        let text = "roots = [\n    \"config\",\n]\n[paths]\n\"/etc/pmta\" = \"../b\"\n";
        let told = read(text).unwrap_err();
        assert!(
            told.starts_with("line 5: `../b` leads out of the folder of `pmta-ls.toml`"),
            "{told}"
        );
        let mut files = DiskFiles::default();
        let path = Path::new("/nowhere/project/pmta-ls.toml");
        files.replace(path, text.as_bytes().to_vec());
        let named = Project::read_named(path, &files).unwrap();
        assert_eq!(named.mappings[0].here, PathBuf::from("/nowhere/b"));
    }

    #[test]
    fn mistakes_are_told_with_their_line() {
        assert_eq!(
            read("roots = []\nroot = []\n").unwrap_err(),
            "line 2: there is no setting `root`; did you mean `roots`?"
        );
        assert!(read("roots = [").unwrap_err().starts_with("line 1: "));
    }
}
