//! How a message gets in: the listener, the source, the user, and whether it may be relayed.

use std::net::SocketAddr;

use super::{Outcome, Trace};

use crate::deployment::Domain;
use crate::inheritance::{Client, Scope, Submission, submission};
use crate::value::{self, AddressRange};
use crate::workspace::FileRange;

/// The source of users that have none of their own.
const USERS: &str = "{auth}";

/// A line or section that lets PowerMTA listen.
struct Listening {
    range: AddressRange,
    source: Option<(String, FileRange)>,
    at: FileRange,
}

impl<'w> Trace<'_, 'w> {
    /// Lets the client in and finds the settings that apply to it.
    pub(super) fn submit(&mut self) -> Result<Submission<'w>, Outcome> {
        let address = self.client_address();
        if self.message.client.is_none() {
            let text = format!("No client address is given: {address} is taken.");
            self.note("client", text, None);
        }
        let mut client = Client {
            address: Some(address),
            listener_source: self.listen()?,
            user_source: None,
        };
        let before = submission(self.deployment, &client);
        if !before.is_yes("smtp-service") {
            self.tell_sources(&before);
            let at = before.setting("smtp-service").and_then(|it| it.at());
            let text = format!("smtp-service is off for {address}.");
            self.note("source", text, at);
            let reply = "PowerMTA greets the client with a 5xx reply and gives it no service.";
            return Err(Outcome::Refused(reply.to_owned()));
        }
        let Some(user) = &self.message.user else {
            self.tell_sources(&before);
            if let Some(required) = before.setting("require-auth").filter(|it| it.is_yes()) {
                let text = "The client has to authenticate.".to_owned();
                self.note("authentication", text, required.at());
                let reply =
                    "Authentication is required: MAIL is refused until a user is logged in.";
                return Err(Outcome::Refused(reply.to_owned()));
            }
            return Ok(before);
        };
        if !before.is_yes("allow-auth") {
            self.tell_sources(&before);
            let at = before.setting("allow-auth").and_then(|it| it.at());
            self.note("authentication", "allow-auth is off.".to_owned(), at);
            let reply = "AUTH is refused.";
            return Err(Outcome::Refused(reply.to_owned()));
        }
        client.user_source = Some(self.authenticate(user)?);
        let after = submission(self.deployment, &client);
        self.tell_sources(&after);
        Ok(after)
    }

    /// The source that the listener names, if any.
    fn listen(&mut self) -> Result<Option<String>, Outcome> {
        let Some(asked) = self.message.listener else {
            return Ok(None);
        };
        let (listeners, count) = self.listeners(asked);
        let narrowest = listeners.into_iter().max_by_key(|it| it.range.bits());
        let Some(listener) = narrowest else {
            if count == 0 && asked.port() == 25 {
                let text = "There is no smtp-listener, so PowerMTA listens on port 25 everywhere.";
                self.note("listener", text.to_owned(), None);
                return Ok(None);
            }
            return Err(Outcome::Refused(format!(
                "PowerMTA does not listen at {asked}: the connection fails."
            )));
        };
        self.note(
            "listener",
            format!("PowerMTA listens at {asked}."),
            Some(listener.at),
        );
        Ok(listener.source.map(|(name, at)| {
            let text = format!("The listener names the source {name}.");
            self.note("listener", text, Some(at));
            name
        }))
    }

    /// The listeners that an address belongs to, and how many there are in all.
    fn listeners(&self, asked: SocketAddr) -> (Vec<Listening>, usize) {
        let deployment = self.deployment;
        let lines = deployment.settings("smtp-listener").map(|line| {
            let words = line.words();
            let source = words
                .iter()
                .find_map(|word| word.strip_prefix("source="))
                .map(|name| (value::unquote(name).into_owned(), line.range()));
            (
                words.first().cloned().unwrap_or_default(),
                source,
                line.range(),
            )
        });
        let sections = deployment.sections("smtp-listener").map(|section| {
            let named = deployment
                .settings_in(&section)
                .filter(|line| line.directive.name == "source")
                .last();
            let source = named.map(|line| (line.value(), line.range()));
            (section.argument(), source, section.range())
        });
        let all: Vec<_> = lines.chain(sections).collect();
        let count = all.len();
        let matching = all.into_iter().filter_map(|(address, source, at)| {
            let (address, port) = address.rsplit_once(':')?;
            let address = address.trim_matches(['[', ']']);
            let range = AddressRange::read(address)?;
            let is_any = range.only().is_some_and(|one| one.is_unspecified());
            let is_here =
                port.parse() == Ok(asked.port()) && (is_any || range.contains(asked.ip()));
            is_here.then_some(Listening { range, source, at })
        });
        (matching.collect(), count)
    }

    /// The source of a user that logs in.
    fn authenticate(&mut self, user: &str) -> Result<String, Outcome> {
        let Some(section) = self.deployment.named("smtp-user", user).last() else {
            return Err(Outcome::Refused(format!(
                "There is no <smtp-user {user}>: authentication fails."
            )));
        };
        let named = self
            .deployment
            .settings_in(&section)
            .filter(|line| line.directive.name == "source")
            .last();
        let (source, at) = named.map_or_else(
            || (USERS.to_owned(), section.range()),
            |line| (line.value(), line.range()),
        );
        let text = format!("The user {user} logs in and gets the source {source}.");
        self.note("authentication", text, Some(at));
        if self.deployment.named("source", &source).next().is_none() {
            let text = format!("There is no <source {source}>, so it sets nothing.");
            self.note("authentication", text, Some(at));
        }
        Ok(source)
    }

    fn tell_sources(&mut self, submission: &Submission<'w>) {
        if submission.sections.is_empty() {
            let text = "No <source> applies: everything is as it is by default.";
            self.note("source", text.to_owned(), None);
        }
        for (scope, section) in &submission.sections {
            let argument = section.argument();
            let why = match scope {
                Scope::User => "the user has it".to_owned(),
                Scope::Listener => "the listener names it".to_owned(),
                _ => format!("{} is in it", self.client_address()),
            };
            let text = format!("<source {argument}> applies: {why}.");
            self.note("source", text, Some(section.range()));
        }
    }

    /// Makes sure that mail for the recipient is accepted.
    pub(super) fn relay(&mut self, submission: &Submission<'w>) -> Result<(), Outcome> {
        if let Some(allowed) = submission
            .setting("always-allow-relaying")
            .filter(|value| value.is_yes())
        {
            let text = "Mail for any domain is accepted: always-allow-relaying is on.".to_owned();
            let doubt = allowed.doubt.map(|doubt| doubt.sentence());
            self.doubtful("relaying", text, allowed.at(), doubt);
            return Ok(());
        }
        if let Some((text, at)) = self.local_recipient() {
            self.note("relaying", text, Some(at));
            return Ok(());
        }
        let domain = self.message.domain();
        self.note(
            "relaying",
            format!("always-allow-relaying is off, and {domain} is no relay-domain."),
            submission
                .setting("always-allow-relaying")
                .and_then(|value| value.at()),
        );
        let debug = self.deployment.settings("relay-debug").last();
        let class = if debug.is_some_and(|line| line.is_yes()) {
            "4xx, as relay-debug is on"
        } else {
            "5xx"
        };
        Err(Outcome::Refused(format!(
            "RCPT is refused with a {class} reply: relaying to {domain} is not allowed."
        )))
    }

    /// Why mail for the recipient is accepted from everybody.
    fn local_recipient(&self) -> Option<(String, FileRange)> {
        let name = self.message.domain();
        let domain = Domain::new(name);
        let relayed = self.deployment.settings("relay-domain").find(|line| {
            let fit = self
                .deployment
                .fit_pattern(&line.value(), &domain, line.order);
            fit.is_some()
        });
        if let Some(line) = relayed {
            return Some((format!("{name} is a relay-domain."), line.range()));
        }
        let hosted = self
            .deployment
            .settings("host-name")
            .find(|line| line.value().eq_ignore_ascii_case(name));
        if let Some(line) = hosted {
            return Some((
                format!("{name} is a host-name of this server."),
                line.range(),
            ));
        }
        let addressed = self
            .deployment
            .settings("relay-address")
            .find(|line| self.is_relay_address(&line.value()));
        addressed.map(|line| {
            let text = format!("{} is a relay-address.", self.message.rcpt_to);
            (text, line.range())
        })
    }

    fn is_relay_address(&self, value: &str) -> bool {
        let recipient = self.message.rcpt_to.as_str();
        let inside = value.strip_prefix('/').and_then(|it| it.strip_suffix('/'));
        match inside {
            None => value.eq_ignore_ascii_case(recipient),
            Some(pattern) => super::pattern_list::matches(pattern, recipient) == Some(true),
        }
    }
}
