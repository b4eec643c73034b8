//! The list of what can be set in editors only: what is shown, which a file for everybody does not say.
//!
//! The names are written as editors write them.

use super::keys::{Key, Kind};

/// What can be set in editors beside [`super::keys::KEYS`], in the order in which it is documented.
pub static EDITOR_KEYS: &[Key] = &[
    Key {
        name: "inlayHints",
        kind: Kind::Table(INLAY_HINTS),
        summary: "Which hints are shown between the words.",
        default: "{}",
        example: "inlayHints = { rates = false }",
    },
    Key {
        name: "codeLens",
        kind: Kind::Table(CODE_LENS),
        summary: "Which lines are shown above sections.",
        default: "{}",
        example: "codeLens = { references = false }",
    },
];

/// What can be set in `inlayHints`.
static INLAY_HINTS: &[Key] = &[
    Key {
        name: "durations",
        kind: Kind::Boolean,
        summary: "Whether long durations are told in larger units.",
        default: "true",
        example: "durations = false",
    },
    Key {
        name: "rates",
        kind: Kind::Boolean,
        summary: "Whether rates are told by the hour.",
        default: "true",
        example: "rates = false",
    },
    Key {
        name: "macroSizes",
        kind: Kind::Boolean,
        summary: "Whether it is told how many items a macro has.",
        default: "true",
        example: "macroSizes = false",
    },
    Key {
        name: "inherited",
        kind: Kind::Boolean,
        summary: "Whether it is told what applies in a section and is set in another one.",
        default: "true",
        example: "inherited = false",
    },
];

/// What can be set in `codeLens`.
static CODE_LENS: &[Key] = &[
    Key {
        name: "references",
        kind: Kind::Boolean,
        summary: "Whether it is told how often a name is used.",
        default: "true",
        example: "references = false",
    },
    Key {
        name: "effectiveSettings",
        kind: Kind::Boolean,
        summary: "Whether what applies to the queue of a section can be asked for above it.",
        default: "true",
        example: "effectiveSettings = false",
    },
];

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::features::Features;
    use crate::preferences::Preferences;

    /// What the server makes of settings.
    fn taste(settings: &Value) -> (Features, Preferences) {
        (
            Features::default().with(settings),
            Preferences::default().with(settings),
        )
    }

    #[test]
    fn every_setting_is_heard_and_on_by_default() {
        let nothing = taste(&json!({}));
        for table in EDITOR_KEYS {
            let Kind::Table(keys) = table.kind else {
                panic!("{} is no table", table.name);
            };
            for key in keys {
                let said = |is_on: bool| json!({ table.name: { key.name: is_on } });
                assert_eq!(taste(&said(true)), nothing, "{}", key.name);
                assert_ne!(taste(&said(false)), nothing, "{}", key.name);
                assert_eq!(key.default, "true");
            }
        }
    }
}
