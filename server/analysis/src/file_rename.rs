//! Files that move: what the `include` lines that name them have to say afterwards.
//!
//! A path is written for the server, and stays so: a relative one stays relative, an absolute one keeps
//! the part that has no counterpart here. A wildcard that still matches is left alone.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::workspace::{
    FileRange, Found, Include, Root, Target, Workspace, WrittenPath, has_wildcard, matches, names,
    normalise,
};

/// A file or folder that gets another path. Both are absolute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRename {
    /// Its path so far.
    pub from: PathBuf,
    /// Its path afterwards.
    pub to: PathBuf,
}

/// What a renaming means for `include` lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RenameEffect {
    /// The paths to replace, as the files are before the renaming, and what stands there afterwards.
    pub edits: Vec<(FileRange, String)>,
    /// Sentences about lines that no edit can keep true.
    pub warnings: Vec<String>,
}

/// What becomes of one line.
enum Line {
    Unchanged,
    Rewritten(String),
    /// No path on the server is known for the file.
    Unknown(PathBuf),
}

/// The edits that keep `include` lines true when these files and folders are renamed.
#[must_use]
pub fn file_rename(workspace: &Workspace, renames: &[FileRename]) -> RenameEffect {
    let moves = Moves(renames);
    let mut lines: BTreeMap<FileRange, Option<String>> = BTreeMap::new();
    let mut effect = RenameEffect::default();
    for root in workspace.roots() {
        for include in &root.includes {
            let Found::Files(targets) = &include.found else {
                continue;
            };
            let at = workspace.place_of(include);
            let mut warn = |sentence: String| {
                if !effect.warnings.contains(&sentence) {
                    effect.warnings.push(sentence);
                }
            };
            let site = Site {
                workspace,
                root,
                include,
                moves,
            };
            for lost in site.lost(targets) {
                warn(format!(
                    "`{}` will no longer be included by `{}` in `{}`.",
                    workspace.shown_path(&moves.of(&lost)),
                    include.path,
                    workspace.shown_name(include.from),
                ));
            }
            let text = match site.line(targets) {
                Line::Unchanged => None,
                Line::Rewritten(text) => Some(text),
                Line::Unknown(path) => {
                    warn(format!(
                        "`{}` in `{}` is left as it is: the path of `{}` on the server is not known.",
                        include.path,
                        workspace.shown_name(include.from),
                        workspace.shown_path(&path),
                    ));
                    continue;
                }
            };
            match lines.get(&at) {
                Some(known) if *known != text => {
                    warn(format!(
                        "`{}` in `{}` names other files in other configurations: look at it again.",
                        include.path,
                        workspace.shown_name(include.from),
                    ));
                    lines.insert(at, None);
                }
                Some(_) => {}
                None => {
                    lines.insert(at, text);
                }
            }
        }
    }
    let edits = lines.into_iter();
    effect.edits = edits.filter_map(|(at, text)| Some((at, text?))).collect();
    effect
}

/// The renamings.
#[derive(Clone, Copy)]
struct Moves<'a>(&'a [FileRename]);

impl Moves<'_> {
    /// The path that something has afterwards.
    fn of(self, path: &Path) -> PathBuf {
        let around = self.0.iter().filter_map(|rename| {
            let rest = path.strip_prefix(&rename.from).ok()?;
            Some((rename, rest))
        });
        match around.max_by_key(|(rename, _)| rename.from.components().count()) {
            Some((rename, rest)) if rest.as_os_str().is_empty() => rename.to.clone(),
            Some((rename, rest)) => rename.to.join(rest),
            None => path.to_path_buf(),
        }
    }
}

/// An `include` line in one root.
struct Site<'a> {
    workspace: &'a Workspace,
    root: &'a Root,
    include: &'a Include,
    moves: Moves<'a>,
}

impl Site<'_> {
    /// What the line says afterwards.
    fn line(&self, targets: &[Target]) -> Line {
        let written = WrittenPath::new(&self.include.path);
        let Some(target) = targets.first() else {
            return Line::Unchanged;
        };
        let literal = literal_names(&written.names);
        let wild = written.names.get(literal.len()..).unwrap_or_default();
        let named = above(&target.path, wild.len());
        let Some(mut names) = self.names_afterwards(written.is_absolute, literal, &named) else {
            return Line::Unknown(self.moves.of(&target.path));
        };
        if names == literal {
            return Line::Unchanged;
        }
        names.extend_from_slice(wild);
        match self.rendered(&names, wild.is_empty()) {
            Some(text) => Line::Rewritten(text),
            None => Line::Unknown(self.moves.of(&target.path)),
        }
    }

    /// The files that a wildcard matches now and will not match any more.
    fn lost(&self, targets: &[Target]) -> Vec<PathBuf> {
        let written = WrittenPath::new(&self.include.path).names;
        let wild = written
            .get(literal_names(&written).len()..)
            .unwrap_or_default();
        if wild.is_empty() {
            return Vec::new();
        }
        let is_matched = |target: &Target| {
            let folder = self.moves.of(&above(&target.path, wild.len()));
            let moved = self.moves.of(&target.path);
            let rest = moved.strip_prefix(folder).map(names).unwrap_or_default();
            let mut pairs = wild.iter().zip(&rest);
            rest.len() == wild.len()
                && pairs.all(|(pattern, name)| pattern == name || matches(pattern, name))
        };
        let lost = targets.iter().filter(|target| !is_matched(target));
        lost.map(|target| target.path.clone()).collect()
    }

    /// The names by which a line reaches a file or folder afterwards; none: they are not known.
    fn names_afterwards(
        &self,
        is_absolute: bool,
        written: &[String],
        target: &Path,
    ) -> Option<Vec<String>> {
        let moved = self.moves.of(target);
        if is_absolute {
            self.absolute_names(written, target, &moved)
        } else {
            self.relative_names(written, target, &moved)
        }
    }

    fn relative_names(
        &self,
        written: &[String],
        target: &Path,
        moved: &Path,
    ) -> Option<Vec<String>> {
        let way: PathBuf = written.iter().collect();
        for file in [self.include.from, self.root.file] {
            let file = self.workspace.path(file)?;
            if normalise(&file.parent()?.join(&way)) == target {
                let folder = self.moves.of(file);
                return Some(relative(moved, folder.parent()?));
            }
        }
        None
    }

    fn absolute_names(
        &self,
        written: &[String],
        target: &Path,
        moved: &Path,
    ) -> Option<Vec<String>> {
        let server = |mapping: &str| WrittenPath::new(mapping).names;
        let mappings = self.workspace.mappings().iter();
        let mapped = mappings.clone().filter_map(|mapping| {
            let rest = written.strip_prefix(server(&mapping.server).as_slice())?;
            Some(rest.len())
        });
        let agreeing = || {
            let own = names(target);
            let pairs = own.iter().rev().zip(written.iter().rev());
            pairs.take_while(|(own, wanted)| own == wanted).count()
        };
        let most = mapped.min().unwrap_or_else(agreeing);
        let kept = |count: usize| written.get(..written.len().saturating_sub(count));
        for count in 0..=most {
            if let Ok(rest) = moved.strip_prefix(above(target, count)) {
                return Some([kept(count)?, &names(rest)].concat());
            }
        }
        if let Ok(rest) = moved.strip_prefix(self.moves.of(&above(target, most))) {
            return Some([kept(most)?, &names(rest)].concat());
        }
        let mapped = mappings.filter_map(|mapping| {
            let rest = moved.strip_prefix(&mapping.here).ok()?;
            Some((mapping, rest))
        });
        let (mapping, rest) = mapped.max_by_key(|(it, _)| it.here.components().count())?;
        Some([server(&mapping.server), names(rest)].concat())
    }

    /// The path as it is written; none if it cannot be. `is_plain`: nothing in it is a wildcard.
    fn rendered(&self, names: &[String], is_plain: bool) -> Option<String> {
        let before = &self.include.path;
        let separator = if before.contains("\\\\") {
            "\\\\"
        } else if before.contains('\\') && !before.contains('/') {
            "\\"
        } else {
            "/"
        };
        let is_writable = |name: &String| {
            let cannot_be_written = name.contains(['"', '\n', '\r', char::REPLACEMENT_CHARACTER]);
            !cannot_be_written && (!is_plain || !has_wildcard(name))
        };
        if !names.iter().all(is_writable) {
            return None;
        }
        let lead = match WrittenPath::new(before).is_absolute {
            true => {
                let root = before.find(['/', '\\'])?;
                let drive = before.get(..root)?;
                format!("{drive}{separator}")
            }
            false => String::new(),
        };
        let text = format!("{lead}{}", names.join(separator));
        let is_bare = !text.contains(|sign: char| sign.is_whitespace() || sign == '#');
        Some(if is_bare || self.is_quoted() {
            text
        } else {
            format!("\"{text}\"")
        })
    }

    /// Whether the path stands in quotes.
    fn is_quoted(&self) -> bool {
        let at = self.workspace.place_of(self.include);
        let start = at.range.start as usize;
        let document = self.workspace.document(at.file);
        let before = start.checked_sub(1).zip(document);
        before.is_some_and(|(before, document)| document.slice(before..start) == "\"")
    }
}

/// The names in front of the first wildcard; all of them if there is none.
fn literal_names(written: &[String]) -> &[String] {
    let wild = written.iter().position(|name| has_wildcard(name));
    written
        .get(..wild.unwrap_or(written.len()))
        .unwrap_or_default()
}

/// The folder so many steps above a path.
fn above(path: &Path, steps: usize) -> PathBuf {
    let above = path.ancestors().nth(steps);
    above.map(Path::to_path_buf).unwrap_or_default()
}

/// The way from a folder to a path, in names.
fn relative(path: &Path, folder: &Path) -> Vec<String> {
    let (path, folder) = (names(path), names(folder));
    let pairs = path.iter().zip(&folder);
    let shared = pairs.take_while(|(one, other)| one == other).count();
    let up = folder.len().saturating_sub(shared);
    let mut way = vec!["..".to_owned(); up];
    way.extend_from_slice(path.get(shared..).unwrap_or_default());
    way
}

#[cfg(test)]
mod tests;
