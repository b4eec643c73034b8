//! The shapes that the protocol gives to messages, and whether a message has its own.
//!
//! `protocol/model.json` has them in the words of the protocol's meta model. How it is made stands in
//! `protocol/generate.py`.

use serde_json::{Map, Value};

/// The shapes of all that a server sends.
pub(crate) struct Protocol(Value);

/// What is wrong with a value: where in it, and what.
type Mistake = (String, String);

impl Protocol {
    pub(crate) fn new() -> Self {
        Self(serde_json::from_str(include_str!("protocol/model.json")).unwrap())
    }

    /// What is wrong with the result of a request.
    pub(crate) fn check_result(&self, method: &str, result: &Value) -> Result<(), String> {
        self.check_as(&self.0["results"][method], method, result)
    }

    /// What is wrong with a notification or request of the server.
    pub(crate) fn check_message(&self, message: &Value) -> Result<(), String> {
        let method = message["method"].as_str().unwrap();
        let params = &message["params"];
        let shape = &self.0["params"][method];
        if shape.is_null() && params.is_null() {
            // Requests such as `workspace/diagnostic/refresh` have no parameters.
            return Ok(());
        }
        self.check_as(shape, method, params)?;
        if method == "$/progress" && params["value"]["kind"].is_string() {
            let kind = params["value"]["kind"].as_str().unwrap();
            let name = match kind {
                "begin" => "WorkDoneProgressBegin",
                "report" => "WorkDoneProgressReport",
                _ => "WorkDoneProgressEnd",
            };
            let found = self.structure(name, &params["value"]);
            found.map_err(|(at, what)| format!("{method}{at}: {what}"))?;
        }
        Ok(())
    }

    fn check_as(&self, shape: &Value, method: &str, value: &Value) -> Result<(), String> {
        if shape.is_null() {
            return Err(format!("{method}: the protocol has no such message"));
        }
        let found = self.value(shape, value);
        found.map_err(|(at, what)| format!("{method}{at}: {what}"))
    }

    fn value(&self, shape: &Value, value: &Value) -> Result<(), Mistake> {
        match shape["kind"].as_str().unwrap() {
            "base" => base(shape["name"].as_str().unwrap(), value),
            "reference" => self.reference(shape["name"].as_str().unwrap(), value),
            "array" => {
                let Some(elements) = value.as_array() else {
                    return Err(wrong("an array", value));
                };
                each(elements.iter().enumerate(), |element| {
                    self.value(&shape["element"], element)
                })
            }
            "map" => {
                let Some(entries) = value.as_object() else {
                    return Err(wrong("an object", value));
                };
                each(entries, |entry| self.value(&shape["value"], entry))
            }
            "tuple" => {
                let (shapes, values) = (shape["items"].as_array().unwrap(), value.as_array());
                match values.filter(|values| values.len() == shapes.len()) {
                    Some(values) => {
                        each(shapes.iter().zip(values).enumerate(), |(shape, value)| {
                            self.value(shape, value)
                        })
                    }
                    None => Err(wrong("a tuple", value)),
                }
            }
            "literal" => match shape["values"].as_array().unwrap().contains(value) {
                true => Ok(()),
                false => Err(wrong(&shape["values"].to_string(), value)),
            },
            // The alternative that fits best says what is wrong.
            "or" => {
                let mut best: Option<Mistake> = None;
                for item in shape["items"].as_array().unwrap() {
                    match self.value(item, value) {
                        Ok(()) => return Ok(()),
                        Err(mistake) => {
                            if best.as_ref().is_none_or(|it| it.0.len() < mistake.0.len()) {
                                best = Some(mistake);
                            }
                        }
                    }
                }
                Err(best.unwrap())
            }
            kind => panic!("no such kind of shape: {kind}"),
        }
    }

    fn reference(&self, name: &str, value: &Value) -> Result<(), Mistake> {
        let enumeration = &self.0["enumerations"][name];
        if !enumeration.is_object() {
            return self.structure(name, value);
        }
        let known = enumeration["values"].as_array().unwrap();
        let is_own = enumeration["supportsCustomValues"] == true
            && value.is_string() == known[0].is_string();
        match is_own || known.contains(value) {
            true => Ok(()),
            false => Err(wrong(name, value)),
        }
    }

    fn structure(&self, name: &str, value: &Value) -> Result<(), Mistake> {
        let Some(known) = self.0["structures"][name].as_object() else {
            panic!("no such structure: {name}");
        };
        let Some(given) = value.as_object() else {
            return Err(wrong(name, value));
        };
        if let Some(missing) = missing(known, given) {
            return Err((
                String::new(),
                format!("{name} without `{missing}`: {value}"),
            ));
        }
        for (property, value) in given {
            // Names that nobody knows are mistakes of ours, though clients leave them alone.
            let Some(shape) = known.get(property) else {
                return Err((String::new(), format!("{name} has no `{property}`")));
            };
            let found = self.value(&shape["type"], value);
            found.map_err(|(at, what)| (format!(".{property}{at}"), what))?;
        }
        Ok(())
    }
}

fn missing<'a>(known: &'a Map<String, Value>, given: &Map<String, Value>) -> Option<&'a String> {
    known
        .iter()
        .find(|(name, shape)| shape["optional"] == false && !given.contains_key(*name))
        .map(|(name, _)| name)
}

fn base(name: &str, value: &Value) -> Result<(), Mistake> {
    let is_it = match name {
        "any" => true,
        "null" => value.is_null(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.as_i64().is_some_and(|it| i32::try_from(it).is_ok()),
        "uinteger" => value.as_u64().is_some_and(|it| it <= i32::MAX as u64),
        "decimal" => value.is_number(),
        _ => panic!("no such base type: {name}"),
    };
    match is_it {
        true => Ok(()),
        false => Err(wrong(name, value)),
    }
}

fn each<K: std::fmt::Display, T>(
    items: impl IntoIterator<Item = (K, T)>,
    check: impl Fn(T) -> Result<(), Mistake>,
) -> Result<(), Mistake> {
    for (name, item) in items {
        check(item).map_err(|(at, what)| (format!("[{name}]{at}"), what))?;
    }
    Ok(())
}

fn wrong(wanted: &str, value: &Value) -> Mistake {
    let shown: String = value.to_string().chars().take(200).collect();
    (String::new(), format!("{shown} is not {wanted}"))
}

/// What is wrong with the ranges in a value: one that ends before it begins.
pub(crate) fn check_ranges(value: &Value) -> Result<(), String> {
    match value {
        Value::Array(elements) => elements.iter().try_for_each(check_ranges),
        Value::Object(entries) => {
            let place = |name: &str| {
                let position = entries.get(name)?;
                Some((position["line"].as_u64()?, position["character"].as_u64()?))
            };
            match (place("start"), place("end")) {
                (Some(start), Some(end)) if end < start => {
                    Err(format!("a range ends before it begins: {value}"))
                }
                _ => entries.values().try_for_each(check_ranges),
            }
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn wrong_shapes_are_seen() {
        let protocol = Protocol::new();
        let hover = |result: Value| protocol.check_result("textDocument/hover", &result);
        assert_eq!(hover(Value::Null), Ok(()));
        let position = json!({ "line": 1, "character": 2 });
        let range = json!({ "start": position, "end": position });
        let contents = json!({ "kind": "markdown", "value": "text" });
        assert_eq!(
            hover(json!({ "contents": contents, "range": range })),
            Ok(())
        );
        for (wrong, what) in [
            (json!({ "range": range }), "without `contents`"),
            (
                json!({ "contents": contents, "range": { "start": position } }),
                "without `end`",
            ),
            (json!({ "contents": contents, "text": 1 }), "has no `text`"),
            (
                json!({ "contents": { "kind": "html", "value": "" } }),
                "\"html\" is not MarkupKind",
            ),
            (json!([]), "is not"),
        ] {
            let told = hover(wrong.clone()).unwrap_err();
            assert!(told.contains(what), "{wrong}: {told}");
        }
        let upside_down = json!([{ "range": { "start": position, "end":
            { "line": 0, "character": 9 } } }]);
        assert!(check_ranges(&upside_down).is_err());
    }
}
