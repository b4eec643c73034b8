//! Texts that the server makes for people to read, and how each client gets to see them.
//!
//! A client that shows such texts itself says so: the command [`SHOW`] is among its experimental
//! capabilities. It asks for a text by [`METHOD`] when it shows it. For others the server writes a file
//! and asks them to open that. In any case the answer to the command holds the text.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tower_lsp::ls_types::{Command, Location, Range, Uri};

use crate::capabilities::Client;

/// The command with which a client shows a text. Its argument is an [`Asked`] with the title. Clients
/// that have it say so: `{"commands": {"commands": ["pmta-ls.showView"]}}`.
pub const SHOW: &str = "pmta-ls.showView";
/// The request for a text.
pub const METHOD: &str = "pmta-ls/view";

/// What a client asks for by [`METHOD`]: what a command would show.
#[derive(Clone, Debug, Deserialize)]
pub struct Asked {
    /// The command.
    pub command: String,
    /// Its arguments.
    #[serde(default)]
    pub arguments: Vec<Value>,
}

/// A text to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct View {
    /// What it is about.
    pub title: String,
    /// The text.
    pub text: String,
    /// The lines of files that it names.
    pub links: Vec<Link>,
    /// The queue that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
}

/// A line of a file that a text names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Link {
    /// Where in the text.
    pub range: Range,
    /// What it names.
    pub target: Location,
}

/// The command behind a lens or an action, in a form that the client can run. `shown` is what people
/// click, `title` what they see then.
#[must_use]
pub fn command(
    client: &Client,
    shown: String,
    title: &str,
    command: &str,
    argument: Value,
) -> Command {
    if client.shows_views {
        let asked = json!({ "title": title, "command": command, "arguments": [argument] });
        return Command::new(shown, SHOW.to_owned(), Some(vec![asked]));
    }
    Command::new(shown, command.to_owned(), Some(vec![argument]))
}

/// The folder with the files of this process; none: nothing was written.
static FOLDER: Mutex<Option<PathBuf>> = Mutex::new(None);

/// Writes a text into a file that only this user can read; its name. It is there until the process
/// ends.
///
/// # Errors
/// If no such file can be made.
pub fn write(view: &View) -> io::Result<Uri> {
    let mut folder = FOLDER.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = match &*folder {
        Some(folder) => folder,
        None => folder.insert(private_folder()?),
    };
    let path = folder.join(file_name(&view.title));
    match fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(&path)?.write_all(view.text.as_bytes())?;
    Uri::from_file_path(&path).ok_or_else(|| io::ErrorKind::InvalidFilename.into())
}

/// Removes what was written.
pub fn remove_all() {
    let folder = FOLDER.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(folder) = folder {
        // Nobody is left to be told.
        let _ = fs::remove_dir_all(folder);
    }
}

/// A new folder that only this user can look into.
fn private_folder() -> io::Result<PathBuf> {
    let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from);
    let runtime = runtime.filter(|folder| folder.is_absolute() && folder.is_dir());
    let parent = runtime.unwrap_or_else(std::env::temp_dir);
    let process = std::process::id();
    let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
    // A process of the same number may have left its folder behind.
    for number in 0..10 {
        let folder = parent.join(format!("pmta-ls-{process}-{number}"));
        match make_private(&folder) {
            Ok(()) => return Ok(folder),
            Err(error) => last = error,
        }
    }
    Err(last)
}

fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(false);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// A title as the name of a file.
fn file_name(title: &str) -> String {
    let plain = title.chars().take(100).map(|sign| match sign {
        sign if sign.is_ascii_alphanumeric() || "-._@*".contains(sign) => sign,
        _ => '_',
    });
    plain.chain(".txt".chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_names_of_files_without_folders() {
        assert_eq!(
            file_name("Effective settings of ../a.com/é"),
            "Effective_settings_of_.._a.com__.txt"
        );
    }

    #[cfg(unix)]
    #[test]
    fn files_are_private_and_removed() {
        use std::os::unix::fs::PermissionsExt as _;
        let view = |text: &str| View {
            title: "A view".to_owned(),
            text: text.to_owned(),
            links: Vec::new(),
            queue: None,
        };
        write(&view("one")).unwrap();
        let uri = write(&view("two")).unwrap();
        let path = uri.to_file_path().unwrap().into_owned();
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&path), 0o600);
        assert_eq!(mode(path.parent().unwrap()), 0o700);
        remove_all();
        assert!(!path.parent().unwrap().exists());
    }
}
