//! What a project or a person says about formatting, which may leave much open.

use super::{FormatOptions, IndentStyle};

/// How files are to be formatted, as far as it is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FormatStyle {
    /// Columns of one level of indentation, and of a tab.
    pub indent_width: Option<u8>,
    /// What a level of indentation is made of.
    pub indent_style: Option<IndentStyle>,
    /// Whether the values of neighbouring lines begin in one column.
    pub align_values: Option<bool>,
    /// Whether long lists of macros are wrapped.
    pub wrap_macros: Option<bool>,
    /// Whether files are formatted when an editor saves them.
    pub on_save: Option<bool>,
}

impl FormatStyle {
    /// What this says, and where it says nothing what the other one says.
    #[must_use]
    pub fn over(self, other: Self) -> Self {
        Self {
            indent_width: self.indent_width.or(other.indent_width),
            indent_style: self.indent_style.or(other.indent_style),
            align_values: self.align_values.or(other.align_values),
            wrap_macros: self.wrap_macros.or(other.wrap_macros),
            on_save: self.on_save.or(other.on_save),
        }
    }

    /// How to format where these options hold for what is not said.
    #[must_use]
    pub fn options(self, otherwise: FormatOptions) -> FormatOptions {
        FormatOptions {
            indent_width: self.indent_width.unwrap_or(otherwise.indent_width),
            indent_style: self.indent_style.unwrap_or(otherwise.indent_style),
            align_values: self.align_values.unwrap_or(otherwise.align_values),
            wrap_macros: self.wrap_macros.unwrap_or(otherwise.wrap_macros),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_first_counts() {
        let near = FormatStyle {
            indent_width: Some(2),
            ..FormatStyle::default()
        };
        let far = FormatStyle {
            indent_width: Some(8),
            indent_style: Some(IndentStyle::Tabs),
            ..FormatStyle::default()
        };
        let options = near.over(far).options(FormatOptions {
            wrap_macros: true,
            ..FormatOptions::default()
        });
        assert_eq!(options.indent_width, 2);
        assert_eq!(options.indent_style, IndentStyle::Tabs);
        assert!(options.wrap_macros && !options.align_values);
    }
}
