use std::fmt::Write as _;

use expect_test::expect;

use super::*;
use crate::workspace::PathMapping;
use crate::workspace::test_support::Disk;

const TOP: &str = "postmaster you@example.com\n";

fn workspace(files: &[(&str, &str)], mappings: &[(&str, &str)]) -> Workspace {
    let mappings = mappings.iter().map(|(server, here)| PathMapping {
        server: (*server).to_owned(),
        here: here.into(),
    });
    let mut workspace = Workspace::new(Some("/w".into()), mappings.collect());
    workspace
        .add_root(Path::new(files[0].0), &Disk::of(files))
        .unwrap();
    workspace
}

/// The lines that change, and what is said.
fn effect(workspace: &Workspace, renames: &[(&str, &str)]) -> String {
    let renames: Vec<FileRename> = renames
        .iter()
        .map(|(from, to)| FileRename {
            from: from.into(),
            to: to.into(),
        })
        .collect();
    let effect = file_rename(workspace, &renames);
    let mut shown = String::new();
    for (at, text) in effect.edits {
        let before = workspace
            .document(at.file)
            .unwrap()
            .slice(at.range.as_usize());
        let name = workspace.shown_name(at.file);
        let _ = writeln!(shown, "{name}: {before} -> {text}");
    }
    for warning in effect.warnings {
        let _ = writeln!(shown, "{warning}");
    }
    shown
}

#[test]
fn a_renamed_file_is_renamed_in_the_lines_that_name_it() {
    let text = format!(
        "{TOP}include parts/a.conf\ninclude \"/etc/pmta/parts/a.conf\" # here\ninclude parts/b.conf\ninclude parts/*.conf\ninclude c:\\pmta\\parts\\a.conf\n"
    );
    let workspace = workspace(
        &[
            ("/w/config", &text),
            ("/w/parts/a.conf", "include b.conf\n"),
            ("/w/parts/b.conf", ""),
        ],
        &[],
    );
    expect![[r#"
        config: parts/a.conf -> parts/new.conf
        config: /etc/pmta/parts/a.conf -> /etc/pmta/parts/new.conf
        config: c:\pmta\parts\a.conf -> c:\pmta\parts\new.conf
    "#]]
    .assert_eq(&effect(
        &workspace,
        &[("/w/parts/a.conf", "/w/parts/new.conf")],
    ));
    // Nobody names this one.
    assert_eq!(
        effect(&workspace, &[("/w/other.conf", "/w/parts/other.conf")]),
        ""
    );
}

#[test]
fn a_file_moves_to_another_folder_with_its_own_includes() {
    let text = format!("{TOP}include parts/a.conf\ninclude /etc/pmta/parts/a.conf\n");
    let workspace = workspace(
        &[
            ("/w/config", &text),
            ("/w/parts/a.conf", "include b.conf\ninclude top.conf\n"),
            ("/w/parts/b.conf", ""),
            ("/w/top.conf", ""),
        ],
        &[],
    );
    expect![[r#"
        config: parts/a.conf -> "lists/deep/a b.conf"
        config: /etc/pmta/parts/a.conf -> "/etc/pmta/lists/deep/a b.conf"
        parts/a.conf: b.conf -> ../../parts/b.conf
    "#]]
    .assert_eq(&effect(
        &workspace,
        &[("/w/parts/a.conf", "/w/lists/deep/a b.conf")],
    ));
}

#[test]
fn a_folder_takes_wildcards_along() {
    let text = format!(
        "{TOP}include vmtas/*.conf\ninclude /etc/pmta/vmtas/*.conf\ninclude /etc/pmta/vmtas/one.conf\ninclude */one.conf\n"
    );
    let workspace = workspace(
        &[
            ("/w/config", &text),
            ("/w/vmtas/one.conf", "include two.conf\n"),
            ("/w/vmtas/two.conf", ""),
        ],
        &[],
    );
    expect![[r#"
        config: vmtas/*.conf -> mtas/*.conf
        config: /etc/pmta/vmtas/*.conf -> /etc/pmta/mtas/*.conf
        config: /etc/pmta/vmtas/one.conf -> /etc/pmta/mtas/one.conf
    "#]]
    .assert_eq(&effect(&workspace, &[("/w/vmtas", "/w/mtas")]));
    // All moves together.
    assert_eq!(effect(&workspace, &[("/w", "/v")]), "");
}

#[test]
fn a_name_that_a_wildcard_no_longer_matches_is_told() {
    let text = format!("{TOP}include vmtas/*.conf\n");
    let workspace = workspace(
        &[
            ("/w/config", &text),
            ("/w/vmtas/one.conf", ""),
            ("/w/vmtas/two.conf", ""),
        ],
        &[],
    );
    let rename = |to: &str| effect(&workspace, &[("/w/vmtas/one.conf", to)]);
    assert_eq!(rename("/w/vmtas/three.conf"), "");
    expect![[r#"
        `vmtas/one.conf.off` will no longer be included by `vmtas/*.conf` in `config`.
    "#]]
    .assert_eq(&rename("/w/vmtas/one.conf.off"));
    expect![[r#"
        `old/one.conf` will no longer be included by `vmtas/*.conf` in `config`.
    "#]]
    .assert_eq(&rename("/w/old/one.conf"));
}

#[test]
fn a_mapped_folder_keeps_its_name_on_the_server() {
    let text = format!("{TOP}include /etc/pmta/in/a.conf\n");
    let workspace = workspace(
        &[("/w/deploy/config", &text), ("/w/files/in/a.conf", "")],
        &[("/etc/pmta", "/w/files"), ("/opt/pmta", "/w/opt")],
    );
    let rename = |to: &str| effect(&workspace, &[("/w/files/in/a.conf", to)]);
    expect![[r#"
        deploy/config: /etc/pmta/in/a.conf -> /etc/pmta/b.conf
    "#]]
    .assert_eq(&rename("/w/files/b.conf"));
    expect![[r#"
        deploy/config: /etc/pmta/in/a.conf -> /opt/pmta/x/a.conf
    "#]]
    .assert_eq(&rename("/w/opt/x/a.conf"));
    expect![[r#"
        `/etc/pmta/in/a.conf` in `deploy/config` is left as it is: the path of `elsewhere/a.conf` on the server is not known.
    "#]]
    .assert_eq(&rename("/w/elsewhere/a.conf"));
}
