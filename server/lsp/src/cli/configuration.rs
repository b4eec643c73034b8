//! The one configuration that a question is about.

use std::path::{Path, PathBuf};

use pmta_analysis::workspace::{FileId, Files, Root, Workspace, find_roots, normalise};

use super::output::complain;
use crate::files::DiskFiles;
use crate::options::Options;
use crate::project::{self, Project};

/// A configuration with all its files.
pub(crate) struct Configuration {
    /// Its files.
    pub(crate) workspace: Workspace,
    file: FileId,
    working_folder: PathBuf,
}

impl Configuration {
    /// Reads the configuration at a path; without one that of the nearest `pmta-ls.toml`, else the one
    /// below the working directory. None if there is none, or if there are several; what is wrong has
    /// been told then.
    #[must_use]
    pub(crate) fn read(config: Option<&Path>) -> Option<Self> {
        let working_folder = std::env::current_dir().unwrap_or_default();
        match Self::try_read(config, working_folder) {
            Ok(configuration) => Some(configuration),
            Err(sentence) => {
                complain(&sentence);
                None
            }
        }
    }

    fn try_read(config: Option<&Path>, working_folder: PathBuf) -> Result<Self, String> {
        let files = DiskFiles::default();
        let asked = config.map(|path| normalise(&working_folder.join(path)));
        let folder = asked
            .as_deref()
            .and_then(Path::parent)
            .unwrap_or(&working_folder);
        let settings = project::nearest(folder, &files);
        let project = match &settings {
            Some(path) => Project::read(path, &Options::default(), &files)
                .map_err(|problem| format!("{} {problem}", path.display()))?,
            None => Project::default(),
        };
        let root = match asked {
            Some(path) => path,
            None => only_root(&project, &working_folder, &files)?,
        };
        let base = settings.as_deref().and_then(Path::parent);
        let mut workspace = Workspace::new(base.map(Path::to_path_buf), project.mappings);
        let file = workspace
            .add_root(&root, &files)
            .map_err(|error| format!("cannot read {}: {error}", root.display()))?;
        if project.roots.contains(&root) {
            workspace.declare_root(file);
        }
        Ok(Self {
            workspace,
            file,
            working_folder,
        })
    }

    /// Its root.
    #[must_use]
    pub(crate) fn root(&self) -> Option<&Root> {
        let mut roots = self.workspace.roots().iter();
        roots.find(|root| root.file == self.file)
    }

    /// The name of one of its files, as seen from the working directory.
    #[must_use]
    pub(crate) fn name(&self, file: FileId) -> String {
        let path = self.workspace.path(file).unwrap_or(Path::new(""));
        let below = path.strip_prefix(&self.working_folder).unwrap_or(path);
        below.display().to_string()
    }
}

/// The only root of a project, or below a folder.
fn only_root(project: &Project, folder: &Path, files: &dyn Files) -> Result<PathBuf, String> {
    let roots = if project.roots.is_empty() {
        find_roots(folder, &project.mappings, files)
    } else {
        project.roots.clone()
    };
    match roots.as_slice() {
        [root] => Ok(root.clone()),
        [] => Err(
            "found no configuration below the working directory: name it with --config".to_owned(),
        ),
        several => {
            let names: Vec<String> = several
                .iter()
                .map(|root| root.strip_prefix(folder).unwrap_or(root))
                .map(|root| root.display().to_string())
                .collect();
            Err(format!(
                "there are several configurations: choose one with --config ({})",
                names.join(", ")
            ))
        }
    }
}
