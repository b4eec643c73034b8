//! The command line reads what it was told to, writes what it was told to, and asks for nothing else.

use std::fs;
use std::path::PathBuf;
use std::process::Stdio;

use crate::kept_out;
use crate::sandbox::Sandbox;
use crate::strace::{self, Trace};

#[test]
fn every_command_keeps_to_its_files() {
    if !strace::is_possible() {
        return;
    }
    for (arguments, writes) in [
        (&["check"][..], false),
        (&["check", "config", "--format", "json"], false),
        (&["check", "--diff", "--unsafe-fixes"], false),
        (&["check", "--fix"], true),
        (&["fmt", "--check", "config"], false),
        (&["fmt", "config"], true),
        (&["settings", "example.com"], false),
        (
            &[
                "trace",
                "--mail-from",
                "a@example.com",
                "--rcpt-to",
                "b@example.com",
            ],
            false,
        ),
    ] {
        let deployment = kept_out::Deployment::new();
        let folder = deployment.pmta();
        let log = tempfile::NamedTempFile::new().unwrap();
        let status = strace::command(log.path(), &[], arguments)
            .current_dir(&folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .unwrap();
        assert!(
            status.code().is_some_and(|status| status < 2),
            "{arguments:?}: {status}"
        );
        println!("privacy: {arguments:?}");
        let allowed = [deployment.folder().to_path_buf()];
        let writable: &[PathBuf] = if writes { &allowed } else { &[] };
        kept_out::check(&Trace::read(log.path()), &allowed, writable);
        assert!(!folder.join("ran").exists());
    }
}

#[test]
fn a_project_cannot_name_files_outside_of_it() {
    if !strace::is_possible() {
        return;
    }
    let deployment = kept_out::Deployment::new();
    let folder = deployment.pmta();
    for settings in deployment.settings_that_lead_out() {
        fs::write(folder.join("pmta-ls.toml"), &settings).unwrap();
        let log = tempfile::NamedTempFile::new().unwrap();
        let output = strace::command(log.path(), &[], &["check"])
            .current_dir(&folder)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(
            told.contains("leads out of the folder"),
            "{settings}: {told}"
        );
        assert_eq!(output.status.code(), Some(2), "{settings}");
        kept_out::check(
            &Trace::read(log.path()),
            &[deployment.folder().to_path_buf()],
            &[],
        );
    }
}

#[test]
fn whoever_names_the_settings_lets_them_lead_anywhere() {
    let sandbox = Sandbox::new(&[
        ("project/pmta-ls.toml", "roots = [\"../other/config\"]\n"),
        ("other/config", "run-as-root no\n"),
    ]);
    let named = sandbox.run(&["check", "--settings", "project/pmta-ls.toml"]);
    assert_eq!(named.status, 0, "{}", named.stderr);
    assert!(named.stderr.contains("checked 1 file"), "{}", named.stderr);
    let found = sandbox.run(&["check", "project"]);
    assert_eq!(found.status, 2, "{}", found.stderr);
}
