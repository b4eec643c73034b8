//! The shapes that the protocol gives to messages, and whether a message has its own.
//!
//! `protocol/model.json` has them in the words of the protocol's meta model. How it is made stands in
//! `protocol/generate.py`.

use std::collections::HashMap;

use serde_json::Value;

/// The shapes of all that a server sends. They are read once, for very many messages are held against
/// them.
pub(crate) struct Protocol {
    structures: Vec<Structure>,
    enumerations: Vec<Enumeration>,
    results: HashMap<String, Shape>,
    params: HashMap<String, Shape>,
    progress: [usize; 3],
}

/// What a value may look like. Structures and enumerations are meant by their number.
enum Shape {
    Base(Base),
    Structure(usize),
    Enumeration(usize),
    Array(Box<Shape>),
    Map(Box<Shape>),
    Tuple(Vec<Shape>),
    Literal(Value),
    Or(Vec<Shape>),
}

#[derive(Clone, Copy)]
enum Base {
    Any,
    Null,
    String,
    Boolean,
    Integer,
    Unsigned,
    Decimal,
}

struct Structure {
    name: String,
    properties: HashMap<String, Shape>,
    required: Vec<String>,
}

struct Enumeration {
    name: String,
    known: Vec<Value>,
    /// It takes other values of the same type.
    is_open: bool,
}

/// What is wrong with a value. It is put into words only if no alternative fits better.
struct Mistake<'a> {
    /// Where, from the inside.
    path: Vec<Step<'a>>,
    value: &'a Value,
    wanted: Wanted<'a>,
}

enum Step<'a> {
    Element(usize),
    Property(&'a str),
}

enum Wanted<'a> {
    Shape(&'a str),
    Literal(&'a Value),
    Property(&'a str, &'a str),
    NoProperty(&'a str, &'a str),
}

type Checked<'a> = Result<(), Mistake<'a>>;

impl Mistake<'_> {
    fn words(&self) -> String {
        let steps = self.path.iter().rev().map(|step| match step {
            Step::Element(index) => format!("[{index}]"),
            Step::Property(name) => format!(".{name}"),
        });
        let shown: String = self.value.to_string().chars().take(200).collect();
        let what = match self.wanted {
            Wanted::Shape(name) => format!("{shown} is not {name}"),
            Wanted::Literal(value) => format!("{shown} is not {value}"),
            Wanted::Property(name, property) => format!("{name} without `{property}`: {shown}"),
            Wanted::NoProperty(name, property) => format!("{name} has no `{property}`"),
        };
        format!("{}: {what}", steps.collect::<String>())
    }
}

fn wrong<'a>(value: &'a Value, wanted: Wanted<'a>) -> Checked<'a> {
    Err(Mistake {
        path: Vec::new(),
        value,
        wanted,
    })
}

fn inside<'a>(checked: Checked<'a>, step: impl FnOnce() -> Step<'a>) -> Checked<'a> {
    checked.map_err(|mut mistake| {
        mistake.path.push(step());
        mistake
    })
}

impl Protocol {
    pub(crate) fn new() -> Self {
        let model: Value = serde_json::from_str(include_str!("protocol/model.json")).unwrap();
        let reader = Reader::new(&model);
        let progress = [
            "WorkDoneProgressBegin",
            "WorkDoneProgressReport",
            "WorkDoneProgressEnd",
        ];
        Self {
            structures: reader.structures(&model["structures"]),
            enumerations: enumerations(&model["enumerations"]),
            results: reader.shapes(&model["results"]),
            params: reader.shapes(&model["params"]),
            progress: progress.map(|name| reader.structures[name]),
        }
    }

    /// What is wrong with the result of a request.
    pub(crate) fn check_result(&self, method: &str, result: &Value) -> Result<(), String> {
        self.check_as(self.results.get(method), method, result)
    }

    /// What is wrong with a notification or request of the server.
    pub(crate) fn check_message(&self, message: &Value) -> Result<(), String> {
        let method = message["method"].as_str().unwrap();
        let params = &message["params"];
        let shape = self.params.get(method);
        if shape.is_none() && params.is_null() {
            // Requests such as `workspace/diagnostic/refresh` have no parameters.
            return Ok(());
        }
        self.check_as(shape, method, params)?;
        if method == "$/progress" && params["value"]["kind"].is_string() {
            let [begin, report, end] = self.progress;
            let structure = match params["value"]["kind"].as_str().unwrap() {
                "begin" => begin,
                "report" => report,
                _ => end,
            };
            self.check_as(Some(&Shape::Structure(structure)), method, &params["value"])?;
        }
        Ok(())
    }

    fn check_as(&self, shape: Option<&Shape>, method: &str, value: &Value) -> Result<(), String> {
        let Some(shape) = shape else {
            return Err(format!("{method}: the protocol has no such message"));
        };
        let found = self.value(shape, value);
        found.map_err(|mistake| format!("{method}{}", mistake.words()))
    }

    fn value<'a>(&'a self, shape: &'a Shape, value: &'a Value) -> Checked<'a> {
        match shape {
            Shape::Base(base) => base.check(value),
            Shape::Structure(index) => self.structure(&self.structures[*index], value),
            Shape::Enumeration(index) => {
                let Enumeration {
                    name,
                    known,
                    is_open,
                } = &self.enumerations[*index];
                let is_own = *is_open && value.is_string() == known[0].is_string();
                match is_own || known.contains(value) {
                    true => Ok(()),
                    false => wrong(value, Wanted::Shape(name)),
                }
            }
            Shape::Array(element) => {
                let Some(elements) = value.as_array() else {
                    return wrong(value, Wanted::Shape("an array"));
                };
                let mut elements = elements.iter().enumerate();
                elements.try_for_each(|(index, it)| {
                    inside(self.value(element, it), || Step::Element(index))
                })
            }
            Shape::Map(entry) => {
                let Some(entries) = value.as_object() else {
                    return wrong(value, Wanted::Shape("an object"));
                };
                let mut entries = entries.iter();
                entries.try_for_each(|(name, it)| {
                    inside(self.value(entry, it), || Step::Property(name))
                })
            }
            Shape::Tuple(shapes) => {
                let values = value.as_array().filter(|it| it.len() == shapes.len());
                let Some(values) = values else {
                    return wrong(value, Wanted::Shape("a tuple"));
                };
                let mut items = shapes.iter().zip(values).enumerate();
                items.try_for_each(|(index, (shape, it))| {
                    inside(self.value(shape, it), || Step::Element(index))
                })
            }
            Shape::Literal(known) => match known == value {
                true => Ok(()),
                false => wrong(value, Wanted::Literal(known)),
            },
            // The alternative that fits best says what is wrong.
            Shape::Or(shapes) => {
                let mut best: Option<Mistake> = None;
                for shape in shapes {
                    match self.value(shape, value) {
                        Ok(()) => return Ok(()),
                        Err(mistake) => {
                            let depth = best.as_ref().map(|it| it.path.len());
                            if depth.is_none_or(|it| it < mistake.path.len()) {
                                best = Some(mistake);
                            }
                        }
                    }
                }
                Err(best.unwrap())
            }
        }
    }

    fn structure<'a>(&'a self, structure: &'a Structure, value: &'a Value) -> Checked<'a> {
        let name = &structure.name;
        let Some(given) = value.as_object() else {
            return wrong(value, Wanted::Shape(name));
        };
        let mut required = structure.required.iter();
        if let Some(missing) = required.find(|property| !given.contains_key(*property)) {
            return wrong(value, Wanted::Property(name, missing));
        }
        for (property, value) in given {
            // Names that nobody knows are mistakes of ours, though clients leave them alone.
            let Some(shape) = structure.properties.get(property) else {
                return wrong(value, Wanted::NoProperty(name, property));
            };
            inside(self.value(shape, value), || Step::Property(property))?;
        }
        Ok(())
    }
}

impl Base {
    fn check(self, value: &Value) -> Checked<'_> {
        let (is_it, name) = match self {
            Self::Any => (true, "any"),
            Self::Null => (value.is_null(), "null"),
            Self::String => (value.is_string(), "string"),
            Self::Boolean => (value.is_boolean(), "boolean"),
            Self::Integer => {
                let integer = value.as_i64();
                let fits = integer.is_some_and(|it| i32::try_from(it).is_ok());
                (fits, "integer")
            }
            Self::Unsigned => {
                let fits = value.as_u64().is_some_and(|it| it <= i32::MAX as u64);
                (fits, "uinteger")
            }
            Self::Decimal => (value.is_number(), "decimal"),
        };
        match is_it {
            true => Ok(()),
            false => wrong(value, Wanted::Shape(name)),
        }
    }
}

/// What reads the meta model: the numbers of all that has a name.
struct Reader {
    structures: HashMap<String, usize>,
    enumerations: HashMap<String, usize>,
}

fn numbers(names: &Value) -> HashMap<String, usize> {
    let names = names.as_object().unwrap().keys();
    names.cloned().zip(0..).collect()
}

fn enumerations(enumerations: &Value) -> Vec<Enumeration> {
    let enumerations = enumerations.as_object().unwrap().iter();
    let enumerations = enumerations.map(|(name, it)| Enumeration {
        name: name.clone(),
        known: it["values"].as_array().unwrap().clone(),
        is_open: it["supportsCustomValues"] == true,
    });
    enumerations.collect()
}

impl Reader {
    fn new(model: &Value) -> Self {
        Self {
            structures: numbers(&model["structures"]),
            enumerations: numbers(&model["enumerations"]),
        }
    }

    fn structures(&self, structures: &Value) -> Vec<Structure> {
        let structures = structures.as_object().unwrap().iter();
        let structures = structures.map(|(name, properties)| {
            let properties = properties.as_object().unwrap();
            let required = properties.iter().filter(|(_, it)| it["optional"] == false);
            let shapes = properties.iter();
            let shapes = shapes.map(|(name, it)| (name.clone(), self.shape(&it["type"])));
            Structure {
                name: name.clone(),
                required: required.map(|(name, _)| name.clone()).collect(),
                properties: shapes.collect(),
            }
        });
        structures.collect()
    }

    fn shapes(&self, shapes: &Value) -> HashMap<String, Shape> {
        let shapes = shapes.as_object().unwrap().iter();
        let shapes = shapes.filter(|(_, shape)| !shape.is_null());
        shapes
            .map(|(name, shape)| (name.clone(), self.shape(shape)))
            .collect()
    }

    fn shape(&self, shape: &Value) -> Shape {
        let name = || shape["name"].as_str().unwrap();
        let boxed = |field: &str| Box::new(self.shape(&shape[field]));
        let items = || {
            let items = shape["items"].as_array().unwrap().iter();
            items.map(|it| self.shape(it)).collect()
        };
        match shape["kind"].as_str().unwrap() {
            "base" => Shape::Base(match name() {
                "any" => Base::Any,
                "null" => Base::Null,
                "string" => Base::String,
                "boolean" => Base::Boolean,
                "integer" => Base::Integer,
                "uinteger" => Base::Unsigned,
                "decimal" => Base::Decimal,
                name => panic!("no such base type: {name}"),
            }),
            "reference" => match self.enumerations.get(name()) {
                Some(index) => Shape::Enumeration(*index),
                None => Shape::Structure(self.structures[name()]),
            },
            "array" => Shape::Array(boxed("element")),
            "map" => Shape::Map(boxed("value")),
            "tuple" => Shape::Tuple(items()),
            "literal" => {
                let values = shape["values"].as_array().unwrap().iter();
                Shape::Or(values.map(|it| Shape::Literal(it.clone())).collect())
            }
            "or" => Shape::Or(items()),
            kind => panic!("no such kind of shape: {kind}"),
        }
    }
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
