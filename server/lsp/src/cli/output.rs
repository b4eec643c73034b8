//! Where output goes, and what happens when nobody reads it any more.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use super::arguments::Color;

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    /// All is well.
    Success,
    /// Something was found, or not found.
    Failure,
    /// Wrong usage, or something could not be read or written.
    Trouble,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Success => 0,
            Status::Failure => 1,
            Status::Trouble => 2,
        })
    }
}

/// Standard output, or the file that takes its place.
pub(crate) struct Output {
    writer: Box<dyn Write>,
    name: String,
    is_terminal: bool,
}

impl Output {
    /// Standard output.
    #[must_use]
    pub(crate) fn standard() -> Self {
        let stdout = io::stdout();
        let is_terminal = stdout.is_terminal();
        Self {
            writer: Box::new(BufWriter::new(stdout.lock())),
            name: "standard output".to_owned(),
            is_terminal,
        }
    }

    /// Standard error, for findings whose place the text has taken.
    #[must_use]
    pub(crate) fn error() -> Self {
        let stderr = io::stderr();
        let is_terminal = stderr.is_terminal();
        Self {
            writer: Box::new(BufWriter::new(stderr.lock())),
            name: "standard error".to_owned(),
            is_terminal,
        }
    }

    /// A new file.
    ///
    /// # Errors
    /// If it cannot be made.
    pub(crate) fn file(path: &Path) -> io::Result<Self> {
        let file = File::create(path)?;
        Ok(Self {
            writer: Box::new(BufWriter::new(file)),
            name: path.display().to_string(),
            is_terminal: false,
        })
    }

    /// Whether colours are wanted here.
    #[must_use]
    pub(crate) fn is_coloured(&self, color: Color) -> bool {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => self.is_terminal && !set("NO_COLOR") && !is_dumb,
        }
    }

    /// Columns of the terminal, at most 100; 100 where there is no terminal.
    #[must_use]
    pub(crate) fn width(&self) -> usize {
        const WIDEST: usize = 100;
        const NARROWEST: usize = 40;
        if !self.is_terminal {
            return WIDEST;
        }
        let width = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        width.unwrap_or(WIDEST).clamp(NARROWEST, WIDEST)
    }

    /// Writes what `print` prints and makes of it how the program ends. A reader that went away, as
    /// `head` does, is no trouble.
    pub(crate) fn print(
        mut self,
        status: Status,
        print: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Status {
        let result = print(&mut self.writer).and_then(|()| self.writer.flush());
        match result {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                complain(&format!("cannot write to {}: {error}", self.name));
                Status::Trouble
            }
            _ => status,
        }
    }
}

/// Tells the user about trouble.
pub(crate) fn complain(sentence: &str) {
    tell(&format!("pmta-ls: {sentence}"));
}

/// Tells the user something beside the output. If standard error is closed, nobody wants to know.
pub(crate) fn tell(sentence: &str) {
    let _ = writeln!(io::stderr(), "{}", printable(sentence));
}

/// The text without characters that steer a terminal: names of files and texts of configurations may
/// hold any.
#[must_use]
pub(crate) fn printable(text: &str) -> String {
    let steers = |sign: char| sign.is_control() && sign != '\n';
    text.chars()
        .map(|sign| {
            if steers(sign) {
                char::REPLACEMENT_CHARACTER
            } else {
                sign
            }
        })
        .collect()
}
