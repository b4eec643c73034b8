//! Which files a check is about, and in which configurations they stand.

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use pmta_analysis::catalog::Place;
use pmta_analysis::document::Document;
use pmta_analysis::workspace::{
    FileError, FileId, FileKind, Files, Workspace, find_roots, is_root_name, normalise, roots_near,
};

use crate::cli::arguments::Check;
use crate::cli::output::complain;
use crate::files::{DiskFiles, read_limited};
use crate::options::Options;
use crate::project::{self, Project};

/// Name of standard input.
const STANDARD_INPUT: &str = "<stdin>";

/// Files to report on.
#[derive(Debug, Default)]
pub(crate) struct Selection {
    groups: Vec<Group>,
    found: Vec<(usize, FileId)>,
    named: HashMap<PathBuf, String>,
    chosen: Vec<(usize, FileId, String)>,
    working_folder: PathBuf,
    /// Whether something could not be read.
    pub(crate) has_trouble: bool,
    /// What goes wrong was told before.
    is_told: bool,
}

/// The files of one project, or of none.
#[derive(Debug)]
struct Group {
    settings: Option<PathBuf>,
    project: Project,
    workspace: Workspace,
    /// Folders whose configurations were looked for.
    known: HashSet<PathBuf>,
}

/// A file to report on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Selected<'a> {
    /// Its name in the output.
    pub(crate) name: &'a str,
    /// The files it stands among.
    pub(crate) workspace: &'a Workspace,
    /// Which of them it is.
    pub(crate) file: FileId,
    /// Its text.
    pub(crate) document: &'a Document,
    selection: &'a Selection,
}

impl Selected<'_> {
    /// The name in the output of another file that it stands among.
    #[must_use]
    pub(crate) fn name_of(&self, file: FileId) -> String {
        let chosen = &self.selection.chosen;
        let is_same = |group: usize| {
            let group = self.selection.groups.get(group);
            group.is_some_and(|group| std::ptr::eq(&group.workspace, self.workspace))
        };
        let known = chosen
            .iter()
            .find(|(group, other, _)| *other == file && is_same(*group));
        match known {
            Some((_, _, name)) => name.clone(),
            None => {
                let path = self.workspace.path(file).unwrap_or(Path::new(""));
                relative(path, &self.selection.working_folder)
            }
        }
    }
}

impl Selection {
    /// Works out what these arguments ask for and reads it. What goes wrong is told at once.
    #[must_use]
    pub(crate) fn new(arguments: &Check, files: &mut DiskFiles) -> Self {
        // Before all others: it may be part of one of their configurations.
        if arguments.reads_standard_input() {
            let path = standard_input(arguments);
            match read_limited(io::stdin().lock()) {
                Ok(text) => files.replace(&path, text),
                Err(error) => {
                    let mut selection = Self::read(arguments, files, false);
                    selection.trouble(&format!("cannot read standard input: {error}"));
                    return selection;
                }
            }
        }
        Self::read(arguments, files, false)
    }

    /// The same again, after some of the texts have changed. Nothing is told twice.
    #[must_use]
    pub(crate) fn again(arguments: &Check, files: &DiskFiles) -> Self {
        Self::read(arguments, files, true)
    }

    fn read(arguments: &Check, files: &DiskFiles, is_told: bool) -> Self {
        let mut selection = Self {
            working_folder: working_folder(),
            is_told,
            ..Self::default()
        };
        if arguments.paths.is_empty() {
            selection.add_folder(None, arguments, files);
        }
        for path in &arguments.paths {
            let (path, name) = if path.as_os_str() == "-" {
                let name = arguments
                    .stdin_filename
                    .as_deref()
                    .unwrap_or(Path::new(STANDARD_INPUT));
                (name, name.display().to_string())
            } else {
                (path.as_path(), path.display().to_string())
            };
            let path = selection.absolute(path);
            if files.kind(&path) == Some(FileKind::Folder) {
                selection.add_folder(Some(&path), arguments, files);
            } else {
                selection.named.entry(files.identity(&path)).or_insert(name);
                selection.add_file(&path, arguments, files);
            }
        }
        selection.choose(files);
        selection
    }

    /// Takes each of the files that were found once, under the name that was given for it or the one
    /// it has as seen from the working directory.
    fn choose(&mut self, files: &dyn Files) {
        let mut seen = HashSet::new();
        for (group, file) in &self.found {
            let Some(workspace) = self.groups.get(*group).map(|it| &it.workspace) else {
                continue;
            };
            let Some(path) = workspace.path(*file) else {
                continue;
            };
            let identity = files.identity(path);
            let name = self.named.get(&identity).cloned();
            let is_excluded = name.is_none() && workspace.policy().excludes(path);
            if !is_excluded && seen.insert(identity) {
                let name = name.unwrap_or_else(|| relative(path, &self.working_folder));
                self.chosen.push((*group, *file, name));
            }
        }
    }

    /// The files, each once.
    pub(crate) fn files(&self) -> impl Iterator<Item = Selected<'_>> {
        self.chosen.iter().filter_map(|(group, file, name)| {
            let workspace = &self.groups.get(*group)?.workspace;
            let document = workspace.document(*file)?;
            Some(Selected {
                name,
                workspace,
                file: *file,
                document,
                selection: self,
            })
        })
    }

    fn trouble(&mut self, sentence: &str) {
        if !self.is_told {
            complain(sentence);
        }
        self.has_trouble = true;
    }

    fn unreadable(&mut self, path: &Path, files: &dyn Files, error: &FileError) {
        let name = self.named.get(&files.identity(path)).cloned();
        let name = name.unwrap_or_else(|| relative(path, &self.working_folder));
        self.trouble(&format!("cannot check {name}: {error}"));
    }

    fn absolute(&self, path: &Path) -> PathBuf {
        normalise(&self.working_folder.join(path))
    }

    /// The project that a folder belongs to.
    fn group(&mut self, folder: &Path, arguments: &Check, files: &dyn Files) -> usize {
        let settings = match &arguments.settings {
            Some(path) => Some(self.absolute(path)),
            None => project::nearest(folder, files),
        };
        if let Some(known) = self
            .groups
            .iter()
            .position(|group| group.settings == settings)
        {
            return known;
        }
        let mut project = Project::default();
        if let Some(path) = &settings {
            let read = match &arguments.settings {
                Some(_) => Project::read_named(path, files),
                None => Project::read(path, &Options::default(), files),
            };
            match read {
                Ok(read) => project = read,
                Err(error) => {
                    let name = relative(path, &self.working_folder);
                    self.trouble(&format!("{name} {error}"));
                }
            }
        }
        let base = settings
            .as_deref()
            .and_then(Path::parent)
            .map(Path::to_path_buf);
        if arguments.powermta.is_some() {
            Arc::make_mut(&mut project.policy).powermta = arguments.powermta;
        }
        let mut workspace = Workspace::new(base, project.mappings.clone());
        workspace.set_policy(Arc::clone(&project.policy));
        self.groups.push(Group {
            settings,
            project,
            workspace,
            known: HashSet::new(),
        });
        self.groups.len().saturating_sub(1)
    }

    /// Adds the configurations of a folder; of none: those that the project or the working folder has.
    fn add_folder(&mut self, folder: Option<&Path>, arguments: &Check, files: &dyn Files) {
        if !arguments.place.is_empty() {
            self.trouble("--place needs the files that stand in that place as PATH");
            return;
        }
        let asked = folder.map_or_else(|| self.working_folder.clone(), Path::to_path_buf);
        let index = self.group(&asked, arguments, files);
        let Some(group) = self.groups.get(index) else {
            return;
        };
        let is_asked = |root: &&PathBuf| folder.is_none_or(|folder| root.starts_with(folder));
        let mut roots: Vec<PathBuf> = group
            .project
            .roots
            .iter()
            .filter(is_asked)
            .cloned()
            .collect();
        if roots.is_empty() {
            let found = find_roots(&asked, &group.project.mappings, files);
            roots = group.project.included(found);
        }
        if roots.is_empty() {
            let name = relative(&asked, &self.working_folder);
            let name = if folder.is_none() {
                "the working directory"
            } else {
                name.as_str()
            };
            self.trouble(&format!(
                "found no configuration below {name}: name its files, or list it in `roots` of {}",
                project::NAME
            ));
        }
        for root in roots {
            self.add_root(index, &root, files);
        }
    }

    /// Adds a configuration with all that it includes.
    fn add_root(&mut self, index: usize, path: &Path, files: &dyn Files) {
        let Some(group) = self.groups.get_mut(index) else {
            return;
        };
        match group.add_root(path, files) {
            Ok(file) => {
                let root = group
                    .workspace
                    .roots()
                    .iter()
                    .find(|root| root.file == file);
                let members = root.map(|root| root.files.as_slice()).unwrap_or_default();
                self.found.push((index, file));
                self.found.extend(members.iter().map(|file| (index, *file)));
            }
            Err(error) => self.unreadable(path, files, &error),
        }
    }

    /// Adds a file: with all that it includes if it is a configuration of its own, else alone, in the
    /// places in which configurations around it include it.
    fn add_file(&mut self, path: &Path, arguments: &Check, files: &dyn Files) {
        let places: &[Place] = &arguments.place;
        let Some(folder) = path.parent() else {
            self.unreadable(
                path,
                files,
                &FileError::Refused("it is a folder".to_owned()),
            );
            return;
        };
        let index = self.group(folder, arguments, files);
        if !places.is_empty() {
            self.add_root(index, path, files);
            if let Some(group) = self.groups.get_mut(index)
                && let Some(file) = group.workspace.file_at(path, files)
            {
                group.workspace.set_places(file, places);
            }
            return;
        }
        let Some(group) = self.groups.get_mut(index) else {
            return;
        };
        group.look_around(folder, files);
        let identity = files.identity(path);
        let is_named_root = path.file_name().is_some_and(is_root_name)
            || group
                .project
                .roots
                .iter()
                .any(|root| files.identity(root) == identity);
        match group.workspace.file_at(path, files) {
            Some(file) if !is_named_root && group.is_included(file) => {
                self.found.push((index, file))
            }
            _ => self.add_root(index, path, files),
        }
    }
}

impl Group {
    /// Reads the configurations that may include files in a folder.
    fn look_around(&mut self, folder: &Path, files: &dyn Files) {
        let place = if let Some(settings) = &self.settings {
            settings
        } else {
            folder
        };
        if !self.known.insert(place.to_path_buf()) {
            return;
        }
        let roots = match self.settings.as_deref().and_then(Path::parent) {
            Some(_) if !self.project.roots.is_empty() => self.project.roots.clone(),
            Some(base) => find_roots(base, &self.project.mappings, files),
            None => roots_near(folder, files),
        };
        for root in self.project.included(roots) {
            // One that cannot be read includes nothing. Nobody asked for it.
            let _ = self.add_root(&root, files);
        }
        let workspace = &self.workspace;
        let declared = || workspace.roots().iter().filter(|root| root.is_declared);
        let is_known = declared().count() == self.project.roots.len() && declared().count() > 0;
        let is_resolved = declared().all(|root| workspace.is_resolved(root));
        self.workspace.set_knows_roots(is_known && is_resolved);
    }

    /// Reads a configuration with all that it includes.
    fn add_root(&mut self, path: &Path, files: &dyn Files) -> Result<FileId, FileError> {
        let file = self.workspace.add_root(path, files)?;
        if self.project.roots.iter().any(|root| root == path) {
            self.workspace.declare_root(file);
        }
        Ok(file)
    }

    fn is_included(&self, file: FileId) -> bool {
        self.workspace
            .roots()
            .iter()
            .any(|root| root.file != file && root.files.contains(&file))
    }
}

fn working_folder() -> PathBuf {
    std::env::current_dir().unwrap_or_default()
}

/// The path that standard input stands for.
#[must_use]
pub(crate) fn standard_input(arguments: &Check) -> PathBuf {
    let name = arguments
        .stdin_filename
        .as_deref()
        .unwrap_or(Path::new(STANDARD_INPUT));
    normalise(&working_folder().join(name))
}

/// The path relative to a folder, where they have more in common than the root of the disk.
pub(super) fn relative(path: &Path, folder: &Path) -> String {
    let shared = path
        .components()
        .zip(folder.components())
        .take_while(|(one, other)| one == other)
        .count();
    let is_near = path.starts_with(folder) || shared > 1;
    if !is_near {
        return path.display().to_string();
    }
    let up = folder.components().count().saturating_sub(shared);
    let mut way: PathBuf = std::iter::repeat_n("..", up).collect();
    way.extend(path.components().skip(shared));
    if way.as_os_str().is_empty() {
        ".".to_owned()
    } else {
        way.display().to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::relative;
    use std::path::Path;

    #[test]
    fn paths_are_shown_from_the_working_directory() {
        for (path, folder, shown) in [
            ("/w/a/config", "/w/a", "config"),
            ("/w/b/config", "/w/a", "../b/config"),
            ("/etc/pmta/config", "/w/a", "/etc/pmta/config"),
            ("/config", "/", "config"),
            ("/w", "/w", "."),
        ] {
            assert_eq!(relative(Path::new(path), Path::new(folder)), shown);
        }
    }
}
