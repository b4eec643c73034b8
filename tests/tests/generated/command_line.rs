//! The page and the manual pages about the command line, made from what it says of itself.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use clap::{Arg, Command};

/// The command line, ready to be asked.
fn program() -> Command {
    let mut program = pmta_ls::command_line().term_width(100);
    program.build();
    program
}

/// The subcommands that a person may want to know about.
fn commands(program: &Command) -> impl Iterator<Item = &Command> {
    let commands = program.get_subcommands();
    commands.filter(|command| command.get_name() != "help" && !command.is_hide_set())
}

/// The page `docs/command-line.md`.
pub(crate) fn page() -> String {
    let program = program();
    let mut page = format!(
        "# Command line\n\n{}\n\n`pmta-ls help COMMAND` prints the same.\n",
        plain(program.get_about())
    );
    for command in commands(&program) {
        let about = command.get_long_about().or(command.get_about());
        let usage = command.clone().render_usage().to_string();
        let usage = usage.trim_start_matches("Usage: ");
        let _ = writeln!(
            page,
            "\n## {}\n\n{}\n\n```\n{usage}\n```",
            command.get_name(),
            sentence(&plain(about))
        );
        let shown = command.get_arguments();
        let shown: Vec<String> = shown
            .filter(|argument| !argument.is_hide_set() && argument.get_id() != "help")
            .map(about_argument)
            .collect();
        if !shown.is_empty() {
            let _ = writeln!(page, "\n{}", shown.join("\n"));
        }
        if let Some(more) = command.get_after_help() {
            let _ = writeln!(page, "\n{}", plain(Some(more)));
        }
    }
    page
}

fn about_argument(argument: &Arg) -> String {
    let values = argument.get_value_names().unwrap_or_default();
    let takes_value = argument.get_action().takes_values();
    let value = if takes_value {
        values.join(" ")
    } else {
        String::new()
    };
    let form = match argument.get_long() {
        Some(long) if value.is_empty() => format!("--{long}"),
        Some(long) => format!("--{long} {value}"),
        None => value,
    };
    let mut text = format!("- `{form}`: {}", sentence(&plain(argument.get_help())));
    let defaults = argument.get_default_values();
    let default: Vec<String> = defaults
        .iter()
        .map(|value| format!("`{}`", value.to_string_lossy()))
        .collect();
    if takes_value && !default.is_empty() {
        let _ = write!(text, " Default {}.", default.join(", "));
    }
    if takes_value {
        for value in argument.get_possible_values() {
            let help = value
                .get_help()
                .map(ToString::to_string)
                .unwrap_or_default();
            let help = if help.is_empty() {
                help
            } else {
                format!(": {}", sentence(&help))
            };
            let _ = write!(text, "\n    - `{}`{help}", value.get_name());
        }
    }
    text
}

/// The manual pages by file name.
pub(crate) fn manual() -> BTreeMap<String, String> {
    let program = program();
    let mut pages = BTreeMap::from([("pmta-ls.1".to_owned(), manual_page(program.clone()))]);
    for command in commands(&program) {
        // A name of a command lives as long as the program.
        let name: &'static str = format!("pmta-ls-{}", command.get_name()).leak();
        let version = program.get_version().unwrap_or_default().to_owned();
        let version: &'static str = version.leak();
        let command = command.clone().name(name).version(version);
        pages.insert(format!("{name}.1"), manual_page(command));
    }
    pages
}

fn manual_page(command: Command) -> String {
    let mut page = Vec::new();
    let manual = clap_mangen::Man::new(command).manual("pmta-ls");
    manual.render(&mut page).expect("memory takes everything");
    String::from_utf8(page).expect("text")
}

/// Text without colours, in which `*` and `<` stay what they are.
fn plain(text: Option<&clap::builder::StyledStr>) -> String {
    let text = text.map(ToString::to_string).unwrap_or_default();
    text.trim().to_owned()
}

/// The text with a full stop, where it has none.
fn sentence(text: &str) -> String {
    if text.is_empty() || text.ends_with(['.', ':', '!', '?']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}
