//! Paths as configurations write them, and paths made comparable.

use std::path::{Component, Path, PathBuf};

/// The path without `.` and `..`, as far as names alone can tell.
#[must_use]
pub fn normalise(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                if !plain.pop() && !plain.has_root() {
                    plain.push(component);
                }
            }
            _ => plain.push(component),
        }
    }
    plain
}

/// A path in an `include` line, with the separators of either system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WrittenPath {
    /// Whether it starts at the root of a disk.
    pub(crate) is_absolute: bool,
    /// Its names, `.` and inner `..` taken away, without the drive.
    pub(crate) names: Vec<String>,
}

impl WrittenPath {
    pub(crate) fn new(written: &str) -> Self {
        let behind_drive = match written.as_bytes() {
            [letter, b':', ..] if letter.is_ascii_alphabetic() => {
                written.get(2..).unwrap_or_default()
            }
            _ => written,
        };
        let is_absolute = behind_drive.starts_with(['/', '\\']);
        let mut names: Vec<String> = Vec::new();
        for name in behind_drive.split(['/', '\\']) {
            match name {
                "" | "." => {}
                ".." => match names.last() {
                    Some(last) if last != ".." => {
                        names.pop();
                    }
                    _ if is_absolute => {}
                    _ => names.push(name.to_owned()),
                },
                _ => names.push(name.to_owned()),
            }
        }
        Self { is_absolute, names }
    }
}

/// The names of a path, from the root of the disk down.
pub(crate) fn names(path: &Path) -> Vec<String> {
    path.components()
        .filter_map(|component| match component {
            Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_taken_away() {
        for (path, plain) in [
            ("/a/./b/../c", "/a/c"),
            ("/..", "/"),
            ("a/..", ""),
            ("../a", "../a"),
            ("/a//b/", "/a/b"),
        ] {
            assert_eq!(normalise(Path::new(path)), Path::new(plain), "{path}");
        }
    }

    #[test]
    fn written_paths_of_both_systems_are_read() {
        let read = |written| {
            let path = WrittenPath::new(written);
            (path.is_absolute, path.names.join("/"))
        };
        assert_eq!(
            read("/etc/pmta/x.conf"),
            (true, "etc/pmta/x.conf".to_owned())
        );
        assert_eq!(read("includes/../x.conf"), (false, "x.conf".to_owned()));
        assert_eq!(read("../../x.conf"), (false, "../../x.conf".to_owned()));
        assert_eq!(read("/../x.conf"), (true, "x.conf".to_owned()));
        assert_eq!(
            read(r"c:\pmta\vmtas.dat"),
            (true, "pmta/vmtas.dat".to_owned())
        );
        assert_eq!(
            read(r"c:\\pmta\\vmtas.dat"),
            (true, "pmta/vmtas.dat".to_owned())
        );
        assert_eq!(
            read(r"includes\http.dat"),
            (false, "includes/http.dat".to_owned())
        );
        assert_eq!(read(""), (false, String::new()));
    }
}
