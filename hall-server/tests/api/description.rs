//! `/openapi.json` and what watches the process.

use std::collections::BTreeSet;

use crate::house::House;

#[tokio::test]
async fn the_api_describes_itself() {
    let house = House::open().await;
    let api = house.get("//openapi.json", "").await.ok();
    assert!(api["openapi"].as_str().is_some_and(|version| version.starts_with("3.")));
    let mut names = BTreeSet::new();
    for (path, operations) in api["paths"].as_object().expect("paths") {
        for (method, operation) in operations.as_object().expect("operations") {
            let name = operation["operationId"].as_str().expect("an operation has a name");
            assert!(names.insert(name.to_owned()), "{name} is the name of two operations");
            let summary = operation["summary"].as_str().unwrap_or_default();
            assert!(!summary.is_empty(), "{method} {path} does not say what it does");
            let placeholders = path.matches('{').count();
            let parameters = operation["parameters"]
                .as_array()
                .map_or(0, |all| all.iter().filter(|it| it["in"] == "path").count());
            assert_eq!(placeholders, parameters, "{method} {path}");
        }
    }
    let text = api.to_string();
    for reference in text.split("\"#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap_or_default();
        assert!(api["components"]["schemas"][name].is_object(), "{name} is not described");
    }
    house.close().await;
}

#[tokio::test]
async fn the_hall_says_how_it_is() {
    let house = House::open().await;
    for path in ["//livez", "//readyz"] {
        assert_eq!(house.get(path, "").await.ok()["status"], "ok");
    }
    house.close().await;
}

#[tokio::test]
async fn every_answer_is_guarded() {
    let house = House::open().await;
    for path in ["//livez", "//sign-in", "/menu", "/windows", "//no/such/page"] {
        let answer = house.get(path, "").await;
        let policy = answer.headers["content-security-policy"].to_str().expect("text").to_owned();
        assert!(policy.starts_with("default-src 'self'") && !policy.contains("unsafe"), "{path}");
        assert_eq!(answer.headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(answer.headers["cache-control"], "no-store", "{path}");
    }
    house.close().await;
}
