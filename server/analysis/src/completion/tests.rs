//! Tests of completion.

mod acceptance;
mod everywhere;
mod names;
mod paths;
mod places;
mod support;
mod tags;
mod values;
