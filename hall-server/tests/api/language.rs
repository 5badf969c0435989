//! Every answer in its reader's language.

use reqwest::Method;
use reqwest::header::{ACCEPT, ACCEPT_LANGUAGE, COOKIE};
use reqwest::redirect::Policy;

use crate::house::House;

#[tokio::test]
async fn a_problem_speaks_the_language_asked_for() {
    let house = House::open().await;
    let ask = |headers: &[(reqwest::header::HeaderName, &'static str)]| {
        let mut request = house.request(Method::POST, "/tickets", "").body("{\"services\": []}");
        request = request.header("content-type", "application/json");
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        house.send(request)
    };
    let message = |answer: crate::house::Answer| answer.json()["message"].to_string();
    assert!(message(ask(&[]).await).contains("请先登录"));
    assert!(message(ask(&[(ACCEPT_LANGUAGE, "en-GB,zh;q=0.5")]).await).contains("sign in"));
    let chosen = [(ACCEPT_LANGUAGE, "en"), (COOKIE, "lang=zh")];
    let answer = ask(&chosen).await;
    assert_eq!(answer.headers["content-language"], "zh-CN");
    assert!(message(answer).contains("请先登录"));
    house.close().await;
}

#[tokio::test]
async fn a_browser_gets_a_page_and_a_program_json() {
    let house = House::open().await;
    let page = house.request(Method::GET, "//no/such/page", "").header(ACCEPT, "text/html,*/*");
    let page = house.send(page).await;
    assert_eq!(page.status, 404);
    assert!(page.headers["content-type"].to_str().is_ok_and(|it| it.contains("text/html")));
    assert!(page.text.contains("lang=\"zh-CN\"") && page.text.contains("没有这个页面"), "{page:?}");
    house.get("//no/such/page", "").await.refused(404, "not-found");
    house.get("/no/such/operation", "").await.refused(404, "not-found");
    house.close().await;
}

#[tokio::test]
async fn a_choice_in_the_address_is_kept() {
    let house = House::open().await;
    let http = reqwest::Client::builder().redirect(Policy::none()).build().expect("a client");
    let address = format!("http://{}/sign-in?lang=en&window=w1", house.running.addr);
    let answer = http.get(address).send().await.expect("an answer");
    assert_eq!(answer.status().as_u16(), 303);
    assert_eq!(answer.headers()["location"], "/sign-in?window=w1");
    assert!(answer.headers()["set-cookie"].to_str().is_ok_and(|it| it.starts_with("lang=en;")));
    house.close().await;
}
