//! The command line reads what it was told to, writes what it was told to, and asks for nothing else.

use std::path::PathBuf;
use std::process::Stdio;

use crate::kept_out;
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
