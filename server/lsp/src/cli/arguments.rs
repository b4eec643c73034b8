//! The arguments of the command line.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use pmta_analysis::catalog::Place;
use pmta_analysis::diagnostics::Severity;
use pmta_analysis::policy::Version;

/// Checks and explains PowerMTA configuration.
#[derive(Debug, Parser)]
#[command(name = "pmta-ls", version, about, max_term_width = 100)]
#[command(propagate_version = false)]
#[command(after_help = "Run `pmta-ls help COMMAND` for the options of a command.")]
pub(crate) struct Arguments {
    /// What to do; nothing: be a language server, unless standard input is a terminal.
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    /// How to talk to the editor: what holds anyway
    #[arg(long, hide = true)]
    pub(crate) stdio: bool,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Be a language server on standard input and output
    #[command(long_about = "\
Be a language server on standard input and output.

Editors start it. Without a command pmta-ls does the same, unless standard input is a terminal. \
PMTA_LS_LOG chooses what is told on standard error: off, error, warn, info or debug.")]
    Lsp(Lsp),
    /// Report what is wrong in configurations
    #[command(long_about = "\
Report what is wrong in configurations.

A PATH that is a configuration of its own is checked with all files it includes. A PATH that another \
configuration includes is checked in the sections that include it. A folder stands for the \
configurations below it, and no PATH for those of the nearest pmta-ls.toml, else for those below the \
working directory. `-` is standard input.

--fix changes the files in which findings are reported: those named, and all files of the configurations \
named or found. Files that are not UTF-8 are never changed.")]
    #[command(after_help = "\
Exit status: 0 if there is nothing at or above --fail-on, 1 if there is something, 2 for a usage error \
or a file that cannot be read.")]
    Check(Check),
    /// Format configurations
    #[command(long_about = "\
Format configurations: indentation, blanks before values, blank lines. Nothing but white space changes.

A file stands for itself, without what it includes. A folder stands for the configurations below it and \
what they include there, and no PATH for the working directory. `-` is standard input, formatted to \
standard output. Lines between `# pmta-ls: format off` and `# pmta-ls: format on` stay as they are.")]
    #[command(after_help = "\
Exit status: 0 if all went well, 1 with --check if something would change, 2 for a usage error or a file \
that cannot be read or written.")]
    Fmt(Fmt),
    /// Show what applies to a queue, and from which line
    #[command(long_about = "\
Show what applies to a queue, and from which line.

A queue is a recipient domain and the VirtualMTA that its mail leaves through; without one it is \
{default}.")]
    #[command(after_help = "\
Exit status: 0 if there is such a queue, 1 if its VirtualMTA is not defined, 2 for a usage error or a \
file that cannot be read.")]
    Settings(Settings),
    /// Follow a message through a configuration: which VirtualMTA it gets, and why
    #[command(after_help = "\
Exit status: 0, also where the message is refused; 2 for a usage error or a file that cannot be read.")]
    Trace(Trace),
    /// Explain a directive, a section, a finding's code or a kind of value
    #[command(after_help = "Exit status: 0 if the name is known, 1 if not.")]
    Explain(Explain),
    /// Print a completion script for a shell
    Completions(Completions),
}

/// Arguments of `lsp`.
#[derive(Args, Debug)]
pub(crate) struct Lsp {
    /// Use standard input and output: there is nothing else
    #[arg(long)]
    pub(crate) stdio: bool,
}

/// Arguments of `check`.
#[derive(Args, Debug)]
pub(crate) struct Check {
    /// Files and folders to check, or `-` for standard input
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// How to print findings
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,

    /// Least severity that makes the exit status 1
    #[arg(long, value_name = "SEVERITY", value_enum, default_value_t = FailOn::Warning)]
    pub(crate) fail_on: FailOn,

    /// Make fixes that keep the meaning, and report what remains. With `-` the fixed text goes to
    /// standard output and findings to standard error
    #[arg(long)]
    pub(crate) fix: bool,

    /// Make also fixes that may change the meaning
    #[arg(long)]
    pub(crate) unsafe_fixes: bool,

    /// Show what fixing would change, as a unified diff, and write nothing. Exit status 1 if there is
    /// something
    #[arg(long)]
    pub(crate) diff: bool,

    /// Version of PowerMTA that the configurations are for, such as 4.5 or 5.0
    #[arg(long, value_name = "VERSION", value_parser = version)]
    pub(crate) powermta: Option<Version>,

    /// Section in which the lines of the files stand, such as `virtual-mta` or `global`; several with
    /// commas. A `# pmta-ls: place=…` comment in a file goes before it
    #[arg(long, value_delimiter = ',', value_parser = place)]
    pub(crate) place: Vec<Place>,

    /// Path that standard input stands for: its name in the output, and where its includes and the
    /// configuration around it are looked for
    #[arg(long, value_name = "NAME")]
    pub(crate) stdin_filename: Option<PathBuf>,

    /// Read settings from this file instead of the nearest pmta-ls.toml
    #[arg(long, value_name = "FILE")]
    pub(crate) settings: Option<PathBuf>,

    /// Print how often each rule speaks instead of the findings
    #[arg(long)]
    pub(crate) statistics: bool,

    /// Leave out the findings that this file knows. If there is no such file, it is written with
    /// today's findings
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,

    /// Write findings to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    pub(crate) output_file: Option<PathBuf>,

    /// When to use colours
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = Color::Auto)]
    pub(crate) color: Color,
}

impl Check {
    /// The arguments that name these files and folders and nothing else.
    #[must_use]
    pub(crate) fn of(paths: Vec<PathBuf>) -> Self {
        Self {
            paths,
            format: Format::Human,
            fail_on: FailOn::Warning,
            fix: false,
            unsafe_fixes: false,
            diff: false,
            powermta: None,
            place: Vec::new(),
            stdin_filename: None,
            settings: None,
            statistics: false,
            baseline: None,
            output_file: None,
            color: Color::Auto,
        }
    }
}

/// Arguments of `fmt`.
#[derive(Args, Debug)]
pub(crate) struct Fmt {
    /// Files and folders to format, or `-` for standard input
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// Write nothing; name the files that would change
    #[arg(long)]
    pub(crate) check: bool,

    /// Write nothing; show what would change
    #[arg(long)]
    pub(crate) diff: bool,
}

/// Arguments of `settings`.
#[derive(Args, Debug)]
pub(crate) struct Settings {
    /// The queue
    #[arg(value_name = "DOMAIN[/VMTA]")]
    pub(crate) queue: String,

    /// The configuration; without it, that of the nearest pmta-ls.toml, else the one below the working
    /// directory
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// How to print settings
    #[arg(long, value_enum, default_value_t = SettingsFormat::Human)]
    pub(crate) format: SettingsFormat,

    /// List what no line sets, too
    #[arg(long)]
    pub(crate) all: bool,
}

/// How effective settings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SettingsFormat {
    /// For people: what lines set, with the lines
    Human,
    /// All settings, one `name value` a line, as PowerMTA lists them
    Plain,
    /// For programs: one object
    Json,
}

/// Arguments of `trace`.
#[derive(Args, Debug)]
pub(crate) struct Trace {
    /// Envelope sender
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) mail_from: String,

    /// Recipient
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) rcpt_to: String,

    /// Address of the client; without it, 127.0.0.1
    #[arg(long, value_name = "IP")]
    pub(crate) source: Option<IpAddr>,

    /// Address and port that the client connects to
    #[arg(long, value_name = "IP:PORT")]
    pub(crate) listener: Option<SocketAddr>,

    /// User as whom the client authenticates
    #[arg(long, value_name = "USER")]
    pub(crate) auth: Option<String>,

    /// A header of the message; may be given several times
    #[arg(long, value_name = "NAME: VALUE", value_parser = header)]
    pub(crate) header: Vec<(String, String)>,

    /// The configuration; without it, that of the nearest pmta-ls.toml, else the one below the working
    /// directory
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// How to print the route
    #[arg(long, value_enum, default_value_t = TraceFormat::Human)]
    pub(crate) format: TraceFormat,
}

/// How a route is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TraceFormat {
    /// For people: step by step, with the lines
    Human,
    /// For programs: one object
    Json,
}

/// Arguments of `explain`.
#[derive(Args, Debug)]
pub(crate) struct Explain {
    /// A name such as `max-smtp-out`, `virtual-mta`, `unclosed-section` or `duration`
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
}

/// Arguments of `completions`.
#[derive(Args, Debug)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub(crate) shell: Shell,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: the line with the wrong part underlined
    Human,
    /// For programs: one array of objects
    Json,
    /// For programs that collect findings of many tools: SARIF 2.1.0
    Sarif,
    /// For GitHub Actions: a workflow command a line
    Github,
}

/// The least severity that makes a check fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    /// What PowerMTA is known to refuse
    Error,
    /// What is almost surely not meant
    Warning,
    /// What can be done better
    Information,
    /// Anything
    Hint,
    /// Nothing
    Never,
}

impl FailOn {
    /// Whether a finding of this severity makes the check fail.
    #[must_use]
    pub(crate) fn includes(self, severity: Severity) -> bool {
        let least = match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Information => Severity::Information,
            Self::Hint => Severity::Hint,
            Self::Never => return false,
        };
        severity >= least
    }
}

/// When output is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Check {
    /// Whether texts are to be changed, or would be.
    #[must_use]
    pub(crate) fn wants_fixes(&self) -> bool {
        self.fix || self.unsafe_fixes || self.diff
    }

    /// Why these arguments cannot be given together, in a sentence.
    #[must_use]
    pub(crate) fn contradiction(&self) -> Option<&'static str> {
        let is_table = matches!(self.format, Format::Human | Format::Json);
        if self.statistics && !is_table {
            return Some("--statistics is printed in the formats human and json only");
        }
        if self.diff && (self.statistics || self.format != Format::Human) {
            return Some(
                "--diff prints a diff and no findings: leave out --format and --statistics",
            );
        }
        if self.stdin_filename.is_some() && !self.reads_standard_input() {
            return Some("--stdin-filename names standard input, so give `-` as PATH");
        }
        None
    }

    /// Whether standard input is to be checked.
    #[must_use]
    pub(crate) fn reads_standard_input(&self) -> bool {
        self.paths.iter().any(|path| path.as_os_str() == "-")
    }
}

fn version(written: &str) -> Result<Version, String> {
    Version::parse(written).ok_or_else(|| "write a version such as 4.5 or 5.0".to_owned())
}

fn place(name: &str) -> Result<Place, String> {
    Place::named(name.trim()).ok_or_else(|| {
        let places: Vec<&str> = Place::all().map(Place::name).collect();
        format!("there is no such section; known are {}", places.join(", "))
    })
}

/// A header with the blanks around its value, which are part of it.
fn header(text: &str) -> Result<(String, String), String> {
    match text.split_once(':') {
        Some((name, value)) if !name.trim().is_empty() => {
            Ok((name.trim().to_owned(), value.to_owned()))
        }
        _ => Err("a header is written `NAME: VALUE`".to_owned()),
    }
}
