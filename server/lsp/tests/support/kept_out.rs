//! What the program must leave alone, by what it asked of the system.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::strace::Trace;

/// Where the system itself keeps what any program reads: its loader's, its C library's and its
/// runtime's files.
const SYSTEM: [&str; 8] = [
    "/etc/ld.so.cache",
    "/lib",
    "/usr/lib",
    "/proc/self",
    "/proc/stat",
    "/proc/sys/vm/overcommit_memory",
    "/sys/fs/cgroup",
    "/sys/devices/system/cpu",
];

/// A deployment that leads out of its folder wherever it can, and a folder of which nothing may be
/// read.
pub(crate) struct Deployment {
    allowed: TempDir,
    outside: TempDir,
}

impl Deployment {
    /// Writes the files.
    pub(crate) fn new() -> Self {
        let deployment = Self {
            allowed: tempfile::tempdir().unwrap(),
            outside: tempfile::tempdir().unwrap(),
        };
        let outside = deployment.outside.path().display().to_string();
        for name in ["secret.conf", "key.pem", "config"] {
            fs::write(
                deployment.outside.path().join(name),
                "postmaster outside@example.com\n",
            )
            .unwrap();
        }
        let pmta = deployment.pmta();
        fs::create_dir_all(pmta.join("parts")).unwrap();
        fs::write(pmta.join("config"), ROOT.replace("OUTSIDE", &outside)).unwrap();
        let part = format!("include ../../../../../..{outside}/secret.conf\nrun-as-root on\n");
        fs::write(pmta.join("parts/one.conf"), part).unwrap();
        fs::write(pmta.join("pmta-ls.toml"), SETTINGS).unwrap();
        deployment
    }

    /// Settings of a project that lead out of its folder: as a path, over folders above, over a link, and
    /// as the place of a folder of the server.
    pub(crate) fn settings_that_lead_out(&self) -> Vec<String> {
        let outside = self.outside.path().display().to_string();
        std::os::unix::fs::symlink(self.outside.path(), self.pmta().join("out")).unwrap();
        vec![
            format!("roots = [\"config\", \"{outside}/config\"]\n"),
            format!("roots = [\"config\", \"../../../../../..{outside}/config\"]\n"),
            "roots = [\"config\", \"out/config\"]\n".to_owned(),
            format!("[paths]\n\"{outside}\" = \"{outside}\"\n"),
            format!("[paths]\n\"{outside}\" = \"out\"\n"),
        ]
    }

    /// The folder that an editor has open.
    pub(crate) fn folder(&self) -> &Path {
        self.allowed.path()
    }

    /// The folder of the configuration, in the one that an editor has open.
    pub(crate) fn pmta(&self) -> PathBuf {
        self.allowed.path().join("1/2/3/pmta")
    }
}

const ROOT: &str = "host-name mail.example.com
log-file log
<source 0/0>
</source>
include parts/*.conf
include ../../../../../..OUTSIDE/secret.conf
include OUTSIDE/secret.conf
include OUTSIDE/*
include ../../../../../..OUTSIDE/*
include /etc/passwd
include /etc/shadow
include http://192.0.2.1/config
include //192.0.2.1/share/config
include /dev/tcp/192.0.2.1/80
domain-key s,example.com,OUTSIDE/key.pem
http-mgmt-port 80
<smtp-user x>
    password-file /etc/shadow
</smtp-user>
<acct-file |/bin/touch ran>
</acct-file>
";

const SETTINGS: &str = "roots = [\"config\"]
docs-url = \"http://192.0.2.1/{code}\"
[paths]
\"/etc/pmta\" = \".\"
";

/// Asserts that nothing was asked of the system that the program has no business with: no network, no
/// other program, no file but those below the allowed folders, and none written but below `writable`.
pub(crate) fn check(trace: &Trace, allowed: &[PathBuf], writable: &[PathBuf]) {
    for call in trace.calls_of(&[
        "socket",
        "connect",
        "bind",
        "sendto",
        "sendmsg",
        "socketpair",
    ]) {
        assert!(call.contains("AF_UNIX"), "{call}");
    }
    let started = trace.calls_of(&["execve", "execveat"]).count();
    assert_eq!(started, 1, "it starts programs");
    for call in trace.calls_of(&["fork", "vfork", "clone", "clone3"]) {
        assert!(call.contains("CLONE_THREAD"), "{call}");
    }
    let is_below =
        |path: &Path, folders: &[PathBuf]| folders.iter().any(|it: &PathBuf| path.starts_with(it));
    let system = SYSTEM.map(PathBuf::from);
    let opened = trace.opened();
    assert!(
        opened.iter().any(|(path, _)| is_below(path, allowed)),
        "nothing was read"
    );
    for (path, flags) in opened {
        let is_allowed = is_below(&path, allowed) || is_below(&path, &system);
        assert!(is_allowed, "{} was opened: {flags}", path.display());
        let is_written = ["O_WRONLY", "O_RDWR", "O_CREAT"]
            .iter()
            .any(|flag| flags.contains(flag));
        assert!(
            !is_written || is_below(&path, writable),
            "{} was written",
            path.display()
        );
    }
    for call in trace.calls_of(&[
        "rename",
        "renameat",
        "renameat2",
        "unlink",
        "unlinkat",
        "mkdir",
        "symlink",
        "link",
        "chmod",
        "chown",
    ]) {
        let path = call.split('"').nth(1).unwrap_or_default();
        assert!(is_below(Path::new(path), writable), "{call}");
    }
}
