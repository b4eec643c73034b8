//! `pmta-ls settings`: what applies to a queue, and from which line.

pub(super) mod json;

use pmta_analysis::inheritance::{self, Queue};

use super::arguments::{Settings, SettingsFormat};
use super::configuration::Configuration;
use super::output::{Output, Status, printable};

/// Prints the effective settings of the queue that the arguments name.
pub(crate) fn settings(arguments: &Settings) -> Status {
    let configuration = Configuration::read(arguments.config.as_deref());
    let Some(configuration) = configuration else {
        return Status::Trouble;
    };
    let Some(root) = configuration.root() else {
        return Status::Trouble;
    };
    let workspace = &configuration.workspace;
    let queue = Queue::parse(&arguments.queue);
    let effective = inheritance::settings(workspace, root, &queue);
    let name = |file| configuration.name(file);
    let text = match arguments.format {
        SettingsFormat::Human => inheritance::human(workspace, &effective, &name, arguments.all),
        SettingsFormat::Plain => inheritance::plain(&effective),
        SettingsFormat::Json => json::text(&json::effective(&configuration, &effective)),
    };
    let status = if effective.is_queue {
        Status::Success
    } else {
        Status::Failure
    };
    Output::standard().print(status, |out| out.write_all(printable(&text).as_bytes()))
}
