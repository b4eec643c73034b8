//! Neovim: which files, for `ftdetect` and `ftplugin`.

use super::language::Language;
use super::pattern::{Dialect, Pattern};
use super::{NOTICE, Output};

pub fn outputs(language: &Language) -> Vec<Output> {
    let regex = |pattern: Pattern| format!("vim.regex([[{}]])", pattern.write(Dialect::Vim));
    let words = |words: &[String]| {
        let words: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
        words.join(", ")
    };
    let text = format!(
        "-- {NOTICE}

return {{
  id = '{}',
  --- Paths of files that are configuration by their name, unless `none_path` fits too.
  path = {},
  none_path = {},
  --- Paths of files that are configuration if they begin like this.
  content_path = {},
  first_line = {},
  none_line = {},
  comment = '{}',
  word_signs = {{ {} }},
  indent = {},
  server = {{ {} }},
  --- What marks the folder that the server works in, the nearest of them.
  roots = {{ {} }},
}}
",
        language.id,
        regex(language.path()),
        regex(language.none_path()),
        regex(language.content_path()),
        regex(language.first_line()),
        regex(language.none_line()),
        language.comment,
        words(&language.word_signs),
        language.indent,
        words(&language.server),
        words(&language.roots),
    );
    vec![Output::whole("neovim/lua/pmta/language.lua", text)]
}
