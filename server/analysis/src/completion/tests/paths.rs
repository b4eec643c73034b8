//! Paths.

use std::path::Path;

use crate::completion::{Config, completions};
use crate::workspace::test_support::Disk;
use crate::workspace::{FilePosition, PathMapping, Workspace};

const FILES: [(&str, &str); 8] = [
    ("/home/me/servers/pmta/config", ""),
    ("/home/me/servers/pmta/includes/vmtas.conf", ""),
    ("/home/me/servers/pmta/includes/domains.conf", ""),
    ("/home/me/servers/pmta/includes/.hidden", ""),
    ("/home/me/servers/pmta/keys/a.pem", ""),
    ("/home/me/servers/other/x.conf", ""),
    ("/home/me/servers/pmta/out", "-> /home/me/secret"),
    ("/home/me/secret/private.conf", ""),
];

fn labels_with(line: &str, mappings: Vec<PathMapping>) -> Vec<String> {
    let offset = line.find("$0").unwrap();
    let line = line.replace("$0", "");
    let mut files = FILES;
    files[0].1 = &line;
    let disk = Disk::of(&files);
    let mut workspace = Workspace::new(Some("/home/me/servers".into()), mappings);
    let file = workspace
        .add_root(Path::new("/home/me/servers/pmta/config"), &disk)
        .unwrap();
    let config = Config {
        snippets: false,
        files: Some(&disk),
    };
    let found = completions(&workspace, FilePosition { file, offset }, config);
    let paths = found.items.into_iter().filter(|item| item.detail.is_none());
    paths.map(|item| item.label.into_owned()).collect()
}

fn labels(line: &str) -> Vec<String> {
    labels_with(line, Vec::new())
}

#[test]
fn relative_and_absolute_paths() {
    assert_eq!(
        labels("include includes/$0"),
        ["domains.conf", "vmtas.conf"]
    );
    assert_eq!(labels("include in$0"), ["includes/", "keys/", "config"]);
    assert_eq!(
        labels("include /etc/pmta/includes/$0"),
        ["domains.conf", "vmtas.conf"]
    );
    assert_eq!(
        labels("domain-key a,example.com,/etc/pmta/keys/$0"),
        ["a.pem"]
    );
    assert_eq!(
        labels("include \"includes/$0\""),
        ["domains.conf", "vmtas.conf"]
    );
    assert_eq!(labels("include ../other/$0"), ["x.conf"]);
    assert_eq!(labels("<spool $0"), ["includes/", "keys/"]);
}

#[test]
fn mapped_paths() {
    let mapping = PathMapping {
        server: "/srv/mail".to_owned(),
        here: "/home/me/servers/other".into(),
    };
    assert_eq!(
        labels_with("include /srv/mail/$0", vec![mapping]),
        ["x.conf"]
    );
}

#[test]
fn nothing_outside_the_workspace() {
    for line in [
        "include ../../../$0",
        "include ../../secret/$0",
        "include /home/me/secret/$0",
        "include out/$0",
        "include /etc/$0",
        "include /home/$0",
    ] {
        assert_eq!(labels(line), Vec::<String>::new(), "{line}");
    }
}
