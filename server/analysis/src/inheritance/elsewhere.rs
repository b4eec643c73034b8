//! What applies in a section and is set in another one.

use std::cmp::Ordering;

use super::choice::{Choices, Given};
use super::precedence::{self, Criterion, DOCUMENTED, Layer};
use super::{Scope, Scopes, Value, layers};
use crate::catalog::Place;
use crate::deployment::{Deployment, Section, is_yes};
use crate::value::magnitude;
use crate::workspace::FileRange;

/// What tells one set of domains from another.
const SET: [Criterion; 5] = [
    Criterion::Scope,
    Criterion::Owner,
    Criterion::Length,
    Criterion::Form,
    Criterion::Named,
];

/// What a `<domain>` section stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// Nothing: it stands at the top level.
    Nobody,
    /// The VirtualMTA of this name.
    VirtualMta(String),
    /// The pool of this name.
    Pool(String),
}

/// A value that applies in a section and is set in another one.
pub(crate) struct Inherited {
    /// The value.
    pub(crate) value: Value,
    /// The section that sets it, as a tag, and what that stands in.
    pub(crate) from: String,
}

/// The per-queue settings of a domain that other sections set, not as they are by default, the most
/// used ones first. `own` is the argument of the `<domain>` section whose lines are left out; without
/// it those of the VirtualMTA are. Nothing for a domain whose mail goes into another queue, and no
/// setting of which it is not sure where it comes from.
pub(crate) fn inherited(
    deployment: &Deployment<'_>,
    owner: &Owner,
    domain: &str,
    own: Option<FileRange>,
) -> Vec<Inherited> {
    let layers = layers(deployment, &scopes(deployment, owner), domain, &DOCUMENTED);
    let is_own = |layer: &Layer, section: &Section<'_>| match own {
        Some(own) => section.range() == own,
        None => layer.scope == Scope::VirtualMta,
    };
    let own_layer = layers
        .iter()
        .find(|(layer, section)| is_own(layer, section));
    let own_layer = own_layer.map(|(layer, _)| *layer);
    // How two sections for one set go together the guide does not say.
    let is_twin = |layer: &Layer| {
        let order = own_layer.map(|own| precedence::compare(&SET, &own, layer));
        order.is_some_and(Ordering::is_eq)
    };
    let mut choices = Choices::default();
    let mut set_elsewhere: Vec<(FileRange, String)> = Vec::new();
    for (layer, section) in &layers {
        let mut lines: Vec<_> = deployment.settings_in(section).collect();
        if layer.is_shipped || !(is_own(layer, section) || is_twin(layer)) {
            let from = tag(*layer, section);
            set_elsewhere.extend(lines.iter().map(|line| (line.range(), from.clone())));
        }
        // Of two lines in one section the last one counts.
        lines.reverse();
        for line in lines {
            choices.add(Given {
                line,
                layer: *layer,
                section: *section,
            });
        }
    }
    let values = Place::named("domain").map_or_else(Vec::new, |place| choices.values(place));
    if values.iter().any(|value| leads_away(value, domain)) {
        return Vec::new();
    }
    let values = values.into_iter();
    let telling = values.filter(|value| value.doubt.is_none() && !is_as_by_default(value));
    let mut found: Vec<Inherited> = telling
        .filter_map(|value| {
            let at = value.at()?;
            let (_, from) = set_elsewhere.iter().find(|(line, _)| *line == at)?;
            let from = from.clone();
            Some(Inherited { value, from })
        })
        .collect();
    found.sort_by_key(|it| std::cmp::Reverse(it.value.directive.uses));
    found
}

/// The sections around the domain's own, and those that stand behind them.
fn scopes<'w>(deployment: &Deployment<'w>, owner: &Owner) -> Scopes<'w> {
    match owner {
        Owner::VirtualMta(name) => Scopes::of(deployment, name, &mut Vec::new()),
        // What a member says itself goes before its pool, and is none of the pool's settings.
        Owner::Pool(name) => Scopes {
            virtual_mtas: Vec::new(),
            pools: deployment.named("virtual-mta-pool", name).collect(),
        },
        Owner::Nobody => Scopes {
            virtual_mtas: Vec::new(),
            pools: Vec::new(),
        },
    }
}

fn tag(layer: Layer, section: &Section<'_>) -> String {
    let inside = match layer.scope {
        _ if layer.is_shipped => " of PowerMTA's own config-defaults",
        Scope::VirtualMta => " in the VirtualMTA",
        Scope::Pool => " in the pool",
        Scope::User | Scope::Listener | Scope::Address | Scope::Global => "",
    };
    format!("<domain {}>{inside}", section.argument())
}

/// Whether mail for the domain goes into a queue of another name.
fn leads_away(value: &Value, domain: &str) -> bool {
    if value.directive.name != "queue-to" || !value.is_set() {
        return false;
    }
    let target = value.plain();
    !target.is_empty() && !target.eq_ignore_ascii_case(domain)
}

/// Whether a value says what holds without it, in the same or in other words.
fn is_as_by_default(value: &Value) -> bool {
    let Some(default) = value.directive.default else {
        return false;
    };
    let plain = value.plain();
    let is_same_switch = |is_on: bool| {
        let off = |text: &str| matches!(text, "no" | "false");
        is_on == is_yes(default) && (is_on || (off(&plain) && off(default)))
    };
    plain.eq_ignore_ascii_case(default)
        || is_same_switch(is_yes(&plain))
        // Of a list only the first item has a number.
        || (!plain.contains(',') && !default.contains(','))
            && magnitude(&plain).is_some_and(|it| Some(it) == magnitude(default))
}
