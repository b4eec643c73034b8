//! What one entry alone cannot show to be wrong.

use std::collections::BTreeSet;

use crate::load::Catalog;
use crate::spec::{self, REFERENCES};
use crate::tables::{Deprecated, FolkloreDirective, Since};

pub(crate) const VERSIONS: [(&str, &str); 5] = [
    ("3.5", "V3_5"),
    ("4.0", "V4_0"),
    ("4.5", "V4_5"),
    ("5.0r1", "V5_0R1"),
    ("5.0-2020", "V5_0In2020"),
];
pub(crate) const ARGUMENTS: [&str; 6] = [
    "cidr-or-name",
    "cidr-port",
    "directory",
    "domain-pattern",
    "file-or-pipe",
    "name",
];
const STATUSES: [&str; 3] = ["documented", "legacy", "observed"];
const CONFIDENCES: [&str; 3] = ["high", "low", "medium"];
const FIXES: [&str; 6] = [
    "delete",
    "merge",
    "move",
    "rename",
    "rename-and-convert",
    "restructure",
];
/// Kinds that take parameters, for which `kinds.toml` has a text too.
const COMPOUND_KINDS: [&str; 7] = [
    "any-of",
    "composite",
    "enum",
    "inline-section",
    "list",
    "literal",
    "ref",
];

/// Collects what is wrong.
struct Checker<'a> {
    catalog: &'a Catalog,
    problems: Vec<String>,
}

/// Fails with all that is wrong, one problem a line.
pub(crate) fn check(catalog: &Catalog) -> Result<(), String> {
    let mut checker = Checker {
        catalog,
        problems: Vec::new(),
    };
    checker.sections();
    checker.directives();
    checker.names();
    checker.kinds();
    checker.records();
    checker.folklore_directives();
    checker.folklore_sections();
    checker.folklore_rows();
    checker.folklore_conversions();
    if checker.problems.is_empty() {
        Ok(())
    } else {
        Err(checker.problems.join("\n"))
    }
}

impl Checker<'_> {
    fn wrong(&mut self, at: &str, what: impl std::fmt::Display) {
        self.problems.push(format!("{at}: {what}"));
    }

    fn is_place(&self, name: &str) -> bool {
        name == "global" || self.catalog.sections.contains_key(name)
    }

    fn is_directive(&self, name: &str) -> bool {
        self.catalog.directives.iter().any(|one| one.name == name)
    }

    fn stands_in(&self, name: &str, place: &str) -> bool {
        self.catalog
            .directives
            .iter()
            .any(|one| one.name == name && one.place == place)
    }

    fn one_of(&mut self, at: &str, what: &str, value: Option<&str>, known: &[&str]) {
        if let Some(value) = value.filter(|value| !known.contains(value)) {
            self.wrong(
                at,
                format!("{what} `{value}` is none of {}", known.join(", ")),
            );
        }
    }

    fn places(&mut self, at: &str, what: &str, places: &[String]) {
        for place in places {
            if !self.is_place(place) {
                self.wrong(at, format!("{what}: there is no place `{place}`"));
            }
        }
    }

    fn since(&mut self, at: &str, since: Option<&Since>) {
        self.version(at, since.and_then(|since| since.parts().0));
    }

    fn version(&mut self, at: &str, version: Option<&str>) {
        let known = VERSIONS.map(|(name, _)| name);
        self.one_of(at, "version", version, &known);
    }

    fn deprecated(&mut self, at: &str, deprecated: Option<&Deprecated>) {
        let removed = deprecated.and_then(|one| one.removed.as_deref());
        self.version(at, removed);
        if deprecated.is_some_and(|one| one.equal && one.replacement.is_none()) {
            self.wrong(at, "equal without replacement");
        }
    }

    fn text(&mut self, at: &str, what: &str, text: &str) {
        if text.trim().is_empty() {
            self.wrong(at, format!("{what} is empty"));
        }
    }

    fn sections(&mut self) {
        for (name, section) in &self.catalog.sections {
            let at = format!("sections.toml: [{name}]");
            self.one_of(&at, "argument", section.argument.as_deref(), &ARGUMENTS);
            if section.argument.is_none() && section.argument_required.is_some() {
                self.wrong(&at, "argument-required without argument");
            }
            self.places(&at, "argument-optional-in", &section.argument_optional_in);
            self.places(&at, "nests-in", &section.nests_in);
            if section.nests_in.is_empty() {
                self.wrong(&at, "it may stand nowhere");
            }
            for outer in &section.argument_optional_in {
                if !section.nests_in.contains(outer) {
                    self.wrong(
                        &at,
                        format!("argument-optional-in `{outer}`, where it may not stand"),
                    );
                }
            }
            if section
                .like
                .as_ref()
                .is_some_and(|like| !self.catalog.sections.contains_key(like))
            {
                self.wrong(&at, "like: there is no such section");
            }
            for defined in &section.defines {
                self.one_of(&at, "defines", Some(defined), &REFERENCES);
            }
            self.one_of(
                &at,
                "body",
                section.body.as_deref(),
                &["directives", "rules"],
            );
            let rules = section.body.as_deref() == Some("rules");
            if rules == section.results.is_empty() || rules != section.evaluation.is_some() {
                self.wrong(
                    &at,
                    "a body of rules, and no other, has evaluation and results",
                );
            }
            self.since(&at, section.since.as_ref());
            self.deprecated(&at, section.deprecated.as_ref());
            self.one_of(&at, "status", section.status.as_deref(), &STATUSES);
            self.one_of(
                &at,
                "confidence",
                section.confidence.as_deref(),
                &CONFIDENCES,
            );
            self.text(&at, "summary", &section.summary);
            if !section.example.starts_with('<') {
                self.wrong(&at, "the example shows the section with its tags");
            }
        }
    }

    fn directives(&mut self) {
        for one in &self.catalog.directives {
            let at = format!("{}.toml: [{}]", one.place, one.name);
            let table = &one.table;
            self.text(&at, "summary", &table.summary);
            self.text(&at, "example", &table.example);
            let shown = one.name == "/REGEX/"
                || table.example.lines().any(|line| {
                    line.split_whitespace()
                        .next()
                        .is_some_and(|word| word.eq_ignore_ascii_case(&one.name))
                });
            if !shown {
                self.wrong(&at, "the example does not show it");
            }
            if one.name != "/REGEX/" && one.name.chars().any(|sign| sign.is_ascii_uppercase()) {
                self.wrong(&at, "names are written in lower case");
            }
            for gotcha in &table.gotchas {
                self.text(&at, "a gotcha", gotcha);
            }
            self.one_of(&at, "defines", table.defines.as_deref(), &REFERENCES);
            let partners = [&table.needs, &table.works_with, &table.contradicts];
            let partners = || partners.into_iter().flatten();
            for partner in partners() {
                self.places(&at, "place", partner.place.as_slice());
                self.places(&at, "sections", &partner.sections);
                let names_nothing = partner.directives.is_empty()
                    && partner.sections.is_empty()
                    && partner.argument_begins.is_none();
                if names_nothing {
                    self.wrong(&at, "a partner names directives, sections or an argument");
                }
            }
            let named = partners()
                .flat_map(|partner| &partner.directives)
                .chain(&table.at_most)
                .chain(&table.ignored_with);
            for other in named {
                if !self.is_directive(other) {
                    self.wrong(&at, format!("there is no directive `{other}`"));
                }
            }
            if let Some(other) = &table.default_from
                && !self.stands_in(other, &one.place)
            {
                self.wrong(&at, format!("`{other}` does not stand in the same place"));
            }
            self.since(&at, table.since.as_ref());
            self.deprecated(&at, table.deprecated.as_ref());
            self.one_of(&at, "status", table.status.as_deref(), &STATUSES);
            self.one_of(&at, "confidence", table.confidence.as_deref(), &CONFIDENCES);
            if table.sources.is_empty() {
                self.wrong(&at, "no sources");
            }
        }
    }

    /// An alias is a name of its own, or another directive of the place that names this one too.
    fn names(&mut self) {
        let mut aliases = std::collections::BTreeMap::new();
        for one in &self.catalog.directives {
            let at = format!("{}.toml: [{}]", one.place, one.name);
            for alias in &one.table.aliases {
                let mut named = self
                    .catalog
                    .directives
                    .iter()
                    .filter(|other| other.name == *alias);
                if self.is_directive(alias)
                    && !named.any(|other| {
                        other.place == one.place && other.table.aliases.contains(&one.name)
                    })
                {
                    self.wrong(
                        &at,
                        format!("`{alias}`, in the same place, does not name it too"),
                    );
                }
                if aliases
                    .insert(alias, &one.name)
                    .is_some_and(|other| other != &one.name)
                {
                    self.wrong(
                        &at,
                        format!("alias `{alias}` is one of another directive too"),
                    );
                }
            }
        }
    }

    fn kinds(&mut self) {
        for name in self.catalog.kinds.keys() {
            if !spec::is_plain_kind(name) && !COMPOUND_KINDS.contains(&name.as_str()) {
                self.wrong("kinds.toml", format!("there is no kind `{name}`"));
            }
        }
        let compound = COMPOUND_KINDS.iter().copied();
        for name in compound.chain(spec::plain_kinds()) {
            if !self.catalog.kinds.contains_key(name) {
                self.wrong("kinds.toml", format!("`{name}` is missing"));
            }
        }
    }

    fn records(&mut self) {
        let known: BTreeSet<&str> = self
            .catalog
            .record_fields
            .iter()
            .map(|(name, _)| name.as_str())
            .collect();
        for kind in &self.catalog.record_types {
            for field in &kind.fields {
                if !known.contains(field.as_str()) && !field.ends_with("_*") {
                    let at = format!("records.toml: [types.{}]", kind.short);
                    self.wrong(&at, format!("[fields] does not say what `{field}` is"));
                }
            }
        }
    }

    fn folklore_directives(&mut self) {
        for (name, one) in &self.catalog.folklore.directives {
            let at = format!("folklore/directives.toml: [{name}]");
            if name.contains('_') || name.chars().any(|sign| sign.is_ascii_uppercase()) {
                self.wrong(&at, "names are written in lower case, with hyphens");
            }
            if one.only_in.is_empty() && self.is_directive(name) {
                self.wrong(
                    &at,
                    "it is genuine elsewhere: say in which places it is not (only-in)",
                );
            }
            for place in &one.only_in {
                if self.stands_in(name, place) {
                    self.wrong(&at, format!("it is genuine in `{place}`"));
                }
                if !self.is_place(place) && !self.catalog.folklore.sections.contains_key(place) {
                    self.wrong(&at, format!("only-in: there is no section `{place}`"));
                }
            }
            self.replacement(&at, one);
            if one.replacement.is_some() && one.replacement_places.is_empty() {
                self.wrong(&at, "say where the replacement stands (replacement-places)");
            }
            if one.equal_meaning && one.fix != "rename" {
                self.wrong(&at, "only a rename can be of equal meaning");
            }
            self.places(&at, "replacement-places", &one.replacement_places);
            self.one_of(&at, "fix", Some(&one.fix), &FIXES);
            self.one_of(&at, "references", one.references.as_deref(), &REFERENCES);
            self.one_of(&at, "confidence", one.confidence.as_deref(), &CONFIDENCES);
            self.text(&at, "explanation", &one.explanation);
            self.text(&at, "example", &one.example);
        }
    }

    /// What replaces an invented directive is there, and where it is said to be.
    fn replacement(&mut self, at: &str, one: &FolkloreDirective) {
        let Some(genuine) = &one.replacement else {
            if one.fix != "delete" || one.equal_meaning {
                self.wrong(
                    at,
                    "nothing replaces it, so the fix can only be to delete it",
                );
            }
            return;
        };
        if let Some(tag) = genuine.strip_prefix('<') {
            if !self
                .catalog
                .sections
                .contains_key(tag.trim_end_matches('>'))
            {
                self.wrong(at, format!("there is no section {genuine}"));
            }
            return;
        }
        if !self.is_directive(genuine) && !self.is_alias(genuine) {
            self.wrong(at, format!("there is no directive `{genuine}`"));
        }
        for place in &one.replacement_places {
            if self.is_place(place) && !self.allowed(genuine, place) {
                self.wrong(at, format!("`{genuine}` may not stand in `{place}`"));
            }
        }
    }

    /// Whether a directive of this name or alias may stand there.
    fn allowed(&self, name: &str, place: &str) -> bool {
        self.catalog.directives.iter().any(|one| {
            one.place == place
                && (one.name == name || one.table.aliases.iter().any(|alias| alias == name))
        })
    }

    fn is_alias(&self, name: &str) -> bool {
        self.catalog
            .directives
            .iter()
            .any(|one| one.table.aliases.iter().any(|alias| alias == name))
    }

    fn folklore_sections(&mut self) {
        for (name, one) in &self.catalog.folklore.sections {
            let at = format!("folklore/sections.toml: [{name}]");
            if self.catalog.sections.contains_key(name) {
                self.wrong(&at, "there is a genuine section of this name");
            }
            if let Some(place) = &one.body_of {
                self.places(&at, "body-of", std::slice::from_ref(place));
            }
            if one.rename_pair && one.body_of.is_none() {
                self.wrong(&at, "rename-pair needs body-of");
            }
            self.one_of(&at, "defines", one.defines.as_deref(), &REFERENCES);
            self.one_of(&at, "confidence", one.confidence.as_deref(), &CONFIDENCES);
            self.text(&at, "form", &one.form);
            self.text(&at, "example", &one.example);
            self.text(&at, "conversion", &one.conversion);
            if one.genuine.is_none() && one.rename_pair {
                self.wrong(&at, "rename-pair needs genuine");
            }
        }
    }

    fn folklore_rows(&mut self) {
        for one in &self.catalog.folklore.values {
            let at = format!("folklore/values.toml: `{}`", one.example);
            self.places(&at, "places", &one.places);
            if one.directives.is_empty() {
                self.wrong(&at, "a row is about directives");
            }
            for name in &one.directives {
                if !self.is_directive(name) && !self.is_alias(name) {
                    self.wrong(&at, format!("there is no directive `{name}`"));
                }
            }
            if !one.pattern.starts_with('^') || !one.pattern.ends_with('$') {
                self.wrong(&at, "the pattern is anchored at both ends");
            }
            if one.safe && one.replacement.is_none() {
                self.wrong(&at, "nothing to replace it with can be safe");
            }
            self.text(&at, "genuine", &one.genuine);
            self.text(&at, "explanation", &one.explanation);
        }
        let mut seen = BTreeSet::new();
        for one in &self.catalog.folklore.scopes {
            let at = format!("folklore/scopes.toml: `{}`", one.genuine);
            self.places(&at, "places", &one.places);
            for name in &one.directives {
                if !self.is_directive(name) {
                    self.wrong(&at, format!("there is no directive `{name}`"));
                }
                for place in &one.places {
                    if self.stands_in(name, place) {
                        self.wrong(&at, format!("`{name}` may stand in `{place}`"));
                    }
                    if !seen.insert((name, place)) {
                        self.wrong(&at, format!("`{name}` in `{place}` is described twice"));
                    }
                }
            }
            self.places(&at, "into", one.into.as_slice());
            if let Some(genuine) = &one.rename_to {
                for place in &one.places {
                    if !self.stands_in(genuine, place) {
                        self.wrong(&at, format!("`{genuine}` may not stand in `{place}`"));
                    }
                }
            }
            self.text(&at, "explanation", &one.explanation);
        }
    }

    fn folklore_conversions(&mut self) {
        for one in &self.catalog.folklore.conversions {
            let at = format!("folklore/conversions.toml: {:?}", one.names);
            for name in &one.names {
                let tag = name.strip_prefix('<').and_then(|it| it.strip_suffix('>'));
                let is_known = match tag {
                    Some(tag) => self.catalog.folklore.sections.contains_key(tag),
                    None => {
                        self.catalog.folklore.directives.contains_key(name)
                            || self.is_directive(name)
                    }
                };
                if !is_known {
                    self.wrong(&at, format!("nobody knows `{name}`"));
                }
            }
            for tag in &one.places {
                if !self.is_place(tag) && !self.catalog.folklore.sections.contains_key(tag) {
                    self.wrong(&at, format!("places: there is no section `{tag}`"));
                }
            }
            self.places(&at, "into", one.into.as_slice());
            if let Some(pattern) = &one.pattern
                && !(pattern.starts_with('^') && pattern.ends_with('$'))
            {
                self.wrong(&at, "the pattern is anchored at both ends");
            }
            let kinds = [!one.lines.is_empty(), one.delete, one.decision.is_some()];
            if kinds.iter().filter(|is_there| **is_there).count() != 1 {
                self.wrong(&at, "a row has either lines, or delete, or a decision");
            }
            if one.into.is_none() != one.lines.is_empty() {
                self.wrong(&at, "say where the lines belong (into)");
            }
            let says_so =
                |decision: &String| decision.starts_with("Decide ") && decision.ends_with('.');
            if one
                .decision
                .as_ref()
                .is_some_and(|decision| !says_so(decision))
            {
                self.wrong(&at, "a decision is a sentence that begins with `Decide`");
            }
        }
    }
}
