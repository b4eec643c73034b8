//! What is known about sections.

use super::page::{Page, quoted};
use super::wording;
use crate::catalog::{FolkloreSection, Section};
use crate::pages;

/// All about a section.
#[must_use]
pub fn section(section: &Section) -> Page {
    let mut page = Page::default();
    page.code(&opening(section));
    page.paragraph(wording::sentence(section.summary));
    page.field(
        "Stands in",
        wording::places(section.nests_in.iter().copied()),
    );
    page.field("Since", wording::since(section.since));
    page.field("Deprecated", wording::deprecated(section.deprecated));
    page.field("Known", wording::status(section.status));
    if section.single {
        page.field("Several", "only one is allowed");
    }
    page.field("Several", section.repeats.unwrap_or_default());
    page.field("Rules", section.evaluation.unwrap_or_default());
    page.field("Words", section.known_words.join(", "));
    for form in section.argument_forms {
        page.item(format!("{}: {}", quoted(form.form), form.means));
    }
    for result in section.results {
        page.item(format!("{}: {}", quoted(result.form), result.means));
    }
    for gotcha in section.gotchas {
        page.item(wording::sentence(gotcha));
    }
    page.paragraph("Example:");
    page.code(section.example);
    page.field(
        "Source",
        wording::sources(section.sources, section.confidence),
    );
    page.field("Page", quoted(&pages::place(section.place)));
    page
}

/// The opening tag with a word for its argument.
fn opening(section: &Section) -> String {
    use crate::catalog::ArgumentKind;
    let Some(kind) = section.argument else {
        return format!("<{}>", section.name);
    };
    let argument = match kind {
        ArgumentKind::Name => "NAME",
        ArgumentKind::DomainPattern => "DOMAIN",
        ArgumentKind::CidrOrName => "CIDR | NAME",
        ArgumentKind::CidrPort => "CIDR:PORT",
        ArgumentKind::Directory => "DIRECTORY",
        ArgumentKind::FileOrPipe => "FILE",
    };
    if section.argument_required {
        format!("<{} {argument}>", section.name)
    } else {
        format!("<{} [{argument}]>", section.name)
    }
}

/// All about a section that the web invented.
#[must_use]
pub fn folklore(folklore: &FolkloreSection) -> Page {
    let mut page = Page::default();
    page.paragraph(format!(
        "{} is no section of PowerMTA.",
        quoted(folklore.form)
    ));
    match folklore.genuine {
        Some(genuine) if genuine.contains('\n') => {
            page.paragraph("Write instead:");
            page.code(genuine);
        }
        Some(genuine) => page.field("Write instead", genuine),
        None => page.field("Write instead", "nothing: PowerMTA has nothing of the kind"),
    }
    page.field("Conversion", wording::sentence(folklore.conversion));
    let about = pages::folklore_section(folklore.name);
    page.field("Page", quoted(&about));
    page
}
