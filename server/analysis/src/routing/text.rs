//! Routes as text.

use std::fmt::Write as _;

use super::{Message, Outcome, Route};
use crate::inheritance::{self, NameOf};
use crate::view::View;
use crate::workspace::Workspace;

/// The route as [`human`] tells it, with the lines that it names, and what is set for the queues as a
/// view of its own has it.
#[must_use]
pub fn view(workspace: &Workspace, message: &Message, route: &Route, name: NameOf<'_>) -> View {
    let mut view = View::default();
    view.add(&format!(
        "# From <{}> to <{}>\n",
        message.mail_from, message.rcpt_to
    ));
    for step in &route.steps {
        view.add("#\n");
        view.add_comment("# ", &format!("{}: {}", step.about, step.text));
        if let Some(at) = step.at {
            view.add("#   ");
            view.add_link(workspace, at, name);
            view.add("\n");
        }
        if let Some(doubt) = step.doubt {
            view.add_comment("#   ", &format!("not sure: {doubt}"));
        }
    }
    view.add("#\n");
    view.add_comment("# ", &end(&route.outcome));
    if let Outcome::Queued(queues) = &route.outcome {
        for queue in queues {
            view.add("\n");
            view.append(inheritance::view(workspace, queue, name, false));
        }
    }
    view
}

/// How a route ends, in a sentence or two.
fn end(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Refused(reply) => format!("Refused. {reply}"),
        Outcome::Bounced(reason) => format!("Bounced. {reason}"),
        Outcome::Queued(queues) => {
            let names: Vec<String> = queues.iter().map(|it| it.queue.to_string()).collect();
            format!("Queued in {}.", names.join(" or "))
        }
    }
}

/// The route with the line of each step, how it ends, and what is set for the queues.
#[must_use]
pub fn human(workspace: &Workspace, message: &Message, route: &Route, name: NameOf<'_>) -> String {
    let mut text = format!("From <{}> to <{}>\n\n", message.mail_from, message.rcpt_to);
    let widest = route.steps.iter().map(|step| step.about.len()).max();
    let width = widest.unwrap_or_default();
    for step in &route.steps {
        let at = step
            .at
            .map(|at| format!(" ({})", inheritance::place(workspace, at, name)));
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "  {:width$}  {}{}",
            step.about,
            step.text,
            at.unwrap_or_default()
        );
        if let Some(doubt) = step.doubt {
            let _ = writeln!(text, "  {:width$}  not sure: {doubt}", "");
        }
    }
    let _ = writeln!(text, "\n{}", end(&route.outcome));
    if let Outcome::Queued(queues) = &route.outcome {
        for queue in queues {
            let settings = inheritance::human(workspace, queue, name, false);
            let _ = write!(text, "\n{settings}");
        }
    }
    text
}
