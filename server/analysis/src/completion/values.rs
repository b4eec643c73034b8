//! In values: words, units, names, fields, actions, paths.

use std::collections::HashSet;

use super::context::Valued;
use super::known_names::{Known, described, offered};
use super::{Candidate, ItemKind, List, numbers, paths, snippet};
use crate::catalog::{self, Directive, RECORD_FIELDS, ReferenceKind, ValueKind, ValueSpec};
use crate::text::TextRange;
use crate::value::{Context, Expectation, Piece, describe, expectations, parse};

/// Signs that end a word of a value.
const SIGNS: [char; 5] = [',', ';', '"', '<', '>'];

/// Names that every configuration has.
const BUILT_IN: &str = "{default}";

/// Clients that most servers have: everybody, and themselves.
const CLIENTS: [&str; 2] = ["0/0", "127.0.0.1"];

/// Whether anything may stand at the cursor.
pub(super) fn complete(list: &mut List<'_>, directive: Valued, start: usize) -> bool {
    match directive {
        Valued::Known(entry) => {
            let text = list.site.typed(start).to_owned();
            let mut values = Values {
                list,
                entry,
                text: &text,
                start,
                seen: HashSet::new(),
            };
            let expected = expectations(&entry.value, &text);
            for expectation in &expected {
                values.expected(expectation);
            }
            !expected.is_empty()
        }
        Valued::Folklore(invented) => {
            let Some(kind) = invented.references else {
                return false;
            };
            let typed = list.site.typed(start);
            let word = typed
                .rsplit([' ', '\t', ',', '"'])
                .next()
                .unwrap_or_default();
            let start = list.site.cursor.saturating_sub(word.len());
            let end = list.site.word_behind(&SIGNS);
            for known in offered(list, kind, word) {
                let detail = described(known.kind);
                let candidate = Candidate::new(known.name, ItemKind::Reference);
                list.add(candidate.detail(detail), start, end);
            }
            true
        }
    }
}

/// The candidates for the value of one directive.
struct Values<'a, 'b> {
    list: &'a mut List<'b>,
    entry: &'static Directive,
    /// The value up to the cursor.
    text: &'a str,
    /// Where it begins in the file.
    start: usize,
    seen: HashSet<String>,
}

impl Values<'_, '_> {
    fn expected(&mut self, one: &Expectation) {
        if one.spec.secret {
            return;
        }
        let earlier = self.earlier(one);
        if !may_follow(one.spec, &earlier) {
            return;
        }
        if one.needs_prefix {
            return self.prefix(one);
        }
        let typed = self.typed(one);
        let unit_start =
            numbers::has_units(one.spec) && typed.starts_with(|it: char| it.is_ascii_digit());
        if unit_start {
            self.list.found.is_incomplete = true;
            return self.units(one, &typed);
        }
        self.words(one, &earlier);
        self.of_kind(one, &earlier);
        if earlier.is_empty() {
            self.defaults(one);
        }
        if one.spec.clear && !one.is_quoted && typed.is_empty() {
            self.add(
                one,
                Candidate::new("\"\"", ItemKind::Word).detail("nothing: clears an inherited value"),
            );
        }
    }

    fn typed(&self, one: &Expectation) -> String {
        self.text
            .get(one.start as usize..)
            .unwrap_or_default()
            .to_owned()
    }

    /// The items of the list before the one that is expected.
    fn earlier(&self, one: &Expectation) -> Vec<String> {
        let Some((start, separator)) = one.list else {
            return Vec::new();
        };
        let before = TextRange::new(start, one.outer_start).slice(self.text);
        before
            .split(separator)
            .map(|item| item.trim().to_owned())
            .filter(|it| !it.is_empty())
            .collect()
    }

    fn add(&mut self, one: &Expectation, candidate: Candidate) {
        self.add_from(one.start as usize, candidate);
    }

    fn add_from(&mut self, at: usize, candidate: Candidate) {
        if self.seen.insert(candidate.label.clone().into_owned()) {
            let end = self.list.site.word_behind(&SIGNS);
            self.list.add(candidate, self.start.saturating_add(at), end);
        }
    }

    fn words(&mut self, one: &Expectation, earlier: &[String]) {
        for word in one.spec.words {
            if !earlier.iter().any(|item| item == word.text) {
                self.add(
                    one,
                    Candidate::new(word.text, ItemKind::Word).detail(word.means),
                );
            }
        }
    }

    fn of_kind(&mut self, one: &Expectation, earlier: &[String]) {
        match one.spec.kind {
            ValueKind::Bool => {
                for word in ["yes", "no", "true", "false"] {
                    let detail = describe(one.spec, word).unwrap_or_default();
                    self.add(one, Candidate::new(word, ItemKind::Word).detail(detail));
                }
            }
            ValueKind::Literal(text) => {
                self.add(
                    one,
                    Candidate::new(text, ItemKind::Word).detail(one.spec.means),
                );
            }
            ValueKind::RecordField => self.fields(one, earlier),
            ValueKind::Category => {
                let known = catalog::section("bounce-category-patterns").map(|it| it.known_words);
                for word in known.unwrap_or_default() {
                    self.add(one, Candidate::new(*word, ItemKind::Word));
                }
            }
            ValueKind::Ref(ReferenceKind::File) => self.paths(one, false),
            ValueKind::Ref(ReferenceKind::Directory) => self.paths(one, true),
            ValueKind::Ref(kind) => self.references(one, kind, earlier),
            ValueKind::DomainPattern => {
                self.add(
                    one,
                    Candidate::new("*", ItemKind::Word).detail("all domains"),
                );
                self.variables(one);
            }
            ValueKind::Cidr => {
                for client in CLIENTS {
                    let detail = describe(one.spec, client).unwrap_or_default();
                    self.add(one, Candidate::new(client, ItemKind::Value).detail(detail));
                }
            }
            ValueKind::Regex => {
                let mut candidate = Candidate::new("/pattern/", ItemKind::Value).text("/");
                let mut body = snippet::Snippet::default();
                body.literal("/");
                body.placeholder("pattern");
                body.literal("/");
                candidate.snippet = Some(body.finish().into());
                self.add(one, candidate.detail("a Perl-compatible expression"));
            }
            ValueKind::InlineSection(tag) => {
                let label = format!("<{tag}>");
                let mut body = snippet::Snippet::default();
                body.literal(&format!("{label}\n\t"));
                body.end();
                body.literal(&format!("\n</{tag}>"));
                let mut candidate = Candidate::new(label, ItemKind::Section).detail(one.spec.means);
                candidate.snippet = Some(body.finish().into());
                self.add(one, candidate);
            }
            _ => self.variables(one),
        }
    }

    /// A number with units behind it.
    fn units(&mut self, one: &Expectation, typed: &str) {
        for value in numbers::with_units(one.spec, typed) {
            let parsed = parse(one.spec, &prefixed(one.spec, &value), Context::default());
            if parsed.problems.is_empty() {
                let detail = describe(one.spec, &value).unwrap_or_default();
                self.add(one, Candidate::new(value, ItemKind::Unit).detail(detail));
            }
        }
    }

    /// A prefix such as `virtual-mta=`, alone and with each name that may follow.
    fn prefix(&mut self, one: &Expectation) {
        let Some(prefix) = one.spec.prefix else {
            return;
        };
        let glue = if one.spec.prefix_blank { " " } else { "" };
        let mut candidate = Candidate::new(prefix, ItemKind::Word).detail(one.spec.means);
        candidate = candidate.text(format!("{prefix}{glue}"));
        candidate.goes_on = true;
        self.add(one, candidate);
        if let ValueKind::Ref(kind) = one.spec.kind
            && !matches!(kind, ReferenceKind::File | ReferenceKind::Directory)
        {
            for known in self.known(kind, "") {
                let detail = described(known.kind);
                let text = format!("{prefix}{glue}{}", quoted(&known.name));
                self.add(
                    one,
                    Candidate::new(text, ItemKind::Reference).detail(detail),
                );
            }
        }
    }

    fn known(&mut self, kind: ReferenceKind, typed: &str) -> Vec<Known> {
        let mut known = offered(self.list, kind, typed);
        if kind == ReferenceKind::Queue {
            known.retain(|known| !known.name.contains(['*', '$', '[']));
        }
        known
    }

    fn references(&mut self, one: &Expectation, kind: ReferenceKind, earlier: &[String]) {
        for known in self.known(kind, &self.typed(one)) {
            if earlier.contains(&known.name) {
                continue;
            }
            let mut detail = described(known.kind).to_owned();
            if known.is_folklore {
                detail.push_str(", written in a way that PowerMTA does not know");
            }
            let text = if one.is_quoted {
                known.name.clone()
            } else {
                quoted(&known.name)
            };
            let candidate = Candidate::new(known.name, ItemKind::Reference).text(text);
            self.add(one, candidate.detail(detail));
        }
        if matches!(
            kind,
            ReferenceKind::VirtualMta | ReferenceKind::VirtualMtaOrPool
        ) {
            let candidate = Candidate::new(BUILT_IN, ItemKind::Reference);
            self.add(one, candidate.detail("the VirtualMTA that is always there"));
        }
    }

    /// The columns of the record type that the value names.
    fn fields(&mut self, one: &Expectation, earlier: &[String]) {
        let word = self.text.split([' ', '\t']).next().unwrap_or_default();
        let of_type = catalog::record_type(word).map(|kind| kind.fields);
        let typed = self.typed(one);
        let is_negated = typed.starts_with('!');
        let has_all = earlier.iter().any(|item| item == "*");
        // Only what holds many fields can lose some.
        let is_selection = one.list.is_some();
        if is_selection && !is_negated && earlier.is_empty() {
            self.add(
                one,
                Candidate::new("*", ItemKind::Word).detail("all default fields"),
            );
        }
        let names: Vec<&str> = match of_type {
            Some(fields) => fields.to_vec(),
            None => RECORD_FIELDS.iter().map(|field| field.name).collect(),
        };
        let is_there = |name: &str| {
            earlier
                .iter()
                .any(|item| item.trim_start_matches('!') == name)
        };
        let names: Vec<&str> = names.into_iter().filter(|name| !is_there(name)).collect();
        let means = |name| catalog::record_field(name).map_or("", |field| field.means);
        if !is_negated {
            for name in &names {
                let open = name.strip_suffix('*');
                let mut candidate = Candidate::new(open.unwrap_or(name), ItemKind::Field);
                candidate.goes_on = open.is_some();
                self.add(one, candidate.detail(means(name)));
            }
        }
        if is_negated || (has_all && is_selection) {
            for name in names
                .iter()
                .filter(|name| !name.ends_with('*') && **name != "type")
            {
                let candidate = Candidate::new(format!("!{name}"), ItemKind::Field);
                self.add(one, candidate.detail(format!("without: {}", means(name))));
            }
        }
    }

    /// Macros and run-time variables, where `$` was begun; macros also where one may begin.
    fn variables(&mut self, one: &Expectation) {
        let typed = self.typed(one);
        let dollar = typed.rfind('$');
        let takes_macros = one.spec.macros || matches!(one.spec.kind, ValueKind::MacroItem);
        let at = (one.start as usize).saturating_add(dollar.unwrap_or_default());
        if takes_macros && (dollar.is_some() || typed.is_empty()) {
            for known in self.known(ReferenceKind::DomainMacro, "") {
                let candidate = Candidate::new(format!("${}", known.name), ItemKind::Macro);
                self.add_from(at, candidate.detail("domain macro"));
            }
        }
        if dollar.is_some() {
            for name in one.spec.variables {
                self.add_from(
                    at,
                    Candidate::new(*name, ItemKind::Macro).detail("run-time variable"),
                );
            }
        }
    }

    fn paths(&mut self, one: &Expectation, is_folder: bool) {
        let start = self.start.saturating_add(one.start as usize);
        paths::complete(self.list, start, is_folder);
    }

    /// The default, and what the example shows.
    fn defaults(&mut self, one: &Expectation) {
        let spec = &self.entry.value;
        if let Some(default) = self.entry.default
            && one.start == 0
            && !one.is_quoted
        {
            let parsed = parse(spec, default, Context::default());
            if parsed.problems.is_empty() && parsed.rest.is_empty() && !parsed.pieces.is_empty() {
                self.add(
                    one,
                    Candidate::new(default, ItemKind::Value).detail("default"),
                );
            }
        }
        let line = self
            .entry
            .example
            .lines()
            .map(str::trim)
            .find(|line| !line.is_empty());
        let value = line
            .and_then(|line| line.strip_prefix(self.entry.name))
            .unwrap_or_default()
            .trim();
        if !shows_more(one.spec) {
            return;
        }
        let pieces = parse(spec, value, Context::default()).pieces;
        let own = |piece: &&Piece| std::ptr::eq(piece.spec, one.spec);
        for piece in pieces.iter().filter(own) {
            let text = piece.range.slice(value);
            if !text.is_empty() {
                self.add(
                    one,
                    Candidate::new(text.to_owned(), ItemKind::Value).detail("example"),
                );
            }
        }
    }
}

/// Whether an example tells more than the words of the spec do.
fn shows_more(spec: &ValueSpec) -> bool {
    let is_path = |kind| matches!(kind, ReferenceKind::File | ReferenceKind::Directory);
    match spec.kind {
        ValueKind::Ref(kind) => is_path(kind),
        ValueKind::Bool
        | ValueKind::Enum
        | ValueKind::Literal(_)
        | ValueKind::Regex
        | ValueKind::RecordField
        | ValueKind::InlineSection(_) => false,
        _ => true,
    }
}

/// Whether an action may follow those that stand there.
fn may_follow(spec: &ValueSpec, earlier: &[String]) -> bool {
    let is_there = |name: &str| {
        earlier.iter().any(|item| {
            item == name
                || item
                    .split_once(['=', ':'])
                    .is_some_and(|(key, _)| key == name)
        })
    };
    let name = match (spec.prefix, spec.kind) {
        (Some(prefix), _) => prefix.trim_end_matches(['=', ':']),
        (None, ValueKind::Literal(text)) => text,
        _ => "",
    };
    let is_excluded = spec.excludes.iter().any(|other| is_there(other));
    let lacks = !spec.before.is_empty() && !spec.before.iter().any(|other| is_there(other));
    let is_again = !name.is_empty() && is_there(name);
    !is_excluded && !lacks && !is_again
}

/// The value with the prefix that it stands behind.
fn prefixed(spec: &ValueSpec, value: &str) -> String {
    format!("{}{value}", spec.prefix.unwrap_or_default())
}

/// The name as it is written: in quotes where it holds blanks.
fn quoted(name: &str) -> String {
    if name.contains([' ', '\t', ',', '#']) {
        format!("\"{name}\"")
    } else {
        name.to_owned()
    }
}
