//! Sections, explained.

use pmta_analysis::catalog::{self, FolkloreSection, Section};
use pmta_analysis::hover::wording::{sentence, sources};
use pmta_analysis::pages;

use super::page::Page;
use super::{place_names, since, status};

/// Writes about a section.
pub(crate) fn describe(section: &Section, page: &mut Page) {
    page.heading(&format!("<{}> (section)", section.name));
    page.paragraph(&sentence(section.summary));
    page.gap();
    page.field("Stands in", &place_names(section.nests_in));
    page.field("Since", &since(section.since).unwrap_or_default());
    if let Some(deprecated) = section.deprecated {
        let instead = deprecated
            .replacement
            .map(|it| format!("; use {it}"))
            .unwrap_or_default();
        page.field("Deprecated", &format!("{}{instead}", deprecated.since));
    }
    page.field("Known", status(section.status).unwrap_or_default());
    if section.single {
        page.field("Several", "only one is allowed");
    }
    page.field("Several", section.repeats.unwrap_or_default());
    page.field("Rules", section.evaluation.unwrap_or_default());
    for form in section.argument_forms {
        page.item(&format!("`{}`: {}", form.form, form.means));
    }
    for result in section.results {
        page.item(&format!("`{}`: {}", result.form, result.means));
    }
    for gotcha in section.gotchas {
        page.field("Note", &sentence(gotcha));
    }
    page.field("Words", &section.known_words.join(", "));
    page.example("Example", section.example);
    let names: Vec<&str> = catalog::directives_of(section.place)
        .map(|directive| directive.name)
        .collect();
    page.field("Directives", &names.join(", "));
    page.field("Sources", &sources(section.sources, section.confidence));
    page.field("Page", &pages::place(section.place));
}

/// Writes about a section that the web invented.
pub(crate) fn describe_folklore(folklore: &FolkloreSection, page: &mut Page) {
    page.heading(&format!("{} (not a section of PowerMTA)", folklore.form));
    page.paragraph(&sentence(folklore.conversion));
    page.gap();
    page.example("As the web shows it", folklore.example);
    match folklore.genuine.unwrap_or_default() {
        line if !line.contains('\n') => page.field("Write", line),
        block => page.example("Write", block),
    }
    page.field("Page", &pages::folklore_section(folklore.name));
}
