use super::test_support::Disk;
use super::*;

/// The files of a root with their places, and what became of its `include` lines.
fn read(disk: &Disk, workspace: &mut Workspace, root: &str) -> String {
    use std::fmt::Write as _;
    let file = workspace.add_root(Path::new(root), disk).unwrap();
    let root = workspace
        .roots()
        .iter()
        .find(|root| root.file == file)
        .unwrap();
    let mut seen = String::new();
    for file in &root.files {
        let places: Vec<_> = workspace
            .document(*file)
            .unwrap()
            .places()
            .iter()
            .map(|it| it.name())
            .collect();
        let _ = writeln!(
            seen,
            "{} [{}]",
            workspace.path(*file).unwrap().display(),
            places.join(",")
        );
    }
    for include in &root.includes {
        let written = workspace
            .document(include.from)
            .unwrap()
            .slice(include.range.as_usize());
        let found = match &include.found {
            Found::Files(targets) => targets
                .iter()
                .map(|target| match &target.file {
                    Ok(_) => target.path.display().to_string(),
                    Err(Unread::Loop(chain)) => format!("loop of {}", chain.len()),
                    Err(unread) => format!("{unread:?}"),
                })
                .collect::<Vec<_>>()
                .join(" "),
            other => format!("{other:?}"),
        };
        let _ = writeln!(seen, "{written}: {found}");
    }
    seen
}

fn read_one(files: &[(&str, &str)], root: &str) -> String {
    read(&Disk::of(files), &mut Workspace::default(), root)
}

const ROOT: &str = "postmaster a@example.com\n";

#[test]
fn relative_paths_are_found_beside_the_file_and_beside_the_root() {
    let seen = read_one(
        &[
            (
                "/c/config",
                "postmaster a@example.com\ninclude parts/a.conf\ninclude \"b.conf\"\ninclude none.conf\n",
            ),
            ("/c/parts/a.conf", "include c.conf\ninclude b.conf\n"),
            ("/c/parts/c.conf", ""),
            ("/c/b.conf", ""),
        ],
        "/c/config",
    );
    expect_test::expect![[r#"
        /c/config [global]
        /c/parts/a.conf [global]
        /c/parts/c.conf [global]
        /c/b.conf [global]
        c.conf: /c/parts/c.conf
        b.conf: /c/b.conf
        parts/a.conf: /c/parts/a.conf
        b.conf: /c/b.conf
        none.conf: Missing
    "#]]
    .assert_eq(&seen);
}

#[test]
fn wildcards_match_files_and_folders_in_byte_order_without_dot_files() {
    let seen = read_one(
        &[
            (
                "/c/config",
                "postmaster a@example.com\ninclude p/*.conf\ninclude */x.conf\ninclude z/*\ninclude p/[ab].conf\n",
            ),
            ("/c/p/b.conf", ""),
            ("/c/p/a.conf", ""),
            ("/c/p/Z.conf", ""),
            ("/c/p/.h.conf", ""),
            ("/c/p/d.conf/inner", ""),
            ("/c/q/x.conf", ""),
            ("/c/.q/x.conf", ""),
        ],
        "/c/config",
    );
    expect_test::expect![[r#"
        /c/config [global]
        /c/p/Z.conf [global]
        /c/p/a.conf [global]
        /c/p/b.conf [global]
        /c/q/x.conf [global]
        p/*.conf: /c/p/Z.conf /c/p/a.conf /c/p/b.conf
        */x.conf: /c/q/x.conf
        z/*: NothingMatches
        p/[ab].conf: /c/p/a.conf /c/p/b.conf
    "#]]
    .assert_eq(&seen);
}

#[test]
fn absolute_paths_are_found_by_their_end() {
    let seen = read_one(
        &[
            (
                "/w/deploy/config",
                "postmaster a@example.com\ninclude /etc/pmta/in/a.conf\ninclude /etc/pmta/b.conf\n\
                 include /etc/pmta/in/*.txt\ninclude /c.conf\ninclude c:\\pmta\\in\\a.conf\n\
                 include /opt/x/c.conf\n",
            ),
            ("/w/deploy/in/a.conf", ""),
            ("/w/deploy/other/in/a.conf", ""),
            ("/w/deploy/other/etc/pmta/b.conf", ""),
            ("/w/deploy/b.conf", ""),
            ("/w/deploy/in/1.txt", ""),
            ("/w/deploy/c.conf", ""),
        ],
        "/w/deploy/config",
    );
    expect_test::expect![[r#"
        /w/deploy/config [global]
        /w/deploy/in/a.conf [global]
        /w/deploy/other/etc/pmta/b.conf [global]
        /w/deploy/in/1.txt [global]
        /w/deploy/c.conf [global]
        /etc/pmta/in/a.conf: /w/deploy/in/a.conf
        /etc/pmta/b.conf: /w/deploy/other/etc/pmta/b.conf
        /etc/pmta/in/*.txt: /w/deploy/in/1.txt
        /c.conf: /w/deploy/c.conf
        c:\pmta\in\a.conf: /w/deploy/in/a.conf
        /opt/x/c.conf: NotMapped
    "#]]
    .assert_eq(&seen);
}

#[test]
fn the_real_place_counts_only_for_a_root_that_lies_there() {
    let disk = [
        (
            "/etc/pmta/config",
            "postmaster a@example.com\ninclude /etc/pmta/a.conf\ninclude /etc/other/b.conf\ninclude /etc/pmta/../other/b.conf\n",
        ),
        (
            "/home/me/config",
            "postmaster a@example.com\ninclude /etc/pmta/a.conf\n",
        ),
        ("/etc/pmta/a.conf", ""),
        ("/etc/other/b.conf", ""),
    ];
    expect_test::expect![[r#"
        /etc/pmta/config [global]
        /etc/pmta/a.conf [global]
        /etc/pmta/a.conf: /etc/pmta/a.conf
        /etc/other/b.conf: NotMapped
        /etc/pmta/../other/b.conf: NotMapped
    "#]]
    .assert_eq(&read_one(&disk, "/etc/pmta/config"));
    expect_test::expect![[r#"
        /home/me/config [global]
        /etc/pmta/a.conf: NotMapped
    "#]]
    .assert_eq(&read_one(&disk, "/home/me/config"));
}

#[test]
fn relative_paths_stay_in_their_corner_of_the_disk() {
    let seen = read_one(
        &[
            (
                "/home/me/conf/config",
                "postmaster a@example.com\ninclude ../shared/a.conf\ninclude ../../../etc/passwd\n",
            ),
            ("/home/me/shared/a.conf", ""),
            ("/etc/passwd", ""),
        ],
        "/home/me/conf/config",
    );
    expect_test::expect![[r#"
        /home/me/conf/config [global]
        /home/me/shared/a.conf [global]
        ../shared/a.conf: /home/me/shared/a.conf
        ../../../etc/passwd: Outside
    "#]]
    .assert_eq(&seen);
}

#[test]
fn mappings_come_first_and_the_longest_wins() {
    let disk = Disk::of(&[
        (
            "/w/deploy/config",
            "postmaster a@example.com\ninclude /etc/pmta/in/a.conf\ninclude /etc/pmta/x/b.conf\n",
        ),
        ("/w/deploy/in/a.conf", ""),
        ("/w/files/a.conf", ""),
        ("/w/deploy/x/b.conf", ""),
    ]);
    let mapping = |server: &str, here: &str| PathMapping {
        server: server.to_owned(),
        here: here.into(),
    };
    let mappings = vec![
        mapping("/etc/pmta", "/w/none"),
        mapping("/etc/pmta/in", "/w/files"),
    ];
    let mut workspace = Workspace::new(Some("/w".into()), mappings);
    expect_test::expect![[r#"
        /w/deploy/config [global]
        /w/files/a.conf [global]
        /etc/pmta/in/a.conf: /w/files/a.conf
        /etc/pmta/x/b.conf: Missing
    "#]]
    .assert_eq(&read(&disk, &mut workspace, "/w/deploy/config"));
}

#[test]
fn a_fragment_stands_in_every_place_that_includes_it() {
    let seen = read_one(
        &[
            (
                "/c/config",
                "postmaster a@example.com\n<virtual-mta a>\n    include both.conf\n</virtual-mta>\n\
                 include outer.conf\n<domain x.example>\n    include both.conf\n</domain>\n",
            ),
            ("/c/both.conf", "include nested.conf\n"),
            ("/c/nested.conf", "max-smtp-out 2\n"),
            (
                "/c/outer.conf",
                "include nested.conf\n<source 10.0.0.0/8>\n    include source.conf\n</source>\n",
            ),
            ("/c/source.conf", "smtp-service yes\n"),
        ],
        "/c/config",
    );
    expect_test::expect![[r#"
        /c/config [global]
        /c/both.conf [domain,virtual-mta]
        /c/nested.conf [global,domain,virtual-mta]
        /c/outer.conf [global]
        /c/source.conf [source]
        nested.conf: /c/nested.conf
        both.conf: /c/both.conf
        nested.conf: /c/nested.conf
        source.conf: /c/source.conf
        outer.conf: /c/outer.conf
        both.conf: /c/both.conf
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_second_root_adds_its_places() {
    let disk = Disk::of(&[
        (
            "/c/config",
            "postmaster a@example.com\n<domain a.example>\n    include part.conf\n</domain>\n",
        ),
        (
            "/c/pmta.conf",
            "postmaster a@example.com\n<virtual-mta a>\n    include part.conf\n</virtual-mta>\n",
        ),
        ("/c/part.conf", "include inner.conf\n"),
        ("/c/inner.conf", "max-smtp-out 2\n"),
    ]);
    let mut workspace = Workspace::default();
    read(&disk, &mut workspace, "/c/config");
    read(&disk, &mut workspace, "/c/pmta.conf");
    let inner = workspace
        .file_at(Path::new("/c/inner.conf"), &disk)
        .unwrap();
    let places: Vec<_> = workspace
        .document(inner)
        .unwrap()
        .places()
        .iter()
        .map(|it| it.name())
        .collect();
    assert_eq!(places, ["domain", "virtual-mta"]);
}

#[test]
fn loops_are_cut_and_links_lead_to_the_same_file() {
    let seen = read_one(
        &[
            (
                "/c/config",
                "postmaster a@example.com\ninclude a.conf\ninclude config\n",
            ),
            ("/c/a.conf", "include b.conf\n"),
            ("/c/b.conf", "include link.conf\n"),
            ("/c/link.conf", "-> /c/a.conf"),
        ],
        "/c/config",
    );
    expect_test::expect![[r#"
        /c/config [global]
        /c/a.conf [global]
        /c/b.conf [global]
        link.conf: loop of 3
        b.conf: /c/b.conf
        a.conf: /c/a.conf
        config: loop of 2
    "#]]
    .assert_eq(&seen);
}

#[test]
fn a_name_that_is_a_folder_is_refused_and_a_deep_chain_is_cut() {
    let seen = read_one(
        &[
            ("/c/config", "postmaster a@example.com\ninclude parts\n"),
            ("/c/parts/a.conf", ""),
        ],
        "/c/config",
    );
    assert!(
        seen.contains("parts: Failed(Refused(\"it is a folder\"))"),
        "{seen}"
    );

    let chain: Vec<(String, String)> = (0..40)
        .map(|n| {
            (
                format!("/c/{n}.conf"),
                format!("{ROOT}include {}.conf\n", n + 1),
            )
        })
        .collect();
    let chain: Vec<(&str, &str)> = chain
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    let seen = read_one(&chain, "/c/0.conf");
    assert!(seen.contains("32.conf: TooDeep"), "{seen}");
    assert!(!seen.contains("/c/33.conf"), "{seen}");
}

#[test]
fn defaults_beside_the_root_are_read_first() {
    let seen = read_one(
        &[
            ("/c/config", ROOT),
            ("/c/config-defaults", "retry-after 10m\n"),
        ],
        "/c/config",
    );
    assert_eq!(seen, "/c/config-defaults [global]\n/c/config [global]\n");
}

#[test]
fn urls_are_no_files() {
    let disk = Disk::of(&[(
        "/c/config",
        "postmaster a@example.com\ninclude http://192.0.2.80/pmta.conf\n",
    )]);
    let mut workspace = Workspace::default();
    assert_eq!(
        read(&disk, &mut workspace, "/c/config"),
        "/c/config [global]\nhttp://192.0.2.80/pmta.conf: Remote\n"
    );
    // What it brings in is not known.
    assert!(!workspace.is_resolved(&workspace.roots()[0]));
}

#[test]
fn folders_that_were_searched_are_remembered() {
    let disk = Disk::of(&[
        (
            "/c/config",
            "postmaster a@example.com\ninclude p/*.conf\ninclude */x.conf\ninclude none/x.conf\n",
        ),
        ("/c/p/a.conf", ""),
        ("/c/q/y.conf", ""),
    ]);
    let mut workspace = Workspace::default();
    workspace.add_root(Path::new("/c/config"), &disk).unwrap();
    let searched: Vec<Vec<&str>> = workspace.roots()[0]
        .includes
        .iter()
        .map(|include| {
            let folders = include.looked_in.iter();
            folders.map(|folder| folder.to_str().unwrap()).collect()
        })
        .collect();
    // A folder that is not there is told of by the one above it.
    assert_eq!(
        searched,
        [vec!["/c/p"], vec!["/c", "/c/p", "/c/q"], vec!["/c"]]
    );
}

#[test]
fn paths_are_shown_from_the_folder_of_the_workspace() {
    let disk = Disk::of(&[
        ("/w/p/one/config", ROOT),
        (
            "/w/p/two/config",
            "postmaster a@example.com\ninclude ../part.conf\n",
        ),
        ("/w/p/part.conf", ""),
    ]);
    let shown = |base: Option<&str>, roots: &[&str]| {
        let mut workspace = Workspace::new(base.map(PathBuf::from), Vec::new());
        for root in roots {
            workspace.add_root(Path::new(root), &disk).unwrap();
        }
        let files = workspace.files().map(|file| workspace.shown_name(file));
        files.collect::<Vec<_>>().join(" ")
    };
    let both = ["/w/p/one/config", "/w/p/two/config"];
    assert_eq!(shown(None, &both[..1]), "config");
    assert_eq!(shown(None, &both), "one/config two/config part.conf");
    assert_eq!(shown(Some("/w"), &both[1..]), "p/two/config p/part.conf");
    assert_eq!(shown(Some("/elsewhere"), &both[..1]), "/w/p/one/config");
}

#[test]
fn roots_are_found_by_name_and_by_content() {
    let root = "smtp-listener 0.0.0.0:25\n<source 127.0.0.1>\n    smtp-service yes\n</source>\n";
    let disk = Disk::of(&[
        (
            "/w/a/config",
            "postmaster a@example.com\ninclude included.conf\n",
        ),
        ("/w/a/included.conf", root),
        ("/w/b/mail.conf", root),
        ("/w/b/part.conf", "max-smtp-out 2\n"),
        ("/w/b/readme.md", root),
        ("/w/c/one.conf", &format!("{root}include two.conf\n")),
        ("/w/c/two.conf", &format!("{root}include one.conf\n")),
        ("/w/d/config/file", ""),
        ("/w/.git/config", ROOT),
        ("/w/node_modules/x/config", ROOT),
    ]);
    let roots = find_roots(Path::new("/w"), &[], &disk);
    let roots: Vec<_> = roots.iter().map(|root| root.to_str().unwrap()).collect();
    assert_eq!(roots, ["/w/a/config", "/w/b/mail.conf", "/w/c/one.conf"]);
    assert_eq!(
        roots_near(Path::new("/w/a/x/y"), &disk),
        [PathBuf::from("/w/a/config")]
    );
    // What includes nothing includes none of its neighbours.
    assert!(roots_near(Path::new("/w/b"), &disk).is_empty());
    let both = [
        PathBuf::from("/w/c/one.conf"),
        PathBuf::from("/w/c/two.conf"),
    ];
    assert_eq!(roots_near(Path::new("/w/c/parts"), &disk), both);
}

#[test]
fn a_document_that_somebody_holds_takes_the_place_of_the_one_on_disk() {
    let disk = Disk::of(&[
        (
            "/c/config",
            "postmaster a@example.com\n<domain a.example>\n    include part.conf\n</domain>\n",
        ),
        ("/c/part.conf", "smtp-service yes\n"),
    ]);
    let mut workspace = Workspace::default();
    workspace.add_root(Path::new("/c/config"), &disk).unwrap();
    let part = workspace.file_at(Path::new("/c/part.conf"), &disk).unwrap();
    let snapshot = workspace.clone();
    let mut held = Document::new("max-smtp-out 2\n");
    held.set_included_in(workspace.included_in(part).to_vec());
    workspace.set_document(part, held);
    assert!(workspace.document(part).unwrap().findings().is_empty());
    assert_eq!(snapshot.document(part).unwrap().findings().len(), 1);
}

#[test]
fn a_document_forgets_where_it_stood_before() {
    let mut document = Document::new("max-smtp-out 2\n");
    document.set_included_in(vec![Place::named("source").unwrap()]);
    struct Held(Disk, Document);
    impl Files for Held {
        fn read(&self, path: &Path) -> Result<Vec<u8>, FileError> {
            self.0.read(path)
        }
        fn document(&self, _: &Path) -> Result<Document, FileError> {
            Ok(self.1.clone())
        }
        fn list(&self, folder: &Path) -> Vec<FolderEntry> {
            self.0.list(folder)
        }
        fn kind(&self, path: &Path) -> Option<FileKind> {
            self.0.kind(path)
        }
        fn identity(&self, path: &Path) -> PathBuf {
            self.0.identity(path)
        }
    }
    let held = Held(Disk::of(&[("/c/part.conf", "")]), document);
    let mut workspace = Workspace::default();
    let file = workspace
        .add_root(Path::new("/c/part.conf"), &held)
        .unwrap();
    assert!(workspace.document(file).unwrap().places().is_empty());
    assert!(workspace.included_in(file).is_empty());
}
