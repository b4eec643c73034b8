//! Routes: which VirtualMTA a message leaves through, and why.
//!
//! A route is followed as PowerMTA would take it, step by step, up to the queues that the message may
//! end in or the reply that refuses it. Every step names the line that makes it.

mod at_cursor;
mod destinations;
mod entry;
mod pattern_list;
mod selection;
#[cfg(test)]
mod tests;
mod text;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use crate::deployment::{Deployment, Section};
use crate::inheritance::{self, DEFAULT_VIRTUAL_MTA, Effective, Queue};
use crate::workspace::{FileRange, Root, Workspace};

pub use at_cursor::message_at;
pub(crate) use destinations::destinations;
pub use text::{human, view};

/// Most members of a pool whose queues are looked into.
const MOST_MEMBERS: usize = 16;
/// Most times that a message is rerouted.
const MOST_REROUTES: usize = 16;

/// A message that somebody hands in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Message {
    /// Address of the client; none: this host.
    pub client: Option<IpAddr>,
    /// The address and port that the client connects to; none: not known.
    pub listener: Option<SocketAddr>,
    /// The user as whom the client authenticates.
    pub user: Option<String>,
    /// The envelope sender, without angle brackets.
    pub mail_from: String,
    /// The recipient, without angle brackets.
    pub rcpt_to: String,
    /// Names and values of headers; the value with the blanks that stand around it.
    pub headers: Vec<(String, String)>,
}

impl Message {
    /// The domain of the recipient.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.rcpt_to
            .rsplit_once('@')
            .map_or(self.rcpt_to.as_str(), |(_, domain)| domain)
    }

    /// The value of the first header of this name.
    fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let found = headers.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

/// One step of a route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it is about, in a word or two.
    pub about: &'static str,
    /// What happens, in a sentence.
    pub text: String,
    /// The line that makes it happen.
    pub at: Option<FileRange>,
    /// Why it may be otherwise, in a sentence.
    pub doubt: Option<&'static str>,
}

/// How a route ends.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// The message is put into one of these queues.
    Queued(Vec<Effective>),
    /// It is refused, with this reply.
    Refused(String),
    /// It is accepted and then bounced, for this reason.
    Bounced(String),
}

/// The way of a message.
#[derive(Clone, Debug)]
pub struct Route {
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// How it ends.
    pub outcome: Outcome,
}

/// The way that a message takes through a configuration.
#[must_use]
pub fn route(workspace: &Workspace, root: &Root, message: &Message) -> Route {
    let deployment = Deployment::new(workspace, root);
    let mut trace = Trace {
        deployment: &deployment,
        message,
        steps: Vec::new(),
    };
    let outcome = match trace.run() {
        Ok(queues) => Outcome::Queued(queues),
        Err(dead_end) => dead_end,
    };
    Route {
        steps: trace.steps,
        outcome,
    }
}

/// A route while it is followed.
struct Trace<'t, 'w> {
    deployment: &'t Deployment<'w>,
    message: &'t Message,
    steps: Vec<Step>,
}

impl<'w> Trace<'_, 'w> {
    /// Follows the message to its queues; the error is where it ends before.
    fn run(&mut self) -> Result<Vec<Effective>, Outcome> {
        let submission = self.submit()?;
        self.relay(&submission)?;
        let chosen = self.select(&submission)?;
        let members = self.members(&chosen)?;
        let mut queues = Vec::new();
        for member in members.iter().take(MOST_MEMBERS) {
            self.queue(member, &mut Vec::new(), &mut queues);
        }
        if members.len() > MOST_MEMBERS {
            self.note(
                "queue",
                format!(
                    "The queues of the other {} members are not shown.",
                    members.len().saturating_sub(MOST_MEMBERS)
                ),
                None,
            );
        }
        Ok(queues)
    }

    fn client_address(&self) -> IpAddr {
        self.message
            .client
            .unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST))
    }

    fn note(&mut self, about: &'static str, text: String, at: Option<FileRange>) {
        self.doubtful(about, text, at, None);
    }

    fn doubtful(
        &mut self,
        about: &'static str,
        text: String,
        at: Option<FileRange>,
        doubt: Option<&'static str>,
    ) {
        self.steps.push(Step {
            about,
            text,
            at,
            doubt,
        });
    }

    /// The VirtualMTA of this name, or the members of the pool of this name.
    fn members(&mut self, name: &str) -> Result<Vec<String>, Outcome> {
        if let Some(section) = self.deployment.named("virtual-mta", name).next() {
            let text = format!("The VirtualMTA {name} is defined.");
            self.note("VirtualMTA", text, Some(section.range()));
            return Ok(vec![name.to_owned()]);
        }
        if name == DEFAULT_VIRTUAL_MTA {
            return Ok(vec![name.to_owned()]);
        }
        let pools: Vec<Section<'w>> = self.deployment.named("virtual-mta-pool", name).collect();
        let at = pools.first().map(Section::range);
        let lines = pools
            .iter()
            .flat_map(|pool| self.deployment.members_of(pool));
        let (defined, undefined): (Vec<_>, Vec<_>) = lines.partition(|line| {
            let name = line.value();
            self.deployment.named("virtual-mta", &name).next().is_some()
        });
        for line in undefined {
            let text = format!("{} in the pool {name} is not defined.", line.value());
            self.note("pool", text, Some(line.range()));
        }
        let names: Vec<String> = defined.iter().map(|line| line.value()).collect();
        if names.is_empty() {
            return Err(Outcome::Bounced(format!(
                "The pool {name} has no VirtualMTA that is defined."
            )));
        }
        let text = format!("The pool {name} uses in turn {}.", names.join(", "));
        self.note("pool", text, at);
        Ok(names)
    }

    /// Adds the queue of the recipient's domain and this VirtualMTA, and where it is rerouted to.
    fn queue(&mut self, virtual_mta: &str, seen: &mut Vec<String>, queues: &mut Vec<Effective>) {
        let queue = Queue {
            domain: self.message.domain().to_owned(),
            virtual_mta: virtual_mta.to_owned(),
        };
        let effective = inheritance::of_queue(self.deployment, &queue);
        let is_known = |known: &Effective| known.queue == effective.queue;
        if queues.iter().any(is_known) {
            return;
        }
        let rerouted = effective
            .setting("reroute-to-virtual-mta")
            .filter(|value| value.is_set())
            .map(|value| (value.plain(), value.at()))
            .filter(|(name, _)| !name.is_empty() && name != virtual_mta);
        let Some((name, at)) = rerouted else {
            queues.push(effective);
            return;
        };
        seen.push(virtual_mta.to_owned());
        if seen.contains(&name) || seen.len() > MOST_REROUTES {
            let text =
                format!("The queue {queue} would be rerouted in a circle, by way of {name}.");
            let doubt =
                "The guides of 2019 and 2020 differ in what happens to mail in such a circle.";
            self.doubtful("reroute", text, at, Some(doubt));
            queues.push(effective);
            return;
        }
        self.note(
            "reroute",
            format!("The queue {queue} is rerouted to {name}."),
            at,
        );
        match self.members(&name) {
            Ok(members) => {
                for member in members.iter().take(MOST_MEMBERS) {
                    self.queue(member, seen, queues);
                }
            }
            Err(_) => {
                let text = format!("{name} has no VirtualMTA, so the mail stays in {queue}.");
                let doubt = "The guide does not say what becomes of it.";
                self.doubtful("reroute", text, at, Some(doubt));
                queues.push(effective);
            }
        }
    }
}
