//! The sender that a place in a text is about.

use super::Message;
use crate::cursor::Cursor;
use crate::deployment::Deployment;
use crate::syntax::{EntryKind, normalise};
use crate::value::AddressRange;
use crate::workspace::{FilePosition, Workspace};

/// The recipient of messages that are made up.
const RECIPIENT: &str = "somebody@example.com";
/// The left side of a sender of which only the domain is known.
const LOCAL_PART: &str = "somebody";
/// Signs of an expression that stands for more than one text.
const SPECIAL: [char; 11] = ['*', '+', '?', '(', ')', '[', ']', '{', '}', '|', '\\'];

/// A message from the sender that the rule or section at a position is about, handed in by a client
/// whose mail comes this way. None if it is about no one sender.
#[must_use]
pub fn message_at(workspace: &Workspace, at: FilePosition) -> Option<Message> {
    let cursor = Cursor::at(workspace.document(at.file)?, at.offset)?;
    let entry = cursor.entry()?;
    match &entry.kind {
        EntryKind::Directive(directive) => {
            let is_rule = normalise(directive.name.slice(&cursor.text)) == "mail-from";
            let value = directive.value.slice(&cursor.text);
            let pattern = value.strip_prefix('/').filter(|_| is_rule)?;
            let (pattern, _) = pattern.rsplit_once('/')?;
            let mut message = message_from(sender_of(pattern)?);
            let list = cursor
                .view
                .ancestors(entry)
                .filter_map(|(_, section)| section.open.name_range(&cursor.text))
                .last()?;
            let root = workspace.roots_with(at.file).next()?;
            let deployment = Deployment::new(workspace, root);
            message.client = client_of(&deployment, list.slice(&cursor.text));
            Some(message)
        }
        EntryKind::Section(section) => {
            let is_sender = normalise(section.open.name.slice(&cursor.text)) == "sender";
            let argument = section
                .open
                .name_range(&cursor.text)
                .filter(|_| is_sender)?;
            let address = argument.slice(&cursor.text);
            let is_address = address.contains('@') && !address.contains([' ', '*']);
            is_address.then(|| message_from(address.to_owned()))
        }
        _ => None,
    }
}

fn message_from(mail_from: String) -> Message {
    Message {
        mail_from,
        rcpt_to: RECIPIENT.to_owned(),
        ..Message::default()
    }
}

/// A sender that an expression matches, if it spells one out.
fn sender_of(pattern: &str) -> Option<String> {
    let inside = pattern.trim_start_matches('^').trim_end_matches('$');
    let text = inside
        .replace("\\.", ".")
        .replace("\\@", "@")
        .replace("\\-", "-");
    if text.is_empty() || text.contains(SPECIAL) || text.contains(char::is_whitespace) {
        return None;
    }
    Some(match text.split_once('@') {
        Some(("", domain)) => format!("{LOCAL_PART}@{}", whole_domain(domain)),
        Some((local, domain)) => format!("{local}@{}", whole_domain(domain)),
        None => return None,
    })
}

/// The domain with an end, where the expression leaves it open.
fn whole_domain(domain: &str) -> String {
    match domain {
        "" => "example.com".to_owned(),
        open if open.ends_with('.') => format!("{open}example.com"),
        whole => whole.to_owned(),
    }
}

/// An address from which mail comes to a list, if the list is for addresses.
fn client_of(deployment: &Deployment<'_>, list: &str) -> Option<std::net::IpAddr> {
    let mut sources = deployment.sections("source");
    sources.find_map(|source| {
        let names_it = deployment
            .settings_in(&source)
            .any(|line| line.directive.name == "pattern-list" && line.names(list));
        let range = AddressRange::read(&source.argument()).filter(|_| names_it)?;
        Some(range.first())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Fixture, fixture};

    #[test]
    fn senders_are_read_from_expressions() {
        for (pattern, sender) in [
            ("^news@", Some("news@example.com")),
            ("@shop\\.example\\.com$", Some("somebody@shop.example.com")),
            ("@shop\\.", Some("somebody@shop.example.com")),
            ("^a@b\\.example$", Some("a@b.example")),
            ("news", None),
            ("^(a|b)@", None),
            ("", None),
        ] {
            assert_eq!(sender_of(pattern).as_deref(), sender, "{pattern}");
        }
    }

    #[test]
    fn a_rule_has_a_message_from_a_client_of_its_list() {
        let text = "\
<source 198.51.100/24>
    pattern-list a
</source>
<pattern-list a>
    mail-from /^ne$0ws@/ virtual-mta=m
</pattern-list>
";
        let Fixture { workspace, at } = fixture(text);
        let message = message_at(&workspace, at).unwrap();
        assert_eq!(message.mail_from, "news@example.com");
        assert_eq!(message.client, Some("198.51.100.0".parse().unwrap()));
    }
}
