//! What chooses the VirtualMTA: a header, a pattern list, the source, or nothing.

use super::{Outcome, Trace};
use crate::inheritance::{DEFAULT_VIRTUAL_MTA, Submission, Value};
use crate::value::AddressRange;
use crate::workspace::FileRange;

/// The header that chooses a VirtualMTA.
const HEADER: &str = "X-Virtual-MTA";
/// The word that lets the address that the client connects to choose.
const BY_ADDRESS: &str = "by-smtp-source-ip";

impl<'w> Trace<'_, 'w> {
    /// The VirtualMTA or pool that the message gets, which exists.
    pub(super) fn select(&mut self, submission: &Submission<'w>) -> Result<String, Outcome> {
        let (name, at) = match self.by_header(submission) {
            Some(chosen) => chosen,
            None => self.without_header(submission),
        };
        if !name.is_empty() && self.exists(&name) {
            return Ok(name);
        }
        self.fall_back(&name, at, submission)
    }

    fn exists(&self, name: &str) -> bool {
        name == DEFAULT_VIRTUAL_MTA
            || self.deployment.named("virtual-mta", name).next().is_some()
            || self
                .deployment
                .named("virtual-mta-pool", name)
                .next()
                .is_some()
    }

    /// What the header chooses; an empty name if it chooses what does not exist.
    fn by_header(&mut self, submission: &Submission<'w>) -> Option<(String, Option<FileRange>)> {
        let value = self.message.header(HEADER)?.trim().to_owned();
        let setting = submission.setting("process-x-virtual-mta");
        let at = setting.and_then(Value::at);
        if !submission.is_yes("process-x-virtual-mta") {
            let text = format!("{HEADER} is left alone: process-x-virtual-mta is off.");
            self.note("header", text, at);
            return None;
        }
        if !value.is_empty() {
            self.note("header", format!("{HEADER} chooses {value}."), at);
            return Some((value, at));
        }
        let allowed = submission.setting("allow-empty-x-virtual-mta");
        if submission.is_yes("allow-empty-x-virtual-mta") {
            let text = format!("The empty {HEADER} chooses {DEFAULT_VIRTUAL_MTA}.");
            self.note("header", text, allowed.and_then(Value::at));
            return Some((DEFAULT_VIRTUAL_MTA.to_owned(), at));
        }
        let text = format!("{HEADER} is empty, which allow-empty-x-virtual-mta does not allow.");
        self.note("header", text, at);
        Some((String::new(), at))
    }

    fn without_header(&mut self, submission: &Submission<'w>) -> (String, Option<FileRange>) {
        let list = submission
            .setting("pattern-list")
            .filter(|value| value.is_set() && !value.plain().is_empty());
        if let Some(list) = list
            && let Some(decision) = self.decide(&list.plain(), list.at())
            && let Some(name) = decision.virtual_mta
        {
            self.note(
                "pattern list",
                format!("The rule chooses {name}."),
                Some(decision.at),
            );
            return (name, Some(decision.at));
        }
        let default = submission
            .setting("default-virtual-mta")
            .filter(|value| value.is_set() && !value.plain().is_empty());
        let Some(default) = default else {
            let text = format!("Nothing chooses a VirtualMTA, so it is {DEFAULT_VIRTUAL_MTA}.");
            self.note("source", text, None);
            return (DEFAULT_VIRTUAL_MTA.to_owned(), None);
        };
        let name = default.plain();
        let at = default.at();
        if name == BY_ADDRESS {
            return self.by_address(at);
        }
        let text = format!("default-virtual-mta chooses {name}.");
        self.doubtful(
            "source",
            text,
            at,
            default.doubt.map(|doubt| doubt.sentence()),
        );
        (name, at)
    }

    /// The VirtualMTA whose own address the client connects to.
    fn by_address(&mut self, at: Option<FileRange>) -> (String, Option<FileRange>) {
        let Some(listener) = self.message.listener else {
            let text =
                format!("{BY_ADDRESS} chooses by the listener's address, which is not given.");
            self.note("source", text, at);
            return (DEFAULT_VIRTUAL_MTA.to_owned(), at);
        };
        let deployment = self.deployment;
        let sections = deployment.sections("virtual-mta");
        let mut hosts = sections.flat_map(|section| {
            deployment
                .settings_in(&section)
                .filter(|line| line.directive.name == "smtp-source-host")
                .map(move |line| (section.argument(), line))
        });
        let found = hosts.find(|(_, line)| {
            let words = line.words();
            let range = words.first().and_then(|word| AddressRange::read(word));
            range.is_some_and(|range| range.contains(listener.ip()))
        });
        match found {
            Some((name, line)) => {
                let text = format!(
                    "{BY_ADDRESS} chooses {name}: it sends from {}.",
                    listener.ip()
                );
                self.note("source", text, Some(line.range()));
                (name, Some(line.range()))
            }
            None => {
                let text = format!(
                    "{BY_ADDRESS} finds no VirtualMTA that sends from {}.",
                    listener.ip()
                );
                let doubt =
                    "The guide does not say what is used then; that nothing is chosen is assumed.";
                self.doubtful("source", text, at, Some(doubt));
                (DEFAULT_VIRTUAL_MTA.to_owned(), at)
            }
        }
    }

    /// What happens if the VirtualMTA does not exist.
    fn fall_back(
        &mut self,
        name: &str,
        at: Option<FileRange>,
        submission: &Submission<'w>,
    ) -> Result<String, Outcome> {
        let called = if name.is_empty() {
            "without a name"
        } else {
            name
        };
        self.note(
            "VirtualMTA",
            format!("There is no VirtualMTA {called}."),
            at,
        );
        if submission.is_yes("reject-invalid-virtual-mta") {
            return Err(Outcome::Refused(
                "The message is rejected: it selects a VirtualMTA that does not exist, and \
                 reject-invalid-virtual-mta is on."
                    .to_owned(),
            ));
        }
        let fallback = self
            .deployment
            .settings("invalid-virtual-mta-fallback")
            .last();
        if let Some(fallback) = fallback {
            let name = fallback.value();
            let text = format!("invalid-virtual-mta-fallback chooses {name}.");
            self.note("VirtualMTA", text, Some(fallback.range()));
            if self.exists(&name) {
                return Ok(name);
            }
        }
        Err(Outcome::Bounced(
            "The message is accepted and bounces with 5.3.5: its VirtualMTA does not exist."
                .to_owned(),
        ))
    }
}
