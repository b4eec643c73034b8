//! The folders of this workspace that a written path means.

use std::path::{Path, PathBuf};

use super::find::folders_below;
use super::path::{WrittenPath, names, normalise};
use super::{FileId, Files, Workspace};

impl Workspace {
    /// The folders that a written folder may mean: those in which an `include` line would look. None
    /// of them lies outside the workspace, over links neither.
    #[must_use]
    pub fn folders_written(&self, from: FileId, written: &str, files: &dyn Files) -> Vec<PathBuf> {
        let Some(own) = self.path(from).and_then(Path::parent) else {
            return Vec::new();
        };
        let around = self.roots.iter().filter(|root| root.files.contains(&from));
        let root = around
            .filter_map(|root| self.path(root.file)?.parent())
            .next()
            .unwrap_or(own);
        let base = self.base.as_deref().unwrap_or(root);
        let path = WrittenPath::new(written);
        let mut folders = if path.is_absolute {
            self.absolute(&path.names, root, base, files)
        } else {
            let below =
                |folder: &Path| normalise(&folder.join(path.names.iter().collect::<PathBuf>()));
            vec![below(own), below(root)]
        };
        let identity = files.identity(base);
        folders.retain(|folder| files.identity(folder).starts_with(&identity));
        folders.dedup();
        folders
    }

    fn absolute(
        &self,
        wanted: &[String],
        root: &Path,
        base: &Path,
        files: &dyn Files,
    ) -> Vec<PathBuf> {
        let mut folders = Vec::new();
        let mapped = self.mappings.iter().filter_map(|mapping| {
            let server = WrittenPath::new(&mapping.server).names;
            let rest = wanted.strip_prefix(server.as_slice())?;
            Some((
                server.len(),
                mapping.here.join(rest.iter().collect::<PathBuf>()),
            ))
        });
        if let Some((_, folder)) = mapped.max_by_key(|(length, _)| *length) {
            return vec![folder];
        }
        let as_written = Path::new("/").join(wanted.iter().collect::<PathBuf>());
        if as_written.starts_with(base) {
            folders.push(as_written);
        }
        if wanted.is_empty() {
            folders.push(root.to_path_buf());
            return folders;
        }
        let fresh;
        let known = match self.folders.get(base) {
            Some(known) => known,
            None => {
                fresh = folders_below(base, files);
                &fresh
            }
        };
        let agreement = |folder: &Path| {
            let own = names(folder);
            let pairs = own.iter().rev().zip(wanted.iter().rev());
            pairs.take_while(|(own, wanted)| own == wanted).count()
        };
        let best = known
            .iter()
            .map(|folder| agreement(folder))
            .max()
            .unwrap_or_default();
        if best > 0 {
            folders.extend(
                known
                    .iter()
                    .filter(|folder| agreement(folder) == best)
                    .cloned(),
            );
        }
        folders
    }
}
