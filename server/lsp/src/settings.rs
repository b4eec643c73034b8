//! Which project a file belongs to, and what that says.

use std::path::{Path, PathBuf};

use pmta_analysis::workspace::Files;

use crate::options::Options;
use crate::project::{self, Project};

/// What tells one project from another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProjectKey {
    /// The folder it lies in; none: the files that belong to no project.
    pub base: Option<PathBuf>,
    /// Its `pmta-ls.toml`.
    pub settings: Option<PathBuf>,
}

impl ProjectKey {
    /// The project of a file: that of the nearest `pmta-ls.toml`, else that of the innermost folder
    /// which the client has open.
    #[must_use]
    pub fn of(path: &Path, folders: &[PathBuf], files: &dyn Files) -> Self {
        let Some(folder) = path.parent() else {
            return Self::default();
        };
        if let Some(settings) = project::nearest(folder, files) {
            return Self {
                base: settings.parent().map(Path::to_path_buf),
                settings: Some(settings),
            };
        }
        let around = folders.iter().filter(|it| folder.starts_with(it));
        Self {
            base: around.max_by_key(|it| it.components().count()).cloned(),
            settings: None,
        }
    }

    /// The projects of these folders and files.
    #[must_use]
    pub fn all(folders: &[PathBuf], open: &[PathBuf], files: &dyn Files) -> Vec<Self> {
        let inside = folders.iter().map(|folder| folder.join(project::NAME));
        let mut keys: Vec<Self> = Vec::new();
        for path in inside.chain(open.iter().cloned()) {
            let key = Self::of(&path, folders, files);
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        keys
    }
}

/// What a project says, with what the editor says of all projects, and what is wrong with that, in a
/// sentence.
#[must_use]
pub fn read(key: &ProjectKey, editor: &Options, files: &dyn Files) -> (Project, Option<String>) {
    let folder = key.base.as_deref().unwrap_or(Path::new("/"));
    let Some(path) = &key.settings else {
        return (Project::new(editor, folder), None);
    };
    match Project::read(path, editor, files) {
        Ok(project) => (project, None),
        Err(error) => (
            Project::new(editor, folder),
            Some(format!("{} {error}", path.display())),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::DiskFiles;

    #[test]
    fn the_nearest_settings_come_before_the_folder_of_the_client() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().canonicalize().unwrap();
        let inner = folder.join("a/b");
        std::fs::create_dir_all(&inner).unwrap();
        let of = |path: &str| {
            let folders = [folder.clone(), folder.join("a")];
            ProjectKey::of(&folder.join(path), &folders, &DiskFiles::default())
        };
        assert_eq!(of("x.conf").base, Some(folder.clone()));
        assert_eq!(of("a/b/x.conf").base, Some(folder.join("a")));
        assert_eq!(
            ProjectKey::of(
                Path::new("/none/x.conf"),
                std::slice::from_ref(&folder),
                &DiskFiles::default()
            ),
            ProjectKey::default()
        );
        std::fs::write(inner.join("pmta-ls.toml"), "").unwrap();
        assert_eq!(of("a/b/x.conf").settings, Some(inner.join("pmta-ls.toml")));
        assert_eq!(of("a/b/x.conf").base, Some(inner));
    }
}
