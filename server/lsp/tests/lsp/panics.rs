//! A panic in a request is answered with an error; one while a text is changed ends the process.

use std::time::Duration;

use serde_json::json;

use crate::client::{Client, plain};

const URI: &str = "file:///nowhere/pmta/config";

#[test]
fn a_panic_in_a_request_is_an_error_and_no_more() {
    for method in ["textDocument/hover", "textDocument/diagnostic"] {
        let mut client = Client::start_in(plain(), &[("PMTA_LS_TEST_PANIC", method)]);
        client.open(URI, 1, "max-smtp-out many\n");
        let at = json!({ "line": 0, "character": 2 });
        let params = json!({ "textDocument": { "uri": URI }, "position": at });
        let id = client.request(method, params.clone());
        assert_eq!(client.answer(id)["error"]["code"], -32603, "{method}");
        assert!(client.ask(method, params).is_object(), "{method}");
        assert_eq!(client.pull(URI).len(), 1);
    }
}

#[test]
fn a_panic_while_a_text_is_changed_ends_the_process() {
    let environment = [("PMTA_LS_TEST_PANIC", "textDocument/didChange")];
    let mut client = Client::start_in(plain(), &environment);
    client.open(URI, 1, "api-key hunter2\n");
    client.replace(URI, 2, "");
    assert_eq!(client.status_within(Duration::from_secs(2)), Some(101));
    let errors = client.errors();
    assert!(errors.contains("pmta-ls: error: panic at "), "{errors}");
    assert!(!errors.contains("hunter2"), "{errors}");
}
