//! Paths: the files and folders of the workspace, and never those outside.

use super::{Candidate, ItemKind, List};
use crate::workspace::FileKind;

/// Most entries of a folder that are offered.
const MOST_ENTRIES: usize = 200;

pub(super) fn complete(list: &mut List<'_>, start: usize, is_folder: bool) {
    let site = list.site;
    let Some(files) = site.config.files else {
        return;
    };
    let typed = site.typed(start);
    let name_at = typed
        .rfind(['/', '\\'])
        .map_or(0, |at| at.saturating_add(1));
    let (folder_written, begun) = (
        typed.get(..name_at).unwrap_or_default(),
        typed.get(name_at..).unwrap_or_default(),
    );
    let start = site.cursor.saturating_sub(begun.len());
    let end = site.word_behind(&[',', '"', '<', '>', '/', '\\']);
    let mut found: Vec<(bool, String)> = Vec::new();
    for folder in site
        .workspace
        .folders_written(site.at.file, folder_written, files)
    {
        for entry in files.list(&folder) {
            let Some(name) = entry.name.to_str() else {
                continue;
            };
            let kind = entry.kind.or_else(|| files.kind(&folder.join(name)));
            let is_hidden = name.starts_with('.') && !begun.starts_with('.');
            let is_folder_here = kind == Some(FileKind::Folder);
            let is_link = entry.kind.is_none();
            let leads_out = || {
                let written = format!("{folder_written}{name}");
                site.workspace
                    .folders_written(site.at.file, &written, files)
                    .is_empty()
            };
            if is_folder_here && is_link && leads_out() {
                continue;
            }
            let is_wanted = is_folder_here || (!is_folder && kind == Some(FileKind::File));
            if !is_hidden && is_wanted {
                found.push((!is_folder_here, name.to_owned()));
            }
        }
    }
    found.sort();
    found.dedup();
    list.found.is_incomplete |= found.len() > MOST_ENTRIES;
    let begun_first =
        |(is_file, name): &(bool, String)| (!name.starts_with(begun), *is_file, name.clone());
    found.sort_by_key(begun_first);
    for (is_file, name) in found.into_iter().take(MOST_ENTRIES) {
        let kind = if is_file {
            ItemKind::File
        } else {
            ItemKind::Folder
        };
        let label = if is_file { name } else { format!("{name}/") };
        let mut candidate = Candidate::new(label, kind);
        candidate.goes_on = !is_file;
        list.add(candidate, start, end);
    }
}
