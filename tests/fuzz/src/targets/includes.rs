//! Any set of files that include each other is read to an end, and everything can be asked of it.

use std::hint::black_box;
use std::path::{Path, PathBuf};

use pmta_analysis::file_rename::{FileRename, file_rename};
use pmta_analysis::workspace::{
    FilePosition, Files, PathMapping, Workspace, find_roots, roots_near,
};

use super::any_feature;
use crate::input::{Input, border};
use crate::memory::{Disk, Thing};

/// Where files and links lie.
const PATHS: [&str; 12] = [
    "/etc/pmta/config",
    "/etc/pmta/config-defaults",
    "/etc/pmta/includes/a.conf",
    "/etc/pmta/includes/b.conf",
    "/etc/pmta/includes/c",
    "/etc/pmta/includes/deep/er/d.txt",
    "/etc/pmta/link",
    "/etc/pmta/other/config",
    "/etc/passwd",
    "/srv/config.dat",
    "/srv/includes/é.conf",
    "/srv/.hidden",
];

/// What `include` lines name.
const NAMED: [&str; 20] = [
    "/etc/pmta/includes/a.conf",
    "/etc/pmta/includes/*.conf",
    "/etc/pmta/*/*",
    "/etc/pmta/config",
    "includes/b.conf",
    "a.conf",
    "b.conf",
    "./c",
    "../config",
    "../../passwd",
    "/etc/passwd",
    "*",
    "**/*",
    "includes/[ab].conf",
    "\"includes/a.conf\"",
    "link",
    "deep/er/d.txt",
    "http://192.0.2.1/x",
    "C:\\pmta\\includes\\a.conf",
    "/opt/pmta/includes/?.conf",
];

/// Runs it.
pub(super) fn run(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let mut disk = Disk::default();
    for path in PATHS {
        let kind = input.byte();
        let mut text = String::new();
        match kind % 8 {
            0 => continue,
            1 => {
                disk.put(path, Thing::Link(PathBuf::from(input.pick(&PATHS))));
                continue;
            }
            2 if kind > 200 => {
                disk.put(path, Thing::Device);
                continue;
            }
            3 => {
                let named = input.pick(&NAMED);
                text = format!("<virtual-mta v>\ninclude {named}\n</virtual-mta>\n");
            }
            4 => {
                let named = input.pick(&NAMED);
                text = format!("<domain x>\n include {named}\n");
            }
            _ => {}
        }
        for _ in 0..kind / 64 {
            text += &format!("include {}\n", input.pick(&NAMED));
        }
        let own = usize::from(input.byte());
        text += &input.text(own);
        disk.put(path, Thing::File(text.into_bytes()));
    }
    let choices = input.byte();
    let mappings = match choices % 2 {
        0 => Vec::new(),
        _ => vec![PathMapping {
            server: "/opt/pmta".to_owned(),
            here: PathBuf::from("/etc/pmta"),
        }],
    };
    let base = (choices & 2 != 0).then(|| PathBuf::from("/etc/pmta"));
    let mut workspace = Workspace::new(base, mappings.clone());
    let mut roots = find_roots(Path::new("/etc"), &mappings, &disk);
    roots.extend(roots_near(Path::new("/srv/includes/é.conf"), &disk));
    roots.push(PathBuf::from("/srv/config.dat"));
    for root in &roots {
        // What cannot be read is no root.
        let _ = workspace.add_root(root, &disk);
    }
    workspace.set_knows_roots(choices & 4 != 0);
    workspace.prepare();
    let files: Vec<_> = workspace.files().collect();
    assert!(files.len() <= PATHS.len(), "a file was read twice");
    for root in workspace.roots() {
        for include in &root.includes {
            let place = workspace.place_of(include);
            assert!(root.files.contains(&place.file));
            assert!(include.files().all(|file| root.files.contains(&file)));
        }
    }
    for file in files {
        let Some(document) = workspace.document(file) else {
            panic!("a file without a text");
        };
        let text = document.rope().to_string();
        any_feature::of_file(&workspace, file, &text);
        let offset = border(&text, input.below(512) % (text.len() + 1));
        any_feature::at(&workspace, FilePosition { file, offset }, &text, "other");
        let path = workspace
            .path(file)
            .map(Path::to_path_buf)
            .unwrap_or_default();
        assert!(
            disk.read(&path).is_ok(),
            "{} cannot be read",
            path.display()
        );
        let to = path.with_file_name("renamed.conf");
        black_box(file_rename(&workspace, &[FileRename { from: path, to }]));
    }
}
