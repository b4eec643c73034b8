//! What the server tells on standard error and in the log of the editor, for people who look for a
//! mistake.
//!
//! The editor is told errors, warnings, start and end. What goes to standard error is said by
//! `PMTA_LS_LOG`: one of `off`, `error`, `warn` (what holds if it is not set), `info` and `debug`.
//! Only names of files and methods are told, never text of a configuration.

use std::fmt::Arguments;
use std::io::Write as _;
use std::sync::OnceLock;

use tokio::sync::mpsc::UnboundedSender;
use tower_lsp::Client;
use tower_lsp::ls_types::MessageType;

/// How much is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Nothing.
    Off,
    /// What makes the server end or a request fail.
    Error,
    /// What a client does wrong.
    Warn,
    /// Start and end.
    Info,
    /// Everything.
    Debug,
}

impl Level {
    fn named(name: &str) -> Option<Self> {
        match name {
            "off" => Some(Self::Off),
            "error" => Some(Self::Error),
            "warn" => Some(Self::Warn),
            "info" => Some(Self::Info),
            "debug" => Some(Self::Debug),
            _ => None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Debug => "debug",
        }
    }
}

fn chosen() -> Level {
    static CHOSEN: OnceLock<Level> = OnceLock::new();
    *CHOSEN.get_or_init(|| {
        let told = std::env::var("PMTA_LS_LOG").ok();
        told.as_deref()
            .and_then(Level::named)
            .unwrap_or(Level::Warn)
    })
}

/// What is on its way to the log of the editor.
static EDITOR: OnceLock<UnboundedSender<(MessageType, String)>> = OnceLock::new();

/// Tells this client too from now on.
pub fn connect(client: Client) {
    let (sender, mut sentences) = tokio::sync::mpsc::unbounded_channel();
    if EDITOR.set(sender).is_err() {
        return;
    }
    tokio::spawn(async move {
        while let Some((kind, sentence)) = sentences.recv().await {
            client.log_message(kind, sentence).await;
        }
    });
}

fn tell_editor(level: Level, sentence: Arguments<'_>) {
    let kind = match level {
        Level::Off | Level::Debug => return,
        Level::Error => MessageType::ERROR,
        Level::Warn => MessageType::WARNING,
        Level::Info => MessageType::INFO,
    };
    if let Some(editor) = EDITOR.get() {
        // If nobody takes it, there is nobody to tell.
        let _ = editor.send((kind, sentence.to_string()));
    }
}

fn tell(level: Level, sentence: Arguments<'_>) {
    tell_editor(level, sentence);
    if level <= chosen() {
        // If nobody reads it, there is nobody to tell.
        let _ = writeln!(std::io::stderr(), "pmta-ls: {}: {sentence}", level.name());
    }
}

/// Tells what makes the server end or a request fail.
pub fn error(sentence: Arguments<'_>) {
    tell(Level::Error, sentence);
}

/// Tells what a client does wrong.
pub fn warn(sentence: Arguments<'_>) {
    tell(Level::Warn, sentence);
}

/// Tells of start and end.
pub fn info(sentence: Arguments<'_>) {
    tell(Level::Info, sentence);
}

/// Tells everything.
pub fn debug(sentence: Arguments<'_>) {
    tell(Level::Debug, sentence);
}
