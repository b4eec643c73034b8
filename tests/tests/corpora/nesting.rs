//! What the scanner lets nest is what the catalog says may nest.

use pmta_analysis::catalog::{Place, SECTIONS, Section};
use pmta_analysis::document::Document;
use pmta_analysis::syntax::EntryKind;

/// The opening tag of a section, as its example has it.
fn tag(section: &Section) -> &'static str {
    let open = format!("<{}", section.name);
    section
        .example
        .lines()
        .map(str::trim)
        .find(|line| line.starts_with(&open))
        .expect("an example shows its section")
}

#[test]
fn the_scanner_nests_as_the_catalog_says() {
    let mut pairs = 0;
    let mut wrong = Vec::new();
    for outer in SECTIONS {
        for inner in SECTIONS {
            // A pattern list nests only without a name, at the end of a rule.
            let inner_tag = if inner.argument_optional_in.contains(&outer.place) {
                format!("<{}>", inner.name)
            } else {
                tag(inner).to_owned()
            };
            let text = format!(
                "{}\n{inner_tag}\n</{}>\n</{}>\n",
                tag(outer),
                inner.name,
                outer.name
            );
            let document = Document::new(&text);
            let (_, _, view) = document.item_at(0).expect("an item");
            let nests = view.entries.iter().any(|entry| {
                entry.parent.is_some() && matches!(&entry.kind, EntryKind::Section(_))
            });
            // A section that may stand nowhere around here stays where it is written.
            let may_nest =
                inner.nests_in.contains(&outer.place) || !inner.nests_in.contains(&Place::GLOBAL);
            pairs += 1;
            if nests != may_nest {
                wrong.push(format!(
                    "<{}> in <{}>: nests {nests}, catalog {may_nest}",
                    inner.name, outer.name
                ));
            }
        }
    }
    println!("nesting: {pairs} pairs");
    assert!(pairs > 0);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
