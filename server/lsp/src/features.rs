//! What a person may switch off.

use serde_json::Value;

/// Features that not everybody wants to see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Features {
    /// Counts of references above names: `{"codeLens": {"references": false}}` switches them off.
    pub code_lens: bool,
}

impl Default for Features {
    fn default() -> Self {
        Self { code_lens: true }
    }
}

impl Features {
    /// Reads what the client was told. What is not said stays as it is by default.
    #[must_use]
    pub fn of(options: Option<&Value>) -> Self {
        let said = |path: &str| options.and_then(|it| it.pointer(path)?.as_bool());
        let default = Self::default();
        Self {
            code_lens: said("/codeLens/references").unwrap_or(default.code_lens),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn features_are_on_until_they_are_switched_off() {
        assert_eq!(Features::of(None), Features::default());
        for (options, is_on) in [
            (json!({}), true),
            (json!({ "codeLens": { "references": true } }), true),
            (json!({ "codeLens": { "references": "no" } }), true),
            (json!({ "codeLens": { "references": false } }), false),
        ] {
            assert_eq!(Features::of(Some(&options)).code_lens, is_on, "{options}");
        }
    }
}
