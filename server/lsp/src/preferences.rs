//! What a user prefers, as the client says when it connects.

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
        let is_set = |pointer: &str, default: bool| {
            options
                .and_then(|options| options.pointer(pointer))
                .and_then(Value::as_bool)
                .unwrap_or(default)
        };
        let hints = Self::default().inlay_hints;
        Self {
            inlay_hints: InlayOptions {
                durations: is_set("/inlayHints/durations", hints.durations),
                rates: is_set("/inlayHints/rates", hints.rates),
                macro_sizes: is_set("/inlayHints/macroSizes", hints.macro_sizes),
                inherited: is_set("/inlayHints/inherited", hints.inherited),
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
