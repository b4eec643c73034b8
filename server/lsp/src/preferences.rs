//! What a user prefers, as the client says when it connects and later.

use pmta_analysis::inlay_hints::InlayOptions;
use serde_json::Value;
use tower_lsp::ls_types::InitializeParams;

/// Preferences; what is not said is as the program comes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// Which inlay hints are wanted.
    pub inlay_hints: InlayOptions,
}

impl Preferences {
    /// Reads `initializationOptions`.
    #[must_use]
    pub fn of(params: &InitializeParams) -> Self {
        let options = params.initialization_options.as_ref();
        options.map_or_else(Self::default, |options| Self::default().with(options))
    }

    /// These with what the settings say.
    #[must_use]
    pub fn with(self, settings: &Value) -> Self {
        let said = |path: &str, otherwise: bool| {
            let value = settings.pointer(path).and_then(Value::as_bool);
            value.unwrap_or(otherwise)
        };
        let hints = self.inlay_hints;
        Self {
            inlay_hints: InlayOptions {
                durations: said("/inlayHints/durations", hints.durations),
                rates: said("/inlayHints/rates", hints.rates),
                macro_sizes: said("/inlayHints/macroSizes", hints.macro_sizes),
                inherited: said("/inlayHints/inherited", hints.inherited),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn preferences(options: Value) -> Preferences {
        let params = json!({ "capabilities": {}, "initializationOptions": options });
        Preferences::of(&serde_json::from_value(params).unwrap())
    }

    #[test]
    fn what_is_said_counts() {
        assert_eq!(preferences(Value::Null), Preferences::default());
        let said = preferences(json!({
            "inlayHints": { "rates": false, "inherited": false },
        }));
        assert!(!said.inlay_hints.rates && said.inlay_hints.durations);
        assert!(!said.inlay_hints.inherited);
    }
}
