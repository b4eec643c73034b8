//! How far a project's own settings reach: a `pmta-ls.toml` may come with files of somebody else, and
//! must not make this program read what is not among them.
//!
//! What an `include` line names is another matter: that is what the configuration itself says, and where
//! it may lead is decided where it is looked for. What people name in the settings of their editor or on
//! the command line is theirs to decide.

use std::path::Path;

use pmta_analysis::workspace::{Files, normalise};

use crate::options::{Mistake, Options};

/// Whether a path leads out of a folder, as it is written or over links.
#[must_use]
pub(crate) fn leads_out(folder: &Path, written: &str, files: &dyn Files) -> bool {
    let path = normalise(&folder.join(written));
    let is_there = files.kind(&path).is_some();
    !path.starts_with(normalise(folder))
        || (is_there && !files.identity(&path).starts_with(files.identity(folder)))
}

/// What is said of a path that leads out of the folder of a `pmta-ls.toml`, in a sentence without capital
/// and full stop.
#[must_use]
pub(crate) fn refusal(written: &str) -> String {
    format!(
        "`{written}` leads out of the folder of `pmta-ls.toml`, so it is not read; name it in the settings \
         of your editor, or the settings themselves with `--settings` on the command line"
    )
}

/// What is wrong with the settings of a `pmta-ls.toml` in a folder: paths that lead out of it.
#[must_use]
pub(crate) fn refused(options: &Options, folder: &Path, files: &dyn Files) -> Vec<Mistake> {
    let roots = options.roots.iter().flatten();
    let roots = roots.map(|written| (vec!["roots".to_owned()], written));
    let paths = options.paths.iter();
    let paths = paths.map(|(server, written)| (vec!["paths".to_owned(), server.clone()], written));
    roots
        .chain(paths)
        .filter(|(_, written)| leads_out(folder, written, files))
        .map(|(at, written)| Mistake {
            at,
            sentence: refusal(written),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::files::DiskFiles;

    #[test]
    fn what_lies_in_the_folder_does_not_lead_out() {
        let disk = DiskFiles::default();
        let folder = Path::new("/nowhere/project");
        for inside in [
            "",
            ".",
            "config",
            "a/../config",
            "/nowhere/project/config",
            "../project/a",
        ] {
            assert!(!leads_out(folder, inside, &disk), "{inside}");
        }
        for outside in [
            "..",
            "../config",
            "a/../../config",
            "/etc/passwd",
            "/",
            "../project-2/a",
        ] {
            assert!(leads_out(folder, outside, &disk), "{outside}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed() {
        use std::os::unix::fs::symlink;

        let allowed = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        let project = allowed.path().join("project");
        fs::create_dir_all(project.join("inner")).unwrap();
        fs::write(project.join("inner/config"), "").unwrap();
        fs::write(outside.path().join("config"), "").unwrap();
        symlink(outside.path(), project.join("out")).unwrap();
        symlink(project.join("inner"), project.join("in")).unwrap();
        symlink(&project, allowed.path().join("other-way")).unwrap();
        let disk = DiskFiles::default();
        for folder in [project, allowed.path().join("other-way")] {
            assert!(leads_out(&folder, "out", &disk));
            assert!(leads_out(&folder, "out/config", &disk));
            assert!(!leads_out(&folder, "in/config", &disk));
            assert!(!leads_out(&folder, "inner/config", &disk));
        }
    }

    #[test]
    fn both_kinds_of_paths_are_refused() {
        let text = "roots = [\"config\", \"../b/config\"]\n[paths]\n\"/etc/pmta\" = \"/etc\"\n\"/opt\" = \".\"\n";
        let options = Options::from_toml(text).unwrap();
        let refused = refused(
            &options,
            Path::new("/nowhere/project"),
            &DiskFiles::default(),
        );
        let places: Vec<String> = refused.iter().map(|it| it.at.join(" ")).collect();
        assert_eq!(places, ["roots", "paths /etc/pmta"]);
    }
}
