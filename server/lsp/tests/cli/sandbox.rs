//! A folder with files, and the program run in it.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// What the program did.
pub(crate) struct Ran {
    /// Its exit status.
    pub(crate) status: i32,
    /// What it wrote to standard output.
    pub(crate) stdout: String,
    /// What it wrote to standard error.
    pub(crate) stderr: String,
}

impl Ran {
    /// The findings in human format, one a line: place, severity and code.
    pub(crate) fn findings(&self) -> String {
        let lines: Vec<&str> = self.stdout.lines().collect();
        lines
            .windows(2)
            .filter_map(|pair| {
                let (heading, _) = pair[0].split_once("]: ")?;
                let (_, place) = pair[1].split_once("--> ")?;
                Some(format!("{place} {}]\n", heading))
            })
            .collect()
    }
}

/// Folders between the sandbox and what others keep beside it, which might look like configurations.
const DEPTH: &str = "1/2/3/4";

/// A folder that is gone afterwards.
pub(crate) struct Sandbox {
    path: PathBuf,
    _folder: TempDir,
}

impl Sandbox {
    /// A folder with these files, given as path and text.
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let sandbox = Self {
            path: folder.path().join(DEPTH),
            _folder: folder,
        };
        std::fs::create_dir_all(&sandbox.path).unwrap();
        for (path, text) in files {
            sandbox.write(path, text.as_bytes());
        }
        sandbox
    }

    /// The folder.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a file.
    pub(crate) fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    /// Runs the program in the folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, "", &[])
    }

    /// Runs the program in the folder with this text on standard input and these variables.
    pub(crate) fn run_with(
        &self,
        arguments: &[&str],
        input: &str,
        variables: &[(&str, &str)],
    ) -> Ran {
        let mut child = command(arguments)
            .current_dir(self.path())
            .envs(variables.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that does not read its input may be gone already.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        let output = child.wait_with_output().unwrap();
        Ran {
            status: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// The program with these arguments, away from the settings of whoever runs the tests.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pmta-ls"));
    command
        .args(arguments)
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE");
    command
}
