//! Whatever the disk does while files are written: a file is the old one or the new one, and who was
//! not told of a failure has the new one.

#![allow(
    clippy::arithmetic_side_effects,
    reason = "a test that overflows should fail"
)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::sandbox::Sandbox;
use crate::strace;

/// The file before and after `fmt`, and before and after `check --fix`.
const UNFORMATTED: &str = "<domain *>\r\nmax-smtp-out   20\r\n</domain>\r\n";
const FORMATTED: &str = "<domain *>\r\n    max-smtp-out 20\r\n</domain>\r\n";
const WRONG: &str = "<domain *>\r\n    max-smtp-out = 20;\r\n</domain>\r\n";

/// Calls that read or write, and what may become of each.
const CALLS: [&str; 10] = [
    "openat", "read", "write", "fsync", "rename", "fchmod", "chmod", "statx", "readlink", "unlink",
];
const FAULTS: [&str; 4] = ["error=ENOSPC", "signal=KILL", "error=EIO", "error=EROFS"];

/// Set where there is time for all faults.
const ALL: &str = "PMTA_LS_TEST_ALL_FAULTS";

/// Runs a command on the file while one call after the other fails, or ends the process; how many
/// times that was.
fn with_every_fault(arguments: &[&str], before: &str, after: &str) -> usize {
    let faults = if std::env::var_os(ALL).is_some() {
        FAULTS.len()
    } else {
        2
    };
    let mut tried = 0;
    for call in CALLS {
        for fault in FAULTS.iter().take(faults) {
            // Calls are counted from the first; the loader has made some before the program begins.
            for number in 1.. {
                let sandbox = Sandbox::new(&[("config", before)]);
                let path = sandbox.path().join("config");
                fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
                let log = sandbox.path().join("trace");
                let inject = format!("inject={call}:{fault}:when={number}");
                let filter = format!("trace={call}");
                let output = strace::command(&log, &["-e", &filter, "-e", &inject], arguments)
                    .current_dir(sandbox.path())
                    .output()
                    .unwrap();
                let trace = fs::read_to_string(&log).unwrap_or_default();
                if !trace.contains("(INJECTED)") && !trace.contains("killed by SIGKILL") {
                    break;
                }
                tried += 1;
                let what = format!("{call} {fault} {number}: {output:?}");
                let text = fs::read_to_string(&path).expect(&what);
                assert!(text == before || text == after, "{what}\n{text:?}");
                let mode = fs::metadata(&path).unwrap().permissions().mode();
                assert_eq!(mode & 0o777, 0o640, "{what}");
                assert!(text == after || output.status.code() != Some(0), "{what}");
                assert_ne!(output.status.code(), Some(101), "{what}");
            }
        }
    }
    tried
}

#[test]
fn files_are_formatted_as_a_whole_or_not_at_all() {
    if !strace::is_possible() {
        return;
    }
    let tried = with_every_fault(&["fmt", "config"], UNFORMATTED, FORMATTED);
    println!("faults: {tried} while formatting");
    assert!(tried > 50, "{tried}");
}

#[test]
fn files_are_fixed_as_a_whole_or_not_at_all() {
    if !strace::is_possible() {
        return;
    }
    let tried = with_every_fault(&["check", "--fix", "config"], WRONG, FORMATTED);
    println!("faults: {tried} while fixing");
    assert!(tried > 50, "{tried}");
}

/// A shell that allows files of eight blocks of 512 bytes only.
fn on_a_small_disk(folder: &Path, before: &str) -> std::process::Output {
    Command::new("sh")
        .arg("-c")
        .arg(format!("{before} ulimit -f 8; exec \"$0\" fmt config"))
        .arg(env!("CARGO_BIN_EXE_pmta-ls"))
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

#[test]
fn a_file_that_does_not_fit_is_left_as_it_was() {
    let text = UNFORMATTED.repeat(1_000);
    let sandbox = Sandbox::new(&[("config", &text)]);
    // The signal is held back, so that writing fails.
    let output = on_a_small_disk(sandbox.path(), "trap '' XFSZ;");
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        told.contains("cannot write config: File too large"),
        "{told}"
    );
    let config = sandbox.path().join("config");
    assert_eq!(fs::read_to_string(&config).unwrap(), text);
    assert_eq!(fs::read_dir(sandbox.path()).unwrap().count(), 1);
    // The signal ends the process in the middle of writing.
    let output = on_a_small_disk(sandbox.path(), "");
    assert_eq!(output.status.code(), None, "{output:?}");
    assert_eq!(fs::read_to_string(&config).unwrap(), text);
}

#[test]
fn a_full_disk_is_told() {
    let sandbox = Sandbox::new(&[]);
    let disk = sandbox.path().join("disk");
    fs::create_dir(&disk).unwrap();
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=64k", "none"])
        .arg(&disk)
        .stderr(Stdio::null())
        .status();
    if !mounted.is_ok_and(|status| status.success()) {
        println!("faults: no small disk, for only the super-user may make one");
        return;
    }
    let text = UNFORMATTED.repeat(900);
    fs::write(disk.join("config"), &text).unwrap();
    let ran = sandbox.run(&["fmt", "disk/config"]);
    let after = fs::read_to_string(disk.join("config")).unwrap();
    let left = fs::read_dir(&disk).unwrap().count();
    Command::new("umount").arg(&disk).status().unwrap();
    assert_eq!(ran.status, 2, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("No space left on device"),
        "{}",
        ran.stderr
    );
    assert!(after == text);
    assert_eq!(left, 1);
}
