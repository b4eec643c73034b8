//! Of several lines that give a setting, the one that counts.

use std::collections::BTreeMap;

use super::precedence::{self, Criterion, Layer};
use super::{Doubt, Origin, Overridden, Scope, Value, unset};
use crate::catalog::{self, Directive, Place};
use crate::deployment::{Form, Section, Setting};
use crate::secrets;

/// A line that gives a setting, and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Given<'w> {
    pub(super) line: Setting<'w>,
    pub(super) layer: Layer,
    /// The section it stands in.
    pub(super) section: Section<'w>,
}

/// All lines that give a setting, those that go before others first.
#[derive(Default)]
pub(super) struct Choices<'w>(BTreeMap<(&'static str, String), Vec<Given<'w>>>);

impl<'w> Choices<'w> {
    /// Adds a line that goes behind all that were added before.
    pub(super) fn add(&mut self, given: Given<'w>) {
        let directive = given.line.directive;
        // Limits for ranges of addresses: there is one for each range.
        let range = if directive.repeatable {
            given.line.words().into_iter().next().unwrap_or_default()
        } else {
            String::new()
        };
        let key = (main_name(directive), range);
        self.0.entry(key).or_default().push(given);
    }

    /// The values of all settings of a place, by name: given, taken over from others, or by default.
    pub(super) fn values(&self, place: Place) -> Vec<Value> {
        let mut values: Vec<Value> = Vec::new();
        for directive in catalog::directives_of(place) {
            let main = main_name(directive);
            if main != directive.name {
                continue;
            }
            let first = (main, String::new());
            let given = self
                .0
                .range(first..)
                .take_while(|((name, _), _)| *name == main);
            let before = values.len();
            values.extend(given.filter_map(|(_, given)| chosen(given)));
            if values.len() == before {
                values.extend(unset(directive));
            }
        }
        take_over(&mut values);
        values
    }
}

/// The name under which a setting is listed: of two that mean the same, the one that comes first.
fn main_name(directive: &'static Directive) -> &'static str {
    let others = directive.aliases.iter().copied();
    let same = others.filter(|alias| catalog::directive_in(alias, directive.place).is_some());
    same.chain([directive.name]).min().unwrap_or(directive.name)
}

/// Lets settings that are not set take the value of the setting that their default comes from.
fn take_over(values: &mut [Value]) {
    let known: Vec<(&'static str, String)> = values
        .iter()
        .map(|value| (value.directive.name, value.text.clone()))
        .collect();
    for value in values.iter_mut().filter(|value| !value.is_set()) {
        let Some(other) = value.directive.default_from else {
            continue;
        };
        let found = known.iter().find(|(name, _)| *name == other);
        if let Some((name, text)) = found {
            value.text.clone_from(text);
            value.origin = Origin::Other(name);
        }
    }
}

/// The value of the line that goes before all others.
fn chosen(given: &[Given<'_>]) -> Option<Value> {
    let (first, others) = given.split_first()?;
    let directive = first.line.directive;
    let text = secrets::shown(directive, &first.line.written());
    let overridden = others.iter().map(|other| Overridden {
        text: secrets::shown(other.line.directive, &other.line.written()),
        at: other.line.range(),
    });
    let differing = others
        .iter()
        .filter(|other| other.line.value() != first.line.value());
    Some(Value {
        directive,
        text,
        origin: Origin::Line {
            at: first.line.range(),
            scope: first.layer.scope,
            set: first.section.argument(),
        },
        overridden: overridden.collect(),
        doubt: differing
            .filter_map(|other| doubt(&first.layer, &other.layer))
            .next(),
    })
}

/// Why it is not sure that one goes before the other.
pub(super) fn doubt(first: &Layer, other: &Layer) -> Option<Doubt> {
    if other.is_shipped && !first.is_shipped {
        return None;
    }
    let (fit, behind) = (first.fit, other.fit);
    if first.scope != other.scope {
        if first.scope == Scope::User {
            return (other.scope == Scope::Listener).then_some(Doubt::UserBeforeListener);
        }
        let by_set = [Criterion::Length, Criterion::Form];
        let is_broader = precedence::compare(&by_set, first, other).is_gt();
        let is_queue = first.scope >= Scope::VirtualMta;
        return (is_queue && is_broader).then_some(Doubt::ScopeBeforeSet);
    }
    if first.scope == Scope::Pool && first.owner != other.owner {
        return Some(Doubt::SeveralPools);
    }
    if fit == behind {
        return Some(Doubt::GivenTwice);
    }
    if fit.length > behind.length && fit.form > behind.form {
        return Some(Doubt::LengthBeforeForm);
    }
    let is_named_more_broadly =
        fit.by_macro && !behind.by_macro && behind.form != Form::All && fit.length >= behind.length;
    is_named_more_broadly.then_some(Doubt::MacroBeforeBroader)
}
