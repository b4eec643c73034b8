//! One large configuration, open, as an editor holds it.

use std::path::{Path, PathBuf};

use pmta_analysis::document::Document;
use pmta_analysis::findings::Overview;
use pmta_analysis::workspace::{
    FileError, FileId, FileKind, FilePosition, Files, FolderEntry, Root, Workspace,
};

/// Where the configuration is said to stand.
const PATH: &str = "/etc/pmta/config";

/// An open configuration and the places in its middle that questions are asked about.
pub struct Session {
    /// The configuration alone.
    pub workspace: Workspace,
    /// Its file.
    pub file: FileId,
    /// The text it was opened with.
    pub text: String,
    /// Behind the first bytes of a directive's name.
    pub directive: usize,
    /// In a value that is edited.
    pub value: usize,
    /// In the name of a VirtualMTA where a rule refers to it.
    pub reference: usize,
    /// In the argument of the section that defines that VirtualMTA.
    pub definition: usize,
    /// The VirtualMTA's name.
    pub name: String,
    /// What a look through the whole configuration has found.
    pub overview: Overview,
    edits: usize,
}

impl Session {
    /// Opens a text that `generator` made.
    #[must_use]
    pub fn open(text: String) -> Self {
        let mut workspace = Workspace::new(None, Vec::new());
        let file = workspace
            .add_root(Path::new(PATH), &OneFile(&text))
            .unwrap_or_else(|error| panic!("the text can be read: {error}"));
        workspace.declare_root(file);
        workspace.prepare();
        let middle = text.len() / 2;
        let behind = |from: usize, what: &str| {
            let found = text.get(from..).and_then(|rest| rest.find(what));
            found.map_or(0, |at| from + at + what.len())
        };
        let reference = behind(middle, "virtual-mta=");
        let name = text.get(reference..).unwrap_or_default();
        let name = name.lines().next().unwrap_or_default().to_owned();
        Self {
            directive: behind(middle, "        max-sm"),
            value: behind(middle, "max-smtp-out "),
            definition: behind(0, &format!("<virtual-mta {name}>")).saturating_sub(2),
            reference: reference + 1,
            overview: Overview::of(&workspace, file),
            workspace,
            file,
            text,
            name,
            edits: 0,
        }
    }

    /// The document.
    #[must_use]
    pub fn document(&self) -> &Document {
        match self.workspace.document(self.file) {
            Some(document) => document,
            None => unreachable!("the file was opened"),
        }
    }

    /// The configuration's root.
    #[must_use]
    pub fn root(&self) -> &Root {
        match self.workspace.roots().first() {
            Some(root) => root,
            None => unreachable!("the file was opened as a root"),
        }
    }

    /// A place in the file.
    #[must_use]
    pub fn at(&self, offset: usize) -> FilePosition {
        FilePosition {
            file: self.file,
            offset,
        }
    }

    /// Types a digit into a value, or takes it away again.
    pub fn edit(&mut self) {
        let (at, removed, added) = match self.edits % 2 {
            0 => (self.value, 0, "1"),
            _ => (self.value, 1, ""),
        };
        self.edits += 1;
        let mut document = self.document().clone();
        document.edit(at..at + removed, added);
        self.workspace.set_document(self.file, document);
    }
}

/// A disk with one file.
struct OneFile<'a>(&'a str);

impl Files for OneFile<'_> {
    fn read(&self, path: &Path) -> Result<Vec<u8>, FileError> {
        if path == Path::new(PATH) {
            Ok(self.0.as_bytes().to_vec())
        } else {
            Err(FileError::Missing)
        }
    }

    fn list(&self, _: &Path) -> Vec<FolderEntry> {
        Vec::new()
    }

    fn kind(&self, path: &Path) -> Option<FileKind> {
        (path == Path::new(PATH)).then_some(FileKind::File)
    }

    fn identity(&self, path: &Path) -> PathBuf {
        path.to_path_buf()
    }
}
