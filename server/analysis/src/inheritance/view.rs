//! Effective settings as a document of their own, in the syntax of configurations: settings by where
//! they come from, each with the line that sets it behind it.

use super::text::{MOST_NOTES, WIDEST, blocks, is_set_elsewhere, shown};
use super::{Doubt, Effective, NameOf, Origin, Scope, Value};
use crate::view::View;
use crate::workspace::Workspace;

/// The settings of a queue with the lines that they come from: those that lines set, or all.
#[must_use]
pub fn view(workspace: &Workspace, effective: &Effective, name: NameOf<'_>, all: bool) -> View {
    let mut view = View::default();
    view.add(&format!("# Effective settings of {}\n", effective.asked));
    for note in effective.notes.iter().take(MOST_NOTES) {
        view.add("#\n");
        view.add_comment("# ", &note.text);
        if let Some(at) = note.at {
            view.add("#   ");
            view.add_link(workspace, at, name);
            view.add("\n");
        }
    }
    let left = effective.notes.len().saturating_sub(MOST_NOTES);
    if left > 0 {
        view.add(&format!("#\n# And {left} more like these.\n"));
    }
    let mut doubts: Vec<(Doubt, Vec<&str>)> = Vec::new();
    for (heading, values) in blocks(effective) {
        add_heading(&mut view, heading);
        let listed: Vec<&Value> = values
            .iter()
            .filter(|value| {
                let is_set = value.is_set() || is_set_elsewhere(value, values);
                // Of what is not known there is nothing to say.
                is_set || (all && value.origin != Origin::Unset)
            })
            .collect();
        if listed.is_empty() {
            view.add("# Everything is as PowerMTA does it by default.\n");
        }
        let table = Table::of(&listed);
        for group in Group::ALL {
            let mut members = listed.iter().filter(|value| Group::of(value) == group);
            let Some(first) = members.next() else {
                continue;
            };
            view.add(&format!(
                "\n# {}\n",
                group.heading(&effective.queue.virtual_mta)
            ));
            for value in std::iter::once(first).chain(members) {
                table.add_row(&mut view, workspace, value, name);
                if let Some(doubt) = value.doubt {
                    note_doubt(&mut doubts, doubt, value.directive.name);
                }
            }
        }
    }
    if !doubts.is_empty() {
        add_heading(&mut view, "Not sure");
    }
    for (doubt, names) in doubts {
        view.add("#\n");
        view.add_comment("# ", &format!("{}:", names.join(", ")));
        view.add_comment("#   ", doubt.sentence());
    }
    view
}

fn add_heading(view: &mut View, heading: &str) {
    let line = "-".repeat(heading.chars().count());
    view.add(&format!("\n# {heading}\n# {line}\n"));
}

fn note_doubt(doubts: &mut Vec<(Doubt, Vec<&'static str>)>, doubt: Doubt, name: &'static str) {
    match doubts.iter_mut().find(|(known, _)| *known == doubt) {
        Some((_, names)) if names.last() == Some(&name) => {}
        Some((_, names)) => names.push(name),
        None => doubts.push((doubt, vec![name])),
    }
}

/// Where settings come from that stand together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    VirtualMta,
    Pool,
    TopLevel,
    Other,
    Default,
}

impl Group {
    const ALL: [Self; 5] = [
        Self::VirtualMta,
        Self::Pool,
        Self::TopLevel,
        Self::Other,
        Self::Default,
    ];

    fn of(value: &Value) -> Self {
        match value.origin {
            Origin::Line { scope, .. } => match scope {
                Scope::VirtualMta => Self::VirtualMta,
                Scope::Pool => Self::Pool,
                Scope::User | Scope::Listener | Scope::Address | Scope::Global => Self::TopLevel,
            },
            Origin::Other(_) => Self::Other,
            Origin::Default | Origin::Unset => Self::Default,
        }
    }

    fn heading(self, virtual_mta: &str) -> String {
        match self {
            Self::VirtualMta => format!("Set in the VirtualMTA {virtual_mta}"),
            Self::Pool => "Set in its pool".to_owned(),
            Self::TopLevel => "Set at the top level".to_owned(),
            Self::Other => "Taken from other settings".to_owned(),
            Self::Default => "By default".to_owned(),
        }
    }
}

/// How wide the columns of a table are, in characters.
struct Table {
    names: usize,
    values: usize,
}

impl Table {
    fn of(values: &[&Value]) -> Self {
        let widest = |width: &dyn Fn(&Value) -> usize| {
            let widths = values.iter().map(|value| width(value));
            widths.filter(|width| *width <= WIDEST).max().unwrap_or(0)
        };
        Self {
            names: widest(&|value| value.directive.name.chars().count()),
            values: widest(&|value| shown(value).chars().count()),
        }
    }

    /// Adds a setting with the line that sets it, and below that the lines that it goes before.
    fn add_row(&self, view: &mut View, workspace: &Workspace, value: &Value, name: NameOf<'_>) {
        let (names, values) = (self.names, self.values);
        view.add(&format!(
            "{:names$}  {:values$}  # ",
            value.directive.name,
            shown(value)
        ));
        match &value.origin {
            Origin::Line { at, set, .. } => {
                view.add_link(workspace, *at, name);
                if !set.is_empty() {
                    view.add(&format!(" <domain {set}>"));
                }
            }
            Origin::Other(other) => view.add(&format!("as {other}")),
            Origin::Default | Origin::Unset => view.add("default"),
        }
        if value.doubt.is_some() {
            view.add(" (not sure)");
        }
        view.add("\n");
        let indent = " ".repeat(names.saturating_add(values).saturating_add(4));
        for other in &value.overridden {
            view.add(&format!("{indent}#   instead of {} (", other.text));
            view.add_link(workspace, other.at, name);
            view.add(")\n");
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::arithmetic_side_effects,
        reason = "a test that overflows should fail"
    )]

    use expect_test::{Expect, expect};

    use super::*;
    use crate::fixture::root_of;
    use crate::inheritance::{Queue, settings};

    fn check(text: &str, queue: &str, expected: Expect) {
        let workspace = root_of(text);
        let effective = settings(&workspace, &workspace.roots()[0], &Queue::parse(queue));
        let name = |file| {
            let path = workspace.path(file).unwrap();
            path.file_name().unwrap().to_string_lossy().into_owned()
        };
        let view = view(&workspace, &effective, &name, false);
        for link in &view.links {
            let named = link.range.slice(&view.text);
            let (_, line) = named.rsplit_once(':').unwrap();
            let rope = workspace.document(link.target.file).unwrap().rope();
            let target = rope.byte_to_line(link.target.range.start as usize) + 1;
            assert_eq!(line, target.to_string(), "{named}");
        }
        expected.assert_eq(&view.text);
    }

    const TEXT: &str = "\
use-proxy px
<domain *>
    max-smtp-out 20
    retry-after 10m
    max-msg-rate 100/h
    auth-password hunter2
</domain>
<domain gmail.com>
    max-smtp-out 5
    require-starttls yes
</domain>
<virtual-mta-pool p>
    virtual-mta news
    <domain gmail.com>
        retry-after 5m
    </domain>
</virtual-mta-pool>
<virtual-mta news>
    smtp-source-host 192.0.2.1 news.example.com
    <domain *>
        max-smtp-out 2
    </domain>
</virtual-mta>
";

    #[test]
    fn settings_stand_by_where_they_come_from() {
        check(
            TEXT,
            "gmail.com/news",
            expect![[r#"
            # Effective settings of gmail.com/news

            # Virtual MTA Settings
            # --------------------

            # Set in the VirtualMTA news
            smtp-source-host  192.0.2.1 news.example.com  # config:19

            # Set at the top level
            use-proxy         px                          # config:1

            # Queue Settings
            # --------------

            # Set in the VirtualMTA news
            max-smtp-out          2      # config:21 <domain *> (not sure)
                                         #   instead of 5 (config:9)
                                         #   instead of 20 (config:3)

            # Set in its pool
            retry-after           5m     # config:15 <domain gmail.com>
                                         #   instead of 10m (config:4)

            # Set at the top level
            auth-password         ••••   # config:6 <domain *>
            max-msg-rate          100/h  # config:5 <domain *>
            require-starttls      yes    # config:10 <domain gmail.com>

            # Taken from other settings
            backoff-max-msg-rate  100/h  # as max-msg-rate

            # Not sure
            # --------
            #
            # max-smtp-out:
            #   The guide does not say whether a broad set inside a VirtualMTA or pool goes before a
            #   narrower one outside; that it does is assumed.
        "#]],
        );
    }

    #[test]
    fn notes_come_first() {
        let text = format!(
            "{TEXT}<domain a.example.com>\n    queue-to big.queue\n</domain>\n<mx-rollup-list>\n    mx *.example.net big.rollup\n</mx-rollup-list>\n"
        );
        check(
            &text,
            "a.example.com",
            expect![[r#"
            # Effective settings of a.example.com/{default}
            #
            # Mail for a.example.com goes into the queue big.queue: these are its settings.
            #   config:25
            #
            # If the mail servers of big.queue match *.example.net, its mail goes into the queue
            # big.rollup.
            #   config:28

            # Virtual MTA Settings
            # --------------------

            # Set at the top level
            use-proxy  px  # config:1

            # Queue Settings
            # --------------

            # Set at the top level
            auth-password         ••••   # config:6 <domain *>
            max-msg-rate          100/h  # config:5 <domain *>
            max-smtp-out          20     # config:3 <domain *>
            retry-after           10m    # config:4 <domain *>

            # Taken from other settings
            backoff-max-msg-rate  100/h  # as max-msg-rate
        "#]],
        );
    }

    #[test]
    fn nothing_is_set() {
        check(
            "host-id 3\n",
            "example.com/nobody",
            expect![[r#"
            # Effective settings of example.com/nobody
            #
            # There is no VirtualMTA nobody.

            # Virtual MTA Settings
            # --------------------
            # Everything is as PowerMTA does it by default.

            # Queue Settings
            # --------------
            # Everything is as PowerMTA does it by default.
        "#]],
        );
    }

    #[test]
    fn all_has_defaults_too() {
        let workspace = root_of(TEXT);
        let root = &workspace.roots()[0];
        let effective = settings(&workspace, root, &Queue::parse("gmail.com/news"));
        let text = view(&workspace, &effective, &|_| "config".to_owned(), true).text;
        assert!(text.contains("\n# By default\n"), "{text}");
        assert!(text.contains("\nbounce-after "), "{text}");
        assert!(!text.contains("hunter2"), "{text}");
    }
}
