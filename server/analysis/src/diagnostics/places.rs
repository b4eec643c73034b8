//! One list of what is wrong in lines that stand in several places.

use super::{Finding, Safety, wording};
use crate::catalog::Place;

/// One list of the findings of an item that was checked in each of these places. One rule speaks once
/// of one range, in the words for the first place. What is wrong only in some of them says in which,
/// and no fix of it is applied unasked: in the others the text is right.
pub(crate) fn in_all_places(places: &[Place], checked: Vec<Vec<Finding>>) -> Vec<Finding> {
    let mut merged: Vec<(Finding, Vec<Place>)> = Vec::new();
    for (place, findings) in places.iter().zip(checked) {
        for finding in findings {
            let is_alike = |known: &(Finding, Vec<Place>)| {
                std::ptr::eq(known.0.rule, finding.rule)
                    && known.0.range == finding.range
                    && known.1.last() != Some(place)
            };
            let same = merged
                .iter()
                .position(|known| is_alike(known) && known.0.message == finding.message);
            let alike = same.or_else(|| merged.iter().position(is_alike));
            match alike.and_then(|index| merged.get_mut(index)) {
                Some((known, places)) => {
                    known.fixes.retain(|fix| finding.fixes.contains(fix));
                    places.push(*place);
                }
                None => merged.push((finding, vec![*place])),
            }
        }
    }
    let told = merged.into_iter().map(|(mut finding, wrong)| {
        if wrong.len() < places.len() {
            let here = wording::in_places(wrong.into_iter());
            finding.message = format!("{} (Where this file stands {here}.)", finding.message);
            for fix in &mut finding.fixes {
                fix.safety = Safety::Alternative;
            }
        }
        finding
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::catalog::Place;
    use crate::diagnostics::Safety;
    use crate::diagnostics::test_support::listed;
    use crate::document::Document;

    fn placed(text: &str, places: &[&str]) -> Document {
        let mut document = Document::new(text);
        let places = places.iter().filter_map(|name| Place::named(name));
        document.set_included_in(places.collect());
        document
    }

    #[test]
    fn what_is_wrong_everywhere_is_said_once() {
        let document = placed("max-smtp-out many\n", &["domain", "virtual-mta"]);
        expect![[r#"
            1:14-18 error invalid-value: `many` is not a whole number.
        "#]]
        .assert_eq(&listed(&document));
    }

    #[test]
    fn what_is_wrong_in_some_places_says_in_which() {
        let text = "smtp-source-host 192.0.2.1 mail.example.com\nsmtp-service yes\n";
        let document = placed(text, &["domain", "source", "virtual-mta"]);
        expect![[r#"
            1:1-17 warning misplaced-directive: `smtp-source-host` belongs at the top level or in `<virtual-mta>`, not in `<domain>`. (Where this file stands in `<domain>` or in `<source>`.)
            2:1-13 warning misplaced-directive: `smtp-service` belongs in `<source>`, not in `<domain>`. (Where this file stands in `<domain>` or in `<virtual-mta>`.)
        "#]]
        .assert_eq(&listed(&document));
    }

    #[test]
    fn a_fix_for_one_place_is_not_applied_to_the_others() {
        let text = "max-smtp-uot 20\n";
        let everywhere = placed(text, &["domain"]);
        assert!(everywhere.findings()[0].safe_fix().is_some());
        let somewhere = placed(text, &["domain", "source"]);
        let fixes = somewhere
            .findings()
            .into_iter()
            .flat_map(|finding| finding.fixes);
        assert!(
            fixes
                .into_iter()
                .all(|fix| fix.safety == Safety::Alternative)
        );
    }
}
