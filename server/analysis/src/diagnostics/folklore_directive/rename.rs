//! An invented directive that a genuine one of another name replaces.

use crate::catalog::{self, Directive, FolkloreDirective};
use crate::diagnostics::relocation::{self, Lines};
use crate::diagnostics::{DirectiveSite, Edit, Fix, Safety, Severity, renaming};
use crate::syntax::DirectiveForm;
use crate::text::TextRange;
use crate::value::{self, Context};

/// The fix that renames, and repairs the value where that is plain.
pub(super) fn fix(site: &DirectiveSite<'_>, folklore: &FolkloreDirective) -> Option<Fix> {
    let wanted = folklore.replacement?;
    let (name, entries) = genuine(site, wanted)?;
    let mut edits = renaming::directive(site, name);
    edits.extend(without_sign(site));
    let title = format!("Change to `{name}`");
    if folklore.equal_meaning && name == wanted {
        return Some(Fix {
            title,
            safety: Safety::Safe,
            edits,
        });
    }
    let repairs = entries.iter().find_map(|entry| repairs(site, entry))?;
    edits.extend(repairs);
    edits.sort_by_key(|edit| edit.range);
    Some(Fix {
        title,
        safety: Safety::Unsafe,
        edits,
    })
}

/// The fix that renames a line that may not stand here under its genuine name, and puts it where it may.
pub(super) fn moved(site: &DirectiveSite<'_>, folklore: &FolkloreDirective) -> Option<Fix> {
    let wanted = folklore.replacement?;
    let into = *folklore.replacement_places.first()?;
    let start = site.directive.value.start;
    let mut value = site.value().to_owned();
    for edit in repairs(site, catalog::directive_in(wanted, into)?)?
        .iter()
        .rev()
    {
        let range = TextRange::new(
            edit.range.start.saturating_sub(start),
            edit.range.end.saturating_sub(start),
        );
        value.get(range.as_usize())?;
        value.replace_range(range.as_usize(), &edit.text);
    }
    let lines = Lines {
        lines: vec![format!("{wanted} {value}")],
        into,
        argument: None,
        above: Vec::new(),
    };
    relocation::fix(site, &lines)
}

/// The edit that leaves a blank where an invented name is joined to its value by a sign.
fn without_sign(site: &DirectiveSite<'_>) -> Option<Edit> {
    let directive = site.directive;
    let is_joined = matches!(
        directive.form,
        DirectiveForm::Assignment(_) | DirectiveForm::Colon(_)
    );
    (is_joined && !directive.value.is_empty()).then(|| Edit {
        range: TextRange::new(directive.name.end, directive.value.start),
        text: " ".to_owned(),
    })
}

/// The genuine directive that may stand here, with its entries for the places that come into question.
fn genuine(
    site: &DirectiveSite<'_>,
    wanted: &'static str,
) -> Option<(&'static str, &'static [Directive])> {
    let Some(place) = site.judged.location.place() else {
        let entries = catalog::directives_named(wanted);
        return (!entries.is_empty()).then_some((wanted, entries));
    };
    if let Some(entry) = catalog::directive_in(wanted, place) {
        return Some((wanted, std::slice::from_ref(entry)));
    }
    let other = catalog::folklore_scope(wanted, place)?.rename_to?;
    Some((
        other,
        std::slice::from_ref(catalog::directive_in(other, place)?),
    ))
}

/// The edits after which the value fits the directive; none if that is not plain.
fn repairs(site: &DirectiveSite<'_>, entry: &'static Directive) -> Option<Vec<Edit>> {
    let context = Context {
        cut_by_comment: site.directive.cut_by_comment,
    };
    let parsed = value::parse(&entry.value, site.value(), context);
    if !parsed.rest.is_empty() {
        return None;
    }
    let mut edits = Vec::new();
    for problem in parsed.problems {
        match problem.fixes.into_iter().next() {
            Some(fix) if fix.safety == Safety::Safe => {
                edits.extend(fix.shifted(site.directive.value.start).edits)
            }
            _ if problem.rule.severity <= Severity::Information => {}
            _ => return None,
        }
    }
    edits.sort_by_key(|edit| edit.range);
    Some(edits)
}
