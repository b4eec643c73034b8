//! Bytes read as a text and as the choices that are made with it.
//!
//! Choices are taken from the end, so that a configuration from disk is a good input as it stands:
//! its last bytes choose, all others are the text.

/// The bytes of one input that were not taken yet.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    rest: &'a [u8],
}

impl<'a> Input<'a> {
    /// All of an input.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The next choice; 0 when there is nothing left.
    pub fn byte(&mut self) -> u8 {
        match self.rest.split_last() {
            Some((last, rest)) => {
                self.rest = rest;
                *last
            }
            None => 0,
        }
    }

    /// A choice among so many things.
    pub fn below(&mut self, limit: usize) -> usize {
        let number = usize::from(self.byte()) << 8 | usize::from(self.byte());
        number % limit.max(1)
    }

    /// One of these.
    pub fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    /// The next bytes from the end as a text, in the order in which they stand.
    pub fn text(&mut self, length: usize) -> String {
        let at = self.rest.len().saturating_sub(length);
        let (rest, taken) = self.rest.split_at(at);
        self.rest = rest;
        String::from_utf8_lossy(taken).into_owned()
    }

    /// All that is left.
    #[must_use]
    pub fn bytes(self) -> &'a [u8] {
        self.rest
    }

    /// All that is left, as a text.
    #[must_use]
    pub fn rest(self) -> String {
        String::from_utf8_lossy(self.rest).into_owned()
    }
}

/// The nearest place between two characters at or before a byte.
#[must_use]
pub fn border(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
