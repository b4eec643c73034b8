//! `pmta-ls explain`: what is known about a name.

mod directive;
mod kind;
mod page;
mod section;

use pmta_analysis::catalog::{
    self, FOLKLORE_DIRECTIVES, FOLKLORE_SECTIONS, KINDS, Since, Status, Version,
};
use pmta_analysis::diagnostics::page::page as rule_page;
use pmta_analysis::diagnostics::{RULES, Rule};
use pmta_analysis::pages;
use pmta_analysis::syntax::normalise;

use super::arguments::Explain;
use super::output::{self, Output, tell};
use page::Page;

/// Most names that are offered in place of an unknown one.
const MOST_NAMES: usize = 5;

/// Prints all that is known about a name.
pub(crate) fn explain(arguments: &Explain) -> output::Status {
    let output = Output::standard();
    let mut page = Page::new(output.width());
    let name = arguments.name.trim();
    describe(name, &mut page);
    if page.is_empty() {
        let near = nearest(name);
        tell(&if near.is_empty() {
            format!("pmta-ls: `{name}` is no name that is known here")
        } else {
            format!(
                "pmta-ls: `{name}` is no name that is known here; did you mean {}?",
                near.join(", ")
            )
        });
        return output::Status::Failure;
    }
    output.print(output::Status::Success, |out| {
        out.write_all(page.text().as_bytes())
    })
}

/// Writes about everything that has this name.
fn describe(name: &str, page: &mut Page) {
    let is_tag = name.starts_with('<');
    let tag = if is_tag {
        name.trim_matches(['<', '/', '>'])
    } else {
        name
    };
    let plain = normalise(tag);
    if !is_tag {
        directive::describe(&plain, page);
    }
    if let Some(section) = catalog::section(&plain) {
        section::describe(section, page);
    }
    if !is_tag {
        let asked = tag.to_ascii_lowercase();
        if let Some(rule) = RULES.iter().find(|rule| rule.code == asked) {
            describe_rule(rule, page);
        }
        if let Some(kind) = KINDS.iter().find(|kind| kind.name == asked) {
            kind::describe(kind, page);
        }
        let invented = FOLKLORE_DIRECTIVES
            .iter()
            .filter(|folklore| plain.eq_ignore_ascii_case(folklore.name));
        for folklore in invented {
            directive::describe_folklore(folklore, page);
        }
    }
    if let Some(folklore) = catalog::folklore_section(&plain) {
        section::describe_folklore(folklore, page);
    }
}

/// Writes the page that `docs/rules` has of a rule.
fn describe_rule(rule: &Rule, page: &mut Page) {
    page.heading(rule.code);
    let markdown = rule_page(rule);
    page.markdown(markdown.split_once('\n').map_or("", |(_, rest)| rest));
    page.gap();
    page.field("Page", &pages::rule(rule.code));
}

/// Known names that resemble an unknown one, the most alike first.
fn nearest(name: &str) -> Vec<&'static str> {
    let wanted = normalise(name.trim_matches(['<', '>', '/'])).to_ascii_lowercase();
    let most = (wanted.chars().count() / 3).clamp(1, 4);
    let names = catalog::DIRECTIVES
        .iter()
        .map(|directive| directive.name)
        .chain(catalog::SECTIONS.iter().map(|section| section.name))
        .chain(RULES.iter().map(|rule| rule.code))
        .chain(KINDS.iter().map(|kind| kind.name))
        .chain(FOLKLORE_DIRECTIVES.iter().map(|folklore| folklore.name))
        .chain(FOLKLORE_SECTIONS.iter().map(|folklore| folklore.name));
    let mut near: Vec<(usize, &'static str)> = names
        .filter_map(|known| {
            let distance = strsim::damerau_levenshtein(&wanted, known);
            let holds = wanted.len() >= 4 && known.contains(wanted.as_str());
            (distance <= most || holds)
                .then_some((if holds { distance.min(most) } else { distance }, known))
        })
        .collect();
    near.sort_unstable();
    near.dedup();
    near.into_iter()
        .map(|(_, name)| name)
        .take(MOST_NAMES)
        .collect()
}

fn since(since: Option<Since>) -> Option<String> {
    let since = since?;
    let version = match since.version {
        Some(Version::V3_5) => "3.5",
        Some(Version::V4_0) => "4.0",
        Some(Version::V4_5) => "4.5",
        Some(Version::V5_0R1) => "5.0r1 (2019)",
        Some(Version::V5_0In2020) => "5.0 (2020)",
        None => "",
    };
    let text = [version, since.note]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ");
    (!text.is_empty()).then_some(text)
}

fn status(status: Status) -> Option<&'static str> {
    match status {
        Status::Documented => None,
        Status::Observed => Some("seen in working configurations, described in no guide"),
        Status::Legacy => Some("known from old versions only"),
    }
}

/// How a place is written: `<domain>`, or `the top level`.
fn place_name(place: catalog::Place) -> String {
    place.section().map_or_else(
        || "the top level".to_owned(),
        |section| format!("<{}>", section.name),
    )
}

fn place_names(places: &[catalog::Place]) -> String {
    places
        .iter()
        .map(|place| place_name(*place))
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn explained(name: &str) -> String {
        let mut page = Page::new(80);
        describe(name, &mut page);
        page.text().to_owned()
    }

    #[test]
    fn every_name_has_something_to_be_said() {
        let names = catalog::DIRECTIVES
            .iter()
            .map(|directive| directive.name)
            .chain(catalog::ALIASES.iter().map(|(alias, _)| *alias))
            .chain(catalog::SECTIONS.iter().map(|section| section.name))
            .chain(RULES.iter().map(|rule| rule.code))
            .chain(KINDS.iter().map(|kind| kind.name))
            .chain(FOLKLORE_DIRECTIVES.iter().map(|folklore| folklore.name))
            .chain(FOLKLORE_SECTIONS.iter().map(|folklore| folklore.name));
        let mut count = 0;
        for name in names {
            count += 1;
            assert!(explained(name).len() > 40, "{name}: {}", explained(name));
        }
        assert!(count > 500, "{count}");
    }

    #[test]
    fn every_explanation_names_its_page() {
        let directives = catalog::DIRECTIVES.iter().map(|it| it.name);
        let sections = catalog::SECTIONS.iter();
        let invented = FOLKLORE_DIRECTIVES.iter().map(|it| it.name);
        let invented_sections = FOLKLORE_SECTIONS.iter().map(|it| it.name);
        let pages = (directives.map(|name| (name, pages::directive(name))))
            .chain(sections.map(|it| (it.name, pages::place(it.place))))
            .chain(RULES.iter().map(|it| (it.code, pages::rule(it.code))))
            .chain(KINDS.iter().map(|it| (it.name, pages::kind(it.name))))
            .chain(invented.map(|name| (name, pages::folklore_directive(name))))
            .chain(invented_sections.map(|name| (name, pages::folklore_section(name))));
        for (name, page) in pages {
            let line = format!("  Page: {page}\n");
            assert!(
                explained(name).contains(&line),
                "{name}: {}",
                explained(name)
            );
        }
    }

    #[test]
    fn names_are_found_however_they_are_written() {
        for name in ["Max-SMTP-Out", "max_smtp_out"] {
            assert!(explained(name).starts_with("max-smtp-out"), "{name}");
        }
        for name in ["<virtual-mta>", "</virtual-mta>", "VIRTUAL-MTA"] {
            assert!(
                explained(name).contains("<virtual-mta NAME>")
                    || explained(name).contains("<virtual-mta"),
                "{name}"
            );
        }
        assert!(explained("no-such-name").is_empty());
        assert_eq!(nearest("max-smtp-ot").first(), Some(&"max-smtp-out"));
        assert!(nearest("zzzzzz").is_empty());
    }

    #[test]
    fn lines_are_no_wider_than_the_page_unless_they_are_code() {
        for directive in catalog::DIRECTIVES {
            for line in explained(directive.name)
                .lines()
                .filter(|line| !line.starts_with("    "))
            {
                let has_long_word = line.split(' ').any(|word| word.chars().count() > 60);
                assert!(
                    line.chars().count() <= 80 || has_long_word,
                    "{}: {line}",
                    directive.name
                );
            }
        }
    }
}
