//! What a user prefers, as the client says when it connects.

use pmta_analysis::format::{FormatOptions, IndentStyle};
use pmta_analysis::inlay_hints::InlayOptions;
use serde_json::Value;
use tower_lsp::ls_types::{FormattingOptions, InitializeParams};

/// Preferences; what is not said is as the program comes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preferences {
    /// Which inlay hints are wanted.
    pub inlay_hints: InlayOptions,
    /// Whether values are aligned.
    pub align_values: bool,
    /// Whether long lists of macros are wrapped.
    pub wrap_macros: bool,
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
        let default = Self::default();
        let hints = default.inlay_hints;
        Self {
            inlay_hints: InlayOptions {
                durations: is_set("/inlayHints/durations", hints.durations),
                rates: is_set("/inlayHints/rates", hints.rates),
                macro_sizes: is_set("/inlayHints/macroSizes", hints.macro_sizes),
                inherited: is_set("/inlayHints/inherited", hints.inherited),
            },
            align_values: is_set("/format/alignValues", default.align_values),
            wrap_macros: is_set("/format/wrapMacros", default.wrap_macros),
        }
    }

    /// How to format what an editor indents in this way.
    #[must_use]
    pub fn format_options(&self, editor: &FormattingOptions) -> FormatOptions {
        let widest = u32::from(u8::MAX);
        FormatOptions {
            indent_width: u8::try_from(editor.tab_size.clamp(1, widest)).unwrap_or(u8::MAX),
            indent_style: if editor.insert_spaces {
                IndentStyle::Spaces
            } else {
                IndentStyle::Tabs
            },
            align_values: self.align_values,
            wrap_macros: self.wrap_macros,
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
        assert_eq!(preferences(json!({ "format": 3 })), Preferences::default());
        let said = preferences(json!({
            "inlayHints": { "rates": false, "inherited": false }, "format": { "alignValues": true },
        }));
        assert!(!said.inlay_hints.rates && said.inlay_hints.durations);
        assert!(!said.inlay_hints.inherited);
        assert!(said.align_values && !said.wrap_macros);
    }
}
