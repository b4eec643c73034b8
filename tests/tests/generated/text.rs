//! Markdown out of the pages that editors show as help.

use std::path::Path;

use pmta_analysis::catalog::Place;
use pmta_analysis::hover::{Block, Markup, Page, render};
use pmta_analysis::pages;

/// A page of help as Markdown, without the fields of these names.
pub(crate) fn help(page: Page, left_out: &[&str]) -> String {
    let mut kept = Page::default();
    let blocks = page.blocks.into_iter();
    kept.blocks
        .extend(blocks.filter(|block| !is_one_of(block, left_out)));
    render(&kept, Markup::Markdown)
}

fn is_one_of(block: &Block, names: &[&str]) -> bool {
    matches!(block, Block::Field(name, _) if names.contains(name))
}

/// One paragraph as Markdown, in which every sign is shown.
pub(crate) fn paragraph(text: &str) -> String {
    let mut page = Page::default();
    page.paragraph(text);
    render(&page, Markup::Markdown)
}

/// A link from a page in a folder of `docs` to a page of this name.
pub(crate) fn link(text: &str, page: &str) -> String {
    let target = page.strip_prefix("docs/").expect("a page of `docs`");
    format!("[{text}](../{target})")
}

/// A link to the page of a place.
pub(crate) fn place(place: Place) -> String {
    let text = match place.section() {
        Some(section) => format!("`<{}>`", section.name),
        None => "the top level".to_owned(),
    };
    link(&text, &pages::place(place))
}

/// Links to places.
pub(crate) fn places(places: impl IntoIterator<Item = Place>) -> String {
    let places: Vec<String> = places.into_iter().map(place).collect();
    places.join(", ")
}

/// A link to the page of a directive.
pub(crate) fn directive(name: &str) -> String {
    link(&format!("`{name}`"), &pages::directive(name))
}

/// The last part of a page's name.
pub(crate) fn file_name(page: &str) -> String {
    let name = Path::new(page).file_name().expect("a page with a name");
    name.to_string_lossy().into_owned()
}
