//! The settings of a submission: those of the `<source>` sections that a client falls under.

use std::net::IpAddr;

use super::choice::{Choices, Given};
use super::precedence::{self, DOCUMENTED, Layer};
use super::{Scope, Value};
use crate::catalog::Place;
use crate::deployment::{Deployment, Fit, Form, Section};
use crate::value::AddressRange;

/// Whoever hands a message in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Client {
    /// Its address.
    pub(crate) address: Option<IpAddr>,
    /// The source that the listener names.
    pub(crate) listener_source: Option<String>,
    /// The source of the user that it has shown to be.
    pub(crate) user_source: Option<String>,
}

/// What applies to a submission.
pub(crate) struct Submission<'w> {
    /// The sections that it falls under, those that go before others first.
    pub(crate) sections: Vec<(Scope, Section<'w>)>,
    /// All settings of a source, by name.
    pub(crate) settings: Vec<Value>,
}

impl Submission<'_> {
    /// The value of a setting.
    pub(crate) fn setting(&self, name: &str) -> Option<&Value> {
        self.settings
            .iter()
            .find(|value| value.directive.name == name)
    }

    /// Whether a switch is on.
    pub(crate) fn is_yes(&self, name: &str) -> bool {
        self.setting(name).is_some_and(Value::is_yes)
    }
}

/// What applies to what a client hands in: named sources before those for its address, and of these
/// the narrower before the broader.
pub(crate) fn submission<'w>(deployment: &Deployment<'w>, client: &Client) -> Submission<'w> {
    let mut layers: Vec<(Layer, Section<'w>)> = Vec::new();
    for section in deployment.sections("source") {
        let argument = section.argument();
        let is_named = |name: &Option<String>| name.as_deref() == Some(argument.as_str());
        let range = AddressRange::read(&argument);
        let fits = client
            .address
            .zip(range)
            .is_some_and(|(address, range)| range.contains(address));
        let scopes = [
            (Scope::User, is_named(&client.user_source)),
            (Scope::Listener, is_named(&client.listener_source)),
            (Scope::Address, fits),
        ];
        for (scope, _) in scopes.into_iter().filter(|(_, applies)| *applies) {
            let layer = Layer {
                scope,
                fit: Fit {
                    form: Form::Exact,
                    length: range.map_or(0, |range| range.bits()),
                    by_macro: false,
                },
                owner: 0,
                rank: layers.len(),
                is_shipped: deployment.is_shipped(&section),
            };
            layers.push((layer, section));
        }
    }
    layers.sort_by(|(one, _), (other, _)| precedence::compare(&DOCUMENTED, one, other));
    let mut choices = Choices::default();
    for (layer, section) in &layers {
        let lines: Vec<_> = deployment.settings_in(section).collect();
        for line in lines.into_iter().rev() {
            choices.add(Given {
                line,
                layer: *layer,
                section: *section,
            });
        }
    }
    Submission {
        settings: Place::named("source").map_or_else(Vec::new, |place| choices.values(place)),
        sections: layers
            .into_iter()
            .map(|(layer, section)| (layer.scope, section))
            .collect(),
    }
}
