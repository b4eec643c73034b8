//! Every directive and every section in every place: silent where it may stand, one finding where it
//! may not.

use std::collections::BTreeSet;

use pmta_analysis::catalog::{self, DIRECTIVES, Directive, Place, SECTIONS, Section};
use pmta_analysis::diagnostics::Group;
use pmta_analysis::document::Document;

/// The findings of a text: `code: message`. What is old or risky may be so in any place.
fn findings(text: &str) -> Vec<String> {
    let document = Document::new(text);
    document
        .findings()
        .iter()
        .filter(|finding| !matches!(finding.rule.group, Group::Security | Group::Versions))
        .map(|finding| format!("{}: {}", finding.rule.code, finding.message))
        .collect()
}

/// The section of the catalog's example, without the sections around it.
fn example(section: &Section) -> String {
    let name = format!("<{}", section.name);
    let end = format!("</{}>", section.name);
    let starts = section
        .example
        .match_indices(name.as_str())
        .filter(|(start, _)| {
            section
                .example
                .get(start.saturating_add(name.len())..)
                .is_some_and(|rest| rest.starts_with(['>', ' ']))
        });
    let start = starts.map(|(start, _)| start).next().unwrap_or_default();
    let last = section
        .example
        .rfind(&end)
        .map_or(section.example.len(), |at| at.saturating_add(end.len()));
    section
        .example
        .get(start..last)
        .unwrap_or_default()
        .to_owned()
}

/// The opening tag that the section's example shows.
fn opening_tag(section: &Section) -> String {
    let example = example(section);
    example
        .split_inclusive('>')
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// The lines inside the sections that lead to `place`, from the top level on.
fn inside_sections(place: Place, body: &str) -> String {
    let Some(section) = place.section() else {
        return format!("# pmta-ls: place=global\n{body}\n");
    };
    let block = format!("{}\n{body}\n</{}>", opening_tag(section), section.name);
    let is_at_top = section.nests_in.contains(&Place::GLOBAL);
    let outer = if is_at_top {
        Place::GLOBAL
    } else {
        section.nests_in.first().copied().unwrap_or(Place::GLOBAL)
    };
    inside_sections(outer, &block)
}

/// The lines in a file that is included there.
fn as_fragment(place: Place, body: &str) -> String {
    format!("# pmta-ls: place={}\n{body}\n", place.name())
}

/// The line of the example that holds the directive itself, if it stands on a line of its own.
fn own_line(directive: &Directive) -> Option<&'static str> {
    directive.example.lines().map(str::trim).find(|line| {
        let is_own = match directive.name {
            "/REGEX/" => line.starts_with('/'),
            name => line.split_whitespace().next() == Some(name),
        };
        is_own && !line.contains('<')
    })
}

#[test]
fn directives_are_silent_in_their_places() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for directive in DIRECTIVES {
        let texts = [
            as_fragment(directive.place, directive.example),
            inside_sections(directive.place, directive.example),
        ];
        for text in texts {
            count += 1;
            let found = findings(&text);
            if !found.is_empty() {
                wrong.push(format!("{text}  {}", found.join("\n  ")));
            }
        }
    }
    println!(
        "{count} texts with {} directives in their places",
        DIRECTIVES.len()
    );
    assert!(
        wrong.is_empty(),
        "{} of {count} are not silent:\n{}",
        wrong.len(),
        wrong.join("\n\n")
    );
}

#[test]
fn directives_are_reported_once_elsewhere() {
    let names: BTreeSet<&str> = DIRECTIVES.iter().map(|directive| directive.name).collect();
    let mut wrong = Vec::new();
    let (mut count, mut folklore) = (0, 0);
    for name in names {
        let Some(line) = catalog::directives_named(name).iter().find_map(own_line) else {
            continue;
        };
        for place in Place::all().filter(|place| catalog::directive_in(name, *place).is_none()) {
            let is_folklore = catalog::folklore_directive(name, place.name()).is_some();
            let code = if is_folklore {
                "folklore-directive: "
            } else {
                "misplaced-directive: "
            };
            for text in [as_fragment(place, line), inside_sections(place, line)] {
                count += 1;
                folklore += usize::from(is_folklore);
                let found = findings(&text);
                if !matches!(found.as_slice(), [only] if only.starts_with(code)) {
                    wrong.push(format!("{text}  {}", found.join("\n  ")));
                }
            }
        }
    }
    println!("{count} texts with a directive where it may not stand, {folklore} of them folklore");
    assert!(
        wrong.is_empty(),
        "{} of {count} are not reported once:\n{}",
        wrong.len(),
        wrong.join("\n\n")
    );
}

#[test]
fn sections_are_silent_in_their_places() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for section in SECTIONS {
        // A list inside its like has no line of its own: the example of the outer one shows it.
        for place in section
            .nests_in
            .iter()
            .filter(|place| **place != section.place)
        {
            for text in [
                as_fragment(*place, &example(section)),
                inside_sections(*place, &example(section)),
            ] {
                count += 1;
                let found = findings(&text);
                if !found.is_empty() {
                    wrong.push(format!("{text}  {}", found.join("\n  ")));
                }
            }
        }
    }
    println!(
        "{count} texts with {} sections in their places",
        SECTIONS.len()
    );
    assert!(
        wrong.is_empty(),
        "{} of {count} are not silent:\n{}",
        wrong.len(),
        wrong.join("\n\n")
    );
}

#[test]
fn sections_are_reported_once_elsewhere() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for section in SECTIONS {
        for place in Place::all().filter(|place| !section.nests_in.contains(place)) {
            for text in [
                as_fragment(place, &example(section)),
                inside_sections(place, &example(section)),
            ] {
                count += 1;
                let found = findings(&text);
                if !matches!(found.as_slice(), [only] if only.starts_with("misplaced-section: ")) {
                    wrong.push(format!("{text}  {}", found.join("\n  ")));
                }
            }
        }
    }
    println!("{count} texts with a section where it may not stand");
    assert!(
        wrong.is_empty(),
        "{} of {count} are not reported once:\n{}",
        wrong.len(),
        wrong.join("\n\n")
    );
}
