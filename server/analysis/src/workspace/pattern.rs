//! Patterns of paths, as settings name files.

use std::path::{Path, PathBuf};

use super::glob;

/// Stands for any number of folders.
const ANY_FOLDERS: &str = "**";

/// A pattern such as `old/*.conf`, `**/test` or `*.bak`. What it says of a folder holds for all that
/// is below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathPattern {
    base: PathBuf,
    names: Vec<String>,
}

impl PathPattern {
    /// A pattern of paths below `base`. One without `/` holds in every folder, one that begins with `/`
    /// from the root of the disk.
    #[must_use]
    pub fn new(base: &Path, written: &str) -> Self {
        let is_absolute = written.starts_with('/');
        let written: Vec<&str> = written
            .split('/')
            .filter(|name| !name.is_empty() && *name != ".")
            .collect();
        let is_anywhere = !is_absolute && written.len() == 1;
        let mut names: Vec<String> = Vec::with_capacity(written.len().saturating_add(1));
        if is_anywhere {
            names.push(ANY_FOLDERS.to_owned());
        }
        for name in written {
            let is_repeated = name == ANY_FOLDERS && names.last().is_some_and(|it| it == name);
            if !is_repeated {
                names.push(name.to_owned());
            }
        }
        let base = if is_absolute { Path::new("/") } else { base };
        Self {
            base: base.to_path_buf(),
            names,
        }
    }

    /// Whether an absolute path matches, or a folder above it.
    #[must_use]
    pub fn matches(&self, path: &Path) -> bool {
        let Ok(below) = path.strip_prefix(&self.base) else {
            return false;
        };
        let names: Vec<_> = below
            .components()
            .map(|name| name.as_os_str().to_string_lossy())
            .collect();
        let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
        !self.names.is_empty() && matches(&self.names, &names)
    }
}

/// Whether the names begin with what the pattern says.
fn matches(pattern: &[String], names: &[&str]) -> bool {
    match (pattern, names) {
        ([], _) => true,
        ([any, rest @ ..], _) if any == ANY_FOLDERS => {
            (0..=names.len()).any(|skipped| matches(rest, names.get(skipped..).unwrap_or_default()))
        }
        ([first, rest @ ..], [name, others @ ..]) => {
            glob::matches(first, name) && matches(rest, others)
        }
        (_, []) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_files_and_all_below_folders() {
        let base = Path::new("/p");
        for (pattern, path) in [
            ("old/*.conf", "/p/old/a.conf"),
            ("old", "/p/old/deep/a.conf"),
            ("old", "/p/x/old/a.conf"),
            ("*.bak", "/p/x/config.bak"),
            ("x/old/", "/p/x/old/a"),
            ("x/**/a", "/p/x/a"),
            ("x/**/**/a", "/p/x/y/z/a"),
            ("./x/y", "/p/x/y"),
            ("/etc/*", "/etc/pmta/config"),
        ] {
            assert!(
                PathPattern::new(base, pattern).matches(Path::new(path)),
                "{pattern} {path}"
            );
        }
        for (pattern, path) in [
            ("old/*.conf", "/p/x/old/a.conf"),
            ("old", "/p/older"),
            ("*.bak", "/other/config.bak"),
            ("x/**/a", "/p/y/a"),
            ("", "/p/a"),
            ("/", "/p/a"),
        ] {
            assert!(
                !PathPattern::new(base, pattern).matches(Path::new(path)),
                "{pattern} {path}"
            );
        }
    }
}
