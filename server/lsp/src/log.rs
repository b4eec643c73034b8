//! What the server tells on standard error, for people who look for a mistake.
//!
//! `PMTA_LS_LOG` is one of `off`, `error`, `warn` (what holds if it is not set), `info` and `debug`.
//! Only names of files and methods are told, never text of a configuration.

use std::fmt::Arguments;
use std::io::Write as _;
use std::sync::OnceLock;

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

fn tell(level: Level, sentence: Arguments<'_>) {
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
