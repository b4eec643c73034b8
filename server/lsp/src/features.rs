//! What a person may switch off, at the start and later.

use serde_json::Value;

/// Features that not everybody wants to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Features {
    /// Counts of references above names: `{"codeLens": {"references": false}}` switches them off.
    pub reference_lenses: bool,
    /// Effective settings above sections: `{"codeLens": {"effectiveSettings": false}}` switches them
    /// off.
    pub settings_lenses: bool,
}

impl Default for Features {
    fn default() -> Self {
        Self {
            reference_lenses: true,
            settings_lenses: true,
        }
    }
}

impl Features {
    /// Reads what the client was told. What is not said stays as it is by default.
    #[must_use]
    pub fn of(options: Option<&Value>) -> Self {
        options.map_or_else(Self::default, |options| Self::default().with(options))
    }

    /// These with what the settings say.
    #[must_use]
    pub fn with(self, settings: &Value) -> Self {
        let said = |path: &str| settings.pointer(path)?.as_bool();
        Self {
            reference_lenses: said("/codeLens/references").unwrap_or(self.reference_lenses),
            settings_lenses: said("/codeLens/effectiveSettings").unwrap_or(self.settings_lenses),
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
            let features = Features::of(Some(&options));
            assert_eq!(features.reference_lenses, is_on, "{options}");
        }
        let options = json!({ "codeLens": { "effectiveSettings": false } });
        assert!(!Features::of(Some(&options)).settings_lenses);
    }
}
