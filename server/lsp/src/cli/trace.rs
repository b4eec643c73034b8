//! `pmta-ls trace`: which way a message takes, and why.

mod json;

use pmta_analysis::routing::{self, Message};

use super::arguments::{Trace, TraceFormat};
use super::configuration::Configuration;
use super::output::{Output, Status, printable};

/// Prints the route of the message that the arguments describe.
pub(crate) fn trace(arguments: &Trace) -> Status {
    let configuration = Configuration::read(arguments.config.as_deref());
    let Some(configuration) = configuration else {
        return Status::Trouble;
    };
    let Some(root) = configuration.root() else {
        return Status::Trouble;
    };
    let message = message(arguments);
    let workspace = &configuration.workspace;
    let route = routing::route(workspace, root, &message);
    let name = |file| configuration.name(file);
    let text = match arguments.format {
        TraceFormat::Human => routing::human(workspace, &message, &route, &name),
        TraceFormat::Json => json::text(&configuration, &route),
    };
    Output::standard().print(Status::Success, |out| {
        out.write_all(printable(&text).as_bytes())
    })
}

fn message(arguments: &Trace) -> Message {
    let address = |text: &str| text.trim_matches(['<', '>']).to_owned();
    Message {
        client: arguments.source,
        listener: arguments.listener,
        user: arguments.auth.clone(),
        mail_from: address(&arguments.mail_from),
        rcpt_to: address(&arguments.rcpt_to),
        headers: arguments.header.clone(),
    }
}
