//! What strangers could do: settings of a `<source>` that open a server to them, as far as it can be
//! reached from other hosts at all.

use super::registry::EXPOSURE_CHECKS;
use super::{FileSite, Finding, SectionSite};
use crate::catalog;
use crate::meaning::{Meaning, catalog_name};
use crate::slip;
use crate::syntax::{Directive, EntryKind, Tag};
use crate::text::TextRange;
use crate::value::{AddressRange, unquote};
use crate::workspace::FileId;

/// Where a server listens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Listeners {
    /// On this host alone.
    on_loopback: bool,
    /// On an address that others may reach.
    elsewhere: bool,
}

impl Listeners {
    /// Adds what a directive tells.
    pub(super) fn add_directive(
        &mut self,
        text: &str,
        found: &catalog::Directive,
        directive: &Directive,
    ) {
        match found.name {
            "smtp-listener" => self.add(directive.value.slice(text)),
            "smtp-ip" | "smtp-proxy-listener" => self.elsewhere = true,
            _ => {}
        }
    }

    /// Adds what a section tells.
    pub(super) fn add_section(&mut self, text: &str, found: &catalog::Section, tag: &Tag) {
        if found.name == "smtp-listener" {
            self.add(tag.argument.map_or("", |argument| argument.slice(text)));
        }
    }

    fn add(&mut self, value: &str) {
        let first = value.split([' ', '\t']).next().unwrap_or_default();
        let address = first.rsplit_once(':').map_or(first, |(address, _)| address);
        match AddressRange::read(address.trim_matches(['[', ']'])) {
            Some(range) if range.is_loopback() => self.on_loopback = true,
            _ => self.elsewhere = true,
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            on_loopback: self.on_loopback || other.on_loopback,
            elsewhere: self.elsewhere || other.elsewhere,
        }
    }
}

/// Looks for settings of one `<source>` that open a server to others.
pub(super) fn check_source(site: &SectionSite<'_>, findings: &mut Vec<Finding>) {
    for check in EXPOSURE_CHECKS {
        check(site, findings);
    }
}

/// Reports what was found in the items of a file, unless all that is known of the configuration is
/// that it listens on this host alone.
pub(crate) fn check(site: &FileSite<'_>, findings: &mut Vec<Finding>) {
    let mut exposed = site
        .document
        .items_where(|contents| contents.has_deferred)
        .filter_map(|item| Some((item.start, item.facts.rare().deferred.as_ref()?)))
        .filter(|(_, deferred)| !deferred.exposed.is_empty())
        .peekable();
    if exposed.peek().is_none() {
        return;
    }
    let listeners = site.root.files.iter().map(|file| listeners(site, *file));
    let listeners = listeners.fold(Listeners::default(), Listeners::and);
    if listeners.on_loopback && !listeners.elsewhere {
        return;
    }
    for (start, deferred) in exposed {
        let by = TextRange::of(0, start).end;
        let shifted = deferred.exposed.iter().map(|it| it.clone().shifted(by));
        findings.extend(shifted);
    }
}

/// Where the lines of one file let the server listen.
fn listeners(site: &FileSite<'_>, file: FileId) -> Listeners {
    let Some(document) = site.workspace.document(file) else {
        return Listeners::default();
    };
    document
        .items_where(|contents| contents.has_deferred)
        .filter_map(|item| Some(item.facts.rare().deferred.as_ref()?.listeners))
        .fold(Listeners::default(), Listeners::and)
}

/// The addresses of a `<source>` that is for addresses.
pub(super) fn addresses(site: &SectionSite<'_>) -> Option<AddressRange> {
    AddressRange::read(&unquote(site.argument()))
}

/// The line of a section that sets a directive; the last if there are several.
pub(super) fn line<'a>(site: &SectionSite<'a>, name: &str) -> Option<&'a Directive> {
    let item = site.item;
    site.children()
        .filter_map(|(index, entry)| {
            let judged = item.judged.get(index as usize)?;
            match (&entry.kind, judged.meaning) {
                (EntryKind::Directive(directive), Meaning::Directive(found))
                    if found.name == name =>
                {
                    Some(directive)
                }
                _ => None,
            }
        })
        .last()
}

/// The line of a section that switches a directive on, if the last line for it does.
pub(super) fn switched_on<'a>(site: &SectionSite<'a>, name: &str) -> Option<&'a Directive> {
    line(site, name).filter(|directive| is_yes(site.item.slice(directive.value)))
}

/// Whether a section switches a directive on, or may do so in a file that it includes or by a line
/// that cannot be read.
pub(super) fn may_switch_on(site: &SectionSite<'_>, name: &str) -> bool {
    switched_on(site, name).is_some()
        || line(site, "include").is_some()
        || is_switch_doubtful(site, name)
}

/// Whether a section switches a directive off, or may do so by a line that cannot be read.
pub(super) fn may_switch_off(site: &SectionSite<'_>, name: &str) -> bool {
    let is_off = |directive: &Directive| is_no(site.item.slice(directive.value));
    line(site, name).is_some_and(is_off) || is_switch_doubtful(site, name)
}

/// Whether a line of the section may be meant to set a switch, and does not say how, or lines for it
/// stand against each other.
fn is_switch_doubtful(site: &SectionSite<'_>, name: &str) -> bool {
    let text = site.item.text;
    let lines = site.children().filter_map(|(_, entry)| match &entry.kind {
        EntryKind::Directive(directive) => Some(directive),
        _ => None,
    });
    let (mut on, mut off) = (false, false);
    for line in lines {
        if is_doubtful(text, line, name) {
            return true;
        }
        if catalog_name(text, line) == name {
            let value = line.value.slice(text);
            on |= is_yes(value);
            off |= is_no(value);
        }
    }
    on && off
}

/// Whether a line may be meant to set a switch, and does not say how: its name has a slip, or its
/// value is neither yes nor no.
pub(super) fn is_doubtful(text: &str, directive: &Directive, name: &str) -> bool {
    let written = catalog_name(text, directive);
    let value = directive.value.slice(text);
    if written == name {
        return !is_yes(value) && !is_no(value);
    }
    catalog::directives_named(&written).is_empty()
        && slip::directive(&written, None).is_some_and(|meant| meant.name == name)
}

/// Whether a value switches something on.
pub(super) fn is_yes(value: &str) -> bool {
    is_one_of(value, ["yes", "true"])
}

/// Whether a value switches something off.
pub(super) fn is_no(value: &str) -> bool {
    is_one_of(value, ["no", "false"])
}

fn is_one_of(value: &str, words: [&str; 2]) -> bool {
    let value = unquote(value);
    words.iter().any(|word| value.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::diagnostics::test_support::file_findings;
    use crate::findings::findings;
    use crate::fixture::fixture;

    const OPEN: &str = "<source 0/0>\n    always-allow-relaying yes\n</source>\n";

    #[test]
    fn nobody_else_reaches_a_server_that_listens_on_its_own_host() {
        for (listener, reported) in [
            ("", 1),
            ("smtp-listener 127.0.0.1:2525\n", 0),
            ("smtp-listener [::1]:2525\n", 0),
            (
                "smtp-listener 127.0.0.1:2525\nsmtp-listener 192.0.2.1:25\n",
                1,
            ),
            ("<smtp-listener 127.0.0.1:2525>\n</smtp-listener>\n", 0),
            ("<smtp-listener 0.0.0.0:25>\n</smtp-listener>\n", 1),
        ] {
            let shown = file_findings(&format!("{listener}{OPEN}"));
            assert_eq!(shown.matches("open-relay").count(), reported, "{listener}");
        }
    }

    #[test]
    fn the_listener_may_stand_in_another_file() {
        let fixture = fixture(
            "smtp-listener 127.0.0.1:2525\ninclude sources.conf\n#- /etc/pmta/sources.conf\n$0<source 0/0>\n    always-allow-relaying yes\n</source>\n",
        );
        let found = findings(&fixture.workspace, fixture.at.file);
        assert!(found.iter().all(|it| it.rule.code != "open-relay"));
    }

    #[test]
    fn a_range_is_relative_to_the_file() {
        expect![[r#"
            4:5-30 warning open-relay: Anybody on the internet can send mail to anybody over this server. Ask for a login with `require-auth yes`, or allow relaying for the addresses of your own hosts only.
        "#]]
        .assert_eq(&file_findings(&format!("run-as-root no\n\n{OPEN}")));
    }
}
