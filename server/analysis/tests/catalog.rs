//! The catalog as data: complete, consistent, and in agreement with the module that reads values.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use pcre2::bytes::Regex;
use pmta_analysis::catalog::{
    self, ALIASES, BodyKind, DIRECTIVES, Directive, FOLKLORE_DIRECTIVES, FOLKLORE_SCOPES,
    FOLKLORE_SECTIONS, FOLKLORE_VALUES, FolkloreFix, KINDS, Place, RECORD_FIELDS, RECORD_TYPES,
    SECTIONS, ValueKind, ValueSpec,
};
use pmta_analysis::value::{self, Context};
use serde_json::Value;

/// The value in an example line of the directive.
fn values_in(directive: &Directive) -> Vec<String> {
    let lines = directive.example.lines().map(str::trim);
    if directive.name == "/REGEX/" {
        return lines
            .filter_map(|line| line.rsplit_once("/ "))
            .map(|(_, value)| value.into())
            .collect();
    }
    let names = |line: &&str| {
        line.split_whitespace()
            .next()
            .is_some_and(|word| word.eq_ignore_ascii_case(directive.name))
    };
    let value = |line: &str| {
        line.split_once(char::is_whitespace)
            .map_or("", |(_, value)| value)
            .trim()
            .into()
    };
    lines.filter(names).map(value).collect()
}

fn walk(spec: &'static ValueSpec, visit: &mut impl FnMut(&'static ValueSpec)) {
    visit(spec);
    match spec.kind {
        ValueKind::List { item, .. } => walk(item, visit),
        ValueKind::Composite(parts) => parts.iter().for_each(|part| walk(&part.value, visit)),
        ValueKind::AnyOf(of) => of.iter().for_each(|one| walk(one, visit)),
        _ => {}
    }
}

#[test]
fn tables_are_sorted_and_without_doubles() {
    println!(
        "{} directives in {} places, {} sections, {} kinds, {} record types, {} record fields",
        DIRECTIVES
            .iter()
            .map(|one| one.name)
            .collect::<BTreeSet<_>>()
            .len(),
        DIRECTIVES.len(),
        SECTIONS.len(),
        KINDS.len(),
        RECORD_TYPES.len(),
        RECORD_FIELDS.len()
    );
    println!(
        "folklore: {} directives, {} sections, {} values, {} scopes",
        FOLKLORE_DIRECTIVES.len(),
        FOLKLORE_SECTIONS.len(),
        FOLKLORE_VALUES.len(),
        FOLKLORE_SCOPES.len()
    );
    assert!(DIRECTIVES.is_sorted_by_key(|one| (one.name.to_ascii_lowercase(), one.place)));
    assert!(SECTIONS.is_sorted_by(|one, other| one.name < other.name));
    assert!(ALIASES.is_sorted_by(|one, other| one < other));
    assert!(KINDS.is_sorted_by(|one, other| one.name < other.name));
    assert!(FOLKLORE_DIRECTIVES.is_sorted_by(|one, other| one.name < other.name));
    assert!(FOLKLORE_SECTIONS.is_sorted_by(|one, other| one.name < other.name));
    let scope = |one: &catalog::FolkloreScope| (one.directive, one.place);
    assert!(FOLKLORE_SCOPES.is_sorted_by(|one, other| scope(one) < scope(other)));
    let places: BTreeSet<(&str, Place)> =
        DIRECTIVES.iter().map(|one| (one.name, one.place)).collect();
    assert_eq!(places.len(), DIRECTIVES.len());
}

#[test]
fn every_entry_is_found_by_its_name() {
    for directive in DIRECTIVES {
        for name in [
            directive.name.to_owned(),
            directive.name.to_ascii_uppercase(),
        ] {
            let found = catalog::directive_in(&name, directive.place).expect(&name);
            assert_eq!(found.name, directive.name);
            assert!(catalog::is_known_name(&name));
        }
        assert!(catalog::directives_of(directive.place).any(|one| one.name == directive.name));
    }
    for section in SECTIONS {
        let found = catalog::section(&section.name.to_ascii_uppercase()).expect(section.name);
        assert_eq!(found.place, section.place);
        assert_eq!(Place::named(section.name), Some(section.place));
    }
    for folklore in FOLKLORE_SECTIONS {
        assert_eq!(
            catalog::folklore_section(folklore.name)
                .expect(folklore.name)
                .name,
            folklore.name
        );
        assert!(
            catalog::section(folklore.name).is_none(),
            "{}",
            folklore.name
        );
    }
    for scope in FOLKLORE_SCOPES {
        let found = catalog::folklore_scope(scope.directive, scope.place).expect(scope.directive);
        assert_eq!(found.genuine, scope.genuine);
        assert!(
            catalog::directive_in(scope.directive, scope.place).is_none(),
            "{}",
            scope.directive
        );
    }
    assert_eq!(Place::all().count(), SECTIONS.len() + 1);
}

#[test]
fn every_example_has_a_value_that_fits() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for directive in DIRECTIVES {
        let values = values_in(directive);
        assert!(
            !values.is_empty(),
            "{} in {}",
            directive.name,
            directive.place.name()
        );
        for value in values {
            count += 1;
            let parsed = value::parse(&directive.value, &value, Context::default());
            if !parsed.problems.is_empty() || !parsed.rest.is_empty() {
                wrong.push(format!(
                    "{} in {}: {value}: {parsed:?}",
                    directive.name,
                    directive.place.name()
                ));
            }
        }
    }
    println!("{count} examples");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn plain_defaults_fit() {
    let mut wrong = Vec::new();
    for directive in DIRECTIVES {
        let Some(default) = directive.default.filter(|default| !default.contains(' ')) else {
            continue;
        };
        // Of a value in parts, the default tells the last one only; nothing is written for no value.
        if matches!(directive.value.kind, ValueKind::Composite(_))
            || default.is_empty()
            || default == "\"\""
            || default == "none"
        {
            continue;
        }
        let parsed = value::parse(&directive.value, default, Context::default());
        if parsed
            .problems
            .iter()
            .any(|problem| problem.rule.code != "missing-unit")
        {
            wrong.push(format!(
                "{} in {}: {default}",
                directive.name,
                directive.place.name()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn specs_hold_together() {
    for directive in DIRECTIVES {
        walk(&directive.value, &mut |spec| {
            let at = directive.name;
            assert!(
                !matches!(spec.kind, ValueKind::Enum) || !spec.words.is_empty(),
                "{at}"
            );
            let words: BTreeSet<&str> = spec.words.iter().map(|word| word.text).collect();
            assert_eq!(words.len(), spec.words.len(), "{at}");
            if let (Some(min), Some(max)) = (spec.min, spec.max) {
                assert!(min <= max, "{at}");
            }
            if let Some(pattern) = spec.pattern {
                Regex::new(pattern).expect(at);
            }
            if let ValueKind::InlineSection(tag) = spec.kind {
                assert!(catalog::section(tag).is_some(), "{at}: <{tag}>");
            }
        });
        for word in directive
            .value
            .words
            .iter()
            .filter(|_| !directive.value.secret)
        {
            let parsed = value::parse(&directive.value, word.text, Context::default());
            assert!(
                parsed.problems.is_empty(),
                "{} {}: {:?}",
                directive.name,
                word.text,
                parsed.problems
            );
        }
    }
}

#[test]
fn sections_hold_together() {
    for section in SECTIONS {
        let directives = catalog::directives_of(section.place).count();
        let is_empty = section.name == "suppression-list";
        assert_eq!(directives == 0, is_empty, "<{}>", section.name);
        assert_eq!(
            section.body == BodyKind::Rules,
            !section.results.is_empty(),
            "<{}>",
            section.name
        );
        assert!(
            section.example.starts_with(&format!("<{}", section.name))
                || section.name == "email-patterns"
        );
        assert!(section.example.ends_with('>'), "<{}>", section.name);
        for place in section.nests_in {
            assert!(
                Place::all().any(|known| known == *place),
                "<{}>",
                section.name
            );
        }
        let like = section.directives_of.section().expect("a section");
        assert_eq!(like.directives_of, like.place, "<{}>", section.name);
    }
    let defined: BTreeSet<_> = SECTIONS
        .iter()
        .flat_map(|section| section.defines.iter().copied())
        .chain(DIRECTIVES.iter().filter_map(|directive| directive.defines))
        .chain([
            catalog::ReferenceKind::File,
            catalog::ReferenceKind::Directory,
        ])
        .collect();
    for directive in DIRECTIVES {
        walk(&directive.value, &mut |spec| {
            if let ValueKind::Ref(kind) = spec.kind {
                assert!(
                    defined.contains(&kind),
                    "{}: nothing defines {kind:?}",
                    directive.name
                );
            }
        });
    }
}

#[test]
fn a_results_form_is_read_by_the_rules_value() {
    let reply = catalog::directives_named("reply").first().expect("reply");
    let list = catalog::section("smtp-pattern-list").expect("the section");
    for result in list.results {
        let needs = match result.form {
            form if form.starts_with("backoff-to-normal-after") => "mode=backoff,",
            form if form.starts_with("reenable-after") => "disable-source-ip,",
            _ => "",
        };
        let value = format!("/x/ {needs}{}", result.form.replace("DURATION", "10m"));
        let parsed = value::parse(&reply.value, &value, Context::default());
        assert!(parsed.problems.is_empty(), "{value}: {:?}", parsed.problems);
    }
}

#[test]
fn records_are_found_by_both_names() {
    for kind in RECORD_TYPES {
        assert_eq!(
            catalog::record_type(kind.short).map(|found| found.long),
            Some(kind.long)
        );
        assert_eq!(
            catalog::record_type(kind.long).map(|found| found.short),
            Some(kind.short)
        );
        for field in kind.fields.iter().filter(|field| !field.ends_with("_*")) {
            assert!(catalog::record_field(field).is_some(), "{field}");
        }
    }
    assert!(catalog::record_type("x").is_none());
    let records = catalog::directives_named("records")
        .first()
        .expect("records");
    let ValueKind::List { item, .. } = records.value.kind else {
        panic!("records is a list")
    };
    for kind in RECORD_TYPES {
        assert!(
            item.words.iter().any(|word| word.text == kind.short),
            "{}",
            kind.short
        );
        assert!(
            item.words.iter().any(|word| word.text == kind.long),
            "{}",
            kind.long
        );
    }
}

#[test]
fn kinds_accept_and_refuse_what_their_text_says() {
    let mut specs: BTreeMap<&str, ValueSpec> = BTreeMap::new();
    for directive in DIRECTIVES {
        walk(&directive.value, &mut |spec| {
            specs.insert(kind_name(spec.kind), ValueSpec::of(spec.kind));
        });
    }
    for kind in KINDS.iter().filter(|kind| !kind.valid.is_empty()) {
        let Some(spec) = specs.get(kind.name) else {
            panic!("no directive has a {}", kind.name)
        };
        let spec: &'static ValueSpec = Box::leak(Box::new(*spec));
        let is_clean = |text: &str| {
            let parsed = value::parse(spec, text, Context::default());
            parsed.problems.is_empty() && parsed.rest.is_empty()
        };
        for valid in kind.valid {
            assert!(is_clean(valid), "{}: {valid} is refused", kind.name);
        }
        for invalid in kind.invalid {
            assert!(!is_clean(invalid), "{}: {invalid} is accepted", kind.name);
        }
    }
}

/// Name of a kind as in the catalog's files: `DataRate` is `data-rate`.
fn kind_name(kind: ValueKind) -> &'static str {
    let shown = format!("{kind:?}");
    let variant: String = shown
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    let mut name = String::new();
    for (at, sign) in variant.char_indices() {
        if sign.is_ascii_uppercase() && at > 0 {
            name.push('-');
        }
        name.push(sign.to_ascii_lowercase());
    }
    KINDS
        .iter()
        .map(|kind| kind.name)
        .find(|known| *known == name)
        .unwrap_or_default()
}

#[test]
fn folklore_directives_are_found_where_they_are_folklore() {
    for folklore in FOLKLORE_DIRECTIVES {
        let places: Vec<&str> = if folklore.only_in.is_empty() {
            vec!["global", "domain", "nowhere-known"]
        } else {
            folklore.only_in.to_vec()
        };
        for place in places {
            for name in [
                folklore.name.to_owned(),
                folklore.name.to_uppercase(),
                folklore.name.replace('-', "_"),
            ] {
                let found = catalog::folklore_directive(&name, place);
                assert_eq!(
                    found.map(|found| found.name),
                    Some(folklore.name),
                    "{name} in {place}"
                );
                assert!(catalog::is_known_name(&name), "{name}");
            }
        }
        for directive in catalog::directives_named(folklore.name) {
            let here = catalog::folklore_directive(folklore.name, directive.place.name());
            assert!(
                here.is_none(),
                "{} is genuine in {}",
                folklore.name,
                directive.place.name()
            );
        }
        assert_eq!(
            folklore.fix == FolkloreFix::Delete,
            folklore.replacement.is_none(),
            "{}",
            folklore.name
        );
        assert_ne!(
            folklore.replacement,
            Some(folklore.name).filter(|_| folklore.only_in.is_empty())
        );
    }
}

#[test]
fn a_rename_of_equal_meaning_keeps_the_example_valid() {
    for folklore in FOLKLORE_DIRECTIVES
        .iter()
        .filter(|folklore| folklore.equal_meaning)
    {
        let replacement = folklore.replacement.expect(folklore.name);
        let Some(value) = folklore
            .example
            .split_once(' ')
            .map(|(_, value)| value.trim())
        else {
            continue;
        };
        // `name = value;` is repaired by rules about the syntax.
        let value = value
            .trim_start_matches("= ")
            .trim_end_matches(';')
            .trim_matches('"');
        for place in folklore.replacement_places {
            let genuine = catalog::directive_in(replacement, *place).expect(folklore.name);
            let parsed = value::parse(&genuine.value, value, Context::default());
            assert!(
                parsed.problems.is_empty(),
                "{replacement} {value}: {:?}",
                parsed.problems
            );
        }
    }
}

#[test]
fn folklore_values_match_their_example_and_nothing_genuine() {
    for row in FOLKLORE_VALUES {
        let pattern = Regex::new(row.pattern).expect(row.pattern);
        let (name, value) = row.example.split_once(' ').expect(row.example);
        let found = pattern
            .captures(value.trim().as_bytes())
            .expect("no limit is hit");
        assert!(
            found.is_some(),
            "{} does not match {}",
            row.pattern,
            row.example
        );
        assert!(
            row.directives.contains(&name),
            "{} is no example of {:?}",
            row.example,
            row.directives
        );
        for directive in DIRECTIVES
            .iter()
            .filter(|one| row.directives.contains(&one.name))
        {
            if !row.places.is_empty() && !row.places.contains(&directive.place) {
                continue;
            }
            let words = directive
                .value
                .words
                .iter()
                .map(|word| word.text.to_owned());
            for value in values_in(directive).into_iter().chain(words) {
                let is_wrong = pattern.is_match(value.as_bytes()).expect("no limit is hit");
                assert!(
                    !is_wrong,
                    "{} matches the genuine {} {value}",
                    row.pattern, directive.name
                );
            }
        }
        // The first line that shows the directive is right by the same catalog.
        for line in row.genuine.lines().map(str::trim) {
            let Some((name, value)) = line.split_once(' ') else {
                continue;
            };
            for directive in catalog::directives_named(name) {
                let parsed = value::parse(&directive.value, value, Context::default());
                let fits = parsed.problems.is_empty() && parsed.rest.is_empty();
                let elsewhere = directive.place.name() != "pattern-list" && name == "mail-from";
                assert!(fits || elsewhere, "{line}: {parsed:?}");
            }
        }
    }
}

#[test]
fn a_safe_replacement_leaves_a_value_that_fits() {
    for row in FOLKLORE_VALUES.iter().filter(|row| row.safe) {
        let pattern = Regex::new(row.pattern).expect(row.pattern);
        let (name, value) = row.example.split_once(' ').expect(row.example);
        let captures = pattern
            .captures(value.as_bytes())
            .expect("no limit")
            .expect("a match");
        let wrong = captures.name("wrong").expect("a part");
        let mut text = row.replacement.expect("a replacement").to_owned();
        for group in 1..captures.len() {
            let inside = captures
                .get(group)
                .map(|found| String::from_utf8_lossy(found.as_bytes()).into_owned());
            text = text.replace(&format!("${group}"), &inside.unwrap_or_default());
        }
        let repaired = format!("{}{text}{}", &value[..wrong.start()], &value[wrong.end()..]);
        let fits = catalog::directives_named(name).iter().any(|directive| {
            value::parse(&directive.value, &repaired, Context::default())
                .problems
                .is_empty()
        });
        assert!(fits, "{name} {repaired}");
    }
}

#[test]
fn similar_names_are_offered() {
    let domain = Place::named("domain");
    assert_eq!(
        catalog::nearest_directives("max-smtp-ot", domain).first(),
        Some(&"max-smtp-out")
    );
    assert_eq!(
        catalog::nearest_directives("max_msg_rat", domain).first(),
        Some(&"max-msg-rate")
    );
    assert_eq!(
        catalog::nearest_directives("MAX-MSG-RTAE", domain).first(),
        Some(&"max-msg-rate")
    );
    assert!(catalog::nearest_directives("utterly-different-thing", domain).is_empty());
    assert!(catalog::nearest_directives(&"x".repeat(100_000), domain).is_empty());
    assert!(catalog::nearest_directives("dkim-sig", None).contains(&"dkim-sign"));
    assert_eq!(
        catalog::nearest_sections("virtual-mta-pol"),
        ["virtual-mta-pool"]
    );
    assert_eq!(catalog::nearest_sections("domian"), ["domain"]);
    assert!(catalog::nearest_sections("").is_empty());
}

/// The collected facts, where they lie beside the workspace.
#[expect(
    clippy::disallowed_methods,
    reason = "a test may read what it compares with"
)]
fn facts(name: &str) -> Option<Vec<Value>> {
    let shared = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let text = std::fs::read_to_string(shared.join(name)).ok()?;
    text.lines()
        .map(|line| serde_json::from_str(line).ok())
        .collect()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

#[test]
fn nothing_of_the_facts_is_lost() {
    /// Widened on purpose: what is in use is no error.
    const OTHER_KIND: [(&str, &str); 0] = [];
    let (Some(directives), Some(sections)) = (
        facts("facts/directives.jsonl"),
        facts("facts/sections.jsonl"),
    ) else {
        return;
    };
    let mut compared = 0;
    for fact in &directives {
        let name = text(fact, "name");
        for place in fact["places"].as_array().expect("places") {
            let within = Place::named(text(place, "in")).expect("a place");
            let found =
                catalog::directive_in(name, within).unwrap_or_else(|| panic!("{name} in {place}"));
            let overlaid = |key: &str| {
                if place.get(key).is_some() {
                    place[key].clone()
                } else {
                    fact[key].clone()
                }
            };
            let kind = overlaid("value");
            if !OTHER_KIND.contains(&(name, within.name())) {
                assert_eq!(
                    kind.as_str(),
                    Some(kind_name(found.value.kind)),
                    "{name} in {}",
                    within.name()
                );
            }
            assert_eq!(
                overlaid("default").as_str(),
                found.default,
                "{name} in {}",
                within.name()
            );
            assert_eq!(
                overlaid("summary").as_str(),
                Some(found.summary),
                "{name} in {}",
                within.name()
            );
            // Examples are ours where the facts use names that belong to somebody.
            assert!(!found.example.is_empty(), "{name}");
            assert_eq!(
                overlaid("repeatable").as_bool(),
                Some(found.repeatable),
                "{name}"
            );
            assert_eq!(overlaid("syntax").as_str(), Some(found.syntax), "{name}");
            assert_eq!(overlaid("since").is_null(), found.since.is_none(), "{name}");
            assert_eq!(
                overlaid("deprecated").is_null(),
                found.deprecated.is_none(),
                "{name}"
            );
            assert_eq!(
                overlaid("secret").as_bool().unwrap_or(false),
                found.value.secret,
                "{name}"
            );
            assert_eq!(
                overlaid("clear").as_bool().unwrap_or(false),
                found.value.clear,
                "{name}"
            );
            for gotcha in overlaid("gotchas").as_array().expect("gotchas") {
                assert!(
                    found.gotchas.contains(&gotcha.as_str().expect("text")),
                    "{name}: {gotcha}"
                );
            }
            compared += 1;
        }
    }
    for fact in &sections {
        let found = catalog::section(text(fact, "name")).expect("a section");
        assert_eq!(text(fact, "summary"), found.summary);
        assert_eq!(text(fact, "example").trim_end(), found.example);
        assert_eq!(
            fact["argument"].is_null(),
            found.argument.is_none(),
            "<{}>",
            found.name
        );
        let inner: BTreeSet<&str> = fact["contains_sections"]
            .as_array()
            .expect("sections")
            .iter()
            .map(|tag| tag.as_str().expect("text"))
            .collect();
        let ours: BTreeSet<&str> = SECTIONS
            .iter()
            .filter(|section| section.nests_in.contains(&found.place))
            .map(|section| section.name)
            .collect();
        assert_eq!(inner, ours, "sections inside <{}>", found.name);
        for name in fact["body"]["directives"].as_array().into_iter().flatten() {
            let name = name.as_str().expect("text");
            assert!(
                catalog::directive_in(name, found.place).is_some(),
                "{name} in <{}>",
                found.name
            );
        }
    }
    println!(
        "{compared} places of directives and {} sections compared",
        sections.len()
    );
}

#[test]
fn no_folklore_is_lost() {
    let Some(directives) = facts("folklore/directives.jsonl") else {
        return;
    };
    let mut compared = 0;
    for fact in &directives {
        let name = text(fact, "name");
        let name = name.split(" (").next().unwrap_or(name);
        if name == "smtp-source-ip" {
            assert!(!catalog::directives_named(name).is_empty());
            continue;
        }
        if !catalog::directives_named(&name.replace('_', "-")).is_empty() && name.contains('_') {
            continue;
        }
        let lower = name.to_ascii_lowercase().replace('_', "-");
        let found = FOLKLORE_DIRECTIVES.iter().find(|one| one.name == lower);
        assert!(found.is_some(), "{name}");
        compared += 1;
    }
    println!("{compared} folklore names compared");
}
