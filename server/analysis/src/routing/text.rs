//! Routes as text.

use std::fmt::Write as _;

use super::{Message, Outcome, Route};
use crate::inheritance::{self, NameOf};
use crate::workspace::Workspace;

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
    match &route.outcome {
        Outcome::Refused(reply) => {
            let _ = writeln!(text, "\nRefused. {reply}");
        }
        Outcome::Bounced(reason) => {
            let _ = writeln!(text, "\nBounced. {reason}");
        }
        Outcome::Queued(queues) => {
            let names: Vec<String> = queues.iter().map(|it| it.queue.to_string()).collect();
            let _ = writeln!(text, "\nQueued in {}.", names.join(" or "));
            for queue in queues {
                let _ = write!(
                    text,
                    "\n{}",
                    inheritance::human(workspace, queue, name, false)
                );
            }
        }
    }
    text
}
