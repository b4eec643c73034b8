//! All that the server knows, behind one lock that is never held across an await.
//!
//! The text of an open document is the editor's; the document here is the live one, and the workspace
//! it belongs to holds a copy that shares all its parts. Workspaces are replaced as a whole when a
//! survey of the disk is done, so a snapshot of one never changes.

mod unread;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pmta_analysis::document::Document;
use pmta_analysis::policy::Policy;
use pmta_analysis::workspace::{FileId, Workspace};
use serde_json::Value;
use tower_lsp::ls_types::Uri;

use crate::capabilities::Client;
use crate::features::Features;
use crate::late_changes::LateChanges;
use crate::options::Options;
use crate::preferences::Preferences;
use crate::project_file::{ProjectFile, is_project_file};
use crate::settings::ProjectKey;
use crate::survey::{self, OpenFile, Survey, Surveyed};
use crate::sync::Text;
use crate::watch::Watched;
use crate::{rename, symbols};
use unread::LiveDocument;

/// The state that the handlers share.
#[derive(Clone, Debug, Default)]
pub struct Shared(Arc<Mutex<State>>);

impl Shared {
    /// Locks it, with all edits read. A panic while it was locked has ended the process already, unless
    /// it was a test's.
    pub fn lock(&self) -> MutexGuard<'_, State> {
        let mut state = self.lock_unread();
        state.read();
        state
    }

    /// Locks it without reading the edits, for those who edit.
    pub fn lock_unread(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where a document lies: found out before the lock is taken, for it means asking the disk.
#[derive(Clone, Debug)]
pub struct Located {
    /// Its path, and the project it belongs to; none: it is no file.
    pub file: Option<(PathBuf, ProjectKey)>,
    /// What its project says about findings.
    pub policy: Arc<Policy>,
}

/// What the server knows.
#[derive(Debug, Default)]
pub struct State {
    client: Arc<Client>,
    /// What the editor says of all projects.
    editor: Arc<Options>,
    /// What it says of those in one of its folders, where it tells folders apart.
    folder_settings: Vec<(PathBuf, Arc<Options>)>,
    /// The part of it that was given at the start.
    first_settings: Options,
    /// What a person was said to like at the start.
    first_taste: (Features, Preferences),
    /// What is wrong with the settings of the editor and was not told yet.
    complaints: Vec<String>,
    folders: Vec<PathBuf>,
    open: HashMap<Uri, Open>,
    /// Projects' own settings that the editor has open.
    project_files: HashMap<Uri, ProjectFile>,
    projects: Vec<Project>,
    /// Documents whose diagnostics may have to be sent.
    unsent: HashSet<Uri>,
    /// Documents that were opened and not answered since, which some clients show without diagnostics
    /// until they get some.
    just_opened: HashSet<Uri>,
    /// What is kept until changes that were overtaken arrive.
    pub(crate) late_changes: LateChanges,
    revision: u64,
    /// A document was edited and not read since.
    has_unread: bool,
    /// The client asks for the diagnostics of all files.
    pulls_workspace: bool,
    /// An edit has changed what is to say of other files than its own.
    is_pull_outdated: bool,
    /// Open documents of which there may be something else to say since another one was edited.
    affected: HashSet<Uri>,
}

/// A document that the editor has open.
#[derive(Debug)]
struct Open {
    document: LiveDocument,
    version: i32,
    /// Changes with everything that may change its findings.
    revision: u64,
    /// The revision that its text was given by.
    touched: u64,
    path: PathBuf,
    project: Option<usize>,
    home: Home,
    /// What a survey saw of it that decides about other files.
    surroundings: Option<u64>,
}

/// The workspace that an open document stands in.
#[derive(Debug)]
enum Home {
    /// Its own: its project was not looked at yet, or it has none.
    Alone(Arc<Workspace>, FileId),
    /// That of its project.
    Project(FileId),
}

/// The files of a project, or all that belong to none.
#[derive(Debug)]
struct Project {
    key: ProjectKey,
    workspace: Arc<Workspace>,
    uris: Arc<HashMap<FileId, Uri>>,
    /// Files of it that are not open.
    closed: HashMap<Uri, FileId>,
    /// How often something happened that asks for a survey, and how often that was when the last one
    /// began.
    wanted: u64,
    surveyed: u64,
    /// How often something had happened when the survey began whose outcome is known.
    settled: u64,
    memory: survey::Memory,
    watched: Watched,
    /// Changes with everything that the last survey found on disk.
    outline: Option<u64>,
}

/// A document and all that surrounds it, as it was at one moment.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// The client.
    pub client: Arc<Client>,
    /// The document.
    pub document: Document,
    /// Its name.
    pub uri: Uri,
    /// Its version, if the editor has it open.
    pub version: Option<i32>,
    /// Changes with everything that may change its findings.
    pub revision: u64,
    /// Changes with everything that may change any document's findings.
    pub generation: u64,
    /// The files it stands among.
    pub workspace: Arc<Workspace>,
    /// Which of them it is.
    pub file: FileId,
    /// The names of those files.
    pub uris: Arc<HashMap<FileId, Uri>>,
}

impl State {
    /// What the client can do.
    #[must_use]
    pub fn client(&self) -> &Arc<Client> {
        &self.client
    }

    /// Remembers what the client can do and which folders it has open.
    pub fn connect(&mut self, client: Client, folders: Vec<PathBuf>) {
        self.first_taste = (client.features, client.preferences);
        self.client = Arc::new(client);
        self.folders = folders;
    }

    /// Takes over what a person likes to see, as settings say; whether that is news.
    pub fn set_taste(&mut self, settings: &Value) -> bool {
        let (features, preferences) = self.first_taste;
        let (features, preferences) = (features.with(settings), preferences.with(settings));
        if (self.client.features, self.client.preferences) == (features, preferences) {
            return false;
        }
        let client = Arc::make_mut(&mut self.client);
        (client.features, client.preferences) = (features, preferences);
        true
    }

    /// Remembers that the client refused to watch files.
    pub fn client_does_not_watch(&mut self) {
        Arc::make_mut(&mut self.client).watches_files = false;
    }

    /// Remembers what the editor says of all projects. They are looked at again.
    pub fn set_editor(&mut self, options: Options) {
        if *self.editor == options {
            return;
        }
        let policy = Arc::new(options.policy(Path::new("/")));
        self.editor = Arc::new(options);
        let revision = self.next_revision();
        for (uri, open) in &mut self.open {
            if let (Home::Alone(workspace, _), None) = (&mut open.home, open.project) {
                Arc::make_mut(workspace).set_policy(Arc::clone(&policy));
                open.revision = revision;
                self.unsent.insert(uri.clone());
            }
        }
        for project in &mut self.projects {
            project.wanted = project.wanted.saturating_add(1);
        }
    }

    /// What the editor says of a project or file at a path: what it says of the innermost folder around
    /// it, else what it says of all.
    #[must_use]
    pub fn editor_of(&self, path: Option<&Path>) -> &Arc<Options> {
        let folders = self.folder_settings.iter();
        let around = folders.filter(|(folder, _)| path.is_some_and(|it| it.starts_with(folder)));
        around
            .max_by_key(|(folder, _)| folder.components().count())
            .map_or(&self.editor, |(_, options)| options)
    }

    /// Remembers what the editor says of its folders. Projects are looked at again.
    pub fn set_folder_settings(&mut self, settings: Vec<(PathBuf, Options)>) {
        let settings = settings.into_iter();
        let settings: Vec<_> = settings.map(|(path, it)| (path, Arc::new(it))).collect();
        if self.folder_settings == settings {
            return;
        }
        self.folder_settings = settings;
        for project in &mut self.projects {
            project.wanted = project.wanted.saturating_add(1);
        }
    }

    /// What the editor said at the start.
    #[must_use]
    pub fn first_settings(&self) -> &Options {
        &self.first_settings
    }

    /// Remembers what the editor said at the start.
    pub fn set_first_settings(&mut self, options: Options) {
        self.first_settings = options;
    }

    /// Remembers what is wrong with the settings of the editor, to be told soon.
    pub fn complain(&mut self, mistakes: Vec<String>) {
        for mistake in mistakes {
            if !self.complaints.contains(&mistake) {
                self.complaints.push(mistake);
            }
        }
    }

    /// What is wrong with the settings of the editor and was not told yet.
    pub fn take_complaints(&mut self) -> Vec<String> {
        std::mem::take(&mut self.complaints)
    }

    /// The folders that the client has open.
    #[must_use]
    pub fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// Takes folders away and adds others. Open documents then find their projects anew.
    pub fn change_folders(&mut self, removed: &[PathBuf], added: Vec<PathBuf>) {
        self.folders.retain(|folder| !removed.contains(folder));
        self.folders.extend(added);
    }

    /// The open documents that are files.
    pub fn open_files(&self) -> impl Iterator<Item = (&Uri, &Path)> {
        let files = self.open.iter().filter(|(_, open)| open.project.is_some());
        files.map(|(uri, open)| (uri, open.path.as_path()))
    }

    /// Whether the editor has a document open.
    #[must_use]
    pub fn is_open(&self, uri: &Uri) -> bool {
        self.open.contains_key(uri) || self.project_files.contains_key(uri)
    }

    /// Settings of a project that the editor has open.
    #[must_use]
    pub fn project_file(&self, uri: &Uri) -> Option<&ProjectFile> {
        self.project_files.get(uri)
    }

    /// The version of an open document.
    #[must_use]
    pub fn version(&self, uri: &Uri) -> Option<i32> {
        let settings = || self.project_files.get(uri).map(|file| file.version);
        self.open
            .get(uri)
            .map(|open| open.version)
            .or_else(settings)
    }

    /// The open document that was opened or changed last.
    #[must_use]
    pub fn last_touched(&self) -> Option<&Uri> {
        let open = self.open.iter();
        open.max_by_key(|(_, open)| open.touched)
            .map(|(uri, _)| uri)
    }

    /// The versions of all open documents.
    #[must_use]
    pub fn versions(&self) -> HashMap<Uri, i32> {
        let open = self.open.iter();
        open.map(|(uri, open)| (uri.clone(), open.version))
            .collect()
    }

    fn next_revision(&mut self) -> u64 {
        self.revision = self.revision.saturating_add(1);
        self.revision
    }

    /// Takes a text over from the disk.
    pub fn open(&mut self, uri: Uri, version: i32, document: Document, located: Located) {
        let revision = self.next_revision();
        self.just_opened.insert(uri.clone());
        if let Some((path, _)) = located.file.as_ref().filter(|it| is_project_file(&it.0)) {
            let file = ProjectFile {
                path: path.clone(),
                version,
                document,
            };
            return self.set_project_file(uri, file);
        }
        let (path, project) = match located.file {
            Some((path, key)) => (path, Some(self.project(key))),
            None => (PathBuf::from(uri.as_str()), None),
        };
        let (mut workspace, file) = Workspace::alone(path.clone(), document.clone());
        workspace.set_policy(located.policy);
        let open = Open {
            document: LiveDocument::new(document),
            version,
            revision,
            touched: revision,
            path,
            project,
            home: Home::Alone(Arc::new(workspace), file),
            surroundings: None,
        };
        self.unsent.insert(uri.clone());
        let before = self.open.insert(uri, open);
        self.want_survey(project);
        self.want_survey(before.and_then(|open| open.project));
    }

    /// Changes the text of an open document. What it means is read when somebody asks.
    pub fn change(&mut self, uri: &Uri, version: i32, edit: impl FnOnce(&mut dyn Text)) {
        let revision = self.next_revision();
        if let Some(mut file) = self.project_files.remove(uri) {
            edit(&mut file.document);
            file.version = version;
            return self.set_project_file(uri.clone(), file);
        }
        let Some(open) = self.open.get_mut(uri) else {
            return;
        };
        edit(&mut open.document);
        open.version = version;
        open.revision = revision;
        open.touched = revision;
        self.unsent.insert(uri.clone());
        self.has_unread = true;
    }

    /// Reads what was edited.
    fn read(&mut self) {
        if !std::mem::take(&mut self.has_unread) {
            return;
        }
        let mut affected = Vec::new();
        for open in self.open.values_mut() {
            if !open.document.read() {
                continue;
            }
            let document = open.document.document().clone();
            match &mut open.home {
                Home::Alone(workspace, file) => {
                    Arc::make_mut(workspace).set_document(*file, document);
                }
                Home::Project(file) => {
                    let project = open.project.and_then(|index| self.projects.get_mut(index));
                    if let Some(project) = project
                        && Arc::make_mut(&mut project.workspace).set_document(*file, document)
                    {
                        let others = project.uris.iter().filter(|(other, _)| **other != *file);
                        affected.extend(others.map(|(_, uri)| uri.clone()));
                    }
                }
            }
        }
        self.is_pull_outdated |= !affected.is_empty();
        if self.client.related_documents {
            let open = affected.iter().filter(|uri| self.open.contains_key(*uri));
            self.affected.extend(open.cloned());
        }
        self.unsent.extend(affected);
    }

    /// Gives a text back to the disk; whether it was open.
    pub fn close(&mut self, uri: &Uri) -> bool {
        if let Some(file) = self.project_files.remove(uri) {
            self.unsent.insert(uri.clone());
            self.want_survey_by(&file.path);
            return true;
        }
        let Some(open) = self.open.remove(uri) else {
            return false;
        };
        self.affected.remove(uri);
        self.next_revision();
        let project = open.project.and_then(|index| self.projects.get_mut(index));
        match (project, open.home) {
            // Others may include it, so what was sent stays true until the survey says something
            // else.
            (Some(project), Home::Project(file)) => {
                project.closed.insert(uri.clone(), file);
            }
            _ => {
                self.unsent.insert(uri.clone());
            }
        }
        self.want_survey(open.project);
        true
    }

    /// Takes over settings of a project that are open: from now on they beat those on disk.
    fn set_project_file(&mut self, uri: Uri, file: ProjectFile) {
        self.want_survey_by(&file.path);
        self.unsent.insert(uri.clone());
        self.project_files.insert(uri, file);
    }

    /// Makes the projects with these settings be looked at again.
    fn want_survey_by(&mut self, settings: &Path) {
        let projects = self.projects.iter_mut();
        for project in projects.filter(|it| it.key.settings.as_deref() == Some(settings)) {
            project.wanted = project.wanted.saturating_add(1);
        }
    }

    /// Lets a document find its project anew.
    pub fn relocate(&mut self, uri: &Uri, key: ProjectKey) {
        let index = self.project(key);
        let Some(open) = self.open.get_mut(uri) else {
            return;
        };
        if open.project == Some(index) {
            return;
        }
        let before = open.project.replace(index);
        let policy = match &open.home {
            Home::Alone(workspace, _) => workspace.policy().clone(),
            Home::Project(_) => before
                .and_then(|index| self.projects.get(index))
                .map(|project| project.workspace.policy().clone())
                .unwrap_or_default(),
        };
        let (mut workspace, file) =
            Workspace::alone(open.path.clone(), open.document.document().clone());
        workspace.set_policy(policy);
        open.home = Home::Alone(Arc::new(workspace), file);
        self.want_survey(before);
        self.want_survey(Some(index));
    }

    fn project(&mut self, key: ProjectKey) -> usize {
        if let Some(known) = self.projects.iter().position(|project| project.key == key) {
            return known;
        }
        self.projects.push(Project {
            key,
            workspace: Arc::default(),
            uris: Arc::default(),
            closed: HashMap::new(),
            wanted: 0,
            surveyed: 0,
            settled: 0,
            memory: survey::Memory::default(),
            watched: Watched::default(),
            outline: None,
        });
        self.projects.len().saturating_sub(1)
    }

    fn want_survey(&mut self, project: Option<usize>) {
        if let Some(project) = project.and_then(|index| self.projects.get_mut(index)) {
            project.wanted = project.wanted.saturating_add(1);
        }
    }

    /// Makes all projects be looked at again, because something on disk has changed.
    pub fn disk_changed(&mut self) {
        for project in &mut self.projects {
            project.wanted = project.wanted.saturating_add(1);
            project.memory.forget_roots();
        }
    }

    /// Makes all files be read again.
    pub fn reload(&mut self) {
        self.disk_changed();
        for project in &mut self.projects {
            project.memory.forget_files();
        }
    }

    /// What has to be watched: all that projects depend on and the client does not tell of.
    #[must_use]
    pub fn watched(&self) -> Watched {
        let mut watched = Watched::default();
        for project in &self.projects {
            watched.extend(&project.watched);
        }
        if self.client.watches_files {
            let is_told = |path: &Path| self.folders.iter().any(|it| path.starts_with(it));
            watched.folders.retain(|folder| !is_told(folder));
        }
        watched
    }

    /// The next survey that is to be done, with its number.
    pub fn next_survey(&mut self) -> Option<(usize, Survey)> {
        let is_due = |project: &Project| project.wanted != project.surveyed;
        let index = self.projects.iter().position(is_due)?;
        let mut survey = self.survey_of(index)?;
        let project = self.projects.get_mut(index)?;
        project.surveyed = project.wanted;
        survey.memory = std::mem::take(&mut project.memory);
        Some((index, survey))
    }

    /// Surveys of the projects with these keys, with all that is open in them.
    #[must_use]
    pub fn surveys_of(&mut self, keys: Vec<ProjectKey>) -> Vec<Survey> {
        let indexes: Vec<usize> = keys.into_iter().map(|key| self.project(key)).collect();
        let surveys = indexes.into_iter();
        surveys.filter_map(|index| self.survey_of(index)).collect()
    }

    /// A survey of a project as it is now, without memory.
    fn survey_of(&self, index: usize) -> Option<Survey> {
        let open = self.open.iter();
        let open = open.filter(|(_, open)| open.project == Some(index));
        let open = open.map(|(uri, open)| OpenFile {
            uri: uri.clone(),
            path: open.path.clone(),
            document: open.document.document().clone(),
            revision: open.revision,
        });
        let settings = self.project_files.values();
        let settings = settings.map(|file| (file.path.clone(), file.document.clone()));
        let key = self.projects.get(index)?.key.clone();
        Some(Survey {
            editor: self.editor_of(key.base.as_deref()).clone(),
            key,
            open: open.collect(),
            settings: settings.collect(),
            memory: survey::Memory::default(),
        })
    }

    /// Takes over what a survey found; whether that changed anything about an open document. If the
    /// survey is out of date, only its memory is kept: another one follows.
    pub fn settle(&mut self, index: usize, surveyed: Surveyed) -> bool {
        let Some(project) = self.projects.get_mut(index) else {
            return false;
        };
        project.memory.recall(surveyed.memory);
        if project.wanted != project.surveyed {
            return false;
        }
        self.revision = self.revision.saturating_add(1);
        project.watched = surveyed.watched;
        let is_changed = project.outline.replace(surveyed.outline) != Some(surveyed.outline);
        let mut is_news = is_changed;
        let mut workspace = surveyed.workspace;
        let policy = project.workspace.policy().clone();
        for found in &surveyed.open {
            let Some(open) = self.open.get_mut(&found.uri) else {
                continue;
            };
            let before = open.document.document().places().to_vec();
            let policy = match &open.home {
                Home::Alone(alone, _) => alone.policy(),
                Home::Project(_) => &policy,
            };
            let has_news = policy != workspace.policy();
            if open.revision == found.revision {
                if let Some(document) = workspace.document(found.file) {
                    open.document.set_document(document.clone());
                }
            } else {
                open.document
                    .document_mut()
                    .set_included_in(workspace.included_in(found.file).to_vec());
                workspace.set_document(found.file, open.document.document().clone());
            }
            let was_alone = matches!(open.home, Home::Alone(..));
            open.home = Home::Project(found.file);
            open.surroundings = Some(found.surroundings);
            if is_changed || was_alone || has_news || open.document.document().places() != before {
                self.revision = self.revision.saturating_add(1);
                open.revision = self.revision;
                self.unsent.insert(found.uri.clone());
                is_news = true;
            }
        }
        let before = std::mem::replace(&mut project.closed, surveyed.closed);
        self.unsent.extend(before.into_keys());
        self.unsent.extend(project.closed.keys().cloned());
        project.uris = Arc::new(surveyed.uris);
        project.workspace = Arc::new(workspace);
        project.settled = project.surveyed;
        is_news
    }

    /// Tells what a survey would see of an open document now. If that is news, one has to be done;
    /// whether it has.
    pub fn see_surroundings(&mut self, uri: &Uri, surroundings: u64) -> bool {
        let Some(open) = self.open.get_mut(uri) else {
            return false;
        };
        // Before the first survey is done, the one that is on its way will see.
        let Some(seen) = open.surroundings else {
            return false;
        };
        if seen == surroundings {
            return false;
        }
        open.surroundings = Some(surroundings);
        let project = open.project;
        self.want_survey(project);
        true
    }

    /// The documents whose diagnostics may have to be sent. They count as sent from now on.
    pub fn take_unsent(&mut self) -> Vec<Uri> {
        self.unsent.drain().collect()
    }

    /// Whether a client that asks for diagnostics should ask again for those of other files than the
    /// edited one. It counts as told from now on.
    pub fn take_outdated_pull(&mut self) -> bool {
        std::mem::take(&mut self.is_pull_outdated)
    }

    /// The open documents of which there may be something else to say since another one was edited, for
    /// a client that takes them with the answer about `uri`. All of these count as answered from now on.
    pub fn take_affected(&mut self, uri: &Uri) -> Vec<Snapshot> {
        self.affected.remove(uri);
        let project = self.open.get(uri).and_then(|open| open.project);
        if project.is_none() || self.affected.is_empty() {
            return Vec::new();
        }
        let mut affected = Vec::new();
        for (other, open) in self.open.iter().filter(|(_, it)| it.project == project) {
            if self.affected.remove(other) {
                affected.extend(self.open_snapshot(other, open));
            }
        }
        affected
    }

    /// Whether a document was opened and not answered since. It counts as answered from now on.
    pub fn take_just_opened(&mut self, uri: &Uri) -> bool {
        self.just_opened.remove(uri)
    }

    /// Makes the diagnostics of a document be looked at once more.
    pub fn send_again(&mut self, uri: Uri) {
        self.unsent.insert(uri);
    }

    /// How often anything changed.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether a snapshot shows the document as it is now.
    #[must_use]
    pub fn is_current(&self, snapshot: &Snapshot) -> bool {
        match self.open.get(&snapshot.uri) {
            Some(open) => open.revision == snapshot.revision,
            None => snapshot.version.is_none(),
        }
    }

    /// Whether the client asks for the diagnostics of all files.
    #[must_use]
    pub fn pulls_workspace(&self) -> bool {
        self.pulls_workspace
    }

    /// Remembers that the client asks for the diagnostics of all files. Those that were sent for
    /// files which are not open are to be taken back.
    pub fn see_workspace_pull(&mut self) -> bool {
        let is_first = !std::mem::replace(&mut self.pulls_workspace, true);
        if is_first {
            let closed = self
                .projects
                .iter()
                .flat_map(|project| project.closed.keys());
            self.unsent.extend(closed.cloned());
        }
        is_first
    }

    /// What is known of the open documents while something about this one is renamed.
    #[must_use]
    pub fn open_documents(&self, uri: &Uri) -> rename::Open {
        let project = match self.open.get(uri) {
            Some(open) => open.project.and_then(|index| self.projects.get(index)),
            None => self
                .projects
                .iter()
                .find(|project| project.closed.contains_key(uri)),
        };
        let versions = self.open.iter();
        rename::Open {
            versions: versions
                .map(|(uri, open)| (uri.clone(), open.version))
                .collect(),
            is_settled: project.is_none_or(|project| project.settled == project.wanted),
        }
    }

    /// All files of all projects, and the documents that stand alone.
    #[must_use]
    pub fn all_files(&self) -> Vec<symbols::Files> {
        let projects = self.projects.iter();
        let alone = self.open.iter().filter_map(|(uri, open)| match &open.home {
            Home::Alone(workspace, file) => {
                let uris = HashMap::from([(*file, uri.clone())]);
                Some((workspace.clone(), Arc::new(uris)))
            }
            Home::Project(_) => None,
        });
        projects
            .map(|project| (project.workspace.clone(), project.uris.clone()))
            .chain(alone)
            .collect()
    }

    /// A document as it is now: open, or included by one that is.
    #[must_use]
    pub fn snapshot(&self, uri: &Uri) -> Option<Snapshot> {
        match self.open.get(uri) {
            Some(open) => self.open_snapshot(uri, open),
            None => self
                .projects
                .iter()
                .find_map(|project| project.closed_snapshot(uri, self)),
        }
    }

    fn open_snapshot(&self, uri: &Uri, open: &Open) -> Option<Snapshot> {
        let (workspace, file, uris) = match &open.home {
            Home::Alone(workspace, file) => {
                let uris = Arc::new(HashMap::from([(*file, uri.clone())]));
                (workspace.clone(), *file, uris)
            }
            Home::Project(file) => {
                let project = self.projects.get(open.project?)?;
                (project.workspace.clone(), *file, project.uris.clone())
            }
        };
        Some(Snapshot {
            client: self.client.clone(),
            document: open.document.document().clone(),
            uri: uri.clone(),
            version: Some(open.version),
            revision: open.revision,
            generation: self.revision,
            workspace,
            file,
            uris,
        })
    }

    /// All documents: those that are open and those they belong together with.
    #[must_use]
    pub fn snapshots(&self) -> Vec<Snapshot> {
        let open = self
            .open
            .iter()
            .filter_map(|(uri, open)| self.open_snapshot(uri, open));
        let closed = self.projects.iter().flat_map(|project| {
            let uris = project.closed.keys().filter(|uri| !self.is_open(uri));
            uris.filter_map(|uri| project.closed_snapshot(uri, self))
        });
        open.chain(closed).collect()
    }
}

impl Project {
    fn closed_snapshot(&self, uri: &Uri, state: &State) -> Option<Snapshot> {
        let file = *self.closed.get(uri)?;
        Some(Snapshot {
            client: state.client.clone(),
            document: self.workspace.document(file)?.clone(),
            uri: uri.clone(),
            version: None,
            revision: 0,
            generation: state.revision,
            workspace: self.workspace.clone(),
            file,
            uris: self.uris.clone(),
        })
    }
}
