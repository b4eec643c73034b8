//! Views as they are kept: a few bytes for each line.
//!
//! A syntax tree takes some hundred bytes for each line, and a view a hundred. What is read from the
//! tree is packed, and the tree let go.

use super::ItemView;

/// A view of an item, packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PackedView(Box<[u8]>);

impl PackedView {
    /// Packs a view.
    pub(crate) fn of(view: &ItemView) -> Self {
        // Nothing in a view is of a kind that cannot be written.
        let bytes = postcard::to_allocvec(view).unwrap_or_default();
        Self(bytes.into_boxed_slice())
    }

    /// The view again.
    pub(crate) fn view(&self) -> ItemView {
        // What was packed here can be read.
        postcard::from_bytes(&self.0).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::text::TextRange;

    use super::PackedView;

    #[test]
    fn views_come_back_as_they_were() {
        let text = "\
# comment
<virtual-mta a>
    smtp-source-host 192.0.2.1 a.example.com # comment
    <domain *>
        max-smtp-out = 20;
    </domain>
<pool name=\"p\" id=1>
domain-macro m a.example.com,\\
    b.example.com
</x>
vmta a {
    max-msg-rate: 5/h
}
&lt;domain gmail.com&gt;
";
        let document = Document::new(text);
        let mut seen = 0;
        let all = TextRange::of(0, text.len());
        document.for_each_view(all, |_, _, view| {
            seen += view.entries.len();
            assert_eq!(PackedView::of(view).view(), *view);
            assert!(!view.entries.is_empty());
        });
        assert!(seen >= 10, "{seen}");
    }

    #[test]
    fn a_line_takes_few_bytes() {
        let mut text = "<virtual-mta a>\n".to_owned();
        text.push_str(&"    max-smtp-out 20\n".repeat(1_000));
        text.push_str("</virtual-mta>\n");
        let document = Document::new(&text);
        let mut bytes = 0;
        document.for_each_view(TextRange::of(0, text.len()), |_, _, view| {
            bytes += PackedView::of(view).0.len();
        });
        assert!(bytes < 20 * 1_000, "{bytes}");
    }
}
